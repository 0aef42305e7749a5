/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SCHED_LOADAVG_H
#define _LINUX_SCHED_LOADAVG_H
#include <linux/sched.h>

/* Fixed point of load averages. Nothing averages the load here: it reads 0. */
#define FSHIFT	11
#define FIXED_1 (1 << FSHIFT)
#define LOAD_INT(x)  ((x) >> FSHIFT)
#define LOAD_FRAC(x) LOAD_INT(((x) & (FIXED_1 - 1)) * 100)
__BEGIN_DECLS
extern unsigned long avenrun[];
__END_DECLS

#endif
