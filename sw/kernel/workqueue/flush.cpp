// SPDX-License-Identifier: Apache-2.0
// Waiting for items and cancelling them (Linux: kernel/workqueue.c).
//
// To wait for one item, a barrier item is put right behind it, linked to it, or given to the worker that runs it. To
// wait for a whole queue, its items carry a colour: a flush gives the next ones another and waits until none of the old
// colour is in flight.
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "kernel/workqueue/workqueue_internal.h"
#include "port/trace.h"

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

void wq_barrier_func(work_struct *work) {
    complete(&container_of(work, wq_barrier, work)->done);
}

// pool->lock held. `w` runs the target, or is null, and then the target is on a list.
static void insert_wq_barrier(pool_workqueue *pwq, wq_barrier *barrier, work_struct *target, worker *w) {
    INIT_WORK_ONSTACK(&barrier->work, wq_barrier_func);
    __set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&barrier->work));
    init_completion(&barrier->done);
    barrier->task = current;

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

static bool wait_for_work(work_struct *work) {
    if (WARN_ON(!wq_online) || WARN_ON(!work->func))
        return false;
    wq_barrier barrier;
    if (!start_flush_work(work, &barrier))
        return false;
    wait_for_completion(&barrier.done);
    destroy_work_on_stack(&barrier.work);
    return true;
}

bool flush_work(struct work_struct *work) {
    return wait_for_work(work);
}
EXPORT_SYMBOL_GPL(flush_work);

bool flush_delayed_work(struct delayed_work *dwork) {
    local_irq_disable();
    if (timer_delete_sync(&dwork->timer))
        queue_work_irqoff(dwork->cpu, dwork->wq, &dwork->work);
    local_irq_enable();
    return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

bool flush_rcu_work(struct rcu_work *rwork) {
    if (test_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&rwork->work))) {
        rcu_barrier();
        flush_work(&rwork->work);
        return true;
    }
    return flush_work(&rwork->work);
}
EXPORT_SYMBOL(flush_rcu_work);

namespace {

// Who waits until another one has finished cancelling the same item.
DECLARE_WAIT_QUEUE_HEAD(cancel_waitq);

struct cancel_waiter {
    wait_queue_entry_t wait;
    work_struct *work;
};

int cancel_wake(wait_queue_entry_t *wait, unsigned mode, int sync, void *key) {
    if (container_of(wait, cancel_waiter, wait)->work != key)
        return 0;
    return autoremove_wake_function(wait, mode, sync, key);
}

void wait_for_canceler(work_struct *work) {
    cancel_waiter waiter;
    init_wait(&waiter.wait);
    waiter.wait.func = cancel_wake;
    waiter.work = work;
    prepare_to_wait_exclusive(&cancel_waitq, &waiter.wait, TASK_UNINTERRUPTIBLE);
    if (work_is_canceling(work))
        schedule();
    finish_wait(&cancel_waitq, &waiter.wait);
}

bool cancel_work_common(work_struct *work, bool is_dwork) {
    unsigned long flags;
    int ret;
    do {
        ret = try_to_grab_pending(work, is_dwork, &flags);
        if (unlikely(ret == -ENOENT))
            wait_for_canceler(work);
    } while (unlikely(ret < 0));
    // While it is pending and marked nobody else can queue it, itself included.
    mark_work_canceling(work);
    local_irq_restore(flags);

    if (wq_online)
        wait_for_work(work);
    clear_work_data(work);
    smp_mb();
    if (waitqueue_active(&cancel_waitq))
        __wake_up(&cancel_waitq, TASK_NORMAL, 1, work);
    return ret;
}

bool cancel_without_waiting(work_struct *work, bool is_dwork) {
    unsigned long flags;
    int ret;
    do
        ret = try_to_grab_pending(work, is_dwork, &flags);
    while (unlikely(ret == -EAGAIN));
    if (unlikely(ret < 0))
        return false;
    set_work_pool_and_clear_pending(work, static_cast<int>(get_work_pool_id(work)));
    local_irq_restore(flags);
    return ret;
}

} // namespace

bool cancel_work(struct work_struct *work) {
    return cancel_without_waiting(work, false);
}
EXPORT_SYMBOL(cancel_work);

bool cancel_work_sync(struct work_struct *work) {
    return cancel_work_common(work, false);
}
EXPORT_SYMBOL_GPL(cancel_work_sync);

bool cancel_delayed_work(struct delayed_work *dwork) {
    return cancel_without_waiting(&dwork->work, true);
}
EXPORT_SYMBOL(cancel_delayed_work);

bool cancel_delayed_work_sync(struct delayed_work *dwork) {
    return cancel_work_common(&dwork->work, true);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

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

void __flush_workqueue(struct workqueue_struct *wq) {
    if (WARN_ON(!wq_online))
        return;
    might_sleep();

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
EXPORT_SYMBOL(__flush_workqueue);

void drain_workqueue(struct workqueue_struct *wq) {
    unsigned tries = 0;
    mutex_lock(&wq->mutex);
    if (!wq->nr_drainers++)
        wq->flags |= __WQ_DRAINING;
    mutex_unlock(&wq->mutex);

    for (bool drained = false; !drained;) {
        __flush_workqueue(wq);
        mutex_lock(&wq->mutex);
        drained = true;
        pool_workqueue *pwq;
        list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
            raw_spin_lock_irq(&pwq->pool->lock);
            drained = !pwq->nr_active && list_empty(&pwq->inactive_works);
            raw_spin_unlock_irq(&pwq->pool->lock);
            if (!drained)
                break;
        }
        if (!drained) {
            tries++;
            if (tries == 10 || (tries % 100 == 0 && tries <= 1000)) {
                pr_warn("workqueue %s: %s() isn't complete after %u tries\n", wq->name, __func__, tries);
                report_defect("workqueue %s: an item keeps queueing itself while the queue is drained", wq->name);
            }
        } else if (!--wq->nr_drainers) {
            wq->flags &= ~static_cast<unsigned>(__WQ_DRAINING);
        }
        mutex_unlock(&wq->mutex);
    }
}
EXPORT_SYMBOL_GPL(drain_workqueue);

// Only there to be called, so that the compiler has something to warn about.
void __warn_flushing_systemwide_wq(void) {}
EXPORT_SYMBOL(__warn_flushing_systemwide_wq);
