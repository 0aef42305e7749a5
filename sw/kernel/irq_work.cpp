// SPDX-License-Identifier: Apache-2.0
// Calls into hard interrupt context from anywhere (Linux: kernel/irq_work.c).
#include <linux/irq_work.h>

#include <asm/smp.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/tick.h>

#include "lib/guard.h"
#include "port/order.h"

extern "C" void __smp_call_single_queue(int cpu, llist_node *node);

static DEFINE_PER_CPU(llist_head, raised_list);
static DEFINE_PER_CPU(llist_head, lazy_list); // for the next tick

// False: it is pending already, and will still see what the caller did before.
static bool irq_work_claim(irq_work *work) {
    const int old = atomic_fetch_or(IRQ_WORK_CLAIMED | CSD_TYPE_IRQ_WORK, &work->node.a_flags);

    return !(old & IRQ_WORK_PENDING);
}

// Preemption disabled. A lazy one waits for the next tick, if there is one.
static void queue_local(irq_work *work) {
    const bool lazy = atomic_read(&work->node.a_flags) & IRQ_WORK_LAZY;
    const bool was_empty = llist_add(&work->node.llist, this_cpu_ptr(lazy ? &lazy_list : &raised_list));
    if (was_empty && (!lazy || tick_nohz_tick_stopped()))
        arch_irq_work_raise();
}

bool irq_work_queue(struct irq_work *work) {
    const bool mine = irq_work_claim(work);
    if (mine) {
        const preempt_off here;
        queue_local(work);
    }
    return mine;
}
EXPORT_SYMBOL_GPL(irq_work_queue);

bool irq_work_queue_on(struct irq_work *work, int cpu) {
    WARN_ON_ONCE(!cpu_online(static_cast<unsigned>(cpu)));
    const preempt_off here;
    const bool local = cpu == static_cast<int>(smp_processor_id()), mine = irq_work_claim(work);
    if (mine && local)
        queue_local(work);
    else if (mine)
        __smp_call_single_queue(cpu, &work->node.llist);
    return mine;
}
EXPORT_SYMBOL_GPL(irq_work_queue_on);

bool irq_work_needs_cpu(void) {
    return !llist_empty(this_cpu_ptr(&raised_list)) || !llist_empty(this_cpu_ptr(&lazy_list));
}

void irq_work_single(void *arg) {
    irq_work *work = static_cast<irq_work *>(arg);
    atomic_t *state = &work->node.a_flags;
    // From here on it can be queued again, and then it stays busy; else until the function has returned.
    const int running = atomic_fetch_andnot(IRQ_WORK_PENDING, state) & ~IRQ_WORK_PENDING;
    port_order(ORDER_begin, work, 0, "irq_work");
    work->func(work);
    order_tell(end, work);
    atomic_cmpxchg(state, running, running & ~IRQ_WORK_BUSY);
}

static void run_list(llist_head *list) {
    if (llist_empty(list))
        return;
    irq_work *work, *next;
    // The last one queued runs first: the list is taken as it is, as Linux does.
    llist_node *node = llist_del_all(list);

    llist_for_each_entry_safe(work, next, node, node.llist) irq_work_single(work);
}

void irq_work_run(void) {
    run_list(this_cpu_ptr(&raised_list));
    run_list(this_cpu_ptr(&lazy_list));
}
EXPORT_SYMBOL_GPL(irq_work_run);

void irq_work_tick(void) {
    run_list(this_cpu_ptr(&lazy_list));
}

void irq_work_sync(struct irq_work *work) {
    might_sleep();
    while (irq_work_is_busy(work))
        port_relax();
}
EXPORT_SYMBOL_GPL(irq_work_sync);
