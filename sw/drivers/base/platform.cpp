// SPDX-License-Identifier: Apache-2.0
// The platform bus: devices that are where the board's description says.
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

static DEFINE_IDA(platform_devid_ida);

device platform_bus = {.init_name = "platform"};
EXPORT_SYMBOL_GPL(platform_bus);

// Resources

resource *platform_get_resource(platform_device *dev, unsigned int type, unsigned int num) {
    for (u32 i = 0; i < dev->num_resources; i++) {
        resource *r = &dev->resource[i];

        if (type == resource_type(r) && num-- == 0)
            return r;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(platform_get_resource);

resource *platform_get_mem_or_io(platform_device *dev, unsigned int num) {
    for (u32 i = 0; i < dev->num_resources; i++) {
        resource *r = &dev->resource[i];

        if ((resource_type(r) & (IORESOURCE_MEM | IORESOURCE_IO)) && num-- == 0)
            return r;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(platform_get_mem_or_io);

resource *platform_get_resource_byname(platform_device *dev, unsigned int type, const char *name) {
    for (u32 i = 0; i < dev->num_resources; i++) {
        resource *r = &dev->resource[i];

        if (r->name && type == resource_type(r) && !strcmp(r->name, name))
            return r;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(platform_get_resource_byname);

void __iomem *devm_platform_get_and_ioremap_resource(platform_device *pdev, unsigned int index, resource **res) {
    resource *r = platform_get_resource(pdev, IORESOURCE_MEM, index);

    if (res)
        *res = r;
    return devm_ioremap_resource(&pdev->dev, r);
}
EXPORT_SYMBOL_GPL(devm_platform_get_and_ioremap_resource);

void __iomem *devm_platform_ioremap_resource(platform_device *pdev, unsigned int index) {
    return devm_platform_get_and_ioremap_resource(pdev, index, nullptr);
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource);

void __iomem *devm_platform_ioremap_resource_byname(platform_device *pdev, const char *name) {
    return devm_ioremap_resource(&pdev->dev, platform_get_resource_byname(pdev, IORESOURCE_MEM, name));
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource_byname);

// Interrupts: the device tree's, then those of board code.

static int irq_of_resource(resource *r) {
    // The trigger that the resource asks for.
    if (r->flags & IORESOURCE_BITS) {
        irq_data *irqd = irq_get_irq_data(r->start);

        if (!irqd)
            return -ENXIO;
        irqd_set_trigger_type(irqd, r->flags & IORESOURCE_BITS);
    }
    return r->start;
}

int platform_get_irq_optional(platform_device *dev, unsigned int num) {
    int ret = -ENXIO;

    if (dev->dev.of_node && !dev->dev.of_node_reused) {
        ret = of_irq_get(dev->dev.of_node, num);
        if (ret > 0 || ret == -EPROBE_DEFER)
            goto out;
        ret = -ENXIO;
    }
    if (resource *r = platform_get_resource(dev, IORESOURCE_IRQ, num))
        ret = irq_of_resource(r);
    else if (num == 0 && dev->dev.fwnode && !is_of_node(dev->dev.fwnode) && fwnode_irq_get(dev->dev.fwnode, 0) > 0)
        ret = fwnode_irq_get(dev->dev.fwnode, 0);
out:
    if (WARN(!ret, "0 is an invalid IRQ number\n"))
        return -EINVAL;
    return ret;
}
EXPORT_SYMBOL_GPL(platform_get_irq_optional);

int platform_get_irq(platform_device *dev, unsigned int num) {
    int ret = platform_get_irq_optional(dev, num);

    return ret < 0 ? dev_err_probe(&dev->dev, ret, "IRQ index %u not found\n", num) : ret;
}
EXPORT_SYMBOL_GPL(platform_get_irq);

int platform_irq_count(platform_device *dev) {
    int nr = 0;
    int ret;

    while ((ret = platform_get_irq_optional(dev, nr)) >= 0)
        nr++;
    return ret == -EPROBE_DEFER ? ret : nr;
}
EXPORT_SYMBOL_GPL(platform_irq_count);

int platform_get_irq_byname_optional(platform_device *dev, const char *name) {
    if (dev->dev.of_node) {
        int ret = of_irq_get_byname(dev->dev.of_node, name);
        if (ret > 0 || ret == -EPROBE_DEFER)
            return ret;
    }
    resource *r = platform_get_resource_byname(dev, IORESOURCE_IRQ, name);
    return r ? static_cast<int>(r->start) : -ENXIO;
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname_optional);

int platform_get_irq_byname(platform_device *dev, const char *name) {
    int ret = platform_get_irq_byname_optional(dev, name);

    return ret < 0 ? dev_err_probe(&dev->dev, ret, "IRQ %s not found\n", name) : ret;
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname);

// Devices

namespace {

struct platform_object {
    platform_device pdev;
    char name[];
};

} // namespace

static void platform_device_release(device *dev) {
    platform_object *pa = container_of(to_platform_device(dev), platform_object, pdev);

    kfree(pa->pdev.dev.platform_data);
    kfree(pa->pdev.resource);
    kfree(pa);
}

static void setup_pdev_dma_masks(platform_device *pdev) {
    if (!pdev->dev.coherent_dma_mask)
        pdev->dev.coherent_dma_mask = 0xffffffff;
    if (!pdev->dev.dma_mask) {
        pdev->platform_dma_mask = 0xffffffff;
        pdev->dev.dma_mask = &pdev->platform_dma_mask;
    }
}

platform_device *platform_device_alloc(const char *name, int id) {
    auto *pa = static_cast<platform_object *>(kzalloc(sizeof(platform_object) + strlen(name) + 1, GFP_KERNEL));

    if (!pa)
        return nullptr;
    strcpy(pa->name, name);
    pa->pdev.name = pa->name;
    pa->pdev.id = id;
    device_initialize(&pa->pdev.dev);
    pa->pdev.dev.release = platform_device_release;
    setup_pdev_dma_masks(&pa->pdev);
    return &pa->pdev;
}
EXPORT_SYMBOL_GPL(platform_device_alloc);

void platform_device_put(platform_device *pdev) {
    if (!IS_ERR_OR_NULL(pdev))
        put_device(&pdev->dev);
}
EXPORT_SYMBOL_GPL(platform_device_put);

int platform_device_add_resources(platform_device *pdev, const resource *res, unsigned int num) {
    resource *r = nullptr;

    if (res && num) {
        r = static_cast<resource *>(kmemdup(res, sizeof(resource) * num, GFP_KERNEL));
        if (!r)
            return -ENOMEM;
    }
    kfree(pdev->resource);
    pdev->resource = r;
    pdev->num_resources = r ? num : 0;
    return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_resources);

int platform_device_add_data(platform_device *pdev, const void *data, size_t size) {
    void *d = nullptr;

    if (data) {
        d = kmemdup(data, size, GFP_KERNEL);
        if (!d)
            return -ENOMEM;
    }
    kfree(pdev->dev.platform_data);
    pdev->dev.platform_data = d;
    return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_data);

static resource *root_of(const resource *r) {
    if (resource_type(r) == IORESOURCE_MEM)
        return &iomem_resource;
    return resource_type(r) == IORESOURCE_IO ? &ioport_resource : nullptr;
}

static void release_resources(platform_device *pdev, u32 count) {
    while (count--) {
        if (pdev->resource[count].parent)
            release_resource(&pdev->resource[count]);
    }
}

static int name_device(platform_device *pdev) {
    switch (pdev->id) {
    case PLATFORM_DEVID_NONE:
        return dev_set_name(&pdev->dev, "%s", pdev->name);
    case PLATFORM_DEVID_AUTO: {
        int id = ida_alloc(&platform_devid_ida, GFP_KERNEL);

        if (id < 0)
            return id;
        pdev->id = id;
        pdev->id_auto = true;
        return dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, id);
    }
    default:
        return dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
    }
}

int platform_device_add(platform_device *pdev) {
    u32 i = 0;

    if (!pdev->dev.parent)
        pdev->dev.parent = &platform_bus;
    pdev->dev.bus = &platform_bus_type;
    int ret = name_device(pdev);
    for (; !ret && i < pdev->num_resources; i++) {
        resource *r = &pdev->resource[i];
        resource *root = r->parent ? r->parent : root_of(r);

        if (!r->name)
            r->name = dev_name(&pdev->dev);
        if (root && insert_resource(root, r)) {
            dev_err(&pdev->dev, "failed to claim resource %d: %pR\n", i, r);
            ret = -EBUSY;
            break;
        }
    }
    if (!ret)
        ret = device_add(&pdev->dev);
    if (ret) {
        release_resources(pdev, i);
        if (pdev->id_auto) {
            ida_free(&platform_devid_ida, pdev->id);
            pdev->id = PLATFORM_DEVID_AUTO;
            pdev->id_auto = false;
        }
    }
    return ret;
}
EXPORT_SYMBOL_GPL(platform_device_add);

void platform_device_del(platform_device *pdev) {
    if (IS_ERR_OR_NULL(pdev))
        return;
    device_del(&pdev->dev);
    if (pdev->id_auto) {
        ida_free(&platform_devid_ida, pdev->id);
        pdev->id = PLATFORM_DEVID_AUTO;
        pdev->id_auto = false;
    }
    release_resources(pdev, pdev->num_resources);
}
EXPORT_SYMBOL_GPL(platform_device_del);

int platform_device_register(platform_device *pdev) {
    device_initialize(&pdev->dev);
    setup_pdev_dma_masks(pdev);
    return platform_device_add(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_register);

void platform_device_unregister(platform_device *pdev) {
    platform_device_del(pdev);
    platform_device_put(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_unregister);

int platform_add_devices(platform_device **devs, int num) {
    int i, ret = 0;

    for (i = 0; i < num && !ret; i++)
        ret = platform_device_register(devs[i]);
    if (ret) {
        while (--i > 0)
            platform_device_unregister(devs[i - 1]);
    }
    return ret;
}
EXPORT_SYMBOL_GPL(platform_add_devices);

platform_device *platform_device_register_full(const platform_device_info *info) {
    platform_device *pdev = platform_device_alloc(info->name, info->id);
    int ret;

    if (!pdev)
        return static_cast<platform_device *>(ERR_PTR(-ENOMEM));
    pdev->dev.parent = info->parent;
    pdev->dev.fwnode = info->fwnode;
    pdev->dev.of_node = to_of_node(info->fwnode);
    pdev->dev.of_node_reused = info->of_node_reused;
    if (info->dma_mask) {
        pdev->platform_dma_mask = info->dma_mask;
        pdev->dev.coherent_dma_mask = info->dma_mask;
    }
    ret = platform_device_add_resources(pdev, info->res, info->num_res);
    if (!ret)
        ret = platform_device_add_data(pdev, info->data, info->size_data);
    if (!ret && info->properties)
        ret = device_create_managed_software_node(&pdev->dev, info->properties, nullptr);
    if (!ret)
        ret = platform_device_add(pdev);
    if (ret) {
        platform_device_put(pdev);
        return static_cast<platform_device *>(ERR_PTR(ret));
    }
    return pdev;
}
EXPORT_SYMBOL_GPL(platform_device_register_full);

// Drivers

int __platform_driver_register(platform_driver *drv, module *owner) {
    drv->driver.owner = owner;
    drv->driver.bus = &platform_bus_type;
    return driver_register(&drv->driver);
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

void platform_driver_unregister(platform_driver *drv) {
    driver_unregister(&drv->driver);
}
EXPORT_SYMBOL_GPL(platform_driver_unregister);

// For devices that are there already and do not come back: the driver stays only if it bound one.
int __platform_driver_probe(platform_driver *drv, int (*probe)(platform_device *), module *owner) {
    drv->prevent_deferred_probe = true;
    drv->driver.suppress_bind_attrs = true;
    drv->probe = probe;
    int ret = __platform_driver_register(drv, owner);
    if (ret)
        return ret;
    mutex_lock(&platform_bus_type.p->lock);
    bool bound = !list_empty(&drv->driver.p->devices);
    mutex_unlock(&platform_bus_type.p->lock);
    if (bound)
        return 0;
    platform_driver_unregister(drv);
    return -ENODEV;
}
EXPORT_SYMBOL_GPL(__platform_driver_probe);

static const platform_device_id *match_id(const platform_device_id *id, platform_device *pdev) {
    for (; id->name[0]; id++) {
        if (!strcmp(pdev->name, id->name))
            return id;
    }
    return nullptr;
}

// By the device tree, then by the table of names, then by the driver's own name.
static int platform_match(device *dev, device_driver *drv) {
    platform_device *pdev = to_platform_device(dev);
    platform_driver *pdrv = to_platform_driver(drv);

    if (of_driver_match_device(dev, drv))
        return 1;
    if (pdrv->id_table) {
        const platform_device_id *id = match_id(pdrv->id_table, pdev);

        if (id)
            pdev->id_entry = id;
        return id != nullptr;
    }
    return !strcmp(pdev->name, drv->name);
}

static int platform_probe(device *dev) {
    platform_driver *drv = to_platform_driver(dev->driver);
    int ret = drv->probe ? drv->probe(to_platform_device(dev)) : 0;

    if (drv->prevent_deferred_probe && ret == -EPROBE_DEFER) {
        dev_warn(dev, "probe deferral not supported\n");
        ret = -ENXIO;
    }
    return ret;
}

static void platform_remove(device *dev) {
    platform_driver *drv = to_platform_driver(dev->driver);

    if (drv->remove_new)
        return drv->remove_new(to_platform_device(dev));
    if (!drv->remove)
        return;
    int ret = drv->remove(to_platform_device(dev));
    if (ret)
        dev_warn(dev, "remove callback returned a non-zero value. This will be ignored.\n");
}

static void platform_shutdown(device *dev) {
    if (!dev->driver)
        return;
    platform_driver *drv = to_platform_driver(dev->driver);
    if (drv->shutdown)
        drv->shutdown(to_platform_device(dev));
}

bus_type platform_bus_type = {
    .name = "platform",
    .match = platform_match,
    .probe = platform_probe,
    .remove = platform_remove,
    .shutdown = platform_shutdown,
};
EXPORT_SYMBOL_GPL(platform_bus_type);

static void platform_bus_release(device *) {}

int platform_bus_init() {
    platform_bus.release = platform_bus_release;
    int error = device_register(&platform_bus);
    return error ? error : bus_register(&platform_bus_type);
}
