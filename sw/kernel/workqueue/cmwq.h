// SPDX-License-Identifier: Apache-2.0
// The concurrency-managed back end (Linux: kernel/workqueue.c, kernel/workqueue_internal.h).
//
// A workqueue is only a policy. Its items go through a pool_workqueue to a worker_pool, whose kernel threads run them:
// two pools for each CPU (normal and high priority), and pools for unbound queues, one for each set of attributes. A
// bound pool keeps just one of its workers running; the scheduler tells when that one sleeps, and then the next takes
// over.
//
// Locks, outermost first: wq_pool_mutex (pools, list of workqueues), workqueue_struct.mutex (its pool_workqueues,
// flushing), wq_pool_attach_mutex (which workers belong to a pool), worker_pool.lock (worklist, workers' states;
// interrupts masked), wq_mayday_lock. Pools and pool_workqueues may be read under RCU.
#ifndef KERNEL_WORKQUEUE_CMWQ_H
#define KERNEL_WORKQUEUE_CMWQ_H

#include <linux/hashtable.h>
#include <linux/timer.h>
#include <linux/wait.h>

#include "kernel/workqueue/workqueue_internal.h"

constexpr unsigned pool_manager_active = 1 << 0; // somebody creates workers
constexpr unsigned pool_disassociated = 1 << 2;  // bound to no CPU: unbound, or its CPU is down

constexpr unsigned worker_die = 1 << 1;
constexpr unsigned worker_idle = 1 << 2;
constexpr unsigned worker_prep = 1 << 3; // not running items
constexpr unsigned worker_cpu_intensive = 1 << 6;
constexpr unsigned worker_unbound = 1 << 7;
constexpr unsigned worker_rebound = 1 << 8;
// With any of these a worker does not count in nr_running.
constexpr unsigned worker_not_running = worker_prep | worker_cpu_intensive | worker_unbound | worker_rebound;

constexpr unsigned nr_std_pools = 2;
constexpr int std_pool_nice[nr_std_pools] = {0, MIN_NICE};
constexpr int rescuer_nice = MIN_NICE;
constexpr unsigned busy_hash_order = 6;
constexpr unsigned max_pools = 1024;
constexpr unsigned max_workers = 4096; // of one pool
constexpr int work_no_color = -1;

constexpr unsigned max_idle_workers_ratio = 4;
constexpr unsigned long worker_idle_time = 300 * HZ;
constexpr unsigned long mayday_initial_timeout = HZ / 100 >= 2 ? HZ / 100 : 2;
constexpr unsigned long mayday_interval = HZ / 10;
constexpr unsigned long create_cooldown = HZ;

struct worker_pool {
    raw_spinlock_t lock;
    int cpu; // -1: unbound
    int node;
    int id;
    unsigned flags;
    unsigned long watchdog_ts; // when an item was last started, in jiffies
    int nr_running;            // workers that run items and may sleep; only its CPU changes it, or under the lock
    int miscounted;            // by which nr_running was off when it was last looked at
    list_head worklist;
    int nr_workers;
    int nr_idle;
    list_head idle_list; // most recently idle first
    timer_list idle_timer;
    timer_list mayday_timer;
    DECLARE_HASHTABLE(busy_hash, busy_hash_order); // workers by the item they run
    struct worker *manager;
    list_head workers; // wq_pool_attach_mutex
    completion *detach_completion;
    DECLARE_BITMAP(worker_ids, max_workers);
    workqueue_attrs *attrs;
    hlist_node hash_node; // wq_pool_mutex
    int refcnt;           // wq_pool_mutex; unbound pools only
    rcu_head rcu;
};

// A workqueue's part of a pool. Aligned so that work_struct.data has its low bits free.
struct alignas(1 << WORK_STRUCT_FLAG_BITS) pool_workqueue {
    worker_pool *pool;
    workqueue_struct *wq;
    int work_color;  // of items queued now
    int flush_color; // that a flush waits for; -1: none
    int refcnt;
    int nr_in_flight[WORK_NR_COLORS];
    // Items beyond max_active wait in inactive_works.
    int nr_active;
    int max_active;
    list_head inactive_works;
    list_head pwqs_node;   // workqueue_struct.mutex, RCU
    list_head mayday_node; // wq_mayday_lock
    work_struct unbound_release_work;
    rcu_head rcu;
};

// One __flush_workqueue() that is under way.
struct wq_flusher {
    list_head list;
    int flush_color;
    completion done;
};

struct worker {
    union {
        list_head entry;   // on the idle list
        hlist_node hentry; // in the busy hash
    };
    work_struct *current_work;
    work_func_t current_func;
    pool_workqueue *current_pwq;
    int current_color;
    bool sleeping; // the scheduler has told that it sleeps
    unsigned flags;
    int id;
    list_head scheduled; // items that only this worker may run
    task_struct *task;
    worker_pool *pool;
    list_head node;
    unsigned long last_active;
    char desc[WORKER_DESC_LEN];
    workqueue_struct *rescue_wq; // of a rescuer
    work_func_t last_func;
};

extern ::mutex wq_pool_attach_mutex;
extern raw_spinlock_t wq_mayday_lock;
extern wait_queue_head_t wq_manager_wait;
extern cpumask_var_t wq_unbound_cpumask;
extern workqueue_attrs *unbound_std_wq_attrs[nr_std_pools];
extern worker_pool *worker_pools[max_pools]; // by id; RCU
DECLARE_PER_CPU(worker_pool[nr_std_pools], cpu_worker_pools);

inline worker_pool *cpu_worker_pool(unsigned cpu, unsigned which) {
    return &per_cpu(cpu_worker_pools, cpu)[which];
}

inline int work_color(unsigned long data) {
    return static_cast<int>((data >> WORK_STRUCT_COLOR_SHIFT) & ((1ul << WORK_STRUCT_COLOR_BITS) - 1));
}

inline unsigned long work_color_to_flags(int color) {
    return static_cast<unsigned long>(color) << WORK_STRUCT_COLOR_SHIFT;
}

inline int work_next_color(int color) {
    return (color + 1) % WORK_NR_COLORS;
}

inline pool_workqueue *get_work_pwq(const work_struct *work) {
    const unsigned long data = work_data(work);
    return data & WORK_STRUCT_PWQ ? reinterpret_cast<pool_workqueue *>(data & WORK_STRUCT_WQ_DATA_MASK) : nullptr;
}

// cmwq.cpp
worker_pool *get_work_pool(const work_struct *work);
void insert_work(pool_workqueue *pwq, work_struct *work, list_head *head, unsigned long extra_flags);

// pool.cpp; all but the first two with pool->lock held
void init_worker_pool(worker_pool *pool);
int assign_pool_id(worker_pool *pool);
bool need_more_worker(const worker_pool *pool);
bool may_start_working(const worker_pool *pool);
bool keep_working(const worker_pool *pool);
bool need_to_create_worker(const worker_pool *pool);
bool too_many_workers(const worker_pool *pool);
void wake_up_worker(worker_pool *pool);
worker *find_worker_executing_work(worker_pool *pool, const work_struct *work);
void move_linked_works(work_struct *work, list_head *head, work_struct **next);
// wq_pool_mutex held. put: the last user frees the pool.
worker_pool *get_unbound_pool(const workqueue_attrs *attrs);
void put_unbound_pool(worker_pool *pool);
void copy_workqueue_attrs(workqueue_attrs *to, const workqueue_attrs *from);
bool wqattrs_equal(const workqueue_attrs *a, const workqueue_attrs *b);
// Runs f on every unbound pool; wq_pool_mutex held.
void for_each_unbound_pool(void (*f)(worker_pool *));

// pwq.cpp; pool->lock held unless noted
void get_pwq(pool_workqueue *pwq);
void put_pwq(pool_workqueue *pwq);
void put_pwq_unlocked(pool_workqueue *pwq); // no lock held
void pwq_activate_inactive_work(work_struct *work);
void pwq_dec_nr_in_flight(pool_workqueue *pwq, unsigned long data);
void pwq_adjust_max_active(pool_workqueue *pwq); // wq->mutex held
void init_pwq(pool_workqueue *pwq, workqueue_struct *wq, worker_pool *pool);
void link_pwq(pool_workqueue *pwq); // wq->mutex held
int alloc_and_link_pwqs(workqueue_struct *wq);
bool pwq_busy(const pool_workqueue *pwq);
int cmwq_apply_attrs(workqueue_struct *wq, const workqueue_attrs *attrs); // wq_pool_mutex held

// worker.cpp
worker *alloc_worker(int node);
worker *create_worker(worker_pool *pool); // null: no memory, no thread. May sleep.
void destroy_worker(worker *w);           // pool->lock held; the worker is idle
void worker_attach_to_pool(worker *w, worker_pool *pool);
void worker_detach_from_pool(worker *w);
void process_scheduled_works(worker *w);
void set_pf_worker(bool val);
worker *current_wq_worker();
void idle_worker_timeout(timer_list *t);

// rescuer.cpp
int init_rescuer(workqueue_struct *wq);
void kill_rescuer(workqueue_struct *wq);
void pool_mayday_timeout(timer_list *t);

// cmwq_flush.cpp
bool cmwq_wait(work_struct *work, bool all);
void cmwq_flush(workqueue_struct *wq);

// cmwq_show.cpp
void show_pool_info(const worker_pool *pool);
void show_pwq(pool_workqueue *pwq); // pool->lock held
void cmwq_show_queue(workqueue_struct *wq);
void cmwq_show_threads();
void cmwq_debug_show(seq_file *m);

// watchdog.cpp
void wq_watchdog_init();

// hotplug.cpp
void workqueue_hotplug_init();

#endif
