// SPDX-License-Identifier: Apache-2.0
// Message interrupts: the descriptors of a device and the outermost domain of its stack, which writes the messages.
//
// A descriptor is free (irq is 0) or associated with interrupts; it changes under the device's mutex alone. A message
// is in the device from activation to deactivation of its line; then the device holds zeros.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/msi.h>
#include <linux/slab.h>

#include "lib/guard.h"
#include "lib/result.h"

namespace {

// Descriptors

constexpr unsigned long walk_ended = ULONG_MAX;

// They go with the driver, after their interrupts.
void release_device_data(device *dev, void *res) {
    auto *data = static_cast<msi_device_data *>(res);

    dev->msi.data = nullptr;
    WARN_ON_ONCE(!xa_empty(&data->store));
    xa_destroy(&data->store);
}

bool make_device_data(device *dev) {
    void *memory = devres_alloc(release_device_data, sizeof(msi_device_data), GFP_KERNEL);

    if (memory) {
        dev->msi.data = static_cast<msi_device_data *>(memory);
        mutex_init(&dev->msi.data->mutex);
        xa_init(&dev->msi.data->store);
        devres_add(dev, memory);
    }
    return memory;
}

bool wanted(const msi_desc &desc, msi_desc_filter filter) {
    const bool associated = desc.irq;
    return filter == MSI_DESC_ALL || associated == (filter == MSI_DESC_ASSOCIATED);
}

// The first wanted descriptor from an index on. Where the walk stands is kept with the device, not in the descriptor:
// the loop may free the one that it is at.
msi_desc *walk_from(device *dev, unsigned long index, msi_desc_filter filter) {
    msi_device_data &data = *dev->msi.data;
    msi_desc *desc;

    lockdep_assert_held(&data.mutex);
    while ((desc = static_cast<msi_desc *>(xa_find(&data.store, &index, ULONG_MAX, XA_PRESENT))) &&
           !wanted(*desc, filter))
        index++;
    data.iter_idx = desc ? index : walk_ended;
    return desc;
}

// Guards the descriptors of a device. A walk that begins later must begin anew.
class descs_locked {
public:
    explicit descs_locked(device *dev)
        : dev_(dev) {
        msi_lock_descs(dev_);
    }
    ~descs_locked() { msi_unlock_descs(dev_); }
    descs_locked(const descs_locked &) = delete;
    descs_locked &operator=(const descs_locked &) = delete;

private:
    device *dev_;
};

// One vector each, numbered from 0.
result<void> add_simple_descs(device *dev, unsigned int count) {
    for (unsigned int index = 0; index < count; index++) {
        auto *desc = static_cast<msi_desc *>(kzalloc(sizeof(msi_desc), GFP_KERNEL));
        if (!desc)
            return failure(-ENOMEM);
        desc->msi_index = index;
        desc->nvec_used = 1;
        desc->dev = dev;
        if (const int taken = xa_insert(&dev->msi.data->store, index, desc, GFP_KERNEL)) {
            kfree(desc);
            return failure(taken);
        }
    }
    return {};
}

void free_descs(device *dev) {
    unsigned long index;
    msi_desc *desc;

    xa_for_each(&dev->msi.data->store, index, desc) {
        // An interrupt would be left with a stale descriptor.
        if (!WARN_ON_ONCE(desc->irq)) {
            xa_erase(&dev->msi.data->store, index);
            kfree(desc);
        }
    }
}

} // namespace

int msi_setup_device_data(device *dev) {
    return dev->msi.data || make_device_data(dev) ? 0 : -ENOMEM;
}

void msi_lock_descs(device *dev) {
    mutex_lock(&dev->msi.data->mutex);
}
EXPORT_SYMBOL_GPL(msi_lock_descs);

void msi_unlock_descs(device *dev) {
    dev->msi.data->iter_idx = walk_ended;
    mutex_unlock(&dev->msi.data->mutex);
}
EXPORT_SYMBOL_GPL(msi_unlock_descs);

msi_desc *msi_first_desc(device *dev, msi_desc_filter filter) {
    return WARN_ON_ONCE(!dev->msi.data) ? nullptr : walk_from(dev, 0, filter);
}
EXPORT_SYMBOL_GPL(msi_first_desc);

msi_desc *msi_next_desc(device *dev, msi_desc_filter filter) {
    const bool can_go_on = !WARN_ON_ONCE(!dev->msi.data) && dev->msi.data->iter_idx < USHRT_MAX;
    return can_go_on ? walk_from(dev, dev->msi.data->iter_idx + 1, filter) : nullptr;
}
EXPORT_SYMBOL_GPL(msi_next_desc);

unsigned int msi_get_virq(device *dev, unsigned int index) {
    if (!dev->msi.data)
        return 0;
    descs_locked l(dev);
    const auto *desc = static_cast<msi_desc *>(xa_load(&dev->msi.data->store, index));
    return desc ? desc->irq : 0;
}
EXPORT_SYMBOL_GPL(msi_get_virq);

void get_cached_msi_msg(unsigned int irq, msi_msg *msg) {
    *msg = irq_get_msi_desc(irq)->msg;
}
EXPORT_SYMBOL_GPL(get_cached_msi_msg);

msi_domain_info *msi_get_domain_info(irq_domain *domain) {
    return static_cast<msi_domain_info *>(domain->host_data);
}

// The domain

namespace {

// The messages of a line. A controller may have a second one, which ends what the first one began: a level.
struct messages {
    msi_msg both[2] = {};

    bool second() const { return both[1].address_lo || both[1].address_hi || both[1].data; }
};

bool knows_levels(const msi_domain_info &info) {
    return (info.flags & MSI_FLAG_LEVEL_CAPABLE) && (info.chip->flags & IRQCHIP_SUPPORTS_LEVEL_MSI);
}

// What the levels below make of the line goes to the device.
void write_message(irq_data *line) {
    messages made;

    BUG_ON(irq_chip_compose_msi_msg(line, made.both));
    WARN_ON(made.second() && !knows_levels(*msi_get_domain_info(line->domain)));
    line->chip->irq_write_msi_msg(line, made.both);
}

int activate_message(irq_domain *, irq_data *line, bool) {
    write_message(line);
    return 0;
}

// A message that the device still sends must find nothing.
void deactivate_message(irq_domain *, irq_data *line) {
    messages nowhere;

    line->chip->irq_write_msi_msg(line, nowhere.both);
}

// The lines of a block that msi_init has set up: as many are taken back as there are, unless they are kept.
class initialised {
public:
    initialised(irq_domain *domain, unsigned int virq, unsigned int count = 0)
        : domain_(domain)
        , info_(*msi_get_domain_info(domain))
        , virq_(virq)
        , count_(count) {}
    ~initialised() {
        for (unsigned int i = 0; info_.ops->msi_free && i < count_; i++)
            info_.ops->msi_free(domain_, &info_, virq_ + i);
    }
    int add(irq_hw_number_t first, msi_alloc_info_t *arg) {
        const int error = info_.ops->msi_init(domain_, &info_, virq_ + count_, first + count_, arg);
        count_ += error >= 0;
        return error;
    }
    unsigned int count() const { return count_; }
    void keep() { count_ = 0; }

private:
    irq_domain *domain_;
    msi_domain_info &info_;
    unsigned int virq_, count_;
};

void msi_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr) {
    { initialised end_of(domain, virq, nr); }
    irq_domain_free_irqs_top(domain, virq, nr);
}

int msi_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr, void *arg) {
    auto *alloc = static_cast<msi_alloc_info_t *>(arg);
    msi_domain_info *info = msi_get_domain_info(domain);
    const irq_hw_number_t first = info->ops->get_hwirq(info, alloc);

    if (irq_find_mapping(domain, first))
        return -EEXIST;
    int error = domain->parent ? irq_domain_alloc_irqs_parent(domain, virq, nr, arg) : 0;
    if (error < 0)
        return error;
    on_failure no_lines([=] { irq_domain_free_irqs_top(domain, virq, nr); });
    initialised lines(domain, virq);
    while (lines.count() < nr && error >= 0)
        error = lines.add(first, alloc);
    if (error >= 0) {
        lines.keep();
        no_lines.dismiss();
    }
    return min(error, 0);
}

const irq_domain_ops message_domain_ops = {
    .alloc = msi_domain_alloc,
    .free = msi_domain_free,
    .activate = activate_message,
    .deactivate = deactivate_message,
};

// A line gets the domain's chip and, if the domain has one with a name, its flow (Linux: msi_domain_ops_init).
void give_flow(unsigned int virq, const msi_domain_info &info) {
    if (!info.handler || !info.handler_name)
        return;
    __irq_set_handler(virq, info.handler, 0, info.handler_name);
    if (info.handler_data)
        irq_set_handler_data(virq, info.handler_data);
}

// What a domain does that says nothing else: hwirqs come from the caller.
constexpr msi_domain_ops defaults = {
    .get_hwirq = [](msi_domain_info *, msi_alloc_info_t *arg) { return arg->hwirq; },
    .msi_init =
        [](irq_domain *domain, msi_domain_info *info, unsigned int virq, irq_hw_number_t hwirq, msi_alloc_info_t *) {
            irq_domain_set_hwirq_and_chip(domain, virq, hwirq, info->chip, info->chip_data);
            give_flow(virq, *info);
            return 0;
        },
    .msi_check = [](irq_domain *, msi_domain_info *, device *) { return 0; },
    .msi_prepare =
        [](irq_domain *, device *, int, msi_alloc_info_t *arg) {
            *arg = {};
            return 0;
        },
    .set_desc = [](msi_alloc_info_t *arg, msi_desc *desc) { arg->desc = desc; },
};

template <auto... members>
void fill_in(msi_domain_ops &ops) {
    ((ops.*members = ops.*members ? ops.*members : defaults.*members), ...);
}

msi_domain_ops all_defaults = defaults;

} // namespace

int msi_domain_set_affinity(irq_data *data, const cpumask *mask, bool force) {
    const int done = irq_chip_set_affinity_parent(data, mask, force);

    // Where the parent has done all, the message stays as it is.
    if (done >= 0 && done != IRQ_SET_MASK_OK_DONE)
        write_message(data);
    return done;
}

irq_domain *msi_create_irq_domain(fwnode_handle *fwnode, msi_domain_info *info, irq_domain *parent) {
    info->ops = info->ops ? info->ops : &all_defaults;
    fill_in<&msi_domain_ops::get_hwirq, &msi_domain_ops::msi_init, &msi_domain_ops::msi_check,
            &msi_domain_ops::msi_prepare, &msi_domain_ops::set_desc>(*info->ops);
    if (info->flags & MSI_FLAG_USE_DEF_CHIP_OPS && !info->chip->irq_set_affinity)
        info->chip->irq_set_affinity = msi_domain_set_affinity;
    return irq_domain_create_hierarchy(parent, IRQ_DOMAIN_FLAG_MSI, 0, fwnode, &message_domain_ops, info);
}

// Allocation

namespace {

// Interrupts for one descriptor.
result<void> associate(irq_domain *domain, msi_desc &desc, msi_alloc_info_t *arg) {
    const msi_domain_info &info = *msi_get_domain_info(domain);

    info.ops->set_desc(arg, &desc);
    const int first =
        __irq_domain_alloc_irqs(domain, -1, desc.nvec_used, dev_to_node(desc.dev), arg, false, desc.affinity);
    if (first < 0)
        return failure(info.ops->handle_error ? info.ops->handle_error(domain, &desc, -ENOSPC) : -ENOSPC);
    desc.irq = first;
    result<void> done;
    for (unsigned int i = 0; done && i < desc.nvec_used; i++) {
        irq_set_msi_desc(first + i, &desc);
        if (info.flags & MSI_FLAG_ACTIVATE_EARLY)
            done = as_result(irq_domain_activate_irq(irq_get_irq_data(first + i), false));
    }
    return done;
}

void dissociate(msi_desc &desc) {
    for (unsigned int i = 0; i < desc.nvec_used; i++)
        irq_domain_deactivate_irq(irq_get_irq_data(desc.irq + i));
    irq_domain_free_irqs(desc.irq, desc.nvec_used);
    desc.irq = 0;
}

// What the domain says before the first line of a device: it may refuse it, or need to know how much is to come
// (Linux: msi_domain_prepare_irqs).
struct device_in_domain {
    irq_domain *domain;
    device *dev;
    const msi_domain_ops &ops() const { return *msi_get_domain_info(domain)->ops; }

    result<void> admit() const { return as_result(ops().msi_check(domain, msi_get_domain_info(domain), dev)); }
    result<void> announce(int nvec, msi_alloc_info_t *arg) const {
        return as_result(ops().msi_prepare(domain, dev, nvec, arg));
    }
};

result<void> associate_all(irq_domain *domain, device *dev, int nvec) {
    const msi_domain_info &info = *msi_get_domain_info(domain);
    const device_in_domain it = {domain, dev};
    msi_alloc_info_t arg = {};
    result<void> done;
    msi_desc *desc;

    if (info.flags & MSI_FLAG_ALLOC_SIMPLE_MSI_DESCS)
        done = add_simple_descs(dev, nvec);
    if (done)
        done = it.admit();
    if (done)
        done = it.announce(nvec, &arg);
    if (!done)
        return done;
    msi_for_each_desc(desc, dev, MSI_DESC_NOTASSOCIATED) {
        done = associate(domain, *desc, &arg);
        if (!done)
            break;
    }
    if (info.ops->msi_finish)
        info.ops->msi_finish(&arg, done.error());
    return done;
}

} // namespace

int msi_domain_prepare_irqs(irq_domain *domain, device *dev, int nvec, msi_alloc_info_t *arg) {
    const device_in_domain it = {domain, dev};
    const result<void> admitted = it.admit();
    return admitted ? it.announce(nvec, arg).error() : admitted.error();
}

// All that the device has descriptors for, or none.
int msi_domain_alloc_irqs_descs_locked(irq_domain *domain, device *dev, int nvec) {
    on_failure none([=] { msi_domain_free_irqs_descs_locked(domain, dev); });

    lockdep_assert_held(&dev->msi.data->mutex);
    result<void> done = associate_all(domain, dev, nvec);
    if (done)
        none.dismiss();
    return done.error();
}

void msi_domain_free_irqs_descs_locked(irq_domain *domain, device *dev) {
    msi_desc *desc;

    msi_for_each_desc(desc, dev, MSI_DESC_ASSOCIATED) dissociate(*desc);
    if (msi_get_domain_info(domain)->flags & MSI_FLAG_FREE_MSI_DESCS)
        free_descs(dev);
}

int msi_domain_alloc_irqs(irq_domain *domain, device *dev, int nvec) {
    descs_locked l(dev);
    return msi_domain_alloc_irqs_descs_locked(domain, dev, nvec);
}

void msi_domain_free_irqs(irq_domain *domain, device *dev) {
    descs_locked l(dev);
    msi_domain_free_irqs_descs_locked(domain, dev);
}
