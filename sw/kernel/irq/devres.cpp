// SPDX-License-Identifier: Apache-2.0
// Lines and descriptors that a device's driver gives back without saying so (devm_*).
#include "kernel/irq/internals.h"

#include <linux/device.h>
#include <linux/export.h>
#include <linux/irq.h>

namespace {

struct irq_devres {
    unsigned int irq;
    void *dev_id;
};

struct irq_desc_devres {
    unsigned int from;
    unsigned int cnt;
};

void devm_irq_release(device *, void *res) {
    auto *mine = static_cast<irq_devres *>(res);

    free_irq(mine->irq, mine->dev_id);
}

int devm_irq_match(device *, void *res, void *data) {
    auto *mine = static_cast<irq_devres *>(res);
    auto *match = static_cast<irq_devres *>(data);

    return mine->irq == match->irq && mine->dev_id == match->dev_id;
}

void devm_irq_desc_release(device *, void *res) {
    auto *mine = static_cast<irq_desc_devres *>(res);

    irq_free_descs(mine->from, mine->cnt);
}

struct generic_chip_devres {
    irq_chip_generic *gc;
    u32 msk;
    unsigned int clr;
    unsigned int set;
};

void devm_irq_remove_generic_chip(device *, void *res) {
    auto *mine = static_cast<generic_chip_devres *>(res);

    irq_remove_generic_chip(mine->gc, mine->msk, mine->clr, mine->set);
}

// Requests by `request` and leaves a note that frees the line again.
template <typename F>
int request_managed(device *dev, unsigned int irq, void *dev_id, F request) {
    auto *dr = static_cast<irq_devres *>(devres_alloc(devm_irq_release, sizeof(irq_devres), GFP_KERNEL));

    if (!dr)
        return -ENOMEM;
    int rc = request();
    if (rc < 0) {
        devres_free(dr);
        return rc;
    }
    dr->irq = irq;
    dr->dev_id = dev_id;
    devres_add(dev, dr);
    return rc;
}

} // namespace

int devm_request_threaded_irq(device *dev, unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
                              unsigned long irqflags, const char *devname, void *dev_id) {
    return request_managed(dev, irq, dev_id, [&] {
        return request_threaded_irq(irq, handler, thread_fn, irqflags, devname ? devname : dev_name(dev), dev_id);
    });
}
EXPORT_SYMBOL(devm_request_threaded_irq);

int devm_request_any_context_irq(device *dev, unsigned int irq, irq_handler_t handler, unsigned long irqflags,
                                 const char *devname, void *dev_id) {
    return request_managed(dev, irq, dev_id, [&] {
        return request_any_context_irq(irq, handler, irqflags, devname ? devname : dev_name(dev), dev_id);
    });
}
EXPORT_SYMBOL(devm_request_any_context_irq);

void devm_free_irq(device *dev, unsigned int irq, void *dev_id) {
    irq_devres match = {irq, dev_id};

    WARN_ON(devres_destroy(dev, devm_irq_release, devm_irq_match, &match));
    free_irq(irq, dev_id);
}
EXPORT_SYMBOL(devm_free_irq);

int __devm_irq_alloc_descs(device *dev, int irq, unsigned int from, unsigned int cnt, int node, module *owner,
                           const irq_affinity_desc *affinity) {
    auto *dr = static_cast<irq_desc_devres *>(devres_alloc(devm_irq_desc_release, sizeof(irq_desc_devres), GFP_KERNEL));

    if (!dr)
        return -ENOMEM;
    int base = __irq_alloc_descs(irq, from, cnt, node, owner, affinity);
    if (base < 0) {
        devres_free(dr);
        return base;
    }
    dr->from = base;
    dr->cnt = cnt;
    devres_add(dev, dr);
    return base;
}
EXPORT_SYMBOL_GPL(__devm_irq_alloc_descs);

irq_chip_generic *devm_irq_alloc_generic_chip(device *dev, const char *name, int num_ct, unsigned int irq_base,
                                              void __iomem *reg_base, irq_flow_handler_t handler) {
    auto *gc = static_cast<irq_chip_generic *>(devm_kzalloc(dev, irq_generic_chip_size(num_ct), GFP_KERNEL));

    if (gc)
        irq_init_generic_chip(gc, name, num_ct, irq_base, reg_base, handler);
    return gc;
}
EXPORT_SYMBOL_GPL(devm_irq_alloc_generic_chip);

int devm_irq_setup_generic_chip(device *dev, irq_chip_generic *gc, u32 msk, irq_gc_flags flags, unsigned int clr,
                                unsigned int set) {
    auto *dr = static_cast<generic_chip_devres *>(
        devres_alloc(devm_irq_remove_generic_chip, sizeof(generic_chip_devres), GFP_KERNEL));

    if (!dr)
        return -ENOMEM;
    irq_setup_generic_chip(gc, msk, flags, clr, set);
    *dr = {gc, msk, clr, set};
    devres_add(dev, dr);
    return 0;
}
EXPORT_SYMBOL_GPL(devm_irq_setup_generic_chip);
