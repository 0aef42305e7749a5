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

static inline struct pinctrl *pinctrl_get(struct device *dev)
{
	return NULL;
}

static inline void pinctrl_put(struct pinctrl *p)
{
}

static inline struct pinctrl_state *pinctrl_lookup_state(struct pinctrl *p, const char *name)
{
	return NULL;
}

static inline int pinctrl_select_state(struct pinctrl *p, struct pinctrl_state *s)
{
	return 0;
}

static inline struct pinctrl *pinctrl_get_select(struct device *dev, const char *name)
{
	return NULL;
}

static inline struct pinctrl *pinctrl_get_select_default(struct device *dev)
{
	return NULL;
}

static inline struct pinctrl *devm_pinctrl_get_select(struct device *dev, const char *name)
{
	return NULL;
}

static inline void devm_pinctrl_put(struct pinctrl *p)
{
}

static inline int pinctrl_select_default_state(struct device *dev)
{
	return 0;
}

static inline int pinctrl_pm_select_idle_state(struct device *dev)
{
	return 0;
}

static inline bool pinctrl_gpio_can_use_line(unsigned int gpio)
{
	return true;
}

static inline int pinctrl_gpio_request(unsigned int gpio)
{
	return 0;
}

static inline void pinctrl_gpio_free(unsigned int gpio)
{
}

static inline int pinctrl_gpio_set_config(unsigned int gpio, unsigned long config)
{
	return 0;
}

#endif
