/* SPDX-License-Identifier: Apache-2.0 */
/* Pin configuration as packed words: parameter in the low byte, argument above (Linux 6.1). */
#ifndef __LINUX_PINCTRL_PINCONF_GENERIC_H
#define __LINUX_PINCTRL_PINCONF_GENERIC_H

#include <linux/types.h>

enum pin_config_param {
	PIN_CONFIG_BIAS_BUS_HOLD,
	PIN_CONFIG_BIAS_DISABLE,
	PIN_CONFIG_BIAS_HIGH_IMPEDANCE,
	PIN_CONFIG_BIAS_PULL_DOWN,
	PIN_CONFIG_BIAS_PULL_PIN_DEFAULT,
	PIN_CONFIG_BIAS_PULL_UP,
	PIN_CONFIG_DRIVE_OPEN_DRAIN,
	PIN_CONFIG_DRIVE_OPEN_SOURCE,
	PIN_CONFIG_DRIVE_PUSH_PULL,
	PIN_CONFIG_DRIVE_STRENGTH,
	PIN_CONFIG_DRIVE_STRENGTH_UA,
	PIN_CONFIG_INPUT_DEBOUNCE, /* argument: microseconds */
	PIN_CONFIG_INPUT_ENABLE,
	PIN_CONFIG_INPUT_SCHMITT,
	PIN_CONFIG_INPUT_SCHMITT_ENABLE,
	PIN_CONFIG_MODE_LOW_POWER,
	PIN_CONFIG_MODE_PWM,
	PIN_CONFIG_OUTPUT,
	PIN_CONFIG_OUTPUT_ENABLE,
	PIN_CONFIG_OUTPUT_IMPEDANCE_OHMS,
	PIN_CONFIG_PERSIST_STATE,
	PIN_CONFIG_POWER_SOURCE,
	PIN_CONFIG_SKEW_DELAY,
	PIN_CONFIG_SLEEP_HARDWARE_STATE,
	PIN_CONFIG_SLEW_RATE,
	PIN_CONFIG_END = 0x7F,
	PIN_CONFIG_MAX = 0xFF,
};

#define __PIN_CONF_PARAM_BITS 8
#define PIN_CONF_PACKED(p, a) (((unsigned long)(p) % (1UL << __PIN_CONF_PARAM_BITS)) | ((a) << __PIN_CONF_PARAM_BITS))

static inline unsigned long pinconf_to_config_packed(enum pin_config_param param, u32 argument)
{
	const unsigned long upper = argument;

	return PIN_CONF_PACKED(param, upper);
}

/* 24 bits; what a word may hold above them is not part of the argument. */
static inline u32 pinconf_to_config_argument(unsigned long config)
{
	const u32 upper = (u32)(config >> __PIN_CONF_PARAM_BITS);

	return upper & 0xffffff;
}

static inline enum pin_config_param pinconf_to_config_param(unsigned long config)
{
	const u8 low = (u8)config;

	return (enum pin_config_param)low;
}

#endif
