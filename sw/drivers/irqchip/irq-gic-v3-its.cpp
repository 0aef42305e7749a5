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

#include "lib/guard.h"
#include "lib/ranges.h"
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

// Commands go by way of the CPU that the event is for now.

void send_event_command(irq_data *d, u64 opcode) {
    const its_device &dev = *device_of(d);
    const u32 event = event_of(d);

    its_send_command(dev.its, its_cmd::of_event(opcode, dev.device_id, event), dev.col_map[event]);
}

// No redistributor knows of devices.
void map_device(its_device &dev, bool valid) {
    its_send_command(dev.its, its_cmd::mapd(dev.device_id, dev.nr_events, valid ? virt_to_phys(dev.itt) : 0));
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
    its_device &dev = *device_of(d);
    u16 &collection = dev.col_map[event_of(d)];
    const unsigned int from = collection;

    if (irqd_is_forwarded_to_vcpu(d))
        return -EINVAL;
    // Counted out while it is looked for a place, so that where it is does not look busier for its being there.
    count_lpi(from, -1);
    const unsigned int to = force ? cpumask_first(mask) : select_cpu(mask);
    const bool possible = to < nr_cpu_ids;
    count_lpi(possible ? to : from, 1);
    if (!possible)
        return -EINVAL;
    if (to != from) {
        collection = to;
        its_send_command(dev.its, its_cmd::movi(dev.device_id, event_of(d), to), from);
        irq_data_update_effective_affinity(d, cpumask_of(to));
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
    return find_in<&its_device::entry>(its->its_device_list, [=](its_device &d) { return d.device_id == dev_id; });
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
    on_failure incomplete([=] { free_device(dev); });
    if (!dev->lpi_map || !dev->col_map || !dev->itt)
        return nullptr;
    result<unsigned int> base = its_lpi_alloc(dev->nr_events);
    if (!base)
        return nullptr;
    dev->lpi_base = *base;
    list_add(&dev->entry, &its->its_device_list);
    map_device(*dev, true);
    incomplete.dismiss();
    return dev;
}

// The domain

its_node *its_of(irq_domain *domain) {
    return static_cast<its_node *>(msi_get_domain_info(domain)->data);
}

// The DeviceID comes from the bus's level in the scratchpad; the device goes back the same way.
int its_msi_prepare(irq_domain *domain, device *, int nvec, msi_alloc_info_t *info) {
    its_node *its = its_of(domain);
    const u32 dev_id = info->scratchpad[0].ul;
    hold l(its->dev_alloc_lock);
    its_device *known = find_device(its, dev_id);

    if (known)
        known->shared = true;
    its_device *dev = known ? known : create_device(its, dev_id, nvec);
    info->scratchpad[0].ptr = dev;
    return dev ? 0 : -ENOMEM;
}

msi_domain_ops its_msi_domain_ops = {.msi_prepare = its_msi_prepare};

// Events in a row of a device, a power of two of them. They are free again, and the device with its last ones, unless
// they are kept.
class event_block {
public:
    event_block(its_device &dev, unsigned int count)
        : dev_(dev)
        , order_(get_count_order(count)) {
        hold l(dev.its->dev_alloc_lock);
        first_ = bitmap_find_free_region(dev.lpi_map, dev.nr_events, order_);
    }
    // Those of lines that are freed, from this one on.
    event_block(irq_data *line, unsigned int count)
        : dev_(*device_of(line))
        , order_(get_count_order(count))
        , first_(event_of(line)) {}
    ~event_block() {
        if (first_ >= 0 && give_back())
            free_device(&dev_);
    }
    event_block(const event_block &) = delete;
    event_block &operator=(const event_block &) = delete;

    explicit operator bool() const { return first_ >= 0; }
    unsigned int lpi(unsigned int i) const { return dev_.lpi_base + first_ + i; }
    void keep() { first_ = -1; }

private:
    // True: the device has no event any more, and the ITS does not know it.
    bool give_back() {
        hold l(dev_.its->dev_alloc_lock);
        bitmap_release_region(dev_.lpi_map, first_, order_);
        if (dev_.shared || !bitmap_empty(dev_.lpi_map, dev_.nr_events))
            return false;
        list_del(&dev_.entry);
        map_device(dev_, false);
        return true;
    }

    its_device &dev_;
    int order_, first_;
};

int its_irq_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *args) {
    auto *dev = static_cast<its_device *>(static_cast<msi_alloc_info_t *>(args)->scratchpad[0].ptr);
    event_block events(*dev, nr_irqs);
    unsigned int done = 0;

    if (!events)
        return -ENOSPC;
    on_failure no_lines([&] { irq_domain_free_irqs_parent(domain, virq, done); });
    for (; done < nr_irqs; done++) {
        if (const int refusal = gic_alloc_message_irq(domain, virq + done, GIC_IRQ_TYPE_LPI, events.lpi(done)))
            return refusal;
        irq_domain_set_hwirq_and_chip(domain, virq + done, events.lpi(done), &its_irq_chip, dev);
        irqd_set_affinity_on_activate(irq_get_irq_data(virq + done));
        irqd_set_single_target(irq_get_irq_data(virq + done));
    }
    no_lines.dismiss();
    events.keep();
    return 0;
}

void its_irq_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    const event_block end_of(irq_domain_get_irq_data(domain, virq), nr_irqs);
    irq_domain_free_irqs_common(domain, virq, nr_irqs);
}

// The event gets its LPI, on the least busy of the CPUs that may have it, else of all.
int its_irq_domain_activate(irq_domain *, irq_data *d, bool) {
    its_device &dev = *device_of(d);
    const unsigned int allowed = select_cpu(irq_data_get_affinity_mask(d));
    const unsigned int cpu = allowed < nr_cpu_ids ? allowed : select_cpu(cpu_online_mask);

    dev.col_map[event_of(d)] = cpu;
    its_send_command(dev.its, its_cmd::mapti(dev.device_id, event_of(d), d->hwirq, cpu), cpu);
    irq_data_update_effective_affinity(d, cpumask_of(cpu));
    count_lpi(cpu, 1);
    return 0;
}

void its_irq_domain_deactivate(irq_domain *, irq_data *d) {
    send_event_command(d, GITS_CMD_DISCARD);
    count_lpi(device_of(d)->col_map[event_of(d)], -1);
}

const irq_domain_ops its_domain_ops = {
    .alloc = its_irq_domain_alloc,
    .free = its_irq_domain_free,
    .activate = its_irq_domain_activate,
    .deactivate = its_irq_domain_deactivate,
};

// Platform devices

// One cell of the device's msi-parent entry for this controller.
result<u32> of_pmsi_get_dev_id(const irq_domain *domain, device *dev) {
    of_phandle_args parent;

    for (int i = 0; dev->of_node && !of_parse_phandle_with_args(dev->of_node, "msi-parent", "#msi-cells", i, &parent);
         i++)
        if (of_node_to_fwnode(parent.np) == domain->fwnode)
            return parent.args_count == 1 ? result<u32>(parent.args[0]) : failure(-EINVAL);
    return failure(dev->of_node ? -EINVAL : -ENODEV);
}

// The table has room for what a driver asks for later, up to 32 events.
int its_pmsi_prepare(irq_domain *domain, device *dev, int nvec, msi_alloc_info_t *info) {
    result<u32> id = of_pmsi_get_dev_id(domain, dev);

    if (!id)
        return id.error();
    info->scratchpad[0].ul = *id;
    return its_msi_prepare(domain->parent, dev, max(static_cast<int>(roundup_pow_of_two(nvec)), 32), info);
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

// The ITS's level between its devices and the GIC; what MSI needs to know of it goes with it.
int init_domain(its_node *its, irq_domain *parent) {
    auto *about = static_cast<msi_domain_info *>(kzalloc(sizeof(msi_domain_info), GFP_KERNEL));
    on_failure no_level([=] { kfree(about); });

    if (!about)
        return -ENOMEM;
    about->data = its;
    about->ops = &its_msi_domain_ops;
    if (!gic_nexus(parent, of_fwnode_handle(its->of_node), &its_domain_ops, about))
        return -ENOMEM;
    no_level.dismiss();
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
    if (list_empty(&its_nodes))
        return 0;
    if (const int err = its_cpu_init_lpis())
        return err;
    const unsigned int cpu = smp_processor_id();
    for (its_node &its : list_of<&its_node::entry>(its_nodes)) {
        its_send_command(&its, its_cmd::mapc(cpu, its_collection_target(&its, cpu)), cpu);
        its_send_command(&its, its_cmd::invall(cpu), cpu);
    }
    return 0;
}
