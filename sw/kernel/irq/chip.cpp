// SPDX-License-Identifier: Apache-2.0
// What a line is set to (chip, flow handler, data), and starting, masking and stopping it. Flow handlers are in
// flow.cpp, the callbacks of stacked chips in chip_hierarchy.cpp.
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

int irq_set_chip(unsigned int irq, const irq_chip *chip) {
    desc_lock desc(irq);

    if (!desc)
        return -EINVAL;
    desc->irq_data.chip = const_cast<irq_chip *>(chip ? chip : &no_irq_chip);
    return 0;
}
EXPORT_SYMBOL(irq_set_chip);

int irq_set_irq_type(unsigned int irq, unsigned int type) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL, true);

    return desc ? __irq_set_trigger(desc.get(), type) : -EINVAL;
}
EXPORT_SYMBOL(irq_set_irq_type);

int irq_set_handler_data(unsigned int irq, void *data) {
    desc_lock desc(irq);

    if (!desc)
        return -EINVAL;
    desc->irq_common_data.handler_data = data;
    return 0;
}
EXPORT_SYMBOL(irq_set_handler_data);

int irq_set_msi_desc(unsigned int irq, msi_desc *entry) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL);

    if (!desc)
        return -EINVAL;
    desc->irq_common_data.msi_desc = entry;
    return 0;
}

int irq_set_chip_data(unsigned int irq, void *data) {
    desc_lock desc(irq);

    if (!desc)
        return -EINVAL;
    desc->irq_data.chip_data = data;
    return 0;
}
EXPORT_SYMBOL(irq_set_chip_data);

irq_data *irq_get_irq_data(unsigned int irq) {
    irq_desc *desc = irq_to_desc(irq);

    return desc ? &desc->irq_data : nullptr;
}
EXPORT_SYMBOL_GPL(irq_get_irq_data);

// Starting and stopping

static void irq_state_clr_disabled(irq_desc *desc) {
    irqd_clear(&desc->irq_data, IRQD_IRQ_DISABLED);
}
static void irq_state_clr_masked(irq_desc *desc) {
    irqd_clear(&desc->irq_data, IRQD_IRQ_MASKED);
}

static int __irq_startup(irq_desc *desc) {
    irq_data *d = irq_desc_get_irq_data(desc);
    int ret = 0;

    WARN_ON_ONCE(!irqd_is_activated(d));
    if (d->chip->irq_startup) {
        ret = d->chip->irq_startup(d);
        irq_state_clr_disabled(desc);
        irq_state_clr_masked(desc);
    } else {
        irq_enable(desc);
    }
    irqd_set(d, IRQD_IRQ_STARTED);
    return ret;
}

// A managed line, one whose CPUs were chosen for it, stays down while none of these is online.
static bool start_must_wait(irq_desc *desc, const cpumask *aff, bool force) {
    irq_data *d = irq_desc_get_irq_data(desc);

    if (!irqd_affinity_is_managed(d))
        return false;
    irqd_clear(d, IRQD_MANAGED_SHUTDOWN);
    if (cpumask_any_and(aff, cpu_online_mask) < nr_cpu_ids) {
        irq_do_set_affinity(d, aff, false);
        return false;
    }
    WARN_ON_ONCE(force);
    irqd_set(d, IRQD_MANAGED_SHUTDOWN);
    return true;
}

int irq_startup(irq_desc *desc, bool resend, bool force) {
    irq_data *d = irq_desc_get_irq_data(desc);
    int ret = 0;

    desc->depth = 0;
    if (irqd_is_started(d)) {
        irq_enable(desc);
    } else if (start_must_wait(desc, irq_data_get_affinity_mask(d), force)) {
        return 0;
    } else {
        if (d->chip->flags & IRQCHIP_AFFINITY_PRE_STARTUP)
            irq_setup_affinity(desc);
        ret = __irq_startup(desc);
        if (!(d->chip->flags & IRQCHIP_AFFINITY_PRE_STARTUP))
            irq_setup_affinity(desc);
    }
    if (resend)
        check_irq_resend(desc, false);
    return ret;
}

int irq_activate(irq_desc *desc) {
    irq_data *d = irq_desc_get_irq_data(desc);

    return irqd_affinity_is_managed(d) ? 0 : irq_domain_activate_irq(d, false);
}

int irq_activate_and_startup(irq_desc *desc, bool resend) {
    return WARN_ON(irq_activate(desc)) ? 0 : irq_startup(desc, resend, IRQ_START_FORCE);
}

void irq_shutdown(irq_desc *desc) {
    if (!irqd_is_started(&desc->irq_data))
        return;
    clear_irq_resend(desc);
    desc->depth++;
    if (desc->irq_data.chip->irq_shutdown) {
        desc->irq_data.chip->irq_shutdown(&desc->irq_data);
        irq_state_set_disabled(desc);
        irq_state_set_masked(desc);
    } else if (!irqd_irq_disabled(&desc->irq_data)) {
        irq_state_set_disabled(desc);
        if (desc->irq_data.chip->irq_disable) {
            desc->irq_data.chip->irq_disable(&desc->irq_data);
            irq_state_set_masked(desc);
        } else {
            mask_irq(desc);
        }
    } else {
        // Lazily disabled: not masked yet.
        mask_irq(desc);
    }
    irqd_clear(&desc->irq_data, IRQD_IRQ_STARTED);
}

void irq_shutdown_and_deactivate(irq_desc *desc) {
    irq_shutdown(desc);
    // Deactivating a line that was never started is harmless: activation is idempotent.
    irq_domain_deactivate_irq(&desc->irq_data);
}

void irq_enable(irq_desc *desc) {
    if (!irqd_irq_disabled(&desc->irq_data)) {
        unmask_irq(desc);
        return;
    }
    irq_state_clr_disabled(desc);
    if (desc->irq_data.chip->irq_enable) {
        desc->irq_data.chip->irq_enable(&desc->irq_data);
        irq_state_clr_masked(desc);
    } else {
        unmask_irq(desc);
    }
}

// A chip without irq_disable is left unmasked: most disables are short, and an interrupt that does come is masked then
// and remembered (lazy disable). IRQ_DISABLE_UNLAZY asks for the mask at once.
void irq_disable(irq_desc *desc) {
    bool mask = irq_settings_disable_unlazy(desc);

    if (irqd_irq_disabled(&desc->irq_data)) {
        if (mask)
            mask_irq(desc);
        return;
    }
    irq_state_set_disabled(desc);
    if (desc->irq_data.chip->irq_disable) {
        desc->irq_data.chip->irq_disable(&desc->irq_data);
        irq_state_set_masked(desc);
    } else if (mask) {
        mask_irq(desc);
    }
}

void irq_percpu_enable(irq_desc *desc, unsigned int cpu) {
    if (desc->irq_data.chip->irq_enable)
        desc->irq_data.chip->irq_enable(&desc->irq_data);
    else
        desc->irq_data.chip->irq_unmask(&desc->irq_data);
    cpumask_set_cpu(cpu, desc->percpu_enabled);
}

void irq_percpu_disable(irq_desc *desc, unsigned int cpu) {
    if (desc->irq_data.chip->irq_disable)
        desc->irq_data.chip->irq_disable(&desc->irq_data);
    else
        desc->irq_data.chip->irq_mask(&desc->irq_data);
    cpumask_clear_cpu(cpu, desc->percpu_enabled);
}

void mask_ack_irq(irq_desc *desc) {
    irq_chip *chip = desc->irq_data.chip;

    if (chip->irq_mask_ack) {
        chip->irq_mask_ack(&desc->irq_data);
        irq_state_set_masked(desc);
    } else {
        mask_irq(desc);
        if (chip->irq_ack)
            chip->irq_ack(&desc->irq_data);
    }
}

void mask_irq(irq_desc *desc) {
    if (irqd_irq_masked(&desc->irq_data))
        return;
    if (desc->irq_data.chip->irq_mask) {
        desc->irq_data.chip->irq_mask(&desc->irq_data);
        irq_state_set_masked(desc);
    }
}

void unmask_irq(irq_desc *desc) {
    if (!irqd_irq_masked(&desc->irq_data))
        return;
    if (desc->irq_data.chip->irq_unmask) {
        desc->irq_data.chip->irq_unmask(&desc->irq_data);
        irq_state_clr_masked(desc);
    }
}

void unmask_threaded_irq(irq_desc *desc) {
    irq_chip *chip = desc->irq_data.chip;

    if (chip->flags & IRQCHIP_EOI_THREADED)
        chip->irq_eoi(&desc->irq_data);
    unmask_irq(desc);
}

// Flow handlers of lines

static void __irq_do_set_handler(irq_desc *desc, irq_flow_handler_t handle, bool is_chained, const char *name) {
    if (!handle) {
        handle = handle_bad_irq;
    } else {
        irq_data *d = &desc->irq_data;

        // In a hierarchy some level must have a chip, even if the outermost has none.
        while (d && d->chip == &no_irq_chip) {
            // A chained handler starts the line at once and so needs a real chip.
            if (is_chained)
                break;
            d = d->parent_data;
        }
        if (WARN_ON(!d || d->chip == &no_irq_chip))
            return;
    }
    if (handle == handle_bad_irq) {
        if (desc->irq_data.chip != &no_irq_chip)
            mask_ack_irq(desc);
        irq_state_set_disabled(desc);
        if (is_chained)
            desc->action = nullptr;
        desc->depth = 1;
    }
    desc->handle_irq = handle;
    desc->name = name;

    if (handle != handle_bad_irq && is_chained) {
        unsigned int type = irqd_get_trigger_type(&desc->irq_data);

        // Setting the type may exchange the handler; the chained one stays.
        if (type != IRQ_TYPE_NONE) {
            __irq_set_trigger(desc, type);
            desc->handle_irq = handle;
        }
        irq_settings_set(desc, IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOTHREAD);
        desc->action = &chained_action;
        irq_activate_and_startup(desc, IRQ_RESEND);
    }
}

void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained, const char *name) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_ANY, true);

    if (desc)
        __irq_do_set_handler(desc.get(), handle, is_chained, name);
}
EXPORT_SYMBOL_GPL(__irq_set_handler);

void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data) {
    {
        desc_lock desc(irq, IRQ_GET_DESC_CHECK_ANY, true);

        if (!desc)
            return;
        desc->irq_common_data.handler_data = data;
        __irq_do_set_handler(desc.get(), handle, true, nullptr);
    }
    // Nobody will request the line, but its affinity is that of all the lines behind it. Chips are probed in process
    // context; what is chained before /proc exists gets its folder with the others.
    if (handle)
        register_irq_proc(irq, irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(irq_set_chained_handler_and_data);

void irq_set_chip_and_handler_name(unsigned int irq, const irq_chip *chip, irq_flow_handler_t handle,
                                   const char *name) {
    irq_set_chip(irq, chip);
    __irq_set_handler(irq, handle, 0, name);
}
EXPORT_SYMBOL_GPL(irq_set_chip_and_handler_name);

void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set) {
    desc_lock desc(irq);

    if (!desc)
        return;
    // A line that is enabled already cannot be told not to be enabled.
    WARN_ON_ONCE(!desc->depth && (set & IRQ_NOAUTOEN));
    irq_settings_clr_and_set(desc.get(), clr, set);

    unsigned long trigger = irqd_get_trigger_type(&desc->irq_data);
    irqd_clear(&desc->irq_data, IRQD_NO_BALANCING | IRQD_PER_CPU | IRQD_TRIGGER_MASK | IRQD_LEVEL | IRQD_MOVE_PCNTXT);
    if (irq_settings_has(desc.get(), IRQ_NO_BALANCING))
        irqd_set(&desc->irq_data, IRQD_NO_BALANCING);
    if (irq_settings_is_per_cpu(desc.get()))
        irqd_set(&desc->irq_data, IRQD_PER_CPU);
    if (irq_settings_has(desc.get(), IRQ_MOVE_PCNTXT))
        irqd_set(&desc->irq_data, IRQD_MOVE_PCNTXT);
    if (irq_settings_is_level(desc.get()))
        irqd_set(&desc->irq_data, IRQD_LEVEL);
    unsigned long wanted = irq_settings_get_trigger_mask(desc.get());
    if (wanted != IRQ_TYPE_NONE)
        trigger = wanted;
    irqd_set(&desc->irq_data, trigger);
}
EXPORT_SYMBOL_GPL(irq_modify_status);
