// SPDX-License-Identifier: Apache-2.0
// Register windows that belong to a device and go with its driver (Linux: lib/devres.c, kernel/resource.c).
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/of_address.h>
#include <linux/string.h>

#include "drivers/base/managed.h"
#include "lib/result.h"

namespace {

void unmap(device *, void __iomem *&base) {
    iounmap(base);
}
using mapping = managed<void __iomem *, unmap>;

struct region {
    resource *parent;
    resource_size_t start, size;
    bool operator==(const region &other) const {
        return parent == other.parent && start == other.start && size == other.size;
    }
};
void release(device *, region &r) {
    __release_region(r.parent, r.start, r.size);
}
using claim = managed<region, release>;

} // namespace

void __iomem *devm_ioremap(device *dev, resource_size_t offset, resource_size_t size) {
    void __iomem *base = nullptr;

    mapping::acquire(dev, base, [&] {
        base = ioremap(offset, size);
        return base ? 0 : -ENOMEM;
    });
    return base;
}
EXPORT_SYMBOL(devm_ioremap);

void devm_iounmap(device *dev, void __iomem *addr) {
    WARN_ON(!mapping::give_back(dev, addr));
}
EXPORT_SYMBOL(devm_iounmap);

resource *__devm_request_region(device *dev, resource *parent, resource_size_t start, resource_size_t n,
                                const char *name) {
    resource *taken = nullptr;

    claim::acquire(dev, region{parent, start, n}, [&] {
        taken = __request_region(parent, start, n, name, 0);
        return taken ? 0 : -EBUSY;
    });
    return taken;
}
EXPORT_SYMBOL(__devm_request_region);

void __devm_release_region(device *dev, resource *parent, resource_size_t start, resource_size_t n) {
    WARN_ON(!claim::give_back(dev, {parent, start, n}));
}
EXPORT_SYMBOL(__devm_release_region);

// A window, claimed under the device's name and mapped. What went wrong has been said.
static result<void __iomem *> claim_and_map(device *dev, const resource *res) {
    if (!res || resource_type(res) != IORESOURCE_MEM) {
        dev_err(dev, "invalid resource\n");
        return failure(-EINVAL);
    }
    const resource_size_t size = resource_size(res);
    const char *part = res->name;
    const char *label = devm_kasprintf(dev, GFP_KERNEL, "%s%s%s", dev_name(dev), part ? " " : "", part ? part : "");
    if (!label)
        return failure(-ENOMEM);
    if (!devm_request_mem_region(dev, res->start, size, label)) {
        dev_err(dev, "can't request region for resource %pR\n", res);
        return failure(-EBUSY);
    }
    if (void __iomem *base = devm_ioremap(dev, res->start, size))
        return base;
    dev_err(dev, "ioremap failed for resource %pR\n", res);
    devm_release_mem_region(dev, res->start, size);
    return failure(-ENOMEM);
}

static void __iomem *as_iomem(result<void __iomem *> base) {
    return base ? *base : IOMEM_ERR_PTR(base.error());
}

void __iomem *devm_ioremap_resource(device *dev, const resource *res) {
    return as_iomem(claim_and_map(dev, res));
}
EXPORT_SYMBOL(devm_ioremap_resource);

// The window of a node, if it is one; `size` is told.
static result<resource> window_of(device_node *node, int index, resource_size_t *size) {
    resource window;
    if (of_address_to_resource(node, index, &window))
        return failure(-EINVAL);
    if (size)
        *size = resource_size(&window);
    return window;
}

static result<void __iomem *> claim_and_map(device *dev, result<resource> window) {
    if (!window)
        return window.fail();
    return claim_and_map(dev, &*window);
}

void __iomem *devm_of_iomap(device *dev, device_node *node, int index, resource_size_t *size) {
    return as_iomem(claim_and_map(dev, window_of(node, index, size)));
}
EXPORT_SYMBOL(devm_of_iomap);
