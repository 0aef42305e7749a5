// SPDX-License-Identifier: Apache-2.0
// Worker pools: when they need a worker, and the unbound ones by their attributes (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/slab.h>

#include "kernel/workqueue/cmwq.h"

mutex wq_pool_attach_mutex = __MUTEX_INITIALIZER(wq_pool_attach_mutex);
wait_queue_head_t wq_manager_wait = __WAIT_QUEUE_HEAD_INITIALIZER(wq_manager_wait);
worker_pool *worker_pools[max_pools];
DEFINE_PER_CPU(worker_pool[nr_std_pools], cpu_worker_pools);

static constexpr unsigned unbound_hash_order = 6;
static DEFINE_HASHTABLE(unbound_pool_hash, unbound_hash_order);

// There is work, and nobody who gets on with it.
bool need_more_worker(const worker_pool *pool) {
    return !list_empty(&pool->worklist) && !pool->nr_running;
}

bool may_start_working(const worker_pool *pool) {
    return pool->nr_idle;
}

// For a worker that is running: go on while it is the only one.
bool keep_working(const worker_pool *pool) {
    return !list_empty(&pool->worklist) && pool->nr_running <= 1;
}

bool need_to_create_worker(const worker_pool *pool) {
    return need_more_worker(pool) && !may_start_working(pool);
}

bool too_many_workers(const worker_pool *pool) {
    const int nr_idle = pool->nr_idle + ((pool->flags & pool_manager_active) ? 1 : 0);
    const int nr_busy = pool->nr_workers - nr_idle;
    return nr_idle > 2 && (nr_idle - 2) * static_cast<int>(max_idle_workers_ratio) >= nr_busy;
}

void wake_up_worker(worker_pool *pool) {
    if (likely(!list_empty(&pool->idle_list)))
        wake_up_process(list_first_entry(&pool->idle_list, worker, entry)->task);
}

// The function is compared too: an item that was freed while it ran may be another one at the same address by now.
worker *find_worker_executing_work(worker_pool *pool, const work_struct *work) {
    worker *w;
    hash_for_each_possible(pool->busy_hash, w, hentry, reinterpret_cast<unsigned long>(work)) {
        if (w->current_work == work && w->current_func == work->func)
            return w;
    }
    return nullptr;
}

// Moves an item and those linked to it, its barriers, to the end of a list. *next: for a walk that goes on after them.
void move_linked_works(work_struct *work, list_head *head, work_struct **next) {
    for (;;) {
        work_struct *following = list_next_entry(work, entry);
        const bool linked = work_data(work) & WORK_STRUCT_LINKED;
        list_move_tail(&work->entry, head);
        work = following;
        if (!linked)
            break;
    }
    if (next)
        *next = work;
}

int assign_pool_id(worker_pool *pool) {
    for (unsigned id = 0; id < max_pools; id++) {
        if (worker_pools[id])
            continue;
        pool->id = static_cast<int>(id);
        rcu_assign_pointer(worker_pools[id], pool);
        return 0;
    }
    return -ENOSPC;
}

// The pool's memory is zeroed; attrs, cpu and id are the caller's.
void init_worker_pool(worker_pool *pool) {
    raw_spin_lock_init(&pool->lock);
    pool->id = -1;
    pool->cpu = -1;
    pool->node = NUMA_NO_NODE;
    pool->flags |= pool_disassociated;
    pool->watchdog_ts = jiffies;
    INIT_LIST_HEAD(&pool->worklist);
    INIT_LIST_HEAD(&pool->idle_list);
    hash_init(pool->busy_hash);
    // Deferrable: to get rid of a thread is no reason to wake a CPU.
    timer_setup(&pool->idle_timer, idle_worker_timeout, TIMER_DEFERRABLE);
    timer_setup(&pool->mayday_timer, pool_mayday_timeout, 0);
    INIT_LIST_HEAD(&pool->workers);
    INIT_HLIST_NODE(&pool->hash_node);
    pool->refcnt = 1;
}

struct workqueue_attrs *alloc_workqueue_attrs(void) {
    workqueue_attrs *attrs = static_cast<workqueue_attrs *>(kzalloc(sizeof(workqueue_attrs), GFP_KERNEL));
    if (attrs)
        cpumask_copy(attrs->cpumask, cpu_possible_mask);
    return attrs;
}

void free_workqueue_attrs(struct workqueue_attrs *attrs) {
    kfree(attrs);
}

void copy_workqueue_attrs(workqueue_attrs *to, const workqueue_attrs *from) {
    to->nice = from->nice;
    cpumask_copy(to->cpumask, from->cpumask);
    to->no_numa = from->no_numa;
}

bool wqattrs_equal(const workqueue_attrs *a, const workqueue_attrs *b) {
    return a->nice == b->nice && cpumask_equal(a->cpumask, b->cpumask);
}

static hlist_head *unbound_bucket(const workqueue_attrs *attrs) {
    const u64 key = static_cast<u64>(cpumask_bits(attrs->cpumask)[0]) * 41 + static_cast<u64>(attrs->nice - MIN_NICE);
    return &unbound_pool_hash[hash_64(key, unbound_hash_order)];
}

worker_pool *get_unbound_pool(const workqueue_attrs *attrs) {
    worker_pool *pool;
    hlist_for_each_entry (pool, unbound_bucket(attrs), hash_node) {
        if (wqattrs_equal(pool->attrs, attrs)) {
            pool->refcnt++;
            return pool;
        }
    }

    pool = static_cast<worker_pool *>(kzalloc(sizeof(worker_pool), GFP_KERNEL));
    if (!pool)
        return nullptr;
    init_worker_pool(pool);
    pool->attrs = alloc_workqueue_attrs();
    if (!pool->attrs || assign_pool_id(pool) < 0) {
        free_workqueue_attrs(pool->attrs);
        kfree(pool);
        return nullptr;
    }
    copy_workqueue_attrs(pool->attrs, attrs);
    pool->attrs->no_numa = false;
    if (wq_online && !create_worker(pool)) {
        put_unbound_pool(pool);
        return nullptr;
    }
    hlist_add_head(&pool->hash_node, unbound_bucket(attrs));
    return pool;
}

static void rcu_free_pool(rcu_head *rcu) {
    worker_pool *pool = container_of(rcu, worker_pool, rcu);
    free_workqueue_attrs(pool->attrs);
    kfree(pool);
}

// Waits until nobody manages the pool and then does so itself; returns with the lock held.
static void become_manager(worker_pool *pool) {
    for (;;) {
        wait_event(wq_manager_wait, !(READ_ONCE(pool->flags) & pool_manager_active));
        raw_spin_lock_irq(&pool->lock);
        if (!(pool->flags & pool_manager_active)) {
            pool->flags |= pool_manager_active;
            return;
        }
        raw_spin_unlock_irq(&pool->lock);
    }
}

void put_unbound_pool(worker_pool *pool) {
    completion detached;
    init_completion(&detached);
    if (--pool->refcnt)
        return;
    if (WARN_ON(pool->cpu >= 0) || WARN_ON(!list_empty(&pool->worklist)))
        return;
    if (pool->id >= 0)
        rcu_assign_pointer(worker_pools[pool->id], static_cast<worker_pool *>(nullptr));
    hlist_del_init(&pool->hash_node);

    become_manager(pool);
    while (!list_empty(&pool->idle_list))
        destroy_worker(list_first_entry(&pool->idle_list, worker, entry));
    WARN_ON(pool->nr_workers || pool->nr_idle);
    raw_spin_unlock_irq(&pool->lock);

    mutex_lock(&wq_pool_attach_mutex);
    const bool wait = !list_empty(&pool->workers);
    if (wait)
        pool->detach_completion = &detached;
    mutex_unlock(&wq_pool_attach_mutex);
    if (wait)
        wait_for_completion(&detached);

    timer_delete_sync(&pool->idle_timer);
    timer_delete_sync(&pool->mayday_timer);
    // Readers may still come from an item's pool number.
    call_rcu(&pool->rcu, rcu_free_pool);
}

void for_each_unbound_pool(void (*f)(worker_pool *)) {
    for (hlist_head &bucket : unbound_pool_hash) {
        worker_pool *pool;
        hlist_for_each_entry (pool, &bucket, hash_node)
            f(pool);
    }
}
