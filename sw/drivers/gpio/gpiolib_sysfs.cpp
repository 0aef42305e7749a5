// SPDX-License-Identifier: Apache-2.0
// Lines as files: /sys/class/gpio (Linux: drivers/gpio/gpiolib-sysfs.c, Documentation/admin-guide/gpio/sysfs.rst). A
// line is exported by a driver, or by who writes its number into `export`; its directory shows what may be changed.
#include "drivers/gpio/gpiolib.h"

#include <linux/device/class.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/kdev_t.h>
#include <linux/kstrtox.h>
#include <linux/mutex.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "kernel/fs/sysfs_dirent.h"
#include "lib/guard.h"

namespace {

// An exported line.
struct exported {
    gpio_desc *line;
    device *dev;
    bool may_change_direction;
    mutex lock;         // of what follows
    int irq;            // 0: no edge is waited for
    dentry *value;      // the file whose readers an edge wakes
    unsigned int edges; // IRQF_TRIGGER_* as the reader sees them
};

// Guards who is exported.
DEFINE_MUTEX(exports);
class_ *gpio_class;

exported *of(device *dev) {
    return static_cast<exported *>(dev_get_drvdata(dev));
}

bool direction_can_change(const gpio_desc &line) {
    return line.chip() && line.chip()->direction_input && line.chip()->direction_output;
}

// What `tell` says of a line, which does not change through its files meanwhile.
template <typename Tell>
ssize_t told(device *dev, Tell tell) {
    exported &e = *of(dev);
    hold l(e.lock);
    return tell(*e.line);
}

// direction

constexpr const char *directions[] = {"in", "out"};

ssize_t direction_show(device *dev, device_attribute *, char *buf) {
    return told(dev, [buf](gpio_desc &line) {
        // Others than gpiolib may have turned the pin: the chip is asked, and its answer noted in the line.
        gpiod_get_direction(&line);
        return sysfs_emit(buf, "%s\n", directions[line.is(FLAG_IS_OUT)]);
    });
}

ssize_t direction_store(device *dev, device_attribute *, const char *buf, size_t size) {
    exported &e = *of(dev);
    hold l(e.lock);
    const bool high = sysfs_streq(buf, "high"), low = sysfs_streq(buf, "out") || sysfs_streq(buf, "low");
    const int error = high || low              ? gpiod_direction_output_raw(e.line, high)
                      : sysfs_streq(buf, "in") ? gpiod_direction_input(e.line)
                                               : -EINVAL;
    return error ? error : static_cast<ssize_t>(size);
}

// value

ssize_t value_show(device *dev, device_attribute *, char *buf) {
    return told(dev, [buf](gpio_desc &line) {
        const int value = gpiod_get_value_cansleep(&line);
        return value < 0 ? value : sysfs_emit(buf, "%d\n", value);
    });
}

ssize_t value_store(device *dev, device_attribute *, const char *buf, size_t size) {
    exported &e = *of(dev);
    long value;
    hold l(e.lock);
    if (!e.line->is(FLAG_IS_OUT))
        return -EPERM;
    if (const int error = kstrtol(buf, 0, &value))
        return error;
    gpiod_set_value_cansleep(e.line, value != 0);
    return size;
}

// edge: a reader who polls `value` is woken by the line's interrupt.

constexpr struct {
    const char *name;
    unsigned int edges;
} edge_names[] = {
    {"none", 0},
    {"rising", IRQF_TRIGGER_RISING},
    {"falling", IRQF_TRIGGER_FALLING},
    {"both", IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING},
};

irqreturn_t edge_came(int, void *data) {
    sysfs_notify_dirent(static_cast<exported *>(data)->value);
    return IRQ_HANDLED;
}

void stop_waiting(exported &e) {
    if (!e.irq)
        return;
    free_irq(e.irq, &e);
    gpiochip_unlock_as_irq(e.line->chip(), e.line->offset());
    sysfs_put(e.value);
    e.irq = 0;
    e.edges = 0;
}

int wait_for(exported &e, unsigned int edges) {
    const int irq = gpiod_to_irq(e.line);
    if (irq < 0)
        return -EIO;
    // Of an active-low line the reader's rising edge is the pin's falling one.
    const bool one = edges == IRQF_TRIGGER_RISING || edges == IRQF_TRIGGER_FALLING;
    const unsigned int pin =
        one && e.line->is(FLAG_ACTIVE_LOW) ? edges ^ IRQF_TRIGGER_RISING ^ IRQF_TRIGGER_FALLING : edges;
    dentry *value = sysfs_get_dirent(e.dev->kobj.sd, "value");
    if (!value)
        return -ENODEV;
    on_failure nobody_listens([value] { sysfs_put(value); });
    if (const int error = gpiochip_lock_as_irq(e.line->chip(), e.line->offset()))
        return error;
    on_failure no_interrupt([&e] { gpiochip_unlock_as_irq(e.line->chip(), e.line->offset()); });
    e.value = value;
    // In hard interrupt context; in the chip's thread if its lines are nested in one.
    if (const int refusal = request_any_context_irq(irq, edge_came, IRQF_SHARED | pin, "gpiolib", &e); refusal < 0)
        return refusal;
    no_interrupt.dismiss();
    nobody_listens.dismiss();
    e.irq = irq;
    e.edges = edges;
    return 0;
}

ssize_t edge_show(device *dev, device_attribute *, char *buf) {
    exported &e = *of(dev);
    hold l(e.lock);
    for (const auto &edge : edge_names)
        if (edge.edges == e.edges)
            return sysfs_emit(buf, "%s\n", edge.name);
    return 0;
}

ssize_t edge_store(device *dev, device_attribute *, const char *buf, size_t size) {
    exported &e = *of(dev);
    for (const auto &edge : edge_names) {
        if (!sysfs_streq(buf, edge.name))
            continue;
        hold l(e.lock);
        if (edge.edges == e.edges)
            return size;
        stop_waiting(e);
        const int error = edge.edges ? wait_for(e, edge.edges) : 0;
        return error ? error : static_cast<ssize_t>(size);
    }
    return -EINVAL;
}

// active_low

ssize_t active_low_show(device *dev, device_attribute *, char *buf) {
    return told(dev, [buf](gpio_desc &line) { return sysfs_emit(buf, "%d\n", line.is(FLAG_ACTIVE_LOW)); });
}

ssize_t active_low_store(device *dev, device_attribute *, const char *buf, size_t size) {
    exported &e = *of(dev);
    long wanted;
    if (const int error = kstrtol(buf, 0, &wanted))
        return error;
    hold l(e.lock);
    if (e.line->is(FLAG_ACTIVE_LOW) == (wanted != 0))
        return size;
    gpiod_toggle_active_low(e.line);
    const unsigned int edges = e.edges;
    int error = 0;
    if (edges == IRQF_TRIGGER_RISING || edges == IRQF_TRIGGER_FALLING) {
        stop_waiting(e);
        error = wait_for(e, edges);
    }
    return error ? error : static_cast<ssize_t>(size);
}

DEVICE_ATTR_RW(direction);
DEVICE_ATTR_RW(value);
DEVICE_ATTR_RW(edge);
DEVICE_ATTR_RW(active_low);

attribute *line_attributes[] = {&dev_attr_direction.attr, &dev_attr_edge.attr, &dev_attr_value.attr,
                                &dev_attr_active_low.attr, nullptr};

umode_t line_attribute_mode(kobject *kobj, attribute *attr, int) {
    const exported &e = *of(kobj_to_dev(kobj));
    if (attr == &dev_attr_direction.attr && !e.may_change_direction)
        return 0;
    const bool no_edges = gpiod_to_irq(e.line) < 0 || (!e.may_change_direction && e.line->is(FLAG_IS_OUT));
    return attr == &dev_attr_edge.attr && no_edges ? 0 : attr->mode;
}

const attribute_group line_group = {.is_visible = line_attribute_mode, .attrs = line_attributes};
const attribute_group *line_groups[] = {&line_group, nullptr};

// A chip's directory.

gpio_chip *chip_of(device *dev) {
    return static_cast<gpio_chip *>(dev_get_drvdata(dev));
}
ssize_t base_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", chip_of(dev)->base);
}
ssize_t label_show(device *dev, device_attribute *, char *buf) {
    const char *label = chip_of(dev)->label;
    return sysfs_emit(buf, "%s\n", label ? label : "");
}
ssize_t ngpio_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", chip_of(dev)->ngpio);
}
DEVICE_ATTR_RO(base);
DEVICE_ATTR_RO(label);
DEVICE_ATTR_RO(ngpio);
attribute *chip_attributes[] = {&dev_attr_base.attr, &dev_attr_label.attr, &dev_attr_ngpio.attr, nullptr};
const attribute_group chip_group = {.attrs = chip_attributes};
const attribute_group *chip_groups[] = {&chip_group, nullptr};

// The class's files: numbers in both directions.

// The line with the number that somebody has written, or an error.
gpio_desc *line_written(const char *func, const char *buf) {
    long number;
    if (const int error = kstrtol(buf, 0, &number))
        return gpiod_error(error);
    gpio_desc *line = gpio_to_desc(number);
    if (line && line->chip() && gpiochip_line_is_valid(line->chip(), line->offset()))
        return line;
    pr_warn("%s: invalid GPIO %ld\n", func, number);
    return gpiod_error(-EINVAL);
}

ssize_t export_store(class_ *, class_attribute *, const char *buf, size_t len) {
    gpio_desc *line = line_written(__func__, buf);
    if (IS_ERR(line))
        return PTR_ERR(line);
    int error = gpiod_request(line, "sysfs");
    if (error)
        return error == -EPROBE_DEFER ? -ENODEV : error;
    error = gpiod_export(line, true);
    if (error)
        gpiod_free(line);
    else
        line->set(FLAG_SYSFS);
    return error ? error : static_cast<ssize_t>(len);
}

ssize_t unexport_store(class_ *, class_attribute *, const char *buf, size_t len) {
    gpio_desc *line = line_written(__func__, buf);
    if (IS_ERR(line))
        return PTR_ERR(line);
    // What a driver has exported is the driver's.
    if (!test_and_clear_bit(FLAG_SYSFS, &line->flags))
        return -EINVAL;
    gpiod_free(line);
    return len;
}

CLASS_ATTR_WO(export);
CLASS_ATTR_WO(unexport);

device *export_device(gpio_desc &line, exported &e) {
    const gpio_chip &chip = *line.chip();
    // Names that the board gives, not those that the SoC's driver does.
    const bool named = chip.names && fwnode_property_present(dev_fwnode(&line.gdev->dev), "gpio-line-names");
    const char *name = named ? chip.names[line.offset()] : nullptr;
    char number[24];
    snprintf(number, sizeof(number), "gpio%d", line.number());
    return device_create_with_groups(gpio_class, &line.gdev->dev, MKDEV(0, 0), &e, line_groups, "%s",
                                     name ? name : number);
}

// An exported line's device, with a reference; null: it has none.
device *directory_of(gpio_desc &line) {
    return class_find_device(gpio_class, nullptr, &line, [](device *dev, const void *wanted) -> int {
        return dev->groups == line_groups && of(dev)->line == wanted;
    });
}

// What `deed` says of an exported line's device, which stays for so long.
template <typename Deed>
int on_directory(gpio_desc &line, Deed deed) {
    device *dev = directory_of(line);
    finally no_longer([=] { put_device(dev); });
    return dev ? deed(*dev) : -ENODEV;
}

// The files go first: from then on nothing can ask for edges.
int close_directory(device &dev) {
    exported *e = of(&dev);
    e->line->clear(FLAG_EXPORT);
    device_unregister(&dev);
    stop_waiting(*e);
    kfree(e);
    return 0;
}

} // namespace

int gpiod_export(gpio_desc *line, bool direction_may_change) {
    if (!gpio_class)
        return -ENOENT;
    if (!line)
        return -EINVAL;
    hold l(exports);
    if (!line->chip())
        return -ENODEV;
    if (!line->is(FLAG_REQUESTED) || line->is(FLAG_EXPORT))
        return -EPERM;
    auto *e = static_cast<exported *>(kzalloc(sizeof(exported), GFP_KERNEL));
    if (!e)
        return -ENOMEM;
    e->line = line;
    mutex_init(&e->lock);
    e->may_change_direction = direction_may_change && direction_can_change(*line);
    e->dev = export_device(*line, *e);
    if (IS_ERR(e->dev)) {
        const int error = PTR_ERR(e->dev);
        kfree(e);
        return error;
    }
    line->set(FLAG_EXPORT);
    return 0;
}
EXPORT_SYMBOL_GPL(gpiod_export);

int gpiod_export_link(device *dev, const char *name, gpio_desc *line) {
    const auto lead_here = [=](device &target) { return sysfs_create_link(&dev->kobj, &target.kobj, name); };

    return line ? on_directory(*line, lead_here) : -EINVAL;
}
EXPORT_SYMBOL_GPL(gpiod_export_link);

void gpiod_unexport(gpio_desc *line) {
    if (line) {
        hold l(exports);
        if (line->is(FLAG_EXPORT))
            on_directory(*line, close_directory);
    } else {
        pr_warn("%s: invalid GPIO\n", __func__);
    }
}
EXPORT_SYMBOL_GPL(gpiod_unexport);

void gpiochip_sysfs_register(gpio_device &gdev) {
    if (!gpio_class) // those that are there already get their directories with the class
        return;
    device *parent = gdev.chip->parent ? gdev.chip->parent : &gdev.dev;
    device_create_with_groups(gpio_class, parent, MKDEV(0, 0), gdev.chip, chip_groups, "gpiochip%d", gdev.base);
}

void gpiochip_sysfs_unregister(gpio_device &gdev) {
    for (unsigned int i = 0; i < gdev.ngpio; i++)
        if (test_and_clear_bit(FLAG_SYSFS, &gdev.descs[i].flags))
            gpiod_free(&gdev.descs[i]);
    device *dev = !gpio_class
                      ? nullptr
                      : class_find_device(gpio_class, nullptr, gdev.chip, [](device *dev, const void *chip) -> int {
                            return dev->groups == chip_groups && dev_get_drvdata(dev) == chip;
                        });
    if (!dev)
        return;
    device_unregister(dev);
    put_device(dev);
}

static int __init gpiolib_sysfs_init() {
    class_ *made = class_create(THIS_MODULE, "gpio");
    if (IS_ERR(made))
        return PTR_ERR(made);
    int error = class_create_file(made, &class_attr_export);
    if (!error)
        error = class_create_file(made, &class_attr_unexport);
    gpio_class = made;
    gpio_device *gdev;
    list_for_each_entry (gdev, &gpio_devices, list)
        gpiochip_sysfs_register(*gdev);
    return error;
}
postcore_initcall(gpiolib_sysfs_init);
