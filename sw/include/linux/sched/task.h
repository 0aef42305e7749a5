/* SPDX-License-Identifier: Apache-2.0 */
/* Life and death of tasks (Linux's include/linux/sched/task.h). */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/spinlock.h>

__BEGIN_DECLS
extern rwlock_t tasklist_lock;

/* Starts `fn(arg)` in a new task, woken already. Its pid, or -ENOMEM/-EAGAIN. A return from `fn` ends it. */
pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long flags);
pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long flags);
void __noreturn do_exit(long code);
void __noreturn make_task_dead(int signr);

/* An idle task for a CPU that comes up; not on the task list. */
struct task_struct *fork_idle(int cpu);
void init_idle(struct task_struct *idle, int cpu);
void schedule_tail(struct task_struct *prev);
void __put_task_struct(struct task_struct *t);
struct task_struct *find_task_by_vpid(pid_t nr);
struct task_struct *find_get_task_by_vpid(pid_t nr);
__END_DECLS


#define task_lock(p) _raw_spin_lock(&(p)->alloc_lock.rlock)
#define task_unlock(p) _raw_spin_unlock(&(p)->alloc_lock.rlock)

static inline void put_task_struct(struct task_struct *t)
{
	if (refcount_dec_and_test(&t->usage))
		__put_task_struct(t);
}

static inline struct task_struct *get_task_struct(struct task_struct *t)
{
	refcount_inc(&t->usage);
	return t;
}

#endif
