// SPDX-License-Identifier: Apache-2.0
// Message interrupts: the descriptors of a device and the outermost domain of its stack, which writes the messages.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/msi.h>
#include <linux/slab.h>

// Descriptors

static void msi_device_data_release(device *dev, void *res) {
    auto *data = static_cast<msi_device_data *>(res);

    WARN_ON_ONCE(!xa_empty(&data->store));
    xa_destroy(&data->store);
    dev->msi.data = nullptr;
}

int msi_setup_device_data(device *dev) {
    if (dev->msi.data)
        return 0;
    auto *data =
        static_cast<msi_device_data *>(devres_alloc(msi_device_data_release, sizeof(msi_device_data), GFP_KERNEL));
    if (!data)
        return -ENOMEM;
    xa_init(&data->store);
    mutex_init(&data->mutex);
    dev->msi.data = data;
    devres_add(dev, data);
    return 0;
}
EXPORT_SYMBOL_GPL(msi_setup_device_data);

void msi_lock_descs(device *dev) {
    mutex_lock(&dev->msi.data->mutex);
}
EXPORT_SYMBOL_GPL(msi_lock_descs);

void msi_unlock_descs(device *dev) {
    // A walk after this one must start anew.
    dev->msi.data->iter_idx = ULONG_MAX;
    mutex_unlock(&dev->msi.data->mutex);
}
EXPORT_SYMBOL_GPL(msi_unlock_descs);

static bool msi_desc_match(const msi_desc *desc, msi_desc_filter filter) {
    return filter == MSI_DESC_ALL || (filter == MSI_DESC_ASSOCIATED) == (desc->irq != 0);
}

static msi_desc *msi_find_desc(msi_device_data *data, msi_desc_filter filter) {
    unsigned long index;
    msi_desc *desc;

    xa_for_each_start(&data->store, index, desc, data->iter_idx) {
        if (msi_desc_match(desc, filter)) {
            data->iter_idx = index;
            return desc;
        }
    }
    data->iter_idx = ULONG_MAX;
    return nullptr;
}

msi_desc *msi_first_desc(device *dev, msi_desc_filter filter) {
    msi_device_data *data = dev->msi.data;

    if (WARN_ON_ONCE(!data))
        return nullptr;
    lockdep_assert_held(&data->mutex);
    data->iter_idx = 0;
    return msi_find_desc(data, filter);
}
EXPORT_SYMBOL_GPL(msi_first_desc);

msi_desc *msi_next_desc(device *dev, msi_desc_filter filter) {
    msi_device_data *data = dev->msi.data;

    if (WARN_ON_ONCE(!data))
        return nullptr;
    lockdep_assert_held(&data->mutex);
    if (data->iter_idx >= USHRT_MAX)
        return nullptr;
    data->iter_idx++;
    return msi_find_desc(data, filter);
}
EXPORT_SYMBOL_GPL(msi_next_desc);

unsigned int msi_get_virq(device *dev, unsigned int index) {
    if (!dev->msi.data)
        return 0;
    msi_lock_descs(dev);
    auto *desc = static_cast<msi_desc *>(xa_load(&dev->msi.data->store, index));
    unsigned int virq = desc ? desc->irq : 0;
    msi_unlock_descs(dev);
    return virq;
}
EXPORT_SYMBOL_GPL(msi_get_virq);

static int msi_add_simple_descs(device *dev, int nvec) {
    for (int index = 0; index < nvec; index++) {
        auto *desc = static_cast<msi_desc *>(kzalloc(sizeof(msi_desc), GFP_KERNEL));
        if (!desc)
            return -ENOMEM;
        desc->dev = dev;
        desc->nvec_used = 1;
        desc->msi_index = index;
        int ret = xa_insert(&dev->msi.data->store, index, desc, GFP_KERNEL);
        if (ret) {
            kfree(desc);
            return ret;
        }
    }
    return 0;
}

static void msi_free_descs(device *dev) {
    unsigned long index;
    msi_desc *desc;

    xa_for_each(&dev->msi.data->store, index, desc) {
        // Freeing what still has an interrupt would leave the interrupt with a stale descriptor.
        if (WARN_ON_ONCE(desc->irq))
            continue;
        xa_erase(&dev->msi.data->store, index);
        kfree(desc);
    }
}

void get_cached_msi_msg(unsigned int irq, msi_msg *msg) {
    *msg = irq_get_msi_desc(irq)->msg;
}
EXPORT_SYMBOL_GPL(get_cached_msi_msg);

// The domain's callbacks

static void irq_chip_write_msi_msg(irq_data *data, msi_msg *msg) {
    data->chip->irq_write_msi_msg(data, msg);
}

int msi_domain_set_affinity(irq_data *data, const cpumask *mask, bool force) {
    irq_data *parent = data->parent_data;
    msi_msg msg = {};

    int ret = parent->chip->irq_set_affinity(parent, mask, force);
    // Where the parent has done all, the message stays as it is.
    if (ret >= 0 && ret != IRQ_SET_MASK_OK_DONE) {
        BUG_ON(irq_chip_compose_msi_msg(data, &msg));
        irq_chip_write_msi_msg(data, &msg);
    }
    return ret;
}
EXPORT_SYMBOL_GPL(msi_domain_set_affinity);

static int msi_domain_activate(irq_domain *, irq_data *data, bool) {
    msi_msg msg = {};

    BUG_ON(irq_chip_compose_msi_msg(data, &msg));
    irq_chip_write_msi_msg(data, &msg);
    return 0;
}

static void msi_domain_deactivate(irq_domain *, irq_data *data) {
    msi_msg msg = {};

    irq_chip_write_msi_msg(data, &msg);
}

msi_domain_info *msi_get_domain_info(irq_domain *domain) {
    return static_cast<msi_domain_info *>(domain->host_data);
}
EXPORT_SYMBOL_GPL(msi_get_domain_info);

static void free_inits(irq_domain *domain, unsigned int virq, unsigned int count) {
    msi_domain_info *info = msi_get_domain_info(domain);

    if (!info->ops->msi_free)
        return;
    for (unsigned int i = 0; i < count; i++)
        info->ops->msi_free(domain, info, virq + i);
}

static int msi_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *arg) {
    msi_domain_info *info = msi_get_domain_info(domain);
    auto *alloc = static_cast<msi_alloc_info_t *>(arg);
    irq_hw_number_t hwirq = info->ops->get_hwirq(info, alloc);

    if (irq_find_mapping(domain, hwirq) > 0)
        return -EEXIST;
    if (domain->parent) {
        int ret = irq_domain_alloc_irqs_parent(domain, virq, nr_irqs, arg);
        if (ret < 0)
            return ret;
    }
    for (unsigned int i = 0; i < nr_irqs; i++) {
        int ret = info->ops->msi_init(domain, info, virq + i, hwirq + i, alloc);
        if (ret < 0) {
            free_inits(domain, virq, i);
            irq_domain_free_irqs_top(domain, virq, nr_irqs);
            return ret;
        }
    }
    return 0;
}

static void msi_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    free_inits(domain, virq, nr_irqs);
    irq_domain_free_irqs_top(domain, virq, nr_irqs);
}

static const irq_domain_ops msi_domain_ops_ = {
    .alloc = msi_domain_alloc,
    .free = msi_domain_free,
    .activate = msi_domain_activate,
    .deactivate = msi_domain_deactivate,
};

static irq_hw_number_t msi_domain_ops_get_hwirq(msi_domain_info *, msi_alloc_info_t *arg) {
    return arg->hwirq;
}

static int msi_domain_ops_prepare(irq_domain *, device *, int, msi_alloc_info_t *arg) {
    *arg = {};
    return 0;
}

static void msi_domain_ops_set_desc(msi_alloc_info_t *arg, msi_desc *desc) {
    arg->desc = desc;
}

static int msi_domain_ops_init(irq_domain *domain, msi_domain_info *info, unsigned int virq, irq_hw_number_t hwirq,
                               msi_alloc_info_t *) {
    irq_domain_set_hwirq_and_chip(domain, virq, hwirq, info->chip, info->chip_data);
    if (info->handler && info->handler_name) {
        __irq_set_handler(virq, info->handler, 0, info->handler_name);
        if (info->handler_data)
            irq_set_handler_data(virq, info->handler_data);
    }
    return 0;
}

static int msi_domain_ops_check(irq_domain *, msi_domain_info *, device *) {
    return 0;
}

static void use_default_ops(msi_domain_info *info) {
    msi_domain_ops *ops = info->ops;

    if (!ops->get_hwirq)
        ops->get_hwirq = msi_domain_ops_get_hwirq;
    if (!ops->msi_init)
        ops->msi_init = msi_domain_ops_init;
    if (!ops->msi_check)
        ops->msi_check = msi_domain_ops_check;
    if (!ops->msi_prepare)
        ops->msi_prepare = msi_domain_ops_prepare;
    if (!ops->set_desc)
        ops->set_desc = msi_domain_ops_set_desc;
}

irq_domain *msi_create_irq_domain(fwnode_handle *fwnode, msi_domain_info *info, irq_domain *parent) {
    static msi_domain_ops default_ops;

    if (!info->ops)
        info->ops = &default_ops;
    use_default_ops(info);
    if (info->flags & MSI_FLAG_USE_DEF_CHIP_OPS && !info->chip->irq_set_affinity)
        info->chip->irq_set_affinity = msi_domain_set_affinity;
    return irq_domain_create_hierarchy(parent, IRQ_DOMAIN_FLAG_MSI, 0, fwnode, &msi_domain_ops_, info);
}
EXPORT_SYMBOL_GPL(msi_create_irq_domain);

// Allocation

int msi_domain_prepare_irqs(irq_domain *domain, device *dev, int nvec, msi_alloc_info_t *arg) {
    msi_domain_info *info = msi_get_domain_info(domain);
    int ret = info->ops->msi_check(domain, info, dev);

    return ret ? ret : info->ops->msi_prepare(domain, dev, nvec, arg);
}

static int msi_alloc_one(irq_domain *domain, device *dev, msi_desc *desc, msi_alloc_info_t *arg) {
    msi_domain_info *info = msi_get_domain_info(domain);

    info->ops->set_desc(arg, desc);
    int virq = __irq_domain_alloc_irqs(domain, -1, desc->nvec_used, dev_to_node(dev), arg, false, desc->affinity);
    if (virq < 0)
        return info->ops->handle_error ? info->ops->handle_error(domain, desc, -ENOSPC) : -ENOSPC;
    desc->irq = virq;
    for (unsigned int i = 0; i < desc->nvec_used; i++) {
        irq_set_msi_desc(virq + i, desc);
        if (info->flags & MSI_FLAG_ACTIVATE_EARLY) {
            int ret = irq_domain_activate_irq(irq_get_irq_data(virq + i), false);
            if (ret)
                return ret;
        }
    }
    return 0;
}

static int msi_alloc_all(irq_domain *domain, device *dev, int nvec) {
    msi_domain_info *info = msi_get_domain_info(domain);
    msi_alloc_info_t arg = {};
    msi_desc *desc;

    if (info->flags & MSI_FLAG_ALLOC_SIMPLE_MSI_DESCS) {
        int ret = msi_add_simple_descs(dev, nvec);
        if (ret)
            return ret;
    }
    int ret = msi_domain_prepare_irqs(domain, dev, nvec, &arg);
    if (ret)
        return ret;
    msi_for_each_desc(desc, dev, MSI_DESC_NOTASSOCIATED) {
        ret = msi_alloc_one(domain, dev, desc, &arg);
        if (ret)
            break;
    }
    if (info->ops->msi_finish)
        info->ops->msi_finish(&arg, ret);
    return ret;
}

int msi_domain_alloc_irqs_descs_locked(irq_domain *domain, device *dev, int nvec) {
    lockdep_assert_held(&dev->msi.data->mutex);
    int ret = msi_alloc_all(domain, dev, nvec);
    if (ret)
        msi_domain_free_irqs_descs_locked(domain, dev);
    return ret;
}
EXPORT_SYMBOL_GPL(msi_domain_alloc_irqs_descs_locked);

int msi_domain_alloc_irqs(irq_domain *domain, device *dev, int nvec) {
    msi_lock_descs(dev);
    int ret = msi_domain_alloc_irqs_descs_locked(domain, dev, nvec);
    msi_unlock_descs(dev);
    return ret;
}
EXPORT_SYMBOL_GPL(msi_domain_alloc_irqs);

void msi_domain_free_irqs_descs_locked(irq_domain *domain, device *dev) {
    msi_domain_info *info = msi_get_domain_info(domain);
    msi_desc *desc;

    lockdep_assert_held(&dev->msi.data->mutex);
    msi_for_each_desc(desc, dev, MSI_DESC_ASSOCIATED) {
        // A message that the device still sends must find nothing.
        for (unsigned int i = 0; i < desc->nvec_used; i++) {
            irq_data *data = irq_get_irq_data(desc->irq + i);
            if (irqd_is_activated(data))
                irq_domain_deactivate_irq(data);
        }
        irq_domain_free_irqs(desc->irq, desc->nvec_used);
        desc->irq = 0;
    }
    if (info->flags & MSI_FLAG_FREE_MSI_DESCS)
        msi_free_descs(dev);
}
EXPORT_SYMBOL_GPL(msi_domain_free_irqs_descs_locked);

void msi_domain_free_irqs(irq_domain *domain, device *dev) {
    msi_lock_descs(dev);
    msi_domain_free_irqs_descs_locked(domain, dev);
    msi_unlock_descs(dev);
}
EXPORT_SYMBOL_GPL(msi_domain_free_irqs);
