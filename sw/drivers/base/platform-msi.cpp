// SPDX-License-Identifier: Apache-2.0
// Message interrupts for platform devices: each gets a number, and its vectors hwirqs below that number.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/msi.h>
#include <linux/slab.h>

// An hwirq of 32 bits: the device's number above, the vector below.
static constexpr unsigned int dev_id_shift = 21;
static constexpr unsigned int max_dev_msis = 1u << (32 - dev_id_shift);

struct platform_msi_priv_data {
    irq_write_msi_msg_t write_msg;
    int devid;
};

static DEFINE_IDA(platform_msi_devid_ida);

static void platform_msi_set_desc(msi_alloc_info_t *arg, msi_desc *desc) {
    u32 devid = desc->dev->msi.data->platform_data->devid;

    arg->desc = desc;
    arg->hwirq = devid << (32 - dev_id_shift) | desc->msi_index;
}

static void platform_msi_write_msg(irq_data *data, msi_msg *msg) {
    msi_desc *desc = irq_data_get_msi_desc(data);

    desc->msg = *msg;
    desc->dev->msi.data->platform_data->write_msg(desc, msg);
}

static void use_default_chip_ops(irq_chip *chip) {
    if (!chip->irq_mask)
        chip->irq_mask = irq_chip_mask_parent;
    if (!chip->irq_unmask)
        chip->irq_unmask = irq_chip_unmask_parent;
    if (!chip->irq_eoi)
        chip->irq_eoi = irq_chip_eoi_parent;
    if (!chip->irq_set_affinity)
        chip->irq_set_affinity = msi_domain_set_affinity;
    if (!chip->irq_write_msi_msg)
        chip->irq_write_msi_msg = platform_msi_write_msg;
}

irq_domain *platform_msi_create_irq_domain(fwnode_handle *fwnode, msi_domain_info *info, irq_domain *parent) {
    if (info->flags & MSI_FLAG_USE_DEF_DOM_OPS && !info->ops->set_desc)
        info->ops->set_desc = platform_msi_set_desc;
    if (info->flags & MSI_FLAG_USE_DEF_CHIP_OPS)
        use_default_chip_ops(info->chip);
    info->flags |= MSI_FLAG_ALLOC_SIMPLE_MSI_DESCS | MSI_FLAG_FREE_MSI_DESCS;
    irq_domain *domain = msi_create_irq_domain(fwnode, info, parent);
    if (domain)
        irq_domain_update_bus_token(domain, DOMAIN_BUS_PLATFORM_MSI);
    return domain;
}
EXPORT_SYMBOL_GPL(platform_msi_create_irq_domain);

static int platform_msi_alloc_priv_data(device *dev, unsigned int nvec, irq_write_msi_msg_t write_msi_msg) {
    if (!dev->msi.domain || !write_msi_msg || !nvec || nvec > max_dev_msis)
        return -EINVAL;
    if (dev->msi.domain->bus_token != DOMAIN_BUS_PLATFORM_MSI) {
        dev_err(dev, "Incompatible msi_domain, giving up\n");
        return -EINVAL;
    }
    int err = msi_setup_device_data(dev);
    if (err)
        return err;
    if (dev->msi.data->platform_data)
        return -EBUSY;
    auto *priv = static_cast<platform_msi_priv_data *>(kzalloc(sizeof(platform_msi_priv_data), GFP_KERNEL));
    if (!priv)
        return -ENOMEM;
    int devid = ida_simple_get(&platform_msi_devid_ida, 0, 1u << dev_id_shift, GFP_KERNEL);
    if (devid < 0) {
        kfree(priv);
        return devid;
    }
    *priv = {write_msi_msg, devid};
    dev->msi.data->platform_data = priv;
    return 0;
}

static void platform_msi_free_priv_data(device *dev) {
    platform_msi_priv_data *priv = dev->msi.data->platform_data;

    dev->msi.data->platform_data = nullptr;
    ida_simple_remove(&platform_msi_devid_ida, priv->devid);
    kfree(priv);
}

int platform_msi_domain_alloc_irqs(device *dev, unsigned int nvec, irq_write_msi_msg_t write_msi_msg) {
    int err = platform_msi_alloc_priv_data(dev, nvec, write_msi_msg);

    if (err)
        return err;
    err = msi_domain_alloc_irqs(dev->msi.domain, dev, nvec);
    if (err)
        platform_msi_free_priv_data(dev);
    return err;
}
EXPORT_SYMBOL_GPL(platform_msi_domain_alloc_irqs);

void platform_msi_domain_free_irqs(device *dev) {
    if (!dev->msi.data || !dev->msi.data->platform_data)
        return;
    msi_domain_free_irqs(dev->msi.domain, dev);
    platform_msi_free_priv_data(dev);
}
EXPORT_SYMBOL_GPL(platform_msi_domain_free_irqs);
