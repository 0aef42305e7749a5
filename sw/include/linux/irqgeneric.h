/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Generic irq chips: a controller that is nothing but bits in registers, 32 lines to a chip. On Linux these
 * declarations are part of linux/irq.h, which includes this header; include that one.
 */
#ifndef _LINUX_IRQGENERIC_H
#define _LINUX_IRQGENERIC_H

#ifndef _LINUX_IRQ_H
#error "include <linux/irq.h>"
#endif

#include <linux/container_of.h>
#include <linux/limits.h>
#include <linux/slab.h>

/* Register offsets from reg_base. */
struct irq_chip_regs {
	unsigned long enable;
	unsigned long disable;
	unsigned long mask;
	unsigned long ack;
	unsigned long eoi;
	unsigned long type;
	unsigned long polarity;
};

/* One kind of line of the chip: edge and level often differ in their callbacks. */
struct irq_chip_type {
	struct irq_chip chip;
	struct irq_chip_regs regs;
	irq_flow_handler_t handler;
	u32 type;
	u32 mask_cache_priv;
	u32 *mask_cache;
};

#ifdef __cplusplus
#define __irq_chip_generic_private private_
#else
#define __irq_chip_generic_private private
#endif

struct irq_chip_generic {
	raw_spinlock_t lock;
	void __iomem *reg_base;
	u32 (*reg_readl)(void __iomem *addr);
	void (*reg_writel)(u32 val, void __iomem *addr);
	void (*suspend)(struct irq_chip_generic *gc);
	void (*resume)(struct irq_chip_generic *gc);
	unsigned int irq_base;
	unsigned int irq_cnt;
	u32 mask_cache;
	u32 type_cache;
	u32 polarity_cache;
	u32 wake_enabled;
	u32 wake_active;
	unsigned int num_ct;
	void *__irq_chip_generic_private;
	unsigned long installed;
	unsigned long unused;
	struct irq_domain *domain;
	struct list_head list;
	struct irq_chip_type chip_types[];
};

enum irq_gc_flags {
	IRQ_GC_INIT_MASK_CACHE = 1 << 0, /* read the mask register once */
	IRQ_GC_INIT_NESTED_LOCK = 1 << 1,
	IRQ_GC_MASK_CACHE_PER_TYPE = 1 << 2,
	IRQ_GC_NO_MASK = 1 << 3,
	IRQ_GC_BE_IO = 1 << 4, /* big-endian registers; only for chips of a domain */
};

struct irq_domain_chip_generic {
	unsigned int irqs_per_chip;
	unsigned int num_chips;
	unsigned int irq_flags_to_clear;
	unsigned int irq_flags_to_set;
	enum irq_gc_flags gc_flags;
	struct irq_chip_generic *gc[];
};

#define IRQ_MSK(n) (u32)((n) < 32 ? ((1 << (n)) - 1) : UINT_MAX)

__BEGIN_DECLS

void irq_gc_noop(struct irq_data *d);
void irq_gc_mask_disable_reg(struct irq_data *d);
void irq_gc_mask_set_bit(struct irq_data *d);
void irq_gc_mask_clr_bit(struct irq_data *d);
void irq_gc_unmask_enable_reg(struct irq_data *d);
void irq_gc_ack_set_bit(struct irq_data *d);
void irq_gc_ack_clr_bit(struct irq_data *d);
void irq_gc_mask_disable_and_ack_set(struct irq_data *d);
void irq_gc_eoi(struct irq_data *d);
int irq_gc_set_wake(struct irq_data *d, unsigned int on);

int irq_map_generic_chip(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw_irq);
void irq_unmap_generic_chip(struct irq_domain *d, unsigned int virq);
struct irq_chip_generic *irq_alloc_generic_chip(const char *name, int nr_ct, unsigned int irq_base,
						void __iomem *reg_base, irq_flow_handler_t handler);
void irq_setup_generic_chip(struct irq_chip_generic *gc, u32 msk, enum irq_gc_flags flags, unsigned int clr,
			    unsigned int set);
int irq_setup_alt_chip(struct irq_data *d, unsigned int type);
struct device;
/* As irq_alloc_generic_chip and irq_setup_generic_chip, undone when the device goes away. */
struct irq_chip_generic *devm_irq_alloc_generic_chip(struct device *dev, const char *name, int num_ct,
						     unsigned int irq_base, void __iomem *reg_base,
						     irq_flow_handler_t handler);
int devm_irq_setup_generic_chip(struct device *dev, struct irq_chip_generic *gc, u32 msk, enum irq_gc_flags flags,
				unsigned int clr, unsigned int set);
void irq_remove_generic_chip(struct irq_chip_generic *gc, u32 msk, unsigned int clr, unsigned int set);
struct irq_chip_generic *irq_get_domain_generic_chip(struct irq_domain *d, unsigned int hw_irq);
/* 0, -EBUSY: the domain has some; -EINVAL: no lines; -ENOMEM. */
int __irq_alloc_domain_generic_chips(struct irq_domain *d, int irqs_per_chip, int num_ct, const char *name,
				     irq_flow_handler_t handler, unsigned int clr, unsigned int set,
				     enum irq_gc_flags flags);

__END_DECLS

#define irq_alloc_domain_generic_chips(d, irqs_per_chip, num_ct, name, handler, clr, set, flags)                       \
	__irq_alloc_domain_generic_chips(d, irqs_per_chip, num_ct, name, handler, clr, set, flags)

static inline void irq_free_generic_chip(struct irq_chip_generic *gc)
{
	kfree(gc);
}

static inline struct irq_chip_type *irq_data_get_chip_type(struct irq_data *d)
{
	return container_of(d->chip, struct irq_chip_type, chip);
}

static inline void irq_gc_lock(struct irq_chip_generic *gc)
{
	raw_spin_lock(&gc->lock);
}

static inline void irq_gc_unlock(struct irq_chip_generic *gc)
{
	raw_spin_unlock(&gc->lock);
}

#define irq_gc_lock_irqsave(gc, flags)	    raw_spin_lock_irqsave(&(gc)->lock, flags)
#define irq_gc_unlock_irqrestore(gc, flags) raw_spin_unlock_irqrestore(&(gc)->lock, flags)

static inline void irq_reg_writel(struct irq_chip_generic *gc, u32 val, int reg_offset)
{
	if (gc->reg_writel)
		gc->reg_writel(val, (char __iomem *)gc->reg_base + reg_offset);
	else
		writel(val, (char __iomem *)gc->reg_base + reg_offset);
}

static inline u32 irq_reg_readl(struct irq_chip_generic *gc, int reg_offset)
{
	if (gc->reg_readl)
		return gc->reg_readl((char __iomem *)gc->reg_base + reg_offset);
	return readl((char __iomem *)gc->reg_base + reg_offset);
}

#endif
