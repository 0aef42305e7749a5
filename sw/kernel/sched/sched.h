// SPDX-License-Identifier: Apache-2.0
// What the files of kernel/sched share (Linux: kernel/sched/sched.h).
//
// Locks: a task's pi_lock (wake-up, class, affinity) before the run queue's lock; two run queues in order of CPU
// number. A holder of a task's run queue may read everything about its scheduling; changing class, priority or
// affinity takes both.
#ifndef KERNEL_SCHED_SCHED_H
#define KERNEL_SCHED_SCHED_H

#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/stop_machine.h>
#include <port/trace.h>

#include "lib/guard.h"

// Wake-up flags.
constexpr int WF_TTWU = 0x08;
constexpr int WF_FORK = 0x04;
constexpr int WF_SYNC = 0x10;     // the waker is about to sleep
constexpr int WF_MIGRATED = 0x20; // the task changed CPU on the way

// Flags of enqueue_task and dequeue_task.
constexpr int DEQUEUE_SLEEP = 0x01;
constexpr int ENQUEUE_WAKEUP = 0x01;
constexpr int ENQUEUE_INITIAL = 0x02;
constexpr int ENQUEUE_HEAD = 0x10;

// SCHED_LOAD of nice 0.
constexpr unsigned long nice_0_load = 1024;
constexpr unsigned long idle_policy_load = 3;

struct cfs_rq {
    rb_root_cached tasks_timeline; // queued tasks by vruntime; the running one is not in it
    sched_entity *curr;
    sched_entity *skip; // who called yield
    unsigned long load; // sum of weights, running one included
    unsigned int nr_running;
    u64 min_vruntime; // never falls
};

struct rt_rq {
    DECLARE_BITMAP(bitmap, MAX_RT_PRIO);
    list_head queue[MAX_RT_PRIO]; // running one included
    unsigned int rt_nr_running;
    unsigned int rr_nr_running;
    int highest_prio; // MAX_RT_PRIO: none
    // Bandwidth: no more than rt_runtime of each rt_period goes to real-time tasks.
    u64 rt_time;
    u64 period_start;
    bool throttled;
    hrtimer period_timer; // armed only while throttled
};

struct rq {
    raw_spinlock_t lock;
    int cpu;
    unsigned int nr_running;
    u64 nr_switches;
    u64 clock; // ns, as of the last update_rq_clock
    cfs_rq cfs;
    rt_rq rt;
    task_struct *curr, *idle, *stop;
    task_struct *prev; // set before a context switch, read after it: whose stack was left
    unsigned int ttwu_pending;
    bool idle_waits;            // something sleeps on the idle task's stack: it needs its turn
    unsigned int nr_pinned;     // tasks here that have migration disabled, asleep or not
    bool push_rt;               // look for a CPU for queued real-time tasks after the switch
    unsigned long next_balance; // jiffies
    unsigned int balance_failed;
    u64 stall_since; // soft lockup check: since when nothing else could have run
    bool stall_reported;
};

DECLARE_PER_CPU(rq, runqueues);

inline rq *cpu_rq(int cpu) {
    return per_cpu_ptr(&runqueues, cpu);
}

// For callers that cannot change CPU.
inline rq *this_rq() {
    return raw_cpu_ptr(&runqueues);
}

inline rq *task_rq(const task_struct *p) {
    return cpu_rq(static_cast<int>(task_cpu(p)));
}

inline int cpu_of(const rq *r) {
    return r->cpu;
}

// The classes, best first; each queues its own tasks only. All functions are called with the run queue's lock.
struct sched_class {
    unsigned rank; // less is better
    void (*enqueue_task)(rq *, task_struct *, int flags);
    void (*dequeue_task)(rq *, task_struct *, int flags);
    void (*yield_task)(rq *);
    // `p` became runnable on this queue, and curr is of the same class: ask for rescheduling if it should run now.
    void (*check_preempt_curr)(rq *, task_struct *p, int wake_flags);
    task_struct *(*pick_next_task)(rq *); // nullptr: none; marks the task as running
    void (*put_prev_task)(rq *, task_struct *);
    void (*set_next_task)(rq *, task_struct *);
    // May drop the lock to fetch tasks from other CPUs before a new one is chosen.
    void (*balance)(rq *, task_struct *prev);
    int (*select_task_rq)(task_struct *, int prev_cpu, int wake_flags); // pi_lock only
    void (*task_woken)(rq *, task_struct *);
    void (*task_tick)(rq *, task_struct *);
    void (*switched_from)(rq *, task_struct *);
    void (*switched_to)(rq *, task_struct *);
    void (*update_curr)(rq *);
};

extern const sched_class stop_sched_class, rt_sched_class, fair_sched_class, idle_sched_class;

// core.cpp
extern "C" int try_to_wake_up(task_struct *p, unsigned int state, int wake_flags);
void resched_curr(rq *r);
void update_rq_clock(rq *r);
void activate_task(rq *r, task_struct *p, int flags);
void deactivate_task(rq *r, task_struct *p, int flags);
void check_preempt_curr(rq *r, task_struct *p, int flags);
void set_task_cpu(task_struct *p, unsigned int new_cpu);
// Locks the run queue that the task is on, or was on last; pi_lock held or not, a balancing CPU may move the task until
// the lock is there.
rq *lock_rq_of(const task_struct *p);
// Takes `other`'s lock too, in order; drops and retakes `self`'s if need be: true then, and everything may have
// changed.
bool double_lock_balance(rq *self, rq *other);
void double_unlock_balance(rq *self, rq *other);
// Moves a queued task that runs nowhere. Both queues locked.
void move_queued_task_locked(rq *from, rq *to, task_struct *p);
bool is_cpu_allowed(const task_struct *p, int cpu);
// A CPU for a task that may not run where it would; if none of its CPUs will do, its affinity is reset. pi_lock held.
int select_fallback_rq(task_struct *p);
void sched_set_stop_task(int cpu, task_struct *stop);
void set_load_weight(task_struct *p);
void do_set_cpus_allowed_locked(task_struct *p, const cpumask *mask);
// The task is worth at least `prio`, regardless of what it is by itself; MAX_RT_PRIO: nothing is inherited. False: so
// it was before.
bool sched_inherit_prio(task_struct *p, int prio);
void change_task_class(rq *r, task_struct *p, int policy, int rt_priority, int static_prio);
void finish_context_switch();

// A task with all that may change about its scheduling: its pi_lock and its run queue's lock, interrupts masked (Linux:
// task_rq_lock).
class hold_task {
public:
    explicit hold_task(task_struct *p)
        : p_(p)
        , flags_(_raw_spin_lock_irqsave(&p->pi_lock))
        , r_(lock_rq_of(p)) {}
    ~hold_task() {
        if (r_)
            release();
    }
    hold_task(const hold_task &) = delete;
    hold_task &operator=(const hold_task &) = delete;
    rq *queue() const { return r_; }
    void release() {
        raw_spin_unlock(&r_->lock);
        raw_spin_unlock_irqrestore(&p_->pi_lock, flags_);
        r_ = nullptr;
    }

private:
    task_struct *p_;
    unsigned long flags_;
    rq *r_;
};

inline bool task_on_cpu(const rq *r, const task_struct *p) {
    return r->curr == p;
}

inline bool task_on_rq_queued(const task_struct *p) {
    return READ_ONCE(p->on_rq) == TASK_ON_RQ_QUEUED;
}

inline bool is_fair(const task_struct *p) {
    return p->sched_class == &fair_sched_class;
}

// hotplug.cpp
int sched_cpu_activate(unsigned int cpu);
int sched_cpu_deactivate(unsigned int cpu);
int sched_cpu_wait_empty(unsigned int cpu);
int sched_cpu_dying(unsigned int cpu);

// fair.cpp
// The queued tasks of a CPU that do not run, those that have had most first.
task_struct *last_fair_task(rq *r);
task_struct *fair_task_before(task_struct *p);
void init_cfs_rq(cfs_rq *cfs);
void task_fork_fair(rq *r, task_struct *p);
void reweight_task(rq *r, task_struct *p);
void newidle_balance(rq *r);
void trigger_load_balance(rq *r);
void init_sched_fair_class();
void init_sched_fair_smp(unsigned cpus);

// locking/rtmutex.cpp
void rt_mutex_adjust_pi(task_struct *p);

// rt.cpp
extern unsigned int sched_rr_timeslice; // ticks
struct rt_limits {
    int period_us, runtime_us; // runtime -1: none
};
extern rt_limits sched_rt_limits;
void init_rt_rq(rt_rq *rt, int cpu);
void push_rt_tasks(rq *r);
bool rt_is_runnable(const rt_rq *rt);

// Rescheduling, with what each caller has to keep from interfering meanwhile.
void preempt_schedule_common();

// wait.cpp
void wait_bit_init();

// preempt.cpp
enum class preempt_mode { none, voluntary, full };
extern preempt_mode preempt_dynamic_mode;
void preempt_dynamic_init();

// watchdog.cpp: after how many seconds a task that sleeps uninterruptibly is reported; 0: never.
extern unsigned long hung_task_timeout;
void hung_task_timeout_changed();
// watchdog.cpp: from the tick, I masked, no lock held.
void softlockup_check(rq *r);

// kthread.cpp
extern "C" bool kthread_should_stop_or_park(void);

// workqueue: its workers tell when they sleep and run (kernel/workqueue).
extern "C" void wq_worker_running(task_struct *task);
extern "C" void wq_worker_sleeping(task_struct *task);

#endif
