// SPDX-License-Identifier: Apache-2.0
// Generic irq chips: controllers whose lines are bits in registers.
#include "kernel/irq/internals.h"

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/slab.h>

static LIST_HEAD(gc_list);
static DEFINE_RAW_SPINLOCK(gc_lock);

static irq_chip_generic *gc_of(irq_data *d) {
    return static_cast<irq_chip_generic *>(irq_data_get_irq_chip_data(d));
}

void irq_gc_noop(irq_data *) {}
EXPORT_SYMBOL_GPL(irq_gc_noop);

// Registers with a separate write-one-to-disable.
void irq_gc_mask_disable_reg(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);
    irq_chip_type *ct = irq_data_get_chip_type(d);

    irq_gc_lock(gc);
    irq_reg_writel(gc, d->mask, ct->regs.disable);
    *ct->mask_cache &= ~d->mask;
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_disable_reg);

// One mask register, whose value is kept so that it need not be read.
void irq_gc_mask_set_bit(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);
    irq_chip_type *ct = irq_data_get_chip_type(d);

    irq_gc_lock(gc);
    *ct->mask_cache |= d->mask;
    irq_reg_writel(gc, *ct->mask_cache, ct->regs.mask);
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_set_bit);

void irq_gc_mask_clr_bit(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);
    irq_chip_type *ct = irq_data_get_chip_type(d);

    irq_gc_lock(gc);
    *ct->mask_cache &= ~d->mask;
    irq_reg_writel(gc, *ct->mask_cache, ct->regs.mask);
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_clr_bit);

void irq_gc_unmask_enable_reg(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);
    irq_chip_type *ct = irq_data_get_chip_type(d);

    irq_gc_lock(gc);
    irq_reg_writel(gc, d->mask, ct->regs.enable);
    *ct->mask_cache |= d->mask;
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_unmask_enable_reg);

void irq_gc_ack_set_bit(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);

    irq_gc_lock(gc);
    irq_reg_writel(gc, d->mask, irq_data_get_chip_type(d)->regs.ack);
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_ack_set_bit);

void irq_gc_ack_clr_bit(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);

    irq_gc_lock(gc);
    irq_reg_writel(gc, ~d->mask, irq_data_get_chip_type(d)->regs.ack);
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_ack_clr_bit);

void irq_gc_mask_disable_and_ack_set(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);
    irq_chip_type *ct = irq_data_get_chip_type(d);

    irq_gc_lock(gc);
    irq_reg_writel(gc, d->mask, ct->regs.disable);
    *ct->mask_cache &= ~d->mask;
    irq_reg_writel(gc, d->mask, ct->regs.ack);
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_disable_and_ack_set);

void irq_gc_eoi(irq_data *d) {
    irq_chip_generic *gc = gc_of(d);

    irq_gc_lock(gc);
    irq_reg_writel(gc, d->mask, irq_data_get_chip_type(d)->regs.eoi);
    irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_eoi);

// -EINVAL: the line cannot wake the system.
int irq_gc_set_wake(irq_data *d, unsigned int on) {
    irq_chip_generic *gc = gc_of(d);

    if (!(d->mask & gc->wake_enabled))
        return -EINVAL;
    irq_gc_lock(gc);
    if (on)
        gc->wake_active |= d->mask;
    else
        gc->wake_active &= ~d->mask;
    irq_gc_unlock(gc);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_gc_set_wake);

void irq_init_generic_chip(irq_chip_generic *gc, const char *name, int num_ct, unsigned int irq_base,
                           void __iomem *reg_base, irq_flow_handler_t handler) {
    raw_spin_lock_init(&gc->lock);
    gc->num_ct = num_ct;
    gc->irq_base = irq_base;
    gc->reg_base = reg_base;
    for (int i = 0; i < num_ct; i++)
        gc->chip_types[i].chip.name = name;
    gc->chip_types->handler = handler;
}

size_t irq_generic_chip_size(int num_ct) {
    return sizeof(irq_chip_generic) + num_ct * sizeof(irq_chip_type);
}

irq_chip_generic *irq_alloc_generic_chip(const char *name, int num_ct, unsigned int irq_base, void __iomem *reg_base,
                                         irq_flow_handler_t handler) {
    auto *gc = static_cast<irq_chip_generic *>(kzalloc(irq_generic_chip_size(num_ct), GFP_KERNEL));

    if (gc)
        irq_init_generic_chip(gc, name, num_ct, irq_base, reg_base, handler);
    return gc;
}
EXPORT_SYMBOL_GPL(irq_alloc_generic_chip);

static void init_mask_cache(irq_chip_generic *gc, irq_gc_flags flags) {
    u32 *cache = &gc->mask_cache;

    for (unsigned int i = 0; i < gc->num_ct; i++) {
        irq_chip_type *ct = &gc->chip_types[i];

        if (flags & IRQ_GC_MASK_CACHE_PER_TYPE)
            cache = &ct->mask_cache_priv;
        ct->mask_cache = cache;
        if (flags & IRQ_GC_INIT_MASK_CACHE)
            *cache = irq_reg_readl(gc, ct->regs.mask);
    }
}

static u32 irq_readl_be(void __iomem *addr) {
    return ioread32be(addr);
}
static void irq_writel_be(u32 val, void __iomem *addr) {
    iowrite32be(val, addr);
}

int __irq_alloc_domain_generic_chips(irq_domain *d, int irqs_per_chip, int num_ct, const char *name,
                                     irq_flow_handler_t handler, unsigned int clr, unsigned int set,
                                     irq_gc_flags gcflags) {
    if (d->gc)
        return -EBUSY;
    unsigned int numchips = DIV_ROUND_UP(d->revmap_size, static_cast<unsigned int>(irqs_per_chip));
    if (!numchips)
        return -EINVAL;
    // One allocation: the table of chips, then the chips.
    size_t table = sizeof(irq_domain_chip_generic) + numchips * sizeof(irq_chip_generic *);
    size_t chip_size = irq_generic_chip_size(num_ct);
    char *tmp = static_cast<char *>(kzalloc(table + numchips * chip_size, GFP_KERNEL));
    if (!tmp)
        return -ENOMEM;
    auto *dgc = reinterpret_cast<irq_domain_chip_generic *>(tmp);
    dgc->irqs_per_chip = irqs_per_chip;
    dgc->num_chips = numchips;
    dgc->irq_flags_to_set = set;
    dgc->irq_flags_to_clear = clr;
    dgc->gc_flags = gcflags;
    d->gc = dgc;

    tmp += table;
    for (unsigned int i = 0; i < numchips; i++, tmp += chip_size) {
        auto *gc = reinterpret_cast<irq_chip_generic *>(tmp);
        unsigned long flags;

        dgc->gc[i] = gc;
        irq_init_generic_chip(gc, name, num_ct, i * irqs_per_chip, nullptr, handler);
        gc->domain = d;
        if (gcflags & IRQ_GC_BE_IO) {
            gc->reg_readl = irq_readl_be;
            gc->reg_writel = irq_writel_be;
        }
        raw_spin_lock_irqsave(&gc_lock, flags);
        list_add_tail(&gc->list, &gc_list);
        raw_spin_unlock_irqrestore(&gc_lock, flags);
    }
    return 0;
}
EXPORT_SYMBOL_GPL(__irq_alloc_domain_generic_chips);

void irq_domain_remove_generic_chips(irq_domain *d) {
    irq_domain_chip_generic *dgc = d->gc;

    if (!dgc)
        return;
    for (unsigned int i = 0; i < dgc->num_chips; i++)
        irq_remove_generic_chip(dgc->gc[i], 0, 0, 0);
    d->gc = nullptr;
    kfree(dgc);
}
EXPORT_SYMBOL_GPL(irq_domain_remove_generic_chips);

static irq_chip_generic *domain_chip(irq_domain *d, unsigned int hw_irq) {
    irq_domain_chip_generic *dgc = d->gc;

    if (!dgc)
        return static_cast<irq_chip_generic *>(ERR_PTR(-ENODEV));
    unsigned int idx = hw_irq / dgc->irqs_per_chip;
    if (idx >= dgc->num_chips)
        return static_cast<irq_chip_generic *>(ERR_PTR(-EINVAL));
    return dgc->gc[idx];
}

irq_chip_generic *irq_get_domain_generic_chip(irq_domain *d, unsigned int hw_irq) {
    irq_chip_generic *gc = domain_chip(d, hw_irq);

    return IS_ERR(gc) ? nullptr : gc;
}
EXPORT_SYMBOL_GPL(irq_get_domain_generic_chip);

int irq_map_generic_chip(irq_domain *d, unsigned int virq, irq_hw_number_t hw_irq) {
    irq_data *data = irq_domain_get_irq_data(d, virq);
    irq_domain_chip_generic *dgc = d->gc;
    irq_chip_generic *gc = domain_chip(d, hw_irq);

    if (IS_ERR(gc))
        return PTR_ERR(gc);
    unsigned int idx = hw_irq % dgc->irqs_per_chip;
    if (test_bit(idx, &gc->unused))
        return -ENOTSUPP;
    if (test_bit(idx, &gc->installed))
        return -EBUSY;
    irq_chip_type *ct = gc->chip_types;
    irq_chip *chip = &ct->chip;

    // The chip is set up with its first line: by then the driver has filled in its registers.
    if (!gc->installed) {
        unsigned long flags;

        raw_spin_lock_irqsave(&gc->lock, flags);
        init_mask_cache(gc, dgc->gc_flags);
        raw_spin_unlock_irqrestore(&gc->lock, flags);
    }
    set_bit(idx, &gc->installed);
    if (!(dgc->gc_flags & IRQ_GC_NO_MASK)) {
        if (chip->irq_calc_mask)
            chip->irq_calc_mask(data);
        else
            data->mask = 1u << idx;
    }
    irq_domain_set_info(d, virq, hw_irq, chip, gc, ct->handler, nullptr, nullptr);
    irq_modify_status(virq, dgc->irq_flags_to_clear, dgc->irq_flags_to_set);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_map_generic_chip);

void irq_unmap_generic_chip(irq_domain *d, unsigned int virq) {
    irq_data *data = irq_domain_get_irq_data(d, virq);
    irq_chip_generic *gc = irq_get_domain_generic_chip(d, data->hwirq);

    if (!gc)
        return;
    clear_bit(data->hwirq % d->gc->irqs_per_chip, &gc->installed);
    irq_domain_set_info(d, virq, data->hwirq, &no_irq_chip, nullptr, nullptr, nullptr, nullptr);
}

const irq_domain_ops irq_generic_chip_ops = {
    .map = irq_map_generic_chip,
    .unmap = irq_unmap_generic_chip,
    .xlate = irq_domain_xlate_onetwocell,
};
EXPORT_SYMBOL_GPL(irq_generic_chip_ops);

// Chips without a domain: lines from irq_base on.
void irq_setup_generic_chip(irq_chip_generic *gc, u32 msk, irq_gc_flags flags, unsigned int clr, unsigned int set) {
    irq_chip_type *ct = gc->chip_types;
    unsigned int i;

    raw_spin_lock(&gc_lock);
    list_add_tail(&gc->list, &gc_list);
    raw_spin_unlock(&gc_lock);
    init_mask_cache(gc, flags);
    for (i = gc->irq_base; msk; msk >>= 1, i++) {
        if (!(msk & 1))
            continue;
        if (!(flags & IRQ_GC_NO_MASK)) {
            irq_data *d = irq_get_irq_data(i);

            if (ct->chip.irq_calc_mask)
                ct->chip.irq_calc_mask(d);
            else
                d->mask = 1u << (i - gc->irq_base);
        }
        irq_set_chip_and_handler(i, &ct->chip, ct->handler);
        irq_set_chip_data(i, gc);
        irq_modify_status(i, clr, set);
    }
    gc->irq_cnt = i - gc->irq_base;
}
EXPORT_SYMBOL_GPL(irq_setup_generic_chip);

// For set_type: changes to the chip type that has this trigger. The line's lock is held.
int irq_setup_alt_chip(irq_data *d, unsigned int type) {
    irq_chip_generic *gc = gc_of(d);

    for (unsigned int i = 0; i < gc->num_ct; i++) {
        irq_chip_type *ct = &gc->chip_types[i];

        if (ct->type & type) {
            d->chip = &ct->chip;
            irq_data_to_desc(d)->handle_irq = ct->handler;
            return 0;
        }
    }
    return -EINVAL;
}
EXPORT_SYMBOL_GPL(irq_setup_alt_chip);

void irq_remove_generic_chip(irq_chip_generic *gc, u32 msk, unsigned int clr, unsigned int set) {
    raw_spin_lock(&gc_lock);
    list_del(&gc->list);
    raw_spin_unlock(&gc_lock);
    for (unsigned int i = 0; msk; msk >>= 1, i++) {
        if (!(msk & 1))
            continue;
        unsigned int virq = gc->domain ? irq_find_mapping(gc->domain, gc->irq_base + i) : gc->irq_base + i;
        if (!virq)
            continue;
        irq_set_handler(virq, nullptr);
        irq_set_chip(virq, &no_irq_chip);
        irq_set_chip_data(virq, nullptr);
        irq_modify_status(virq, clr, set);
    }
}
EXPORT_SYMBOL_GPL(irq_remove_generic_chip);
