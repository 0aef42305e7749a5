/* SPDX-License-Identifier: Apache-2.0 */
/* Kernel threads (Linux's include/linux/kthread.h). */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct mm_struct;

__BEGIN_DECLS
/*
 * A new, sleeping thread of SCHED_NORMAL nice 0 on all CPUs, named by the format; ERR_PTR(-ENOMEM or -EINTR). May sleep. `threadfn`
 * returns an exit code for kthread_stop.
 */
__printf(4, 5) struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
							  const char namefmt[], ...);
/* Bound to `cpu`; the name format gets the CPU's number. */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt);
void get_kthread_comm(char *buf, size_t buf_size, struct task_struct *tsk);
bool set_kthread_struct(struct task_struct *p);
void free_kthread_struct(struct task_struct *k);
void kthread_set_per_cpu(struct task_struct *k, int cpu);
bool kthread_is_per_cpu(struct task_struct *k);
/* Only before the thread first ran. */
void kthread_bind(struct task_struct *k, unsigned int cpu);
void kthread_bind_mask(struct task_struct *k, const struct cpumask *mask);
/* Makes kthread_should_stop() true, wakes the thread, waits for its end: its exit code; -EINTR if it never ran. May sleep. */
int kthread_stop(struct task_struct *k);
bool kthread_should_stop(void);
bool kthread_should_park(void);
bool __kthread_should_park(struct task_struct *k);
bool kthread_freezable_should_stop(bool *was_frozen);
void *kthread_func(struct task_struct *k);
void *kthread_data(struct task_struct *k);
void *kthread_probe_data(struct task_struct *k);
/* 0; -ENOSYS: the thread has ended; -EBUSY: asked already. May sleep until the thread has parked. */
int kthread_park(struct task_struct *k);
void kthread_unpark(struct task_struct *k);
void kthread_parkme(void);
void __noreturn kthread_exit(long result);
void __noreturn kthread_complete_and_exit(struct completion *comp, long code);
int kthreadd(void *unused);
extern struct task_struct *kthreadd_task;
int tsk_fork_get_node(struct task_struct *tsk);
void kthread_use_mm(struct mm_struct *mm);
void kthread_unuse_mm(struct mm_struct *mm);
__END_DECLS

#define kthread_create(threadfn, data, namefmt, arg...)                                                                \
	kthread_create_on_node(threadfn, data, -1, namefmt, ##arg)

/* Lets a new thread run its function; an ERR_PTR is passed on. */
static inline struct task_struct *__kthread_started(struct task_struct *k)
{
	if (!IS_ERR(k))
		wake_up_process(k);
	return k;
}

#define kthread_run(threadfn, data, namefmt, ...)                                                                      \
	__kthread_started(kthread_create(threadfn, data, namefmt, ##__VA_ARGS__))

static inline struct task_struct *kthread_run_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
						     const char *namefmt)
{
	return __kthread_started(kthread_create_on_cpu(threadfn, data, cpu, namefmt));
}

/* Work that one dedicated thread does in order. */
struct kthread_work;
typedef void (*kthread_work_func_t)(struct kthread_work *work);

enum {
	KTW_FREEZABLE = 1 << 0,
};

struct kthread_worker {
	unsigned int flags;
	raw_spinlock_t lock;
	struct list_head work_list;
	struct list_head delayed_work_list;
	struct task_struct *task;
	struct kthread_work *current_work;
};

struct kthread_work {
	struct list_head node;
	kthread_work_func_t func;
	struct kthread_worker *worker;
	int canceling; /* how many cancel_sync wait: no queueing meanwhile */
};

struct kthread_delayed_work {
	struct kthread_work work;
	struct timer_list timer;
};

#define KTHREAD_WORK_INIT(work, fn) { { &(work).node, &(work).node }, (fn), NULL, 0 }
#define DEFINE_KTHREAD_WORK(work, fn) struct kthread_work work = KTHREAD_WORK_INIT(work, fn)

__BEGIN_DECLS
void __kthread_init_worker(struct kthread_worker *worker, const char *name, struct lock_class_key *key);
int kthread_worker_fn(void *worker_ptr);
__printf(2, 3) struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...);
__printf(3, 4) struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char namefmt[],
								   ...);
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work);
bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				unsigned long delay);
bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork, unsigned long delay);
void kthread_delayed_work_timer_fn(struct timer_list *t);
void kthread_flush_work(struct kthread_work *work);
void kthread_flush_worker(struct kthread_worker *worker);
bool kthread_cancel_work_sync(struct kthread_work *work);
bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *work);
void kthread_destroy_worker(struct kthread_worker *worker);
__END_DECLS

#define kthread_init_worker(worker)                                                                                    \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		__kthread_init_worker((worker), "(" #worker ")->lock", &__key);                                        \
	} while (0)

static inline void kthread_init_work(struct kthread_work *work, kthread_work_func_t fn)
{
	INIT_LIST_HEAD(&work->node);
	work->func = fn;
	work->worker = NULL;
	work->canceling = 0;
}

#define kthread_init_delayed_work(dwork, fn)                                                                           \
	do {                                                                                                           \
		timer_setup(&(dwork)->timer, kthread_delayed_work_timer_fn, TIMER_IRQSAFE);                            \
		kthread_init_work(&(dwork)->work, (fn));                                                               \
	} while (0)

#endif
