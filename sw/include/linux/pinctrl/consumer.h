/* SPDX-License-Identifier: Apache-2.0 */
/* Pin multiplexing is left as the boot code has it: every pin of a bank is a GPIO. */
#ifndef __LINUX_PINCTRL_CONSUMER_H
#define __LINUX_PINCTRL_CONSUMER_H

#include <linux/err.h>
#include <linux/types.h>

struct device;
struct gpio_chip;
struct pinctrl;
struct pinctrl_state;

/* What each function gives where there is nothing to switch. */
#define __PINS_STAY(type, answer, name, args...)                     \
	static inline type name(args)                                \
	{                                                            \
		return answer;                                       \
	}
#define __PINS_IGNORE(name, args...)                                 \
	static inline void name(args)                                \
	{                                                            \
	}

__PINS_STAY(struct pinctrl *, NULL, devm_pinctrl_get, struct device *dev)
__PINS_STAY(struct pinctrl *, NULL, devm_pinctrl_get_select, struct device *dev, const char *name)
__PINS_STAY(struct pinctrl *, NULL, devm_pinctrl_get_select_default, struct device *dev)
__PINS_STAY(struct pinctrl *, NULL, pinctrl_get, struct device *dev)
__PINS_STAY(struct pinctrl *, NULL, pinctrl_get_select, struct device *dev, const char *name)
__PINS_STAY(struct pinctrl *, NULL, pinctrl_get_select_default, struct device *dev)

__PINS_STAY(int, 0, pinctrl_gpio_direction_input, struct gpio_chip *gc, unsigned int offset)
__PINS_STAY(int, 0, pinctrl_gpio_direction_output, struct gpio_chip *gc, unsigned int offset)
__PINS_STAY(int, 0, pinctrl_gpio_request, unsigned int gpio)
__PINS_STAY(int, 0, pinctrl_gpio_set_config, unsigned int gpio, unsigned long config)
__PINS_STAY(int, 0, pinctrl_pm_select_default_state, struct device *dev)
__PINS_STAY(int, 0, pinctrl_pm_select_idle_state, struct device *dev)
__PINS_STAY(int, 0, pinctrl_pm_select_sleep_state, struct device *dev)
__PINS_STAY(int, 0, pinctrl_select_default_state, struct device *dev)
__PINS_STAY(int, 0, pinctrl_select_state, struct pinctrl *p, struct pinctrl_state *s)

__PINS_IGNORE(devm_pinctrl_put, struct pinctrl *p)
__PINS_IGNORE(pinctrl_gpio_free, unsigned int gpio)
__PINS_IGNORE(pinctrl_put, struct pinctrl *p)

__PINS_STAY(struct pinctrl_state *, NULL, pinctrl_lookup_state, struct pinctrl *p, const char *name)

__PINS_STAY(bool, true, pinctrl_gpio_can_use_line, unsigned int gpio)

#undef __PINS_STAY
#undef __PINS_IGNORE

#endif
