/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SCHED_STAT_H
#define _LINUX_SCHED_STAT_H
#include <linux/sched.h>

__BEGIN_DECLS
extern unsigned long total_forks;
extern int nr_threads;
__END_DECLS

#endif
