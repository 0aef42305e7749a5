// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* gpiolib's interrupt chip: gpio_irq_chip of a chip of one's own. */
#include "probe.h"
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio.h>

static void ack_nothing(struct irq_data *d)
{
}
static void mask(struct irq_data *d)
{
	SAY("mask %lu", d->hwirq);
	gpiochip_disable_irq(irq_data_get_irq_chip_data(d), d->hwirq);
}
static void unmask(struct irq_data *d)
{
	gpiochip_enable_irq(irq_data_get_irq_chip_data(d), d->hwirq);
	SAY("unmask %lu", d->hwirq);
}
static int type(struct irq_data *d, unsigned int t)
{
	SAY("type %u", t);
	irq_set_handler_locked(d, handle_edge_irq);
	return 0;
}
static const struct irq_chip ic = {.name = "ogpio",
				   .irq_ack = ack_nothing,
				   .irq_mask = mask,
				   .irq_unmask = unmask,
				   .irq_set_type = type,
				   .flags = IRQCHIP_IMMUTABLE,
				   GPIOCHIP_IRQ_RESOURCE_HELPERS};
static int get(struct gpio_chip *g, unsigned int o)
{
	return 0;
}
static int in(struct gpio_chip *g, unsigned int o)
{
	return 0;
}
static struct gpio_chip chip = {
    .label = "oirq", .base = 420, .ngpio = 4, .get = get, .direction_input = in, .owner = THIS_MODULE};
static irqreturn_t h(int n, void *d)
{
	where("handler");
	return IRQ_HANDLED;
}

static void probe(void)
{
	int irq;

	gpio_irq_chip_set_chip(&chip.irq, &ic);
	chip.irq.handler = handle_bad_irq;
	chip.irq.default_type = IRQ_TYPE_NONE;
	FACT(gpiochip_add_data(&chip, NULL));
	irq = gpio_to_irq(421);
	FACT(irq > 0);
	FACT(gpio_to_irq(421) == irq);
	FACT(irq_get_irq_data(irq)->hwirq);
	SAY("%s", irq_get_irq_data(irq)->domain->name ? "named" : "");
	FACT(request_irq(irq, h, IRQF_TRIGGER_FALLING, "og", &chip));
	FACT(gpiochip_line_is_irq(&chip, 1));
	FACT(gpio_request(421, "x"));
	FACT(gpio_direction_output(421, 1));
	fire(irq, 1);
	disable_irq(irq);
	enable_irq(irq);
	free_irq(irq, &chip);
	FACT(gpiochip_line_is_irq(&chip, 1));
	gpio_free(421);
	FACT(irq_create_mapping(chip.irq.domain, 9));
}

static void leave(void)
{
	gpiochip_remove(&chip);
}
