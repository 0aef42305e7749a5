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

// What `deed` says of a number's line. A number that could exist may get its chip later; one that cannot is no line, as
// for the functions on descriptors.
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

int of_mm_gpiochip_add_data(device_node *np, of_mm_gpio_chip *mm_gc, void *data) {
    gpio_chip &gc = mm_gc->gc;
    int error = -ENOMEM;

    gc.label = kasprintf(GFP_KERNEL, "%pOF", np);
    mm_gc->regs = gc.label ? of_iomap(np, 0) : nullptr;
    if (mm_gc->regs) {
        gc.base = -1;
        if (mm_gc->save_regs)
            mm_gc->save_regs(mm_gc);
        gc.fwnode = of_fwnode_handle(np);
        error = gpiochip_add_data(&gc, data);
        if (!error)
            return 0;
        iounmap(mm_gc->regs);
    }
    kfree(gc.label);
    pr_err("%pOF: GPIO chip registration failed with status %d\n", np, error);
    return error;
}
EXPORT_SYMBOL_GPL(of_mm_gpiochip_add_data);

void of_mm_gpiochip_remove(of_mm_gpio_chip *mm_gc) {
    gpiochip_remove(&mm_gc->gc);
    iounmap(mm_gc->regs);
    kfree(mm_gc->gc.label);
}
EXPORT_SYMBOL_GPL(of_mm_gpiochip_remove);
