/* SPDX-License-Identifier: Apache-2.0 */
/* Work that a task does when it ends (Linux's include/linux/task_work.h; there is no return to user space to do it at). */
#ifndef _LINUX_TASK_WORK_H
#define _LINUX_TASK_WORK_H

#include <linux/sched.h>

typedef void (*task_work_func_t)(struct callback_head *);

enum task_work_notify_mode {
	TWA_NONE,
	TWA_RESUME,
	TWA_SIGNAL,
};

static inline void init_task_work(struct callback_head *twork, task_work_func_t func)
{
	twork->func = func;
}

__BEGIN_DECLS
/* 0, or -ESRCH if the task is past doing it. */
int task_work_add(struct task_struct *task, struct callback_head *twork, enum task_work_notify_mode mode);
struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func);
void task_work_run(void);
__END_DECLS

#endif
