/* SPDX-License-Identifier: Apache-2.0 */
/* Signals, as far as tasks of a kernel without user space take part, and walking tasks (Linux's include/linux/sched/signal.h). */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/errno.h>
#include <linux/rculist.h>
#include <linux/sched/jobctl.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/signal.h>

/* Of files of Linux that name it: what a process's threads share. */
struct signal_struct {
	refcount_t sigcnt;
	atomic_t live;
	int nr_threads;
	bool oom_flag_origin;
	short oom_score_adj;
	short oom_score_adj_min;
	struct mm_struct *oom_mm;
	unsigned int flags;
	struct tty_struct *tty;
	u64 utime, stime;
};

static inline int task_sigpending(struct task_struct *p)
{
	return test_tsk_thread_flag(p, TIF_SIGPENDING);
}

#define signal_pending(p) task_sigpending(p)

static inline int __fatal_signal_pending(struct task_struct *p)
{
	return sigismember(&p->pending.signal, SIGKILL);
}

#define fatal_signal_pending(p) (task_sigpending(p) && __fatal_signal_pending(p))

/* Whether a signal keeps the task from waiting in `state`: any one does in an interruptible wait, SIGKILL in a killable one. */
static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	const unsigned int heard = state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL);

	return heard && task_sigpending(p) && (heard & TASK_INTERRUPTIBLE || __fatal_signal_pending(p));
}

static inline int restart_syscall(void)
{
	set_tsk_thread_flag(current, TIF_SIGPENDING);
	return -ERESTARTNOINTR;
}

/* Every task but idle ones; under rcu_read_lock() or tasklist_lock. Each process here has one thread. */
#define next_task(p) list_entry_rcu((p)->tasks.next, struct task_struct, tasks)
#define for_each_process(p) for (p = &init_task; (p = next_task(p)) != &init_task;)
#define for_each_thread(p, t) for (t = p; t; t = NULL)
#define for_each_process_thread(p, t) for_each_process(p) for_each_thread(p, t)
#define do_each_thread(g, t) for_each_process(g) for (t = g; t; t = NULL)
#define while_each_thread(g, t)
#define thread_group_leader(p) ((p)->pid == (p)->tgid)
#define thread_group_empty(p) 1
#define same_thread_group(p1, p2) ((p1)->tgid == (p2)->tgid)

static inline struct task_struct *next_thread(const struct task_struct *p)
{
	return (struct task_struct *)p;
}

#endif
