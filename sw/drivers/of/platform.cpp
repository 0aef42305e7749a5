// SPDX-License-Identifier: Apache-2.0
// Platform devices for device tree nodes (Linux: drivers/of/platform.c).
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_device.h>
#include <linux/of_irq.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "lib/result.h"

const of_device_id of_default_bus_match_table[] = {
    {.compatible = "simple-bus"},
    {.compatible = "simple-mfd"},
    {.compatible = "isa"},
    {},
};

platform_device *of_find_device_by_node(device_node *np) {
    device *dev = bus_find_device_by_of_node(&platform_bus_type, np);

    return dev ? to_platform_device(dev) : nullptr;
}
EXPORT_SYMBOL(of_find_device_by_node);

// Names. "fe760000.gpio" for what has an address; else the names of the node and of its ancestors, up to the first that
// has one.

static u64 address_of(device_node *np) {
    auto *reg = static_cast<const __be32 *>(of_get_property(np, "reg", nullptr));
    return reg ? of_translate_address(np, reg) : ~0ull;
}

static void of_device_make_bus_id(device *dev) {
    u64 address = ~0ull;

    for (device_node *np = dev->of_node; np->parent && address == ~0ull; np = np->parent) {
        const char *behind = dev_name(dev);
        char own[64];
        address = address_of(np);
        if (address == ~0ull)
            strscpy(own, kbasename(np->full_name), sizeof(own));
        else
            snprintf(own, sizeof(own), "%llx.%s", static_cast<unsigned long long>(address), np->name);
        dev_set_name(dev, behind ? "%s:%s" : "%s", own, behind);
    }
}

// One node

namespace {

// That a device has been made from a node. Held for good once it is kept.
class populated {
public:
    explicit populated(device_node *np)
        : node_(of_node_test_and_set_flag(np, OF_POPULATED) ? nullptr : np) {}
    ~populated() {
        if (node_)
            of_node_clear_flag(node_, OF_POPULATED);
    }
    explicit operator bool() const { return node_; }
    void keep_it() { node_ = nullptr; }

private:
    device_node *node_;
};

// The register windows of a node, as the device's resources.
result<void> take_windows(platform_device *pdev, device_node *np) {
    u32 count = 0;
    for (resource window; !of_address_to_resource(np, static_cast<int>(count), &window);)
        count++;
    if (!count)
        return {};
    pdev->resource = static_cast<resource *>(kcalloc(count, sizeof(resource), GFP_KERNEL));
    if (!pdev->resource)
        return failure(-ENOMEM);
    for (; pdev->num_resources < count; pdev->num_resources++)
        of_address_to_resource(np, static_cast<int>(pdev->num_resources), &pdev->resource[pdev->num_resources]);
    return {};
}

// A device that is described by a node, but not registered.
platform_device *make_device(device_node *np, const char *bus_id, device *parent) {
    platform_device *pdev = platform_device_alloc("", PLATFORM_DEVID_NONE);

    if (!pdev || !take_windows(pdev, np)) {
        platform_device_put(pdev);
        return nullptr;
    }
    device &dev = pdev->dev;
    device_set_node(&dev, of_fwnode_handle(np));
    dev.bus = &platform_bus_type;
    dev.parent = parent ? parent : &platform_bus;
    if (bus_id)
        dev_set_name(&dev, "%s", bus_id);
    else
        of_device_make_bus_id(&dev);
    pdev->name = dev_name(&dev);
    of_msi_configure(&dev, np);
    return pdev;
}

} // namespace

platform_device *of_platform_device_create(device_node *np, const char *bus_id, device *parent) {
    if (!of_device_is_available(np))
        return nullptr;
    populated mark(np);
    platform_device *pdev = mark ? make_device(np, bus_id, parent) : nullptr;
    if (!pdev)
        return nullptr;
    if (device_add(&pdev->dev)) {
        platform_device_put(pdev);
        return nullptr;
    }
    mark.keep_it();
    return pdev;
}
EXPORT_SYMBOL(of_platform_device_create);

// Trees of nodes: a device for each node that is something (has a compatible), and for those below it if it is a bus.

static void create_below(device_node *above, const of_device_id *buses, device *parent) {
    for (device_node *np = above->child; np; np = np->sibling) {
        if (!of_get_property(np, "compatible", nullptr) || of_node_check_flag(np, OF_POPULATED_BUS))
            continue;
        platform_device *pdev = of_platform_device_create(np, nullptr, parent);
        if (pdev && of_match_node(buses, np))
            create_below(np, buses, &pdev->dev);
    }
    of_node_set_flag(above, OF_POPULATED_BUS);
}

int of_platform_populate(device_node *root, const of_device_id *matches, const void *, device *parent) {
    device_node *top = root ? root : of_root;

    if (top)
        create_below(top, matches, parent);
    return top ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(of_platform_populate);

int of_platform_default_populate(device_node *root, const void *lookup, device *parent) {
    return of_platform_populate(root, of_default_bus_match_table, lookup, parent);
}
EXPORT_SYMBOL_GPL(of_platform_default_populate);

namespace {

void destroy_below(device *parent);

// A flag of a node that says that something was made for it, and is cleared when that is gone. False: nothing was.
template <typename End>
bool end_what(device_node *np, unsigned long flag, End end) {
    const bool there = np && of_node_check_flag(np, flag);

    if (there) {
        end();
        of_node_clear_flag(np, flag);
    }
    return there;
}

// (Linux: of_platform_device_destroy)
int destroy(device *dev, void *) {
    device_node *np = dev->of_node;

    if (end_what(np, OF_POPULATED, [dev] { destroy_below(dev); }) && dev->bus == &platform_bus_type)
        platform_device_unregister(to_platform_device(dev));
    return 0;
}

// Those made last go first.
void destroy_below(device *parent) {
    end_what(parent->of_node, OF_POPULATED_BUS, [parent] { device_for_each_child_reverse(parent, nullptr, destroy); });
}

} // namespace

void of_platform_depopulate(device *parent) {
    destroy_below(parent);
}
EXPORT_SYMBOL_GPL(of_platform_depopulate);

static void depopulate_action(void *parent) {
    of_platform_depopulate(static_cast<device *>(parent));
}

int devm_of_platform_populate(device *dev) {
    int ret = of_platform_populate(dev->of_node, nullptr, nullptr, dev);

    return ret ? ret : devm_add_action_or_reset(dev, depopulate_action, dev);
}
EXPORT_SYMBOL_GPL(devm_of_platform_populate);

static int __init of_platform_default_populate_init(void) {
    return of_root ? of_platform_default_populate(nullptr, nullptr, nullptr) : -ENODEV;
}
arch_initcall_sync(of_platform_default_populate_init);
