// SPDX-License-Identifier: Apache-2.0
// Brightness and blinking of LEDs (Linux: drivers/leds/led-core.c). What a driver can do in a task alone is left to a
// work item; what it cannot blink by itself, a timer does.
#include "drivers/leds/leds.h"

#include <linux/err.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

DECLARE_RWSEM(leds_list_lock);
LIST_HEAD(leds_list);
EXPORT_SYMBOL_GPL(leds_list_lock);
EXPORT_SYMBOL_GPL(leds_list);

namespace {

const char *const led_colors[LED_COLOR_ID_MAX] = {"white", "red", "green",  "blue",   "amber", "violet", "yellow", "ir",
                                                  "multi", "rgb", "purple", "orange", "pink",  "cyan",   "lime"};

int set_now(led_classdev *led, unsigned value) {
    if (!led->brightness_set)
        return -ENOTSUPP;
    led->brightness_set(led, static_cast<led_brightness>(value));
    return 0;
}

int set_blocking(led_classdev *led, unsigned value) {
    if (!led->brightness_set_blocking)
        return -ENOTSUPP;
    return led->brightness_set_blocking(led, static_cast<led_brightness>(value));
}

void blink_timer_function(timer_list *t) {
    led_classdev *led = from_timer(led, t, blink_timer);

    if (!led->blink_delay_on || !led->blink_delay_off) {
        led_set_brightness_nosleep(led, LED_OFF);
        clear_bit(LED_BLINK_SW, &led->work_flags);
        return;
    }
    if (test_and_clear_bit(LED_BLINK_ONESHOT_STOP, &led->work_flags)) {
        clear_bit(LED_BLINK_SW, &led->work_flags);
        return;
    }
    const bool on = !led->brightness;
    if (on && test_and_clear_bit(LED_BLINK_BRIGHTNESS_CHANGE, &led->work_flags))
        led->blink_brightness = led->new_blink_brightness;
    else if (!on)
        led->blink_brightness = static_cast<int>(led->brightness); // it may have been changed since
    led_set_brightness_nosleep(led, on ? static_cast<unsigned>(led->blink_brightness) : 0u);
    // One shot ends in the state that it began with.
    if (test_bit(LED_BLINK_ONESHOT, &led->work_flags) && on == !!test_bit(LED_BLINK_INVERT, &led->work_flags))
        set_bit(LED_BLINK_ONESHOT_STOP, &led->work_flags);
    mod_timer(&led->blink_timer,
              jiffies + msecs_to_jiffies(static_cast<unsigned>(on ? led->blink_delay_on : led->blink_delay_off)));
}

void set_brightness_delayed(work_struct *work) {
    led_classdev *led = container_of(work, led_classdev, set_brightness_work);

    if (test_and_clear_bit(LED_BLINK_DISABLE, &led->work_flags)) {
        led->delayed_set_value = LED_OFF;
        led_stop_software_blink(led);
    }
    const auto value = static_cast<unsigned>(led->delayed_set_value);
    int error = set_now(led, value);
    if (error == -ENOTSUPP)
        error = set_blocking(led, value);
    const bool gone = led->flags & LED_UNREGISTERING && error == -ENODEV && led->flags & LED_HW_PLUGGABLE;
    if (error < 0 && !gone)
        dev_err(led->dev, "Setting an LED's brightness failed (%d)\n", error);
}

void blink_setup(led_classdev *led, unsigned long *on, unsigned long *off) {
    if (!test_bit(LED_BLINK_ONESHOT, &led->work_flags) && led->blink_set && !led->blink_set(led, on, off))
        return;
    if (!*on && !*off)
        *on = *off = 500;
    if (led->brightness)
        led->blink_brightness = static_cast<int>(led->brightness);
    if (!led->blink_brightness)
        led->blink_brightness = static_cast<int>(led->max_brightness);
    led->blink_delay_on = *on;
    led->blink_delay_off = *off;
    if (!*on) {
        led_set_brightness_nosleep(led, LED_OFF);
    } else if (!*off) {
        led_set_brightness_nosleep(led, static_cast<unsigned>(led->blink_brightness));
    } else {
        set_bit(LED_BLINK_SW, &led->work_flags);
        mod_timer(&led->blink_timer, jiffies + 1);
    }
}

} // namespace

void led_init_core(struct led_classdev *led) {
    INIT_WORK(&led->set_brightness_work, set_brightness_delayed);
    timer_setup(&led->blink_timer, blink_timer_function, 0);
}

void led_stop_software_blink(struct led_classdev *led) {
    del_timer_sync(&led->blink_timer);
    led->blink_delay_on = led->blink_delay_off = 0;
    clear_bit(LED_BLINK_SW, &led->work_flags);
}
EXPORT_SYMBOL_GPL(led_stop_software_blink);

void led_blink_set(struct led_classdev *led, unsigned long *delay_on, unsigned long *delay_off) {
    del_timer_sync(&led->blink_timer);
    clear_bit(LED_BLINK_SW, &led->work_flags);
    clear_bit(LED_BLINK_ONESHOT, &led->work_flags);
    clear_bit(LED_BLINK_ONESHOT_STOP, &led->work_flags);
    blink_setup(led, delay_on, delay_off);
}
EXPORT_SYMBOL_GPL(led_blink_set);

void led_blink_set_oneshot(struct led_classdev *led, unsigned long *delay_on, unsigned long *delay_off, int invert) {
    if (test_bit(LED_BLINK_ONESHOT, &led->work_flags) && timer_pending(&led->blink_timer))
        return;
    set_bit(LED_BLINK_ONESHOT, &led->work_flags);
    clear_bit(LED_BLINK_ONESHOT_STOP, &led->work_flags);
    if (invert)
        set_bit(LED_BLINK_INVERT, &led->work_flags);
    else
        clear_bit(LED_BLINK_INVERT, &led->work_flags);
    blink_setup(led, delay_on, delay_off);
}
EXPORT_SYMBOL_GPL(led_blink_set_oneshot);

void led_set_brightness(struct led_classdev *led, unsigned int brightness) {
    if (!test_bit(LED_BLINK_SW, &led->work_flags)) {
        led_set_brightness_nosleep(led, brightness);
    } else if (brightness) {
        // It goes on blinking, with the new brightness from the next time that it is on.
        led->new_blink_brightness = static_cast<int>(brightness);
        set_bit(LED_BLINK_BRIGHTNESS_CHANGE, &led->work_flags);
    } else {
        // The timer cannot be waited for here.
        set_bit(LED_BLINK_DISABLE, &led->work_flags);
        schedule_work(&led->set_brightness_work);
    }
}
EXPORT_SYMBOL_GPL(led_set_brightness);

void led_set_brightness_nopm(struct led_classdev *led, unsigned int value) {
    if (!set_now(led, value))
        return;
    led->delayed_set_value = static_cast<int>(value);
    schedule_work(&led->set_brightness_work);
}
EXPORT_SYMBOL_GPL(led_set_brightness_nopm);

void led_set_brightness_nosleep(struct led_classdev *led, unsigned int value) {
    led->brightness = min(value, led->max_brightness);
    if (!(led->flags & LED_SUSPENDED))
        led_set_brightness_nopm(led, led->brightness);
}
EXPORT_SYMBOL_GPL(led_set_brightness_nosleep);

int led_set_brightness_sync(struct led_classdev *led, unsigned int value) {
    if (led->blink_delay_on || led->blink_delay_off)
        return -EBUSY;
    led->brightness = min(value, led->max_brightness);
    return led->flags & LED_SUSPENDED ? 0 : set_blocking(led, led->brightness);
}
EXPORT_SYMBOL_GPL(led_set_brightness_sync);

int led_update_brightness(struct led_classdev *led) {
    if (!led->brightness_get)
        return 0;
    const int value = led->brightness_get(led);
    if (value >= 0)
        led->brightness = static_cast<unsigned>(value);
    return min(value, 0);
}
EXPORT_SYMBOL_GPL(led_update_brightness);

void led_sysfs_disable(struct led_classdev *led) {
    lockdep_assert_held(&led->led_access);
    led->flags |= LED_SYSFS_DISABLE;
}
EXPORT_SYMBOL_GPL(led_sysfs_disable);

void led_sysfs_enable(struct led_classdev *led) {
    lockdep_assert_held(&led->led_access);
    led->flags &= ~LED_SYSFS_DISABLE;
}
EXPORT_SYMBOL_GPL(led_sysfs_enable);

u32 *led_get_default_pattern(struct led_classdev *led, unsigned int *size) {
    fwnode_handle *fwnode = led->dev->fwnode;
    const int count = fwnode_property_count_u32(fwnode, "led-pattern");

    if (count < 0)
        return nullptr;
    auto *pattern = static_cast<u32 *>(kcalloc(static_cast<size_t>(count), sizeof(u32), GFP_KERNEL));
    if (pattern && fwnode_property_read_u32_array(fwnode, "led-pattern", pattern, static_cast<size_t>(count))) {
        kfree(pattern);
        return nullptr;
    }
    *size = static_cast<unsigned>(count);
    return pattern;
}
EXPORT_SYMBOL_GPL(led_get_default_pattern);

enum led_default_state led_init_default_state_get(struct fwnode_handle *fwnode) {
    const char *state;

    if (fwnode_property_read_string(fwnode, "default-state", &state))
        return LEDS_DEFSTATE_OFF;
    return !strcmp(state, "keep") ? LEDS_DEFSTATE_KEEP : !strcmp(state, "on") ? LEDS_DEFSTATE_ON : LEDS_DEFSTATE_OFF;
}
EXPORT_SYMBOL_GPL(led_init_default_state_get);

// "label", or "color:function[-enumerator]", or the driver's default, or the node's name; the device's name before it
// where the driver wants it.
int led_compose_name(struct device *dev, struct led_init_data *init, char *name) {
    fwnode_handle *fwnode = init->fwnode;
    const char *label = nullptr, *function = nullptr;
    u32 color = 0, number = 0;
    char text[64];

    if (!name)
        return -EINVAL;
    const bool named = fwnode && !fwnode_property_read_string(fwnode, "label", &label);
    const bool colored = fwnode && !named && !fwnode_property_read_u32(fwnode, "color", &color);
    if (fwnode && !named)
        fwnode_property_read_string(fwnode, "function", &function);
    if (colored && color >= LED_COLOR_ID_MAX) {
        dev_err(dev, "LED color identifier %u out of range\n", color);
        return -EINVAL;
    }
    if (named) {
        strscpy(text, label, sizeof(text));
    } else if (function || colored) {
        int at = scnprintf(text, sizeof(text), "%s:%s", colored ? led_colors[color] : "", function ? function : "");
        if (!fwnode_property_read_u32(fwnode, "function-enumerator", &number))
            scnprintf(text + at, sizeof(text) - static_cast<size_t>(at), "-%u", number);
    } else if (init->default_label) {
        strscpy(text, init->default_label, sizeof(text));
    } else if (is_of_node(fwnode)) {
        strscpy(text, to_of_node(fwnode)->name, sizeof(text));
    } else {
        return -EINVAL;
    }
    // A label of a device tree stands alone.
    const bool prefix = named ? init->devname_mandatory : init->devname_mandatory || init->default_label;
    if (prefix && init->devicename)
        snprintf(name, 64, "%s:%s", init->devicename, text);
    else
        strscpy(name, text, 64);
    return 0;
}
EXPORT_SYMBOL_GPL(led_compose_name);
