// SPDX-License-Identifier: Apache-2.0
// Lines, descriptors and generic chips that a device's driver gives back without saying so (devm_*).
//
// Each kind is a record of what was taken, with give_back(). The record is reserved before the taking, as it cannot be
// undone for lack of memory afterwards, and is the device's when the taking has succeeded.
#include "kernel/irq/internals.h"

#include <linux/device.h>
#include <linux/export.h>
#include <linux/irq.h>

namespace {

struct taken_line {
    unsigned int irq;
    void *dev_id;
    void give_back() const { free_irq(irq, dev_id); }
};

struct taken_descs {
    unsigned int from, cnt;
    void give_back() const { irq_free_descs(from, cnt); }
};

struct taken_chip {
    irq_chip_generic *gc;
    u32 msk;
    unsigned int clr, set;
    void give_back() const { irq_remove_generic_chip(gc, msk, clr, set); }
};

template <typename Taken>
void give_back(device *, void *record) {
    static_cast<const Taken *>(record)->give_back();
}

// `take` fills the record in and answers; a negative answer is its failure.
template <typename Taken, typename Take>
int take_for(device *dev, Take take) {
    void *const record = devres_alloc(give_back<Taken>, sizeof(Taken), GFP_KERNEL);

    if (!record)
        return -ENOMEM;
    const int answer = take(*static_cast<Taken *>(record));
    if (answer < 0)
        devres_free(record);
    else
        devres_add(dev, record);
    return answer;
}

// A generic chip in memory that is the device's, or null where there is none.
template <typename... What>
irq_chip_generic *chip_in(void *memory, What... what) {
    auto *const chip = static_cast<irq_chip_generic *>(memory);

    if (chip)
        irq_init_generic_chip(chip, what...);
    return chip;
}

int is_line(device *, void *record, void *wanted) {
    const auto &mine = *static_cast<const taken_line *>(record), &other = *static_cast<const taken_line *>(wanted);

    return mine.irq == other.irq && mine.dev_id == other.dev_id;
}

} // namespace

int devm_request_threaded_irq(device *dev, unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
                              unsigned long irqflags, const char *devname, void *dev_id) {
    return take_for<taken_line>(dev, [&](taken_line &line) {
        line = {irq, dev_id};
        return request_threaded_irq(irq, handler, thread_fn, irqflags, devname ? devname : dev_name(dev), dev_id);
    });
}
EXPORT_SYMBOL(devm_request_threaded_irq);

int devm_request_any_context_irq(device *dev, unsigned int irq, irq_handler_t handler, unsigned long irqflags,
                                 const char *devname, void *dev_id) {
    return take_for<taken_line>(dev, [&](taken_line &line) {
        line = {irq, dev_id};
        return request_any_context_irq(irq, handler, irqflags, devname ? devname : dev_name(dev), dev_id);
    });
}
EXPORT_SYMBOL(devm_request_any_context_irq);

void devm_free_irq(device *dev, unsigned int irq, void *dev_id) {
    taken_line line = {irq, dev_id};

    WARN_ON(devres_destroy(dev, give_back<taken_line>, is_line, &line));
    line.give_back();
}
EXPORT_SYMBOL(devm_free_irq);

int __devm_irq_alloc_descs(device *dev, int irq, unsigned int from, unsigned int cnt, int node, module *owner,
                           const irq_affinity_desc *affinity) {
    return take_for<taken_descs>(dev, [&](taken_descs &descs) {
        const int first = __irq_alloc_descs(irq, from, cnt, node, owner, affinity);

        descs = {static_cast<unsigned int>(first), cnt};
        return first;
    });
}
EXPORT_SYMBOL_GPL(__devm_irq_alloc_descs);

irq_chip_generic *devm_irq_alloc_generic_chip(device *dev, const char *name, int num_ct, unsigned int irq_base,
                                              void __iomem *reg_base, irq_flow_handler_t handler) {
    return chip_in(devm_kzalloc(dev, irq_generic_chip_size(num_ct), GFP_KERNEL), name, num_ct, irq_base, reg_base,
                   handler);
}
EXPORT_SYMBOL_GPL(devm_irq_alloc_generic_chip);

int devm_irq_setup_generic_chip(device *dev, irq_chip_generic *gc, u32 msk, irq_gc_flags flags, unsigned int clr,
                                unsigned int set) {
    return take_for<taken_chip>(dev, [&](taken_chip &chip) {
        irq_setup_generic_chip(gc, msk, flags, clr, set);
        chip = {gc, msk, clr, set};
        return 0;
    });
}
EXPORT_SYMBOL_GPL(devm_irq_setup_generic_chip);
