// SPDX-License-Identifier: Apache-2.0
// Flow handlers: in which order a line is acknowledged, masked, served and finished, by how its controller signals. All
// run in hard interrupt context with interrupts masked (handle_nested_irq: in the parent's thread).
//
// An interrupt passes stations: it arrives; it is admitted, or meets another CPU that serves the line (busy), or a line
// that is disabled or has no action (shut); it begins, is served, ends. A flow is what it does at each station.
#include "kernel/irq/internals.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/smp.h>

namespace {

enum class admission { granted, busy, shut };

// A CPU that polls the line for lost interrupts is waited for; any other that serves it is not.
__always_inline bool held_by_other(irq_line line) {
    return unlikely(line.has(IRQD_IRQ_INPROGRESS | IRQD_WAKEUP_ARMED)) &&
           !(line.marked(IRQS_POLL_INPROGRESS) && irq_wait_for_poll(line.desc()));
}

__always_inline admission admit(irq_line line) {
    if (held_by_other(line))
        return admission::busy;
    line.arrived();
    if (likely(line.heard()))
        return admission::granted;
    line.remember();
    return admission::shut;
}

// What most flows do.
struct plain_flow {
    static constexpr bool counted = true;
    static void arrive(irq_line) {}
    static void busy(irq_line line) { trace_event1(irq_dropped, line.number(), "in progress"); }
    static void shut(irq_line) {}
    static void begin(irq_line) {}
    static void serve(irq_line line) { handle_irq_event(line.desc()); }
    static void end(irq_line) {}
};

template <typename Flow>
__always_inline void pass(irq_line line) {
    hold section(line.desc()->lock);

    Flow::arrive(line);
    const admission answer = admit(line);
    if (likely(answer == admission::granted)) {
        if (Flow::counted)
            line.count();
        Flow::begin(line);
        Flow::serve(line);
        Flow::end(line);
    } else if (answer == admission::busy) {
        Flow::busy(line);
    } else {
        Flow::shut(line);
    }
}

// Its interrupts are neither counted nor watched.
struct untracked_flow : plain_flow {
    static constexpr bool counted = false;
    static void serve(irq_line line) {
        irq_serving service(line);
        __handle_irq_event_percpu(line.desc());
    }
};

// Asserted until the device is served: masked meanwhile, and for as long as the line is shut.
struct level_flow : plain_flow {
    static void arrive(irq_line line) { mask_ack_irq(line.desc()); }
    static void busy(irq_line) {}
    static void end(irq_line line) {
        if (line.may_open())
            unmask_irq(line.desc());
    }
};

// The controller keeps the line from interrupting again until the end of interrupt. `Inner` is a second chip of a stack
// that has to be told as well: nothing, an acknowledge before the handler, or a mask at the arrival.
enum class inner { none, acknowledged, masked };
template <inner Inner>
struct eoi_flow : plain_flow {
    static void finish(irq_line line) { line.chip()->irq_eoi(line.data()); }
    static void refuse(irq_line line) {
        if (!(line.chip()->flags & IRQCHIP_EOI_IF_HANDLED))
            finish(line);
    }
    static void arrive(irq_line line) {
        if (Inner == inner::masked)
            mask_ack_irq(line.desc());
    }
    static void busy(irq_line line) {
        plain_flow::busy(line);
        refuse(line);
    }
    static void shut(irq_line line) {
        mask_irq(line.desc());
        refuse(line);
    }
    static void begin(irq_line line) {
        if (line.marked(IRQS_ONESHOT))
            mask_irq(line.desc());
        if (Inner == inner::acknowledged)
            line.chip()->irq_ack(line.data());
    }
    // A oneshot line whose threads were not woken opens at once. Of one that stays masked, some chips want the end from
    // the thread (IRQCHIP_EOI_THREADED).
    static void end(irq_line line) {
        if (likely(!line.marked(IRQS_ONESHOT)))
            return finish(line);
        const bool opens = line.may_open();
        if (opens || !(line.chip()->flags & IRQCHIP_EOI_THREADED))
            finish(line);
        if (opens)
            unmask_irq(line.desc());
    }
};

// Edges are acknowledged before the handler, so that the controller sees the next one while it runs. That one comes to
// another CPU, which leaves word (and masks: one is enough to remember); the CPU that serves the line comes back for
// it.
struct edge_flow : plain_flow {
    static void busy(irq_line line) {
        line.arrived();
        line.remember();
        shut(line);
    }
    static void shut(irq_line line) { mask_ack_irq(line.desc()); }
    static void begin(irq_line line) { line.chip()->irq_ack(line.data()); }
    static void serve(irq_line line) {
        do {
            if (unlikely(!line.desc()->action))
                return mask_irq(line.desc());
            if (unlikely(line.remembered()) && line.closed_in_vain())
                unmask_irq(line.desc());
            plain_flow::serve(line);
        } while (line.remembered() && !line.disabled());
    }
};

// The same for a controller with an end of interrupt, which covers the acknowledge and the mask.
struct edge_eoi_flow : plain_flow {
    static void end(irq_line line) { line.chip()->irq_eoi(line.data()); }
    static void shut(irq_line line) { end(line); }
    static void busy(irq_line line) {
        line.arrived();
        line.remember();
        end(line);
    }
    static void serve(irq_line line) {
        while (line.desc()->action) {
            plain_flow::serve(line);
            if (!line.remembered() || line.disabled())
                break;
        }
    }
};

// Lines that no other CPU can meet, for each CPU has its own or nothing masks them, so there is neither lock nor state.
// The controller is told at both ends of what it wants to be told.
template <bool Acknowledged>
class lockless_visit {
public:
    explicit __always_inline lockless_visit(irq_line line)
        : line_(line) {
        line_.count_here();
        if (Acknowledged)
            line_.ask<&irq_chip::irq_ack>();
    }
    __always_inline ~lockless_visit() { line_.ask<&irq_chip::irq_eoi>(); }

private:
    irq_line line_;
};
using percpu_visit = lockless_visit<true>;
using nmi_visit = lockless_visit<false>;

__always_inline void *own_part(const irqaction &action) {
    return raw_cpu_ptr(static_cast<char *>(action.percpu_dev_id));
}

__always_inline void call_handler(irq_line line, irqaction &action, void *dev_id) {
    trace_event2(irq_handler_entry, line.number(), &action, action.name);
    const irqreturn_t answer = action.handler(line.number(), dev_id);
    trace_event3(irq_handler_exit, line.number(), &action, answer, action.name);
}

// No driver has requested it. A CPU that has enabled it all the same disables it.
__cold void refuse_percpu(irq_line line) {
    const unsigned int cpu = smp_processor_id();
    const bool enabled = cpumask_test_cpu(cpu, line.desc()->percpu_enabled);

    trace_event1(irq_dropped, line.number(), "no action");
    if (enabled)
        irq_percpu_disable(line.desc(), cpu);
    pr_err_once("Spurious%s percpu IRQ%u on CPU%u\n", enabled ? " and unmasked" : "", line.number(), cpu);
}

} // namespace

// No controller behind it that would need anything.
void handle_simple_irq(irq_desc *desc) {
    pass<plain_flow>(desc);
}
EXPORT_SYMBOL_GPL(handle_simple_irq);

void handle_untracked_irq(irq_desc *desc) {
    pass<untracked_flow>(desc);
}
EXPORT_SYMBOL_GPL(handle_untracked_irq);

void handle_level_irq(irq_desc *desc) {
    pass<level_flow>(desc);
}
EXPORT_SYMBOL_GPL(handle_level_irq);

// GIC lines.
void handle_fasteoi_irq(irq_desc *desc) {
    pass<eoi_flow<inner::none>>(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_irq);

// Stacked edges.
void handle_fasteoi_ack_irq(irq_desc *desc) {
    pass<eoi_flow<inner::acknowledged>>(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_ack_irq);

// Stacked levels.
void handle_fasteoi_mask_irq(irq_desc *desc) {
    pass<eoi_flow<inner::masked>>(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_mask_irq);

void handle_edge_irq(irq_desc *desc) {
    pass<edge_flow>(desc);
}
EXPORT_SYMBOL_GPL(handle_edge_irq);

void handle_edge_eoi_irq(irq_desc *desc) {
    pass<edge_eoi_flow>(desc);
}

void handle_percpu_irq(irq_desc *desc) {
    percpu_visit visit(desc);

    handle_irq_event_percpu(desc);
}

void handle_percpu_devid_irq(irq_desc *desc) {
    const irq_line line(desc);
    percpu_visit visit(line);

    if (irqaction *const action = desc->action; likely(action))
        call_handler(line, *action, own_part(*action));
    else
        refuse_percpu(line);
}

// What nothing masks: one action, which sees no lock of the line's.
void handle_fasteoi_nmi(irq_desc *desc) {
    nmi_visit visit(desc);

    call_handler(desc, *desc->action, desc->action->dev_id);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_nmi);

void handle_percpu_devid_fasteoi_nmi(irq_desc *desc) {
    nmi_visit visit(desc);

    call_handler(desc, *desc->action, own_part(*desc->action));
}

// A line behind another one's thread: its thread functions run right here, and count as its threads.
void handle_nested_irq(unsigned int irq) {
    const irq_line line(irq_to_desc(irq));

    might_sleep();
    {
        hold_irq section(line.desc()->lock);

        line.arrived();
        if (unlikely(!line.heard()))
            return line.remember();
        line.count();
        line.thread_ordered();
    }
    unsigned int answers = IRQ_NONE;
    for (irqaction &action : line.actions()) {
        trace_event2(irq_thread_entry, irq, &action, action.name);
        const irqreturn_t answer = action.thread_fn(action.irq, action.dev_id);
        trace_event3(irq_thread_exit, irq, &action, answer, action.name);
        answers |= answer;
    }
    if (!line.is(IRQ_NO_DEBUG))
        note_interrupt(line.desc(), static_cast<irqreturn_t>(answers));
    line.thread_done();
}
EXPORT_SYMBOL_GPL(handle_nested_irq);

// A line without a flow handler.
void handle_bad_irq(irq_desc *desc) {
    const irq_line line(desc);

    trace_event1(irq_dropped, line.number(), "no flow handler");
    print_irq_desc(line.number(), desc);
    line.count();
    ack_bad_irq(line.number());
}
EXPORT_SYMBOL_GPL(handle_bad_irq);
