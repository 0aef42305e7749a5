/* SPDX-License-Identifier: Apache-2.0 */
/* GPIO lines in the device tree, by number (Linux 6.1, include/linux/of_gpio.h). */
#ifndef __LINUX_OF_GPIO_H
#define __LINUX_OF_GPIO_H

#include <linux/errno.h>
#include <linux/gpio.h>
#include <linux/gpio/driver.h>
#include <linux/of.h>

enum of_gpio_flags {
	OF_GPIO_ACTIVE_LOW = 0x1,
	OF_GPIO_SINGLE_ENDED = 0x2,
	OF_GPIO_OPEN_DRAIN = 0x4,
	OF_GPIO_TRANSITORY = 0x8,
	OF_GPIO_PULL_UP = 0x10,
	OF_GPIO_PULL_DOWN = 0x20,
	OF_GPIO_PULL_DISABLE = 0x40,
};

/* A chip whose registers are the first range of its node. */
struct of_mm_gpio_chip {
	struct gpio_chip gc;
	void (*save_regs)(struct of_mm_gpio_chip *mm_gc);
	void __iomem *regs;
};
#define to_of_mm_gpio_chip(chip) container_of(chip, struct of_mm_gpio_chip, gc)

__BEGIN_DECLS
/* The number, -ENOENT no such entry, -EPROBE_DEFER chip not there yet. */
int of_get_named_gpio_flags(struct device_node *np, const char *list_name, int index, enum of_gpio_flags *flags);
int of_gpio_simple_xlate(struct gpio_chip *gc, const struct of_phandle_args *gpiospec, u32 *flags);
/* Maps the registers and adds the chip, with the node's full name. 0, -ENOMEM, or gpiochip_add_data()'s error. */
int of_mm_gpiochip_add_data(struct device_node *np, struct of_mm_gpio_chip *mm_gc, void *data);
void of_mm_gpiochip_remove(struct of_mm_gpio_chip *mm_gc);
__END_DECLS

static inline int of_get_named_gpio(struct device_node *np, const char *propname, int index)
{
	return of_get_named_gpio_flags(np, propname, index, NULL);
}

#define of_get_gpio(np, index)		   of_get_named_gpio(np, "gpios", index)
#define of_gpio_named_count(np, propname) of_count_phandle_with_args(np, propname, "#gpio-cells")
#define of_gpio_count(np)		   of_gpio_named_count(np, "gpios")

#define of_mm_gpiochip_add(np, mm_gc)	   of_mm_gpiochip_add_data(np, mm_gc, NULL)

#endif
