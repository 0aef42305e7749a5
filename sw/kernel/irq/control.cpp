// SPDX-License-Identifier: Apache-2.0
// What drivers do with a line between request and free: disable and enable, wait, wake-up, the controller's own state.
#include "kernel/irq/internals.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/processor.h>
#include <linux/sched.h>

#include "kernel/oops.h"
#include "lib/result.h"
#include "port/order.h"

// The nearest level of a line's hierarchy whose chip has the callback, with every level before it having a chip.
// -EINVAL: none has; -ENODEV: a level without a chip.
template <auto callback>
static result<irq_data *> level_with(irq_data *data) {
    irq_data *level = data;
    while (level && level->chip && !(level->chip->*callback))
        level = level->parent_data;
    if (!level)
        return failure(-EINVAL);
    if (WARN_ON_ONCE(!level->chip))
        return failure(-ENODEV);
    return level;
}

// Waiting for handlers

// Linux would wait here for ever, without a word. It is said, and the wait left out.
static bool waits_for_itself(irq_line line) {
    if (likely(!in_hardirq() || __this_cpu_read(irq_desc_in_progress) != line.desc()))
        return false;
    irq_report_waits(line, "handler");
    return true;
}

void irq_report_waits(irq_line line, const char *part) {
    pr_emerg("BUG: irq %u: its %s waits for itself to end on CPU#%u\n", line.number(), part, raw_smp_processor_id());
    dump_stack();
    report_finding(FINDING_irq_waits_for_itself, "BUG: irq %u: its %s waits for itself to end", line.number(), part);
}

// The thread of one of the line's actions calls.
bool irq_thread_of(irq_line line) {
    for (const irqaction &action : line.actions())
        for (const irqaction *part = &action; part; part = part->secondary)
            if (part->thread == current)
                return true;
    return false;
}

// Being handled, or (`sync_chip`) accepted by the controller and not begun by any CPU.
static bool in_flight(irq_line line, bool sync_chip) {
    hold_irqsave section(line.desc()->lock);
    bool active = line.served();

    if (!active && sync_chip)
        irq_get_irqchip_state_of(line.data(), IRQCHIP_STATE_ACTIVE, &active);
    return active;
}

// False if threads of the line are still active.
bool synchronize_hardirq_of(irq_desc *desc, bool sync_chip) {
    const irq_line line(desc);

    if (unlikely(waits_for_itself(line)))
        return false;
    do {
        // Without the lock, which the handler may need to come to an end.
        while (READ_ONCE(desc->irq_common_data.state_use_accessors) & IRQD_IRQ_INPROGRESS)
            cpu_relax();
    } while (in_flight(line, sync_chip));
    order_tell(waited, desc);
    return line.threads_idle();
}

void synchronize_irq_of(irq_desc *desc) {
    const irq_line line(desc);
    const bool over = synchronize_hardirq_of(desc, true);

    if (!over && in_hardirq())
        return; // reported
    if (unlikely(!over && irq_thread_of(line)))
        return irq_report_waits(line, "thread");
    // No new thread run can begin that this caller would have to wait for: only those of handlers that have ended.
    wait_event(desc->wait_for_threads, line.threads_idle());
    order_tell(waited, desc);
}

bool synchronize_hardirq(unsigned int irq) {
    irq_desc *const desc = irq_to_desc(irq);

    return !desc || synchronize_hardirq_of(desc, false);
}
EXPORT_SYMBOL(synchronize_hardirq);

void synchronize_irq(unsigned int irq) {
    if (irq_desc *const desc = irq_to_desc(irq))
        synchronize_irq_of(desc);
}
EXPORT_SYMBOL(synchronize_irq);

// Disable and enable

void __disable_irq(irq_desc *desc) {
    const bool outermost = desc->depth == 0;

    desc->depth++;
    if (outermost)
        irq_disable(desc);
}

static bool disable_nosync(unsigned int irq) {
    return on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, over::bus,
                   [](irq_line line) { return __disable_irq(line.desc()), 0; }) == 0;
}

void disable_irq_nosync(unsigned int irq) {
    disable_nosync(irq);
}
EXPORT_SYMBOL(disable_irq_nosync);

void disable_irq(unsigned int irq) {
    might_sleep();
    if (disable_nosync(irq))
        synchronize_irq(irq);
}
EXPORT_SYMBOL(disable_irq);

bool disable_hardirq(unsigned int irq) {
    return disable_nosync(irq) && synchronize_hardirq(irq);
}
EXPORT_SYMBOL_GPL(disable_hardirq);

// A function of its own in reports, as on Linux: drivers find it there.
noinline void __enable_irq(irq_desc *desc) {
    order_tell(hand_over, desc);
    const irq_line line(desc);
    // The disable that suspend did is not a driver's to take back.
    const unsigned int own = desc->depth - (desc->depth == 1 && line.marked(IRQS_SUSPENDED));

    if (own > 1) {
        desc->depth--;
    } else if (own == 1) {
        // An explicit enable is the end of IRQF_NO_AUTOEN: probing leaves the line alone from now on.
        line.become(IRQ_NOPROBE);
        irq_startup(desc, IRQ_RESEND, IRQ_START_FORCE);
    } else {
        WARN(defect_is(FINDING_irq_unbalanced), KERN_WARNING "Unbalanced enable for IRQ %d\n", line.number());
    }
}

void enable_irq(unsigned int irq) {
    on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, over::bus, [&](irq_line line) {
        if (!WARN(!line.chip(), KERN_ERR "enable_irq before setup/request_irq: irq %u\n", irq))
            __enable_irq(line.desc());
        return 0;
    });
}
EXPORT_SYMBOL(enable_irq);

// Wake-up sources

static int tell_wake(irq_line line, bool on) {
    if (line.chip()->flags & IRQCHIP_SKIP_SET_WAKE)
        return 0;
    return line.chip()->irq_set_wake ? line.chip()->irq_set_wake(line.data(), on) : -ENXIO;
}

// The chip is told of the first user that comes and of the last one that goes. If it refuses, nothing has happened.
static int count_wake(irq_line line, bool on) {
    unsigned int &users = line.desc()->wake_depth;

    if (WARN(!on && !users, "Unbalanced IRQ %d wake disable\n", line.number()))
        return 0;
    const unsigned int then = on ? users + 1 : users - 1;
    if (then + users == 1) {
        if (const int error = tell_wake(line, on))
            return error;
        line.clear(IRQD_WAKEUP_STATE);
        line.set(on ? IRQD_WAKEUP_STATE : 0);
    }
    users = then;
    return 0;
}

int irq_set_irq_wake(unsigned int irq, unsigned int on) {
    return on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, over::bus, [&](irq_line line) { return count_wake(line, on); });
}
EXPORT_SYMBOL(irq_set_irq_wake);

int irq_set_parent(int irq, int parent_irq) {
    return on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::core,
                   [&](irq_line line) { return line.desc()->parent_irq = parent_irq, 0; });
}
EXPORT_SYMBOL_GPL(irq_set_parent);

// Trigger type. The line's lock is held.

// Chips that glitch when their trigger changes want the line masked meanwhile.
class trigger_change {
public:
    explicit trigger_change(irq_line line)
        : line_(line)
        , masks_(line.chip()->flags & IRQCHIP_SET_TYPE_MASKED) {
        if (masks_)
            mask_irq(line.desc());
    }
    ~trigger_change() {
        if (masks_ && !line_.disabled())
            unmask_irq(line_.desc());
    }
    trigger_change(const trigger_change &) = delete;
    trigger_change &operator=(const trigger_change &) = delete;

private:
    irq_line line_;
    bool masks_;
};

// The kind of the line follows the trigger that it has now.
static void adopt_trigger(irq_line line) {
    const u32 type = irqd_get_trigger_type(line.data());

    line.cease(IRQ_TYPE_SENSE_MASK | IRQ_LEVEL);
    line.become(type | (type & IRQ_TYPE_LEVEL_MASK ? IRQ_LEVEL : 0));
    irq_mirror_kind(line);
}

int __irq_set_trigger(irq_desc *desc, unsigned long flags) {
    const irq_line line(desc);
    const u32 type = flags & IRQ_TYPE_SENSE_MASK;

    // A controller with one fixed type for its lines.
    if (!line.chip() || !line.chip()->irq_set_type) {
        pr_debug("No set_type function for IRQ %d (%s)\n", line.number(), line.chip() ? line.chip()->name : "unknown");
        return 0;
    }
    trigger_change quiet(line);
    const int answer = line.chip()->irq_set_type(line.data(), type);
    const bool copied = answer == IRQ_SET_MASK_OK_NOCOPY;
    if (!copied && answer != IRQ_SET_MASK_OK && answer != IRQ_SET_MASK_OK_DONE) {
        pr_err("genirq: Setting trigger mode %u for irq %u failed (%pS)\n", type, line.number(),
               line.chip()->irq_set_type);
        return answer;
    }
    if (!copied) {
        line.clear(IRQD_TRIGGER_MASK);
        line.set(type);
    }
    adopt_trigger(line);
    return 0;
}

// State in the controller

int irq_get_irqchip_state_of(irq_data *data, irqchip_irq_state which, bool *state) {
    result<irq_data *> level = level_with<&irq_chip::irq_get_irqchip_state>(data);

    return level ? (*level)->chip->irq_get_irqchip_state(*level, which, state) : level.error();
}

int irq_get_irqchip_state(unsigned int irq, irqchip_irq_state which, bool *state) {
    return on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::bus,
                   [&](irq_line line) { return irq_get_irqchip_state_of(line.data(), which, state); });
}
EXPORT_SYMBOL_GPL(irq_get_irqchip_state);

int irq_set_irqchip_state(unsigned int irq, irqchip_irq_state which, bool val) {
    return on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::bus, [&](irq_line line) {
        result<irq_data *> level = level_with<&irq_chip::irq_set_irqchip_state>(line.data());

        return level ? (*level)->chip->irq_set_irqchip_state(*level, which, val) : level.error();
    });
}
EXPORT_SYMBOL_GPL(irq_set_irqchip_state);

int irq_set_vcpu_affinity(unsigned int irq, void *vcpu_info) {
    return on_line(irq, 0, over::core, [&](irq_line line) {
        irq_data *level = level_that_has<&irq_chip::irq_set_vcpu_affinity>(line.data());

        return level ? level->chip->irq_set_vcpu_affinity(level, vcpu_info) : -ENOSYS;
    });
}
EXPORT_SYMBOL_GPL(irq_set_vcpu_affinity);
