// SPDX-License-Identifier: Apache-2.0
// What the parts of the LED subsystem share (Linux: drivers/leds/leds.h).
#ifndef DRIVERS_LEDS_LEDS_H
#define DRIVERS_LEDS_LEDS_H

#include <linux/leds.h>

extern struct rw_semaphore leds_list_lock; // guards leds_list
extern struct list_head leds_list;
extern struct list_head trigger_list;

void led_init_core(struct led_classdev *led_cdev);
extern const struct device_attribute led_trigger_attribute; // "trigger"

#endif
