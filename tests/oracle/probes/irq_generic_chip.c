// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Generic chips: masks, caches, registers. */
#include "probe.h"

static u32 regs[8];
static struct irq_chip_generic *gc;

static void probe(void)
{
	int base = irq_alloc_descs(-1, 48, 4, -1);

	gc = irq_alloc_generic_chip("ogc", 1, base, (void __iomem *)regs, handle_level_irq);
	gc->chip_types[0].chip.irq_mask = irq_gc_mask_set_bit;
	gc->chip_types[0].chip.irq_unmask = irq_gc_mask_clr_bit;
	gc->chip_types[0].chip.irq_ack = irq_gc_ack_set_bit;
	gc->chip_types[0].regs.mask = 4;
	gc->chip_types[0].regs.ack = 8;
	irq_setup_generic_chip(gc, IRQ_MSK(4), IRQ_GC_INIT_MASK_CACHE, IRQ_NOREQUEST, IRQ_LEVEL);
	SAY("chip %s mask %#x", irq_get_chip(base)->name, irq_get_irq_data(base + 2)->mask);
	FACT(irq_get_chip_data(base) == gc);
	FACT(gc->irq_cnt);
	FACT(gc->mask_cache);
	FACT(irq_check_status_bit(base, IRQ_LEVEL));
	FACT(irq_check_status_bit(base, IRQ_NOREQUEST));
	irq_remove_generic_chip(gc, IRQ_MSK(4), 0, 0);
	FACT(irq_get_chip(base)->name[0]);
	irq_free_descs(base, 4);
}

static void leave(void)
{
}
