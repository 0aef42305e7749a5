// SPDX-License-Identifier: Apache-2.0
// Simulated interrupts: a domain whose lines are fired by irq_set_irqchip_state(PENDING), delivered from an irq_work.
#include "kernel/irq/internals.h"

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/irq_sim.h>
#include <linux/irq_work.h>
#include <linux/slab.h>

#include "lib/result.h"

namespace {

// What is simulated: lines 0 to count - 1 of a domain. A line that has been fired is pending until its interrupt is
// delivered, in the irq_work; one that is masked cannot be fired.
struct irq_simulator {
    irq_work delivery;
    irq_domain *domain;
    unsigned int count;
    unsigned long *pending;
    unsigned long *open;

    bool is_open(irq_data *data) const { return test_bit(irqd_to_hwirq(data), open); }
};

irq_simulator &simulator_of(irq_data *data) {
    return *static_cast<irq_simulator *>(data->chip_data);
}

void mask(irq_data *data) {
    clear_bit(irqd_to_hwirq(data), simulator_of(data).open);
}

void unmask(irq_data *data) {
    set_bit(irqd_to_hwirq(data), simulator_of(data).open);
}

// Only edges can be simulated: there is no device to hold a level.
int irq_sim_set_type(irq_data *data, unsigned int type) {
    const bool edges_alone = !(type & ~IRQ_TYPE_EDGE_BOTH);

    if (edges_alone)
        irqd_set_trigger_type(data, type);
    return edges_alone ? 0 : -EINVAL;
}

// Pending is the one state that a line has. Nothing is known of a masked one.
int get_state(irq_data *data, irqchip_irq_state which, bool *state) {
    const irq_simulator &simulator = simulator_of(data);

    if (which == IRQCHIP_STATE_PENDING && simulator.is_open(data))
        *state = test_bit(irqd_to_hwirq(data), simulator.pending);
    return which == IRQCHIP_STATE_PENDING ? 0 : -EINVAL;
}

int set_state(irq_data *data, irqchip_irq_state which, bool state) {
    irq_simulator &simulator = simulator_of(data);

    if (which != IRQCHIP_STATE_PENDING)
        return -EINVAL;
    if (!simulator.is_open(data))
        return 0;
    assign_bit(irqd_to_hwirq(data), simulator.pending, state);
    if (state)
        irq_work_queue(&simulator.delivery);
    return 0;
}

const irq_chip irq_sim_irqchip = {
    .name = "irq_sim",
    .irq_mask = mask,
    .irq_unmask = unmask,
    .irq_set_type = irq_sim_set_type,
    .irq_get_irqchip_state = get_state,
    .irq_set_irqchip_state = set_state,
};

// Round and round, in the order of the lines, until none is pending: a handler may fire another.
void deliver(irq_work *work) {
    irq_simulator &simulator = *container_of(work, irq_simulator, delivery);

    while (!bitmap_empty(simulator.pending, simulator.count))
        for (unsigned int line = 0; line < simulator.count; line++)
            if (test_and_clear_bit(line, simulator.pending))
                handle_simple_irq(irq_to_desc(irq_find_mapping(simulator.domain, line)));
}

int map_line(irq_domain *domain, unsigned int virq, irq_hw_number_t) {
    irq_set_chip_data(virq, domain->host_data);
    irq_set_chip_and_handler(virq, &irq_sim_irqchip, handle_simple_irq);
    irq_modify_status(virq, IRQ_NOREQUEST | IRQ_NOAUTOEN, IRQ_NOPROBE);
    return 0;
}

void unmap_line(irq_domain *domain, unsigned int virq) {
    irq_set_handler(virq, nullptr);
    irq_domain_reset_irq_data(irq_domain_get_irq_data(domain, virq));
}

const irq_domain_ops irq_sim_domain_ops = {
    .map = map_line,
    .unmap = unmap_line,
};

void dispose(irq_simulator *simulator) {
    bitmap_free(simulator->open);
    bitmap_free(simulator->pending);
    kfree(simulator);
}

void remove_of_device(void *domain) {
    irq_domain_remove_sim(static_cast<irq_domain *>(domain));
}

result<irq_domain *> simulate(fwnode_handle *fwnode, unsigned int count) {
    auto *const simulator = static_cast<irq_simulator *>(kzalloc(sizeof(irq_simulator), GFP_KERNEL));

    if (!simulator)
        return failure(-ENOMEM);
    on_failure forget([&] { dispose(simulator); });
    simulator->count = count;
    simulator->pending = bitmap_zalloc(count, GFP_KERNEL);
    simulator->open = bitmap_zalloc(count, GFP_KERNEL);
    init_irq_work(&simulator->delivery, deliver);
    if (simulator->pending && simulator->open)
        simulator->domain = irq_domain_create_linear(fwnode, count, &irq_sim_domain_ops, simulator);
    if (!simulator->domain)
        return failure(-ENOMEM);
    forget.dismiss();
    return simulator->domain;
}

result<irq_domain *> simulate_for(device *dev, fwnode_handle *fwnode, unsigned int count) {
    result<irq_domain *> domain = simulate(fwnode, count);

    if (domain)
        if (const int error = devm_add_action_or_reset(dev, remove_of_device, *domain))
            return failure(error);
    return domain;
}

} // namespace

irq_domain *irq_domain_create_sim(fwnode_handle *fwnode, unsigned int num_irqs) {
    return as_err_ptr(simulate(fwnode, num_irqs));
}
EXPORT_SYMBOL_GPL(irq_domain_create_sim);

void irq_domain_remove_sim(irq_domain *domain) {
    auto *const simulator = static_cast<irq_simulator *>(domain->host_data);

    irq_work_sync(&simulator->delivery);
    irq_domain_remove(domain);
    dispose(simulator);
}
EXPORT_SYMBOL_GPL(irq_domain_remove_sim);

irq_domain *devm_irq_domain_create_sim(device *dev, fwnode_handle *fwnode, unsigned int num_irqs) {
    return as_err_ptr(simulate_for(dev, fwnode, num_irqs));
}
EXPORT_SYMBOL_GPL(devm_irq_domain_create_sim);
