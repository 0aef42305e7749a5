// SPDX-License-Identifier: Apache-2.0
// Queueing items, at once, after a delay or after a grace period, and seizing them (Linux: kernel/workqueue.c). The
// states of an item are in item.h.
#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include "kernel/leftovers.h"
#include "kernel/oops.h"
#include "kernel/workqueue/workqueue_internal.h"
#include "port/order.h"
#include "port/trace.h"

// Linux: __queue_work.
void queue_work_irqoff(int cpu, workqueue_struct *wq, work_struct *work) {
    lockdep_assert_irqs_disabled();
    if (unlikely(wq->flags & __WQ_DESTROYED)) {
        WARN(1, "work %ps is queued on a workqueue that is destroyed\n", reinterpret_cast<void *>(work->func));
        return;
    }
    // A queue that is being drained takes what its own items queue, and no more.
    if (unlikely(wq->flags & __WQ_DRAINING) && WARN_ON_ONCE(wq_backend->current_queue() != wq))
        return;
    if (WARN_ON(!list_empty(&work->entry)))
        return;
    if (void *func = reinterpret_cast<void *>(work->func); address_of_module(func))
        debug_object_activate(work, DEBUG_OBJECT_WORK, func, func);
    wq_backend->queue(cpu, wq, work);
}

namespace {

// Hands an idle item over to `next`, with interrupts masked; false: somebody else has the item.
template <typename Next>
__always_inline bool hand_over_if_idle(work_struct &item, Next next) {
    if (debug_object_is_freed(&item, DEBUG_OBJECT_WORK, "activate"))
        return false;
    const irqs_off masked;
    const bool mine = claim(item);
    if (likely(mine))
        next();
    return mine;
}

// Takes an item from wherever it is and hands it over to `next`, with interrupts masked; false: it was idle. An item
// that somebody cancels stays his, and counts as one that was not.
template <typename Next>
__always_inline bool hand_over_anyway(delayed_work &dwork, Next next) {
    const seized_item item(dwork.work, &dwork.timer);
    if (likely(item))
        next();
    return !item.was_idle();
}

bool is_misused(const delayed_work &dwork) {
    return timer_pending(&dwork.timer) || !list_empty(&dwork.work.entry);
}

// The item is claimed. Without a delay nothing should have to wait for a tick (Linux: __queue_delayed_work).
void start_delay(int cpu, workqueue_struct *wq, delayed_work &dwork, unsigned long delay) {
    timer_list &timer = dwork.timer;
    const bool anywhere = cpu == WORK_CPU_UNBOUND;

    WARN_ON_ONCE(!wq || timer.function != delayed_work_timer_fn);
    WARN_ON_ONCE(is_misused(dwork));
    if (delay == 0)
        return queue_work_irqoff(cpu, wq, &dwork.work);
    trace_event3(workqueue_delay, &dwork.work, dwork.work.func, delay, wq->name);
    timer.expires = jiffies + delay;
    dwork.cpu = cpu;
    dwork.wq = wq;
    likely(anywhere) ? add_timer(&timer) : add_timer_on(&timer, cpu);
}

void after_grace_period(rcu_head *rcu) {
    rcu_work *rwork = container_of(rcu, rcu_work, rcu);
    const irqs_off masked;
    queue_work_irqoff(WORK_CPU_UNBOUND, rwork->wq, &rwork->work);
}

} // namespace

// Also where the item is queued already: its run comes after what the caller did.
static __always_inline void tell_order(const workqueue_struct *wq, const work_struct *work) {
    const uint64_t one_by_one = wq->flags & __WQ_ORDERED ? 1 : 0;
    port_order(ORDER_hand_over, work, reinterpret_cast<uint64_t>(wq) | one_by_one, nullptr);
}

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work) {
    tell_order(wq, work);
    return hand_over_if_idle(*work, [=] { queue_work_irqoff(cpu, wq, work); });
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

bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay) {
    tell_order(wq, &dwork->work);
    return hand_over_if_idle(dwork->work, [=] { start_delay(cpu, wq, *dwork, delay); });
}
EXPORT_SYMBOL(queue_delayed_work_on);

// Whether the item was pending.
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay) {
    tell_order(wq, &dwork->work);
    return hand_over_anyway(*dwork, [=] { start_delay(cpu, wq, *dwork, delay); });
}
EXPORT_SYMBOL_GPL(mod_delayed_work_on);

// The item is claimed. It is queued when all who read now have ended.
static void queue_after_readers(struct workqueue_struct *wq, struct rcu_work *item) {
    item->wq = wq;
    call_rcu(&item->rcu, after_grace_period);
}

bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork) {
    tell_order(wq, &rwork->work);
    const bool ours = claim(rwork->work);
    if (ours)
        queue_after_readers(wq, rwork);
    return ours;
}
EXPORT_SYMBOL(queue_rcu_work);

seized_item::seized_item(work_struct &item, timer_list *timer) {
    for (;;) {
        local_irq_save(flags_);
        if (try_to_grab_pending(item, timer))
            return;
        local_irq_restore(flags_);
        if (item_word::of(item).is_cancelling()) {
            before_ = was::being_cancelled;
            return;
        }
        // Between two states, on another CPU.
        cpu_relax();
    }
}

seized_item::~seized_item() {
    if (likely(*this))
        local_irq_restore(flags_);
}

// The timer of delayed work fires with interrupts masked: on this CPU it is never between firing and queueing.
bool seized_item::try_to_grab_pending(work_struct &item, timer_list *timer) {
    if (timer && likely(timer_delete(timer))) {
        before_ = was::pending;
        return true;
    }
    if (claim(item))
        return true;
    if (!wq_backend->grab(&item))
        return false;
    trace_event1(workqueue_cancel, &item, nullptr);
    debug_object_deactivate(&item);
    before_ = was::pending;
    return true;
}

namespace {

// What the lock validator sees of a run: it holds its queue and its item, which may be freed meanwhile.
class run_in_lockdep {
public:
    run_in_lockdep(work_struct &item, work_func_t func)
        : queue_(&wq_backend->current_queue()->lockdep_map)
        , place_(reinterpret_cast<unsigned long>(func)) {
        lockdep_copy_map(&item_, &item.lockdep_map);
        lockdep_acquire(queue_, 0, 0, 0, 0, place_);
        lockdep_acquire(&item_, 0, 0, 0, 0, place_);
    }
    ~run_in_lockdep() {
        lockdep_release(&item_, place_);
        lockdep_release(queue_, place_);
    }

private:
    lockdep_map *queue_;
    unsigned long place_;
    lockdep_map item_;
};

void report_leak(work_func_t func) {
    void *place = reinterpret_cast<void *>(func);
    pr_err("BUG: workqueue leaked lock or atomic: %s/0x%08x/%d\n     last function: %ps\n", current->comm,
           static_cast<unsigned>(preempt_count()), task_pid_nr(current), place);
    dump_stack();
    report_finding_at(FINDING_preempt_leak, place, "work function leaves lock or atomic context behind");
}

} // namespace

// The function may free its item: nothing of it is looked at once it has been called.
void run_work(work_struct *work, work_func_t func) {
    trace_event2(workqueue_execute_start, work, func, nullptr);
    const task_state before;
    {
        const run_in_lockdep held(*work, func);
        func(work);
    }
    trace_event2(workqueue_execute_end, work, func, nullptr);
    if (unlikely(!before.is_as_before() || lockdep_depth(current) > 0)) {
        report_leak(func);
        before.put_right();
    }
    // An item that queues itself again would keep the CPU for ever.
    cond_resched();
}
