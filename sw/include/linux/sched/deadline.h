/* SPDX-License-Identifier: Apache-2.0 */
/* There is no SCHED_DEADLINE here: no task belongs to it. */
#ifndef _LINUX_SCHED_DEADLINE_H
#define _LINUX_SCHED_DEADLINE_H

#include <linux/sched.h>

static inline int dl_prio(int prio)
{
	return prio < MAX_DL_PRIO;
}

static inline int dl_task(struct task_struct *p)
{
	return dl_prio(p->prio);
}

#endif
