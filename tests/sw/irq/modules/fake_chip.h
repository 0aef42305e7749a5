/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/*
 * A controller that exists in memory alone and writes down, one letter each, what the core asks of it and what runs:
 *
 *   m mask   u unmask   a ack   M mask_ack   e eoi   E enable   D disable   S startup   s shutdown   r retrigger
 *   h handler   t thread function
 */
#ifndef TESTS_SW_IRQ_FAKE_CHIP_H
#define TESTS_SW_IRQ_FAKE_CHIP_H

#include "claims.h"

static char notes[256];
static DEFINE_RAW_SPINLOCK(notes_lock);

static inline void note(char c)
{
	unsigned long flags;
	size_t n;

	raw_spin_lock_irqsave(&notes_lock, flags);
	n = strlen(notes);
	if (n + 1 < sizeof(notes)) {
		notes[n] = c;
		notes[n + 1] = 0;
	}
	raw_spin_unlock_irqrestore(&notes_lock, flags);
}

static inline void forget(void)
{
	notes[0] = 0;
}

static void fake_mask(struct irq_data *d)
{
	note('m');
}
static void fake_unmask(struct irq_data *d)
{
	note('u');
}
static void fake_ack(struct irq_data *d)
{
	note('a');
}
static void fake_eoi(struct irq_data *d)
{
	note('e');
}
static inline void fake_mask_ack(struct irq_data *d)
{
	note('M');
}
static inline void fake_enable(struct irq_data *d)
{
	note('E');
}
static inline void fake_disable(struct irq_data *d)
{
	note('D');
}
static inline unsigned int fake_startup(struct irq_data *d)
{
	note('S');
	return 0;
}
static inline void fake_shutdown(struct irq_data *d)
{
	note('s');
}
static inline int fake_retrigger(struct irq_data *d)
{
	note('r');
	return 1;
}

/* Claims change it to their needs before they make a line. */
static struct irq_chip fake_chip = {
    .name = "fake",
    .irq_mask = fake_mask,
    .irq_unmask = fake_unmask,
    .irq_ack = fake_ack,
    .irq_eoi = fake_eoi,
};

static irq_flow_handler_t fake_flow;
static struct irq_domain *fake_domain;
static unsigned int fake_lines;

static int fake_map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq)
{
	irq_set_chip_and_handler(virq, &fake_chip, fake_flow);
	return 0;
}

static const struct irq_domain_ops fake_ops = {.map = fake_map, .xlate = irq_domain_xlate_onetwocell};

/* A new line with this flow handler. */
static inline unsigned int fake_line(irq_flow_handler_t flow)
{
	if (!fake_domain)
		fake_domain = irq_domain_create_linear(NULL, 32, &fake_ops, NULL);
	fake_flow = flow;
	return irq_create_mapping(fake_domain, fake_lines++);
}

static inline void fake_end(void)
{
	unsigned int i;

	for (i = 0; i < fake_lines; i++)
		irq_dispose_mapping(irq_find_mapping(fake_domain, i));
	irq_domain_remove(fake_domain);
	fake_domain = NULL;
	fake_lines = 0;
}

static int cookie;
static atomic_t calls;
static atomic_t runs;
static irqreturn_t answer = IRQ_HANDLED;

static inline irqreturn_t handler(int irq, void *dev)
{
	note('h');
	atomic_inc(&calls);
	return answer;
}

static inline irqreturn_t thread_fn(int irq, void *dev)
{
	note('t');
	atomic_inc(&runs);
	return IRQ_HANDLED;
}

/* Fires and waits until the line's threads are through: what was noted. */
static inline const char *fired(unsigned int irq)
{
	forget();
	fire(irq);
	synchronize_irq(irq);
	return notes;
}

#endif
