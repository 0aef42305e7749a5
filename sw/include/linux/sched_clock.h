/* SPDX-License-Identifier: Apache-2.0 */
/* The counter behind sched_clock() (Linux: include/linux/sched_clock.h). */
#ifndef LINUX_SCHED_CLOCK
#define LINUX_SCHED_CLOCK

#include <linux/types.h>
#include <linux/compiler.h>

__BEGIN_DECLS
/* `read` counts at `rate` Hz, `bits` wide, from power-on. Once, at boot. */
void sched_clock_register(u64 (*read)(void), int bits, unsigned long rate);
__END_DECLS

#endif
