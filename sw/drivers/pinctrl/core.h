// SPDX-License-Identifier: Apache-2.0
#ifndef DRIVERS_PINCTRL_CORE_H
#define DRIVERS_PINCTRL_CORE_H

#include <linux/pinctrl/pinctrl.h>

// A pin controller that has registered. GPIO drivers of Linux look into it (drivers/pinctrl/core.h there): the members
// up to `driver_data` stand where they stand in Linux.
struct pinctrl_dev {
    list_head node; // all of them, in the order of registration
    pinctrl_desc *desc;
    radix_tree_root pin_desc_tree;
    list_head gpio_ranges;
    device *dev;
    module *owner;
    void *driver_data;
};

#endif
