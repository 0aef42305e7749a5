// SPDX-License-Identifier: Apache-2.0
// Running a line's actions in hard interrupt context, and waking their threads.
#include "kernel/fault_inject.h"
#include "kernel/irq/in_progress.h"
#include "kernel/irq/internals.h"
#include "kernel/oops.h"

#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>

DEFINE_PER_CPU(irq_desc *, irq_desc_in_progress);

namespace {

// What an unexpected interrupt's report says of the line besides its figures, a row for each bit that is set.
struct told_bit {
    bool of_kind; // IRQ_*, else IRQS_*
    unsigned int bit;
    const char *name;
};
constexpr told_bit told_bits[] = {
    {true, IRQ_LEVEL, "IRQ_LEVEL"},
    {true, IRQ_PER_CPU, "IRQ_PER_CPU"},
    {true, IRQ_NOPROBE, "IRQ_NOPROBE"},
    {true, IRQ_NOREQUEST, "IRQ_NOREQUEST"},
    {true, IRQ_NOTHREAD, "IRQ_NOTHREAD"},
    {true, IRQ_NOAUTOEN, "IRQ_NOAUTOEN"},
    {false, IRQS_AUTODETECT, "IRQS_AUTODETECT"},
    {false, IRQS_REPLAY, "IRQS_REPLAY"},
    {false, IRQS_WAITING, "IRQS_WAITING"},
    {false, IRQS_PENDING, "IRQS_PENDING"},
};

void tell_code(const char *what, const void *code) {
    printk("->%s %p, %pS\n", what, code, code);
}

// A handler runs with interrupts masked and leaves them so, and the preemption count as it was. What it did otherwise
// is reported when the guard goes, and put right.
class handler_manners {
public:
    __always_inline handler_manners(unsigned int irq, irq_handler_t handler)
        : irq_(irq)
        , handler_(handler)
        , count_(preempt_count()) {}
    __always_inline ~handler_manners() {
        if (unlikely(!irqs_disabled()))
            opened_interrupts();
        if (unlikely(preempt_count() != count_))
            leaked_preemption();
    }

private:
    __always_inline void opened_interrupts() const {
        WARN(first_defect_of(code()) && defect_is(FINDING_irq_enabled), "irq %u handler %pS enabled interrupts\n", irq_,
             handler_);
        local_irq_disable();
    }
    __always_inline void leaked_preemption() const {
        WARN(first_defect_of(code()) && defect_is(FINDING_preempt_leak),
             "irq %u handler %pS preempt leak: %08x -> %08x\n", irq_, handler_, count_, preempt_count());
        preempt_count_set(static_cast<u64>(count_));
    }
    const void *code() const { return reinterpret_cast<const void *>(handler_); }

    const unsigned int irq_;
    const irq_handler_t handler_;
    const int count_;
};

__cold void report_missing_thread(unsigned int irq, irqaction &action) {
    if (test_and_set_bit(IRQTF_WARNED, &action.thread_flags))
        return;
    constexpr char complaint[] = "IRQ %d device %s returned IRQ_WAKE_THREAD but no thread function available.";
    char text[160];
    snprintf(text, sizeof(text), complaint, irq, action.name);
    printk(KERN_WARNING "%s", text);
    report_finding_at(FINDING_irq_no_thread, reinterpret_cast<const void *>(action.handler), "%s", text);
}

// One action's primary handler, between the two records that tell of it.
__always_inline irqreturn_t call_primary(unsigned int irq, irqaction &action) {
    trace_event2(irq_handler_entry, irq, &action, action.name);
    handler_manners watch(irq, action.handler);
    const irqreturn_t answer = action.handler(irq, action.dev_id);
    trace_event3(irq_handler_exit, irq, &action, answer, action.name);
    return answer;
}

// The line whose handlers this CPU runs, for as long as they do; then again the one that was interrupted by it.
class innermost_line {
public:
    explicit __always_inline innermost_line(irq_desc *desc)
        : outer_(__this_cpu_read(irq_desc_in_progress)) {
        __this_cpu_write(irq_desc_in_progress, desc);
    }
    __always_inline ~innermost_line() { __this_cpu_write(irq_desc_in_progress, outer_); }

private:
    irq_desc *const outer_;
};

} // namespace

void print_irq_desc(unsigned int irq, irq_desc *desc) {
    static DEFINE_RATELIMIT_STATE(ratelimit, 5 * HZ, 5);

    if (!__ratelimit(&ratelimit))
        return;
    const irqaction *first = desc->action;
    printk("irq %d, desc: %p, depth: %d, count: %d, unhandled: %d\n", irq, desc, desc->depth, desc->irq_count,
           desc->irqs_unhandled);
    tell_code("handle_irq(): ", reinterpret_cast<const void *>(desc->handle_irq));
    tell_code("irq_data.chip():", desc->irq_data.chip);
    printk("->action(): %p\n", first);
    if (first)
        tell_code("action->handler():", reinterpret_cast<const void *>(first->handler));
    for (const told_bit &row : told_bits)
        if (row.of_kind ? irq_line(desc).is(row.bit) : irq_line(desc).marked(row.bit))
            printk("%14s set\n", row.name);
}

// A new order for the action's thread. It is none while the last one has not begun: that run serves both. Nor can a
// thread be ordered that died; a oneshot line stays masked then, as no thread would open it again.
static __always_inline bool order(irqaction &action) {
    return !(action.thread->flags & PF_EXITING) && !test_and_set_bit(IRQTF_RUNTHREAD, &action.thread_flags);
}

// Orders one run of the action's thread. The caller serves the line, in hard interrupt context, or holds its lock: no
// other CPU orders at the same time, and irq_finalize_oneshot, which waits until the line is not served, cannot repay
// the bit in between.
void __irq_wake_thread(irq_desc *desc, irqaction *action) {
    const irq_line line(desc);

    if (order(*action)) {
        line.owe(action->thread_mask);
        line.thread_ordered();
        trace_event2(irq_thread_wake, line.number(), action, action->name);
        if (!fault_delays_wakeup(action->thread))
            wake_up_process(action->thread);
    }
}

// The answers of all actions in one: what any of them said. A function of its own in reports, as on Linux.
noinline irqreturn_t __handle_irq_event_percpu(irq_desc *desc) {
    const irq_line line(desc);
    unsigned int answers = IRQ_NONE;

    for (irqaction &action : line.actions()) {
        const irqreturn_t answer = call_primary(line.number(), action);

        answers |= answer;
        if (answer != IRQ_WAKE_THREAD)
            continue;
        if (likely(action.thread_fn != nullptr))
            __irq_wake_thread(desc, &action);
        else
            report_missing_thread(line.number(), action);
    }
    return static_cast<irqreturn_t>(answers);
}

bool irq_in_progress_may_be_threaded() {
    irq_desc *const desc = __this_cpu_read(irq_desc_in_progress);
    bool may_be = desc && !irq_line(desc).is(IRQ_NOTHREAD);

    if (may_be)
        for (const irqaction &action : irq_line(desc).actions())
            may_be = may_be && !(action.flags & (IRQF_NO_THREAD | IRQF_PERCPU | IRQF_ONESHOT));
    return may_be;
}

irqreturn_t handle_irq_event_percpu(irq_desc *desc) {
    const irqreturn_t answers = __handle_irq_event_percpu(desc);

    if (!irq_line(desc).is(IRQ_NO_DEBUG))
        note_interrupt(desc, answers);
    return answers;
}

// Called with the line's lock held; drops it while the actions run.
irqreturn_t handle_irq_event(irq_desc *desc) {
    const irq_serving service(desc);
    const innermost_line mine(desc);

    return handle_irq_event_percpu(desc);
}
