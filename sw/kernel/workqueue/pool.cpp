// SPDX-License-Identifier: Apache-2.0
// Worker pools: what they know of their workers, who manages them, and the unbound ones by their attributes
// (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/slab.h>

#include "kernel/workqueue/cmwq.h"

worker_pool *worker_pools[max_pools];
DEFINE_PER_CPU(worker_pool[nr_std_pools], cpu_worker_pools);
LIST_HEAD(unbound_pools);

// Two may idle, and one more for each full four that are busy beyond the first. A manager is on its way to become idle.
int worker_pool::surplus() const {
    const int idling = crew.idle() + managed(), busy = crew.all() - idling;
    return idling - 2 - (busy > 0 ? (busy - 1) / busy_for_each_spare : 0);
}

// A word that names a pool_workqueue is only changed with its pool locked, so this is certain: since the pool was
// found by the item, that may have run and been queued to another one.
pool_workqueue *worker_pool::has_queued(const work_struct &item) const {
    pool_workqueue *pwq = get_work_pwq(item);
    return pwq && pwq->pool == this ? pwq : nullptr;
}

// The function is compared too: an item that was freed while it ran may be another one at the same address by now.
worker *worker_pool::runner_of(const work_struct &item) {
    worker *w;
    hash_for_each_possible(busy_hash, w, hentry, reinterpret_cast<unsigned long>(&item)) {
        if (w->job.item == &item && w->job.func == item.func)
            return w;
    }
    return nullptr;
}

static work_struct &last_follower(work_struct &item) {
    work_struct *last = &item;
    while (unlikely(item_word::of(*last).has_follower()))
        last = list_next_entry(last, entry);
    return *last;
}

void move_linked_works(work_struct &item, list_head &to) {
    list_bulk_move_tail(&to, &item.entry, &last_follower(item).entry);
}

manager_role::manager_role(worker_pool &pool, worker *holder)
    : pool_(pool)
    , mine_(!pool.managed()) {
    if (mine_)
        pool.manager = holder;
}

manager_role::~manager_role() {
    if (mine_)
        pool_.manager = nullptr;
}

int assign_pool_id(worker_pool *pool) {
    for (worker_pool *&slot : worker_pools) {
        if (slot)
            continue;
        pool->id = static_cast<int>(&slot - worker_pools);
        rcu_assign_pointer(slot, pool);
        return 0;
    }
    return -ENOSPC;
}

// The pool's memory is zeroed. It is unbound until it gets a CPU; attrs are the caller's.
void init_worker_pool(worker_pool *pool) {
    raw_spin_lock_init(&pool->lock);
    pool->cpu = pool->node = pool->id = -1;
    pool->users = 1;
    refcount_set(&pool->keepers, 1);
    pool->crew.init();
    start_empty(pool->worklist, pool->members, pool->unbound_node);
    pool->note_progress();
    // Deferrable: to get rid of a thread is not a reason to wake a CPU.
    timer_setup(&pool->idle_timer, idle_worker_timeout, TIMER_DEFERRABLE);
    timer_setup(&pool->mayday_timer, pool_mayday_timeout, 0);
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
    *to = *from;
}

bool wqattrs_equal(const workqueue_attrs *a, const workqueue_attrs *b) {
    return a->nice == b->nice && cpumask_equal(a->cpumask, b->cpumask);
}

// A new pool, with a worker as soon as there can be threads; null: no memory, no number, no thread.
static worker_pool *make_unbound_pool(const workqueue_attrs *attrs) {
    worker_pool *pool = static_cast<worker_pool *>(kzalloc(sizeof(worker_pool), GFP_KERNEL));
    if (!pool)
        return nullptr;
    init_worker_pool(pool);
    pool->attrs = alloc_workqueue_attrs();
    if (!pool->attrs || assign_pool_id(pool) < 0) {
        free_workqueue_attrs(pool->attrs);
        kfree(pool);
        return nullptr;
    }
    pool->attrs->nice = attrs->nice;
    cpumask_copy(pool->attrs->cpumask, attrs->cpumask);
    list_add_tail(&pool->unbound_node, &unbound_pools);
    if (!wq_online || hire_worker(*pool))
        return pool;
    put_unbound_pool(pool);
    return nullptr;
}

worker_pool *get_unbound_pool(const workqueue_attrs *attrs) {
    worker_pool *same = find_in<&worker_pool::unbound_node>(
        unbound_pools, [attrs](const worker_pool &pool) { return wqattrs_equal(pool.attrs, attrs); });
    if (!same)
        return make_unbound_pool(attrs);
    same->users++;
    return same;
}

static void free_pool_rcu(rcu_head *rcu) {
    worker_pool *pool = container_of(rcu, worker_pool, rcu);
    free_workqueue_attrs(pool->attrs);
    kfree(pool);
}

static void stop_keeping(worker_pool &pool) {
    if (!refcount_dec_and_test(&pool.keepers))
        return;
    timer_delete_sync(&pool.idle_timer);
    timer_delete_sync(&pool.mayday_timer);
    call_rcu(&pool.rcu, free_pool_rcu);
}

pool_keeper::pool_keeper(worker_pool &pool)
    : pool_(pool) {
    refcount_inc(&pool.keepers);
}

pool_keeper::~pool_keeper() {
    stop_keeping(pool_);
}

// Its last user has gone. Nothing finds it any more but readers who come from an item's pool number. Its workers leave,
// the busy ones when they are done, and the last keeper frees it.
static void close_pool(worker_pool &pool) {
    list_del_init(&pool.unbound_node);
    rcu_assign_pointer(worker_pools[pool.id], static_cast<worker_pool *>(nullptr));
    {
        const hold_irq l(pool.lock);
        pool.closing = true;
        for (const worker &w : list_of<&worker::entry>(pool.crew.idle_list()))
            wake_up_process(w.task);
    }
    stop_keeping(pool);
}

void put_unbound_pool(worker_pool *pool) {
    const bool used = --pool->users;
    if (!used && !WARN_ON(pool->cpu >= 0 || !list_empty(&pool->worklist)))
        close_pool(*pool);
}
