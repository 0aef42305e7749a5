/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/types.h>

struct list_head;
typedef int (*list_cmp_func_t)(void *priv, const struct list_head *a, const struct list_head *b);

__BEGIN_DECLS
/* Stable merge sort. */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp);
__END_DECLS

#endif
