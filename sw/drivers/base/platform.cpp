// SPDX-License-Identifier: Apache-2.0
// The platform bus: devices that are where the board's description says (Linux: drivers/base/platform.c).
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/of_device.h>
#include <linux/of_irq.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

device platform_bus = {.init_name = "platform"};
EXPORT_SYMBOL_GPL(platform_bus);

// Resources

namespace {

// A device's resources as a range.
struct resources_of {
    explicit resources_of(platform_device *pdev)
        : first(pdev->resource)
        , last(pdev->resource + pdev->num_resources) {}
    resource *begin() const { return first; }
    resource *end() const { return last; }
    // The nth of those that `wanted` accepts, or null.
    template <typename Wanted>
    resource *find(unsigned n, Wanted wanted) const {
        for (resource &r : *this)
            if (wanted(r) && n-- == 0)
                return &r;
        return nullptr;
    }
    resource *first, *last;
};

} // namespace

resource *platform_get_resource(platform_device *dev, unsigned int type, unsigned int num) {
    return resources_of(dev).find(num, [type](const resource &r) { return resource_type(&r) == type; });
}
EXPORT_SYMBOL_GPL(platform_get_resource);

resource *platform_get_mem_or_io(platform_device *dev, unsigned int num) {
    const auto is_window = [](const resource &r) { return resource_type(&r) & (IORESOURCE_MEM | IORESOURCE_IO); };
    return resources_of(dev).find(num, is_window);
}
EXPORT_SYMBOL_GPL(platform_get_mem_or_io);

resource *platform_get_resource_byname(platform_device *dev, unsigned int type, const char *name) {
    return resources_of(dev).find(
        0, [=](const resource &r) { return resource_type(&r) == type && r.name && !strcmp(r.name, name); });
}
EXPORT_SYMBOL_GPL(platform_get_resource_byname);

// The window, mapped for the driver; `found` is told which resource it is.
static void __iomem *map(platform_device *pdev, resource *window, resource **found = nullptr) {
    if (found)
        *found = window;
    return devm_ioremap_resource(&pdev->dev, window);
}

void __iomem *devm_platform_get_and_ioremap_resource(platform_device *pdev, unsigned int index, resource **res) {
    return map(pdev, platform_get_resource(pdev, IORESOURCE_MEM, index), res);
}
EXPORT_SYMBOL_GPL(devm_platform_get_and_ioremap_resource);

void __iomem *devm_platform_ioremap_resource(platform_device *pdev, unsigned int index) {
    return map(pdev, platform_get_resource(pdev, IORESOURCE_MEM, index));
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource);

void __iomem *devm_platform_ioremap_resource_byname(platform_device *pdev, const char *name) {
    return map(pdev, platform_get_resource_byname(pdev, IORESOURCE_MEM, name));
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource_byname);

// Interrupts: the device tree is asked first, then the resources that board code gave.

namespace {

// An answer of the device tree that settles the question: an interrupt, or that its controller is still to come.
bool is_final(int answer) {
    return answer > 0 || answer == -EPROBE_DEFER;
}

// The interrupt of a resource. If that says how the line triggers, the line is set so.
int irq_of(const resource *r) {
    if (!r)
        return -ENXIO;
    if (const unsigned trigger = r->flags & IORESOURCE_BITS) {
        irq_data *line = irq_get_irq_data(r->start);
        if (!line)
            return -ENXIO;
        irqd_set_trigger_type(line, trigger);
    }
    return static_cast<int>(r->start);
}

int said_so(platform_device *pdev, int answer, const char *which) {
    return answer < 0 ? dev_err_probe(&pdev->dev, answer, "IRQ %s not found\n", which) : answer;
}

} // namespace

int platform_get_irq_optional(platform_device *dev, unsigned int num) {
    device_node *described = dev->dev.of_node_reused ? nullptr : dev->dev.of_node;
    int answer = described ? of_irq_get(described, static_cast<int>(num)) : -ENXIO;

    if (!is_final(answer))
        answer = irq_of(platform_get_resource(dev, IORESOURCE_IRQ, num));
    return WARN(!answer, "0 is an invalid IRQ number\n") ? -EINVAL : answer;
}
EXPORT_SYMBOL_GPL(platform_get_irq_optional);

int platform_get_irq(platform_device *dev, unsigned int num) {
    char which[24];
    snprintf(which, sizeof(which), "index %u", num);
    return said_so(dev, platform_get_irq_optional(dev, num), which);
}
EXPORT_SYMBOL_GPL(platform_get_irq);

int platform_irq_count(platform_device *dev) {
    for (unsigned count = 0;; count++) {
        const int answer = platform_get_irq_optional(dev, count);
        if (answer < 0)
            return answer == -EPROBE_DEFER ? answer : static_cast<int>(count);
    }
}
EXPORT_SYMBOL_GPL(platform_irq_count);

// The device tree's name counts before the board's.
int platform_get_irq_byname_optional(platform_device *dev, const char *name) {
    device_node *np = dev->dev.of_node;
    int answer = np ? of_irq_get_byname(np, name) : -ENXIO;

    if (!is_final(answer)) {
        const resource *named = platform_get_resource_byname(dev, IORESOURCE_IRQ, name);
        answer = named ? static_cast<int>(named->start) : -ENXIO;
    }
    return answer;
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname_optional);

int platform_get_irq_byname(platform_device *dev, const char *name) {
    return said_so(dev, platform_get_irq_byname_optional(dev, name), name);
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname);

// Devices that the core allocates: the name, resources and data are copies that go with them.

namespace {

struct platform_object {
    platform_device pdev;
    char name[];
};

void release_object(device *dev) {
    platform_object *object = container_of(to_platform_device(dev), platform_object, pdev);

    for (const void *part :
         these<const void *>(dev->platform_data, object->pdev.driver_override, object->pdev.resource, object))
        kfree(part);
}

void initialize(platform_device *pdev) {
    constexpr u64 thirty_two_bits = 0xffffffff;
    device &dev = pdev->dev;

    device_initialize(&dev);
    if (!dev.dma_mask) {
        pdev->platform_dma_mask = thirty_two_bits;
        dev.dma_mask = &pdev->platform_dma_mask;
    }
    if (!dev.coherent_dma_mask)
        dev.coherent_dma_mask = thirty_two_bits;
}

// Puts a copy of `size` bytes in place of what `slot` points to; nothing in place of it if there is nothing to copy.
template <typename T>
int replace_by_copy(T *&slot, const void *bytes, size_t size) {
    T *copy = bytes && size ? static_cast<T *>(kmemdup(bytes, size, GFP_KERNEL)) : nullptr;

    if (!copy && bytes && size)
        return -ENOMEM;
    kfree(slot);
    slot = copy;
    return 0;
}

} // namespace

platform_device *platform_device_alloc(const char *name, int id) {
    const size_t name_size = strlen(name) + 1;
    auto *object = static_cast<platform_object *>(kzalloc(sizeof(platform_object) + name_size, GFP_KERNEL));

    if (!object)
        return nullptr;
    memcpy(object->name, name, name_size);
    initialize(&object->pdev);
    object->pdev.name = object->name;
    object->pdev.id = id;
    object->pdev.dev.release = release_object;
    return &object->pdev;
}
EXPORT_SYMBOL_GPL(platform_device_alloc);

void platform_device_put(platform_device *pdev) {
    if (!IS_ERR_OR_NULL(pdev))
        put_device(&pdev->dev);
}
EXPORT_SYMBOL_GPL(platform_device_put);

int platform_device_add_resources(platform_device *pdev, const resource *res, unsigned int num) {
    const int error = replace_by_copy(pdev->resource, res, num * sizeof(resource));
    if (!error)
        pdev->num_resources = pdev->resource ? num : 0;
    return error;
}
EXPORT_SYMBOL_GPL(platform_device_add_resources);

int platform_device_add_data(platform_device *pdev, const void *data, size_t size) {
    return replace_by_copy(pdev->dev.platform_data, data, size);
}
EXPORT_SYMBOL_GPL(platform_device_add_data);

// Registration: a name with its number, the register windows, then the device. What fails undoes what came before.

namespace {

DEFINE_IDA(numbers); // of devices with PLATFORM_DEVID_AUTO

result<void> take_name(platform_device *pdev) {
    const char *format = "%s.%d";
    if (pdev->id == PLATFORM_DEVID_AUTO) {
        const int number = ida_alloc(&numbers, GFP_KERNEL);
        if (number < 0)
            return failure(number);
        pdev->id = number;
        pdev->id_auto = true;
        format = "%s.%d.auto";
    } else if (pdev->id == PLATFORM_DEVID_NONE) {
        format = "%s";
    }
    return as_result(dev_set_name(&pdev->dev, format, pdev->name, pdev->id));
}

void give_number_back(platform_device *pdev) {
    if (!pdev->id_auto)
        return;
    ida_free(&numbers, pdev->id);
    pdev->id = PLATFORM_DEVID_AUTO;
    pdev->id_auto = false;
}

resource *space_of(const resource &r) {
    if (r.parent)
        return r.parent;
    switch (resource_type(&r)) {
    case IORESOURCE_MEM:
        return &iomem_resource;
    case IORESOURCE_IO:
        return &ioport_resource;
    default:
        return nullptr; // an interrupt, a DMA channel: not exclusive
    }
}

void release_windows(platform_device *pdev) {
    for (resource &r : resources_of(pdev))
        if (r.parent)
            release_resource(&r);
}

result<void> claim_windows(platform_device *pdev) {
    for (resource &r : resources_of(pdev)) {
        resource *space = space_of(r);
        r.parent = nullptr;
        if (!r.name)
            r.name = dev_name(&pdev->dev);
        if (space && insert_resource(space, &r)) {
            dev_err(&pdev->dev, "failed to claim resource %d: %pR\n", static_cast<int>(&r - pdev->resource), &r);
            return failure(-EBUSY);
        }
    }
    return {};
}

} // namespace

int platform_device_add(platform_device *pdev) {
    device &dev = pdev->dev;

    dev.bus = &platform_bus_type;
    if (!dev.parent)
        dev.parent = &platform_bus;
    on_failure undo([=] {
        release_windows(pdev);
        give_number_back(pdev);
    });
    result<void> done = take_name(pdev);
    if (done)
        done = claim_windows(pdev);
    if (done)
        done = as_result(device_add(&dev));
    if (done) {
        undo.dismiss();
        owned_note(owned_device, &dev);
    }
    return done.error();
}
EXPORT_SYMBOL_GPL(platform_device_add);

void platform_device_del(platform_device *pdev) {
    if (IS_ERR_OR_NULL(pdev))
        return;
    device_del(&pdev->dev);
    give_number_back(pdev);
    release_windows(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_del);

int platform_device_register(platform_device *pdev) {
    initialize(pdev);
    const int error = platform_device_add(pdev);
    if (!error)
        owned_note(owned_device, &pdev->dev);
    return error;
}
EXPORT_SYMBOL_GPL(platform_device_register);

void platform_device_unregister(platform_device *pdev) {
    platform_device_del(pdev);
    platform_device_put(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_unregister);

int platform_add_devices(platform_device **devs, int num) {
    int added = 0;
    on_failure undo([&] {
        while (added > 0)
            platform_device_unregister(devs[--added]);
    });

    for (; added < num; added++)
        if (int error = platform_device_register(devs[added]))
            return error;
    undo.dismiss();
    return 0;
}
EXPORT_SYMBOL_GPL(platform_add_devices);

static result<void> describe(platform_device *pdev, const platform_device_info &info) {
    device &dev = pdev->dev;

    dev.parent = info.parent;
    device_set_node(&dev, info.fwnode);
    dev.of_node_reused = info.of_node_reused;
    if (info.dma_mask)
        pdev->platform_dma_mask = dev.coherent_dma_mask = info.dma_mask;
    result<void> copied = as_result(platform_device_add_resources(pdev, info.res, info.num_res));
    if (copied)
        copied = as_result(platform_device_add_data(pdev, info.data, info.size_data));
    if (copied && info.properties)
        copied = as_result(device_create_managed_software_node(&dev, info.properties, nullptr));
    return copied;
}

platform_device *platform_device_register_full(const platform_device_info *info) {
    platform_device *pdev = platform_device_alloc(info->name, info->id);
    result<void> done = pdev ? describe(pdev, *info) : failure(-ENOMEM);

    if (done)
        done = as_result(platform_device_add(pdev));
    if (done) {
        owned_note(owned_device, &pdev->dev);
        return pdev;
    }
    platform_device_put(pdev);
    return static_cast<platform_device *>(ERR_PTR(done.error()));
}
EXPORT_SYMBOL_GPL(platform_device_register_full);

// Drivers

int __platform_driver_register(platform_driver *drv, module *owner) {
    device_driver &joins = drv->driver;
    joins.bus = &platform_bus_type, joins.owner = owner;
    if (const int refusal = driver_register(&joins))
        return refusal;
    owned_note(owned_driver, &joins);
    return 0;
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

void platform_driver_unregister(platform_driver *drv) {
    driver_unregister(&drv->driver);
}
EXPORT_SYMBOL_GPL(platform_driver_unregister);

int __platform_register_drivers(platform_driver *const *drivers, unsigned int count, module *owner) {
    for (unsigned i = 0; i < count; i++) {
        if (int error = __platform_driver_register(drivers[i], owner)) {
            platform_unregister_drivers(drivers, i);
            return error;
        }
    }
    return 0;
}
EXPORT_SYMBOL_GPL(__platform_register_drivers);

void platform_unregister_drivers(platform_driver *const *drivers, unsigned int count) {
    while (count)
        platform_driver_unregister(drivers[--count]);
}
EXPORT_SYMBOL_GPL(platform_unregister_drivers);

// Nothing may come back to such a driver later: neither a deferral, nor a call of its own, nor user space.
static void make_one_shot(platform_driver *drv, int (*probe)(platform_device *)) {
    drv->driver.suppress_bind_attrs = true;
    drv->driver.probe_type = PROBE_FORCE_SYNCHRONOUS;
    drv->probe = probe;
    drv->prevent_deferred_probe = true;
}

// For devices that are there already and do not come back: the driver stays only if it is bound to one.
int __platform_driver_probe(platform_driver *drv, int (*probe)(platform_device *), module *owner) {
    if (drv->driver.probe_type == PROBE_PREFER_ASYNCHRONOUS) {
        pr_err("%s: drivers registered with %s can not be probed asynchronously\n", drv->driver.name, __func__);
        return -EINVAL;
    }
    make_one_shot(drv, probe);
    const int error = __platform_driver_register(drv, owner);
    const bool idle = !error && platform_bus_type.p->members.is_empty(drv->driver.p->devices);
    if (idle)
        platform_driver_unregister(drv);
    return idle ? -ENODEV : error;
}
EXPORT_SYMBOL_GPL(__platform_driver_probe);

// The bus. A device and a driver belong together by the device tree, else by the driver's table of names, else by the
// driver's own name.

namespace {

int is_in(const platform_device_id *table, platform_device *pdev) {
    for (const platform_device_id *id = table; id->name[0]; id++) {
        if (strcmp(id->name, pdev->name))
            continue;
        pdev->id_entry = id;
        return 1;
    }
    return 0;
}

// A name that user space set for the device is the only way then.
int platform_match(device *dev, device_driver *drv) {
    const platform_device_id *table = to_platform_driver(drv)->id_table;
    platform_device *pdev = to_platform_device(dev);
    const char *const forced = pdev->driver_override;

    if (!forced && of_driver_match_device(dev, drv))
        return true;
    if (!forced && table)
        return is_in(table, pdev);
    return !strcmp(forced ? forced : pdev->name, drv->name);
}

int platform_probe(device *dev) {
    const platform_driver &drv = *to_platform_driver(dev->driver);
    const int answer = drv.probe ? drv.probe(to_platform_device(dev)) : 0;

    if (answer != -EPROBE_DEFER || !drv.prevent_deferred_probe)
        return answer;
    dev_warn(dev, "probe deferral not supported\n");
    return -ENXIO;
}

void platform_remove(device *dev) {
    const platform_driver &drv = *to_platform_driver(dev->driver);
    platform_device *pdev = to_platform_device(dev);
    const int answer = drv.remove_new ? (drv.remove_new(pdev), 0) : drv.remove ? drv.remove(pdev) : 0;

    if (answer)
        dev_warn(dev, "remove callback returned a non-zero value. This will be ignored.\n");
}

void platform_shutdown(device *dev) {
    const auto shutdown = dev->driver ? to_platform_driver(dev->driver)->shutdown : nullptr;
    if (shutdown)
        shutdown(to_platform_device(dev));
}

int platform_uevent(device *dev, kobj_uevent_env *env) {
    const int error = of_device_uevent_modalias(dev, env);
    if (error == -ENODEV)
        add_uevent_var(env, "MODALIAS=platform:%s", to_platform_device(dev)->name);
    return error == -ENODEV ? 0 : error;
}

ssize_t modalias_show(device *dev, device_attribute *, char *buf) {
    const ssize_t length = of_device_modalias(dev, buf, PAGE_SIZE);
    if (length < 0)
        return sysfs_emit(buf, "platform:%s\n", to_platform_device(dev)->name);
    return length + sysfs_emit_at(buf, static_cast<int>(length), "\n");
}
DEVICE_ATTR_RO(modalias);

// The name of the only driver that it may have. An empty line: any that fits.
ssize_t driver_override_show(device *dev, device_attribute *, char *buf) {
    hold l(dev->mutex);
    return sysfs_emit(buf, "%s\n", to_platform_device(dev)->driver_override);
}

ssize_t driver_override_store(device *dev, device_attribute *, const char *buf, size_t count) {
    platform_device *pdev = to_platform_device(dev);
    if (count >= PAGE_SIZE - 1)
        return -EINVAL;
    char *name = kstrndup(buf, strcspn(buf, "\n"), GFP_KERNEL);
    if (!name)
        return -ENOMEM;
    const bool none = !*name;
    hold l(dev->mutex);
    kfree(pdev->driver_override);
    pdev->driver_override = none ? nullptr : name;
    if (none)
        kfree(name);
    return static_cast<ssize_t>(count);
}
DEVICE_ATTR_RW(driver_override);

attribute *platform_dev_attrs[] = {&dev_attr_modalias.attr, &dev_attr_driver_override.attr, nullptr};
const attribute_group platform_dev_group = {.attrs = platform_dev_attrs};
const attribute_group *platform_dev_groups[] = {&platform_dev_group, nullptr};

} // namespace

bus_type platform_bus_type = {
    .name = "platform",
    .dev_groups = platform_dev_groups,
    .match = platform_match,
    .uevent = platform_uevent,
    .probe = platform_probe,
    .remove = platform_remove,
    .shutdown = platform_shutdown,
};
EXPORT_SYMBOL_GPL(platform_bus_type);

int platform_bus_init() {
    platform_bus.release = [](device *) {}; // it never goes
    int error = device_register(&platform_bus);
    if (!error)
        error = bus_register(&platform_bus_type);
    return error;
}
