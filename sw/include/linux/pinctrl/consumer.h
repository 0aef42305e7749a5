/* SPDX-License-Identifier: Apache-2.0 */
/* Pin multiplexing is left as the boot code has it: every pin of a bank is a GPIO. */
#ifndef __LINUX_PINCTRL_CONSUMER_H
#define __LINUX_PINCTRL_CONSUMER_H

#include <linux/err.h>
#include <linux/types.h>

struct device;
struct pinctrl;
struct pinctrl_state;

static inline struct pinctrl *devm_pinctrl_get(struct device *dev)
{
	return NULL;
}

static inline struct pinctrl *devm_pinctrl_get_select_default(struct device *dev)
{
	return NULL;
}

static inline int pinctrl_pm_select_default_state(struct device *dev)
{
	return 0;
}

static inline int pinctrl_pm_select_sleep_state(struct device *dev)
{
	return 0;
}

static inline int pinctrl_gpio_direction_input(unsigned int gpio)
{
	return 0;
}

static inline int pinctrl_gpio_direction_output(unsigned int gpio)
{
	return 0;
}

#endif
