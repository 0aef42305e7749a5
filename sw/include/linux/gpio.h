/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GPIO lines by number (Linux 6.1, include/linux/gpio.h): bank * 32 + pin on this SoC, so GPIO3_A5 is 101. New code uses
 * linux/gpio/consumer.h.
 */
#ifndef __LINUX_GPIO_H
#define __LINUX_GPIO_H

#include <linux/errno.h>
#include <linux/types.h>

#define GPIOF_DIR_OUT (0 << 0)
#define GPIOF_DIR_IN  (1 << 0)

#define GPIOF_INIT_LOW	(0 << 1)
#define GPIOF_INIT_HIGH (1 << 1)

#define GPIOF_IN	    (GPIOF_DIR_IN)
#define GPIOF_OUT_INIT_LOW  (GPIOF_DIR_OUT | GPIOF_INIT_LOW)
#define GPIOF_OUT_INIT_HIGH (GPIOF_DIR_OUT | GPIOF_INIT_HIGH)

#define GPIOF_ACTIVE_LOW   (1 << 2)
#define GPIOF_OPEN_DRAIN   (1 << 3)
#define GPIOF_OPEN_SOURCE  (1 << 4)
#define GPIOF_EXPORT	   (1 << 5)
#define GPIOF_EXPORT_CHANGEABLE (1 << 6)
#define GPIOF_EXPORT_DIR_FIXED	(GPIOF_EXPORT)
#define GPIOF_EXPORT_DIR_CHANGEABLE (GPIOF_EXPORT | GPIOF_EXPORT_CHANGEABLE)

struct gpio {
	unsigned int gpio;
	unsigned long flags;
	const char *label;
};

#include <asm-generic/gpio.h>

struct device;

__BEGIN_DECLS
int devm_gpio_request(struct device *dev, unsigned int gpio, const char *label);
int devm_gpio_request_one(struct device *dev, unsigned int gpio, unsigned long flags, const char *label);
__END_DECLS

/* For a number, these ask what the functions of asm-generic/gpio.h ask. */
#define __GPIO_ASK(name)                                             \
	static inline int name(unsigned int gpio)                    \
	{                                                            \
		return __##name(gpio);                               \
	}
/* The virq, or -EINVAL for a number without a line. */
__GPIO_ASK(gpio_to_irq)
__GPIO_ASK(gpio_cansleep)
__GPIO_ASK(gpio_get_value)
#undef __GPIO_ASK

static inline void gpio_set_value(unsigned int gpio, int value)
{
	__gpio_set_value(gpio, value);
}

static inline int gpio_export(unsigned int gpio, bool direction_may_change)
{
	return gpiod_export(gpio_to_desc(gpio), direction_may_change);
}

static inline int gpio_export_link(struct device *dev, const char *name, unsigned int gpio)
{
	return gpiod_export_link(dev, name, gpio_to_desc(gpio));
}

static inline void gpio_unexport(unsigned int gpio)
{
	gpiod_unexport(gpio_to_desc(gpio));
}

#endif
