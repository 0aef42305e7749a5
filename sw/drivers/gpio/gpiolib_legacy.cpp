// SPDX-License-Identifier: Apache-2.0
// Lines by number: the interface of old drivers.
#include "drivers/gpio/gpiolib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>

void gpio_free(unsigned int gpio) {
    gpiod_free(gpio_to_desc(gpio));
}
EXPORT_SYMBOL_GPL(gpio_free);

int gpio_request(unsigned int gpio, const char *label) {
    gpio_desc *desc = gpio_to_desc(gpio);

    // A number that could exist may get its chip later.
    if (!desc && gpio_is_valid(gpio))
        return -EPROBE_DEFER;
    return gpiod_request(desc, label);
}
EXPORT_SYMBOL_GPL(gpio_request);

int gpio_request_one(unsigned int gpio, unsigned long flags, const char *label) {
    gpio_desc *desc = gpio_to_desc(gpio);

    if (!desc && gpio_is_valid(gpio))
        return -EPROBE_DEFER;
    int err = gpiod_request(desc, label);
    // A number that cannot exist is passed through as no line, as by the functions on descriptors.
    if (err || !desc)
        return err;
    if (flags & GPIOF_OPEN_DRAIN)
        set_bit(FLAG_OPEN_DRAIN, &desc->flags);
    if (flags & GPIOF_OPEN_SOURCE)
        set_bit(FLAG_OPEN_SOURCE, &desc->flags);
    if (flags & GPIOF_ACTIVE_LOW)
        set_bit(FLAG_ACTIVE_LOW, &desc->flags);
    if (flags & GPIOF_DIR_IN)
        err = gpiod_direction_input(desc);
    else
        err = gpiod_direction_output_raw(desc, (flags & GPIOF_INIT_HIGH) ? 1 : 0);
    if (err)
        gpiod_free(desc);
    return err;
}
EXPORT_SYMBOL_GPL(gpio_request_one);

int gpio_request_array(const gpio *array, size_t num) {
    for (size_t i = 0; i < num; i++) {
        int err = gpio_request_one(array[i].gpio, array[i].flags, array[i].label);

        if (err) {
            while (i--)
                gpio_free(array[i].gpio);
            return err;
        }
    }
    return 0;
}
EXPORT_SYMBOL_GPL(gpio_request_array);

void gpio_free_array(const gpio *array, size_t num) {
    while (num--)
        gpio_free((array++)->gpio);
}
EXPORT_SYMBOL_GPL(gpio_free_array);
