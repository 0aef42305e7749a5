/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_TIMEX_H
#define _ASM_TIMEX_H

#include <linux/compiler.h>

typedef unsigned long cycles_t;

__BEGIN_DECLS
cycles_t get_cycles(void);
__END_DECLS
#define get_cycles get_cycles

#endif
