/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks and what they do to themselves (Linux's include/linux/sched.h). */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <asm/current.h>
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/llist.h>
#include <linux/preempt.h>
#include <linux/processor.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>
#include <linux/sched/prio.h>
#include <linux/signal_types.h>
#include <linux/smp.h>
#include <linux/smp_types.h>
#include <linux/spinlock_types.h>
#include <linux/thread_info.h>
#include <linux/types.h>
#include <uapi/linux/sched.h>

struct sched_class;
struct port_context;
struct kthread;
struct completion;
struct rq;

/* task_struct.__state; the exit_ ones belong to exit_state. */
#define TASK_RUNNING 0x00000000
#define TASK_INTERRUPTIBLE 0x00000001
#define TASK_UNINTERRUPTIBLE 0x00000002
#define __TASK_STOPPED 0x00000004
#define __TASK_TRACED 0x00000008
#define EXIT_DEAD 0x00000010
#define EXIT_ZOMBIE 0x00000020
#define EXIT_TRACE (EXIT_ZOMBIE | EXIT_DEAD)
#define TASK_PARKED 0x00000040
#define TASK_DEAD 0x00000080
#define TASK_WAKEKILL 0x00000100
#define TASK_WAKING 0x00000200
#define TASK_NOLOAD 0x00000400
#define TASK_NEW 0x00000800
#define TASK_RTLOCK_WAIT 0x00001000
#define TASK_FREEZABLE 0x00002000
#define __TASK_FREEZABLE_UNSAFE 0x00004000
#define TASK_FROZEN 0x00008000
#define TASK_STATE_MAX 0x00010000
#define TASK_ANY (TASK_STATE_MAX - 1)

#define TASK_KILLABLE (TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_STOPPED (TASK_WAKEKILL | __TASK_STOPPED)
#define TASK_IDLE (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#define TASK_REPORT                                                                                                    \
	(TASK_RUNNING | TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE | __TASK_STOPPED | __TASK_TRACED | EXIT_DEAD |       \
	 EXIT_ZOMBIE | TASK_PARKED)
#define TASK_REPORT_IDLE (TASK_REPORT + 1)
#define TASK_REPORT_MAX (TASK_REPORT_IDLE << 1)

#define PF_IDLE 0x00000002
#define PF_EXITING 0x00000004
#define PF_IO_WORKER 0x00000010
#define PF_WQ_WORKER 0x00000020
#define PF_MEMALLOC 0x00000800
#define PF_NOFREEZE 0x00008000
#define PF_FROZEN 0x00010000
#define PF_KTHREAD 0x00200000
#define PF_NO_SETAFFINITY 0x04000000


#define TASK_COMM_LEN 16
#define MAX_SCHEDULE_TIMEOUT ((long)(~0UL >> 1))

struct sched_param {
	int sched_priority;
};

struct load_weight {
	unsigned long weight;
	u32 inv_weight;
};

struct sched_entity {
	struct load_weight load;
	struct rb_node run_node;
	unsigned int on_rq;
	u64 exec_start; /* ns */
	u64 sum_exec_runtime;
	u64 vruntime;
	u64 prev_sum_exec_runtime;
	u64 nr_migrations;
};

struct sched_rt_entity {
	struct list_head run_list;
	unsigned int time_slice; /* ticks left, SCHED_RR */
	unsigned short on_rq;
};

struct wake_q_node {
	struct wake_q_node *next;
};

struct thread_struct {
	struct port_context *context; /* the stack with the registers that are saved on it */
	const void *frame;	      /* where its stack trace begins while it does not run */
	int (*fn)(void *);	      /* what a new task runs */
	void *arg;
};

struct task_struct {
	struct thread_info thread_info;
	unsigned int __state;
	void *stack;
	refcount_t usage;
	unsigned int flags; /* PF_* */

	int on_cpu; /* a core runs on its stack */
	struct __call_single_node wake_entry;
	int recent_used_cpu;
	int wake_cpu;
	int on_rq; /* TASK_ON_RQ_* */

	int prio;	/* effective: 0..99 real time (less is more), 100..139 fair */
	int static_prio; /* 100..139, from nice */
	int normal_prio;
	unsigned int rt_priority; /* 1..99, 0: not real time */
	struct sched_entity se;
	struct sched_rt_entity rt;
	const struct sched_class *sched_class;
	unsigned int policy;

	int nr_cpus_allowed;
	const cpumask_t *cpus_ptr;
	cpumask_t cpus_mask;
	unsigned short migration_disabled;

	int rcu_read_lock_nesting;
	bool rcu_blocked_reader; /* on the list of readers that a grace period waits for */
	unsigned long rcu_blocked_gp;
	struct list_head rcu_node_entry;

	struct list_head tasks; /* every task but the idle ones of secondary CPUs, from init_task */

	int exit_state;
	int exit_code;
	pid_t pid;
	pid_t tgid;
	unsigned in_iowait : 1;
	unsigned sched_contributes_to_load : 1;
	unsigned sched_remote_wakeup : 1;
	unsigned sched_reset_on_fork : 1;

	struct task_struct *real_parent;
	struct task_struct *parent;
	struct task_struct *group_leader;
	struct list_head children; /* in the order of their starts; tasklist_lock */
	struct list_head sibling; /* entry among the parent's children */

	void *worker_private; /* PF_KTHREAD: struct kthread */
	struct completion *vfork_done;

	u64 utime, stime;
	unsigned long nvcsw, nivcsw;
	u64 start_time; /* ns since boot */
	u64 timer_slack_ns;

	char comm[TASK_COMM_LEN];

	struct sigpending pending;
	sigset_t blocked;
	sigset_t allowed; /* signals that a kernel thread listens to */

	spinlock_t alloc_lock; /* comm */
	int lockdep_depth; /* of held_locks */
	unsigned int lockdep_recursion; /* > 0: between lockdep_off() and lockdep_on() */
	struct held_lock held_locks[MAX_LOCK_DEPTH];
	struct lockdep_map *lockdep_nests, *lockdep_nest; /* the lock to be taken, and the one that it is taken within */
	raw_spinlock_t pi_lock;	/* wake-up and change of class */
	struct wake_q_node wake_q;

	/* Priority inheritance: kernel/locking/rtmutex.cpp */
	struct rt_mutex *pi_owned;
	struct rt_mutex_waiter *pi_waiter;
	unsigned int pi_boost; /* MAX_RT_PRIO - the inherited prio; 0: none is */

	const struct cred *real_cred, *cred; /* everybody is root: init_cred, unless a module gave another one */
	struct mm_struct *mm; /* NULL: a kernel thread. The others share one that has nothing: there is no user space */
	struct mm_struct *active_mm;
	struct signal_struct *signal;
	struct sighand_struct *sighand;
	struct nsproxy *nsproxy;
	struct fs_struct *fs;
	unsigned int personality;
	int exit_signal;
	struct files_struct *files;
	void *journal_info;
	struct callback_head *task_works;
	struct page_frag task_frag; /* of the network's files, which name it */

	/* Of files of Linux that look at them; there are no programs to trace. */
	unsigned int ptrace;
	struct list_head ptraced, ptrace_entry;
	const struct cred *ptracer_cred;
	unsigned long jobctl;
	struct kunit *kunit_test;

	unsigned long task_state_change; /* code address */
	int non_block_count;
	unsigned long last_switch_count; /* hung-task check: nvcsw + nivcsw, and jiffies then */
	unsigned long last_switch_time;

	struct callback_head rcu; /* the list's reference, given back after a grace period */
	struct thread_struct thread;
};

#define TASK_ON_RQ_QUEUED 1
#define TASK_ON_RQ_MIGRATING 2

#define task_thread_info(task) (&(task)->thread_info)
#define task_is_running(task) (READ_ONCE((task)->__state) == TASK_RUNNING)
#define task_is_traced(task) (0)
#define task_is_stopped(task) (0)

__BEGIN_DECLS
extern struct task_struct init_task;

/* Remembers where the running task set its state, for the "do not call blocking ops" report. */
void debug_task_state_change(void);

/*
 * Gives the CPU away: returns when the task was chosen again. Task context, preemption enabled; a task whose state is not
 * TASK_RUNNING leaves the run queue until it is woken.
 */
void schedule(void);
/* `timeout` in jiffies; what is left of it. The caller has set the state. */
signed long schedule_timeout(signed long timeout);
signed long schedule_timeout_interruptible(signed long timeout);
signed long schedule_timeout_killable(signed long timeout);
signed long schedule_timeout_uninterruptible(signed long timeout);
signed long schedule_timeout_idle(signed long timeout);
void schedule_preempt_disabled(void);
void schedule_rtlock(void);
void io_schedule(void);
long io_schedule_timeout(long timeout);
int io_schedule_prepare(void);
void io_schedule_finish(int token);
void yield(void);

/* 1 if the task was asleep (any context); 0 if it ran already. */
int wake_up_process(struct task_struct *tsk);
int wake_up_state(struct task_struct *tsk, unsigned int state);
/* First wake-up of a new task. */
void wake_up_new_task(struct task_struct *tsk);
void kick_process(struct task_struct *tsk);
/* Waits until `p` has left its CPU; 0 if its state was not `match_state`, else a nonzero switch count. May sleep. */
unsigned long wait_task_inactive(struct task_struct *p, unsigned int match_state);

/* 0; -EINVAL: the mask has no online CPU. May sleep when it has to move a running task. */
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask);
void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *new_mask);

void set_user_nice(struct task_struct *p, long nice); /* -20..19 */
int task_prio(const struct task_struct *p);
int task_curr(const struct task_struct *p);
int idle_cpu(int cpu);
int available_idle_cpu(int cpu);
struct task_struct *idle_task(int cpu);
struct task_struct *curr_task(int cpu);
/* 0 or -EINVAL. Task context. */
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param);
struct sched_attr;
/* What the attributes say (uapi/linux/sched/types.h); -EINVAL: no such policy, or no such priority in it. */
int sched_setattr_nocheck(struct task_struct *p, const struct sched_attr *attr);
int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param);
void sched_set_fifo(struct task_struct *p);	/* SCHED_FIFO 50 */
void sched_set_fifo_low(struct task_struct *p); /* SCHED_FIFO 1 */
void sched_set_normal(struct task_struct *p, int nice);

void __set_task_comm(struct task_struct *tsk, const char *from, bool exec);
char *__get_task_comm(char *to, size_t len, struct task_struct *tsk);

int __cond_resched(void);
int __cond_resched_lock(spinlock_t *lock);
void __might_resched(const char *file, int line, unsigned int offsets);
void __might_sleep(const char *file, int line);
void __cant_sleep(const char *file, int line, int preempt_offset);
void __cant_migrate(const char *file, int line);

void scheduler_tick(void); /* from the tick, I masked */
u64 task_sched_runtime(struct task_struct *task); /* ns */
unsigned int nr_running(void);
bool single_task_running(void);
unsigned long long nr_context_switches(void);
void resched_cpu(int cpu);

void recalc_sigpending(void);
__END_DECLS

/* Only for a state that the next lines do not test again after a wake-up; otherwise set_current_state, with its barrier. */
#define __set_current_state(state_value)                                                                               \
	do {                                                                                                           \
		debug_task_state_change();                                                                             \
		WRITE_ONCE(current->__state, (state_value));                                                           \
	} while (0)
#define set_current_state(state_value)                                                                                 \
	do {                                                                                                           \
		debug_task_state_change();                                                                             \
		__atomic_store_n(&current->__state, (unsigned int)(state_value), __ATOMIC_SEQ_CST);                    \
	} while (0)
#define set_special_state(state_value)                                                                                 \
	do {                                                                                                           \
		unsigned long __special_flags;                                                                         \
		raw_spin_lock_irqsave(&current->pi_lock, __special_flags);                                             \
		debug_task_state_change();                                                                             \
		WRITE_ONCE(current->__state, (state_value));                                                           \
		raw_spin_unlock_irqrestore(&current->pi_lock, __special_flags);                                        \
	} while (0)
#define get_current_state() READ_ONCE(current->__state)

#define set_task_comm(tsk, from) __set_task_comm(tsk, from, false)
#define get_task_comm(buf, tsk) __get_task_comm(buf, sizeof(buf), tsk)

/*
 * The caller may sleep here: reports contexts that may not (once a second), and is a point of voluntary preemption with
 * preempt=voluntary.
 */
#define might_sleep()                                                                                                  \
	do {                                                                                                           \
		__might_sleep(__FILE__, __LINE__);                                                                     \
	} while (0)
#define might_sleep_if(cond) do { if (cond) might_sleep(); } while (0)
#define cant_sleep() do { __cant_sleep(__FILE__, __LINE__, 0); } while (0)
#define cant_migrate() do { __cant_migrate(__FILE__, __LINE__); } while (0)
#define sched_annotate_sleep() do { current->task_state_change = 0; } while (0)
#define non_block_start() do { current->non_block_count++; } while (0)
#define non_block_end() do { WARN_ON(current->non_block_count-- == 0); } while (0)
#define might_fault() might_sleep()

/* The offsets of __might_resched: an expected preempt count, and an expected RCU depth above it. */
#define MIGHT_RESCHED_RCU_SHIFT 8
#define MIGHT_RESCHED_PREEMPT_MASK ((1U << MIGHT_RESCHED_RCU_SHIFT) - 1)

#define cond_resched()                                                                                                 \
	({                                                                                                             \
		__might_resched(__FILE__, __LINE__, 0);                                                                \
		__cond_resched();                                                                                      \
	})
#define cond_resched_lock(lock)                                                                                        \
	({                                                                                                             \
		__might_resched(__FILE__, __LINE__, PREEMPT_LOCK_OFFSET);                                              \
		__cond_resched_lock(lock);                                                                             \
	})
#define cond_resched_tasks_rcu_qs() cond_resched()
/* Between two readers' sections, of which the caller is in the first. */
#define cond_resched_rcu()          \
	do {                        \
		rcu_read_unlock();  \
		cond_resched();     \
		rcu_read_lock();    \
	} while (0)

/* There is one name space of pids. */
#define task_pid_nr(tsk) ((pid_t)(tsk)->pid)
#define task_pid_vnr(tsk) task_pid_nr(tsk)
#define task_tgid_nr(tsk) ((pid_t)(tsk)->tgid)
#define task_tgid_vnr(tsk) task_tgid_nr(tsk)

static inline pid_t task_ppid_nr(const struct task_struct *tsk)
{
	return tsk->real_parent ? tsk->real_parent->tgid : 0;
}

static inline int pid_alive(const struct task_struct *p)
{
	return p->exit_state == 0;
}

static inline bool is_global_init(struct task_struct *tsk)
{
	return tsk->tgid == 1;
}

static __always_inline bool is_idle_task(const struct task_struct *p)
{
	return (p->flags & PF_IDLE) != 0;
}

static inline bool is_percpu_thread(void)
{
	return (current->flags & PF_NO_SETAFFINITY) && current->nr_cpus_allowed == 1;
}

static inline void set_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	set_ti_thread_flag(task_thread_info(tsk), flag);
}

static inline void clear_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	clear_ti_thread_flag(task_thread_info(tsk), flag);
}

static inline int test_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	return test_ti_thread_flag(task_thread_info(tsk), flag);
}

#define set_tsk_need_resched(tsk) set_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
#define clear_tsk_need_resched(tsk) clear_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
#define test_tsk_need_resched(tsk) test_tsk_thread_flag(tsk, TIF_NEED_RESCHED)

static __always_inline bool need_resched(void)
{
	return tif_need_resched();
}

static inline unsigned int task_cpu(const struct task_struct *p)
{
	return READ_ONCE(p->thread_info.cpu);
}

static inline int task_nice(const struct task_struct *p)
{
	return PRIO_TO_NICE(p->static_prio);
}

static inline unsigned int __task_state_index(unsigned int tsk_state, unsigned int tsk_exit_state)
{
	const bool idles = (tsk_state & TASK_IDLE) == TASK_IDLE;
	const unsigned int shown = idles ? TASK_REPORT_IDLE : (tsk_state | tsk_exit_state) & TASK_REPORT;

	return shown ? 32 - __builtin_clz(shown) : 0;
}

static inline unsigned int task_state_index(struct task_struct *tsk)
{
	return __task_state_index(READ_ONCE(tsk->__state), (unsigned int)tsk->exit_state);
}

/* One of "RSDTtXZPI", as ps shows it. */
static inline char task_index_to_char(unsigned int state)
{
	return "RSDTtXZPI"[state];
}

static inline char task_state_to_char(struct task_struct *tsk)
{
	return task_index_to_char(task_state_index(tsk));
}

#include <linux/pid.h>

#endif
