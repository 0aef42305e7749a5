// SPDX-License-Identifier: Apache-2.0
// Callbacks of stacked chips that hand on to the parent level.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>

int irq_chip_set_parent_state(irq_data *data, irqchip_irq_state which, bool val) {
    data = data->parent_data;
    if (!data || !data->chip->irq_set_irqchip_state)
        return 0;
    return data->chip->irq_set_irqchip_state(data, which, val);
}
EXPORT_SYMBOL_GPL(irq_chip_set_parent_state);

int irq_chip_get_parent_state(irq_data *data, irqchip_irq_state which, bool *state) {
    data = data->parent_data;
    if (!data || !data->chip->irq_get_irqchip_state)
        return 0;
    return data->chip->irq_get_irqchip_state(data, which, state);
}
EXPORT_SYMBOL_GPL(irq_chip_get_parent_state);

void irq_chip_enable_parent(irq_data *data) {
    data = data->parent_data;
    if (data->chip->irq_enable)
        data->chip->irq_enable(data);
    else
        data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_enable_parent);

void irq_chip_disable_parent(irq_data *data) {
    data = data->parent_data;
    if (data->chip->irq_disable)
        data->chip->irq_disable(data);
    else
        data->chip->irq_mask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_disable_parent);

void irq_chip_ack_parent(irq_data *data) {
    data = data->parent_data;
    data->chip->irq_ack(data);
}
EXPORT_SYMBOL_GPL(irq_chip_ack_parent);

void irq_chip_mask_parent(irq_data *data) {
    data = data->parent_data;
    data->chip->irq_mask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_mask_parent);

void irq_chip_mask_ack_parent(irq_data *data) {
    data = data->parent_data;
    data->chip->irq_mask_ack(data);
}
EXPORT_SYMBOL_GPL(irq_chip_mask_ack_parent);

void irq_chip_unmask_parent(irq_data *data) {
    data = data->parent_data;
    data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_unmask_parent);

void irq_chip_eoi_parent(irq_data *data) {
    data = data->parent_data;
    data->chip->irq_eoi(data);
}
EXPORT_SYMBOL_GPL(irq_chip_eoi_parent);

int irq_chip_set_affinity_parent(irq_data *data, const cpumask *dest, bool force) {
    data = data->parent_data;
    return data->chip->irq_set_affinity ? data->chip->irq_set_affinity(data, dest, force) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_affinity_parent);

int irq_chip_set_type_parent(irq_data *data, unsigned int type) {
    data = data->parent_data;
    return data->chip->irq_set_type ? data->chip->irq_set_type(data, type) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_type_parent);

int irq_chip_retrigger_hierarchy(irq_data *data) {
    for (data = data->parent_data; data; data = data->parent_data) {
        if (data->chip && data->chip->irq_retrigger)
            return data->chip->irq_retrigger(data);
    }
    return 0;
}
EXPORT_SYMBOL_GPL(irq_chip_retrigger_hierarchy);

int irq_chip_set_vcpu_affinity_parent(irq_data *data, void *vcpu_info) {
    data = data->parent_data;
    return data->chip->irq_set_vcpu_affinity ? data->chip->irq_set_vcpu_affinity(data, vcpu_info) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_vcpu_affinity_parent);

int irq_chip_set_wake_parent(irq_data *data, unsigned int on) {
    data = data->parent_data;
    if (data->chip->flags & IRQCHIP_SKIP_SET_WAKE)
        return 0;
    return data->chip->irq_set_wake ? data->chip->irq_set_wake(data, on) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_wake_parent);

int irq_chip_request_resources_parent(irq_data *data) {
    data = data->parent_data;
    return data->chip->irq_request_resources ? data->chip->irq_request_resources(data) : 0;
}
EXPORT_SYMBOL_GPL(irq_chip_request_resources_parent);

void irq_chip_release_resources_parent(irq_data *data) {
    data = data->parent_data;
    if (data->chip->irq_release_resources)
        data->chip->irq_release_resources(data);
}
EXPORT_SYMBOL_GPL(irq_chip_release_resources_parent);

int irq_chip_compose_msi_msg(irq_data *data, msi_msg *msg) {
    for (; data; data = data->parent_data) {
        if (data->chip && data->chip->irq_compose_msi_msg) {
            data->chip->irq_compose_msi_msg(data, msg);
            return 0;
        }
    }
    return -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_compose_msi_msg);
