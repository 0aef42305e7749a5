// SPDX-License-Identifier: Apache-2.0
// Waiting for items of the concurrency-managed back end (Linux: kernel/workqueue.c).
//
// To wait for one item, a barrier item is put right behind it, linked to it, or given to the worker that runs it. To
// wait for a whole queue, its items carry a colour: a flush gives the next ones another and waits until none of the old
// colour is in flight.
#include <linux/bug.h>
#include <linux/kernel.h>

#include "kernel/workqueue/cmwq.h"

// A thread that frees memory, or an item of a queue with a rescuer, must not wait for a queue that may need memory
// first.
static void check_flush_dependency(workqueue_struct *target, work_struct *target_work) {
    if (target->flags & WQ_MEM_RECLAIM)
        return;
    void *func = target_work ? reinterpret_cast<void *>(target_work->func) : nullptr;
    worker *w = current_wq_worker();
    WARN_ONCE(current->flags & PF_MEMALLOC, "workqueue: PF_MEMALLOC task %d(%s) is flushing !WQ_MEM_RECLAIM %s:%ps",
              current->pid, current->comm, target->name, func);
    WARN_ONCE(w && (w->current_pwq->wq->flags & (WQ_MEM_RECLAIM | __WQ_LEGACY)) == WQ_MEM_RECLAIM,
              "workqueue: WQ_MEM_RECLAIM %s:%ps is flushing !WQ_MEM_RECLAIM %s:%ps", w->current_pwq->wq->name,
              reinterpret_cast<void *>(w->current_func), target->name, func);
}

// pool->lock held. `w` runs the target, or is null, and then the target is on a list.
static void insert_wq_barrier(pool_workqueue *pwq, wq_barrier *barrier, work_struct *target, worker *w) {
    init_wq_barrier(barrier);
    // Barriers do not count against max_active, which their target may be waiting for.
    unsigned long flags = WORK_STRUCT_INACTIVE;
    list_head *head;
    int color;
    if (w) {
        head = w->scheduled.next;
        color = w->current_color;
    } else {
        const unsigned long data = work_data(target);
        head = target->entry.next;
        // Behind the target but before what was linked to it: the chain goes on through this one.
        flags |= data & WORK_STRUCT_LINKED;
        color = work_color(data);
        __set_bit(WORK_STRUCT_LINKED_BIT, work_data_bits(target));
    }
    pwq->nr_in_flight[color]++;
    insert_work(pwq, &barrier->work, head, flags | work_color_to_flags(color));
}

// False: there is nothing to wait for.
static bool start_flush_work(work_struct *work, wq_barrier *barrier) {
    might_sleep();
    rcu_read_lock();
    worker_pool *pool = get_work_pool(work);
    if (!pool) {
        rcu_read_unlock();
        return false;
    }
    raw_spin_lock_irq(&pool->lock);
    pool_workqueue *pwq = get_work_pwq(work);
    worker *w = nullptr;
    if (pwq) {
        // Between the look at its pool and the lock it may have been queued elsewhere, after it had run here.
        if (pwq->pool != pool)
            pwq = nullptr;
    } else if ((w = find_worker_executing_work(pool, work))) {
        pwq = w->current_pwq;
    }
    if (pwq) {
        check_flush_dependency(pwq->wq, work);
        insert_wq_barrier(pwq, barrier, work, w);
    }
    raw_spin_unlock_irq(&pool->lock);
    rcu_read_unlock();
    return pwq;
}

// One pool at most has it.
bool cmwq_wait(work_struct *work, bool) {
    wq_barrier barrier;
    if (!start_flush_work(work, &barrier))
        return false;
    wait_for_completion(&barrier.done);
    destroy_work_on_stack(&barrier.work);
    return true;
}

// Prepares all pool_workqueues of a queue for a flush. flush_color >= 0: they tell when none of that colour is in
// flight any more; true if there are any. new_color >= 0: items get that colour from now on. wq->mutex held.
static bool flush_workqueue_prep_pwqs(workqueue_struct *wq, int flush_color, int new_color) {
    bool wait = false;
    if (flush_color >= 0) {
        WARN_ON_ONCE(atomic_read(&wq->nr_pwqs_to_flush));
        atomic_set(&wq->nr_pwqs_to_flush, 1);
    }
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
        worker_pool *pool = pwq->pool;
        raw_spin_lock_irq(&pool->lock);
        if (flush_color >= 0) {
            WARN_ON_ONCE(pwq->flush_color != work_no_color);
            if (pwq->nr_in_flight[flush_color]) {
                pwq->flush_color = flush_color;
                atomic_inc(&wq->nr_pwqs_to_flush);
                wait = true;
            }
        }
        if (new_color >= 0) {
            WARN_ON_ONCE(new_color != work_next_color(pwq->work_color));
            pwq->work_color = new_color;
        }
        raw_spin_unlock_irq(&pool->lock);
    }
    if (flush_color >= 0 && atomic_dec_and_test(&wq->nr_pwqs_to_flush))
        complete(&wq->first_flusher->done);
    return wait;
}

// The first flusher's duty at its end: wake those that waited for the same colour, give colours to those that found
// none left, and hand over to the next that has to wait. wq->mutex held.
static void finish_flush(workqueue_struct *wq, wq_flusher *self) {
    WARN_ON_ONCE(!list_empty(&self->list));
    WARN_ON_ONCE(wq->flush_color != self->flush_color);
    for (;;) {
        wq_flusher *next, *tmp;
        list_for_each_entry_safe (next, tmp, &wq->flusher_queue, list) {
            if (next->flush_color != wq->flush_color)
                break;
            list_del_init(&next->list);
            complete(&next->done);
        }
        WARN_ON_ONCE(!list_empty(&wq->flusher_overflow) && wq->flush_color != work_next_color(wq->work_color));
        // This colour is free again.
        wq->flush_color = work_next_color(wq->flush_color);
        if (!list_empty(&wq->flusher_overflow)) {
            // One colour for all of them: they flush the same items.
            list_for_each_entry (tmp, &wq->flusher_overflow, list)
                tmp->flush_color = wq->work_color;
            wq->work_color = work_next_color(wq->work_color);
            list_splice_tail_init(&wq->flusher_overflow, &wq->flusher_queue);
            flush_workqueue_prep_pwqs(wq, -1, wq->work_color);
        }
        if (list_empty(&wq->flusher_queue)) {
            WARN_ON_ONCE(wq->flush_color != wq->work_color);
            wq->first_flusher = nullptr;
            return;
        }
        next = list_first_entry(&wq->flusher_queue, wq_flusher, list);
        WARN_ON_ONCE(wq->flush_color == wq->work_color);
        WARN_ON_ONCE(wq->flush_color != next->flush_color);
        list_del_init(&next->list);
        wq->first_flusher = next;
        if (flush_workqueue_prep_pwqs(wq, wq->flush_color, -1))
            return;
        // Its items have all ended already. It wakes and finds itself done; what it would have to do is done here.
        wq->first_flusher = nullptr;
    }
}

void cmwq_flush(workqueue_struct *wq) {
    wq_flusher self;
    INIT_LIST_HEAD(&self.list);
    self.flush_color = work_no_color;
    init_completion(&self.done);

    mutex_lock(&wq->mutex);
    const int next_color = work_next_color(wq->work_color);
    if (next_color != wq->flush_color) {
        WARN_ON_ONCE(!list_empty(&wq->flusher_overflow));
        self.flush_color = wq->work_color;
        wq->work_color = next_color;
        if (!wq->first_flusher) {
            WARN_ON_ONCE(wq->flush_color != self.flush_color);
            wq->first_flusher = &self;
            if (!flush_workqueue_prep_pwqs(wq, wq->flush_color, wq->work_color)) {
                // Nothing is in flight.
                wq->flush_color = next_color;
                wq->first_flusher = nullptr;
                mutex_unlock(&wq->mutex);
                return;
            }
        } else {
            WARN_ON_ONCE(wq->flush_color == self.flush_color);
            list_add_tail(&self.list, &wq->flusher_queue);
            flush_workqueue_prep_pwqs(wq, -1, wq->work_color);
        }
    } else {
        // All colours are taken: this flush gets one when the first is free again.
        list_add_tail(&self.list, &wq->flusher_overflow);
    }
    check_flush_dependency(wq, nullptr);
    mutex_unlock(&wq->mutex);

    wait_for_completion(&self.done);

    if (READ_ONCE(wq->first_flusher) != &self)
        return;
    mutex_lock(&wq->mutex);
    if (wq->first_flusher == &self) {
        WRITE_ONCE(wq->first_flusher, static_cast<wq_flusher *>(nullptr));
        finish_flush(wq, &self);
    }
    mutex_unlock(&wq->mutex);
}
