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
    const auto refuse = [=](int error, const char *what) {
        dev_err(dev, what, res);
        return failure(error);
    };

    if (!res || resource_type(res) != IORESOURCE_MEM)
        return refuse(-EINVAL, "invalid resource\n");
    const char *part = res->name;
    const char *label = devm_kasprintf(dev, GFP_KERNEL, "%s%s%s", dev_name(dev), part ? " " : "", part ? part : "");
    const resource_size_t size = resource_size(res);
    if (!label)
        return failure(-ENOMEM);
    if (!devm_request_mem_region(dev, res->start, size, label))
        return refuse(-EBUSY, "can't request region for resource %pR\n");
    void __iomem *base = devm_ioremap(dev, res->start, size);
    if (base)
        return base;
    devm_release_mem_region(dev, res->start, size);
    return refuse(-ENOMEM, "ioremap failed for resource %pR\n");
}

static void __iomem *as_iomem(result<void __iomem *> base) {
    return base ? *base : IOMEM_ERR_PTR(base.error());
}

void __iomem *devm_ioremap_resource(device *dev, const resource *res) {
    return as_iomem(claim_and_map(dev, res));
}
EXPORT_SYMBOL(devm_ioremap_resource);

static result<resource> window_of(device_node *node, int index) {
    resource window;
    if (of_address_to_resource(node, index, &window))
        return failure(-EINVAL);
    return window;
}

// The same for a window that may be none. How large it is goes to `size`.
static result<void __iomem *> claim_and_map(device *dev, result<resource> window, resource_size_t &size) {
    if (!window)
        return window.fail();
    size = resource_size(&*window);
    return claim_and_map(dev, &*window);
}

void __iomem *devm_of_iomap(device *dev, device_node *node, int index, resource_size_t *size) {
    resource_size_t nobody_asks;
    return as_iomem(claim_and_map(dev, window_of(node, index), size ? *size : nobody_asks));
}
EXPORT_SYMBOL(devm_of_iomap);
