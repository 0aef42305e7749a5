// SPDX-License-Identifier: Apache-2.0
// Lines of which every CPU has its own (timers, IPIs): one request, enabled by each CPU for itself.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>

// Called on the CPU that is meant, with preemption off.
void enable_percpu_irq(unsigned int irq, unsigned int type) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_PERCPU);

    if (!desc)
        return;
    type &= IRQ_TYPE_SENSE_MASK;
    if (type == IRQ_TYPE_NONE)
        type = irqd_get_trigger_type(&desc->irq_data);
    if (type != IRQ_TYPE_NONE && __irq_set_trigger(desc.get(), type)) {
        WARN(1, "failed to set type for IRQ%d\n", irq);
        return;
    }
    irq_percpu_enable(desc.get(), smp_processor_id());
}
EXPORT_SYMBOL_GPL(enable_percpu_irq);

void disable_percpu_irq(unsigned int irq) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_PERCPU);

    if (desc)
        irq_percpu_disable(desc.get(), smp_processor_id());
}
EXPORT_SYMBOL_GPL(disable_percpu_irq);

bool irq_percpu_is_enabled(unsigned int irq) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_PERCPU);

    return desc && cpumask_test_cpu(smp_processor_id(), desc->percpu_enabled);
}
EXPORT_SYMBOL_GPL(irq_percpu_is_enabled);

// One action for all CPUs, never shared. Nothing is started: each CPU enables its own part.
static int setup_percpu_action(unsigned int irq, irq_desc *desc, irqaction *act) {
    unsigned long flags;
    int ret = 0;

    if (desc->irq_data.chip == &no_irq_chip)
        return -ENOSYS;
    if (!try_module_get(desc->owner))
        return -ENODEV;
    mutex_lock(&desc->request_mutex);
    raw_spin_lock_irqsave(&desc->lock, flags);
    if (desc->action) {
        pr_err("genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)\n", irq, act->flags, act->name,
               desc->action->flags, desc->action->name);
        ret = -EBUSY;
    } else {
        ret = irq_activate(desc);
    }
    if (!ret) {
        irqd_set(&desc->irq_data, IRQD_PER_CPU);
        irq_settings_set(desc, IRQ_PER_CPU);
        if (act->flags & IRQF_NO_DEBUG)
            irq_settings_set(desc, IRQ_NO_DEBUG);
        desc->depth = 1;
        desc->action = act;
        desc->nr_actions = 1;
    }
    raw_spin_unlock_irqrestore(&desc->lock, flags);
    mutex_unlock(&desc->request_mutex);
    if (ret) {
        module_put(desc->owner);
        return ret;
    }
    trace_event4(irq_request, irq, act, act->flags, 0, act->name);
    register_irq_proc(irq, desc);
    register_handler_proc(irq, act);
    return 0;
}

int __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *devname,
                         void __percpu *dev_id) {
    if (!dev_id)
        return -EINVAL;
    irq_desc *desc = irq_to_desc(irq);
    if (!desc || !irq_settings_can_request(desc) || !irq_settings_is_per_cpu_devid(desc))
        return -EINVAL;
    if (flags && flags != IRQF_TIMER)
        return -EINVAL;
    auto *action = static_cast<irqaction *>(kzalloc(sizeof(irqaction), GFP_KERNEL));
    if (!action)
        return -ENOMEM;
    action->handler = handler;
    action->flags = flags | IRQF_PERCPU | IRQF_NO_SUSPEND;
    action->irq = irq;
    action->name = devname;
    action->percpu_dev_id = dev_id;
    int retval = setup_percpu_action(irq, desc, action);
    if (retval)
        kfree(action);
    return retval;
}
EXPORT_SYMBOL_GPL(__request_percpu_irq);

static irqaction *take_percpu_action(unsigned int irq, irq_desc *desc) {
    irqaction *action;
    unsigned long flags;

    WARN(in_interrupt(), "Trying to free IRQ %d from IRQ context!\n", irq);
    raw_spin_lock_irqsave(&desc->lock, flags);
    action = desc->action;
    if (!action) {
        WARN(1, "Trying to free already-free IRQ %d\n", irq);
    } else if (!cpumask_empty(desc->percpu_enabled)) {
        WARN(1, "percpu IRQ %d still enabled on CPU%d!\n", irq, cpumask_first(desc->percpu_enabled));
        action = nullptr;
    } else {
        desc->action = nullptr;
        desc->nr_actions = 0;
    }
    raw_spin_unlock_irqrestore(&desc->lock, flags);
    return action;
}

void free_percpu_irq(unsigned int irq, void __percpu *) {
    irq_desc *desc = irq_to_desc(irq);

    if (!desc || !irq_settings_is_per_cpu_devid(desc))
        return;
    chip_bus_lock(desc);
    irqaction *action = take_percpu_action(irq, desc);
    if (action) {
        unregister_handler_proc(irq, action);
        irq_domain_deactivate_irq(&desc->irq_data);
        trace_event2(irq_free, irq, action, action->name);
        module_put(desc->owner);
        kfree(action);
    }
    chip_bus_sync_unlock(desc);
}
EXPORT_SYMBOL_GPL(free_percpu_irq);
