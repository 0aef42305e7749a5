// SPDX-License-Identifier: Apache-2.0
// Platform devices for device tree nodes.
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

const of_device_id of_default_bus_match_table[] = {
    {.compatible = "simple-bus"},
    {.compatible = "simple-mfd"},
    {.compatible = "isa"},
    {},
};
EXPORT_SYMBOL(of_default_bus_match_table);

const of_device_id *of_match_device(const of_device_id *matches, const device *dev) {
    if (!matches || !dev->of_node || dev->of_node_reused)
        return nullptr;
    return of_match_node(matches, dev->of_node);
}
EXPORT_SYMBOL(of_match_device);

const void *of_device_get_match_data(const device *dev) {
    const of_device_id *match = dev->driver ? of_match_device(dev->driver->of_match_table, dev) : nullptr;

    return match ? match->data : nullptr;
}
EXPORT_SYMBOL(of_device_get_match_data);

platform_device *of_find_device_by_node(device_node *np) {
    device *dev = bus_find_device_by_of_node(&platform_bus_type, np);

    return dev ? to_platform_device(dev) : nullptr;
}
EXPORT_SYMBOL(of_find_device_by_node);

// "fe760000.gpio" for what has an address; else the names of the node and of its ancestors, as far as needed.
static void of_device_make_bus_id(device *dev) {
    device_node *node = dev->of_node;

    while (node->parent) {
        const __be32 *reg = static_cast<const __be32 *>(of_get_property(node, "reg", nullptr));
        u64 addr = reg ? of_translate_address(node, reg) : ~0ull;

        if (addr != ~0ull) {
            if (dev_name(dev))
                dev_set_name(dev, "%llx.%s:%s", static_cast<unsigned long long>(addr), node->name, dev_name(dev));
            else
                dev_set_name(dev, "%llx.%s", static_cast<unsigned long long>(addr), node->name);
            return;
        }
        if (dev_name(dev))
            dev_set_name(dev, "%s:%s", kbasename(node->full_name), dev_name(dev));
        else
            dev_set_name(dev, "%s", kbasename(node->full_name));
        node = node->parent;
    }
}

static platform_device *of_device_alloc(device_node *np, const char *bus_id, device *parent) {
    platform_device *dev = platform_device_alloc("", PLATFORM_DEVID_NONE);
    resource temp;
    int num_reg = 0;

    if (!dev)
        return nullptr;
    while (!of_address_to_resource(np, num_reg, &temp))
        num_reg++;
    if (num_reg) {
        auto *res = static_cast<resource *>(kcalloc(num_reg, sizeof(resource), GFP_KERNEL));
        if (!res) {
            platform_device_put(dev);
            return nullptr;
        }
        dev->num_resources = num_reg;
        dev->resource = res;
        for (int i = 0; i < num_reg; i++)
            of_address_to_resource(np, i, &res[i]);
    }
    dev->dev.of_node = np;
    dev->dev.fwnode = of_fwnode_handle(np);
    dev->dev.parent = parent ? parent : &platform_bus;
    if (bus_id)
        dev_set_name(&dev->dev, "%s", bus_id);
    else
        of_device_make_bus_id(&dev->dev);
    dev->name = dev_name(&dev->dev);
    of_msi_configure(&dev->dev, np);
    return dev;
}

platform_device *of_platform_device_create(device_node *np, const char *bus_id, device *parent) {
    if (!of_device_is_available(np) || of_node_test_and_set_flag(np, OF_POPULATED))
        return nullptr;
    platform_device *dev = of_device_alloc(np, bus_id, parent);
    if (!dev) {
        of_node_clear_flag(np, OF_POPULATED);
        return nullptr;
    }
    dev->dev.bus = &platform_bus_type;
    if (device_add(&dev->dev)) {
        platform_device_put(dev);
        of_node_clear_flag(np, OF_POPULATED);
        return nullptr;
    }
    return dev;
}
EXPORT_SYMBOL(of_platform_device_create);

static int of_platform_bus_create(device_node *bus, const of_device_id *matches, device *parent, bool strict) {
    // Nodes without a compatible describe something, they are nothing.
    if (strict && !of_get_property(bus, "compatible", nullptr))
        return 0;
    if (of_node_check_flag(bus, OF_POPULATED_BUS))
        return 0;
    platform_device *dev = of_platform_device_create(bus, nullptr, parent);
    if (!dev || !of_match_node(matches, bus))
        return 0;
    device_node *child;
    for_each_child_of_node (bus, child) {
        int rc = of_platform_bus_create(child, matches, &dev->dev, strict);
        if (rc)
            return rc;
    }
    of_node_set_flag(bus, OF_POPULATED_BUS);
    return 0;
}

int of_platform_populate(device_node *root, const of_device_id *matches, const void *, device *parent) {
    device_node *child;

    if (!root)
        root = of_root;
    if (!root)
        return -EINVAL;
    for_each_child_of_node (root, child) {
        int rc = of_platform_bus_create(child, matches, parent, true);
        if (rc)
            return rc;
    }
    of_node_set_flag(root, OF_POPULATED_BUS);
    return 0;
}
EXPORT_SYMBOL_GPL(of_platform_populate);

int of_platform_default_populate(device_node *root, const void *lookup, device *parent) {
    return of_platform_populate(root, of_default_bus_match_table, lookup, parent);
}
EXPORT_SYMBOL_GPL(of_platform_default_populate);

static int of_platform_device_destroy(device *dev, void *) {
    if (!dev->of_node || !of_node_check_flag(dev->of_node, OF_POPULATED))
        return 0;
    if (of_node_check_flag(dev->of_node, OF_POPULATED_BUS))
        device_for_each_child(dev, nullptr, of_platform_device_destroy);
    of_node_clear_flag(dev->of_node, OF_POPULATED);
    of_node_clear_flag(dev->of_node, OF_POPULATED_BUS);
    if (dev->bus == &platform_bus_type)
        platform_device_unregister(to_platform_device(dev));
    return 0;
}

void of_platform_depopulate(device *parent) {
    if (!parent->of_node || !of_node_check_flag(parent->of_node, OF_POPULATED_BUS))
        return;
    device_for_each_child_reverse(parent, nullptr, of_platform_device_destroy);
    of_node_clear_flag(parent->of_node, OF_POPULATED_BUS);
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
