// SPDX-License-Identifier: Apache-2.0
// Queueing items, at once or after a delay, and taking them back (Linux: kernel/workqueue.c).
//
// Whoever sets PENDING in an item's data owns it until it is on a worklist; whoever takes it off one clears or keeps
// the bit. All of that happens with interrupts masked, so that no interrupt on this CPU can meet an item that is
// pending but nowhere.
#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include "kernel/workqueue/workqueue_internal.h"
#include "port/trace.h"

static void set_work_data(work_struct *work, unsigned long data, unsigned long flags) {
    WARN_ON_ONCE(!work_pending(work));
    atomic_long_set(&work->data, static_cast<long>(data | flags));
}

void set_work_pwq(work_struct *work, pool_workqueue *pwq, unsigned long extra_flags) {
    set_work_data(work, reinterpret_cast<unsigned long>(pwq), WORK_STRUCT_PENDING | WORK_STRUCT_PWQ | extra_flags);
}

void set_work_pool_and_keep_pending(work_struct *work, int pool_id) {
    set_work_data(work, static_cast<unsigned long>(pool_id) << WORK_OFFQ_POOL_SHIFT, WORK_STRUCT_PENDING);
}

void set_work_pool_and_clear_pending(work_struct *work, int pool_id) {
    // What the function will read was written before the item was queued: whoever fails to set PENDING after this may
    // rely on the function seeing it.
    smp_wmb();
    set_work_data(work, static_cast<unsigned long>(pool_id) << WORK_OFFQ_POOL_SHIFT, 0);
    smp_mb();
}

void clear_work_data(work_struct *work) {
    smp_wmb();
    set_work_data(work, WORK_STRUCT_NO_POOL, 0);
}

unsigned long get_work_pool_id(const work_struct *work) {
    const unsigned long data = work_data(work);
    if (data & WORK_STRUCT_PWQ)
        return static_cast<unsigned long>(
            reinterpret_cast<pool_workqueue *>(data & WORK_STRUCT_WQ_DATA_MASK)->pool->id);
    return data >> WORK_OFFQ_POOL_SHIFT;
}

// The pool where it is queued or ran last; null if it never ran. Under RCU.
worker_pool *get_work_pool(const work_struct *work) {
    const unsigned long data = work_data(work);
    if (data & WORK_STRUCT_PWQ)
        return reinterpret_cast<pool_workqueue *>(data & WORK_STRUCT_WQ_DATA_MASK)->pool;
    const unsigned long id = data >> WORK_OFFQ_POOL_SHIFT;
    return id < max_pools ? READ_ONCE(worker_pools[id]) : nullptr;
}

void mark_work_canceling(work_struct *work) {
    const unsigned long id = get_work_pool_id(work) << WORK_OFFQ_POOL_SHIFT;
    set_work_data(work, id | WORK_OFFQ_CANCELING, WORK_STRUCT_PENDING);
}

void insert_work(pool_workqueue *pwq, work_struct *work, list_head *head, unsigned long extra_flags) {
    worker_pool *pool = pwq->pool;
    set_work_pwq(work, pwq, extra_flags);
    list_add_tail(&work->entry, head);
    get_pwq(pwq);
    if (!pool->nr_running)
        wake_up_worker(pool);
}

// Items that a draining queue still takes: those that its own items queue.
static bool is_chained_work(workqueue_struct *wq) {
    worker *w = current_wq_worker();
    return w && w->current_pwq->wq == wq;
}

static unsigned select_unbound_cpu(unsigned cpu) {
    if (cpumask_test_cpu(cpu, wq_unbound_cpumask))
        return cpu;
    return cpumask_any_and(wq_unbound_cpumask, cpu_online_mask);
}

// The pool_workqueue to queue on, with its pool locked. An item that is still running stays with the pool that runs it,
// or two workers could run it at once. Under RCU.
static pool_workqueue *lock_target_pwq(int req_cpu, workqueue_struct *wq, work_struct *work) {
    for (;;) {
        unsigned cpu = static_cast<unsigned>(req_cpu);
        pool_workqueue *pwq;
        if (wq->flags & WQ_UNBOUND) {
            pwq = READ_ONCE(wq->dfl_pwq);
        } else {
            if (req_cpu == WORK_CPU_UNBOUND)
                cpu = select_unbound_cpu(raw_smp_processor_id());
            pwq = per_cpu_ptr(wq->cpu_pwqs, cpu);
        }

        worker_pool *last_pool = get_work_pool(work);
        if (last_pool && last_pool != pwq->pool) {
            raw_spin_lock(&last_pool->lock);
            worker *w = find_worker_executing_work(last_pool, work);
            if (w && w->current_pwq->wq == wq) {
                pwq = w->current_pwq;
            } else {
                raw_spin_unlock(&last_pool->lock);
                raw_spin_lock(&pwq->pool->lock);
            }
        } else {
            raw_spin_lock(&pwq->pool->lock);
        }

        if (likely(pwq->refcnt))
            return pwq;
        // The queue just got other attributes, and with them another pool_workqueue.
        if (wq->flags & WQ_UNBOUND) {
            raw_spin_unlock(&pwq->pool->lock);
            cpu_relax();
            continue;
        }
        WARN_ONCE(true, "workqueue: per-cpu pwq for %s on cpu%d has 0 refcnt", wq->name, static_cast<int>(cpu));
        return pwq;
    }
}

// The caller has set PENDING. Interrupts masked.
void queue_work_irqoff(int cpu, workqueue_struct *wq, work_struct *work) {
    lockdep_assert_irqs_disabled();
    if (unlikely(wq->flags & __WQ_DRAINING) && WARN_ON_ONCE(!is_chained_work(wq)))
        return;
    rcu_read_lock();
    pool_workqueue *pwq = lock_target_pwq(cpu, wq, work);
    worker_pool *pool = pwq->pool;
    trace_event3(workqueue_queue_work, work, work->func, cpu, wq->name);

    if (!WARN_ON(!list_empty(&work->entry))) {
        pwq->nr_in_flight[pwq->work_color]++;
        unsigned long flags = work_color_to_flags(pwq->work_color);
        list_head *list;
        if (likely(pwq->nr_active < pwq->max_active)) {
            trace_event1(workqueue_activate_work, work, nullptr);
            pwq->nr_active++;
            list = &pool->worklist;
            if (list_empty(list))
                pool->watchdog_ts = jiffies;
        } else {
            flags |= WORK_STRUCT_INACTIVE;
            list = &pwq->inactive_works;
        }
        insert_work(pwq, work, list, flags);
    }
    raw_spin_unlock(&pool->lock);
    rcu_read_unlock();
}

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work) {
    bool queued = false;
    unsigned long flags;
    local_irq_save(flags);
    if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work))) {
        queue_work_irqoff(cpu, wq, work);
        queued = true;
    }
    local_irq_restore(flags);
    return queued;
}
EXPORT_SYMBOL(queue_work_on);

// There is one memory node.
bool queue_work_node(int, struct workqueue_struct *wq, struct work_struct *work) {
    WARN_ON_ONCE(!(wq->flags & WQ_UNBOUND));
    return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}
EXPORT_SYMBOL_GPL(queue_work_node);

void delayed_work_timer_fn(struct timer_list *t) {
    delayed_work *dwork = from_timer(dwork, t, timer);
    queue_work_irqoff(dwork->cpu, dwork->wq, &dwork->work);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

static void queue_delayed_work_irqoff(int cpu, workqueue_struct *wq, delayed_work *dwork, unsigned long delay) {
    timer_list *timer = &dwork->timer;
    work_struct *work = &dwork->work;
    WARN_ON_ONCE(!wq);
    WARN_ON_ONCE(timer->function != delayed_work_timer_fn);
    WARN_ON_ONCE(timer_pending(timer));
    WARN_ON_ONCE(!list_empty(&work->entry));

    // Without a delay nobody should have to wait for a tick.
    if (!delay) {
        queue_work_irqoff(cpu, wq, work);
        return;
    }
    trace_event3(workqueue_delay, work, work->func, delay, wq->name);
    dwork->wq = wq;
    dwork->cpu = cpu;
    timer->expires = jiffies + delay;
    if (unlikely(cpu != WORK_CPU_UNBOUND))
        add_timer_on(timer, cpu);
    else
        add_timer(timer);
}

bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay) {
    bool queued = false;
    unsigned long flags;
    local_irq_save(flags);
    if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&dwork->work))) {
        queue_delayed_work_irqoff(cpu, wq, dwork, delay);
        queued = true;
    }
    local_irq_restore(flags);
    return queued;
}
EXPORT_SYMBOL(queue_delayed_work_on);

bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay) {
    unsigned long flags;
    int ret;
    do
        ret = try_to_grab_pending(&dwork->work, true, &flags);
    while (unlikely(ret == -EAGAIN));
    if (likely(ret >= 0)) {
        queue_delayed_work_irqoff(cpu, wq, dwork, delay);
        local_irq_restore(flags);
    }
    return ret;
}
EXPORT_SYMBOL_GPL(mod_delayed_work_on);

static void rcu_work_rcufn(rcu_head *rcu) {
    rcu_work *rwork = container_of(rcu, rcu_work, rcu);
    local_irq_disable();
    queue_work_irqoff(WORK_CPU_UNBOUND, rwork->wq, &rwork->work);
    local_irq_enable();
}

bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork) {
    if (test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&rwork->work)))
        return false;
    rwork->wq = wq;
    call_rcu(&rwork->rcu, rcu_work_rcufn);
    return true;
}
EXPORT_SYMBOL(queue_rcu_work);

// Makes the caller the owner of PENDING. 1: it was pending and is off its list or timer; 0: it was idle; with both,
// interrupts are masked and *flags is what to restore. -EAGAIN: in between, try again; -ENOENT: somebody cancels it.
int try_to_grab_pending(work_struct *work, bool is_dwork, unsigned long *flags) {
    local_irq_save(*flags);
    if (is_dwork) {
        delayed_work *dwork = to_delayed_work(work);
        // Its timer is irqsafe, so with interrupts masked it cannot be between firing and queueing here.
        if (likely(timer_delete(&dwork->timer)))
            return 1;
    }
    if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work)))
        return 0;

    rcu_read_lock();
    worker_pool *pool = get_work_pool(work);
    if (pool) {
        raw_spin_lock(&pool->lock);
        pool_workqueue *pwq = get_work_pwq(work);
        // Data that names a pool_workqueue is only changed with its pool locked, so this is no guess.
        if (pwq && pwq->pool == pool) {
            // An inactive item would leave its linked barriers behind; make it an active one first.
            if (work_data(work) & WORK_STRUCT_INACTIVE)
                pwq_activate_inactive_work(work);
            trace_event1(workqueue_cancel, work, nullptr);
            list_del_init(&work->entry);
            const unsigned long data = work_data(work);
            set_work_pool_and_keep_pending(work, pool->id);
            pwq_dec_nr_in_flight(pwq, data);
            raw_spin_unlock(&pool->lock);
            rcu_read_unlock();
            return 1;
        }
        raw_spin_unlock(&pool->lock);
    }
    rcu_read_unlock();
    local_irq_restore(*flags);
    if (work_is_canceling(work))
        return -ENOENT;
    cpu_relax();
    return -EAGAIN;
}
