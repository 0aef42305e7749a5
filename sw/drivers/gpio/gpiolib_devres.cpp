// SPDX-License-Identifier: Apache-2.0
// Lines and chips that a device's driver gives back without saying so (devm_*).
#include "drivers/gpio/gpiolib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>

namespace {

void devm_gpiod_release(device *, void *res) {
    gpiod_put(*static_cast<gpio_desc **>(res));
}

int devm_gpiod_match(device *, void *res, void *data) {
    return *static_cast<gpio_desc **>(res) == *static_cast<gpio_desc **>(data);
}

void devm_gpiod_release_array(device *, void *res) {
    gpiod_put_array(*static_cast<gpio_descs **>(res));
}

int devm_gpiod_match_array(device *, void *res, void *data) {
    return *static_cast<gpio_descs **>(res) == *static_cast<gpio_descs **>(data);
}

void devm_gpio_release(device *, void *res) {
    gpio_free(*static_cast<unsigned int *>(res));
}

int devm_gpio_match(device *, void *res, void *data) {
    return *static_cast<unsigned int *>(res) == *static_cast<unsigned int *>(data);
}

void devm_chip_release(void *data) {
    gpiochip_remove(static_cast<gpio_chip *>(data));
}

// Leaves a note that puts the line again.
gpio_desc *manage(device *dev, gpio_desc *desc) {
    if (IS_ERR_OR_NULL(desc))
        return desc;
    // A line that is shared is put as often as it was got, but noted once.
    if (devres_find(dev, devm_gpiod_release, devm_gpiod_match, &desc))
        return desc;
    auto **dr = static_cast<gpio_desc **>(devres_alloc(devm_gpiod_release, sizeof(gpio_desc *), GFP_KERNEL));
    if (!dr) {
        gpiod_put(desc);
        return static_cast<gpio_desc *>(ERR_PTR(-ENOMEM));
    }
    *dr = desc;
    devres_add(dev, dr);
    return desc;
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
    gpio_desc *desc = devm_gpiod_get_index(dev, con_id, index, flags);

    return IS_ERR(desc) && PTR_ERR(desc) == -ENOENT ? nullptr : desc;
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
    gpio_descs *descs = gpiod_get_array(dev, con_id, flags);

    if (IS_ERR(descs))
        return descs;
    auto **dr = static_cast<gpio_descs **>(devres_alloc(devm_gpiod_release_array, sizeof(gpio_descs *), GFP_KERNEL));
    if (!dr) {
        gpiod_put_array(descs);
        return static_cast<gpio_descs *>(ERR_PTR(-ENOMEM));
    }
    *dr = descs;
    devres_add(dev, dr);
    return descs;
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_array);

gpio_descs *devm_gpiod_get_array_optional(device *dev, const char *con_id, gpiod_flags flags) {
    gpio_descs *descs = devm_gpiod_get_array(dev, con_id, flags);

    return IS_ERR(descs) && PTR_ERR(descs) == -ENOENT ? nullptr : descs;
}
EXPORT_SYMBOL_GPL(devm_gpiod_get_array_optional);

void devm_gpiod_put(device *dev, gpio_desc *desc) {
    WARN_ON(devres_release(dev, devm_gpiod_release, devm_gpiod_match, &desc));
}
EXPORT_SYMBOL_GPL(devm_gpiod_put);

// The line stays the caller's when the device goes.
void devm_gpiod_unhinge(device *dev, gpio_desc *desc) {
    if (IS_ERR_OR_NULL(desc))
        return;
    int ret = devres_destroy(dev, devm_gpiod_release, devm_gpiod_match, &desc);
    WARN_ON(ret && ret != -ENOENT);
}
EXPORT_SYMBOL_GPL(devm_gpiod_unhinge);

void devm_gpiod_put_array(device *dev, gpio_descs *descs) {
    WARN_ON(devres_release(dev, devm_gpiod_release_array, devm_gpiod_match_array, &descs));
}
EXPORT_SYMBOL_GPL(devm_gpiod_put_array);

static int note_number(device *dev, unsigned int gpio) {
    auto *dr = static_cast<unsigned int *>(devres_alloc(devm_gpio_release, sizeof(unsigned int), GFP_KERNEL));

    if (!dr) {
        gpio_free(gpio);
        return -ENOMEM;
    }
    *dr = gpio;
    devres_add(dev, dr);
    return 0;
}

int devm_gpio_request(device *dev, unsigned int gpio, const char *label) {
    int rc = gpio_request(gpio, label);

    return rc ? rc : note_number(dev, gpio);
}
EXPORT_SYMBOL_GPL(devm_gpio_request);

int devm_gpio_request_one(device *dev, unsigned int gpio, unsigned long flags, const char *label) {
    int rc = gpio_request_one(gpio, flags, label);

    return rc ? rc : note_number(dev, gpio);
}
EXPORT_SYMBOL_GPL(devm_gpio_request_one);

void devm_gpio_free(device *dev, unsigned int gpio) {
    WARN_ON(devres_release(dev, devm_gpio_release, devm_gpio_match, &gpio));
}
EXPORT_SYMBOL_GPL(devm_gpio_free);

int devm_gpiochip_add_data_with_key(device *dev, gpio_chip *gc, void *data, lock_class_key *lock_key,
                                    lock_class_key *request_key) {
    int ret = gpiochip_add_data_with_key(gc, data, lock_key, request_key);

    return ret < 0 ? ret : devm_add_action_or_reset(dev, devm_chip_release, gc);
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
