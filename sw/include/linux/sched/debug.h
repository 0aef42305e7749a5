/* SPDX-License-Identifier: Apache-2.0 */
/* Printing tasks (Linux's include/linux/sched/debug.h). */
#ifndef _LINUX_SCHED_DEBUG_H
#define _LINUX_SCHED_DEBUG_H

#include <linux/sched.h>

__BEGIN_DECLS
void show_state_filter(unsigned int state_filter);
void sched_show_task(struct task_struct *p);
void dump_cpu_task(int cpu);
void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl);
__END_DECLS

static inline void show_state(void)
{
	show_state_filter(0);
}

#define __sched
#define in_sched_functions(addr) 0

#endif
