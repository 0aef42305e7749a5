// SPDX-License-Identifier: Apache-2.0
// Interrupts of device tree nodes: which controller, which cells, and the mapping to a Linux number.
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/slab.h>
#include <linux/string.h>

// The node that a specifier without a reference is for: the nearest interrupt-parent, or an ancestor with
// #interrupt-cells.
device_node *of_irq_find_parent(device_node *child) {
    device_node *p = child;
    u32 handle;

    do {
        p = of_property_read_u32(p, "interrupt-parent", &handle) ? of_get_parent(p) : of_find_node_by_phandle(handle);
    } while (p && !of_property_read_bool(p, "#interrupt-cells"));
    return p;
}
EXPORT_SYMBOL_GPL(of_irq_find_parent);

static u32 cells_of(const device_node *np, const char *name, u32 otherwise) {
    u32 cells;

    return of_property_read_u32(np, name, &cells) ? otherwise : cells;
}

// One step through the interrupt-map of a nexus node: entries are <child unit address, child cells, phandle, parent
// unit address, parent cells>. `unit` is the unit address of the child, as many words as the nexus has #address-cells.
static int follow_interrupt_map(device_node *nexus, u32 *unit, of_phandle_args *irq) {
    int length;
    auto *at = static_cast<const __be32 *>(of_get_property(nexus, "interrupt-map", &length));
    const __be32 *end = at + length / 4;
    u32 addr_cells = cells_of(nexus, "#address-cells", 0);
    u32 mask[MAX_PHANDLE_ARGS];
    u32 keys = addr_cells + irq->args_count;

    if (keys > MAX_PHANDLE_ARGS)
        return -EINVAL;
    if (of_property_read_u32_array(nexus, "interrupt-map-mask", mask, keys)) {
        for (u32 i = 0; i < keys; i++)
            mask[i] = ~0u;
    }
    while (at + keys < end) {
        bool match = true;
        for (u32 i = 0; i < keys; i++) {
            u32 wanted = i < addr_cells ? unit[i] : irq->args[i - addr_cells];
            match = match && !((be32_to_cpu(at[i]) ^ wanted) & mask[i]);
        }
        at += keys;
        device_node *parent = of_find_node_by_phandle(be32_to_cpu(*at++));
        if (!parent)
            return -EINVAL;
        u32 parent_addr = cells_of(parent, "#address-cells", 0);
        u32 parent_irq = cells_of(parent, "#interrupt-cells", 0);
        if (!parent_irq || parent_irq > MAX_PHANDLE_ARGS || parent_addr > MAX_PHANDLE_ARGS ||
            at + parent_addr + parent_irq > end)
            return -EINVAL;
        if (match) {
            for (u32 i = 0; i < parent_addr; i++)
                unit[i] = be32_to_cpu(at[i]);
            irq->np = parent;
            irq->args_count = parent_irq;
            for (u32 i = 0; i < parent_irq; i++)
                irq->args[i] = be32_to_cpu(at[parent_addr + i]);
            return 0;
        }
        at += parent_addr + parent_irq;
    }
    return -EINVAL;
}

// Follows a specifier up to a controller: interrupt nexus nodes translate it on the way. addr: the unit address of the
// node that has the interrupt, or null.
int of_irq_parse_raw(const __be32 *addr, of_phandle_args *out_irq) {
    u32 unit[MAX_PHANDLE_ARGS] = {};

    if (!out_irq->np)
        return -EINVAL;
    for (u32 i = 0; addr && i < cells_of(out_irq->np, "#address-cells", 0) && i < MAX_PHANDLE_ARGS; i++)
        unit[i] = be32_to_cpu(addr[i]);
    for (;;) {
        device_node *np = out_irq->np;
        bool has_map = of_property_read_bool(np, "interrupt-map");

        if (of_property_read_bool(np, "interrupt-controller") && !has_map)
            return 0;
        if (has_map) {
            int ret = follow_interrupt_map(np, unit, out_irq);

            if (ret)
                return ret;
            continue;
        }
        device_node *parent = of_irq_find_parent(np);
        if (!parent || parent == np)
            return -EINVAL;
        out_irq->np = parent;
    }
}
EXPORT_SYMBOL_GPL(of_irq_parse_raw);

int of_irq_parse_one(device_node *device, int index, of_phandle_args *out_irq) {
    auto *addr = static_cast<const __be32 *>(of_get_property(device, "reg", nullptr));
    int res = of_parse_phandle_with_args(device, "interrupts-extended", "#interrupt-cells", index, out_irq);

    if (!res)
        return of_irq_parse_raw(addr, out_irq);
    if (of_property_read_bool(device, "interrupts-extended"))
        return res;
    device_node *p = of_irq_find_parent(device);
    if (!p)
        return -EINVAL;
    u32 intsize = cells_of(p, "#interrupt-cells", 0);
    if (!intsize || intsize > MAX_PHANDLE_ARGS)
        return -EINVAL;
    out_irq->np = p;
    out_irq->args_count = intsize;
    for (u32 i = 0; i < intsize; i++) {
        res = of_property_read_u32_index(device, "interrupts", index * intsize + i, out_irq->args + i);
        if (res)
            return res;
    }
    return of_irq_parse_raw(addr, out_irq);
}
EXPORT_SYMBOL_GPL(of_irq_parse_one);

unsigned int irq_create_of_mapping(of_phandle_args *irq_data) {
    irq_fwspec fwspec;

    of_phandle_args_to_fwspec(irq_data->np, irq_data->args, irq_data->args_count, &fwspec);
    return irq_create_fwspec_mapping(&fwspec);
}
EXPORT_SYMBOL_GPL(irq_create_of_mapping);

unsigned int irq_of_parse_and_map(device_node *dev, int index) {
    of_phandle_args oirq;

    return of_irq_parse_one(dev, index, &oirq) ? 0 : irq_create_of_mapping(&oirq);
}
EXPORT_SYMBOL_GPL(irq_of_parse_and_map);

int of_irq_get(device_node *dev, int index) {
    of_phandle_args oirq;
    int rc = of_irq_parse_one(dev, index, &oirq);

    if (rc)
        return rc;
    if (!irq_find_host(oirq.np))
        return -EPROBE_DEFER;
    return irq_create_of_mapping(&oirq);
}
EXPORT_SYMBOL_GPL(of_irq_get);

int of_irq_get_byname(device_node *dev, const char *name) {
    if (!name)
        return -EINVAL;
    int index = of_property_match_string(dev, "interrupt-names", name);
    return index < 0 ? index : of_irq_get(dev, index);
}
EXPORT_SYMBOL_GPL(of_irq_get_byname);

int of_irq_count(device_node *dev) {
    of_phandle_args irq;
    int nr = 0;

    while (!of_irq_parse_one(dev, nr, &irq))
        nr++;
    return nr;
}
EXPORT_SYMBOL_GPL(of_irq_count);

// The number, and r as an interrupt resource if it is not null.
int of_irq_to_resource(device_node *dev, int index, resource *r) {
    int irq = of_irq_get(dev, index);

    if (irq <= 0 || !r)
        return irq;
    const char *name = nullptr;
    memset(r, 0, sizeof(*r));
    of_property_read_string_index(dev, "interrupt-names", index, &name);
    r->start = r->end = irq;
    r->flags = IORESOURCE_IRQ | irq_get_trigger_type(irq);
    r->name = name ? name : of_node_full_name(dev);
    return irq;
}
EXPORT_SYMBOL_GPL(of_irq_to_resource);

int of_irq_to_resource_table(device_node *dev, resource *res, int nr_irqs) {
    int i;

    for (i = 0; i < nr_irqs; i++, res++) {
        if (of_irq_to_resource(dev, i, res) <= 0)
            break;
    }
    return i;
}
EXPORT_SYMBOL_GPL(of_irq_to_resource_table);

// Controllers, parents before the controllers that hang on them.

namespace {

struct intc_desc {
    list_head list;
    of_irq_init_cb_t init;
    device_node *dev;
    device_node *interrupt_parent;
};

} // namespace

void of_irq_init(const of_device_id *matches) {
    const of_device_id *match;
    device_node *np;
    LIST_HEAD(waiting);

    for_each_matching_node_and_match(np, matches, &match) {
        if (!of_property_read_bool(np, "interrupt-controller") || !of_device_is_available(np))
            continue;
        if (WARN(!match->data, "of_irq_init: no init function for %s\n", match->compatible))
            continue;
        auto *desc = static_cast<intc_desc *>(kzalloc(sizeof(intc_desc), GFP_KERNEL));
        if (WARN_ON(!desc))
            break;
        desc->init = reinterpret_cast<of_irq_init_cb_t>(const_cast<void *>(match->data));
        desc->dev = np;
        desc->interrupt_parent = of_irq_find_parent(np);
        // The root controller is its own parent.
        if (desc->interrupt_parent == np)
            desc->interrupt_parent = nullptr;
        list_add_tail(&desc->list, &waiting);
    }

    // Each round starts those whose parent is started, or is none of these.
    for (bool progress = true; progress && !list_empty(&waiting);) {
        intc_desc *desc, *other, *next;

        progress = false;
        list_for_each_entry_safe (desc, next, &waiting, list) {
            bool parent_waits = false;
            list_for_each_entry (other, &waiting, list) {
                parent_waits = parent_waits || other->dev == desc->interrupt_parent;
            }
            if (parent_waits)
                continue;
            list_del(&desc->list);
            of_node_set_flag(desc->dev, OF_POPULATED);
            int ret = desc->init(desc->dev, desc->interrupt_parent);
            if (ret) {
                pr_err("OF: of_irq_init: Failed to init %pOF, parent %pOF\n", desc->dev, desc->interrupt_parent);
                of_node_clear_flag(desc->dev, OF_POPULATED);
            }
            kfree(desc);
            progress = true;
            break;
        }
    }
    intc_desc *desc, *next;
    list_for_each_entry_safe (desc, next, &waiting, list) {
        pr_err("OF: of_irq_init: %pOF is its own ancestor\n", desc->dev);
        list_del(&desc->list);
        kfree(desc);
    }
}

// Message interrupts. An msi-parent without cells stands alone; with them it is a list of controllers, of which the
// first that has a domain of the wanted kind is taken.
irq_domain *of_msi_get_domain(device *, device_node *np, irq_domain_bus_token token) {
    device_node *single = of_parse_phandle(np, "msi-parent", 0);

    if (single && !of_property_read_bool(single, "#msi-cells"))
        return irq_find_matching_host(single, token);
    of_phandle_args args;
    for (int index = 0; !of_parse_phandle_with_args(np, "msi-parent", "#msi-cells", index, &args); index++) {
        irq_domain *domain = irq_find_matching_host(args.np, token);
        if (domain)
            return domain;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(of_msi_get_domain);

void of_msi_configure(device *dev, device_node *np) {
    dev_set_msi_domain(dev, of_msi_get_domain(dev, np, DOMAIN_BUS_PLATFORM_MSI));
}
EXPORT_SYMBOL_GPL(of_msi_configure);
