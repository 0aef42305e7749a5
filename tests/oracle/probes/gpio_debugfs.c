// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* /sys/kernel/debug/gpio and the files of a chip. */
// exec: 5ms tail -n 5 /sys/kernel/debug/gpio
// for: 10ms
#include "probe.h"
#include <linux/gpio.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>

static int get(struct gpio_chip *c, unsigned int o)
{
	return o & 1;
}
static void set(struct gpio_chip *c, unsigned int o, int v)
{
}
static int in(struct gpio_chip *c, unsigned int o)
{
	return 0;
}
static int out(struct gpio_chip *c, unsigned int o, int v)
{
	return 0;
}
static const char *const names[6] = {"first", NULL, "third"};
static struct gpio_chip chip = {.label = "odbg",
				.ngpio = 6,
				.base = 720,
				.get = get,
				.set = set,
				.direction_input = in,
				.direction_output = out,
				.names = names,
				.owner = THIS_MODULE};
static struct gpio_desc *d[4];

static void probe(void)
{
	FACT(gpiochip_add_data(&chip, NULL));
	d[0] = gpiochip_request_own_desc(&chip, 1, "own", GPIO_ACTIVE_LOW, GPIOD_OUT_HIGH);
	d[1] = gpiochip_request_own_desc(&chip, 2, "other", 0, GPIOD_IN);
	FACT(PTR_ERR_OR_ZERO(gpiochip_request_own_desc(&chip, 2, "twice", 0, GPIOD_IN)));
	FACT(gpio_request(723, "legacy"));
	FACT(gpiochip_line_is_valid(&chip, 3));
	FACT(gpiochip_is_requested(&chip, 1) != NULL);
	SAY("%s", gpiochip_is_requested(&chip, 1));
	FACT(gpiochip_is_requested(&chip, 0) == NULL);
	SAY("%s", gpiod_to_chip(d[0])->label);
}

static void leave(void)
{
	gpio_free(723);
	gpiochip_free_own_desc(d[0]);
	gpiochip_free_own_desc(d[1]);
	gpiochip_remove(&chip);
}
