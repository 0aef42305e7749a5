// SPDX-License-Identifier: Apache-2.0
// Stacked domains: one line passes several controllers, each with its own hwirq, chip and irq_data. The outermost
// level's irq_data is the one in the descriptor; parent_data leads inwards, to the root.
#include "kernel/irq/irqdomain_internal.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>

void irq_domain_check_hierarchy(irq_domain *domain) {
    if (domain->ops->alloc)
        domain->flags |= IRQ_DOMAIN_FLAG_HIERARCHY;
}

irq_domain *irq_domain_create_hierarchy(irq_domain *parent, unsigned int flags, unsigned int size,
                                        fwnode_handle *fwnode, const irq_domain_ops *ops, void *host_data) {
    irq_domain *domain =
        size ? irq_domain_create_linear(fwnode, size, ops, host_data) : irq_domain_create_tree(fwnode, ops, host_data);

    if (!domain)
        return nullptr;
    if (parent)
        domain->root = parent->root;
    domain->parent = parent;
    domain->flags |= flags;
    return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_hierarchy);

irq_data *irq_domain_get_irq_data(irq_domain *domain, unsigned int virq) {
    for (irq_data *data = irq_get_irq_data(virq); data; data = data->parent_data) {
        if (data->domain == domain)
            return data;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(irq_domain_get_irq_data);

static irq_data *irq_domain_insert_irq_data(irq_domain *domain, irq_data *child) {
    auto *data = static_cast<irq_data *>(kzalloc(sizeof(irq_data), GFP_KERNEL));

    if (!data)
        return nullptr;
    child->parent_data = data;
    data->irq = child->irq;
    data->common = child->common;
    data->domain = domain;
    return data;
}

static void free_irq_data_chain(irq_data *data) {
    while (data) {
        irq_data *parent = data->parent_data;

        kfree(data);
        data = parent;
    }
}

static void irq_domain_free_irq_data(unsigned int virq, unsigned int nr) {
    for (unsigned int i = 0; i < nr; i++) {
        irq_data *data = irq_get_irq_data(virq + i);
        irq_data *parent = data->parent_data;

        data->parent_data = nullptr;
        data->domain = nullptr;
        free_irq_data_chain(parent);
    }
}

// An irq_data for every level, outermost first.
static int irq_domain_alloc_irq_data(irq_domain *domain, unsigned int virq, unsigned int nr) {
    for (unsigned int i = 0; i < nr; i++) {
        irq_data *data = irq_get_irq_data(virq + i);

        data->domain = domain;
        for (irq_domain *parent = domain->parent; parent; parent = parent->parent) {
            data = irq_domain_insert_irq_data(parent, data);
            if (!data) {
                irq_domain_free_irq_data(virq, i + 1);
                return -ENOMEM;
            }
        }
    }
    return 0;
}

// An alloc callback can end a line early (irq_domain_disconnect_hierarchy): the levels below the mark are cut off.
// Every level above it has a chip, none below it.
static int irq_domain_trim_hierarchy(unsigned int virq) {
    irq_data *last = irq_get_irq_data(virq);
    irq_data *cut_after = nullptr;

    if (IS_ERR_OR_NULL(last->chip))
        return -EINVAL;
    for (irq_data *data = last->parent_data; data; last = data, data = data->parent_data) {
        if (!data->chip != (cut_after != nullptr))
            return -EINVAL;
        if (!IS_ERR(data->chip))
            continue;
        if (PTR_ERR(data->chip) != -ENOTCONN)
            return -EINVAL;
        cut_after = last;
    }
    if (!cut_after)
        return 0;
    irq_data *tail = cut_after->parent_data;
    cut_after->parent_data = nullptr;
    free_irq_data_chain(tail);
    return 0;
}

static void irq_domain_insert_irq(unsigned int virq) {
    irq_data *outer = irq_get_irq_data(virq);

    for (irq_data *data = outer; data; data = data->parent_data) {
        data->domain->mapcount++;
        irq_domain_set_mapping(data->domain, data->hwirq, data);
    }
    irq_clear_status_flags(virq, IRQ_NOREQUEST);
    trace_irq_map(outer->domain, virq, outer->hwirq);
}

static void irq_domain_remove_irq(unsigned int virq) {
    irq_set_status_flags(virq, IRQ_NOREQUEST);
    irq_set_chip_and_handler(virq, nullptr, nullptr);
    synchronize_irq(virq);
    for (irq_data *data = irq_get_irq_data(virq); data; data = data->parent_data) {
        data->domain->mapcount--;
        irq_domain_clear_mapping(data->domain, data->hwirq);
    }
    trace_irq_unmap(virq);
}

int irq_domain_set_hwirq_and_chip(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq, const irq_chip *chip,
                                  void *chip_data) {
    irq_data *data = irq_domain_get_irq_data(domain, virq);

    if (!data)
        return -ENOENT;
    data->hwirq = hwirq;
    data->chip = const_cast<irq_chip *>(chip ? chip : &no_irq_chip);
    data->chip_data = chip_data;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_set_hwirq_and_chip);

void irq_domain_set_info(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq, const irq_chip *chip,
                         void *chip_data, irq_flow_handler_t handler, void *handler_data, const char *handler_name) {
    irq_domain_set_hwirq_and_chip(domain, virq, hwirq, chip, chip_data);
    __irq_set_handler(virq, handler, 0, handler_name);
    irq_set_handler_data(virq, handler_data);
}
EXPORT_SYMBOL(irq_domain_set_info);

void irq_domain_reset_irq_data(irq_data *data) {
    data->hwirq = 0;
    data->chip = &no_irq_chip;
    data->chip_data = nullptr;
}
EXPORT_SYMBOL_GPL(irq_domain_reset_irq_data);

// For free callbacks: this level, then the parents.
void irq_domain_free_irqs_common(irq_domain *domain, unsigned int virq, unsigned int nr) {
    for (unsigned int i = 0; i < nr; i++) {
        irq_data *data = irq_domain_get_irq_data(domain, virq + i);

        if (data)
            irq_domain_reset_irq_data(data);
    }
    irq_domain_free_irqs_parent(domain, virq, nr);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_common);

void irq_domain_free_irqs_top(irq_domain *domain, unsigned int virq, unsigned int nr) {
    for (unsigned int i = 0; i < nr; i++) {
        irq_set_handler_data(virq + i, nullptr);
        irq_set_handler(virq + i, nullptr);
    }
    irq_domain_free_irqs_common(domain, virq, nr);
}

static void irq_domain_free_irqs_hierarchy(irq_domain *domain, unsigned int irq_base, unsigned int nr) {
    if (!domain->ops->free)
        return;
    for (unsigned int i = 0; i < nr; i++) {
        if (irq_domain_get_irq_data(domain, irq_base + i))
            domain->ops->free(domain, irq_base + i, 1);
    }
}

int irq_domain_alloc_irqs_hierarchy(irq_domain *domain, unsigned int irq_base, unsigned int nr, void *arg) {
    return domain->ops->alloc ? domain->ops->alloc(domain, irq_base, nr, arg) : -ENOSYS;
}

int irq_domain_alloc_irqs_locked(irq_domain *domain, int irq_base, unsigned int nr, int node, void *arg, bool realloc,
                                 const irq_affinity_desc *affinity) {
    int virq;

    if (realloc && irq_base >= 0) {
        virq = irq_base;
    } else {
        virq = irq_domain_alloc_descs(irq_base, nr, 0, node, affinity);
        if (virq < 0)
            return virq;
    }
    int ret = irq_domain_alloc_irq_data(domain, virq, nr);
    if (ret) {
        irq_free_descs(virq, nr);
        return ret;
    }
    ret = irq_domain_alloc_irqs_hierarchy(domain, virq, nr, arg);
    for (unsigned int i = 0; i < nr && ret >= 0; i++) {
        int err = irq_domain_trim_hierarchy(virq + i);
        if (err)
            ret = err;
    }
    if (ret < 0) {
        irq_domain_free_irq_data(virq, nr);
        irq_free_descs(virq, nr);
        return ret;
    }
    for (unsigned int i = 0; i < nr; i++)
        irq_domain_insert_irq(virq + i);
    return virq;
}

int __irq_domain_alloc_irqs(irq_domain *domain, int irq_base, unsigned int nr, int node, void *arg, bool realloc,
                            const irq_affinity_desc *affinity) {
    if (!domain) {
        domain = irq_get_default_host();
        if (WARN(!domain, "domain is NULL; cannot allocate IRQ\n"))
            return -EINVAL;
    }
    domain_lock lock(domain);

    return irq_domain_alloc_irqs_locked(domain, irq_base, nr, node, arg, realloc, affinity);
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_irqs);

void irq_domain_free_irqs(unsigned int virq, unsigned int nr) {
    irq_data *data = irq_get_irq_data(virq);

    if (WARN(!data || !data->domain || !data->domain->ops->free, "NULL pointer, cannot free irq\n"))
        return;
    irq_domain *domain = data->domain;
    {
        domain_lock lock(domain);

        for (unsigned int i = 0; i < nr; i++)
            irq_domain_remove_irq(virq + i);
        irq_domain_free_irqs_hierarchy(domain, virq, nr);
    }
    irq_domain_free_irq_data(virq, nr);
    irq_free_descs(virq, nr);
}

int irq_domain_alloc_irqs_parent(irq_domain *domain, unsigned int irq_base, unsigned int nr, void *arg) {
    return domain->parent ? irq_domain_alloc_irqs_hierarchy(domain->parent, irq_base, nr, arg) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_domain_alloc_irqs_parent);

void irq_domain_free_irqs_parent(irq_domain *domain, unsigned int irq_base, unsigned int nr) {
    if (domain->parent)
        irq_domain_free_irqs_hierarchy(domain->parent, irq_base, nr);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_parent);

// For alloc callbacks: this level ends the line; what is below it is not used.
int irq_domain_disconnect_hierarchy(irq_domain *domain, unsigned int virq) {
    irq_data *data = irq_domain_get_irq_data(domain, virq);

    if (!data)
        return -EINVAL;
    data->chip = static_cast<irq_chip *>(ERR_PTR(-ENOTCONN));
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_disconnect_hierarchy);

// Adds an outer level to a line that exists and that nobody uses.
int irq_domain_push_irq(irq_domain *domain, int virq, void *arg) {
    irq_data *outer = irq_get_irq_data(virq);
    irq_desc *desc = irq_to_desc(virq);

    if (!desc || desc->action || !outer)
        return desc && desc->action ? -EBUSY : -EINVAL;
    if (!domain || !irq_domain_is_hierarchy(domain) || domain->parent != outer->domain)
        return -EINVAL;
    auto *inner = static_cast<irq_data *>(kzalloc(sizeof(irq_data), GFP_KERNEL));
    if (!inner)
        return -ENOMEM;

    domain_lock lock(domain);
    *inner = *outer;
    outer->parent_data = inner;
    outer->domain = domain;
    outer->chip = nullptr;
    outer->chip_data = nullptr;
    int rv = irq_domain_alloc_irqs_hierarchy(domain, virq, 1, arg);
    if (rv) {
        *outer = *inner;
        kfree(inner);
    } else {
        // The parent's table still names the descriptor's irq_data, which is now the outer level's.
        irq_domain_set_mapping(domain, outer->hwirq, outer);
        irq_domain_clear_mapping(inner->domain, inner->hwirq);
        irq_domain_set_mapping(inner->domain, inner->hwirq, inner);
    }
    return rv;
}
EXPORT_SYMBOL_GPL(irq_domain_push_irq);

int irq_domain_pop_irq(irq_domain *domain, int virq) {
    irq_data *outer = irq_get_irq_data(virq);
    irq_desc *desc = irq_to_desc(virq);

    if (!domain || !desc || !outer)
        return -EINVAL;
    if (desc->action)
        return -EBUSY;
    if (outer->domain != domain || !outer->parent_data)
        return -EINVAL;
    irq_data *inner = outer->parent_data;
    if (inner->domain != domain->parent)
        return -EINVAL;

    domain_lock lock(domain);
    // The level that stays is not the popped one's to free.
    outer->parent_data = nullptr;
    irq_domain_clear_mapping(domain, outer->hwirq);
    irq_domain_free_irqs_hierarchy(domain, virq, 1);
    irq_domain_clear_mapping(inner->domain, inner->hwirq);
    *outer = *inner;
    irq_domain_set_mapping(outer->domain, outer->hwirq, outer);
    kfree(inner);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_pop_irq);

// Activation: from the root outwards, undone if a level refuses.

static void __irq_domain_deactivate_irq(irq_data *data) {
    if (!data || !data->domain)
        return;
    if (data->domain->ops->deactivate)
        data->domain->ops->deactivate(data->domain, data);
    __irq_domain_deactivate_irq(data->parent_data);
}

static int __irq_domain_activate_irq(irq_data *data, bool reserve) {
    int ret = 0;

    if (!data || !data->domain)
        return 0;
    irq_domain *domain = data->domain;
    if (data->parent_data)
        ret = __irq_domain_activate_irq(data->parent_data, reserve);
    if (!ret && domain->ops->activate) {
        ret = domain->ops->activate(domain, data, reserve);
        if (ret && data->parent_data)
            __irq_domain_deactivate_irq(data->parent_data);
    }
    return ret;
}

int irq_domain_activate_irq(irq_data *data, bool reserve) {
    if (irqd_is_activated(data))
        return 0;
    int ret = __irq_domain_activate_irq(data, reserve);
    if (!ret)
        irqd_set_activated(data);
    return ret;
}

void irq_domain_deactivate_irq(irq_data *data) {
    if (!irqd_is_activated(data))
        return;
    __irq_domain_deactivate_irq(data);
    irqd_clr_activated(data);
}
