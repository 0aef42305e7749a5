// SPDX-License-Identifier: Apache-2.0
// Message interrupts for platform devices (Linux: drivers/base/platform-msi.c). A device that has some has a number; an
// hwirq is that number above and the vector's index below.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/msi.h>
#include <linux/slab.h>

#include "lib/guard.h"
#include "lib/result.h"

// From the allocation of a device's interrupts to their release.
struct platform_msi_priv_data {
    irq_write_msi_msg_t write_msg;
    u32 number;
};

namespace {

constexpr unsigned number_bits = 21, index_bits = 32 - number_bits;
DEFINE_IDA(numbers);

platform_msi_priv_data *&grant_of(device *dev) {
    return dev->msi.data->platform_data;
}

void set_hwirq(msi_alloc_info_t *arg, msi_desc *desc) {
    arg->desc = desc;
    arg->hwirq = grant_of(desc->dev)->number << index_bits | desc->msi_index;
}

// The device is told by its own callback, and the descriptor remembers what.
void write_message(irq_data *data, msi_msg *msg) {
    msi_desc *desc = irq_data_get_msi_desc(data);
    desc->msg = *msg;
    grant_of(desc->dev)->write_msg(desc, msg);
}

// What a chip that left these open gets: everything but the message is the parent's.
constexpr irq_chip usual_chip = {
    .irq_mask = irq_chip_mask_parent,
    .irq_unmask = irq_chip_unmask_parent,
    .irq_eoi = irq_chip_eoi_parent,
    .irq_set_affinity = msi_domain_set_affinity,
    .irq_write_msi_msg = write_message,
};

template <auto... members>
void fill_in(irq_chip &chip) {
    ((chip.*members = chip.*members ? chip.*members : usual_chip.*members), ...);
}

result<void> grant(device *dev, unsigned nvec, irq_write_msi_msg_t write_msg) {
    const irq_domain *domain = dev->msi.domain;

    if (!domain || !write_msg || nvec == 0 || nvec > 1u << index_bits)
        return failure(-EINVAL);
    if (domain->bus_token != DOMAIN_BUS_PLATFORM_MSI) {
        dev_err(dev, "Incompatible msi_domain, giving up\n");
        return failure(-EINVAL);
    }
    if (int error = msi_setup_device_data(dev))
        return failure(error);
    if (grant_of(dev))
        return failure(-EBUSY);
    const int number = ida_alloc_max(&numbers, (1u << number_bits) - 1, GFP_KERNEL);
    if (number < 0)
        return failure(number);
    const platform_msi_priv_data values = {write_msg, static_cast<u32>(number)};
    grant_of(dev) = static_cast<platform_msi_priv_data *>(kmemdup(&values, sizeof(values), GFP_KERNEL));
    if (grant_of(dev))
        return {};
    ida_free(&numbers, number);
    return failure(-ENOMEM);
}

void revoke(device *dev) {
    ida_free(&numbers, grant_of(dev)->number);
    kfree(grant_of(dev));
    grant_of(dev) = nullptr;
}

} // namespace

// What a domain's author may leave to us, by the flag that says so.
static constexpr struct {
    u32 flag;
    void (*fill_in)(msi_domain_info &info);
} defaults[] = {
    {MSI_FLAG_USE_DEF_DOM_OPS,
     [](msi_domain_info &info) {
         if (!info.ops->set_desc)
             info.ops->set_desc = set_hwirq;
     }},
    {MSI_FLAG_USE_DEF_CHIP_OPS,
     [](msi_domain_info &info) {
         fill_in<&irq_chip::irq_mask, &irq_chip::irq_unmask, &irq_chip::irq_eoi, &irq_chip::irq_set_affinity,
                 &irq_chip::irq_write_msi_msg>(*info.chip);
     }},
};

static void complete(msi_domain_info &info) {
    for (const auto &part : defaults)
        if (info.flags & part.flag)
            part.fill_in(info);
    info.flags |= MSI_FLAG_ALLOC_SIMPLE_MSI_DESCS | MSI_FLAG_FREE_MSI_DESCS;
}

irq_domain *platform_msi_create_irq_domain(fwnode_handle *fwnode, msi_domain_info *info, irq_domain *parent) {
    complete(*info);
    irq_domain *made = msi_create_irq_domain(fwnode, info, parent);
    if (made)
        irq_domain_update_bus_token(made, DOMAIN_BUS_PLATFORM_MSI);
    return made;
}
EXPORT_SYMBOL_GPL(platform_msi_create_irq_domain);

// The device's number, while its interrupts are made: it keeps it only if they are.
class number_for {
public:
    number_for(device *dev, unsigned nvec, irq_write_msi_msg_t write_msg)
        : dev_(dev)
        , granted_(grant(dev, nvec, write_msg)) {}
    template <typename Make>
    int keep_for(Make make) {
        if (!granted_)
            return granted_.error();
        const int error = make();
        if (error)
            revoke(dev_);
        return error;
    }

private:
    device *dev_;
    result<void> granted_;
};

int platform_msi_domain_alloc_irqs(device *dev, unsigned int nvec, irq_write_msi_msg_t write_msi_msg) {
    number_for number(dev, nvec, write_msi_msg);
    return number.keep_for([=] { return msi_domain_alloc_irqs(dev->msi.domain, dev, nvec); });
}
EXPORT_SYMBOL_GPL(platform_msi_domain_alloc_irqs);

void platform_msi_domain_free_irqs(device *dev) {
    if (!dev->msi.data || !grant_of(dev))
        return;
    msi_domain_free_irqs(dev->msi.domain, dev);
    revoke(dev);
}
EXPORT_SYMBOL_GPL(platform_msi_domain_free_irqs);
