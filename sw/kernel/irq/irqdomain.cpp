// SPDX-License-Identifier: Apache-2.0
// Interrupt domains: the controllers' own numbers and Linux's, and the mappings between them. Stacked domains are in
// irqdomain_hierarchy.cpp.
#include "kernel/irq/irqdomain_internal.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/property.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

static LIST_HEAD(irq_domain_list);
static DEFINE_MUTEX(irq_domain_mutex);
static irq_domain *irq_default_domain;

const irq_domain_ops irq_domain_simple_ops = {.xlate = irq_domain_xlate_onetwocell};
EXPORT_SYMBOL_GPL(irq_domain_simple_ops);

// Firmware nodes for controllers that no firmware describes

namespace {

struct irqchip_fwid {
    fwnode_handle fwnode;
    unsigned int type;
    char *name;
    phys_addr_t *pa;
};

const char *irqchip_fwnode_get_name(const fwnode_handle *fwnode) {
    return container_of(fwnode, irqchip_fwid, fwnode)->name;
}

} // namespace

const fwnode_operations irqchip_fwnode_ops = {.get_name = irqchip_fwnode_get_name};
EXPORT_SYMBOL_GPL(irqchip_fwnode_ops);

fwnode_handle *__irq_domain_alloc_fwnode(unsigned int type, int id, const char *name, phys_addr_t *pa) {
    auto *fwid = static_cast<irqchip_fwid *>(kzalloc(sizeof(irqchip_fwid), GFP_KERNEL));
    char *n;

    switch (type) {
    case IRQCHIP_FWNODE_NAMED:
        n = kasprintf(GFP_KERNEL, "%s", name);
        break;
    case IRQCHIP_FWNODE_NAMED_ID:
        n = kasprintf(GFP_KERNEL, "%s-%d", name, id);
        break;
    default:
        n = kasprintf(GFP_KERNEL, "irqchip@%pa", pa);
        break;
    }
    if (!fwid || !n) {
        kfree(fwid);
        kfree(n);
        return nullptr;
    }
    fwid->type = type;
    fwid->name = n;
    fwid->pa = pa;
    fwnode_init(&fwid->fwnode, &irqchip_fwnode_ops);
    return &fwid->fwnode;
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_fwnode);

void irq_domain_free_fwnode(fwnode_handle *fwnode) {
    if (!fwnode || WARN_ON(!is_fwnode_irqchip(fwnode)))
        return;
    irqchip_fwid *fwid = container_of(fwnode, irqchip_fwid, fwnode);
    kfree(fwid->name);
    kfree(fwid);
}
EXPORT_SYMBOL_GPL(irq_domain_free_fwnode);

// Domains

static void replace_name(irq_domain *domain, char *name) {
    if (domain->flags & IRQ_DOMAIN_NAME_ALLOCATED)
        kfree(domain->name);
    domain->name = name;
    domain->flags |= IRQ_DOMAIN_NAME_ALLOCATED;
}

// The firmware node's name, with ':' for '/' as in file names.
static bool name_domain(irq_domain *domain, fwnode_handle *fwnode) {
    static atomic_t unknown_domains;
    char *name;

    if (is_fwnode_irqchip(fwnode)) {
        irqchip_fwid *fwid = container_of(fwnode, irqchip_fwid, fwnode);

        if (fwid->type == IRQCHIP_FWNODE_NAMED || fwid->type == IRQCHIP_FWNODE_NAMED_ID)
            name = kstrdup(fwid->name, GFP_KERNEL);
        else
            name = kstrdup("", GFP_KERNEL);
    } else if (is_of_node(fwnode)) {
        name = kasprintf(GFP_KERNEL, "%pOF", to_of_node(fwnode));
    } else if (is_software_node(fwnode)) {
        name = kstrdup(fwnode_get_name(fwnode), GFP_KERNEL);
    } else {
        if (fwnode)
            pr_err("irq: Invalid fwnode type for irqdomain\n");
        name = kasprintf(GFP_KERNEL, "unknown-%d", atomic_inc_return(&unknown_domains));
    }
    if (!name)
        return false;
    for (char *p = name; *p; p++) {
        if (*p == '/')
            *p = ':';
    }
    replace_name(domain, name);
    return true;
}

irq_domain *__irq_domain_add(fwnode_handle *fwnode, unsigned int size, irq_hw_number_t hwirq_max, int direct_max,
                             const irq_domain_ops *ops, void *host_data) {
    // No-map domains have no table: their hwirq is the virq.
    if (WARN_ON(size && direct_max))
        return nullptr;
    auto *domain = static_cast<irq_domain *>(kzalloc(sizeof(irq_domain) + size * sizeof(irq_data *), GFP_KERNEL));
    if (!domain)
        return nullptr;
    if (!name_domain(domain, fwnode)) {
        kfree(domain);
        return nullptr;
    }
    domain->fwnode = fwnode_handle_get(fwnode);
    INIT_RADIX_TREE(&domain->revmap_tree, GFP_KERNEL);
    mutex_init(&domain->mutex);
    domain->ops = ops;
    domain->host_data = host_data;
    domain->hwirq_max = hwirq_max;
    if (direct_max)
        domain->flags |= IRQ_DOMAIN_FLAG_NO_MAP;
    domain->revmap_size = size;
    // Stacked domains replace the root by that of their parent.
    domain->root = domain;
    irq_domain_check_hierarchy(domain);

    mutex_lock(&irq_domain_mutex);
    list_add(&domain->link, &irq_domain_list);
    mutex_unlock(&irq_domain_mutex);
    return domain;
}
EXPORT_SYMBOL_GPL(__irq_domain_add);

void irq_domain_remove(irq_domain *domain) {
    mutex_lock(&irq_domain_mutex);
    WARN_ON(!radix_tree_empty(&domain->revmap_tree));
    list_del(&domain->link);
    if (unlikely(irq_default_domain == domain))
        irq_default_domain = nullptr;
    mutex_unlock(&irq_domain_mutex);
    fwnode_handle_put(domain->fwnode);
    if (domain->flags & IRQ_DOMAIN_NAME_ALLOCATED)
        kfree(domain->name);
    kfree(domain);
}
EXPORT_SYMBOL_GPL(irq_domain_remove);

void irq_domain_set_name(irq_domain *domain, const char *name) {
    char *copy = kstrdup(name, GFP_KERNEL);

    if (copy)
        replace_name(domain, copy);
}
EXPORT_SYMBOL_GPL(irq_domain_set_name);

void irq_domain_update_bus_token(irq_domain *domain, irq_domain_bus_token bus_token) {
    if (domain->bus_token == bus_token)
        return;
    mutex_lock(&irq_domain_mutex);
    domain->bus_token = bus_token;
    char *name = kasprintf(GFP_KERNEL, "%s-%d", domain->name, bus_token);
    if (name)
        replace_name(domain, name);
    mutex_unlock(&irq_domain_mutex);
}
EXPORT_SYMBOL_GPL(irq_domain_update_bus_token);

// Maps the whole domain to numbers from first_irq on, if that is not 0; else it is a plain linear domain.
irq_domain *irq_domain_create_simple(fwnode_handle *fwnode, unsigned int size, unsigned int first_irq,
                                     const irq_domain_ops *ops, void *host_data) {
    irq_domain *domain = __irq_domain_add(fwnode, size, size, 0, ops, host_data);

    if (!domain || !first_irq)
        return domain;
    if (irq_alloc_descs(first_irq, first_irq, size, 0) < 0)
        pr_info("irq: Cannot allocate irq_descs @ IRQ%d, assuming pre-allocated\n", first_irq);
    irq_domain_associate_many(domain, first_irq, 0, size);
    return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_simple);

irq_domain *irq_domain_create_legacy(fwnode_handle *fwnode, unsigned int size, unsigned int first_irq,
                                     irq_hw_number_t first_hwirq, const irq_domain_ops *ops, void *host_data) {
    irq_domain *domain = __irq_domain_add(fwnode, first_hwirq + size, first_hwirq + size, 0, ops, host_data);

    if (domain)
        irq_domain_associate_many(domain, first_irq, first_hwirq, size);
    return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_legacy);

irq_domain *irq_domain_add_legacy(device_node *of_node, unsigned int size, unsigned int first_irq,
                                  irq_hw_number_t first_hwirq, const irq_domain_ops *ops, void *host_data) {
    return irq_domain_create_legacy(of_node_to_fwnode(of_node), size, first_irq, first_hwirq, ops, host_data);
}
EXPORT_SYMBOL_GPL(irq_domain_add_legacy);

// A bus token of ANY in the question matches every domain of the node.
irq_domain *irq_find_matching_fwspec(irq_fwspec *fwspec, irq_domain_bus_token bus_token) {
    fwnode_handle *fwnode = fwspec->fwnode;
    irq_domain *found = nullptr;
    irq_domain *h;

    mutex_lock(&irq_domain_mutex);
    list_for_each_entry (h, &irq_domain_list, link) {
        bool match;

        if (h->ops->select && fwspec->param_count)
            match = h->ops->select(h, fwspec, bus_token);
        else if (h->ops->match)
            match = h->ops->match(h, to_of_node(fwnode), bus_token);
        else
            match = fwnode && h->fwnode == fwnode && (bus_token == DOMAIN_BUS_ANY || h->bus_token == bus_token);
        if (match) {
            found = h;
            break;
        }
    }
    mutex_unlock(&irq_domain_mutex);
    return found;
}
EXPORT_SYMBOL_GPL(irq_find_matching_fwspec);

void irq_set_default_host(irq_domain *domain) {
    irq_default_domain = domain;
}
EXPORT_SYMBOL_GPL(irq_set_default_host);

irq_domain *irq_get_default_host(void) {
    return irq_default_domain;
}
EXPORT_SYMBOL_GPL(irq_get_default_host);

// Mappings

static bool irq_domain_is_nomap(irq_domain *domain) {
    return domain->flags & IRQ_DOMAIN_FLAG_NO_MAP;
}

void irq_domain_clear_mapping(irq_domain *domain, irq_hw_number_t hwirq) {
    if (irq_domain_is_nomap(domain))
        return;
    if (hwirq < domain->revmap_size)
        rcu_assign_pointer(domain->revmap[hwirq], static_cast<irq_data *>(nullptr));
    else
        radix_tree_delete(&domain->revmap_tree, hwirq);
}

void irq_domain_set_mapping(irq_domain *domain, irq_hw_number_t hwirq, irq_data *data) {
    if (irq_domain_is_nomap(domain))
        return;
    if (hwirq < domain->revmap_size)
        rcu_assign_pointer(domain->revmap[hwirq], data);
    else
        radix_tree_insert(&domain->revmap_tree, hwirq, data);
}

static int irq_domain_associate_locked(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq) {
    irq_data *data = irq_get_irq_data(virq);

    if (WARN(hwirq >= domain->hwirq_max, "error: hwirq 0x%x is too large for %s\n", static_cast<int>(hwirq),
             domain->name))
        return -EINVAL;
    if (WARN(!data, "error: virq%i is not allocated", virq))
        return -EINVAL;
    if (WARN(data->domain, "error: virq%i is already associated", virq))
        return -EINVAL;

    data->hwirq = hwirq;
    data->domain = domain;
    if (domain->ops->map) {
        int ret = domain->ops->map(domain, virq, hwirq);

        if (ret != 0) {
            // -EPERM is how a controller says that nobody may have the line: no reason for a message.
            if (ret != -EPERM)
                pr_info("irq: %s didn't like hwirq-0x%lx to VIRQ%i mapping (rc=%d)\n", domain->name, hwirq, virq, ret);
            data->domain = nullptr;
            data->hwirq = 0;
            return ret;
        }
    }
    domain->mapcount++;
    irq_domain_set_mapping(domain, hwirq, data);
    irq_clear_status_flags(virq, IRQ_NOREQUEST);
    trace_irq_map(domain, virq, hwirq);
    return 0;
}

int irq_domain_associate(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq) {
    domain_lock lock(domain);

    return irq_domain_associate_locked(domain, virq, hwirq);
}
EXPORT_SYMBOL_GPL(irq_domain_associate);

void irq_domain_associate_many(irq_domain *domain, unsigned int irq_base, irq_hw_number_t hwirq_base, int count) {
    for (int i = 0; i < count; i++)
        irq_domain_associate(domain, irq_base + i, hwirq_base + i);
}
EXPORT_SYMBOL_GPL(irq_domain_associate_many);

static void irq_domain_disassociate(irq_domain *domain, unsigned int irq) {
    irq_data *data = irq_get_irq_data(irq);

    if (WARN(!data || data->domain != domain, "virq%i doesn't exist; cannot disassociate\n", irq))
        return;
    irq_hw_number_t hwirq = data->hwirq;
    domain_lock lock(domain);

    irq_set_status_flags(irq, IRQ_NOREQUEST);
    irq_set_chip_and_handler(irq, nullptr, nullptr);
    // Chained handlers may be under way.
    synchronize_irq(irq);
    if (domain->ops->unmap)
        domain->ops->unmap(domain, irq);
    data->domain = nullptr;
    data->hwirq = 0;
    domain->mapcount--;
    irq_domain_clear_mapping(domain, hwirq);
    trace_irq_unmap(irq);
}

// Numbers for a mapping: as near as possible to the hwirq, never 0.
int irq_domain_alloc_descs(int virq, unsigned int cnt, irq_hw_number_t hwirq, int node,
                           const irq_affinity_desc *affinity) {
    if (virq >= 0)
        return __irq_alloc_descs(virq, virq, cnt, node, nullptr, affinity);
    unsigned int hint = hwirq % nr_irqs;
    if (hint == 0)
        hint = 1;
    int ret = __irq_alloc_descs(-1, hint, cnt, node, nullptr, affinity);
    if (ret <= 0 && hint > 1)
        ret = __irq_alloc_descs(-1, 1, cnt, node, nullptr, affinity);
    return ret;
}

static unsigned int create_mapping_locked(irq_domain *domain, irq_hw_number_t hwirq,
                                          const irq_affinity_desc *affinity) {
    int virq = irq_domain_alloc_descs(-1, 1, hwirq, 0, affinity);

    if (virq <= 0)
        return 0;
    if (irq_domain_associate_locked(domain, virq, hwirq)) {
        irq_free_desc(virq);
        return 0;
    }
    return virq;
}

unsigned int irq_create_mapping_affinity(irq_domain *domain, irq_hw_number_t hwirq, const irq_affinity_desc *affinity) {
    if (!domain)
        domain = irq_default_domain;
    if (!domain) {
        WARN(1, "%s(, %lx) called with NULL domain\n", __func__, hwirq);
        return 0;
    }
    domain_lock lock(domain);
    unsigned int virq = irq_find_mapping(domain, hwirq);
    return virq ? virq : create_mapping_locked(domain, hwirq, affinity);
}
EXPORT_SYMBOL_GPL(irq_create_mapping_affinity);

// No-map domains: a number is allocated and is the hwirq.
unsigned int irq_create_direct_mapping(irq_domain *domain) {
    if (!domain)
        domain = irq_default_domain;
    if (!domain || !irq_domain_is_nomap(domain))
        return 0;
    int virq = irq_alloc_desc_from(1, 0);
    if (virq <= 0)
        return 0;
    if (static_cast<irq_hw_number_t>(virq) >= domain->hwirq_max) {
        pr_err("irq: ERROR: no free irqs available below %lu maximum\n", domain->hwirq_max);
        irq_free_desc(virq);
        return 0;
    }
    if (irq_domain_associate(domain, virq, virq)) {
        irq_free_desc(virq);
        return 0;
    }
    return virq;
}
EXPORT_SYMBOL_GPL(irq_create_direct_mapping);

void of_phandle_args_to_fwspec(device_node *np, const u32 *args, unsigned int count, irq_fwspec *fwspec) {
    fwspec->fwnode = np ? of_fwnode_handle(np) : nullptr;
    fwspec->param_count = count;
    for (unsigned int i = 0; i < count; i++)
        fwspec->param[i] = args[i];
}
EXPORT_SYMBOL_GPL(of_phandle_args_to_fwspec);

static int irq_domain_translate(irq_domain *d, irq_fwspec *fwspec, irq_hw_number_t *hwirq, unsigned int *type) {
    if (d->ops->translate)
        return d->ops->translate(d, fwspec, hwirq, type);
    if (d->ops->xlate)
        return d->ops->xlate(d, to_of_node(fwspec->fwnode), fwspec->param, fwspec->param_count, hwirq, type);
    *hwirq = fwspec->param[0];
    return 0;
}

// A mapping that exists is given again if its trigger type is the same, or still open.
static unsigned int reuse_mapping(unsigned int virq, unsigned int type, irq_hw_number_t hwirq, irq_fwspec *fwspec) {
    if (type == IRQ_TYPE_NONE || type == irq_get_trigger_type(virq))
        return virq;
    if (irq_get_trigger_type(virq) == IRQ_TYPE_NONE) {
        irq_data *data = irq_get_irq_data(virq);

        if (!data)
            return 0;
        irqd_set_trigger_type(data, type);
        return virq;
    }
    pr_warn("irq: type mismatch, failed to map hwirq-%lu for %s!\n", hwirq,
            of_node_full_name(to_of_node(fwspec->fwnode)));
    return 0;
}

unsigned int irq_create_fwspec_mapping(irq_fwspec *fwspec) {
    unsigned int type = IRQ_TYPE_NONE;
    irq_hw_number_t hwirq;
    irq_domain *domain;

    if (fwspec->fwnode) {
        domain = irq_find_matching_fwspec(fwspec, DOMAIN_BUS_WIRED);
        if (!domain)
            domain = irq_find_matching_fwspec(fwspec, DOMAIN_BUS_ANY);
    } else {
        domain = irq_default_domain;
    }
    if (!domain) {
        pr_warn("irq: no irq domain found for %s !\n", of_node_full_name(to_of_node(fwspec->fwnode)));
        return 0;
    }
    if (irq_domain_translate(domain, fwspec, &hwirq, &type))
        return 0;
    if (WARN_ON(type & ~IRQ_TYPE_SENSE_MASK))
        type &= IRQ_TYPE_SENSE_MASK;

    domain_lock lock(domain);
    unsigned int virq = irq_find_mapping(domain, hwirq);
    if (virq)
        return reuse_mapping(virq, type, hwirq, fwspec);
    if (irq_domain_is_hierarchy(domain)) {
        int ret = irq_domain_alloc_irqs_locked(domain, -1, 1, 0, fwspec, false, nullptr);

        virq = ret > 0 ? ret : 0;
    } else {
        virq = create_mapping_locked(domain, hwirq, nullptr);
    }
    if (!virq)
        return 0;
    irq_data *data = irq_get_irq_data(virq);
    if (WARN_ON(!data))
        return 0;
    irqd_set_trigger_type(data, type);
    return virq;
}
EXPORT_SYMBOL_GPL(irq_create_fwspec_mapping);

void irq_dispose_mapping(unsigned int virq) {
    irq_data *data = virq ? irq_get_irq_data(virq) : nullptr;

    if (!virq || !data)
        return;
    irq_domain *domain = data->domain;
    if (WARN_ON(!domain))
        return;
    if (irq_domain_is_hierarchy(domain)) {
        irq_domain_free_irqs(virq, 1);
    } else {
        irq_domain_disassociate(domain, virq);
        irq_free_desc(virq);
    }
}
EXPORT_SYMBOL_GPL(irq_dispose_mapping);

irq_desc *__irq_resolve_mapping(irq_domain *domain, irq_hw_number_t hwirq, unsigned int *irq) {
    irq_desc *desc = nullptr;
    irq_data *data;

    if (!domain) {
        domain = irq_default_domain;
        if (!domain)
            return nullptr;
    }
    if (unlikely(irq_domain_is_nomap(domain))) {
        if (hwirq < domain->hwirq_max) {
            data = irq_domain_get_irq_data(domain, hwirq);
            if (data && data->hwirq == hwirq)
                desc = irq_data_to_desc(data);
            if (irq && desc)
                *irq = hwirq;
        }
        return desc;
    }
    rcu_read_lock();
    if (hwirq < domain->revmap_size)
        data = rcu_dereference(domain->revmap[hwirq]);
    else
        data = static_cast<irq_data *>(radix_tree_lookup(&domain->revmap_tree, hwirq));
    if (likely(data)) {
        desc = irq_data_to_desc(data);
        if (irq)
            *irq = data->irq;
    }
    rcu_read_unlock();
    return desc;
}
EXPORT_SYMBOL_GPL(__irq_resolve_mapping);

// Specifiers

int irq_domain_xlate_onecell(irq_domain *, device_node *, const u32 *intspec, unsigned int intsize,
                             unsigned long *out_hwirq, unsigned int *out_type) {
    if (WARN_ON(intsize < 1))
        return -EINVAL;
    *out_hwirq = intspec[0];
    *out_type = IRQ_TYPE_NONE;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_onecell);

int irq_domain_xlate_twocell(irq_domain *, device_node *, const u32 *intspec, unsigned int intsize,
                             unsigned long *out_hwirq, unsigned int *out_type) {
    if (WARN_ON(intsize < 2))
        return -EINVAL;
    *out_hwirq = intspec[0];
    *out_type = intspec[1] & IRQ_TYPE_SENSE_MASK;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_twocell);

int irq_domain_xlate_onetwocell(irq_domain *, device_node *, const u32 *intspec, unsigned int intsize,
                                unsigned long *out_hwirq, unsigned int *out_type) {
    if (WARN_ON(intsize < 1))
        return -EINVAL;
    *out_hwirq = intspec[0];
    *out_type = intsize > 1 ? intspec[1] & IRQ_TYPE_SENSE_MASK : static_cast<unsigned int>(IRQ_TYPE_NONE);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_onetwocell);

int irq_domain_translate_onecell(irq_domain *, irq_fwspec *fwspec, unsigned long *out_hwirq, unsigned int *out_type) {
    if (WARN_ON(fwspec->param_count < 1))
        return -EINVAL;
    *out_hwirq = fwspec->param[0];
    *out_type = IRQ_TYPE_NONE;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_translate_onecell);

int irq_domain_translate_twocell(irq_domain *, irq_fwspec *fwspec, unsigned long *out_hwirq, unsigned int *out_type) {
    if (WARN_ON(fwspec->param_count < 2))
        return -EINVAL;
    *out_hwirq = fwspec->param[0];
    *out_type = fwspec->param[1] & IRQ_TYPE_SENSE_MASK;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_translate_twocell);
