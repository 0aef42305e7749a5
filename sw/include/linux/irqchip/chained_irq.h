/* SPDX-License-Identifier: Apache-2.0 */
/* What a chained flow handler does to its own line around serving its children (Linux 6.1). */
#ifndef __IRQCHIP_CHAINED_IRQ_H
#define __IRQCHIP_CHAINED_IRQ_H

#include <linux/irq.h>

/*
 * A parent with an end of interrupt holds the line by itself until then. Any other is masked and acknowledged at the entry,
 * by one callback where the chip has it, and opened at the exit.
 */
static inline void chained_irq_enter(struct irq_chip *chip, struct irq_desc *desc)
{
	struct irq_data *parent = &desc->irq_data;

	if (!chip->irq_eoi) {
		if (!chip->irq_mask_ack)
			chip->irq_mask(parent);
		if (chip->irq_mask_ack || chip->irq_ack)
			(chip->irq_mask_ack ? chip->irq_mask_ack : chip->irq_ack)(parent);
	}
}

static inline void chained_irq_exit(struct irq_chip *chip, struct irq_desc *desc)
{
	(chip->irq_eoi ? chip->irq_eoi : chip->irq_unmask)(&desc->irq_data);
}

#endif
