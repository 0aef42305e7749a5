// SPDX-License-Identifier: Apache-2.0
// Generic irq chips: controllers whose lines are bits in registers. A chip has up to 32 lines; a domain may have
// several chips, which are installed one line at a time as lines are mapped.
#include "kernel/irq/internals.h"

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/slab.h>

#include "lib/guard.h"
#include "lib/result.h"

namespace {

irq_chip_generic &chip_of(irq_data *d) {
    return *static_cast<irq_chip_generic *>(irq_data_get_irq_chip_data(d));
}

// A line's bit, in registers and in the copy of its type's mask register, while the chip is locked.
class locked_bit {
public:
    explicit __always_inline locked_bit(irq_data *d)
        : chip_(chip_of(d))
        , type_(*irq_data_get_chip_type(d))
        , bit_(d->mask)
        , lock_(chip_.lock) {}

    template <unsigned long irq_chip_regs::*reg>
    __always_inline void write(u32 value) {
        irq_reg_writel(&chip_, value, type_.regs.*reg);
    }
    template <unsigned long irq_chip_regs::*reg>
    __always_inline void write_bit() {
        write<reg>(bit_);
    }
    __always_inline u32 bit() const { return bit_; }
    __always_inline u32 set_in_cache() { return *type_.mask_cache |= bit_; }
    __always_inline u32 clear_in_cache() { return *type_.mask_cache &= ~bit_; }

private:
    irq_chip_generic &chip_;
    irq_chip_type &type_;
    const u32 bit_;
    hold<raw_spinlock_t> lock_;
};

template <typename F>
void each_bit(u32 bits, F visit) {
    for (; bits; bits &= bits - 1)
        visit(__ffs(bits));
}

} // namespace

void irq_gc_noop(irq_data *) {}

// Chips with one mask register, whose value is kept so that it need not be read.

void irq_gc_mask_set_bit(irq_data *d) {
    locked_bit line(d);
    line.write<&irq_chip_regs::mask>(line.set_in_cache());
}

void irq_gc_mask_clr_bit(irq_data *d) {
    locked_bit line(d);
    line.write<&irq_chip_regs::mask>(line.clear_in_cache());
}

// Chips with a register to enable and one to disable. The copy says what is enabled.

void irq_gc_unmask_enable_reg(irq_data *d) {
    locked_bit line(d);
    line.write_bit<&irq_chip_regs::enable>();
    line.set_in_cache();
}

void irq_gc_mask_disable_reg(irq_data *d) {
    locked_bit line(d);
    line.write_bit<&irq_chip_regs::disable>();
    line.clear_in_cache();
}

void irq_gc_mask_disable_and_ack_set(irq_data *d) {
    locked_bit line(d);
    line.write_bit<&irq_chip_regs::disable>();
    line.clear_in_cache();
    line.write_bit<&irq_chip_regs::ack>();
}

// Acknowledging by a one or by a zero, and ending.

void irq_gc_ack_set_bit(irq_data *d) {
    locked_bit(d).write_bit<&irq_chip_regs::ack>();
}

void irq_gc_ack_clr_bit(irq_data *d) {
    locked_bit line(d);
    line.write<&irq_chip_regs::ack>(~line.bit());
}

void irq_gc_eoi(irq_data *d) {
    locked_bit(d).write_bit<&irq_chip_regs::eoi>();
}

// -EINVAL: the line cannot wake the system.
int irq_gc_set_wake(irq_data *d, unsigned int on) {
    irq_chip_generic &chip = chip_of(d);

    if ((chip.wake_enabled & d->mask) == 0)
        return -EINVAL;
    hold l(chip.lock);
    chip.wake_active = on ? chip.wake_active | d->mask : chip.wake_active & ~d->mask;
    return 0;
}

EXPORT_SYMBOL_GPL(irq_gc_noop);
EXPORT_SYMBOL_GPL(irq_gc_mask_set_bit);
EXPORT_SYMBOL_GPL(irq_gc_mask_clr_bit);
EXPORT_SYMBOL_GPL(irq_gc_unmask_enable_reg);
EXPORT_SYMBOL_GPL(irq_gc_mask_disable_reg);
EXPORT_SYMBOL_GPL(irq_gc_ack_set_bit);
EXPORT_SYMBOL_GPL(irq_gc_ack_clr_bit);
EXPORT_SYMBOL_GPL(irq_gc_eoi);
EXPORT_SYMBOL_GPL(irq_gc_set_wake);

// Making chips

namespace {

// What a driver says of a chip at first; the rest it writes into the chip itself.
struct chip_plan {
    const char *name;
    int types;
    unsigned int irq_base;
    void __iomem *registers;
    irq_flow_handler_t handler;

    // Null if there is no memory.
    irq_chip_generic *build(void *zeroed_memory) const {
        auto *chip = static_cast<irq_chip_generic *>(zeroed_memory);

        return chip ? set_up(chip) : nullptr;
    }

private:
    irq_chip_generic *set_up(irq_chip_generic *chip) const {
        chip->chip_types[0].handler = handler;
        chip->num_ct = types;
        chip->reg_base = registers;
        chip->irq_base = irq_base;
        raw_spin_lock_init(&chip->lock);
        for (irq_chip_type *type = chip->chip_types; type != chip->chip_types + types; type++)
            type->chip.name = name;
        return chip;
    }
};

} // namespace

size_t irq_generic_chip_size(int num_ct) {
    return struct_size_t(irq_chip_generic, chip_types, num_ct);
}

void irq_init_generic_chip(irq_chip_generic *gc, const char *name, int num_ct, unsigned int irq_base,
                           void __iomem *reg_base, irq_flow_handler_t handler) {
    chip_plan{name, num_ct, irq_base, reg_base, handler}.build(gc);
}

irq_chip_generic *irq_alloc_generic_chip(const char *name, int num_ct, unsigned int irq_base, void __iomem *reg_base,
                                         irq_flow_handler_t handler) {
    return chip_plan{name, num_ct, irq_base, reg_base, handler}.build(
        kzalloc(irq_generic_chip_size(num_ct), GFP_KERNEL));
}
EXPORT_SYMBOL_GPL(irq_alloc_generic_chip);

namespace {

// A chip is ready with its first line: by then the driver has filled in its registers. The types share one copy of the
// mask register, or have one each.
void make_ready(irq_chip_generic &chip, irq_gc_flags flags) {
    for (unsigned int i = 0; i < chip.num_ct; i++) {
        irq_chip_type &type = chip.chip_types[i];

        type.mask_cache = flags & IRQ_GC_MASK_CACHE_PER_TYPE ? &type.mask_cache_priv : &chip.mask_cache;
        if (flags & IRQ_GC_INIT_MASK_CACHE)
            *type.mask_cache = irq_reg_readl(&chip, type.regs.mask);
    }
}

void find_bit_of(irq_data *line, const irq_chip_type &type, unsigned int index, irq_gc_flags flags) {
    if (flags & IRQ_GC_NO_MASK)
        return;
    if (type.chip.irq_calc_mask)
        type.chip.irq_calc_mask(line);
    else
        line->mask = BIT(index);
}

u32 read_be(void __iomem *address) {
    return ioread32be(address);
}
void write_be(u32 value, void __iomem *address) {
    iowrite32be(value, address);
}

} // namespace

// The chips of a domain are one allocation, which goes with it: the table of them, then they.
int __irq_alloc_domain_generic_chips(irq_domain *d, int irqs_per_chip, int num_ct, const char *name,
                                     irq_flow_handler_t handler, unsigned int clr, unsigned int set,
                                     irq_gc_flags gcflags) {
    const unsigned int chips = DIV_ROUND_UP(d->revmap_size, static_cast<unsigned int>(irqs_per_chip));
    const size_t table_size = struct_size_t(irq_domain_chip_generic, gc, chips);
    const size_t chip_size = irq_generic_chip_size(num_ct);

    if (d->gc || !chips)
        return d->gc ? -EBUSY : -EINVAL;
    auto *memory = static_cast<char *>(kzalloc(table_size + chips * chip_size, GFP_KERNEL));
    if (!memory)
        return -ENOMEM;
    d->gc = reinterpret_cast<irq_domain_chip_generic *>(memory);
    d->gc->num_chips = chips;
    d->gc->irqs_per_chip = irqs_per_chip;
    d->gc->gc_flags = gcflags;
    d->gc->irq_flags_to_clear = clr;
    d->gc->irq_flags_to_set = set;
    for (unsigned int i = 0; i < chips; i++) {
        const chip_plan plan = {name, num_ct, i * irqs_per_chip, nullptr, handler};
        irq_chip_generic *chip = plan.build(memory + table_size + i * chip_size);

        if (gcflags & IRQ_GC_BE_IO) {
            chip->reg_readl = read_be;
            chip->reg_writel = write_be;
        }
        chip->domain = d;
        d->gc->gc[i] = chip;
    }
    return 0;
}
EXPORT_SYMBOL_GPL(__irq_alloc_domain_generic_chips);

// Lines of a domain's chips

namespace {

// The chip of a hwirq, and which of its lines it is.
struct chip_line {
    irq_chip_generic *chip;
    unsigned int index;
};

result<chip_line> line_of(const irq_domain *d, irq_hw_number_t hwirq) {
    if (!d->gc)
        return failure(-ENODEV);
    const irq_hw_number_t number = hwirq / d->gc->irqs_per_chip;
    if (number >= d->gc->num_chips)
        return failure(-EINVAL);
    return chip_line{d->gc->gc[number], static_cast<unsigned int>(hwirq % d->gc->irqs_per_chip)};
}

} // namespace

irq_chip_generic *irq_get_domain_generic_chip(irq_domain *d, unsigned int hw_irq) {
    return line_of(d, hw_irq).value_or({}).chip;
}
EXPORT_SYMBOL_GPL(irq_get_domain_generic_chip);

int irq_map_generic_chip(irq_domain *d, unsigned int virq, irq_hw_number_t hw_irq) {
    result<chip_line> found = line_of(d, hw_irq);

    if (!found)
        return found.error();
    irq_chip_generic &chip = *(*found).chip;
    const unsigned int index = (*found).index;
    const u32 bit = BIT(index);
    if ((chip.unused | chip.installed) & bit)
        return chip.unused & bit ? -ENOTSUPP : -EBUSY;
    if (!chip.installed) {
        hold_irqsave l(chip.lock);
        make_ready(chip, d->gc->gc_flags);
    }
    set_bit(index, &chip.installed);
    irq_chip_type &type = chip.chip_types[0];
    find_bit_of(irq_domain_get_irq_data(d, virq), type, index, d->gc->gc_flags);
    irq_domain_set_info(d, virq, hw_irq, &type.chip, &chip, type.handler, nullptr, nullptr);
    irq_modify_status(virq, d->gc->irq_flags_to_clear, d->gc->irq_flags_to_set);
    return 0;
}

// The line has no chip and no handler any more.
void irq_unmap_generic_chip(irq_domain *d, unsigned int virq) {
    const chip_line was = line_of(d, irq_domain_get_irq_data(d, virq)->hwirq).value_or({});

    irq_set_handler_data(virq, nullptr);
    irq_set_chip_data(virq, nullptr);
    if (was.chip)
        clear_bit(was.index, &was.chip->installed);
}

const irq_domain_ops irq_generic_chip_ops = {
    .map = irq_map_generic_chip,
    .unmap = irq_unmap_generic_chip,
    .xlate = irq_domain_xlate_onetwocell,
};
EXPORT_SYMBOL_GPL(irq_generic_chip_ops);

// Chips without a domain: lines from irq_base on, all at once.

void irq_setup_generic_chip(irq_chip_generic *gc, u32 msk, irq_gc_flags flags, unsigned int clr, unsigned int set) {
    irq_chip_type &type = gc->chip_types[0];

    make_ready(*gc, flags);
    each_bit(msk, [&](unsigned int index) {
        const unsigned int virq = gc->irq_base + index;

        find_bit_of(irq_get_irq_data(virq), type, index, flags);
        irq_set_chip_and_handler(virq, &type.chip, type.handler);
        irq_set_chip_data(virq, gc);
        irq_modify_status(virq, clr, set);
    });
    gc->irq_cnt = fls(msk);
}
EXPORT_SYMBOL_GPL(irq_setup_generic_chip);

void irq_remove_generic_chip(irq_chip_generic *gc, u32 msk, unsigned int clr, unsigned int set) {
    each_bit(msk, [=](unsigned int index) {
        const unsigned int number = gc->irq_base + index;

        // Of a domain's chip irq_base is a hwirq.
        if (const unsigned int virq = gc->domain ? irq_find_mapping(gc->domain, number) : number) {
            irq_set_chip_data(virq, nullptr);
            irq_set_chip_and_handler(virq, &no_irq_chip, nullptr);
            irq_modify_status(virq, clr, set);
        }
    });
}
EXPORT_SYMBOL_GPL(irq_remove_generic_chip);

// For set_type: changes to the chip type that has this trigger. The line's lock is held.
int irq_setup_alt_chip(irq_data *d, unsigned int type) {
    irq_chip_generic &chip = chip_of(d);
    irq_chip_type *fits = chip.chip_types, *end = fits + chip.num_ct;

    while (fits != end && !(fits->type & type))
        fits++;
    if (fits == end)
        return -EINVAL;
    irq_data_to_desc(d)->handle_irq = fits->handler;
    d->chip = &fits->chip;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_setup_alt_chip);
