// SPDX-License-Identifier: Apache-2.0
// What gpiolib's files share.
#ifndef DRIVERS_GPIO_GPIOLIB_H
#define DRIVERS_GPIO_GPIOLIB_H

#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>
#include <linux/list.h>
#include <linux/spinlock.h>

// Bits of gpio_desc.flags.
enum {
    FLAG_REQUESTED = 0,
    FLAG_IS_OUT = 1,
    FLAG_ACTIVE_LOW = 6,
    FLAG_OPEN_DRAIN = 7,
    FLAG_OPEN_SOURCE = 8,
    FLAG_USED_AS_IRQ = 9,
    FLAG_IRQ_IS_ENABLED = 10,
    FLAG_IS_HOGGED = 11,
    FLAG_TRANSITORY = 12,
    FLAG_PULL_UP = 13,
    FLAG_PULL_DOWN = 14,
    FLAG_BIAS_DISABLE = 15,
};

// One line. `label`: who requested it.
struct gpio_desc {
    gpio_device *gdev;
    unsigned long flags;
    const char *label;
    const char *name; // "GPIO3_A5"
};

// A registered chip; outlives it while somebody holds a line.
struct gpio_device {
    device dev;
    int id;
    gpio_chip *chip; // null once it is gone
    gpio_desc *descs;
    int base;
    u16 ngpio;
    char *label;
    void *data;
    list_head list;
    module *owner;
};

// Guards the list of chips and the flags of all lines. Interrupts masked.
extern spinlock_t gpio_lock;
extern list_head gpio_devices;

inline int gpio_chip_hwgpio(const gpio_desc *desc) {
    return desc - &desc->gdev->descs[0];
}

inline const char *label_or_unknown(const gpio_desc *desc) {
    return desc->label ? desc->label : "?";
}

#define gpiod_err(desc, fmt, ...)                                                                                      \
    pr_err("gpio-%d (%s): " fmt, desc_to_gpio(desc), label_or_unknown(desc), ##__VA_ARGS__)
#define gpiod_warn(desc, fmt, ...)                                                                                     \
    pr_warn("gpio-%d (%s): " fmt, desc_to_gpio(desc), label_or_unknown(desc), ##__VA_ARGS__)
#define chip_err(gc, fmt, ...) dev_err(&(gc)->gpiodev->dev, "(%s): " fmt, (gc)->label, ##__VA_ARGS__)
#define chip_warn(gc, fmt, ...) dev_warn(&(gc)->gpiodev->dev, "(%s): " fmt, (gc)->label, ##__VA_ARGS__)

// 1: usable. 0: no line, which consumers may pass as "not there": nothing is to be done. Else an error.
int validate_desc(const gpio_desc *desc, const char *func);

// gpiolib.cpp
int gpiod_request(gpio_desc *desc, const char *label);
void gpiod_free(gpio_desc *desc);
int gpiod_configure_flags(gpio_desc *desc, const char *con_id, unsigned long lflags, int dflags);
gpio_desc *gpio_name_to_desc(const char *name);
gpio_chip *find_chip_by_name(const char *label);

// gpiolib_lookup.cpp: a line of a function by the device tree; ERR_PTR(-ENOENT) if it does not say.
gpio_desc *of_find_gpio(device_node *np, const char *con_id, unsigned int idx, unsigned long *lookupflags);
void gpiochip_machine_hog_all(gpio_chip *gc);

// gpiolib_irq.cpp
int gpiochip_add_irqchip(gpio_chip *gc);
void gpiochip_irqchip_remove(gpio_chip *gc);

#endif
