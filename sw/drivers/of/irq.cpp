// SPDX-License-Identifier: Apache-2.0
// Interrupts of device tree nodes: which controller, which cells, and the mapping to a Linux number (Linux:
// drivers/of/irq.c). A specifier climbs from the device to a controller; nexus nodes translate it on the way.
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

#include "drivers/of/cells.h"
#include "lib/ranges.h"

namespace {

constexpr nexus interrupt_nexus = {"interrupt-map", "interrupt-map-mask", nullptr, "#interrupt-cells", true};

bool has(const device_node *np, const char *name) {
    return of_find_property(np, name, nullptr) != nullptr;
}

} // namespace

// The node that a specifier without a reference is for: the nearest interrupt-parent, or an ancestor with
// #interrupt-cells.
device_node *of_irq_find_parent(device_node *child) {
    for (device_node *p = child; p;) {
        const phandle named = cell_or(p, "interrupt-parent", 0);
        p = named ? of_find_node_by_phandle(named) : p->parent;
        if (has(p, "#interrupt-cells"))
            return p;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(of_irq_find_parent);

// addr: the unit address of the node that has the interrupt, or null.
int of_irq_parse_raw(const __be32 *addr, of_phandle_args *out_irq) {
    u32 unit[MAX_PHANDLE_ARGS] = {};

    if (!out_irq->np)
        return -EINVAL;
    if (addr)
        cells(addr, min(cell_or(out_irq->np, "#address-cells", 0), u32(MAX_PHANDLE_ARGS))).copy_to(unit);
    for (;;) {
        device_node *at = out_irq->np;
        if (has(at, interrupt_nexus.map)) {
            if (int error = nexus_step(interrupt_nexus, *out_irq, unit))
                return error;
            continue;
        }
        if (has(at, "interrupt-controller"))
            return 0;
        device_node *parent = of_irq_find_parent(at);
        if (!parent || parent == at)
            return -EINVAL;
        out_irq->np = parent;
    }
}
EXPORT_SYMBOL_GPL(of_irq_parse_raw);

// The index-th specifier as it stands in the node: with its controller, or for the node's interrupt parent.
static int read_specifier(device_node *device, int index, of_phandle_args &out) {
    if (has(device, "interrupts-extended"))
        return of_parse_phandle_with_args(device, "interrupts-extended", "#interrupt-cells", index, &out);
    device_node *parent = of_irq_find_parent(device);
    const size_t count = cell_or(parent, "#interrupt-cells", 0);
    if (count == 0 || count > MAX_PHANDLE_ARGS)
        return -EINVAL;
    const property *interrupts = of_find_property(device, "interrupts", nullptr);
    cells all(device, "interrupts");
    const size_t before = static_cast<size_t>(index) * count;
    if (!interrupts)
        return -EINVAL;
    if (before + count > all.left())
        return interrupts->length ? -EOVERFLOW : -ENODATA;
    all.take(before);
    out.np = parent;
    out.args_count = static_cast<int>(count);
    all.take(count).copy_to(out.args);
    return 0;
}

int of_irq_parse_one(device_node *device, int index, of_phandle_args *out_irq) {
    const cells unit(device, "reg");
    const int error = read_specifier(device, index, *out_irq);

    return error ? error : of_irq_parse_raw(unit.at(), out_irq);
}
EXPORT_SYMBOL_GPL(of_irq_parse_one);

unsigned int irq_create_of_mapping(of_phandle_args *irq_data) {
    irq_fwspec fwspec;

    of_phandle_args_to_fwspec(irq_data->np, irq_data->args, irq_data->args_count, &fwspec);
    return irq_create_fwspec_mapping(&fwspec);
}
EXPORT_SYMBOL_GPL(irq_create_of_mapping);

unsigned int irq_of_parse_and_map(device_node *dev, int index) {
    of_phandle_args line;

    return of_irq_parse_one(dev, index, &line) ? 0 : irq_create_of_mapping(&line);
}
EXPORT_SYMBOL_GPL(irq_of_parse_and_map);

int of_irq_get(device_node *dev, int index) {
    of_phandle_args line;
    int answer = of_irq_parse_one(dev, index, &line);

    if (!answer)
        answer = irq_find_host(line.np) ? static_cast<int>(irq_create_of_mapping(&line)) : -EPROBE_DEFER;
    return answer;
}
EXPORT_SYMBOL_GPL(of_irq_get);

int of_irq_get_byname(device_node *dev, const char *name) {
    const int index = name ? of_property_match_string(dev, "interrupt-names", name) : -EINVAL;
    return index < 0 ? index : of_irq_get(dev, index);
}
EXPORT_SYMBOL_GPL(of_irq_get_byname);

int of_irq_count(device_node *dev) {
    of_phandle_args line;
    int count = 0;

    while (!of_irq_parse_one(dev, count, &line))
        count++;
    return count;
}
EXPORT_SYMBOL_GPL(of_irq_count);

// The number; and r, if it is not null, as an interrupt resource under the interrupt's name or the node's.
int of_irq_to_resource(device_node *dev, int index, resource *r) {
    const int irq = of_irq_get(dev, index);

    if (irq > 0 && r) {
        const auto line = static_cast<resource_size_t>(irq);
        *r = {.start = line, .end = line, .name = of_node_full_name(dev)};
        r->flags = IORESOURCE_IRQ | irq_get_trigger_type(static_cast<unsigned>(irq));
        of_property_read_string_index(dev, "interrupt-names", index, &r->name);
    }
    return irq;
}
EXPORT_SYMBOL_GPL(of_irq_to_resource);

int of_irq_to_resource_table(device_node *dev, resource *res, int nr_irqs) {
    int filled = 0;

    while (filled < nr_irqs && of_irq_to_resource(dev, filled, &res[filled]) > 0)
        filled++;
    return filled;
}
EXPORT_SYMBOL_GPL(of_irq_to_resource_table);

// Controllers, parents before those that hang on them.

namespace {

// A controller stands in `waiting` until it is started, and then in `started` until those below it are.
struct controller {
    list_head row;
    device_node *node, *parent; // parent null: the root controller
    of_irq_init_cb_t init;
};

void note(list_head &waiting, device_node *np, const of_device_id *match) {
    if (WARN(!match->data, "of_irq_init: no init function for %s\n", match->compatible))
        return;
    auto *c = static_cast<controller *>(kzalloc(sizeof(controller), GFP_KERNEL));
    if (WARN_ON(!c))
        return;
    device_node *above = of_irq_find_parent(np);
    c->node = np;
    c->parent = above == np ? nullptr : above;
    c->init = reinterpret_cast<of_irq_init_cb_t>(const_cast<void *>(match->data));
    list_add_tail(&c->row, &waiting);
}

bool start(const controller &c) {
    of_node_set_flag(c.node, OF_POPULATED);
    if (!c.init(c.node, c.parent))
        return true;
    pr_err("OF: of_irq_init: Failed to init %pOF (%p), parent %p\n", c.node, c.node, c.parent);
    of_node_clear_flag(c.node, OF_POPULATED);
    return false;
}

// Starts whom `parent` is the parent of.
void start_below(const device_node *parent, list_head &waiting, list_head &started) {
    for (controller &c : taking<&controller::row>(waiting)) {
        if (c.parent != parent)
            continue;
        list_del(&c.row);
        if (start(c))
            list_add_tail(&c.row, &started);
        else
            kfree(&c);
    }
}

} // namespace

void of_irq_init(const of_device_id *matches) {
    LIST_HEAD(waiting);
    LIST_HEAD(started);
    const of_device_id *match;

    for (device_node *np = nullptr; (np = of_find_matching_node_and_match(np, matches, &match));)
        if (has(np, "interrupt-controller") && of_device_is_available(np))
            note(waiting, np, match);
    start_below(nullptr, waiting, started);
    while (controller *parent = first_of<&controller::row>(started)) {
        list_del(&parent->row);
        start_below(parent->node, waiting, started);
        kfree(parent);
    }
    if (!list_empty(&waiting))
        pr_err("OF: of_irq_init: children remain, but no parents\n");
    for (controller &orphan : taking<&controller::row>(waiting))
        kfree(&orphan);
}

// What `ask` says about the first node of a list that it knows something about; null if it knows none, or if a
// reference before that is broken.
template <typename Ask>
static auto first_answer(reference_list &&list, Ask ask) {
    auto answer = ask(nullptr);
    while (!answer && list.more()) {
        result<reference_list::reference> entry = list.next();
        if (!entry)
            break;
        answer = ask((*entry).np);
    }
    return answer;
}

// Message interrupts. An msi-parent without cells stands alone; with them it is a list of controllers, of which the
// first that has a domain of the wanted kind is taken.
irq_domain *of_msi_get_domain(device *, device_node *np, irq_domain_bus_token token) {
    const auto domain_of = [token](device_node *host) { return host ? irq_find_matching_host(host, token) : nullptr; };
    device_node *const named = of_parse_phandle(np, "msi-parent", 0);
    const bool alone = named && !has(named, "#msi-cells");

    return alone ? domain_of(named) : first_answer(reference_list(np, "msi-parent", "#msi-cells", -1), domain_of);
}

void of_msi_configure(device *dev, device_node *np) {
    dev_set_msi_domain(dev, of_msi_get_domain(dev, np, DOMAIN_BUS_PLATFORM_MSI));
}
EXPORT_SYMBOL_GPL(of_msi_configure);
