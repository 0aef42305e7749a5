// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Lookup tables, what gpiod_get and its relatives answer, names, flags. */
#include "probe.h"
#include <linux/gpio.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>
#include <linux/platform_device.h>

static int values[8], dirs[8];
static int get(struct gpio_chip *c, unsigned int o)
{
	return values[o];
}
static void set(struct gpio_chip *c, unsigned int o, int v)
{
	values[o] = v;
	SAY("set %u %d", o, v);
}
static int in(struct gpio_chip *c, unsigned int o)
{
	dirs[o] = 0;
	SAY("in %u", o);
	return 0;
}
static int out(struct gpio_chip *c, unsigned int o, int v)
{
	dirs[o] = 1;
	SAY("out %u %d", o, v);
	values[o] = v;
	return 0;
}
static int dir(struct gpio_chip *c, unsigned int o)
{
	return dirs[o] ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}
static const char *const names[8] = {"zero", "one", NULL, "three"};
static struct gpio_chip chip = {.label = "ochip",
				.ngpio = 8,
				.base = 700,
				.get = get,
				.set = set,
				.direction_input = in,
				.direction_output = out,
				.get_direction = dir,
				.names = names,
				.owner = THIS_MODULE};
static struct gpiod_lookup_table table = {.dev_id = "oracle-gpio",
					  .table = {GPIO_LOOKUP("ochip", 1, "led", GPIO_ACTIVE_LOW),
						    GPIO_LOOKUP_IDX("ochip", 2, "bus", 0, GPIO_ACTIVE_HIGH),
						    GPIO_LOOKUP_IDX("ochip", 4, "bus", 1, GPIO_ACTIVE_LOW),
						    GPIO_LOOKUP("ochip", 77, "far", GPIO_ACTIVE_HIGH),
						    GPIO_LOOKUP("nochip", 1, "nochip", GPIO_ACTIVE_HIGH),
						    GPIO_LOOKUP("three", U16_MAX, "named", GPIO_OPEN_DRAIN),
						    {}}};
static struct platform_device *p;

static void probe(void)
{
	struct gpio_desc *d, *e;
	struct gpio_descs *a;
	struct device *dev;

	FACT(gpiochip_add_data(&chip, &values));
	FACT(chip.base);
	gpiod_add_lookup_table(&table);
	p = platform_device_register_simple("oracle-gpio", -1, NULL, 0);
	dev = &p->dev;
	d = gpiod_get(dev, "led", GPIOD_OUT_HIGH);
	FACT(IS_ERR(d));
	FACT(gpiod_get_value(d));
	FACT(gpiod_get_raw_value(d));
	FACT(gpiod_is_active_low(d));
	FACT(gpiod_get_direction(d));
	FACT(desc_to_gpio(d));
	gpiod_set_value(d, 0);
	FACT(values[1]);
	e = gpiod_get(dev, "led", GPIOD_ASIS);
	FACT(PTR_ERR_OR_ZERO(e));
	gpiod_toggle_active_low(d);
	FACT(gpiod_get_value(d));
	FACT(gpiod_direction_input(d));
	FACT(gpiod_get_direction(d));
	FACT(gpiod_cansleep(d));
	FACT(gpiod_to_irq(d));
	FACT(gpiod_set_debounce(d, 100));
	FACT(gpiod_set_consumer_name(d, "renamed"));
	gpiod_put(d);
	FACT(PTR_ERR(gpiod_get(dev, "none", GPIOD_IN)));
	FACT(gpiod_get_optional(dev, "none", GPIOD_IN) == NULL);
	FACT(PTR_ERR(gpiod_get(dev, "far", GPIOD_IN)));
	FACT(PTR_ERR(gpiod_get(dev, "nochip", GPIOD_IN)));
	d = gpiod_get(dev, "named", GPIOD_OUT_LOW_OPEN_DRAIN);
	FACT(IS_ERR(d) ? PTR_ERR(d) : desc_to_gpio(d));
	if (!IS_ERR(d)) {
		gpiod_set_value(d, 1);
		gpiod_put(d);
	}
	FACT(gpiod_count(dev, "bus"));
	FACT(gpiod_count(dev, "none"));
	a = gpiod_get_array(dev, "bus", GPIOD_OUT_LOW);
	FACT(IS_ERR(a) ? PTR_ERR(a) : a->ndescs);
	if (!IS_ERR(a)) {
		DECLARE_BITMAP(v, 2) = {3};

		FACT(gpiod_set_array_value(2, a->desc, a->info, v));
		FACT(gpiod_get_array_value(2, a->desc, a->info, v));
		FACT(v[0]);
		FACT(gpiod_set_raw_array_value(2, a->desc, a->info, v));
		gpiod_put_array(a);
	}
	FACT(gpiod_get_value(NULL));
	FACT(gpiod_direction_output(NULL, 1));
	gpiod_set_value(NULL, 1);
	gpiod_put(NULL);
	gpiod_remove_lookup_table(&table);
	FACT(PTR_ERR(gpiod_get(dev, "led", GPIOD_IN)));
	FACT(gpio_request(701, "legacy"));
	FACT(gpio_request(701, "legacy2"));
	FACT(gpio_direction_output(701, 1));
	FACT(gpio_get_value(701));
	gpio_free(701);
	FACT(gpio_is_valid(701));
	FACT(gpio_is_valid(-1));
	FACT(gpio_request(9999, "none"));
}

static void leave(void)
{
	platform_device_unregister(p);
	gpiochip_remove(&chip);
}
