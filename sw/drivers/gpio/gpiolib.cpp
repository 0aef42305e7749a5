// SPDX-License-Identifier: Apache-2.0
// GPIO lines: chips and their descriptors, requesting lines, direction, value, configuration.
#include "drivers/gpio/gpiolib.h"

#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_gpio.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "port/trace.h"

DEFINE_SPINLOCK(gpio_lock);
LIST_HEAD(gpio_devices);
static DEFINE_IDA(gpio_ida);

static int gpio_bus_match(device *, device_driver *) {
    return 0;
}
static bus_type gpio_bus_type = {.name = "gpio", .match = gpio_bus_match};

static int __init gpiolib_dev_init(void) {
    return bus_register(&gpio_bus_type);
}
core_initcall(gpiolib_dev_init);

// Numbers and names

gpio_desc *gpio_to_desc(unsigned int gpio) {
    gpio_desc *desc = nullptr;
    gpio_device *gdev;
    unsigned long flags;

    spin_lock_irqsave(&gpio_lock, flags);
    list_for_each_entry (gdev, &gpio_devices, list) {
        if (static_cast<unsigned int>(gdev->base) <= gpio &&
            static_cast<unsigned int>(gdev->base) + gdev->ngpio > gpio) {
            desc = &gdev->descs[gpio - gdev->base];
            break;
        }
    }
    spin_unlock_irqrestore(&gpio_lock, flags);
    if (!desc && !gpio_is_valid(gpio))
        pr_warn("invalid GPIO %d\n", gpio);
    return desc;
}
EXPORT_SYMBOL_GPL(gpio_to_desc);

int desc_to_gpio(const gpio_desc *desc) {
    return desc->gdev->base + gpio_chip_hwgpio(desc);
}
EXPORT_SYMBOL_GPL(desc_to_gpio);

gpio_desc *gpiochip_get_desc(gpio_chip *gc, unsigned int hwnum) {
    gpio_device *gdev = gc->gpiodev;

    return hwnum >= gdev->ngpio ? static_cast<gpio_desc *>(ERR_PTR(-EINVAL)) : &gdev->descs[hwnum];
}
EXPORT_SYMBOL_GPL(gpiochip_get_desc);

gpio_desc *gpio_name_to_desc(const char *name) {
    gpio_desc *found = nullptr;
    gpio_device *gdev;
    unsigned long flags;

    spin_lock_irqsave(&gpio_lock, flags);
    list_for_each_entry (gdev, &gpio_devices, list) {
        for (int i = 0; i != gdev->ngpio && !found; i++) {
            if (gdev->descs[i].name && !strcmp(gdev->descs[i].name, name))
                found = &gdev->descs[i];
        }
    }
    spin_unlock_irqrestore(&gpio_lock, flags);
    return found;
}

gpio_chip *gpiod_to_chip(const gpio_desc *desc) {
    return desc && desc->gdev ? desc->gdev->chip : nullptr;
}
EXPORT_SYMBOL_GPL(gpiod_to_chip);

void *gpiochip_get_data(gpio_chip *gc) {
    return gc->gpiodev->data;
}
EXPORT_SYMBOL_GPL(gpiochip_get_data);

gpio_chip *gpiochip_find(void *data, int (*match)(gpio_chip *gc, void *data)) {
    gpio_chip *gc = nullptr;
    gpio_device *gdev;
    unsigned long flags;

    spin_lock_irqsave(&gpio_lock, flags);
    list_for_each_entry (gdev, &gpio_devices, list) {
        if (gdev->chip && match(gdev->chip, data)) {
            gc = gdev->chip;
            break;
        }
    }
    spin_unlock_irqrestore(&gpio_lock, flags);
    return gc;
}
EXPORT_SYMBOL_GPL(gpiochip_find);

static int match_label(gpio_chip *gc, void *label) {
    return gc->label && !strcmp(gc->label, static_cast<const char *>(label));
}

gpio_chip *find_chip_by_name(const char *label) {
    return gpiochip_find(const_cast<char *>(label), match_label);
}

// Chips

static void gpiodevice_release(device *dev) {
    gpio_device *gdev = container_of(dev, gpio_device, dev);

    ida_free(&gpio_ida, gdev->id);
    kfree(gdev->label);
    kfree(gdev->descs);
    kfree(gdev);
}

// Puts the chip among the others, by number. -1 as base: the highest free range. gpio_lock is held.
static int gpiodev_place(gpio_device *gdev, int base) {
    gpio_device *other;

    if (base < 0) {
        base = ARCH_NR_GPIOS - gdev->ngpio;
        list_for_each_entry_reverse (other, &gpio_devices, list) {
            if (other->base + other->ngpio <= base)
                break;
            base = other->base - gdev->ngpio;
        }
        if (base < 0)
            return -ENOSPC;
    }
    gdev->base = base;
    list_head *before = &gpio_devices;
    list_for_each_entry (other, &gpio_devices, list) {
        if (other->base < base + gdev->ngpio && base < other->base + other->ngpio)
            return -EBUSY;
        if (other->base > base && before == &gpio_devices)
            before = &other->list;
    }
    list_add_tail(&gdev->list, before);
    return 0;
}

static void name_lines(gpio_device *gdev, gpio_chip *gc) {
    for (int i = 0; i < gdev->ngpio; i++) {
        gdev->descs[i].gdev = gdev;
        if (gc->names)
            gdev->descs[i].name = gc->names[i];
    }
    if (gc->names || !gc->fwnode)
        return;
    int count = fwnode_property_string_array_count(gc->fwnode, "gpio-line-names");
    if (count <= 0)
        return;
    if (count > gdev->ngpio)
        count = gdev->ngpio;
    auto **names = static_cast<const char **>(kcalloc(count, sizeof(char *), GFP_KERNEL));
    if (names && fwnode_property_read_string_array(gc->fwnode, "gpio-line-names", names, count) >= 0) {
        for (int i = 0; i < count; i++)
            gdev->descs[i].name = names[i];
    }
    kfree(names);
}

static int init_valid_mask(gpio_chip *gc) {
    if (!gc->init_valid_mask)
        return 0;
    gc->valid_mask = bitmap_alloc(gc->ngpio, GFP_KERNEL);
    if (!gc->valid_mask)
        return -ENOMEM;
    bitmap_fill(gc->valid_mask, gc->ngpio);
    return gc->init_valid_mask(gc, gc->valid_mask, gc->ngpio);
}

bool gpiochip_line_is_valid(const gpio_chip *gc, unsigned int offset) {
    return !gc->valid_mask || test_bit(offset, gc->valid_mask);
}
EXPORT_SYMBOL_GPL(gpiochip_line_is_valid);

static void set_firmware_node(gpio_device *gdev, gpio_chip *gc) {
    if (!gc->fwnode && gc->of_node)
        gc->fwnode = of_fwnode_handle(gc->of_node);
    if (!gc->fwnode && gc->parent)
        gc->fwnode = dev_fwnode(gc->parent);
    if (!gc->of_node)
        gc->of_node = to_of_node(gc->fwnode);
    if (gc->of_node && !gc->of_xlate) {
        gc->of_gpio_n_cells = 2;
        gc->of_xlate = of_gpio_simple_xlate;
    }
    device_set_node(&gdev->dev, gc->fwnode);
}

int gpiochip_add_data_with_key(gpio_chip *gc, void *data, lock_class_key *, lock_class_key *) {
    int ret = -ENOMEM;
    unsigned long flags;
    auto *gdev = static_cast<gpio_device *>(kzalloc(sizeof(gpio_device), GFP_KERNEL));

    if (!gdev)
        return -ENOMEM;
    if (gc->parent && !gc->fwnode)
        gc->fwnode = dev_fwnode(gc->parent);
    if (!gc->ngpio && gc->fwnode) {
        u32 ngpios = 0;

        fwnode_property_read_u32(gc->fwnode, "ngpios", &ngpios);
        gc->ngpio = ngpios;
    }
    if (!gc->ngpio) {
        pr_err("gpiochip (%s): tried to insert a GPIO chip with zero lines\n", gc->label ? gc->label : "generic");
        kfree(gdev);
        return -EINVAL;
    }
    gdev->dev.bus = &gpio_bus_type;
    gdev->dev.parent = gc->parent;
    gdev->dev.release = gpiodevice_release;
    gdev->chip = gc;
    gdev->ngpio = gc->ngpio;
    gdev->data = data;
    gdev->owner = gc->parent && gc->parent->driver ? gc->parent->driver->owner : gc->owner;
    gc->gpiodev = gdev;
    set_firmware_node(gdev, gc);
    gdev->id = ida_alloc(&gpio_ida, GFP_KERNEL);
    if (gdev->id < 0) {
        ret = gdev->id;
        kfree(gdev);
        return ret;
    }
    device_initialize(&gdev->dev);
    dev_set_name(&gdev->dev, "gpiochip%d", gdev->id);
    INIT_LIST_HEAD(&gdev->list);
    gdev->descs = static_cast<gpio_desc *>(kcalloc(gc->ngpio, sizeof(gpio_desc), GFP_KERNEL));
    gdev->label = kstrdup(gc->label ? gc->label : "unknown", GFP_KERNEL);
    if (!gdev->descs || !gdev->label)
        goto put;
    name_lines(gdev, gc);

    spin_lock_irqsave(&gpio_lock, flags);
    ret = gpiodev_place(gdev, gc->base);
    spin_unlock_irqrestore(&gpio_lock, flags);
    if (ret) {
        chip_err(gc, "GPIO integer space overlap, cannot add chip\n");
        goto put;
    }
    gc->base = gdev->base;

    ret = init_valid_mask(gc);
    if (ret)
        goto unlist;
    for (unsigned int i = 0; i < gc->ngpio; i++) {
        gpio_desc *desc = &gdev->descs[i];
        bool out = gc->get_direction && gpiochip_line_is_valid(gc, i)
                       ? gc->get_direction(gc, i) == GPIO_LINE_DIRECTION_OUT
                       : !gc->direction_input;

        if (out)
            set_bit(FLAG_IS_OUT, &desc->flags);
    }
    if (gc->add_pin_ranges)
        ret = gc->add_pin_ranges(gc);
    if (!ret)
        ret = gpiochip_add_irqchip(gc);
    if (ret)
        goto unlist;
    ret = device_add(&gdev->dev);
    if (ret) {
        gpiochip_irqchip_remove(gc);
        goto unlist;
    }
    gpiochip_machine_hog_all(gc);
    return 0;

unlist:
    bitmap_free(gc->valid_mask);
    gc->valid_mask = nullptr;
    spin_lock_irqsave(&gpio_lock, flags);
    list_del(&gdev->list);
    spin_unlock_irqrestore(&gpio_lock, flags);
put:
    pr_err("%s: GPIOs %d..%d (%s) failed to register, %d\n", __func__, gc->base, gc->base + gc->ngpio - 1,
           gc->label ? gc->label : "generic", ret);
    gc->gpiodev = nullptr;
    put_device(&gdev->dev);
    return ret;
}
EXPORT_SYMBOL_GPL(gpiochip_add_data_with_key);

void gpiochip_remove(gpio_chip *gc) {
    gpio_device *gdev = gc->gpiodev;
    unsigned long flags;
    bool busy = false;

    gpiochip_irqchip_remove(gc);
    spin_lock_irqsave(&gpio_lock, flags);
    for (int i = 0; i < gdev->ngpio; i++)
        busy = busy || test_bit(FLAG_REQUESTED, &gdev->descs[i].flags);
    gdev->chip = nullptr;
    gdev->data = nullptr;
    list_del_init(&gdev->list);
    spin_unlock_irqrestore(&gpio_lock, flags);
    if (busy)
        dev_crit(&gdev->dev, "REMOVING GPIOCHIP WITH GPIOS STILL REQUESTED\n");
    bitmap_free(gc->valid_mask);
    gc->valid_mask = nullptr;
    device_unregister(&gdev->dev);
}
EXPORT_SYMBOL_GPL(gpiochip_remove);

// Requesting

int validate_desc(const gpio_desc *desc, const char *func) {
    if (!desc)
        return 0;
    if (IS_ERR(desc)) {
        pr_warn("%s: invalid GPIO (errorpointer)\n", func);
        return PTR_ERR(desc);
    }
    if (!desc->gdev) {
        pr_warn("%s: invalid GPIO (no device)\n", func);
        return -EINVAL;
    }
    if (!desc->gdev->chip) {
        dev_warn(&desc->gdev->dev, "%s: backing chip is gone\n", func);
        return 0;
    }
    return 1;
}

static int gpiod_request_commit(gpio_desc *desc, const char *label) {
    gpio_chip *gc = desc->gdev->chip;
    unsigned int offset = gpio_chip_hwgpio(desc);
    char *copy = label ? kstrdup(label, GFP_KERNEL) : nullptr;
    unsigned long flags;

    if (label && !copy)
        return -ENOMEM;
    spin_lock_irqsave(&gpio_lock, flags);
    bool taken = test_and_set_bit(FLAG_REQUESTED, &desc->flags);
    if (!taken)
        desc->label = copy ? copy : "?";
    spin_unlock_irqrestore(&gpio_lock, flags);
    if (taken) {
        kfree(copy);
        return -EBUSY;
    }
    int ret = 0;
    if (gc->request)
        ret = gpiochip_line_is_valid(gc, offset) ? gc->request(gc, offset) : -EINVAL;
    if (ret) {
        spin_lock_irqsave(&gpio_lock, flags);
        desc->label = nullptr;
        clear_bit(FLAG_REQUESTED, &desc->flags);
        spin_unlock_irqrestore(&gpio_lock, flags);
        kfree(copy);
        return ret;
    }
    // What the line really is, in case the boot code has set it.
    if (gc->get_direction)
        gpiod_get_direction(desc);
    return 0;
}

int gpiod_request(gpio_desc *desc, const char *label) {
    int ret = validate_desc(desc, __func__);

    if (ret <= 0)
        return ret;
    gpio_device *gdev = desc->gdev;
    if (!try_module_get(gdev->owner))
        return -EPROBE_DEFER;
    ret = gpiod_request_commit(desc, label);
    if (ret)
        module_put(gdev->owner);
    else
        get_device(&gdev->dev);
    return ret;
}

static void free_label(const char *label) {
    if (label && strcmp(label, "?") && strcmp(label, "interrupt"))
        kfree(label);
}

static bool gpiod_free_commit(gpio_desc *desc) {
    gpio_chip *gc = desc->gdev->chip;
    unsigned long flags;

    might_sleep();
    if (!gc || !test_bit(FLAG_REQUESTED, &desc->flags))
        return false;
    if (gc->free)
        gc->free(gc, gpio_chip_hwgpio(desc));
    spin_lock_irqsave(&gpio_lock, flags);
    const char *label = desc->label;
    desc->label = nullptr;
    // Direction and the use as an interrupt are the line's, not the user's.
    desc->flags &= BIT(FLAG_IS_OUT) | BIT(FLAG_USED_AS_IRQ) | BIT(FLAG_IRQ_IS_ENABLED);
    spin_unlock_irqrestore(&gpio_lock, flags);
    free_label(label);
    return true;
}

void gpiod_free(gpio_desc *desc) {
    if (!desc || !desc->gdev || !gpiod_free_commit(desc))
        return;
    module_put(desc->gdev->owner);
    put_device(&desc->gdev->dev);
}

const char *gpiochip_is_requested(gpio_chip *gc, unsigned int offset) {
    gpio_desc *desc = gpiochip_get_desc(gc, offset);

    return IS_ERR(desc) || !test_bit(FLAG_REQUESTED, &desc->flags) ? nullptr : desc->label;
}
EXPORT_SYMBOL_GPL(gpiochip_is_requested);

gpio_desc *gpiochip_request_own_desc(gpio_chip *gc, unsigned int hwnum, const char *label, unsigned long lflags,
                                     int dflags) {
    gpio_desc *desc = gpiochip_get_desc(gc, hwnum);

    if (IS_ERR(desc)) {
        chip_err(gc, "failed to get GPIO descriptor\n");
        return desc;
    }
    int ret = gpiod_request_commit(desc, label);
    if (ret < 0)
        return static_cast<gpio_desc *>(ERR_PTR(ret));
    ret = gpiod_configure_flags(desc, label, lflags, dflags);
    if (ret) {
        chip_err(gc, "setup of own GPIO %s failed\n", label);
        gpiod_free_commit(desc);
        return static_cast<gpio_desc *>(ERR_PTR(ret));
    }
    return desc;
}
EXPORT_SYMBOL_GPL(gpiochip_request_own_desc);

void gpiochip_free_own_desc(gpio_desc *desc) {
    if (desc)
        gpiod_free_commit(desc);
}
EXPORT_SYMBOL_GPL(gpiochip_free_own_desc);

int gpiod_set_consumer_name(gpio_desc *desc, const char *name) {
    int ret = validate_desc(desc, __func__);
    unsigned long flags;

    if (ret <= 0)
        return ret;
    char *copy = name ? kstrdup(name, GFP_KERNEL) : nullptr;
    if (name && !copy)
        return -ENOMEM;
    spin_lock_irqsave(&gpio_lock, flags);
    const char *old = desc->label;
    desc->label = copy;
    spin_unlock_irqrestore(&gpio_lock, flags);
    free_label(old);
    return 0;
}
EXPORT_SYMBOL_GPL(gpiod_set_consumer_name);

// Configuration

int gpiod_set_config(gpio_desc *desc, unsigned long config) {
    int ret = validate_desc(desc, __func__);

    if (ret <= 0)
        return ret;
    gpio_chip *gc = desc->gdev->chip;
    return gc->set_config ? gc->set_config(gc, gpio_chip_hwgpio(desc), config) : -ENOTSUPP;
}
EXPORT_SYMBOL_GPL(gpiod_set_config);

int gpiod_set_debounce(gpio_desc *desc, unsigned int debounce) {
    return gpiod_set_config(desc, pinconf_to_config_packed(PIN_CONFIG_INPUT_DEBOUNCE, debounce));
}
EXPORT_SYMBOL_GPL(gpiod_set_debounce);

// A configuration that the chip cannot do is no reason to fail.
static int set_config_optional(gpio_desc *desc, pin_config_param param) {
    gpio_chip *gc = desc->gdev->chip;
    int ret =
        gc->set_config ? gc->set_config(gc, gpio_chip_hwgpio(desc), pinconf_to_config_packed(param, 0)) : -ENOTSUPP;

    return ret == -ENOTSUPP ? 0 : ret;
}

static int gpio_set_bias(gpio_desc *desc) {
    if (test_bit(FLAG_BIAS_DISABLE, &desc->flags))
        return set_config_optional(desc, PIN_CONFIG_BIAS_DISABLE);
    if (test_bit(FLAG_PULL_UP, &desc->flags))
        return set_config_optional(desc, PIN_CONFIG_BIAS_PULL_UP);
    if (test_bit(FLAG_PULL_DOWN, &desc->flags))
        return set_config_optional(desc, PIN_CONFIG_BIAS_PULL_DOWN);
    return 0;
}

// lflags: GPIO_ACTIVE_LOW and the like; dflags: enum gpiod_flags.
int gpiod_configure_flags(gpio_desc *desc, const char *con_id, unsigned long lflags, int dflags) {
    if (lflags & GPIO_ACTIVE_LOW)
        set_bit(FLAG_ACTIVE_LOW, &desc->flags);
    if (lflags & GPIO_OPEN_DRAIN) {
        set_bit(FLAG_OPEN_DRAIN, &desc->flags);
    } else if (dflags & GPIOD_FLAGS_BIT_OPEN_DRAIN) {
        // The driver knows better than the device tree, which should say so.
        set_bit(FLAG_OPEN_DRAIN, &desc->flags);
        gpiod_warn(desc, "enforced open drain please flag it properly in DT/ACPI DSDT/board file\n");
    }
    if (lflags & GPIO_OPEN_SOURCE)
        set_bit(FLAG_OPEN_SOURCE, &desc->flags);
    if ((lflags & GPIO_PULL_UP) && (lflags & GPIO_PULL_DOWN)) {
        gpiod_err(desc, "multiple pull-up, pull-down or pull-disable enabled, invalid configuration\n");
        return -EINVAL;
    }
    if (lflags & GPIO_PULL_UP)
        set_bit(FLAG_PULL_UP, &desc->flags);
    else if (lflags & GPIO_PULL_DOWN)
        set_bit(FLAG_PULL_DOWN, &desc->flags);
    else if (lflags & GPIO_PULL_DISABLE)
        set_bit(FLAG_BIAS_DISABLE, &desc->flags);
    if (lflags & GPIO_TRANSITORY)
        set_bit(FLAG_TRANSITORY, &desc->flags);

    if (!(dflags & GPIOD_FLAGS_BIT_DIR_SET))
        return 0;
    if (dflags & GPIOD_FLAGS_BIT_DIR_OUT)
        return gpiod_direction_output(desc, !!(dflags & GPIOD_FLAGS_BIT_DIR_VAL));
    return gpiod_direction_input(desc);
}

void gpiod_toggle_active_low(gpio_desc *desc) {
    if (validate_desc(desc, __func__) > 0)
        change_bit(FLAG_ACTIVE_LOW, &desc->flags);
}
EXPORT_SYMBOL_GPL(gpiod_toggle_active_low);

int gpiod_is_active_low(const gpio_desc *desc) {
    int ret = validate_desc(desc, __func__);

    return ret <= 0 ? ret : test_bit(FLAG_ACTIVE_LOW, &desc->flags);
}
EXPORT_SYMBOL_GPL(gpiod_is_active_low);

int gpiod_cansleep(const gpio_desc *desc) {
    int ret = validate_desc(desc, __func__);

    return ret <= 0 ? ret : desc->gdev->chip->can_sleep;
}
EXPORT_SYMBOL_GPL(gpiod_cansleep);

// Direction

int gpiod_get_direction(gpio_desc *desc) {
    gpio_chip *gc = gpiod_to_chip(desc);

    if (!gc)
        return -EINVAL;
    // An open drain output is an input while it is not driven.
    if (test_bit(FLAG_OPEN_DRAIN, &desc->flags) && test_bit(FLAG_IS_OUT, &desc->flags))
        return 0;
    if (!gc->get_direction)
        return -ENOTSUPP;
    int ret = gc->get_direction(gc, gpio_chip_hwgpio(desc));
    if (ret < 0)
        return ret;
    if (ret > 0)
        clear_bit(FLAG_IS_OUT, &desc->flags);
    else
        set_bit(FLAG_IS_OUT, &desc->flags);
    return ret > 0;
}
EXPORT_SYMBOL_GPL(gpiod_get_direction);

int gpiod_direction_input(gpio_desc *desc) {
    int ret = validate_desc(desc, __func__);

    if (ret <= 0)
        return ret;
    gpio_chip *gc = desc->gdev->chip;
    if (!gc->get && gc->direction_input) {
        gpiod_warn(desc, "%s: missing get() but have direction_input()\n", __func__);
        return -EIO;
    }
    ret = 0;
    if (gc->direction_input) {
        ret = gc->direction_input(gc, gpio_chip_hwgpio(desc));
    } else if (gc->get_direction && gc->get_direction(gc, gpio_chip_hwgpio(desc)) != 1) {
        gpiod_warn(desc, "%s: missing direction_input() operation and line is output\n", __func__);
        return -EIO;
    }
    if (ret == 0) {
        clear_bit(FLAG_IS_OUT, &desc->flags);
        ret = gpio_set_bias(desc);
    }
    trace_event3(gpio_direction, desc_to_gpio(desc), 1, ret, nullptr);
    return ret;
}
EXPORT_SYMBOL_GPL(gpiod_direction_input);

static int direction_output_raw(gpio_desc *desc, int value) {
    gpio_chip *gc = desc->gdev->chip;
    int val = !!value;
    int ret = 0;

    if (!gc->set && !gc->direction_output) {
        gpiod_warn(desc, "%s: missing set() and direction_output() operations\n", "gpiod_direction_output_raw_commit");
        return -EIO;
    }
    if (gc->direction_output) {
        ret = gc->direction_output(gc, gpio_chip_hwgpio(desc), val);
    } else {
        if (gc->get_direction && gc->get_direction(gc, gpio_chip_hwgpio(desc))) {
            gpiod_warn(desc, "%s: missing direction_output() operation\n", "gpiod_direction_output_raw_commit");
            return -EIO;
        }
        gc->set(gc, gpio_chip_hwgpio(desc), val);
    }
    if (!ret)
        set_bit(FLAG_IS_OUT, &desc->flags);
    trace_event3(gpio_value, desc_to_gpio(desc), 0, val, nullptr);
    trace_event3(gpio_direction, desc_to_gpio(desc), 0, ret, nullptr);
    return ret;
}

int gpiod_direction_output_raw(gpio_desc *desc, int value) {
    int ret = validate_desc(desc, __func__);

    return ret <= 0 ? ret : direction_output_raw(desc, value);
}
EXPORT_SYMBOL_GPL(gpiod_direction_output_raw);

int gpiod_direction_output(gpio_desc *desc, int value) {
    int ret = validate_desc(desc, __func__);

    if (ret <= 0)
        return ret;
    value = test_bit(FLAG_ACTIVE_LOW, &desc->flags) ? !value : !!value;
    // An interrupt line that drives itself would never fire; only open drain lines can be both.
    if (test_bit(FLAG_USED_AS_IRQ, &desc->flags) && test_bit(FLAG_IRQ_IS_ENABLED, &desc->flags)) {
        gpiod_err(desc, "%s: tried to set a GPIO tied to an IRQ as output\n", __func__);
        return -EIO;
    }
    bool emulate_input = false;
    if (test_bit(FLAG_OPEN_DRAIN, &desc->flags)) {
        gpio_chip *gc = desc->gdev->chip;

        // If the hardware cannot float, an input is the inactive output.
        bool in_hardware = gc->set_config && !gc->set_config(gc, gpio_chip_hwgpio(desc),
                                                             pinconf_to_config_packed(PIN_CONFIG_DRIVE_OPEN_DRAIN, 0));
        emulate_input = !in_hardware && value;
    } else if (test_bit(FLAG_OPEN_SOURCE, &desc->flags)) {
        gpio_chip *gc = desc->gdev->chip;
        bool in_hardware = gc->set_config && !gc->set_config(gc, gpio_chip_hwgpio(desc),
                                                             pinconf_to_config_packed(PIN_CONFIG_DRIVE_OPEN_SOURCE, 0));
        emulate_input = !in_hardware && !value;
    } else {
        set_config_optional(desc, PIN_CONFIG_DRIVE_PUSH_PULL);
    }
    if (emulate_input) {
        ret = gpiod_direction_input(desc);
        if (!ret)
            set_bit(FLAG_IS_OUT, &desc->flags);
        return ret;
    }
    ret = gpio_set_bias(desc);
    return ret ? ret : direction_output_raw(desc, value);
}
EXPORT_SYMBOL_GPL(gpiod_direction_output);

// Value

static int get_raw(const gpio_desc *desc) {
    gpio_chip *gc = desc->gdev->chip;
    int value = gc->get ? gc->get(gc, gpio_chip_hwgpio(desc)) : -EIO;

    value = value < 0 ? value : !!value;
    trace_event3(gpio_value, desc_to_gpio(desc), 1, value, nullptr);
    return value;
}

static int get_logical(const gpio_desc *desc) {
    int value = get_raw(desc);

    return value >= 0 && test_bit(FLAG_ACTIVE_LOW, &desc->flags) ? !value : value;
}

static void set_raw(gpio_desc *desc, bool value) {
    gpio_chip *gc = desc->gdev->chip;

    trace_event3(gpio_value, desc_to_gpio(desc), 0, value, nullptr);
    if (gc->set)
        gc->set(gc, gpio_chip_hwgpio(desc), value);
}

// Open drain and open source by changing the direction: released is an input.
static void set_open(gpio_desc *desc, bool release) {
    gpio_chip *gc = desc->gdev->chip;
    int offset = gpio_chip_hwgpio(desc);
    int ret = release ? gc->direction_input(gc, offset)
                      : gc->direction_output(gc, offset, test_bit(FLAG_OPEN_SOURCE, &desc->flags));

    if (!ret)
        set_bit(FLAG_IS_OUT, &desc->flags);
    else
        gpiod_err(desc, "%s: Error in set_value for open drain err %d\n", __func__, ret);
    trace_event3(gpio_direction, desc_to_gpio(desc), release, ret, nullptr);
}

static void set_logical(gpio_desc *desc, int value) {
    if (test_bit(FLAG_ACTIVE_LOW, &desc->flags))
        value = !value;
    if (test_bit(FLAG_OPEN_DRAIN, &desc->flags))
        set_open(desc, value);
    else if (test_bit(FLAG_OPEN_SOURCE, &desc->flags))
        set_open(desc, !value);
    else
        set_raw(desc, value);
}

int gpiod_get_raw_value(const gpio_desc *desc) {
    int ret = validate_desc(desc, __func__);

    if (ret <= 0)
        return ret;
    WARN_ON(desc->gdev->chip->can_sleep);
    return get_raw(desc);
}
EXPORT_SYMBOL_GPL(gpiod_get_raw_value);

int gpiod_get_value(const gpio_desc *desc) {
    int ret = validate_desc(desc, __func__);

    if (ret <= 0)
        return ret;
    WARN_ON(desc->gdev->chip->can_sleep);
    return get_logical(desc);
}
EXPORT_SYMBOL_GPL(gpiod_get_value);

int gpiod_get_raw_value_cansleep(const gpio_desc *desc) {
    might_sleep();
    int ret = validate_desc(desc, __func__);
    return ret <= 0 ? ret : get_raw(desc);
}
EXPORT_SYMBOL_GPL(gpiod_get_raw_value_cansleep);

int gpiod_get_value_cansleep(const gpio_desc *desc) {
    might_sleep();
    int ret = validate_desc(desc, __func__);
    return ret <= 0 ? ret : get_logical(desc);
}
EXPORT_SYMBOL_GPL(gpiod_get_value_cansleep);

void gpiod_set_raw_value(gpio_desc *desc, int value) {
    if (validate_desc(desc, __func__) <= 0)
        return;
    WARN_ON(desc->gdev->chip->can_sleep);
    set_raw(desc, value);
}
EXPORT_SYMBOL_GPL(gpiod_set_raw_value);

void gpiod_set_value(gpio_desc *desc, int value) {
    if (validate_desc(desc, __func__) <= 0)
        return;
    WARN_ON(desc->gdev->chip->can_sleep);
    set_logical(desc, value);
}
EXPORT_SYMBOL_GPL(gpiod_set_value);

void gpiod_set_raw_value_cansleep(gpio_desc *desc, int value) {
    might_sleep();
    if (validate_desc(desc, __func__) > 0)
        set_raw(desc, value);
}
EXPORT_SYMBOL_GPL(gpiod_set_raw_value_cansleep);

void gpiod_set_value_cansleep(gpio_desc *desc, int value) {
    might_sleep();
    if (validate_desc(desc, __func__) > 0)
        set_logical(desc, value);
}
EXPORT_SYMBOL_GPL(gpiod_set_value_cansleep);

static int get_array(unsigned int n, gpio_desc **descs, unsigned long *bitmap) {
    for (unsigned int i = 0; i < n; i++) {
        int value = get_logical(descs[i]);

        if (value < 0)
            return value;
        __assign_bit(i, bitmap, value);
    }
    return 0;
}

static int set_array(unsigned int n, gpio_desc **descs, const unsigned long *bitmap) {
    for (unsigned int i = 0; i < n; i++)
        set_logical(descs[i], test_bit(i, bitmap));
    return 0;
}

int gpiod_get_array_value(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    return descs ? get_array(n, descs, bitmap) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpiod_get_array_value);

int gpiod_set_array_value(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    return descs ? set_array(n, descs, bitmap) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpiod_set_array_value);

int gpiod_get_array_value_cansleep(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    might_sleep();
    return descs ? get_array(n, descs, bitmap) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpiod_get_array_value_cansleep);

int gpiod_set_array_value_cansleep(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    might_sleep();
    return descs ? set_array(n, descs, bitmap) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpiod_set_array_value_cansleep);

int gpiod_to_irq(const gpio_desc *desc) {
    if (!desc || IS_ERR(desc) || !desc->gdev || !desc->gdev->chip)
        return -EINVAL;
    gpio_chip *gc = desc->gdev->chip;
    if (!gc->to_irq)
        return -ENXIO;
    int irq = gc->to_irq(gc, gpio_chip_hwgpio(desc));
    return irq ? irq : -ENXIO;
}
EXPORT_SYMBOL_GPL(gpiod_to_irq);
