// SPDX-License-Identifier: Apache-2.0
// Lines and chips that a device's driver gives back without saying so (devm_*).
#include "drivers/gpio/gpiolib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>

namespace {

// What a device holds of one kind: noted once as a managed resource, given back when the driver goes.
template <typename T, void (*give_back)(T)>
struct held {
    static void release(device *, void *note) { give_back(*static_cast<T *>(note)); }
    static int matches(device *, void *note, void *thing) {
        return *static_cast<T *>(note) == *static_cast<T *>(thing);
    }

    // False without memory: the thing is given back then.
    static bool note(device *dev, T thing) {
        auto *note = static_cast<T *>(devres_alloc(release, sizeof(T), GFP_KERNEL));

        if (!note) {
            give_back(thing);
            return false;
        }
        *note = thing;
        devres_add(dev, note);
        return true;
    }
    static bool is_noted(device *dev, T thing) { return devres_find(dev, release, matches, &thing); }
    static __always_inline void give_up(device *dev, T thing) {
        WARN_ON(devres_release(dev, release, matches, &thing));
    }
    static int forget(device *dev, T thing) { return devres_destroy(dev, release, matches, &thing); }
};
using held_line = held<gpio_desc *, gpiod_put>;
using held_array = held<gpio_descs *, gpiod_put_array>;
using held_number = held<unsigned int, gpio_free>;

template <typename T>
T *no_memory() {
    return static_cast<T *>(ERR_PTR(-ENOMEM));
}

template <typename T>
T *optional(T *found) {
    return IS_ERR(found) && PTR_ERR(found) == -ENOENT ? nullptr : found;
}

void remove_chip(void *chip) {
    gpiochip_remove(static_cast<gpio_chip *>(chip));
}

// A line that is shared is put as often as it was got, but noted once.
gpio_desc *manage(device *dev, gpio_desc *line) {
    if (IS_ERR_OR_NULL(line) || held_line::is_noted(dev, line))
        return line;
    return held_line::note(dev, line) ? line : no_memory<gpio_desc>();
}

} // namespace

gpio_desc *devm_gpiod_get_index(device *dev, const char *con_id, unsigned int idx, gpiod_flags flags) {
    return manage(dev, gpiod_get_index(dev, con_id, idx, flags));
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_index);

gpio_desc *devm_gpiod_get(device *dev, const char *con_id, gpiod_flags flags) {
    return devm_gpiod_get_index(dev, con_id, 0, flags);
}
EXPORT_SYMBOL_GPL(devm_gpiod_get);

gpio_desc *devm_gpiod_get_index_optional(device *dev, const char *con_id, unsigned int index, gpiod_flags flags) {
    return optional(devm_gpiod_get_index(dev, con_id, index, flags));
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_index_optional);

gpio_desc *devm_gpiod_get_optional(device *dev, const char *con_id, gpiod_flags flags) {
    return devm_gpiod_get_index_optional(dev, con_id, 0, flags);
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_optional);

gpio_desc *devm_fwnode_gpiod_get_index(device *dev, fwnode_handle *fwnode, const char *con_id, int index,
                                       gpiod_flags flags, const char *label) {
    return manage(dev, fwnode_gpiod_get_index(fwnode, con_id, index, flags, label));
}
EXPORT_SYMBOL_GPL(devm_fwnode_gpiod_get_index);

gpio_descs *devm_gpiod_get_array(device *dev, const char *con_id, gpiod_flags flags) {
    gpio_descs *lines = gpiod_get_array(dev, con_id, flags);

    return IS_ERR(lines) || held_array::note(dev, lines) ? lines : no_memory<gpio_descs>();
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_array);

gpio_descs *devm_gpiod_get_array_optional(device *dev, const char *con_id, gpiod_flags flags) {
    return optional(devm_gpiod_get_array(dev, con_id, flags));
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_array_optional);

void devm_gpiod_put(device *dev, gpio_desc *desc) {
    held_line::give_up(dev, desc);
}
EXPORT_SYMBOL_GPL(devm_gpiod_put);

// The line stays the caller's when the device goes.
void devm_gpiod_unhinge(device *dev, gpio_desc *desc) {
    const int error = IS_ERR_OR_NULL(desc) ? 0 : held_line::forget(dev, desc);

    // Twice is not a mistake.
    WARN_ON(error && error != -ENOENT);
}
EXPORT_SYMBOL_GPL(devm_gpiod_unhinge);

void devm_gpiod_put_array(device *dev, gpio_descs *descs) {
    held_array::give_up(dev, descs);
}
EXPORT_SYMBOL_GPL(devm_gpiod_put_array);

int devm_gpio_request(device *dev, unsigned int gpio, const char *label) {
    const int error = gpio_request(gpio, label);

    return error ? error : held_number::note(dev, gpio) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL_GPL(devm_gpio_request);

int devm_gpio_request_one(device *dev, unsigned int gpio, unsigned long flags, const char *label) {
    const int error = gpio_request_one(gpio, flags, label);

    return error ? error : held_number::note(dev, gpio) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL_GPL(devm_gpio_request_one);

int devm_gpiochip_add_data_with_key(device *dev, gpio_chip *gc, void *data, lock_class_key *lock_key,
                                    lock_class_key *request_key) {
    const int refusal = gpiochip_add_data_with_key(gc, data, lock_key, request_key);
    return refusal ? refusal : devm_add_action_or_reset(dev, remove_chip, gc);
}
EXPORT_SYMBOL_GPL(devm_gpiochip_add_data_with_key);

// There is no pin controller between a chip and its pins.

int gpiochip_generic_request(gpio_chip *, unsigned int) {
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_generic_request);

void gpiochip_generic_free(gpio_chip *, unsigned int) {}
EXPORT_SYMBOL_GPL(gpiochip_generic_free);

int gpiochip_generic_config(gpio_chip *, unsigned int, unsigned long) {
    return -ENOTSUPP;
}
EXPORT_SYMBOL_GPL(gpiochip_generic_config);

int gpiochip_add_pin_range(gpio_chip *, const char *, unsigned int, unsigned int, unsigned int) {
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_add_pin_range);

void gpiochip_remove_pin_ranges(gpio_chip *) {}
EXPORT_SYMBOL_GPL(gpiochip_remove_pin_ranges);
