// SPDX-License-Identifier: Apache-2.0
// Lines of which every CPU has its own (timers, IPIs): one request, enabled by each CPU for itself.
#include "kernel/irq/internals.h"
#include "port/order.h"

#include <linux/export.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>

// What a CPU does to its own part, with preemption off; false or nothing if the line is none of these.
template <typename Deed>
static int on_own_part(unsigned int irq, Deed deed) {
    return on_line(irq, IRQ_GET_DESC_CHECK_PERCPU, over::core,
                   [&](irq_line line) { return deed(line, smp_processor_id()); });
}

void enable_percpu_irq(unsigned int irq, unsigned int type) {
    on_own_part(irq, [&](irq_line line, unsigned int cpu) {
        const unsigned int own = irqd_get_trigger_type(line.data());
        const unsigned int wanted = type & IRQ_TYPE_SENSE_MASK ? type & IRQ_TYPE_SENSE_MASK : own;
        const bool refused = wanted != IRQ_TYPE_NONE && __irq_set_trigger(line.desc(), wanted);

        if (!WARN(refused, "failed to set type for IRQ%d\n", irq))
            irq_percpu_enable(line.desc(), cpu);
        return 0;
    });
}
EXPORT_SYMBOL_GPL(enable_percpu_irq);

void disable_percpu_irq(unsigned int irq) {
    on_own_part(irq, [](irq_line line, unsigned int cpu) { return irq_percpu_disable(line.desc(), cpu), 0; });
}
EXPORT_SYMBOL_GPL(disable_percpu_irq);

bool irq_percpu_is_enabled(unsigned int irq) {
    return on_own_part(irq, [](irq_line line, unsigned int cpu) -> int {
               return cpumask_test_cpu(cpu, line.desc()->percpu_enabled);
           }) > 0;
}
EXPORT_SYMBOL_GPL(irq_percpu_is_enabled);

// One action for all CPUs, never shared. Nothing is started: each CPU enables its own part.
static int occupy(irq_line line, irqaction &action) {
    irq_desc &desc = *line.desc();
    hold turn(desc.request_mutex);
    hold_irqsave section(desc.lock);

    if (const irqaction *const other = desc.action) {
        pr_err("genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)\n", action.irq, action.flags, action.name,
               other->flags, other->name);
        return -EBUSY;
    }
    if (const int error = irq_activate(&desc))
        return error;
    line.become(IRQ_PER_CPU | (action.flags & IRQF_NO_DEBUG ? IRQ_NO_DEBUG : 0));
    irq_mirror_kind(line);
    desc.action = &action;
    desc.nr_actions = 1;
    desc.depth = 1;
    return 0;
}

static int setup_percpu_irq(irq_line line, irqaction &action) {
    if (line.chip() == &no_irq_chip)
        return -ENOSYS;
    if (!try_module_get(line.desc()->owner))
        return -ENODEV;
    if (const int error = occupy(line, action)) {
        module_put(line.desc()->owner);
        return error;
    }
    order_tell(hand_over, &action);
    trace_event4(irq_request, action.irq, &action, action.flags, 0, action.name);
    register_irq_proc(action.irq, line.desc());
    register_handler_proc(action.irq, &action);
    return 0;
}

// The line of this number, if every CPU has its own of it and drivers may request it; else null.
static irq_desc *requestable_by_cpus(unsigned int irq) {
    constexpr unsigned int kinds = IRQ_PER_CPU_DEVID | IRQ_NOREQUEST;
    irq_desc *const desc = irq_to_desc(irq);

    return desc && (desc->status_use_accessors & kinds) == IRQ_PER_CPU_DEVID ? desc : nullptr;
}

int __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *devname,
                         void __percpu *dev_id) {
    irq_desc *const desc = requestable_by_cpus(irq);
    const bool sound = dev_id && (flags == 0 || flags == IRQF_TIMER);

    if (!desc || !sound)
        return -EINVAL;
    void *const memory = kzalloc(sizeof(irqaction), GFP_KERNEL);
    if (!memory)
        return -ENOMEM;
    on_failure forget([&] { kfree(memory); });
    irqaction &action = *static_cast<irqaction *>(memory);
    action = {.handler = handler,
              .percpu_dev_id = dev_id,
              .irq = irq,
              .flags = static_cast<unsigned int>(flags) | IRQF_PERCPU | IRQF_NO_SUSPEND,
              .name = devname};
    if (const int error = setup_percpu_irq(desc, action))
        return error;
    forget.dismiss();
    return 0;
}
EXPORT_SYMBOL_GPL(__request_percpu_irq);

// The action, off its line; null, with a warning, if there is none or if a CPU still has the line enabled.
static irqaction *vacate_percpu(irq_line line) {
    hold_irqsave section(line.desc()->lock);
    irqaction *const action = line.desc()->action;
    const unsigned int user = cpumask_first(line.desc()->percpu_enabled);

    if (WARN(!action, "Trying to free already-free IRQ %d\n", line.number()))
        return nullptr;
    if (WARN(user < nr_cpu_ids, "percpu IRQ %d still enabled on CPU%d!\n", line.number(), user))
        return nullptr;
    line.desc()->action = nullptr;
    line.desc()->nr_actions = 0;
    return action;
}

void free_percpu_irq(unsigned int irq, void __percpu *) {
    irq_desc *const desc = irq_to_desc(irq);

    if (!desc || !irq_line(desc).is(IRQ_PER_CPU_DEVID))
        return;
    WARN(in_interrupt(), "Trying to free IRQ %d from IRQ context!\n", irq);
    chip_bus bus(desc);
    irqaction *const action = vacate_percpu(desc);
    if (!action)
        return;
    unregister_handler_proc(irq, action);
    irq_domain_deactivate_irq(&desc->irq_data);
    trace_event2(irq_free, irq, action, action->name);
    kfree(action);
    module_put(desc->owner);
}
EXPORT_SYMBOL_GPL(free_percpu_irq);
