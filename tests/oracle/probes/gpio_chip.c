// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A GPIO chip of one's own, and the consumers' calls. */
#include "probe.h"
#include <linux/gpio.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>

static int dir[4] = {1, 1, 1, 1}, val[4];
static int get_dir(struct gpio_chip *g, unsigned int o)
{
	return dir[o];
}
static int in(struct gpio_chip *g, unsigned int o)
{
	dir[o] = 1;
	return 0;
}
static int out(struct gpio_chip *g, unsigned int o, int v)
{
	dir[o] = 0;
	val[o] = v;
	SAY("output %u %d", o, v);
	return 0;
}
static int get(struct gpio_chip *g, unsigned int o)
{
	return val[o];
}
static void set(struct gpio_chip *g, unsigned int o, int v)
{
	val[o] = v;
	SAY("set %u %d", o, v);
}
static int cfg(struct gpio_chip *g, unsigned int o, unsigned long c)
{
	SAY("config %u param %lu arg %lu", o, c & 0xff, c >> 8);
	return -ENOTSUPP;
}
static struct gpio_chip chip = {.label = "oraclechip",
				.base = 400,
				.ngpio = 4,
				.get_direction = get_dir,
				.direction_input = in,
				.direction_output = out,
				.get = get,
				.set = set,
				.set_config = cfg,
				.owner = THIS_MODULE};
static struct gpio_desc *d;

static void probe(void)
{
	FACT(gpiochip_add_data(&chip, &chip));
	FACT(chip.base);
	FACT(gpio_is_valid(400));
	FACT(gpio_is_valid(-1));
	FACT(gpio_request(400, "a"));
	FACT(gpio_request(400, "b"));
	FACT(gpio_request(390, "c"));
	FACT(gpio_request(-1, "c"));
	FACT(gpio_direction_output(400, 1));
	FACT(gpio_get_value(400));
	gpio_set_value(400, 0);
	FACT(gpio_direction_input(400));
	FACT(gpio_get_value(400));
	FACT(gpio_to_irq(400));
	FACT(gpio_cansleep(400));
	d = gpio_to_desc(400);
	FACT(desc_to_gpio(d));
	FACT(gpiod_get_direction(d));
	FACT(gpiod_is_active_low(d));
	gpiod_toggle_active_low(d);
	FACT(gpiod_get_value(d));
	FACT(gpiod_get_raw_value(d));
	FACT(gpiod_direction_output(d, 1));
	FACT(gpiod_direction_output_raw(d, 1));
	FACT(gpiod_set_debounce(d, 1000));
	FACT(gpiod_cansleep(d));
	FACT(gpiod_to_irq(d));
	gpio_free(400);
	FACT(gpio_request_one(401, GPIOF_OUT_INIT_HIGH, "hi"));
	FACT(gpio_request_one(402, GPIOF_IN | GPIOF_ACTIVE_LOW, "low"));
	FACT(gpiod_get_value(gpio_to_desc(402)));
	{
		struct gpio_chip two = {.label = "two", .base = 402, .ngpio = 4, .get = get, .owner = THIS_MODULE},
				 none = {.label = "none", .ngpio = 0, .base = -1, .get = get};

		FACT(gpiochip_add_data(&two, NULL));
		FACT(gpiochip_add_data(&none, NULL));
	}
	SAY("%s", gpiochip_is_requested(&chip, 1));
	FACT(gpiochip_is_requested(&chip, 3) == NULL);
	FACT(gpiochip_get_data(&chip) == &chip);
	FACT(PTR_ERR(gpiochip_request_own_desc(&chip, 1, "own", 0, 0)));
	d = gpiochip_request_own_desc(&chip, 3, "own", GPIO_ACTIVE_LOW, GPIOD_OUT_HIGH);
	FACT(gpiod_get_value(d));
	FACT(gpiod_get_raw_value(d));
}

static void leave(void)
{
	gpiochip_free_own_desc(d);
	gpio_free(401);
	gpio_free(402);
	gpiochip_remove(&chip);
	SAY("gone %d", gpio_request(401, "x"));
}
