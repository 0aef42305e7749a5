/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

__BEGIN_DECLS
/* Heapsort: in place, not stable, n log n always. A null swap function swaps bytes. */
void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func);
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func, swap_r_func_t swap_func, const void *priv);
__END_DECLS

#endif
