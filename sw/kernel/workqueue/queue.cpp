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
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include "kernel/workqueue/workqueue_internal.h"
#include "port/trace.h"

static void set_work_data(work_struct *work, unsigned long data, unsigned long flags) {
    WARN_ON_ONCE(!work_pending(work));
    atomic_long_set(&work->data, static_cast<long>(data | flags));
}

void set_work_owner(work_struct *work, const void *owner, unsigned long extra_flags) {
    set_work_data(work, reinterpret_cast<unsigned long>(owner), WORK_STRUCT_PENDING | WORK_STRUCT_PWQ | extra_flags);
}

void set_work_pool_and_keep_pending(work_struct *work, unsigned long id) {
    set_work_data(work, id << WORK_OFFQ_POOL_SHIFT, WORK_STRUCT_PENDING);
}

void set_work_pool_and_clear_pending(work_struct *work, unsigned long id) {
    // What the function will read was written before the item was queued: whoever fails to set PENDING after this may
    // rely on the function seeing it.
    smp_wmb();
    set_work_data(work, id << WORK_OFFQ_POOL_SHIFT, 0);
    smp_mb();
}

void clear_work_data(work_struct *work) {
    smp_wmb();
    set_work_data(work, WORK_STRUCT_NO_POOL, 0);
}

void mark_work_canceling(work_struct *work) {
    const unsigned long id = work_offq_id(work_data(work)) << WORK_OFFQ_POOL_SHIFT;
    set_work_data(work, id | WORK_OFFQ_CANCELING, WORK_STRUCT_PENDING);
}

// The caller has set PENDING. Interrupts masked.
void queue_work_irqoff(int cpu, workqueue_struct *wq, work_struct *work) {
    lockdep_assert_irqs_disabled();
    // A queue that is being drained takes what its own items queue, and no more.
    if (unlikely(wq->flags & __WQ_DRAINING) && WARN_ON_ONCE(wq_backend->current_queue() != wq))
        return;
    if (WARN_ON(!list_empty(&work->entry)))
        return;
    if (address_of_module(reinterpret_cast<void *>(work->func)))
        debug_object_activate(work, DEBUG_OBJECT_WORK, reinterpret_cast<void *>(work->func),
                              reinterpret_cast<void *>(work->func));
    wq_backend->queue(cpu, wq, work);
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

    if (wq_backend->grab(work)) {
        trace_event1(workqueue_cancel, work, nullptr);
        debug_object_deactivate(work);
        return 1;
    }
    local_irq_restore(*flags);
    if (work_is_canceling(work))
        return -ENOENT;
    cpu_relax();
    return -EAGAIN;
}

// The function may free its item: nothing of it is looked at once it has been called.
void run_work(work_struct *work, work_func_t func) {
    trace_event2(workqueue_execute_start, work, func, nullptr);
    const auto function = reinterpret_cast<unsigned long>(func);
    lockdep_map map;
    lockdep_copy_map(&map, &work->lockdep_map);
    ::lockdep_map *queue_map = &wq_backend->current_queue()->lockdep_map;
    lockdep_acquire(queue_map, 0, 0, 0, 0, function);
    lockdep_acquire(&map, 0, 0, 0, 0, function);
    func(work);
    lockdep_release(&map, function);
    lockdep_release(queue_map, function);
    trace_event2(workqueue_execute_end, work, func, nullptr);

    if (unlikely(in_atomic() || lockdep_depth(current) > 0)) {
        pr_err("BUG: workqueue leaked lock or atomic: %s/0x%08x/%d\n     last function: %ps\n", current->comm,
               static_cast<unsigned>(preempt_count()), task_pid_nr(current), reinterpret_cast<void *>(func));
        dump_stack();
        report_defect_at(reinterpret_cast<void *>(func), "work function leaves lock or atomic context behind");
    }
    // An item that queues itself again would keep the CPU for ever.
    cond_resched();
}
