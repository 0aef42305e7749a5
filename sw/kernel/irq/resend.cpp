// SPDX-License-Identifier: Apache-2.0
// Delivering again what came while a line was disabled: by the controller if it can, else in a tasklet.
#include "kernel/irq/internals.h"

#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/list.h>

static HLIST_HEAD(irq_resend_list);
static DEFINE_RAW_SPINLOCK(irq_resend_lock);

// The next line that waits for its resend, off the list; null when none is left.
static irq_desc *take_resent_line() {
    hold section(irq_resend_lock);
    hlist_node *const node = irq_resend_list.first;

    if (!node)
        return nullptr;
    hlist_del_init(node);
    return hlist_entry(node, irq_desc, resend_node);
}

// Flow handlers expect interrupts masked. They run without the list's lock: a handler may make another line wait.
static void resend_irqs(tasklet_struct *) {
    irqs_off as_in_interrupts;

    while (irq_desc *const desc = take_resent_line())
        desc->handle_irq(desc);
}

static DECLARE_TASKLET(resend_tasklet, resend_irqs);

void irq_resend_init(irq_desc *desc) {
    INIT_HLIST_NODE(&desc->resend_node);
}

void clear_irq_resend(irq_desc *desc) {
    hold_irqsave section(irq_resend_lock);

    hlist_del_init(&desc->resend_node);
}

// The line whose flow handler can be called for `line`: a nested one has none of its own, its parent is resent instead.
// Null: there is none, or the line may only be handled in its controller's interrupt.
static irq_desc *software_target(irq_line line) {
    if (irqd_is_handle_enforce_irqctx(line.data()))
        return nullptr;
    if (!line.is(IRQ_NESTED_THREAD))
        return line.desc();
    const int parent = line.desc()->parent_irq;
    return parent ? irq_to_desc(parent) : nullptr;
}

static bool irq_sw_resend(irq_line line) {
    irq_desc *const target = software_target(line);

    if (!target)
        return false;
    {
        hold section(irq_resend_lock);
        if (hlist_unhashed(&target->resend_node))
            hlist_add_head(&target->resend_node, &irq_resend_list);
    }
    tasklet_schedule(&resend_tasklet);
    return true;
}

static bool try_retrigger(irq_line line) {
    const auto own = line.chip()->irq_retrigger;

    return (own ? own : irq_chip_retrigger_hierarchy)(line.data());
}

// The line's lock is held. inject: even if none came (debugging).
int check_irq_resend(irq_desc *desc, bool inject) {
    const irq_line line(desc);
    const bool wanted = line.remembered() || inject;
    const bool under_way = line.marked(IRQS_REPLAY);

    // A level is not resent: the device still asserts it.
    if (line.is(IRQ_LEVEL)) {
        line.unmark(IRQS_PENDING);
        return -EINVAL;
    }
    if (!wanted || under_way)
        return under_way ? -EBUSY : 0;
    line.unmark(IRQS_PENDING);
    if (!try_retrigger(line) && !irq_sw_resend(line)) {
        trace_event1(irq_dropped, line.number(), "cannot be resent");
        return -EINVAL;
    }
    line.mark(IRQS_REPLAY);
    return 0;
}

int irq_inject_interrupt(unsigned int irq) {
    const int by_controller = irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);

    if (!by_controller)
        return 0;
    // The controller cannot: as a resend. A line that is not activated has no handler to take it.
    return on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::bus, [](irq_line line) {
        return line.has(IRQD_ACTIVATED) ? check_irq_resend(line.desc(), true) : -EINVAL;
    });
}
EXPORT_SYMBOL_GPL(irq_inject_interrupt);
