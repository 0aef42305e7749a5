// SPDX-License-Identifier: Apache-2.0
// Workqueues: what their files share, and what the scheduler calls (Linux: kernel/workqueue.c,
// kernel/workqueue_internal.h).
//
// One API over two back ends. Common to both (workqueue.cpp, queue.cpp, flush.cpp): who owns an item by its PENDING
// bit, delays, cancelling, draining, the queues' names and flags. What becomes of an item that is queued is the back
// end's: pools of workers whose number follows the load (cmwq.h), or a thread for each queue and CPU, as before
// Linux 2.6.36 (legacy.h). One of them serves all queues, chosen at boot.
#ifndef KERNEL_WORKQUEUE_WORKQUEUE_INTERNAL_H
#define KERNEL_WORKQUEUE_WORKQUEUE_INTERNAL_H

#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "kernel/workqueue/item.h"
#include "lib/guard.h"
#include "lib/ranges.h"

struct device;
struct seq_file;

extern "C" {
// From schedule(), for tasks with PF_WQ_WORKER: before it takes a worker that is not runnable off the CPU (interrupts
// enabled, preemption disabled), and when the worker is back.
void wq_worker_sleeping(struct task_struct *task);
void wq_worker_running(struct task_struct *task);
work_func_t wq_worker_last_func(struct task_struct *task);
}

constexpr unsigned wq_name_len = 24;

struct pool_workqueue;
struct worker_pool;
struct cpu_workqueue_struct;
struct worker;

// What a flush of a whole concurrency-managed queue waits for. Items carry the colour of the batch in which they were
// queued. A flush closes the batch that is open, so that later items belong to the next, and waits until that batch and
// those before it are dry. A closed batch counts the pool_workqueues that still have items of it; batches retire in
// their order, regardless of the worker that ran the last item.
//
// Batches have numbers that only grow; a batch's colour is its number modulo WORK_NR_COLORS. With all colours in use
// the next flush waits for room; a flush that meanwhile finds its batch closed by another one shares that.
class flush_line {
public:
    void init();
    unsigned open_color() const { return color_of(open_); }
    // Waits for all items that were queued before the call. May sleep; no lock held.
    void wait(workqueue_struct *wq);
    // One of the pool_workqueues has no item of a closed batch any more. Its pool's lock is held.
    void one_is_dry(unsigned color);

private:
    struct waiter {
        list_head node;
        u64 batch;
        completion done;
    };
    static unsigned color_of(u64 batch) { return static_cast<unsigned>(batch % WORK_NR_COLORS); }
    bool has_room() const { return open_ - oldest_ < WORK_NR_COLORS - 1; }
    bool over(u64 batch) const { return READ_ONCE(open_) != batch; }
    void close(workqueue_struct *wq);

    raw_spinlock_t lock_;          // inside the pools' locks; oldest_, waiters_
    u64 oldest_;                   // all before it are dry
    u64 open_;                     // the batch of new items; workqueue_struct.mutex
    atomic_t wet_[WORK_NR_COLORS]; // pool_workqueues that have items of a closed batch
    list_head waiters_;            // in the order of their batches
    wait_queue_head_t room_;
};

struct workqueue_struct {
    list_head list; // of all workqueues: wq_pool_mutex, RCU
    ::mutex mutex;
    char name[wq_name_len];
    unsigned flags;
    int nr_drainers; // under mutex, as the next
    int saved_max_active;
    const void *creator;       // the code that allocated it
    device *dev;               // of a WQ_SYSFS queue
    ::lockdep_map lockdep_map; // held by its items, waited for by flush_workqueue()
    lock_class_key own_key;    // of the kernel's queues
    char lock_name[wq_name_len + 18];
    rcu_head rcu;

    // Concurrency-managed.
    list_head pwqs;
    pool_workqueue __percpu *cpu_pwqs; // of a bound queue
    pool_workqueue *dfl_pwq;           // of an unbound queue
    workqueue_attrs *unbound_attrs;
    flush_line flushes;
    list_head maydays; // pool_workqueues that ask the rescuer for help
    ::worker *rescuer;

    // Legacy: by CPU; of a queue with one thread, only the first is there.
    cpu_workqueue_struct *cwqs[NR_CPUS];
};

struct wq_barrier {
    work_struct work;
    completion done;
    task_struct *task; // who waits
};

// What becomes of the items. Items that are not queued carry the number of the thread or pool that ran them last.
struct workqueue_backend {
    const char *name;
    // All system_*_wq are the queue "events".
    bool one_system_queue;
    void (*init_early)();
    void (*init)(); // once threads can be made

    // wq is filled in but for the back end's own part. 0, or an error and wq is freed.
    int (*attach)(workqueue_struct *wq);
    // Drained: takes it off the list and frees it; false, and said why, if items are left after all.
    bool (*detach)(workqueue_struct *wq);
    // saved_max_active or workqueue_freezing has changed; wq->mutex held.
    void (*adjust)(workqueue_struct *wq);
    // Items of it are running or could run; wq->mutex held.
    bool (*active)(workqueue_struct *wq);
    int (*apply_attrs)(workqueue_struct *wq, const workqueue_attrs *attrs); // wq_pool_mutex held

    // The caller owns PENDING, interrupts are masked.
    void (*queue)(int cpu, workqueue_struct *wq, work_struct *work);
    // Takes an item off its list, with PENDING kept; false: it is on none just now. Interrupts masked.
    bool (*grab)(work_struct *work);
    // Waits for what is queued or running of the item; false: nothing. all: on all threads that ever had it.
    bool (*wait)(work_struct *work, bool all);
    void (*flush)(workqueue_struct *wq);
    // Nothing queued, nothing running; wq->mutex held.
    bool (*drained)(workqueue_struct *wq);
    bool (*running)(work_struct *work);
    bool (*congested)(int cpu, workqueue_struct *wq);

    // What the current task runs; null outside of items.
    work_struct *(*current_item)();
    workqueue_struct *(*current_queue)();

    // A queue that has something to do, and the busy threads, to the log.
    void (*show_queue)(workqueue_struct *wq);
    void (*show_threads)();
    void (*debug_show)(seq_file *m);
    // Calls f for all items; it must not sleep. wq_pool_mutex held.
    void (*for_each_item)(void (*f)(void *arg, work_func_t func, bool running), void *arg);
};

extern const workqueue_backend cmwq_backend, legacy_backend;
extern const workqueue_backend *wq_backend;

// wq_pool_mutex is the outermost lock, before workqueue_struct.mutex.
extern ::mutex wq_pool_mutex;
extern list_head workqueues;
extern bool workqueue_freezing;
extern bool wq_online; // kernel threads can be created

// workqueue.cpp
void unlist_workqueue(workqueue_struct *wq); // wq_pool_mutex held

// sysfs.cpp
int workqueue_sysfs_register(workqueue_struct *wq);
void workqueue_sysfs_unregister(workqueue_struct *wq);

// queue.cpp
void queue_work_irqoff(int cpu, workqueue_struct *wq, work_struct *work); // the caller has claimed it
// Runs func for an item that is off its list already.
void run_work(work_struct *work, work_func_t func);

// flush.cpp
void init_wq_barrier(wq_barrier *barrier); // claimed, for the back end to queue
void wq_barrier_func(work_struct *work);

// show.cpp
void show_work(bool comma, work_struct *work);

#endif
