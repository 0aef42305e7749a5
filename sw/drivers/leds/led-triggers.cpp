// SPDX-License-Identifier: Apache-2.0
// Triggers of LEDs, chosen in /sys/class/leds/NAME/trigger (Linux: drivers/leds/led-triggers.c). triggers_list_lock is
// taken before an LED's trigger_lock.
#include "drivers/leds/leds.h"

#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

LIST_HEAD(trigger_list);
EXPORT_SYMBOL_GPL(trigger_list);

namespace {

DECLARE_RWSEM(triggers_list_lock);

// A trigger of one kind of LED's hardware is for those alone.
bool fits(const led_classdev *led, const led_trigger *trigger) {
    return !trigger->trigger_type || trigger->trigger_type == led->trigger_type;
}

ssize_t trigger_show(device *dev, device_attribute *, char *buf) {
    auto *led = static_cast<led_classdev *>(dev_get_drvdata(dev));
    led_trigger *trigger;

    down_read(&triggers_list_lock);
    down_read(&led->trigger_lock);
    int at = sysfs_emit(buf, "%s", led->trigger ? "none" : "[none]");
    list_for_each_entry (trigger, &trigger_list, next_trig) {
        if (fits(led, trigger))
            at += sysfs_emit_at(buf, at, led->trigger == trigger ? " [%s]" : " %s", trigger->name);
    }
    at += sysfs_emit_at(buf, at, "\n");
    up_read(&led->trigger_lock);
    up_read(&triggers_list_lock);
    return at;
}

ssize_t trigger_store(device *dev, device_attribute *, const char *buf, size_t count) {
    auto *led = static_cast<led_classdev *>(dev_get_drvdata(dev));
    led_trigger *trigger;
    ssize_t result = -EINVAL;

    mutex_lock(&led->led_access);
    if (led_sysfs_is_disabled(led)) {
        result = -EBUSY;
    } else if (sysfs_streq(buf, "none")) {
        led_trigger_remove(led);
        result = static_cast<ssize_t>(count);
    } else {
        down_read(&triggers_list_lock);
        list_for_each_entry (trigger, &trigger_list, next_trig) {
            if (sysfs_streq(buf, trigger->name) && fits(led, trigger)) {
                down_write(&led->trigger_lock);
                led_trigger_set(led, trigger);
                up_write(&led->trigger_lock);
                result = static_cast<ssize_t>(count);
                break;
            }
        }
        up_read(&triggers_list_lock);
    }
    mutex_unlock(&led->led_access);
    return result;
}

// Every LED of the trigger, in any context.
template <typename Action>
void for_each_led(led_trigger *trigger, Action action) {
    led_classdev *led;

    if (!trigger)
        return;
    rcu_read_lock();
    list_for_each_entry_rcu(led, &trigger->led_cdevs, trig_list) action(led);
    rcu_read_unlock();
}

// Afterwards nobody sees the LED among the trigger's any more.
void take_out(led_classdev *led, led_trigger *trigger) {
    unsigned long flags;

    spin_lock_irqsave(&trigger->leddev_list_lock, flags);
    list_del_rcu(&led->trig_list);
    spin_unlock_irqrestore(&trigger->leddev_list_lock, flags);
    synchronize_rcu();
}

int activate(led_classdev *led, led_trigger *trigger) {
    unsigned long flags;

    spin_lock_irqsave(&trigger->leddev_list_lock, flags);
    list_add_tail_rcu(&led->trig_list, &trigger->led_cdevs);
    spin_unlock_irqrestore(&trigger->leddev_list_lock, flags);
    led->trigger = trigger;
    int error = 0;
    if (trigger->activate)
        error = trigger->activate(led);
    else
        led_set_brightness(led, trigger->brightness);
    if (!error && trigger->groups) {
        error = device_add_groups(led->dev, trigger->groups);
        if (error && trigger->deactivate)
            trigger->deactivate(led);
    }
    if (error) {
        take_out(led, trigger);
        led->trigger = nullptr;
        led->trigger_data = nullptr;
        led_set_brightness(led, LED_OFF);
        dev_err(led->dev, "Failed to activate trigger %s (%d)\n", trigger->name, error);
    }
    return error;
}

void deactivate(led_classdev *led) {
    led_trigger *trigger = led->trigger;

    take_out(led, trigger);
    cancel_work_sync(&led->set_brightness_work);
    led_stop_software_blink(led);
    if (trigger->groups)
        device_remove_groups(led->dev, trigger->groups);
    if (trigger->deactivate)
        trigger->deactivate(led);
    led->trigger = nullptr;
    led->trigger_data = nullptr;
    led->activated = false;
    led->flags &= ~LED_INIT_DEFAULT_TRIGGER;
    led_set_brightness(led, LED_OFF);
}

void unregister_managed(void *trigger) {
    led_trigger_unregister(static_cast<led_trigger *>(trigger));
}

} // namespace

const struct device_attribute led_trigger_attribute = __ATTR_RW(trigger);

int led_trigger_set(struct led_classdev *led, struct led_trigger *trigger) {
    if (!led->trigger && !trigger)
        return 0;
    if (led->trigger)
        deactivate(led);
    return trigger ? activate(led, trigger) : 0;
}
EXPORT_SYMBOL_GPL(led_trigger_set);

void led_trigger_remove(struct led_classdev *led) {
    down_write(&led->trigger_lock);
    led_trigger_set(led, nullptr);
    up_write(&led->trigger_lock);
}
EXPORT_SYMBOL_GPL(led_trigger_remove);

void led_trigger_set_default(struct led_classdev *led) {
    led_trigger *trigger;

    if (!led->default_trigger)
        return;
    down_read(&triggers_list_lock);
    down_write(&led->trigger_lock);
    list_for_each_entry (trigger, &trigger_list, next_trig) {
        if (!strcmp(led->default_trigger, trigger->name) && fits(led, trigger)) {
            led->flags |= LED_INIT_DEFAULT_TRIGGER;
            led_trigger_set(led, trigger);
            break;
        }
    }
    up_write(&led->trigger_lock);
    up_read(&triggers_list_lock);
}
EXPORT_SYMBOL_GPL(led_trigger_set_default);

int led_trigger_register(struct led_trigger *trigger) {
    led_trigger *other;
    led_classdev *led;

    spin_lock_init(&trigger->leddev_list_lock);
    INIT_LIST_HEAD(&trigger->led_cdevs);
    down_write(&triggers_list_lock);
    list_for_each_entry (other, &trigger_list, next_trig) {
        if (!strcmp(other->name, trigger->name) && other->trigger_type == trigger->trigger_type) {
            up_write(&triggers_list_lock);
            return -EEXIST;
        }
    }
    list_add_tail(&trigger->next_trig, &trigger_list);
    up_write(&triggers_list_lock);
    down_read(&leds_list_lock);
    list_for_each_entry (led, &leds_list, node) {
        down_write(&led->trigger_lock);
        if (!led->trigger && led->default_trigger && !strcmp(led->default_trigger, trigger->name) &&
            fits(led, trigger)) {
            led->flags |= LED_INIT_DEFAULT_TRIGGER;
            led_trigger_set(led, trigger);
        }
        up_write(&led->trigger_lock);
    }
    up_read(&leds_list_lock);
    return 0;
}
EXPORT_SYMBOL_GPL(led_trigger_register);

void led_trigger_unregister(struct led_trigger *trigger) {
    led_classdev *led;

    if (list_empty_careful(&trigger->next_trig))
        return;
    down_write(&triggers_list_lock);
    list_del_init(&trigger->next_trig);
    up_write(&triggers_list_lock);
    down_read(&leds_list_lock);
    list_for_each_entry (led, &leds_list, node) {
        down_write(&led->trigger_lock);
        if (led->trigger == trigger)
            led_trigger_set(led, nullptr);
        up_write(&led->trigger_lock);
    }
    up_read(&leds_list_lock);
}
EXPORT_SYMBOL_GPL(led_trigger_unregister);

int devm_led_trigger_register(struct device *dev, struct led_trigger *trigger) {
    const int error = led_trigger_register(trigger);
    return error ? error : devm_add_action_or_reset(dev, unregister_managed, trigger);
}
EXPORT_SYMBOL_GPL(devm_led_trigger_register);

void led_trigger_event(struct led_trigger *trigger, enum led_brightness brightness) {
    if (trigger)
        trigger->brightness = brightness;
    for_each_led(trigger, [=](led_classdev *led) { led_set_brightness(led, brightness); });
}
EXPORT_SYMBOL_GPL(led_trigger_event);

void led_trigger_blink(struct led_trigger *trigger, unsigned long *on, unsigned long *off) {
    for_each_led(trigger, [=](led_classdev *led) { led_blink_set(led, on, off); });
}
EXPORT_SYMBOL_GPL(led_trigger_blink);

void led_trigger_blink_oneshot(struct led_trigger *trigger, unsigned long *on, unsigned long *off, int invert) {
    for_each_led(trigger, [=](led_classdev *led) { led_blink_set_oneshot(led, on, off, invert); });
}
EXPORT_SYMBOL_GPL(led_trigger_blink_oneshot);

void led_trigger_register_simple(const char *name, struct led_trigger **result) {
    auto *trigger = static_cast<led_trigger *>(kzalloc(sizeof(led_trigger), GFP_KERNEL));

    if (trigger) {
        trigger->name = name;
        if (led_trigger_register(trigger) < 0) {
            kfree(trigger);
            trigger = nullptr;
        }
    }
    if (!trigger)
        pr_warn("LED trigger %s failed to register\n", name);
    *result = trigger;
}
EXPORT_SYMBOL_GPL(led_trigger_register_simple);

void led_trigger_unregister_simple(struct led_trigger *trigger) {
    if (trigger)
        led_trigger_unregister(trigger);
    kfree(trigger);
}
EXPORT_SYMBOL_GPL(led_trigger_unregister_simple);
