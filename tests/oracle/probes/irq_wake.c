// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* irq_set_irq_wake: counts, refusals, chips that skip it. */
#include "probe.h"

static int refuse;
static int set_wake(struct irq_data *d, unsigned int on)
{
	SAY("chip wake %u", on);
	return refuse;
}
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int irq = fixed_line(0);

	FACT(irq_set_irq_wake(irq, 1));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	fixed_chip.irq_set_wake = set_wake;
	FACT(enable_irq_wake(irq));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	FACT(enable_irq_wake(irq));
	FACT(disable_irq_wake(irq));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	FACT(disable_irq_wake(irq));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	FACT(disable_irq_wake(irq));
	refuse = -EBUSY;
	FACT(enable_irq_wake(irq));
	FACT(desc_of(irq)->wake_depth);
	refuse = 0;
	FACT(enable_irq_wake(irq));
	refuse = -EIO;
	FACT(disable_irq_wake(irq));
	FACT(desc_of(irq)->wake_depth);
	refuse = 0;
	FACT(disable_irq_wake(irq));
	fixed_chip.flags = IRQCHIP_SKIP_SET_WAKE;
	FACT(enable_irq_wake(irq));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	FACT(disable_irq_wake(irq));
	FACT(irq_set_irq_wake(9999, 1));
	FACT(request_irq(irq, h, IRQF_NO_SUSPEND, "wake", &refuse));
	FACT(enable_irq_wake(irq));
	free_irq(irq, &refuse);
	FACT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	FACT(disable_irq_wake(irq));
}

static void leave(void)
{
	fixed_end();
}
