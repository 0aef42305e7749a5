/* SPDX-License-Identifier: Apache-2.0 */
/* There is no suspend, so nothing is ever frozen (Linux's include/linux/freezer.h without CONFIG_FREEZER). */
#ifndef FREEZER_H_INCLUDED
#define FREEZER_H_INCLUDED

#include <linux/sched.h>
#include <linux/wait.h>

#define __NEVER_FROZEN(name, args...)                                \
	static inline bool name(args)                                \
	{                                                            \
		return false;                                        \
	}
__NEVER_FROZEN(try_to_freeze, void)
__NEVER_FROZEN(freezing, struct task_struct *p)
__NEVER_FROZEN(frozen, struct task_struct *p)
#undef __NEVER_FROZEN

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
