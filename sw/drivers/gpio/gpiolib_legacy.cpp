// SPDX-License-Identifier: Apache-2.0
// Lines by number: the interface of old drivers.
#include "drivers/gpio/gpiolib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>
#include <linux/of_address.h>
#include <linux/of_gpio.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

#include "lib/guard.h"

namespace {

// What `deed` says of a number's line. A number that could exist may get its chip later; one that cannot is not a line,
// as for the functions on descriptors.
template <typename Deed>
int on_number(unsigned int gpio, Deed deed) {
    gpio_desc *line = gpio_to_desc(gpio);

    return !line && gpio_is_valid(gpio) ? -EPROBE_DEFER : deed(line);
}

// GPIOF_* flags beside direction and value.
constexpr struct {
    unsigned long wanted;
    int flag;
} kinds[] = {
    {GPIOF_ACTIVE_LOW, FLAG_ACTIVE_LOW},
    {GPIOF_OPEN_DRAIN, FLAG_OPEN_DRAIN},
    {GPIOF_OPEN_SOURCE, FLAG_OPEN_SOURCE},
};

int set_up(gpio_desc *line, unsigned long flags) {
    for (const auto &kind : kinds)
        if (flags & kind.wanted)
            line->set(kind.flag);
    return flags & GPIOF_DIR_IN ? gpiod_direction_input(line)
                                : gpiod_direction_output_raw(line, (flags & GPIOF_INIT_HIGH) != 0);
}

} // namespace

// What a number stands for that was requested; nothing, if it is none.
static void note_number(unsigned int gpio, const void *frame) {
    if (gpio_is_valid(static_cast<int>(gpio)))
        gpiod_note(gpio_to_desc(gpio), frame);
}

int gpio_request(unsigned int gpio, const char *label) {
    const int refusal = on_number(gpio, [=](gpio_desc *line) { return gpiod_request(line, label); });
    if (!refusal)
        note_number(gpio, __builtin_frame_address(0));
    return refusal;
}
EXPORT_SYMBOL_GPL(gpio_request);

void gpio_free(unsigned int gpio) {
    gpiod_free(gpio_to_desc(gpio));
}
EXPORT_SYMBOL_GPL(gpio_free);

int gpio_request_one(unsigned int gpio, unsigned long flags, const char *label) {
    const int refusal = on_number(gpio, [=](gpio_desc *line) {
        const int taken = gpiod_request(line, label);

        if (taken || !line)
            return taken;
        const int error = set_up(line, flags);
        if (error)
            gpiod_free(line);
        return error;
    });
    if (!refusal)
        note_number(gpio, __builtin_frame_address(0));
    return refusal;
}
EXPORT_SYMBOL_GPL(gpio_request_one);

// All or none.
int gpio_request_array(const gpio *array, size_t num) {
    size_t have = 0;
    on_failure all_back([&] { gpio_free_array(array, have); });

    for (; have < num; have++)
        if (const int error = gpio_request_one(array[have].gpio, array[have].flags, array[have].label))
            return error;
    all_back.dismiss();
    return 0;
}
EXPORT_SYMBOL_GPL(gpio_request_array);

void gpio_free_array(const gpio *array, size_t num) {
    for (const gpio *line = array; line != array + num; line++)
        gpio_free(line->gpio);
}
EXPORT_SYMBOL_GPL(gpio_free_array);

// Chips of a device tree's node: the node's path is the label, its first range the registers.

namespace {

void give_back(of_mm_gpio_chip &mm) {
    if (mm.regs)
        iounmap(mm.regs);
    kfree(mm.gc.label);
}

// The driver sees the registers before a consumer can change them.
int register_chip(of_mm_gpio_chip &mm, void *data) {
    mm.gc.base = -1;
    if (mm.save_regs)
        mm.save_regs(&mm);
    return gpiochip_add_data(&mm.gc, data);
}

int bring_up(of_mm_gpio_chip &mm, device_node *np, void *data) {
    mm.regs = nullptr;
    mm.gc.fwnode = of_fwnode_handle(np);
    on_failure no_chip([&] { give_back(mm); });

    if ((mm.gc.label = kasprintf(GFP_KERNEL, "%pOF", np)))
        mm.regs = of_iomap(np, 0);
    const int refusal = mm.regs ? register_chip(mm, data) : -ENOMEM;
    if (!refusal)
        no_chip.dismiss();
    return refusal;
}

} // namespace

int of_mm_gpiochip_add_data(device_node *np, of_mm_gpio_chip *mm_gc, void *data) {
    const int refusal = bring_up(*mm_gc, np, data);

    if (refusal)
        pr_err("%pOF: GPIO chip registration failed with status %d\n", np, refusal);
    return refusal;
}
EXPORT_SYMBOL_GPL(of_mm_gpiochip_add_data);

void of_mm_gpiochip_remove(of_mm_gpio_chip *mm_gc) {
    gpiochip_remove(&mm_gc->gc);
    give_back(*mm_gc);
}
EXPORT_SYMBOL_GPL(of_mm_gpiochip_remove);
