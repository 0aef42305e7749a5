// SPDX-License-Identifier: Apache-2.0
// Waiting for items of the concurrency-managed back end (Linux: kernel/workqueue.c): for one item by a barrier, an item
// of the waiter's that goes wherever the other one goes and comes right behind it; for a whole queue by its flush_line.
#include <linux/bug.h>
#include <linux/kernel.h>

#include "kernel/workqueue/cmwq.h"

// A thread that frees memory, or an item of a queue with a rescuer, must not wait for a queue that may need memory
// first.
void check_flush_dependency(const workqueue_struct *target, const work_struct *item) {
    if (target->flags & WQ_MEM_RECLAIM)
        return;
    const work_func_t waited_for = item ? item->func : nullptr;
    WARN_ONCE(current->flags & PF_MEMALLOC, "workqueue: PF_MEMALLOC task %d(%s) is flushing !WQ_MEM_RECLAIM %s:%ps",
              current->pid, current->comm, target->name, reinterpret_cast<void *>(waited_for));
    const worker *me = current_wq_worker();
    if (!me)
        return;
    const workqueue_struct *mine = me->job.pwq->wq;
    const bool reclaims = (mine->flags & WQ_MEM_RECLAIM) && !(mine->flags & __WQ_LEGACY);
    WARN_ONCE(reclaims, "workqueue: WQ_MEM_RECLAIM %s:%ps is flushing !WQ_MEM_RECLAIM %s:%ps", mine->name,
              reinterpret_cast<void *>(me->job.func), target->name, reinterpret_cast<void *>(waited_for));
}

namespace {

// A barrier has the colour of its target, so that a flush of the queue waits for it too. It does not count against
// max_active, which its target may be waiting for.
void insert_barrier(pool_workqueue &pwq, wq_barrier &barrier, item_word target, list_head *before,
                    unsigned long follower) {
    init_wq_barrier(&barrier);
    pwq.nr_in_flight[target.color()]++;
    pwq.insert(barrier.work, before, item_word::color_mark(target.color()) | WORK_STRUCT_INACTIVE | follower);
}

// Behind a queued item; what followed that so far follows the barrier now.
void wait_behind_queued(pool_workqueue &pwq, wq_barrier &barrier, work_struct &target) {
    const item_word word = item_word::of(target);
    check_flush_dependency(pwq.wq, &target);
    __set_bit(WORK_STRUCT_LINKED_BIT, work_data_bits(&target));
    insert_barrier(pwq, barrier, word, target.entry.next, word.follower_mark());
}

// The next thing that the worker does.
void wait_behind_running(worker &runner, wq_barrier &barrier, const work_struct &target) {
    pool_workqueue &pwq = *runner.job.pwq;
    check_flush_dependency(pwq.wq, &target);
    insert_barrier(pwq, barrier, runner.job.word, runner.scheduled.next, 0);
}

// The pool is locked. False: it does not have the item (Linux: start_flush_work, insert_wq_barrier).
bool start_waiting(worker_pool &pool, wq_barrier &barrier, work_struct &target) {
    if (pool_workqueue *pwq = pool.has_queued(target)) {
        wait_behind_queued(*pwq, barrier, target);
        return true;
    }
    worker *runner = item_word::of(target).is_queued() ? nullptr : pool.runner_of(target);
    if (!runner)
        return false;
    wait_behind_running(*runner, barrier, target);
    return true;
}

bool start_waiting(work_struct &item, wq_barrier &barrier) {
    might_sleep();
    const rcu_section reading;
    worker_pool *pool = get_work_pool(item);
    if (!pool)
        return false;
    const hold_irq l(pool->lock);
    return start_waiting(*pool, barrier, item);
}

} // namespace

// One pool at most has it.
bool cmwq_wait(work_struct *work, bool) {
    wq_barrier barrier;
    if (!start_waiting(*work, barrier))
        return false;
    wait_for_completion(&barrier.done);
    destroy_work_on_stack(&barrier.work);
    return true;
}

void cmwq_flush(workqueue_struct *wq) {
    wq->flushes.wait(wq);
}

void flush_line::init() {
    raw_spin_lock_init(&lock_);
    INIT_LIST_HEAD(&waiters_);
    init_waitqueue_head(&room_);
}

void flush_line::wait(workqueue_struct *wq) {
    waiter self;
    init_completion(&self.done);
    {
        hold l(wq->mutex);
        self.batch = open_; // all that has been queued is in this batch, or in one before it
        while (!over(self.batch) && !has_room()) {
            l.release();
            wait_event(room_, over(self.batch) || has_room());
            l.again();
        }
        if (!over(self.batch))
            close(wq);
        check_flush_dependency(wq, nullptr);
        const hold_irq w(lock_);
        if (self.batch < oldest_)
            return;
        list_add_tail(&self.node, &waiters_);
    }
    wait_for_completion(&self.done);
}

// wq->mutex held: no pool_workqueue comes or goes (Linux: flush_workqueue_prep_pwqs).
void flush_line::close(workqueue_struct *wq) {
    const unsigned closing = open_color(), next = color_of(open_ + 1);
    atomic_set(&wet_[closing], 1); // until all have been asked
    for_each_pwq_locked(wq, [&](pool_workqueue &pwq) {
        pwq.work_color = next;
        if (pwq.nr_in_flight[closing]) {
            pwq.closed |= 1u << closing;
            atomic_inc(&wet_[closing]);
        }
        return true;
    });
    WRITE_ONCE(open_, open_ + 1);
    one_is_dry(closing);
}

void flush_line::one_is_dry(unsigned color) {
    if (!atomic_dec_and_test(&wet_[color]))
        return;
    const hold_irqsave l(lock_);
    while (oldest_ != open_ && !atomic_read(&wet_[color_of(oldest_)]))
        oldest_++;
    for (waiter &w : taking<&waiter::node>(waiters_)) {
        if (w.batch >= oldest_)
            continue;
        list_del(&w.node);
        complete(&w.done);
    }
    if (wq_has_sleeper(&room_))
        wake_up_all(&room_);
}
