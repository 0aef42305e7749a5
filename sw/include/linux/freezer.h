/* SPDX-License-Identifier: Apache-2.0 */
/* There is no suspend, so nothing is ever frozen (Linux's include/linux/freezer.h without CONFIG_FREEZER). */
#ifndef FREEZER_H_INCLUDED
#define FREEZER_H_INCLUDED

#include <linux/sched.h>
#include <linux/wait.h>

static inline bool frozen(struct task_struct *p)
{
	return false;
}

static inline bool freezing(struct task_struct *p)
{
	return false;
}

static inline bool try_to_freeze(void)
{
	return false;
}

/* Kernel threads are spared until they ask for it. */
static inline bool set_freezable(void)
{
	current->flags &= ~PF_NOFREEZE;
	return false;
}

#define freezable_schedule() schedule()
#define freezable_schedule_timeout(timeout) schedule_timeout(timeout)
#define freezable_schedule_timeout_interruptible(timeout) schedule_timeout_interruptible(timeout)

#endif
