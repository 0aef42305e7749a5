// SPDX-License-Identifier: Apache-2.0
// Callbacks of stacked chips that hand on to the level below. What each does where that level's chip has no such
// callback is the difference between them.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>

namespace {

// The callback `op` of the parent's chip, which must have it.
template <auto op, typename... Args>
__always_inline auto hand_on(irq_data *data, Args... args) {
    irq_data *parent = data->parent_data;
    return (parent->chip->*op)(parent, args...);
}

// `other` where the chip does without it.
template <auto op, typename... Args>
__always_inline int hand_on_or(int other, irq_data *data, Args... args) {
    return data->parent_data->chip->*op ? hand_on<op>(data, args...) : other;
}

// Of two callbacks the first that the chip has.
template <auto preferred, auto fallback>
__always_inline void hand_on_either(irq_data *data) {
    if (data->parent_data->chip->*preferred)
        hand_on<preferred>(data);
    else
        hand_on<fallback>(data);
}

} // namespace

// Flow

void irq_chip_ack_parent(irq_data *data) {
    hand_on<&irq_chip::irq_ack>(data);
}
void irq_chip_mask_parent(irq_data *data) {
    hand_on<&irq_chip::irq_mask>(data);
}
void irq_chip_mask_ack_parent(irq_data *data) {
    hand_on<&irq_chip::irq_mask_ack>(data);
}
void irq_chip_unmask_parent(irq_data *data) {
    hand_on<&irq_chip::irq_unmask>(data);
}
void irq_chip_eoi_parent(irq_data *data) {
    hand_on<&irq_chip::irq_eoi>(data);
}
void irq_chip_enable_parent(irq_data *data) {
    hand_on_either<&irq_chip::irq_enable, &irq_chip::irq_unmask>(data);
}
void irq_chip_disable_parent(irq_data *data) {
    hand_on_either<&irq_chip::irq_disable, &irq_chip::irq_mask>(data);
}

// Set-up. What the parent cannot do fails, except for resources, which it then does not need.

int irq_chip_set_affinity_parent(irq_data *data, const cpumask *dest, bool force) {
    return hand_on_or<&irq_chip::irq_set_affinity>(-ENOSYS, data, dest, force);
}
int irq_chip_set_type_parent(irq_data *data, unsigned int type) {
    return hand_on_or<&irq_chip::irq_set_type>(-ENOSYS, data, type);
}
int irq_chip_set_vcpu_affinity_parent(irq_data *data, void *vcpu_info) {
    return hand_on_or<&irq_chip::irq_set_vcpu_affinity>(-ENOSYS, data, vcpu_info);
}
int irq_chip_set_wake_parent(irq_data *data, unsigned int on) {
    const bool always_wakes = data->parent_data->chip->flags & IRQCHIP_SKIP_SET_WAKE;
    return always_wakes ? 0 : hand_on_or<&irq_chip::irq_set_wake>(-ENOSYS, data, on);
}
int irq_chip_request_resources_parent(irq_data *data) {
    return hand_on_or<&irq_chip::irq_request_resources>(0, data);
}
void irq_chip_release_resources_parent(irq_data *data) {
    if (data->parent_data->chip->irq_release_resources)
        hand_on<&irq_chip::irq_release_resources>(data);
}

// State. There need not be a parent at all.

int irq_chip_set_parent_state(irq_data *data, irqchip_irq_state which, bool val) {
    return data->parent_data ? hand_on_or<&irq_chip::irq_set_irqchip_state>(0, data, which, val) : 0;
}
int irq_chip_get_parent_state(irq_data *data, irqchip_irq_state which, bool *state) {
    return data->parent_data ? hand_on_or<&irq_chip::irq_get_irqchip_state>(0, data, which, state) : 0;
}

// What any level can do.

int irq_chip_retrigger_hierarchy(irq_data *data) {
    irq_data *able = level_that_has<&irq_chip::irq_retrigger>(data->parent_data);
    return able ? able->chip->irq_retrigger(able) : 0;
}

int irq_chip_compose_msi_msg(irq_data *data, msi_msg *msg) {
    irq_data *able = level_that_has<&irq_chip::irq_compose_msi_msg>(data);
    if (able)
        able->chip->irq_compose_msi_msg(able, msg);
    return able ? 0 : -ENOSYS;
}

EXPORT_SYMBOL_GPL(irq_chip_ack_parent);
EXPORT_SYMBOL_GPL(irq_chip_mask_parent);
EXPORT_SYMBOL_GPL(irq_chip_mask_ack_parent);
EXPORT_SYMBOL_GPL(irq_chip_unmask_parent);
EXPORT_SYMBOL_GPL(irq_chip_eoi_parent);
EXPORT_SYMBOL_GPL(irq_chip_enable_parent);
EXPORT_SYMBOL_GPL(irq_chip_disable_parent);
EXPORT_SYMBOL_GPL(irq_chip_set_affinity_parent);
EXPORT_SYMBOL_GPL(irq_chip_set_type_parent);
EXPORT_SYMBOL_GPL(irq_chip_set_vcpu_affinity_parent);
EXPORT_SYMBOL_GPL(irq_chip_set_wake_parent);
EXPORT_SYMBOL_GPL(irq_chip_request_resources_parent);
EXPORT_SYMBOL_GPL(irq_chip_release_resources_parent);
EXPORT_SYMBOL_GPL(irq_chip_set_parent_state);
EXPORT_SYMBOL_GPL(irq_chip_get_parent_state);
EXPORT_SYMBOL_GPL(irq_chip_retrigger_hierarchy);
