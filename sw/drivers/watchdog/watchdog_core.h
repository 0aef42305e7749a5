// SPDX-License-Identifier: Apache-2.0
// What the two halves of the watchdog core share.
#ifndef DRIVERS_WATCHDOG_WATCHDOG_CORE_H
#define DRIVERS_WATCHDOG_WATCHDOG_CORE_H

#include <linux/watchdog.h>

// The character devices, /sys and the pings that the core does by itself.
int watchdog_dev_register(struct watchdog_device *wdd);
void watchdog_dev_unregister(struct watchdog_device *wdd);
int __init watchdog_dev_init(void);

#endif
