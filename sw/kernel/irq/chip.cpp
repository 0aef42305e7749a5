// SPDX-License-Identifier: Apache-2.0
// What a line is set to (chip, flow handler, data), and its gate: starting, opening, closing and stopping it. Flow
// handlers are in flow.cpp, the callbacks of stacked chips in chip_hierarchy.cpp.
#include "kernel/irq/internals.h"

#include <linux/export.h>
#include <linux/kernel.h>

irqreturn_t no_action(int, void *) {
    return IRQ_NONE;
}
EXPORT_SYMBOL_GPL(no_action);

// Chained lines have no action of their own; one that runs is a mistake of the core or of who resent the line.
static irqreturn_t bad_chained_irq(int irq, void *) {
    WARN_ONCE(1, "Chained irq %d should not call an action\n", irq);
    return IRQ_NONE;
}

static irqaction chained_action = {.handler = bad_chained_irq};

bool irq_desc_is_chained(const irq_desc *desc) {
    return desc->action == &chained_action;
}

static void noop(irq_data *) {}
static unsigned int noop_ret(irq_data *) {
    return 0;
}
static void ack_bad(irq_data *data) {
    print_irq_desc(data->irq, irq_data_to_desc(data));
    ack_bad_irq(data->irq);
}

irq_chip no_irq_chip = {
    .name = "none",
    .irq_startup = noop_ret,
    .irq_shutdown = noop,
    .irq_enable = noop,
    .irq_disable = noop,
    .irq_ack = ack_bad,
    .flags = IRQCHIP_SKIP_SET_WAKE,
};

irq_chip dummy_irq_chip = {
    .name = "dummy",
    .irq_startup = noop_ret,
    .irq_shutdown = noop,
    .irq_enable = noop,
    .irq_disable = noop,
    .irq_ack = noop,
    .irq_mask = noop,
    .irq_unmask = noop,
    .flags = IRQCHIP_SKIP_SET_WAKE,
};
EXPORT_SYMBOL_GPL(dummy_irq_chip);

// What a line is set to

template <typename Set>
static int set_on_line(unsigned int irq, unsigned int check, Set set) {
    return on_line(irq, check, over::core, [&](irq_line line) {
        set(line);
        return 0;
    });
}

int irq_set_chip(unsigned int irq, const irq_chip *chip) {
    return set_on_line(irq, IRQ_GET_DESC_CHECK_ANY,
                       [&](irq_line line) { line.data()->chip = chip ? const_cast<irq_chip *>(chip) : &no_irq_chip; });
}
EXPORT_SYMBOL(irq_set_chip);

int irq_set_irq_type(unsigned int irq, unsigned int type) {
    return on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, over::bus,
                   [&](irq_line line) { return __irq_set_trigger(line.desc(), type); });
}
EXPORT_SYMBOL(irq_set_irq_type);

int irq_set_handler_data(unsigned int irq, void *data) {
    return set_on_line(irq, IRQ_GET_DESC_CHECK_ANY, [&](irq_line line) { line.data()->common->handler_data = data; });
}
EXPORT_SYMBOL(irq_set_handler_data);

int irq_set_msi_desc(unsigned int irq, msi_desc *entry) {
    return set_on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, [&](irq_line line) { line.data()->common->msi_desc = entry; });
}

int irq_set_chip_data(unsigned int irq, void *data) {
    return set_on_line(irq, IRQ_GET_DESC_CHECK_ANY, [&](irq_line line) { line.data()->chip_data = data; });
}
EXPORT_SYMBOL(irq_set_chip_data);

irq_data *irq_get_irq_data(unsigned int irq) {
    irq_desc *const desc = irq_to_desc(irq);

    return desc ? &desc->irq_data : nullptr;
}
EXPORT_SYMBOL_GPL(irq_get_irq_data);

// Kinds of lines that chips see too, as state.
static constexpr struct {
    unsigned int kind, state;
} mirrored_kinds[] = {
    {IRQ_NO_BALANCING, IRQD_NO_BALANCING},
    {IRQ_PER_CPU, IRQD_PER_CPU},
    {IRQ_MOVE_PCNTXT, IRQD_MOVE_PCNTXT},
    {IRQ_LEVEL, IRQD_LEVEL},
};

void irq_mirror_kind(irq_line line) {
    for (const auto &row : mirrored_kinds) {
        if (line.is(row.kind))
            line.set(row.state);
        else
            line.clear(row.state);
    }
}

void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set) {
    on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::core, [&](irq_line line) {
        // A line that is enabled already cannot be told not to be enabled.
        WARN_ON_ONCE((set & IRQ_NOAUTOEN) && line.desc()->depth == 0);
        line.cease(clr & IRQF_MODIFY_MASK);
        line.become(set & IRQF_MODIFY_MASK);
        irq_mirror_kind(line);
        // The trigger is part of the kind, too; a kind without one leaves the line's as it is.
        if (line.is(IRQ_TYPE_SENSE_MASK)) {
            line.clear(IRQD_TRIGGER_MASK);
            line.set(line.desc()->status_use_accessors & IRQ_TYPE_SENSE_MASK);
        }
        return 0;
    });
}
EXPORT_SYMBOL_GPL(irq_modify_status);

// The gate: what the controller has been told. `masked` follows each callback that changes it; a chip that lacks one
// leaves the line as it is.

void mask_irq(irq_desc *desc) {
    const irq_line line(desc);

    if (!line.masked() && line.ask<&irq_chip::irq_mask>())
        line.set(IRQD_IRQ_MASKED);
}

void unmask_irq(irq_desc *desc) {
    const irq_line line(desc);

    if (line.masked() && line.ask<&irq_chip::irq_unmask>())
        line.clear(IRQD_IRQ_MASKED);
}

void mask_ack_irq(irq_desc *desc) {
    const irq_line line(desc);

    if (line.ask<&irq_chip::irq_mask_ack>())
        return line.set(IRQD_IRQ_MASKED);
    mask_irq(desc);
    line.ask<&irq_chip::irq_ack>();
}

// The thread of a oneshot line has run.
void unmask_threaded_irq(irq_desc *desc) {
    if (desc->irq_data.chip->flags & IRQCHIP_EOI_THREADED)
        irq_line(desc).ask<&irq_chip::irq_eoi>();
    unmask_irq(desc);
}

void irq_enable(irq_desc *desc) {
    const irq_line line(desc);
    const bool was_disabled = line.disabled();

    line.clear(IRQD_IRQ_DISABLED);
    if (was_disabled && line.ask<&irq_chip::irq_enable>())
        line.clear(IRQD_IRQ_MASKED);
    else
        unmask_irq(desc);
}

// `at_once`: otherwise a chip without irq_disable is left open, as most disables are short; an interrupt that does come
// is masked then and remembered (lazy disable).
static void disable_line(irq_line line, bool at_once) {
    const bool was_enabled = !line.disabled();

    line.set(IRQD_IRQ_DISABLED);
    if (was_enabled && line.ask<&irq_chip::irq_disable>())
        line.set(IRQD_IRQ_MASKED);
    else if (at_once)
        mask_irq(line.desc());
}

void irq_disable(irq_desc *desc) {
    disable_line(desc, irq_line(desc).is(IRQ_DISABLE_UNLAZY));
}

void irq_percpu_enable(irq_desc *desc, unsigned int cpu) {
    const irq_line line(desc);

    if (!line.ask<&irq_chip::irq_enable>())
        line.ask<&irq_chip::irq_unmask>();
    cpumask_set_cpu(cpu, desc->percpu_enabled);
}

void irq_percpu_disable(irq_desc *desc, unsigned int cpu) {
    const irq_line line(desc);

    if (!line.ask<&irq_chip::irq_disable>())
        line.ask<&irq_chip::irq_mask>();
    cpumask_clear_cpu(cpu, desc->percpu_enabled);
}

// Starting and stopping

enum class start { first, again, later };

// A managed line, one whose CPUs were chosen for it, stays down while none of these is online.
static start how_to_start(irq_line line, bool force) {
    if (line.has(IRQD_IRQ_STARTED))
        return start::again;
    line.clear(IRQD_MANAGED_SHUTDOWN);
    if (!line.has(IRQD_AFFINITY_MANAGED) || cpumask_intersects(line.data()->common->affinity, cpu_online_mask))
        return start::first;
    WARN_ON_ONCE(force);
    line.set(IRQD_MANAGED_SHUTDOWN);
    return start::later;
}

static void route(irq_line line) {
    if (line.has(IRQD_AFFINITY_MANAGED))
        irq_do_set_affinity(line.data(), line.data()->common->affinity, false);
    else
        irq_setup_affinity(line.desc());
}

// What the chip's startup answers: whether an interrupt was pending then.
static int start_line(irq_line line) {
    int pending = 0;

    WARN_ON_ONCE(!line.has(IRQD_ACTIVATED));
    if (const auto startup = line.chip()->irq_startup) {
        pending = startup(line.data());
        line.clear(IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
    } else {
        irq_enable(line.desc());
    }
    line.set(IRQD_IRQ_STARTED);
    return pending;
}

int irq_startup(irq_desc *desc, bool resend, bool force) {
    const irq_line line(desc);
    int pending = 0;

    desc->depth = 0;
    switch (how_to_start(line, force)) {
    case start::later:
        return 0;
    case start::again:
        irq_enable(desc);
        break;
    case start::first:
        // Most chips are told where the line goes when it is up already.
        const bool routed_first = line.has(IRQD_AFFINITY_MANAGED) || line.chip()->flags & IRQCHIP_AFFINITY_PRE_STARTUP;
        if (routed_first)
            route(line);
        pending = start_line(line);
        if (!routed_first)
            route(line);
    }
    if (resend)
        check_irq_resend(desc, false);
    return pending;
}

int irq_activate(irq_desc *desc) {
    const irq_line line(desc);

    return line.has(IRQD_AFFINITY_MANAGED) ? 0 : irq_domain_activate_irq(line.data(), false);
}

int irq_activate_and_startup(irq_desc *desc, bool resend) {
    const bool failed = irq_activate(desc) != 0;

    return WARN_ON(failed) ? 0 : irq_startup(desc, resend, IRQ_START_FORCE);
}

void irq_shutdown(irq_desc *desc) {
    const irq_line line(desc);

    if (!line.has(IRQD_IRQ_STARTED))
        return;
    clear_irq_resend(desc);
    ++desc->depth;
    if (line.ask<&irq_chip::irq_shutdown>())
        line.set(IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
    else
        disable_line(line, true);
    line.clear(IRQD_IRQ_STARTED);
}

void irq_shutdown_and_deactivate(irq_desc *desc) {
    irq_shutdown(desc);
    // Deactivating a line that was never started is harmless: activation is idempotent.
    irq_domain_deactivate_irq(&desc->irq_data);
}

// Flow handlers of lines

// In a hierarchy it is enough that some level has a chip; a chained line, which is started at once, needs it outermost.
static bool has_controller(irq_line line, bool chained) {
    for (const irq_data *level = line.data(); level; level = chained ? nullptr : level->parent_data)
        if (level->chip != &no_irq_chip)
            return true;
    return false;
}

// Back to a line without a flow handler.
static void unset_flow(irq_line line, bool chained) {
    irq_desc *const desc = line.desc();

    if (has_controller(line, true))
        mask_ack_irq(desc);
    line.set(IRQD_IRQ_DISABLED);
    desc->depth = 1;
    if (chained)
        desc->action = nullptr;
}

// The line is another controller's now: it is up, and drivers cannot request it.
static void chain(irq_line line, irq_flow_handler_t handle) {
    irq_desc *const desc = line.desc();

    // Setting the type may exchange the handler; the chained one stays.
    if (const u32 type = irqd_get_trigger_type(line.data()); type != IRQ_TYPE_NONE) {
        __irq_set_trigger(desc, type);
        desc->handle_irq = handle;
    }
    line.become(IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOTHREAD);
    desc->action = &chained_action;
    irq_activate_and_startup(desc, IRQ_RESEND);
}

// A function of its own in reports, as on Linux.
noinline static void __irq_do_set_handler(irq_line line, irq_flow_handler_t handle, bool chained, const char *name) {
    const bool unset = !handle || handle == handle_bad_irq;

    if (handle && WARN_ON(!has_controller(line, chained)))
        return;
    if (unset)
        unset_flow(line, chained);
    line.desc()->handle_irq = unset ? handle_bad_irq : handle;
    line.desc()->name = name;
    if (chained && !unset)
        chain(line, handle);
}

void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained, const char *name) {
    on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::bus,
            [&](irq_line line) { return __irq_do_set_handler(line, handle, is_chained, name), 0; });
}
EXPORT_SYMBOL_GPL(__irq_set_handler);

void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data) {
    on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::bus, [&](irq_line line) {
        line.data()->common->handler_data = data;
        __irq_do_set_handler(line, handle, true, nullptr);
        return 0;
    });
}
EXPORT_SYMBOL_GPL(irq_set_chained_handler_and_data);

void irq_set_chip_and_handler_name(unsigned int irq, const irq_chip *chip, irq_flow_handler_t handle,
                                   const char *name) {
    irq_set_chip(irq, chip);
    __irq_set_handler(irq, handle, 0, name);
}
EXPORT_SYMBOL_GPL(irq_set_chip_and_handler_name);
