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
#include <linux/string.h>
#include <linux/sysfs.h>

#include "kernel/fs/sysfs_dirent.h"
#include "lib/guard.h"
#include "lib/own.h"

namespace {

// An exported line; its directory's device owns it. Who polls `value` is woken by the edges that the reader wants.
struct exported : from_slab {
    exported(gpio_desc &its_line, bool direction_may_change);
    ~exported() { let_interrupt_go(); }

    gpio_desc *line;
    bool may_change_direction;
    mutex lock;             // of the edges
    device *dev;            // or an error pointer
    unsigned int edges = 0; // IRQF_TRIGGER_* as the reader sees them

    // From now on these edges; `lock` held. Also to be called with the old ones when the line's sense has changed. An
    // error: no edges at all.
    int listen_for(unsigned int wanted);

private:
    unsigned int at_pin(unsigned int reader_edges) const;
    int take_interrupt(unsigned int pin_edges);
    void let_interrupt_go();

    unsigned int requested_ = 0; // edges of the pin; 0: no interrupt
    int irq_ = 0;
    dentry *value_ = nullptr; // the file

    static irqreturn_t edge_came(int irq, void *data);
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

// The answer to a write: an error of `change`, or that all of the text is taken.
template <typename Change>
ssize_t changed(device *dev, size_t size, Change change) {
    exported &e = *of(dev);
    const hold l(e.lock);
    const int error = change(e);
    return error ? error : static_cast<ssize_t>(size);
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

int turn(gpio_desc *line, const char *text) {
    if (sysfs_streq(text, "in"))
        return gpiod_direction_input(line);
    const bool high = sysfs_streq(text, "high"), low = sysfs_streq(text, "out") || sysfs_streq(text, "low");
    return high || low ? gpiod_direction_output_raw(line, high) : -EINVAL;
}

ssize_t direction_store(device *dev, device_attribute *, const char *buf, size_t size) {
    return changed(dev, size, [buf](exported &e) { return turn(e.line, buf); });
}

// value

ssize_t value_show(device *dev, device_attribute *, char *buf) {
    return told(dev, [buf](gpio_desc &line) {
        const int value = gpiod_get_value_cansleep(&line);
        return value < 0 ? value : sysfs_emit(buf, "%d\n", value);
    });
}

int drive(gpio_desc *line, const char *text) {
    long value = 0;
    const int error = line->is(FLAG_IS_OUT) ? kstrtol(text, 0, &value) : -EPERM;
    if (!error)
        gpiod_set_value_cansleep(line, value != 0);
    return error;
}

ssize_t value_store(device *dev, device_attribute *, const char *buf, size_t size) {
    return changed(dev, size, [buf](exported &e) { return drive(e.line, buf); });
}

// edge

constexpr struct {
    const char *name;
    unsigned int edges;
} edge_names[] = {
    {"none", 0},
    {"rising", IRQF_TRIGGER_RISING},
    {"falling", IRQF_TRIGGER_FALLING},
    {"both", IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING},
};

ssize_t edge_show(device *dev, device_attribute *, char *buf) {
    exported &e = *of(dev);
    hold l(e.lock);
    for (const auto &edge : edge_names)
        if (edge.edges == e.edges)
            return sysfs_emit(buf, "%s\n", edge.name);
    return 0;
}

ssize_t edge_store(device *dev, device_attribute *, const char *buf, size_t size) {
    for (const auto &edge : edge_names)
        if (sysfs_streq(buf, edge.name))
            return changed(dev, size, [&edge](exported &e) { return e.listen_for(edge.edges); });
    return -EINVAL;
}

// active_low

ssize_t active_low_show(device *dev, device_attribute *, char *buf) {
    return told(dev, [buf](gpio_desc &line) { return sysfs_emit(buf, "%d\n", line.is(FLAG_ACTIVE_LOW)); });
}

int set_sense(exported &e, bool active_low) {
    if (e.line->is(FLAG_ACTIVE_LOW) != active_low)
        gpiod_toggle_active_low(e.line);
    return e.listen_for(e.edges);
}

ssize_t active_low_store(device *dev, device_attribute *, const char *buf, size_t size) {
    long low = 0;
    const int unreadable = kstrtol(buf, 0, &low);
    return unreadable ? unreadable : changed(dev, size, [low](exported &e) { return set_sense(e, low != 0); });
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
    const own<exported> e(of(&dev));
    e->line->clear(FLAG_EXPORT);
    device_unregister(&dev);
    return 0;
}

exported::exported(gpio_desc &its_line, bool direction_may_change)
    : line(&its_line)
    , may_change_direction(direction_may_change && direction_can_change(its_line)) {
    mutex_init(&lock);
    dev = export_device(its_line, *this);
}

int obstacle_to_export(const gpio_desc &line) {
    if (!line.chip())
        return -ENODEV;
    return line.is(FLAG_REQUESTED) && !line.is(FLAG_EXPORT) ? 0 : -EPERM;
}

// Edges: what the reader wants and the line's sense say which interrupt is needed; it is requested anew if that is
// another one than before.

int exported::listen_for(unsigned int wanted) {
    const unsigned int needed = at_pin(wanted);
    int error = 0;
    if (needed != requested_) {
        let_interrupt_go();
        error = needed ? take_interrupt(needed) : 0;
    }
    edges = error ? 0 : wanted;
    return error;
}

// Of an active-low line the reader's rising edge is the pin's falling one.
unsigned int exported::at_pin(unsigned int reader_edges) const {
    constexpr unsigned int both = IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING;
    const bool one = reader_edges && reader_edges != both;
    return one && line->is(FLAG_ACTIVE_LOW) ? reader_edges ^ both : reader_edges;
}

int exported::take_interrupt(unsigned int pin_edges) {
    const int irq = gpiod_to_irq(line);
    if (irq < 0)
        return -EIO;
    dentry *value = sysfs_get_dirent(dev->kobj.sd, "value");
    if (!value)
        return -ENODEV;
    on_failure nobody_listens([value] { sysfs_put(value); });
    if (const int error = gpiochip_lock_as_irq(line->chip(), line->offset()))
        return error;
    on_failure no_interrupt([this] { gpiochip_unlock_as_irq(line->chip(), line->offset()); });
    value_ = value;
    // In hard interrupt context; in the chip's thread if its lines are nested in one.
    if (const int r = request_any_context_irq(irq, edge_came, IRQF_SHARED | pin_edges, "gpiolib", this); r < 0)
        return r;
    no_interrupt.dismiss();
    nobody_listens.dismiss();
    irq_ = irq;
    requested_ = pin_edges;
    return 0;
}

void exported::let_interrupt_go() {
    if (!requested_)
        return;
    free_irq(irq_, this);
    gpiochip_unlock_as_irq(line->chip(), line->offset());
    sysfs_put(value_);
    requested_ = 0;
}

irqreturn_t exported::edge_came(int, void *data) {
    sysfs_notify_dirent(static_cast<exported *>(data)->value_);
    return IRQ_HANDLED;
}

} // namespace

int gpiod_export(gpio_desc *line, bool direction_may_change) {
    if (!gpio_class || !line)
        return gpio_class ? -EINVAL : -ENOENT;
    const hold l(exports);
    if (const int obstacle = obstacle_to_export(*line))
        return obstacle;
    own<exported> made(new exported(*line, direction_may_change));
    if (!made || IS_ERR(made->dev))
        return made ? PTR_ERR_OR_ZERO(made->dev) : -ENOMEM;
    line->set(FLAG_EXPORT);
    made.release(); // to its device
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
