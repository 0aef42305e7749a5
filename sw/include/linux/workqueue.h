/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Work items run by kernel threads, in process context (Linux: include/linux/workqueue.h, kernel/workqueue.c).
 *
 * Queueing: any context. Flushing and cancelling with _sync, allocating and destroying: may sleep.
 * An item that is pending is not queued twice; an item never runs on two workers at once; its function may free it.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/threads.h>
#include <linux/timer.h>
#include <linux/types.h>

struct workqueue_struct;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

#define work_data_bits(work) ((unsigned long *)(&(work)->data))

/*
 * work_struct.data. While the item is queued: the address of its pool_workqueue and the flags and colour in the low
 * WORK_STRUCT_FLAG_BITS. Afterwards: the number of the pool that ran it last, and the OFFQ flags.
 */
enum {
	WORK_STRUCT_PENDING_BIT = 0,  /* somebody owns the right to queue it */
	WORK_STRUCT_INACTIVE_BIT = 1, /* waits for max_active */
	WORK_STRUCT_PWQ_BIT = 2,      /* data holds a pool_workqueue */
	WORK_STRUCT_LINKED_BIT = 3,   /* the next item on the list belongs to this one */
	WORK_STRUCT_COLOR_SHIFT = 4,
	WORK_STRUCT_COLOR_BITS = 4,

	WORK_STRUCT_PENDING = 1 << WORK_STRUCT_PENDING_BIT,
	WORK_STRUCT_INACTIVE = 1 << WORK_STRUCT_INACTIVE_BIT,
	WORK_STRUCT_PWQ = 1 << WORK_STRUCT_PWQ_BIT,
	WORK_STRUCT_LINKED = 1 << WORK_STRUCT_LINKED_BIT,
	WORK_STRUCT_STATIC = 0,

	WORK_NR_COLORS = 1 << WORK_STRUCT_COLOR_BITS,
	WORK_CPU_UNBOUND = NR_CPUS, /* any CPU, this one by preference */

	WORK_STRUCT_FLAG_BITS = WORK_STRUCT_COLOR_SHIFT + WORK_STRUCT_COLOR_BITS,

	WORK_OFFQ_FLAG_BASE = WORK_STRUCT_COLOR_SHIFT,
	__WORK_OFFQ_CANCELING = WORK_OFFQ_FLAG_BASE,
	WORK_OFFQ_CANCELING = 1 << __WORK_OFFQ_CANCELING,
	WORK_OFFQ_FLAG_BITS = 1,
	WORK_OFFQ_POOL_SHIFT = WORK_OFFQ_FLAG_BASE + WORK_OFFQ_FLAG_BITS,
	WORK_OFFQ_POOL_BITS = 31,

	/* work_busy() */
	WORK_BUSY_PENDING = 1 << 0,
	WORK_BUSY_RUNNING = 1 << 1,

	WORKER_DESC_LEN = 24,
};

#define WORK_OFFQ_POOL_NONE		((1ul << WORK_OFFQ_POOL_BITS) - 1)
#define WORK_STRUCT_FLAG_MASK		((1ul << WORK_STRUCT_FLAG_BITS) - 1)
#define WORK_STRUCT_WQ_DATA_MASK	(~WORK_STRUCT_FLAG_MASK)
#define WORK_STRUCT_NO_POOL		(WORK_OFFQ_POOL_NONE << WORK_OFFQ_POOL_SHIFT)

struct work_struct {
	atomic_long_t data;
	struct list_head entry;
	work_func_t func;
	struct lockdep_map lockdep_map; /* held while it runs, waited for by flush_work() and the like */
};

#define WORK_DATA_INIT()	ATOMIC_LONG_INIT((long)WORK_STRUCT_NO_POOL)
#define WORK_DATA_STATIC_INIT()	WORK_DATA_INIT()

struct workqueue_attrs {
	int nice;
	cpumask_var_t cpumask;
	bool no_numa; /* not a property of the pool */
};

/* What execute_in_process_context() queues if it must. */
struct execute_work {
	struct work_struct work;
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq; /* where the timer queues it */
	int cpu;
};

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

struct rcu_work {
	struct work_struct work;
	struct rcu_head rcu;
	struct workqueue_struct *wq;
};

static inline struct rcu_work *to_rcu_work(struct work_struct *work)
{
	return container_of(work, struct rcu_work, work);
}

#define __WORK_INITIALIZER(n, f)                                                                                       \
	{                                                                                                              \
		.data = WORK_DATA_STATIC_INIT(), .entry = { &(n).entry, &(n).entry }, .func = (f),                     \
		.lockdep_map = { NULL, "(work_completion)(&(" #n "))", 0 },                                            \
	}

#define __DELAYED_WORK_INITIALIZER(n, f, tflags)                                                                       \
	{                                                                                                              \
		.work = __WORK_INITIALIZER((n).work, (f)),                                                             \
		.timer = __TIMER_INITIALIZER(delayed_work_timer_fn, (tflags) | TIMER_IRQSAFE), .wq = NULL, .cpu = 0,   \
	}

#define DECLARE_WORK(n, f)		struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)
#define DECLARE_DEFERRABLE_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, TIMER_DEFERRABLE)

__BEGIN_DECLS
/* The timer function of a delayed_work; runs with interrupts off. */
void delayed_work_timer_fn(struct timer_list *t);
__END_DECLS

static inline void __init_work(struct work_struct *work, work_func_t func)
{
	debug_object_init(work, DEBUG_OBJECT_WORK);
	atomic_long_set(&work->data, (long)WORK_STRUCT_NO_POOL);
	INIT_LIST_HEAD(&work->entry);
	work->func = func;
}

static inline void __init_delayed_work(struct delayed_work *dwork, work_func_t func, unsigned int tflags)
{
	__init_work(&dwork->work, func);
	timer_setup(&dwork->timer, delayed_work_timer_fn, tflags | TIMER_IRQSAFE);
}

/* Each line that initialises is a class of locks of its own. */
#define __INIT_WORK_CLASS(_work, _name)                                                                                \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		lockdep_init_map(&(_work)->lockdep_map, "(work_completion)" _name, &__key, 0);                         \
	} while (0)
#define INIT_WORK(_work, _func)                                                                                        \
	do {                                                                                                           \
		__init_work((_work), (_func));                                                                         \
		__INIT_WORK_CLASS(_work, "(" #_work ")");                                                              \
	} while (0)
#define __INIT_DELAYED_WORK(_work, _func, _tflags)                                                                     \
	do {                                                                                                           \
		__init_delayed_work((_work), (_func), (_tflags));                                                      \
		__INIT_WORK_CLASS(&(_work)->work, "(&(" #_work ")->work)");                                            \
	} while (0)
#define __ON_STACK(_object, _init)                                                                                      \
	do {                                                                                                           \
		debug_object_annotate(_object);                                                                        \
		_init;                                                                                                 \
	} while (0)
#define INIT_WORK_ONSTACK(_work, _func) __ON_STACK(_work, INIT_WORK(_work, _func))
#define INIT_DELAYED_WORK(_work, _func)		__INIT_DELAYED_WORK(_work, _func, 0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func) __ON_STACK(&(_work)->work, __INIT_DELAYED_WORK(_work, _func, 0))
#define INIT_DEFERRABLE_WORK(_work, _func)	__INIT_DELAYED_WORK(_work, _func, TIMER_DEFERRABLE)
#define INIT_DEFERRABLE_WORK_ONSTACK(_work, _func) __ON_STACK(&(_work)->work, __INIT_DELAYED_WORK(_work, _func, TIMER_DEFERRABLE))
#define INIT_RCU_WORK(_work, _func)		INIT_WORK(&(_work)->work, _func)
#define INIT_RCU_WORK_ONSTACK(_work, _func) __ON_STACK(&(_work)->work, INIT_WORK(&(_work)->work, _func))

static inline void destroy_work_on_stack(struct work_struct *work)
{
	debug_object_unannotate(work);
}

static inline void destroy_delayed_work_on_stack(struct delayed_work *work)
{
	debug_object_unannotate(&work->work);
}

#define work_pending(work)		test_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work))
#define delayed_work_pending(w)		work_pending(&(w)->work)

enum {
	WQ_UNBOUND = 1 << 1,	    /* not bound to the queueing CPU */
	WQ_FREEZABLE = 1 << 2,
	WQ_MEM_RECLAIM = 1 << 3,    /* has a rescuer */
	WQ_HIGHPRI = 1 << 4,
	WQ_CPU_INTENSIVE = 1 << 5,  /* its running items do not count as concurrency */
	WQ_SYSFS = 1 << 6,
	WQ_POWER_EFFICIENT = 1 << 7, /* unbound if the kernel prefers power */

	__WQ_DESTROYED = 1 << 14,   /* what is queued from now on is lost; set in POISON_FREE, too */
	__WQ_DRAINING = 1 << 16,
	__WQ_ORDERED = 1 << 17,
	__WQ_LEGACY = 1 << 18,
	__WQ_ORDERED_EXPLICIT = 1 << 19,

	WQ_MAX_ACTIVE = 512,
	WQ_MAX_UNBOUND_PER_CPU = 4,
	WQ_DFL_ACTIVE = WQ_MAX_ACTIVE / 2,
};

#define WQ_UNBOUND_MAX_ACTIVE max_t(int, WQ_MAX_ACTIVE, num_possible_cpus() * WQ_MAX_UNBOUND_PER_CPU)

__BEGIN_DECLS
/* system_wq: short items. The others as their names say; the power-efficient ones are unbound on arm64. */
extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_unbound_wq;
extern struct workqueue_struct *system_freezable_wq;
extern struct workqueue_struct *system_power_efficient_wq;
extern struct workqueue_struct *system_freezable_power_efficient_wq;

void workqueue_init_early(void);
void workqueue_init(void);

/* max_active: 0 is WQ_DFL_ACTIVE; per CPU for bound queues. NULL if there is no memory. */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...) __printf(1, 4);
/* Runs what is queued, then frees; a queue that cannot be emptied is reported and leaked. */
void destroy_workqueue(struct workqueue_struct *wq);

struct workqueue_attrs *alloc_workqueue_attrs(void);
void free_workqueue_attrs(struct workqueue_attrs *attrs);
int apply_workqueue_attrs(struct workqueue_struct *wq, const struct workqueue_attrs *attrs);
int workqueue_set_unbound_cpumask(cpumask_var_t cpumask);

/* true: queued now; false: was pending already. */
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work);
/* delay in jiffies. */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *work, unsigned long delay);
/* true: was pending and has the new delay; false: was idle and is queued. */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay);
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork);

void __flush_workqueue(struct workqueue_struct *wq);
void drain_workqueue(struct workqueue_struct *wq);
int schedule_on_each_cpu(work_func_t func);
int execute_in_process_context(work_func_t fn, struct execute_work *ew);

/* true: there was something to wait for. */
bool flush_work(struct work_struct *work);
bool cancel_work(struct work_struct *work);
/* true: was pending. Afterwards it is neither pending nor running, even if it queues itself. */
bool cancel_work_sync(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);
bool flush_rcu_work(struct rcu_work *rwork);

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active);
struct work_struct *current_work(void);
bool current_is_workqueue_rescuer(void);
bool workqueue_congested(int cpu, struct workqueue_struct *wq);
unsigned int work_busy(struct work_struct *work);
void set_worker_desc(const char *fmt, ...) __printf(1, 2);
void print_worker_info(const char *log_lvl, struct task_struct *task);
void show_all_workqueues(void);
void show_freezable_workqueues(void);
void show_one_workqueue(struct workqueue_struct *wq);
/* "+desc" or "-desc" after a worker's name, as /proc/PID/comm shows it. */
void wq_worker_comm(char *buf, size_t size, struct task_struct *task);

long work_on_cpu(int cpu, long (*fn)(void *), void *arg);
long work_on_cpu_safe(int cpu, long (*fn)(void *), void *arg); /* -ENODEV: the CPU is offline; it stays online meanwhile */

void freeze_workqueues_begin(void);
bool freeze_workqueues_busy(void);
void thaw_workqueues(void);

void wq_watchdog_touch(int cpu);

int workqueue_prepare_cpu(unsigned int cpu);
int workqueue_online_cpu(unsigned int cpu);
int workqueue_offline_cpu(unsigned int cpu);

void __warn_flushing_systemwide_wq(void) __attribute__((__warning__("Please avoid flushing system-wide workqueues.")));
__END_DECLS

#define alloc_ordered_workqueue(fmt, flags, args...)                                                                   \
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | __WQ_ORDERED_EXPLICIT | (flags), 1, ##args)
#define create_workqueue(name) alloc_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name)                                                                               \
	alloc_workqueue("%s", __WQ_LEGACY | WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name) alloc_ordered_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, name)

/* On any CPU, this one by preference; the _on forms on that CPU. schedule_: in the system's queue. */
static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, system_wq, dwork, delay);
}

static inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}

static inline bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_work_on(cpu, system_wq, work);
}

static inline bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work_on(cpu, system_wq, dwork, delay);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

static inline bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)
{
	return mod_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

/* Waits for what others queued too, so a lock of the caller may deadlock: flush the item, or a queue of your own. */
static inline void flush_scheduled_work(void)
{
	__flush_workqueue(system_wq);
}

static inline bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

/* Whether the compiler knows that `wq` is that queue; `wq` is only evaluated if so. */
#define __wq_is_known(wq, queue) (__builtin_constant_p((wq) == (queue)) ? (wq) == (queue) : 0)
#define __wq_is_systems(wq)                                                                                            \
	(__wq_is_known(wq, system_wq) + __wq_is_known(wq, system_long_wq) + __wq_is_known(wq, system_highpri_wq) +     \
	 __wq_is_known(wq, system_unbound_wq) + __wq_is_known(wq, system_freezable_wq) +                               \
	 __wq_is_known(wq, system_power_efficient_wq) + __wq_is_known(wq, system_freezable_power_efficient_wq))
#define flush_workqueue(wq) (__wq_is_systems(wq) ? __warn_flushing_systemwide_wq() : (void)0, __flush_workqueue(wq))

#endif
