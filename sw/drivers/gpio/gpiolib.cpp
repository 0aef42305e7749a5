// SPDX-License-Identifier: Apache-2.0
// GPIO chips and their numbers, and who has which line. What a line does is in gpiolib_line.cpp.
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

#include "kernel/oops.h"
#include "lib/guard.h"
#include "lib/ranges.h"

DEFINE_SPINLOCK(gpio_lock);
LIST_HEAD(gpio_devices);

namespace {

DEFINE_IDA(ids);

bus_type gpio_bus_type = {.name = "gpio", .match = [](device *, device_driver *) { return 0; }};

int __init register_bus() {
    return bus_register(&gpio_bus_type);
}
core_initcall(register_bus);

// Finding

// The first chip that `wanted` accepts, or null.
template <typename Wanted>
gpio_device *find_device(Wanted wanted) {
    hold_irqsave l(gpio_lock);
    return find_in<&gpio_device::list>(gpio_devices, wanted);
}

gpio_desc *line_named(gpio_device &gdev, const char *name) {
    for (gpio_desc *line = gdev.descs; line != gdev.descs + gdev.ngpio; line++)
        if (line->name && !strcmp(line->name, name))
            return line;
    return nullptr;
}

} // namespace

gpio_desc *gpio_to_desc(unsigned int gpio) {
    const auto number = static_cast<int>(gpio);
    gpio_device *of = find_device([=](gpio_device &d) { return d.base <= number && number < d.end(); });

    if (of)
        return of->descs + (number - of->base);
    if (!gpio_is_valid(gpio))
        pr_warn("invalid GPIO %d\n", gpio);
    return nullptr;
}
EXPORT_SYMBOL_GPL(gpio_to_desc);

gpio_desc *gpio_name_to_desc(const char *name) {
    gpio_desc *line = nullptr;

    find_device([&](gpio_device &d) { return (line = line_named(d, name)) != nullptr; });
    return line;
}

gpio_chip *gpiochip_find(void *data, int (*match)(gpio_chip *gc, void *data)) {
    gpio_device *found = find_device([=](gpio_device &d) { return d.chip && match(d.chip, data); });

    return found ? found->chip : nullptr;
}
EXPORT_SYMBOL_GPL(gpiochip_find);

gpio_chip *find_chip_by_name(const char *label) {
    gpio_device *found =
        find_device([=](gpio_device &d) { return d.chip && d.chip->label && !strcmp(d.chip->label, label); });

    return found ? found->chip : nullptr;
}

int desc_to_gpio(const gpio_desc *desc) {
    return desc->number();
}
EXPORT_SYMBOL_GPL(desc_to_gpio);

gpio_chip *gpiod_to_chip(const gpio_desc *desc) {
    return desc && desc->gdev ? desc->chip() : nullptr;
}
EXPORT_SYMBOL_GPL(gpiod_to_chip);

gpio_desc *gpiochip_get_desc(gpio_chip *gc, unsigned int hwnum) {
    return hwnum < gc->gpiodev->ngpio ? gc->gpiodev->descs + hwnum : gpiod_error(-EINVAL);
}
EXPORT_SYMBOL_GPL(gpiochip_get_desc);

void *gpiochip_get_data(gpio_chip *gc) {
    return gc->gpiodev->data;
}
EXPORT_SYMBOL_GPL(gpiochip_get_data);

bool gpiochip_line_is_valid(const gpio_chip *gc, unsigned int offset) {
    return !gc->valid_mask || test_bit(offset, gc->valid_mask);
}
EXPORT_SYMBOL_GPL(gpiochip_line_is_valid);

// Chips

namespace {

const char *name_of(const gpio_chip &chip, const char *otherwise) {
    return chip.label ? chip.label : otherwise;
}

void release_device(device *dev) {
    const gpio_device *gone = container_of(dev, gpio_device, dev);

    if (gone->id >= 0)
        ida_free(&ids, gone->id);
    const void *const parts[] = {gone->label, gone->descs, gone};
    for (const void *part : parts)
        kfree(part);
}

// The highest free range of numbers; negative if there is none. gpio_lock is held.
int highest_free_base(int lines) {
    int base = ARCH_NR_GPIOS - lines;

    for (gpio_device *gdev = last_of<&gpio_device::list>(gpio_devices); gdev && gdev->end() > base;
         gdev = gdev->list.prev == &gpio_devices ? nullptr : list_prev_entry(gdev, list))
        base = gdev->base - lines;
    return base;
}

// Puts the chip among the others, by number. base < 0: where there is room.
result<void> give_numbers(gpio_device &gdev, int base) {
    hold_irqsave l(gpio_lock);

    gdev.base = base < 0 ? highest_free_base(gdev.ngpio) : base;
    if (gdev.base < 0)
        return failure(-ENOSPC);
    gpio_device *after = find_in<&gpio_device::list>(gpio_devices, [&](gpio_device &d) { return d.end() > gdev.base; });
    if (after && after->base < gdev.end())
        return failure(-EBUSY);
    list_add_tail(&gdev.list, after ? &after->list : &gpio_devices);
    return {};
}

void take_numbers(gpio_device &gdev) {
    hold_irqsave l(gpio_lock);

    gdev.chip = nullptr;
    gdev.data = nullptr;
    list_del_init(&gdev.list);
}

unsigned int lines_requested(const gpio_device &gdev) {
    unsigned int held = 0;

    for (unsigned int i = 0; i < gdev.ngpio; i++)
        held += gdev.descs[i].is(FLAG_REQUESTED);
    return held;
}

// By the chip's driver, else by the device tree.
void name_lines(gpio_device &gdev, const gpio_chip &chip) {
    for (unsigned int i = 0; i < gdev.ngpio; i++) {
        gdev.descs[i].gdev = &gdev;
        gdev.descs[i].name = chip.names ? chip.names[i] : nullptr;
    }
    const int told =
        chip.names || !chip.fwnode ? 0 : fwnode_property_string_array_count(chip.fwnode, "gpio-line-names");
    const int count = min(told, static_cast<int>(gdev.ngpio));
    auto **names = count > 0 ? static_cast<const char **>(kcalloc(count, sizeof(char *), GFP_KERNEL)) : nullptr;
    if (names && fwnode_property_read_string_array(chip.fwnode, "gpio-line-names", names, count) >= 0)
        for (int i = 0; i < count; i++)
            gdev.descs[i].name = names[i];
    kfree(names);
}

// What the firmware says of the chip: its node, and how many lines there are if the driver does not know.
void ask_firmware(gpio_chip &chip) {
    if (!chip.fwnode)
        chip.fwnode = chip.of_node ? of_fwnode_handle(chip.of_node) : chip.parent ? dev_fwnode(chip.parent) : nullptr;
    if (!chip.of_node)
        chip.of_node = to_of_node(chip.fwnode);
    if (chip.of_node && !chip.of_xlate) {
        chip.of_xlate = of_gpio_simple_xlate;
        chip.of_gpio_n_cells = 2;
    }
    u32 lines = chip.ngpio;
    if (!lines && chip.fwnode)
        fwnode_property_read_u32(chip.fwnode, "ngpios", &lines);
    chip.ngpio = lines;
}

// The chip's own idea of which lines can be used.
result<void> find_valid_lines(gpio_chip &chip) {
    if (!chip.init_valid_mask)
        return {};
    chip.valid_mask = bitmap_alloc(chip.ngpio, GFP_KERNEL);
    if (!chip.valid_mask)
        return failure(-ENOMEM);
    bitmap_fill(chip.valid_mask, chip.ngpio);
    return as_result(chip.init_valid_mask(&chip, chip.valid_mask, chip.ngpio));
}

void forget_valid_lines(gpio_chip &chip) {
    bitmap_free(chip.valid_mask);
    chip.valid_mask = nullptr;
}

// What the boot code left. A chip that cannot tell is taken at what it can do.
void find_directions(gpio_chip &chip) {
    for (unsigned int i = 0; i < chip.ngpio; i++) {
        const bool can_ask = chip.get_direction && gpiochip_line_is_valid(&chip, i);
        if (can_ask ? chip.get_direction(&chip, i) == GPIO_LINE_DIRECTION_OUT : !chip.direction_input)
            chip.gpiodev->descs[i].set(FLAG_IS_OUT);
    }
}

// A device for the chip, with an identity, but without lines yet. Null if there is no memory.
gpio_device *make_device(gpio_chip &chip, void *data) {
    auto *gdev = static_cast<gpio_device *>(kzalloc(sizeof(gpio_device), GFP_KERNEL));

    if (!gdev)
        return nullptr;
    gdev->chip = &chip;
    gdev->data = data;
    gdev->ngpio = chip.ngpio;
    gdev->base = chip.base;
    gdev->owner = chip.parent && chip.parent->driver ? chip.parent->driver->owner : chip.owner;
    INIT_LIST_HEAD(&gdev->list);
    gdev->dev.parent = chip.parent;
    gdev->dev.bus = &gpio_bus_type;
    gdev->dev.release = release_device;
    device_set_node(&gdev->dev, chip.fwnode);
    device_initialize(&gdev->dev);
    gdev->id = ida_alloc(&ids, GFP_KERNEL);
    if (gdev->id >= 0)
        dev_set_name(&gdev->dev, "gpiochip%d", gdev->id);
    chip.gpiodev = gdev;
    return gdev;
}

// From a device to a chip that consumers can find. Undone if a step fails.
result<void> bring_up(gpio_device &gdev, gpio_chip &chip) {
    gdev.descs = static_cast<gpio_desc *>(kcalloc(gdev.ngpio, sizeof(gpio_desc), GFP_KERNEL));
    gdev.label = kstrdup(name_of(chip, "unknown"), GFP_KERNEL);
    if (gdev.id < 0 || !gdev.descs || !gdev.label)
        return failure(gdev.id < 0 ? gdev.id : -ENOMEM);
    name_lines(gdev, chip);
    result<void> done = give_numbers(gdev, chip.base);
    if (!done) {
        chip_err(&chip, "GPIO integer space overlap, cannot add chip\n");
        return done;
    }
    chip.base = gdev.base;
    on_failure not_there([&] {
        forget_valid_lines(chip);
        take_numbers(gdev);
    });
    done = find_valid_lines(chip);
    if (done) {
        find_directions(chip);
        done = as_result(chip.add_pin_ranges ? chip.add_pin_ranges(&chip) : 0);
    }
    if (!done)
        return done;
    gpiochip_machine_hog_all(&chip);
    on_failure no_hogs([&] { gpiochip_free_hogs(gdev); });
    done = raise_irq_side(chip);
    if (!done)
        return done;
    on_failure no_interrupts([&] { lower_irq_side(chip); });
    done = as_result(device_add(&gdev.dev));
    if (!done)
        return done;
    no_interrupts.dismiss();
    no_hogs.dismiss();
    not_there.dismiss();
    return done;
}

} // namespace

int gpiochip_add_data_with_key(gpio_chip *gc, void *data, lock_class_key *, lock_class_key *) {
    ask_firmware(*gc);
    if (!gc->ngpio) {
        pr_err("%s: GPIOs %d..%d (%s) failed to register, %d\n", __func__, 0, -1, name_of(*gc, "generic"), -EINVAL);
        return -EINVAL;
    }
    gpio_device *gdev = make_device(*gc, data);
    if (!gdev)
        return -ENOMEM;
    result<void> up = bring_up(*gdev, *gc);
    if (up) {
        gpiochip_sysfs_register(*gdev);
        return 0;
    }
    pr_err("%s: GPIOs %d..%d (%s) failed to register, %d\n", __func__, gc->base, gc->base + gc->ngpio - 1,
           name_of(*gc, "generic"), up.error());
    gc->gpiodev = nullptr;
    put_device(&gdev->dev);
    return up.error();
}
EXPORT_SYMBOL_GPL(gpiochip_add_data_with_key);

// Lines that somebody still holds stay behind, without a chip.
void gpiochip_remove(gpio_chip *gc) {
    gpio_device &gdev = *gc->gpiodev;

    gpiochip_sysfs_unregister(gdev);
    gpiochip_free_hogs(gdev);
    lower_irq_side(*gc);
    take_numbers(gdev);
    if (lines_requested(gdev))
        dev_crit(&gdev.dev, "REMOVING GPIOCHIP WITH GPIOS STILL REQUESTED\n");
    forget_valid_lines(*gc);
    device_unregister(&gdev.dev);
}
EXPORT_SYMBOL_GPL(gpiochip_remove);

// Requesting: a line is free or somebody's. The label says whose; that of a line that nothing requested, but that is an
// interrupt, is a constant.

int validate_desc(const gpio_desc *desc, const char *func) {
    const int error = IS_ERR(desc) ? PTR_ERR(desc) : desc && !desc->gdev ? -EINVAL : 0;

    if (error) {
        pr_warn("%s: invalid GPIO (%s)\n", func, IS_ERR(desc) ? "errorpointer" : "no device");
        return error;
    }
    if (!desc || desc->chip())
        return desc != nullptr;
    dev_warn(&desc->gdev->dev, "%s: backing chip is gone\n", func);
    return 0;
}

namespace {

constexpr char unlabelled[] = "?";

void free_label(const char *label) {
    const bool ours = label && strcmp(label, unlabelled) && strcmp(label, "interrupt");

    if (ours)
        kfree(label);
}

// The one that the line had.
const char *exchange_label(gpio_desc &line, const char *label) {
    hold_irqsave l(gpio_lock);

    swap(line.label, label);
    return label;
}

// From free to requested. False: it is somebody's.
bool claim(gpio_desc &line, const char *label) {
    hold_irqsave l(gpio_lock);

    if (test_and_set_bit(FLAG_REQUESTED, &line.flags))
        return false;
    line.clear(FLAG_WAS_FREED);
    line.label = label ? label : unlabelled;
    return true;
}

// And back. Direction and the use as an interrupt are the line's, not the user's.
void disclaim(gpio_desc &line) {
    hold_irqsave l(gpio_lock);
    const char *label = line.label;

    line.label = nullptr;
    line.flags &= BIT(FLAG_IS_OUT) | BIT(FLAG_USED_AS_IRQ) | BIT(FLAG_IRQ_IS_ENABLED);
    l.release();
    free_label(label);
}

// The chip may refuse a line, or have to prepare it.
int ask_chip(gpio_desc &line) {
    gpio_chip *gc = line.chip();

    if (!gc->request)
        return 0;
    return gpiochip_line_is_valid(gc, line.offset()) ? gc->request(gc, line.offset()) : -EINVAL;
}

int gpiod_request_commit(gpio_desc &line, const char *label) {
    const char *copy = label ? kstrdup(label, GFP_KERNEL) : nullptr;

    if (label && !copy)
        return -ENOMEM;
    if (!claim(line, copy)) {
        kfree(copy);
        return -EBUSY;
    }
    const int refusal = ask_chip(line);
    if (refusal)
        disclaim(line);
    else if (line.chip()->get_direction)
        gpiod_get_direction(&line); // what it really is, in case the boot code has set it
    return refusal;
}

bool gpiod_free_commit(gpio_desc &line) {
    gpio_chip *gc = line.chip();

    might_sleep();
    if (line.is(FLAG_EXPORT))
        gpiod_unexport(&line);
    if (!gc || !line.is(FLAG_REQUESTED))
        return false;
    if (gc->free)
        gc->free(gc, line.offset());
    disclaim(line);
    return true;
}

} // namespace

int gpiod_request(gpio_desc *desc, const char *label) {
    return on_line(desc, __func__, [=](gpio_desc &line) {
        module_use use(*line.gdev);
        const int refusal = use ? gpiod_request_commit(line, label) : -EPROBE_DEFER;

        if (!refusal) {
            get_device(&line.gdev->dev);
            use.keep();
        }
        return refusal;
    });
}

static const char *label_of(const void *line, char *, size_t) {
    const char *label = static_cast<const gpio_desc *>(line)->label;
    return label ? label : unlabelled;
}

gpio_desc *gpiod_note(gpio_desc *desc, const void *frame) {
    static const owned_kind taken_line = {"gpio line %s still taken", label_of};
    if (!IS_ERR_OR_NULL(desc))
        owned_note_from(taken_line, desc, frame);
    return desc;
}

// Lines that a driver freed, and the driver: who uses one without ever having requested it does as it likes.
static struct {
    const gpio_desc *line;
    const module *by;
} freed_lines[64];
static unsigned next_freed;

static void note_freed(gpio_desc &line, const void *driver) {
    const hold_irqsave l(gpio_lock);

    if (!driver || !debug_checks)
        return;
    freed_lines[next_freed++ % ARRAY_SIZE(freed_lines)] = {&line,
                                                           __module_address(reinterpret_cast<unsigned long>(driver))};
    line.set(FLAG_WAS_FREED);
}

void gpiod_report_stale(const gpio_desc &line, const void *driver) {
    const module *const user = driver ? __module_address(reinterpret_cast<unsigned long>(driver)) : nullptr;

    for (const auto &freed : freed_lines)
        if (user && freed.line == &line && freed.by == user) {
            WARN(defect_is(FINDING_gpio_freed), "gpio-%d is used, but was freed\n", line.number());
            return;
        }
}

void gpiod_free(gpio_desc *desc) {
    gpio_device *const chips = desc ? desc->gdev : nullptr;

    if (!chips)
        return;
    if (!gpiod_free_commit(*desc)) {
        WARN(debug_checks && defect_is(FINDING_gpio_freed), "gpio-%d is freed, but is not requested\n", desc->number());
        return;
    }
    note_freed(*desc, owned_caller());
    owned_strike(desc);
    module *const driver = chips->owner;
    put_device(&chips->dev);
    module_put(driver);
}

// A chip's own use of its lines holds neither module nor device: it would never go away.

static int request_own(gpio_desc &line, const char *label, unsigned long lflags, int dflags) {
    if (const int refusal = gpiod_request_commit(line, label))
        return refusal;
    const int error = gpiod_configure_flags(&line, label, lflags, dflags);
    if (error) {
        chip_err(line.chip(), "setup of own GPIO %s failed\n", label);
        gpiod_free_commit(line);
    }
    return error;
}

gpio_desc *gpiochip_request_own_desc(gpio_chip *gc, unsigned int hwnum, const char *label, unsigned long lflags,
                                     int dflags) {
    gpio_desc *line = gpiochip_get_desc(gc, hwnum);

    if (!IS_ERR(line)) {
        const int error = request_own(*line, label, lflags, dflags);
        return error ? gpiod_error(error) : line;
    }
    chip_err(gc, "failed to get GPIO descriptor\n");
    return line;
}
EXPORT_SYMBOL_GPL(gpiochip_request_own_desc);

void gpiochip_free_own_desc(gpio_desc *desc) {
    if (desc)
        gpiod_free_commit(*desc);
}
EXPORT_SYMBOL_GPL(gpiochip_free_own_desc);

const char *gpiochip_is_requested(gpio_chip *gc, unsigned int offset) {
    const gpio_desc *line = offset < gc->gpiodev->ngpio ? gc->gpiodev->descs + offset : nullptr;

    return line && line->is(FLAG_REQUESTED) ? line->label : nullptr;
}
EXPORT_SYMBOL_GPL(gpiochip_is_requested);

int gpiod_set_consumer_name(gpio_desc *desc, const char *name) {
    return on_line(desc, __func__, [=](gpio_desc &line) {
        const char *copy = name ? kstrdup(name, GFP_KERNEL) : nullptr;
        const bool known = copy || !name;

        if (known)
            free_label(exchange_label(line, copy));
        return known ? 0 : -ENOMEM;
    });
}
EXPORT_SYMBOL_GPL(gpiod_set_consumer_name);
