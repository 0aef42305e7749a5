// SPDX-License-Identifier: Apache-2.0
//
// /sys/kernel/debug/gpio: each chip with its lines that are requested or named.
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/seq_file.h>

#include "drivers/gpio/gpiolib.h"
#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

// The chip at this place of the list, with a reference; null behind the last one.
gpio_device *chip_number(unsigned int index) {
    hold_irqsave l(gpio_lock);
    for (gpio_device &gdev : list_of<&gpio_device::list>(gpio_devices)) {
        if (!index--)
            return get_device(&gdev.dev) ? &gdev : nullptr;
    }
    return nullptr;
}

const char *level_of(gpio_desc &line) {
    const gpio_chip *chip = line.chip();
    const int value = chip && chip->get ? chip->get(line.chip(), line.offset()) : -ENOTSUPP;
    return value < 0 ? "?  " : value ? "hi" : "lo"; // a level that is not known makes the line wider
}

void show_requested(seq_file *m, gpio_desc &line) {
    // The pin may have been turned behind gpiolib's back: what the chip answers is noted in the line.
    gpiod_get_direction(&line);
    const char *const columns[] = {line.is(FLAG_IS_OUT) ? "out" : "in ", level_of(line),
                                   line.is(FLAG_USED_AS_IRQ) ? "IRQ " : ""};
    // A consumer may have taken its name back.
    const char *user = line.label ? line.label : "(null)";
    seq_printf(m, " gpio-%-3d (%-20.20s|%-20.20s)", line.number(), line.name ? line.name : "", user);
    for (const char *column : columns)
        seq_printf(m, " %s", column);
    seq_puts(m, line.is(FLAG_ACTIVE_LOW) ? "ACTIVE LOW\n" : "\n");
}

void show_line(seq_file *m, gpio_desc &line) {
    if (line.is(FLAG_REQUESTED))
        show_requested(m, line);
    else if (line.name)
        seq_printf(m, " gpio-%-3d (%-20.20s)\n", line.number(), line.name);
}

void show_chip(seq_file *m, gpio_device &gdev) {
    const gpio_chip *chip = gdev.chip;
    seq_printf(m, "%s: GPIOs %d-%d", dev_name(&gdev.dev), gdev.base, gdev.end() - 1);
    if (!chip) {
        seq_puts(m, " (dangling chip)\n");
        return;
    }
    if (const device *parent = chip->parent)
        seq_printf(m, ", parent: %s/%s", parent->bus ? parent->bus->name : "no-bus", dev_name(parent));
    seq_printf(m, "%s%s%s:\n", chip->label ? ", " : "", chip->label ? chip->label : "",
               chip->can_sleep ? ", can sleep" : "");
    if (chip->dbg_show) {
        chip->dbg_show(m, gdev.chip);
        return;
    }
    for (unsigned int i = 0; i < gdev.ngpio; i++)
        show_line(m, gdev.descs[i]);
}

int show_all(seq_file *m, void *) {
    for (unsigned int i = 0; gpio_device *gdev = chip_number(i); i++) {
        if (i)
            seq_puts(m, "\n");
        show_chip(m, *gdev);
        put_device(&gdev->dev);
    }
    return 0;
}

int open_all(inode *node, file *f) {
    return single_open(f, show_all, node->i_private);
}

const file_operations operations = {.llseek = seq_lseek, .read = seq_read, .open = open_all, .release = single_release};

int __init gpiolib_debugfs_init() {
    debugfs_create_file("gpio", 0444, nullptr, nullptr, &operations);
    return 0;
}
subsys_initcall(gpiolib_debugfs_init);

} // namespace
