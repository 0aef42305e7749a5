// SPDX-License-Identifier: Apache-2.0
// Requesting and freeing lines. Threads are in thread.cpp, per-CPU lines in percpu.cpp, enable and disable in
// control.cpp.
//
// A request is a chain of steps, each of which leaves a guard that takes it back; when the last one has succeeded the
// guards are dismissed. Locks, from the outside: request_mutex (one request or free of the line at a time), the chip's
// bus lock, the line's lock.
#include "kernel/fault_inject.h"
#include "kernel/irq/internals.h"
#include "kernel/module/owned.h"
#include "kernel/oops.h"

#include <linux/bitops.h>
#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "lib/result.h"
#include "port/order.h"

// Whether one more handler with these flags would fit on the line.
int can_request_irq(unsigned int irq, unsigned long irqflags) {
    desc_lock desc(irq);

    if (!desc || irq_line(desc.get()).is(IRQ_NOREQUEST))
        return 0;
    return !desc->action || (irqflags & desc->action->flags & IRQF_SHARED);
}

namespace {

// Combinations of flags that make no sense, regardless of the line: those on the left without those on the right.
constexpr struct {
    unsigned long with, without;
} contradictions[] = {
    {IRQF_SHARED | IRQF_NO_AUTOEN, 0}, // another's request would open the line
    {IRQF_COND_SUSPEND, IRQF_SHARED},  // it is a statement about the others on the line
    {IRQF_COND_SUSPEND | IRQF_NO_SUSPEND, 0},
};

bool makes_sense(unsigned long flags, const void *dev_id) {
    for (const auto &row : contradictions)
        if ((flags & row.with) == row.with && !(flags & row.without))
            return false;
    // free_irq finds a shared handler by its dev_id.
    return dev_id || !(flags & IRQF_SHARED);
}

// A line that is somewhere at all.
result<irq_desc *> connected_line(unsigned int irq) {
    if (irq == IRQ_NOTCONNECTED)
        return failure(-ENOTCONN);
    if (irq_desc *const desc = irq_to_desc(irq))
        return desc;
    return failure(-EINVAL);
}

// The memory of an action, with that of its secondary one, until the line takes it over.
class owned_action {
public:
    explicit owned_action(irqaction *action)
        : action_(action) {}
    ~owned_action() {
        if (action_)
            kfree(action_->secondary);
        kfree(action_);
    }
    owned_action(const owned_action &) = delete;
    owned_action &operator=(const owned_action &) = delete;
    explicit operator bool() const { return action_ != nullptr; }
    irqaction &operator*() const { return *action_; }
    void handed_over() { action_ = nullptr; }

private:
    irqaction *action_;
};

// Who runs what: fills in what the request left open, by the line it is for and by threadirqs.
int cast_roles(irq_line line, irqaction &action) {
    action.irq = line.number();
    // No trigger asked for: what the device tree or the chip's default says.
    if (!(action.flags & IRQF_TRIGGER_MASK))
        action.flags |= irqd_get_trigger_type(line.data());
    if (!line.is(IRQ_NESTED_THREAD))
        return line.is(IRQ_NOTHREAD) ? 0 : irq_setup_forced_threading(&action);
    // The parent's thread calls thread_fn; a primary handler would never run.
    action.handler = irq_nested_primary_handler;
    return action.thread_fn ? 0 : -EINVAL;
}

// Everybody on a line must agree: that it is shared, on the trigger, on ONESHOT and PERCPU. As to the trigger, what the
// line is set to counts and not what the first request said, which may have said nothing.
bool may_share(irq_line line, const irqaction &first, const irqaction &action) {
    if (!irqd_trigger_type_was_set(line.data()))
        irqd_set_trigger_type(line.data(), action.flags & IRQF_TRIGGER_MASK);
    const unsigned int differences = first.flags ^ action.flags;
    return (first.flags & action.flags & IRQF_SHARED) && !(differences & (IRQF_ONESHOT | IRQF_PERCPU)) &&
           irqd_get_trigger_type(line.data()) == (action.flags & IRQF_TRIGGER_MASK);
}

void report_mismatch(const irqaction &action, const irqaction &first) {
    if (action.flags & IRQF_PROBE_SHARED)
        return;
    char text[200];
    snprintf(text, sizeof(text), "genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)", action.irq, action.flags,
             action.name, first.flags, first.name);
    pr_err("%s\n", text);
    if (debug_checks) // Linux: DEBUG_SHIRQ
        dump_stack();
    report_finding(FINDING_irq_flags, "%s", text);
}

// Each action of a oneshot line has a bit of its own, and the line opens when those of all woken threads are back.
// Without ONESHOT, a request for a thread alone is refused: its level would come again at once, for ever. Some chips
// are safe (one message an event); others cannot know.
int choose_debt(irq_line line, irqaction &action) {
    if (action.flags & IRQF_ONESHOT) {
        unsigned long taken = 0;

        for (const irqaction &other : line.actions())
            taken |= other.thread_mask;
        if (!~taken)
            return -EBUSY;
        action.thread_mask = 1ul << ffz(taken);
    } else if (action.handler == irq_default_primary_handler && !(line.chip()->flags & IRQCHIP_ONESHOT_SAFE)) {
        char text[160];
        snprintf(text, sizeof(text), "genirq: Threaded irq requested with handler=NULL and !ONESHOT for %s (irq %d)",
                 action.name, action.irq);
        pr_err("%s\n", text);
        report_finding(FINDING_irq_oneshot, "%s", text);
        return -EINVAL;
    }
    return 0;
}

// What the first action makes of a line, before it can fire.
int prepare_line(irq_line line, const irqaction &action) {
    const unsigned int trigger = action.flags & IRQF_TRIGGER_MASK;

    if (const int error = trigger ? __irq_set_trigger(line.desc(), trigger) : 0)
        return error;
    // Affinity and the like that were set before reach the hardware now.
    if (const int error = irq_activate(line.desc()))
        return error;

    line.clear(IRQD_IRQ_INPROGRESS);
    line.unmark(IRQS_AUTODETECT | IRQS_SPURIOUS_DISABLED | IRQS_ONESHOT | IRQS_WAITING);
    if (action.flags & IRQF_ONESHOT)
        line.mark(IRQS_ONESHOT);
    if (action.flags & IRQF_PERCPU)
        line.become(IRQ_PER_CPU);
    if (noirqdebug || (action.flags & IRQF_PERCPU && action.flags & IRQF_NO_DEBUG))
        line.become(IRQ_NO_DEBUG);
    if (action.flags & IRQF_NOBALANCING)
        line.become(IRQ_NO_BALANCING);
    irq_mirror_kind(line);
    return 0;
}

void start_line(irq_line line, const irqaction &action) {
    if (!(action.flags & IRQF_NO_AUTOEN) && !line.is(IRQ_NOAUTOEN)) {
        irq_startup(line.desc(), IRQ_RESEND, IRQ_START_COND);
        return;
    }
    // Others on a shared line would wait for this driver's enable_irq.
    WARN_ON_ONCE(action.flags & IRQF_SHARED);
    line.desc()->depth = 1;
}

// What the actions of a line want of suspend is counted by kind.
void count_suspend_wishes(irq_desc &desc, const irqaction &action, int one) {
    desc.nr_actions += one;
    desc.force_resume_depth += action.flags & IRQF_FORCE_RESUME ? one : 0;
    desc.no_suspend_depth += action.flags & IRQF_NO_SUSPEND ? one : 0;
    desc.cond_suspend_depth += (action.flags & (IRQF_NO_SUSPEND | IRQF_COND_SUSPEND)) == IRQF_COND_SUSPEND ? one : 0;
}

// Puts the action behind the others. The line's lock is held.
int join(irq_line line, irqaction &action) {
    irq_desc &desc = *line.desc();
    const irqaction *const first = desc.action;

    if (first && !may_share(line, *first, action)) {
        report_mismatch(action, *first);
        return -EBUSY;
    }
    if (const int error = choose_debt(line, action))
        return error;
    if (!first) {
        if (const int error = prepare_line(line, action))
            return error;
        start_line(line, action);
    }
    irqaction **end = &desc.action;
    while (*end)
        end = &(*end)->next;
    *end = &action;
    count_suspend_wishes(desc, action, 1);
    irq_forgive(line);
    return 0;
}

// The same with the locks and the chip's resources, which belong to the line from its first action to its last.
int enter(irq_line line, irqaction &action) {
    hold turn(line.desc()->request_mutex);
    chip_bus bus(line.desc());
    const auto request_resources = line.desc()->action ? nullptr : line.chip()->irq_request_resources;

    if (const int error = request_resources ? request_resources(line.data()) : 0) {
        pr_err("genirq: Failed to request resources for %s (irq %d) on irqchip %s\n", action.name, action.irq,
               line.chip()->name);
        return error;
    }
    hold_irqsave section(line.desc()->lock);
    const int error = join(line, action);
    section.release();
    if (error && !line.desc()->action)
        line.ask<&irq_chip::irq_release_resources>();
    return error;
}

int __setup_irq(irq_line line, irqaction &action) {
    module *const owner = line.desc()->owner;

    if (line.chip() == &no_irq_chip)
        return -ENOSYS;
    if (!try_module_get(owner))
        return -ENODEV;
    on_failure unpin([&] { module_put(owner); });

    if (const int error = cast_roles(line, action))
        return error;
    on_failure dismiss_threads([&] { irq_stop_threads(action); });
    if (action.thread_fn && !line.is(IRQ_NESTED_THREAD))
        if (const int error = irq_start_threads(action, line.number()))
            return error;

    // On chips that deliver one message per event, oneshot masking is not needed.
    if (line.chip()->flags & IRQCHIP_ONESHOT_SAFE)
        action.flags &= ~IRQF_ONESHOT;
    order_tell(hand_over, &action);
    if (const int error = enter(line, action))
        return error;
    dismiss_threads.dismiss();
    unpin.dismiss();

    trace_event4(irq_request, line.number(), &action, action.flags, action.thread_fn != nullptr, action.name);
    irq_await_threads(line, action);
    register_irq_proc(line.number(), line.desc());
    register_handler_proc(line.number(), &action);
    return 0;
}

// Takes the action of dev_id off the line; the last one out closes it. Null: there is none.
irqaction *leave(irq_line line, void *dev_id) {
    irq_desc &desc = *line.desc();
    // A thread of this line may need the bus lock to come to an end: the wait for it is outside.
    chip_bus bus(&desc);
    hold_irqsave section(desc.lock);
    irqaction **link = &desc.action;

    while (*link && (*link)->dev_id != dev_id)
        link = &(*link)->next;
    irqaction *const action = *link;
    if (!action)
        return nullptr;
    *link = action->next;
    count_suspend_wishes(desc, *action, -1);
    if (!desc.action) {
        line.cease(IRQ_DISABLE_UNLAZY);
        irq_shutdown(&desc);
    }
    if (WARN_ON_ONCE(desc.affinity_hint))
        desc.affinity_hint = nullptr;
    return action;
}

// No action is left and no interrupt in flight: the controller forgets the line.
void vacate(irq_line line) {
    chip_bus bus(line.desc());
    {
        hold_irqsave section(line.desc()->lock);
        irq_domain_deactivate_irq(line.data());
    }
    line.ask<&irq_chip::irq_release_resources>();
}

// The debug kernel (Linux: DEBUG_SHIRQ) calls a shared handler once more: another device on the line may interrupt
// until the very end of free_irq, so what the handler uses must still be there.
void call_once_more(const irqaction &action) {
    irqs_off as_there;

    action.handler(action.irq, action.dev_id);
}

irqaction *__free_irq(irq_line line, void *dev_id) {
    const unsigned int irq = line.number();

    module *const owner = line.desc()->owner;

    WARN(in_interrupt(), "Trying to free IRQ %d from IRQ context!\n", irq);
    hold turn(line.desc()->request_mutex);
    if (unlikely(in_task() && irq_thread_of(line))) {
        irq_report_waits(line, "thread");
        return nullptr; // it stays: the thread runs in it
    }
    irqaction *const action = leave(line, dev_id);
    if (!action) {
        WARN(defect_is(FINDING_irq_free), "Trying to free already-free IRQ %d\n", irq);
        return nullptr;
    }
    unregister_handler_proc(irq, action);
    // No CPU may still be in the handler, nor the controller about to deliver.
    synchronize_hardirq_of(line.desc(), true);
    if (debug_checks && action->flags & IRQF_SHARED && !line.is(IRQ_NESTED_THREAD))
        call_once_more(*action);
    // A shared line can go on firing for others; the thread ends after what it was woken for.
    irq_stop_threads(*action);
    order_tell(waited, action);
    if (!line.desc()->action)
        vacate(line);
    trace_event2(irq_free, irq, action, action->name);
    turn.release();
    module_put(owner);
    return action;
}

} // namespace

irq_desc *irq_ordinary_line(unsigned int irq) {
    irq_desc *const desc = irq_to_desc(irq);

    return desc && !WARN_ON(irq_line(desc).is(IRQ_PER_CPU_DEVID)) ? desc : nullptr;
}

const void *free_irq(unsigned int irq, void *dev_id) {
    irq_desc *const desc = irq_ordinary_line(irq);

    // A driver that watches where the line goes has to stop before.
    if (desc && WARN_ON(desc->affinity_notify != nullptr))
        desc->affinity_notify = nullptr;
    const owned_action freed(desc ? __free_irq(desc, dev_id) : nullptr);
    return freed ? (*freed).name : nullptr;
}
EXPORT_SYMBOL(free_irq);

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn, unsigned long irqflags,
                         const char *devname, void *dev_id) {
    result<irq_desc *> desc = connected_line(irq);
    if (!desc)
        return desc.error();
    const bool sound = makes_sense(irqflags, dev_id) && (handler || thread_fn);
    if (!sound || irq_line(*desc).is(IRQ_NOREQUEST) || !irq_ordinary_line(irq))
        return -EINVAL;

    void *const memory = should_fail(FAULT_request_irq) ? nullptr : kzalloc(sizeof(irqaction), GFP_KERNEL);
    owned_action action(static_cast<irqaction *>(memory));
    if (!action)
        return -ENOMEM;
    *action = {.handler = handler ? handler : irq_default_primary_handler,
               .dev_id = dev_id,
               .thread_fn = thread_fn,
               .flags = static_cast<unsigned int>(irqflags),
               .name = devname,
               .site = owned_caller()};
    const int error = __setup_irq(*desc, *action);
    if (!error)
        action.handed_over();
    return error;
}
EXPORT_SYMBOL(request_threaded_irq);

int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
                            void *dev_id) {
    irq_desc *const desc = irq_to_desc(irq); // null: the request is refused, and says why
    // On a nested line the handler is its thread function.
    const bool nested = desc && irq_line(desc).is(IRQ_NESTED_THREAD);
    const irq_handler_t roles[] = {handler, nullptr};
    const int error = request_threaded_irq(irq, roles[nested], roles[!nested], flags, name, dev_id);
    const int context = nested ? IRQC_IS_NESTED : IRQC_IS_HARDIRQ;
    return error ? error : context;
}
EXPORT_SYMBOL_GPL(request_any_context_irq);

// A wake-up line that suspend had armed. The system never suspends: nothing is ever armed.
void rearm_wake_irq(unsigned int irq) {
    on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, over::bus, [](irq_line line) {
        const bool was_armed = line.marked(IRQS_SUSPENDED) && line.has(IRQD_WAKEUP_STATE);

        if (was_armed) {
            line.unmark(IRQS_SUSPENDED);
            line.set(IRQD_WAKEUP_ARMED);
            __enable_irq(line.desc());
        }
        return 0;
    });
}
