// SPDX-License-Identifier: Apache-2.0
// /sys/class/leds (Linux: drivers/leds/led-class.c).
#include "drivers/leds/leds.h"

#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/property.h>
#include <linux/string.h>

namespace {

class_ *leds_class;

led_classdev *led_of(device *dev) {
    return static_cast<led_classdev *>(dev_get_drvdata(dev));
}

ssize_t brightness_show(device *dev, device_attribute *, char *buf) {
    led_classdev *led = led_of(dev);

    led_update_brightness(led);
    return sysfs_emit(buf, "%u\n", led->brightness);
}

// A zero also takes the trigger away.
ssize_t brightness_store(device *dev, device_attribute *, const char *buf, size_t size) {
    led_classdev *led = led_of(dev);
    unsigned long state;
    ssize_t result = static_cast<ssize_t>(size);

    mutex_lock(&led->led_access);
    if (led_sysfs_is_disabled(led)) {
        result = -EBUSY;
    } else if (const int error = kstrtoul(buf, 10, &state)) {
        result = error;
    } else {
        if (state == LED_OFF)
            led_trigger_remove(led);
        led_set_brightness(led, static_cast<unsigned>(state));
    }
    mutex_unlock(&led->led_access);
    return result;
}
DEVICE_ATTR_RW(brightness);

ssize_t max_brightness_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", led_of(dev)->max_brightness);
}
DEVICE_ATTR_RO(max_brightness);

const attribute *led_attributes[] = {&dev_attr_brightness.attr, &dev_attr_max_brightness.attr,
                                     &led_trigger_attribute.attr, nullptr};
const attribute_group led_group = {.attrs = const_cast<attribute **>(led_attributes)};
const attribute_group *led_groups[] = {&led_group, nullptr};

int match_name(device *dev, const void *name) {
    return !strcmp(dev_name(dev), static_cast<const char *>(name));
}

// NAME, or NAME_1, NAME_2, ...: how many steps it took; -ENOMEM if the name got too long.
int free_name(const char *wanted, char *name, size_t size) {
    int at = static_cast<int>(strscpy(name, wanted, size));
    int steps = 0;

    for (;; steps++) {
        device *taken = class_find_device(leds_class, nullptr, name, match_name);
        if (!taken)
            return steps;
        put_device(taken);
        at = snprintf(name, size, "%s_%d", wanted, steps + 1);
        if (at >= static_cast<int>(size))
            return -ENOMEM;
    }
}

int __init leds_init(void) {
    leds_class = class_create(nullptr, "leds");
    if (IS_ERR(leds_class))
        return static_cast<int>(PTR_ERR(leds_class));
    leds_class->dev_groups = led_groups;
    return 0;
}
subsys_initcall(leds_init);

} // namespace

int led_classdev_register_ext(struct device *parent, struct led_classdev *led, struct led_init_data *init) {
    char composed[64], name[64];
    const char *wanted = led->name;

    if (init) {
        if (init->devname_mandatory && !init->devicename) {
            dev_err(parent, "Mandatory device name is missing");
            return -EINVAL;
        }
        const int error = led_compose_name(parent, init, composed);
        if (error < 0)
            return error;
        wanted = composed;
        if (init->fwnode) {
            fwnode_property_read_string(init->fwnode, "linux,default-trigger", &led->default_trigger);
            if (fwnode_property_present(init->fwnode, "retain-state-shutdown"))
                led->flags |= LED_RETAIN_AT_SHUTDOWN;
        }
    }
    const int steps = free_name(wanted, name, sizeof(name));
    if (steps < 0)
        return steps;
    mutex_init(&led->led_access);
    init_rwsem(&led->trigger_lock);
    mutex_lock(&led->led_access);
    led->work_flags = 0;
    if (!led->max_brightness)
        led->max_brightness = LED_FULL;
    led->dev = device_create_with_groups(leds_class, parent, 0, led, led->groups, "%s", name);
    if (IS_ERR(led->dev)) {
        mutex_unlock(&led->led_access);
        return static_cast<int>(PTR_ERR(led->dev));
    }
    if (init && init->fwnode)
        device_set_node(led->dev, init->fwnode);
    if (steps)
        dev_warn(parent, "Led %s renamed to %s due to name collision", wanted, dev_name(led->dev));
    down_write(&leds_list_lock);
    list_add_tail(&led->node, &leds_list);
    up_write(&leds_list_lock);
    led_update_brightness(led);
    led_init_core(led);
    led_trigger_set_default(led);
    mutex_unlock(&led->led_access);
    dev_dbg(parent, "Registered led device: %s\n", led->name);
    return 0;
}
EXPORT_SYMBOL_GPL(led_classdev_register_ext);

void led_classdev_unregister(struct led_classdev *led) {
    if (IS_ERR_OR_NULL(led->dev))
        return;
    down_write(&led->trigger_lock);
    if (led->trigger)
        led_trigger_set(led, nullptr);
    up_write(&led->trigger_lock);
    led->flags |= LED_UNREGISTERING;
    led_stop_software_blink(led);
    if (!(led->flags & LED_RETAIN_AT_SHUTDOWN))
        led_set_brightness(led, LED_OFF);
    flush_work(&led->set_brightness_work);
    device_unregister(led->dev);
    down_write(&leds_list_lock);
    list_del(&led->node);
    up_write(&leds_list_lock);
    mutex_destroy(&led->led_access);
}
EXPORT_SYMBOL_GPL(led_classdev_unregister);

static void unregister_resource(device *, void *res) {
    led_classdev_unregister(*static_cast<led_classdev **>(res));
}

static int same_led(device *, void *res, void *data) {
    return *static_cast<led_classdev **>(res) == data;
}

int devm_led_classdev_register_ext(struct device *parent, struct led_classdev *led, struct led_init_data *init) {
    auto *res = static_cast<led_classdev **>(devres_alloc(unregister_resource, sizeof(led_classdev *), GFP_KERNEL));
    if (!res)
        return -ENOMEM;
    const int error = led_classdev_register_ext(parent, led, init);
    if (error) {
        devres_free(res);
        return error;
    }
    *res = led;
    devres_add(parent, res);
    return 0;
}
EXPORT_SYMBOL_GPL(devm_led_classdev_register_ext);

void devm_led_classdev_unregister(struct device *dev, struct led_classdev *led) {
    WARN_ON(devres_release(dev, unregister_resource, same_led, led));
}
EXPORT_SYMBOL_GPL(devm_led_classdev_unregister);

void led_classdev_suspend(struct led_classdev *led) {
    led->flags |= LED_SUSPENDED;
    led_set_brightness_nopm(led, LED_OFF);
    flush_work(&led->set_brightness_work);
}
EXPORT_SYMBOL_GPL(led_classdev_suspend);

void led_classdev_resume(struct led_classdev *led) {
    led_set_brightness_nopm(led, led->brightness);
    if (led->flash_resume)
        led->flash_resume(led);
    led->flags &= ~LED_SUSPENDED;
}
EXPORT_SYMBOL_GPL(led_classdev_resume);
