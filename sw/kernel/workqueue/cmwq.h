// SPDX-License-Identifier: Apache-2.0
// The concurrency-managed back end (Linux: kernel/workqueue.c, kernel/workqueue_internal.h).
//
// A workqueue is only a policy. Its items go through a pool_workqueue to a worker_pool, whose kernel threads run them:
// two pools for each CPU (normal and high priority), and pools for unbound queues, one for each set of attributes. A
// bound pool keeps just one of its workers running; the scheduler tells when that one sleeps, and then the next takes
// over.
//
// Locks, outermost first: wq_pool_mutex (pools, list of workqueues), workqueue_struct.mutex (its pool_workqueues,
// flushing), members_mutex (which threads belong to a pool, and where they may run), worker_pool.lock (worklist,
// workers' states; interrupts masked), wq_mayday_lock. Pools and pool_workqueues may be read under RCU.
#ifndef KERNEL_WORKQUEUE_CMWQ_H
#define KERNEL_WORKQUEUE_CMWQ_H

#include <linux/hashtable.h>
#include <linux/refcount.h>
#include <linux/timer.h>
#include <linux/wait.h>

#include "kernel/workqueue/workqueue_internal.h"
#include "lib/own.h"

// Bits of worker_pool::shown_flags(), with Linux's names.
constexpr unsigned POOL_MANAGER_ACTIVE = 1 << 0; // a worker creates others
constexpr unsigned POOL_DISASSOCIATED = 1 << 2;  // no CPU: unbound, or its CPU is down

constexpr unsigned nr_std_pools = 2;
constexpr int std_pool_nice[nr_std_pools] = {0, MIN_NICE};
constexpr int rescuer_nice = MIN_NICE;
constexpr unsigned busy_hash_order = 6;
constexpr unsigned max_pools = 1024;
constexpr unsigned max_workers = 4096; // of one pool

constexpr int busy_for_each_spare = 4; // so many busy workers excuse an idle one beyond two
constexpr unsigned long worker_idle_time = 300 * HZ;
constexpr unsigned long mayday_initial_timeout = HZ / 100 >= 2 ? HZ / 100 : 2;
constexpr unsigned long mayday_interval = HZ / 10;
constexpr unsigned long create_cooldown = HZ;

// Keeps a pool's memory.
class pool_keeper {
public:
    explicit pool_keeper(worker_pool &pool);
    ~pool_keeper();
    pool_keeper(const pool_keeper &) = delete;
    pool_keeper &operator=(const pool_keeper &) = delete;

private:
    worker_pool &pool_;
};

// A worker: one of a pool's (worker.cpp: pool_worker), or a rescuer. The pool's ledger changes stage, tenure and
// asleep, and nothing else does.
struct worker : from_slab {
    explicit worker(worker_pool *home, workqueue_struct *rescued = nullptr);
    // A thread of this name that sleeps, and may run on these CPUs; `body` gets the worker. 0, or an error.
    int get_thread(int (*body)(void *), const char *name, const cpumask *cpus);

    union {
        list_head entry;   // idle: in the ledger
        hlist_node hentry; // with an item: in the busy hash
    };
    // What it runs; all null outside of items.
    struct run {
        work_struct *item;
        work_func_t func;
        pool_workqueue *pwq;
        item_word word{0}; // the item's, while it was queued
    } job{};
    // starting: its thread has not run yet. leaving: it was told to go, or has found its pool closing.
    enum phase : u8 { starting, idle, busy, leaving } stage = starting;
    bool asleep = false; // the scheduler has told that it sleeps
    // The tenure of its pool in which its shift began (worker_ledger); 0 between shifts, while its item may compute for
    // long, and for rescuers.
    unsigned tenure = 0;
    list_head scheduled; // items that only this worker may run
    task_struct *task = nullptr;
    worker_pool *pool; // null: a rescuer that is at home
    list_head node;    // members_mutex
    unsigned long last_active = 0;
    char desc[WORKER_DESC_LEN] = {};
    workqueue_struct *rescue_wq; // of a rescuer
    work_func_t last_func = nullptr;
};

// Who works in a pool, and how many of them count as running: the concurrency that a bound pool keeps at one.
//
// A pool's tenure is the time between two changes of having its CPU and having none; it has a number, odd while the
// pool has its CPU. A worker counts if it does not sleep and its shift began in the tenure that is. So when the CPU
// goes or comes all workers stop to count at once, and each counts again with its next shift, which it begins on the
// CPU (Linux: WORKER_UNBOUND, WORKER_REBOUND). In a pool without a CPU none ever counts, and each item wakes a worker.
//
// running() is the number of those that count, by construction: it moves by what a change makes of counts(). Under the
// pool's lock; but a worker that wakes counts itself, on the pool's CPU with preemption off, and nothing else writes
// the number while that CPU is up.
class worker_ledger {
public:
    void init() {
        INIT_LIST_HEAD(&idle_list_);
        tenure_ = 2; // none that a worker can have
    }
    bool bound() const { return tenure_ & 1; } // the pool has its CPU
    void set_bound(bool bound);
    int running() const { return running_; }
    int idle() const { return at_[worker::idle]; }
    int starting() const { return at_[worker::starting]; }
    int all() const { return starting() + idle() + at_[worker::busy]; }
    const list_head &idle_list() const { return idle_list_; } // most recently idle first
    worker *warmest() const { return first_of<&worker::entry>(idle_list_); }
    worker *coldest() const { return last_of<&worker::entry>(idle_list_); }
    bool counts(const worker &w) const { return w.tenure == READ_ONCE(tenure_) && !READ_ONCE(w.asleep); }

    // Any change of a worker that may make it count or not.
    template <typename Change>
    __always_inline void change(worker &w, Change to) {
        const bool before = counts(w);
        to(w);
        running_ += counts(w) - before;
    }
    // The worker's part in the concurrency from now on: this tenure's, or none.
    void begin_to_count(worker &w) {
        change(w, [this](worker &me) { me.tenure = bound() ? tenure_ : 0; });
    }
    void stop_to_count(worker &w) {
        change(w, [](worker &me) { me.tenure = 0; });
    }

    void expect(worker &) { at_[worker::starting]++; }
    void rise(worker &w);
    void rest(worker &w);
    void dismiss(worker &w); // an idle one; it goes when it next runs
    void leave(worker &w) { move(w, worker::leaving); }

private:
    void move(worker &w, worker::phase to) {
        at_[w.stage]--;
        at_[to]++;
        w.stage = to;
    }
    int running_;
    unsigned tenure_;
    int at_[worker::leaving + 1];
    list_head idle_list_;
};

struct worker_pool {
    raw_spinlock_t lock;
    int cpu; // -1: unbound
    int node;
    int id;
    unsigned long watchdog_ts; // when an item was last started, in jiffies
    worker_ledger crew;
    int miscounted; // by which the ledger's number was off when it was last looked at
    list_head worklist;
    timer_list idle_timer;
    timer_list mayday_timer;
    DECLARE_HASHTABLE(busy_hash, busy_hash_order); // workers by the item they run
    worker *manager;
    bool closing;      // unbound, without users: a worker that has nothing to do goes
    list_head members; // threads that work here, rescuers on visit too; members_mutex
    DECLARE_BITMAP(worker_ids, max_workers);
    workqueue_attrs *attrs;
    list_head unbound_node; // wq_pool_mutex; unbound pools only, as the next
    int users;              // pool_workqueues
    refcount_t keepers;     // pool_keepers, and one for all users
    rcu_head rcu;

    // There is work, and no worker that gets on with it.
    bool need_more_worker() const { return !list_empty(&worklist) && !crew.running(); }
    // And none idles or is about to start, so that it could.
    bool lacks_worker() const { return need_more_worker() && !crew.idle() && !crew.starting(); }
    // By how many workers more idle than should.
    int surplus() const;
    bool managed() const { return READ_ONCE(manager); }
    // The bits that the log and debugfs show.
    unsigned shown_flags() const {
        return (managed() ? POOL_MANAGER_ACTIVE : 0) | (crew.bound() ? 0 : POOL_DISASSOCIATED);
    }
    void wake_up_worker() {
        if (worker *w = crew.warmest(); likely(w))
            wake_up_process(w->task);
    }
    // The pool_workqueue that has the item queued in this pool, or null.
    pool_workqueue *has_queued(const work_struct &item) const;
    // Who runs the item just now (Linux: find_worker_executing_work).
    worker *runner_of(const work_struct &item);
    // The worklist's first item is started, or the list was empty until now.
    void note_progress() { watchdog_ts = jiffies; }
};

// A thread is one of a pool's workers, and runs where those may run, from here to the end of the scope: the worker's
// own for its life, a rescuer's for a visit. Takes members_mutex; may sleep (Linux: worker_attach_to_pool,
// worker_detach_from_pool).
class membership {
public:
    membership(worker &w, worker_pool &pool);
    ~membership();
    membership(const membership &) = delete;
    membership &operator=(const membership &) = delete;

private:
    const pool_keeper pool_stays_;
    worker &w_;
};

// The current thread runs items: the scheduler tells when it sleeps (Linux: set_pf_worker).
class worker_mark {
public:
    worker_mark() { set(PF_WQ_WORKER); }
    ~worker_mark() { set(0); }
    worker_mark(const worker_mark &) = delete;
    worker_mark &operator=(const worker_mark &) = delete;

private:
    static void set(unsigned flag);
};

// The role of a pool's manager: there is one at most. pool->lock is held when it is taken and when it is laid down.
class manager_role {
public:
    manager_role(worker_pool &pool, worker *holder);
    ~manager_role();
    manager_role(const manager_role &) = delete;
    manager_role &operator=(const manager_role &) = delete;
    explicit operator bool() const { return mine_; }

private:
    worker_pool &pool_;
    const bool mine_;
};

// A workqueue's part of a pool. Aligned so that work_struct.data has its low bits free.
struct alignas(1 << WORK_STRUCT_FLAG_BITS) pool_workqueue {
    worker_pool *pool;
    workqueue_struct *wq;
    unsigned work_color; // of items queued now
    unsigned closed;     // colours of which a flush waits for the last item here, a bit each
    int refcnt = 1;
    int nr_in_flight[WORK_NR_COLORS];
    // Items beyond max_active wait in inactive_works.
    int nr_active;
    int max_active;
    list_head inactive_works;
    list_head pwqs_node;   // workqueue_struct.mutex, RCU
    list_head mayday_node; // wq_mayday_lock
    work_struct unbound_release_work;
    rcu_head rcu;
    bool was_last; // its queue goes with it

    bool has_room() const { return nr_active < max_active; }
    bool has_items() const { return nr_active || !list_empty(&inactive_works); }

    // What becomes of an item; pool->lock held. Each item that was accepted ends once, by its run or by being taken
    // back.
    void accept(work_struct &item);             // claimed -> active if there is room, else inactive
    void admit(work_struct &item);              // inactive -> active (Linux: pwq_activate_inactive_work)
    void take_back(work_struct &item);          // active or inactive -> claimed
    void one_has_ended(item_word while_queued); // (Linux: pwq_dec_nr_in_flight)
    // Lets waiting items in while there is room; whether any.
    bool admit_waiting();
    // To a list of the pool's or of this, before a node of it; the item holds a reference until it has ended.
    void insert(work_struct &item, list_head *before, unsigned long marks);

private:
    void becomes_active(const work_struct &item);
};

extern ::mutex members_mutex;
extern raw_spinlock_t wq_mayday_lock;
extern cpumask_var_t wq_unbound_cpumask;
extern workqueue_attrs *unbound_std_wq_attrs[nr_std_pools];
extern worker_pool *worker_pools[max_pools]; // by id; RCU
DECLARE_PER_CPU(worker_pool[nr_std_pools], cpu_worker_pools);

inline worker_pool *cpu_worker_pool(unsigned cpu, unsigned which) {
    return &per_cpu(cpu_worker_pools, cpu)[which];
}

// The pool_workqueue that has the item queued, or null.
inline pool_workqueue *get_work_pwq(const work_struct &item) {
    const item_word word = item_word::of(item);
    return word.is_queued() ? word.owner<pool_workqueue>() : nullptr;
}

// Calls f on every pool there is; under RCU, wq_pool_mutex, or with the machine stopped.
template <typename F>
void for_each_pool(F f) {
    for (worker_pool *&slot : worker_pools) {
        if (worker_pool *pool = READ_ONCE(slot))
            f(*pool);
    }
}

// The workers that have an item, in no order of meaning; pool->lock held.
template <typename F>
void for_each_busy_worker(const worker_pool &pool, F f) {
    for (const hlist_head &bucket : pool.busy_hash) {
        const worker *w;
        hlist_for_each_entry (w, &bucket, hentry)
            f(*w);
    }
}

// Calls f on every pool_workqueue of a queue, with its pool locked, until it returns false; that is then the result.
// wq->mutex held, or under RCU.
template <typename F>
bool for_each_pwq_locked(const workqueue_struct *wq, F f) {
    for (pool_workqueue &pwq : rcu_list_of<&pool_workqueue::pwqs_node>(wq->pwqs)) {
        hold_irqsave l(pwq.pool->lock);
        if (!f(pwq))
            return false;
    }
    return true;
}

template <typename... Lists>
void start_empty(Lists &...lists) {
    (INIT_LIST_HEAD(&lists), ...);
}

// cmwq.cpp
worker_pool *get_work_pool(const work_struct &item);

// pool.cpp
void init_worker_pool(worker_pool *pool);
int assign_pool_id(worker_pool *pool);
// Moves an item and those that follow it, its barriers, to the end of a list. The lock of its pool is held.
void move_linked_works(work_struct &item, list_head &to);
// wq_pool_mutex held. put: the last user frees the pool.
worker_pool *get_unbound_pool(const workqueue_attrs *attrs);
void put_unbound_pool(worker_pool *pool);
void copy_workqueue_attrs(workqueue_attrs *to, const workqueue_attrs *from);
bool wqattrs_equal(const workqueue_attrs *a, const workqueue_attrs *b);
extern list_head unbound_pools; // wq_pool_mutex

// pwq.cpp; pool->lock held unless noted
void get_pwq(pool_workqueue *pwq);
void put_pwq(pool_workqueue *pwq);
void put_pwq_unlocked(pool_workqueue *pwq);  // no lock held
void adjust_max_active(pool_workqueue &pwq); // wq->mutex held (Linux: pwq_adjust_max_active)
int attach_pwqs(workqueue_struct *wq);       // (Linux: alloc_and_link_pwqs)
bool pwq_busy(const pool_workqueue &pwq);
int cmwq_apply_attrs(workqueue_struct *wq, const workqueue_attrs *attrs); // wq_pool_mutex held

// worker.cpp
// Starts another worker; false: no memory, no thread, no number left. May sleep (Linux: create_worker).
bool hire_worker(worker_pool &pool);
void process_scheduled_works(worker &w);
worker *current_wq_worker();
void idle_worker_timeout(timer_list *t);

// rescuer.cpp
int init_rescuer(workqueue_struct *wq);
void kill_rescuer(workqueue_struct *wq);
void pool_mayday_timeout(timer_list *t);

// cmwq_flush.cpp
void check_flush_dependency(const workqueue_struct *target, const work_struct *item);
bool cmwq_wait(work_struct *work, bool all);
void cmwq_flush(workqueue_struct *wq);

// cmwq_show.cpp
void show_pool_info(const worker_pool &pool);
void show_pwq(const pool_workqueue &pwq); // pool->lock held
void cmwq_show_queue(workqueue_struct *wq);
void cmwq_show_threads();
void cmwq_debug_show(seq_file *m);

// watchdog.cpp
void wq_watchdog_init();

// hotplug.cpp
// Where the workers of a pool may run just now.
const cpumask *workplace(const worker_pool &pool);
void workqueue_hotplug_init();

#endif
