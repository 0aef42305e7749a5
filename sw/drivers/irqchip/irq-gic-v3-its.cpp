// SPDX-License-Identifier: Apache-2.0
// Interrupts through an Arm GICv3 ITS (Arm IHI 0069, chapter 5): a device writes an event number, the ITS finds the LPI
// and the CPU. Each CPU is a collection of its own number; affinity moves an event to another collection.
//
// The stack: GICv3 (the LPI) - ITS (the event) - a bus's domain, which writes the message into the device.
#define pr_fmt(fmt) "ITS: " fmt

#include "drivers/irqchip/irq-gic-v3-its.h"
#include "drivers/irqchip/irq-gic-v3.h"

#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/msi.h>
#include <linux/of.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "port/port.h"

namespace {

// How many LPIs have each CPU as their target: where a new one goes.
DEFINE_PER_CPU(atomic_t, lpi_count);

its_device *device_of(irq_data *d) {
    return static_cast<its_device *>(d->chip_data);
}

u32 event_of(irq_data *d) {
    return d->hwirq - device_of(d)->lpi_base;
}

// Commands

u64 with_device(u64 opcode, its_device *dev) {
    return opcode | static_cast<u64>(dev->device_id) << 32;
}

void send_event_command(irq_data *d, u64 opcode) {
    its_device *dev = device_of(d);
    u32 event = event_of(d);

    its_send_command(dev->its, {{with_device(opcode, dev), event, 0, 0}}, dev->col_map[event]);
}

void send_mapd(its_device *dev, bool valid) {
    u64 size = ilog2(dev->nr_events) - 1;
    u64 itt = virt_to_phys(dev->itt) | (valid ? 1ull << 63 : 0);

    its_send_command(dev->its, {{with_device(GITS_CMD_MAPD, dev), size, itt, 0}}, cpumask_first(cpu_online_mask));
}

void send_mapti(irq_data *d) {
    its_device *dev = device_of(d);
    u32 event = event_of(d);

    its_send_command(
        dev->its,
        {{with_device(GITS_CMD_MAPTI, dev), event | static_cast<u64>(d->hwirq) << 32, dev->col_map[event], 0}},
        dev->col_map[event]);
}

// The chip

void lpi_update_config(irq_data *d, u8 clr, u8 set) {
    its_lpi_configure(d->hwirq, clr, set);
    send_event_command(d, GITS_CMD_INV);
}

void its_mask_irq(irq_data *d) {
    lpi_update_config(d, LPI_PROP_ENABLED, 0);
}

void its_unmask_irq(irq_data *d) {
    lpi_update_config(d, 0, LPI_PROP_ENABLED);
}

void count_lpi(unsigned int cpu, int by) {
    atomic_add(by, per_cpu_ptr(&lpi_count, cpu));
}

// The CPU of the mask that has the fewest LPIs; the lowest of several.
unsigned int select_cpu(const cpumask *mask) {
    unsigned int best = nr_cpu_ids, cpu;

    for_each_cpu_and(cpu, mask, cpu_online_mask) {
        if (best >= nr_cpu_ids ||
            atomic_read(per_cpu_ptr(&lpi_count, cpu)) < atomic_read(per_cpu_ptr(&lpi_count, best)))
            best = cpu;
    }
    return best;
}

int its_set_affinity(irq_data *d, const cpumask *mask, bool force) {
    its_device *dev = device_of(d);
    u32 event = event_of(d);
    unsigned int old = dev->col_map[event];

    if (irqd_is_forwarded_to_vcpu(d))
        return -EINVAL;
    // What stays where it is needs no command, and must not look busier for being there.
    count_lpi(old, -1);
    unsigned int cpu = force ? cpumask_first(mask) : select_cpu(mask);
    if (cpu >= nr_cpu_ids) {
        count_lpi(old, 1);
        return -EINVAL;
    }
    count_lpi(cpu, 1);
    if (cpu != old) {
        dev->col_map[event] = cpu;
        its_send_command(dev->its, {{with_device(GITS_CMD_MOVI, dev), event, cpu, 0}}, old);
        irq_data_update_effective_affinity(d, cpumask_of(cpu));
    }
    return IRQ_SET_MASK_OK_DONE;
}

void its_irq_compose_msi_msg(irq_data *d, msi_msg *msg) {
    phys_addr_t address = device_of(d)->its->phys_base + GITS_TRANSLATER;

    msg->address_lo = address;
    msg->address_hi = address >> 32;
    msg->data = event_of(d);
}

int its_irq_set_irqchip_state(irq_data *d, irqchip_irq_state which, bool state) {
    if (which != IRQCHIP_STATE_PENDING)
        return -EINVAL;
    send_event_command(d, state ? GITS_CMD_INT : GITS_CMD_CLEAR);
    return 0;
}

int its_irq_retrigger(irq_data *d) {
    return !its_irq_set_irqchip_state(d, IRQCHIP_STATE_PENDING, true);
}

const irq_chip its_irq_chip = {
    .name = "ITS",
    .irq_mask = its_mask_irq,
    .irq_unmask = its_unmask_irq,
    .irq_eoi = irq_chip_eoi_parent,
    .irq_set_affinity = its_set_affinity,
    .irq_retrigger = its_irq_retrigger,
    .irq_compose_msi_msg = its_irq_compose_msi_msg,
    .irq_set_irqchip_state = its_irq_set_irqchip_state,
};

// Devices

its_device *find_device(its_node *its, u32 dev_id) {
    its_device *dev;

    list_for_each_entry (dev, &its->its_device_list, entry) {
        if (dev->device_id == dev_id)
            return dev;
    }
    return nullptr;
}

void free_device(its_device *dev) {
    if (dev->lpi_base)
        its_lpi_free(dev->lpi_base, dev->nr_events);
    free_pages(reinterpret_cast<unsigned long>(dev->itt), get_order(dev->nr_events * 16ul));
    bitmap_free(dev->lpi_map);
    kfree(dev->col_map);
    kfree(dev);
}

// Room for `nvec` events, a power of two and at least two, which is the least that MAPD can say.
its_device *create_device(its_node *its, u32 dev_id, int nvec) {
    if (!its_alloc_device_table(its, dev_id))
        return nullptr;
    auto *dev = static_cast<its_device *>(kzalloc(sizeof(its_device), GFP_KERNEL));
    if (!dev)
        return nullptr;
    dev->its = its;
    dev->device_id = dev_id;
    dev->nr_events = roundup_pow_of_two(nvec < 2 ? 2 : nvec);
    dev->lpi_map = bitmap_zalloc(dev->nr_events, GFP_KERNEL);
    dev->col_map = static_cast<u16 *>(kcalloc(dev->nr_events, sizeof(u16), GFP_KERNEL));
    // No entry is larger than 16 bytes; pages are aligned better than the 256 bytes that the table wants.
    dev->itt = its_alloc_pages(dev->nr_events * 16ul);
    int base = dev->lpi_map && dev->col_map && dev->itt ? its_lpi_alloc(dev->nr_events) : -ENOMEM;
    if (base < 0) {
        free_device(dev);
        return nullptr;
    }
    dev->lpi_base = base;
    list_add(&dev->entry, &its->its_device_list);
    send_mapd(dev, true);
    return dev;
}

// The domain

its_node *its_of(irq_domain *domain) {
    return static_cast<its_node *>(msi_get_domain_info(domain)->data);
}

// The DeviceID comes from the bus's level in the scratchpad; the device goes back the same way.
int its_msi_prepare(irq_domain *domain, device *, int nvec, msi_alloc_info_t *info) {
    its_node *its = its_of(domain);
    u32 dev_id = info->scratchpad[0].ul;

    mutex_lock(&its->dev_alloc_lock);
    its_device *dev = find_device(its, dev_id);
    if (dev)
        dev->shared = true;
    else
        dev = create_device(its, dev_id, nvec);
    mutex_unlock(&its->dev_alloc_lock);
    info->scratchpad[0].ptr = dev;
    return dev ? 0 : -ENOMEM;
}

msi_domain_ops its_msi_domain_ops = {.msi_prepare = its_msi_prepare};

int its_gic_domain_alloc(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq) {
    irq_fwspec fwspec = {};

    fwspec.fwnode = domain->parent->fwnode;
    fwspec.param_count = 3;
    fwspec.param[0] = gic_irq_type_lpi;
    fwspec.param[1] = hwirq;
    fwspec.param[2] = IRQ_TYPE_EDGE_RISING;
    return irq_domain_alloc_irqs_parent(domain, virq, 1, &fwspec);
}

void drop_events(its_device *dev, unsigned int first, unsigned int count) {
    mutex_lock(&dev->its->dev_alloc_lock);
    bitmap_release_region(dev->lpi_map, first, get_count_order(count));
    if (!dev->shared && bitmap_empty(dev->lpi_map, dev->nr_events)) {
        list_del(&dev->entry);
        send_mapd(dev, false);
        mutex_unlock(&dev->its->dev_alloc_lock);
        free_device(dev);
        return;
    }
    mutex_unlock(&dev->its->dev_alloc_lock);
}

int its_irq_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *args) {
    auto *dev = static_cast<its_device *>(static_cast<msi_alloc_info_t *>(args)->scratchpad[0].ptr);

    mutex_lock(&dev->its->dev_alloc_lock);
    int event = bitmap_find_free_region(dev->lpi_map, dev->nr_events, get_count_order(nr_irqs));
    mutex_unlock(&dev->its->dev_alloc_lock);
    if (event < 0)
        return -ENOSPC;
    for (unsigned int i = 0; i < nr_irqs; i++) {
        irq_hw_number_t hwirq = dev->lpi_base + event + i;
        int err = its_gic_domain_alloc(domain, virq + i, hwirq);
        if (err) {
            irq_domain_free_irqs_parent(domain, virq, i);
            drop_events(dev, event, nr_irqs);
            return err;
        }
        irq_domain_set_hwirq_and_chip(domain, virq + i, hwirq, &its_irq_chip, dev);
        irq_data *d = irq_get_irq_data(virq + i);
        irqd_set_single_target(d);
        irqd_set_affinity_on_activate(d);
    }
    return 0;
}

void its_irq_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    irq_data *d = irq_domain_get_irq_data(domain, virq);
    its_device *dev = device_of(d);
    u32 event = event_of(d);

    irq_domain_free_irqs_common(domain, virq, nr_irqs);
    drop_events(dev, event, nr_irqs);
}

int its_irq_domain_activate(irq_domain *, irq_data *d, bool) {
    unsigned int cpu = select_cpu(irq_data_get_affinity_mask(d));

    if (cpu >= nr_cpu_ids)
        cpu = select_cpu(cpu_online_mask);
    count_lpi(cpu, 1);
    device_of(d)->col_map[event_of(d)] = cpu;
    irq_data_update_effective_affinity(d, cpumask_of(cpu));
    send_mapti(d);
    return 0;
}

void its_irq_domain_deactivate(irq_domain *, irq_data *d) {
    count_lpi(device_of(d)->col_map[event_of(d)], -1);
    send_event_command(d, GITS_CMD_DISCARD);
}

const irq_domain_ops its_domain_ops = {
    .alloc = its_irq_domain_alloc,
    .free = its_irq_domain_free,
    .activate = its_irq_domain_activate,
    .deactivate = its_irq_domain_deactivate,
};

// Platform devices

int of_pmsi_get_dev_id(irq_domain *domain, device *dev, u32 *dev_id) {
    of_phandle_args args;

    for (int index = 0; !of_parse_phandle_with_args(dev->of_node, "msi-parent", "#msi-cells", index, &args); index++) {
        if (args.np != to_of_node(domain->fwnode))
            continue;
        if (args.args_count != 1)
            return -EINVAL;
        *dev_id = args.args[0];
        return 0;
    }
    return -EINVAL;
}

int its_pmsi_prepare(irq_domain *domain, device *dev, int nvec, msi_alloc_info_t *info) {
    u32 dev_id;
    int ret = dev->of_node ? of_pmsi_get_dev_id(domain, dev, &dev_id) : -ENODEV;

    if (ret)
        return ret;
    info->scratchpad[0].ul = dev_id;
    // The table has room for what a driver asks for later, up to 32 events.
    nvec = roundup_pow_of_two(nvec < 32 ? 32 : nvec);
    return msi_get_domain_info(domain->parent)->ops->msi_prepare(domain->parent, dev, nvec, info);
}

irq_chip its_pmsi_irq_chip = {.name = "ITS-pMSI"};
msi_domain_ops its_pmsi_ops = {.msi_prepare = its_pmsi_prepare};
msi_domain_info its_pmsi_domain_info = {
    .flags = MSI_FLAG_USE_DEF_DOM_OPS | MSI_FLAG_USE_DEF_CHIP_OPS,
    .ops = &its_pmsi_ops,
    .chip = &its_pmsi_irq_chip,
};

// Early, since devices come later; the ITS's own domain is there since the GIC was found.
int its_pmsi_init() {
    its_node *its;

    list_for_each_entry (its, &its_nodes, entry) {
        fwnode_handle *handle = of_fwnode_handle(its->of_node);
        const char *name = its->of_node->full_name;
        irq_domain *inner = irq_find_matching_fwnode(handle, DOMAIN_BUS_NEXUS);

        if (!inner)
            printk(KERN_ERR "%s: unable to locate ITS domain\n", name);
        else if (!platform_msi_create_irq_domain(handle, &its_pmsi_domain_info, inner))
            printk(KERN_ERR "%s: unable to create platform domain\n", name);
        else
            printk(KERN_INFO "Platform MSI: %s domain created\n", name);
    }
    return 0;
}
early_initcall(its_pmsi_init);

int init_domain(its_node *its, irq_domain *parent) {
    auto *info = static_cast<msi_domain_info *>(kzalloc(sizeof(msi_domain_info), GFP_KERNEL));

    if (!info)
        return -ENOMEM;
    info->ops = &its_msi_domain_ops;
    info->data = its;
    irq_domain *inner =
        irq_domain_create_hierarchy(parent, 0, 0, of_fwnode_handle(its->of_node), &its_domain_ops, info);
    if (!inner) {
        kfree(info);
        return -ENOMEM;
    }
    irq_domain_update_bus_token(inner, DOMAIN_BUS_NEXUS);
    return 0;
}

} // namespace

int its_init(fwnode_handle *handle, irq_domain *parent) {
    device_node *np;

    for_each_available_child_of_node(to_of_node(handle), np) {
        if (!of_device_is_compatible(np, "arm,gic-v3-its"))
            continue;
        if (!of_property_read_bool(np, "msi-controller")) {
            pr_warn("%pOF: not an msi-controller, ITS ignored\n", np);
            continue;
        }
        its_node *its = its_probe(np);
        int err = its ? init_domain(its, parent) : -ENXIO;
        if (err)
            pr_err("%pOF: failed to initialize: %d\n", np, err);
    }
    if (list_empty(&its_nodes)) {
        pr_warn("No ITS available, not enabling LPIs\n");
        return -ENXIO;
    }
    int err = its_alloc_lpi_tables();
    if (err)
        pr_err("no memory for the LPI tables\n");
    return err;
}

int its_cpu_init() {
    its_node *its;

    if (list_empty(&its_nodes))
        return 0;
    int err = its_cpu_init_lpis();
    if (err)
        return err;
    unsigned int cpu = smp_processor_id();
    list_for_each_entry (its, &its_nodes, entry) {
        its_send_command(its, {{GITS_CMD_MAPC, 0, 1ull << 63 | its_collection_target(its, cpu) | cpu, 0}}, cpu);
        its_send_command(its, {{GITS_CMD_INVALL, 0, cpu, 0}}, cpu);
    }
    return 0;
}
