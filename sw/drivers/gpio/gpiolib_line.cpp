// SPDX-License-Identifier: Apache-2.0
// What a GPIO line does: configuration, direction, value. Values are logical unless a name says raw.
#include "drivers/gpio/gpiolib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gpio.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include "port/trace.h"

namespace {

// An output that drives one level only and lets go of the pin for the other one. Where the hardware cannot do that, an
// input is what lets go; the line is an output all the same.
struct open_output {
    int flag;
    pin_config_param in_hardware;
    bool released;
    const char *func, *name; // in messages
};
constexpr open_output open_outputs[] = {
    {FLAG_OPEN_DRAIN, PIN_CONFIG_DRIVE_OPEN_DRAIN, true, "gpio_set_open_drain_value_commit", "open drain"},
    {FLAG_OPEN_SOURCE, PIN_CONFIG_DRIVE_OPEN_SOURCE, false, "gpio_set_open_source_value_commit", "open source"},
};

// Null: the line drives both levels.
__always_inline const open_output *open_output_of(const gpio_desc &line) {
    for (const open_output &open : open_outputs)
        if (line.is(open.flag))
            return &open;
    return nullptr;
}

// A setting that the chip may be unable to do.
int set_if_possible(gpio_desc &line, pin_config_param param, u32 argument = 0) {
    const int error = gpio_set_config(line, param, argument);

    return error == -ENOTSUPP ? 0 : error;
}

// How the flags of a line's description become flags of the line.
struct flag_pair {
    unsigned long described;
    int flag;
};
constexpr flag_pair kinds[] = {
    {GPIO_ACTIVE_LOW, FLAG_ACTIVE_LOW},
    {GPIO_OPEN_DRAIN, FLAG_OPEN_DRAIN},
    {GPIO_OPEN_SOURCE, FLAG_OPEN_SOURCE},
};

// The resistor that a line has when nothing drives it: one of these at most.
struct bias_kind : flag_pair {
    pin_config_param setting;
};
constexpr bias_kind biases[] = {
    {{GPIO_PULL_UP, FLAG_PULL_UP}, PIN_CONFIG_BIAS_PULL_UP},
    {{GPIO_PULL_DOWN, FLAG_PULL_DOWN}, PIN_CONFIG_BIAS_PULL_DOWN},
    {{GPIO_PULL_DISABLE, FLAG_BIAS_DISABLE}, PIN_CONFIG_BIAS_DISABLE},
};
constexpr unsigned long all_biases = GPIO_PULL_UP | GPIO_PULL_DOWN | GPIO_PULL_DISABLE;

template <typename Kind, size_t n>
void take_over(gpio_desc &line, const Kind (&table)[n], unsigned long described) {
    for (const Kind &kind : table)
        if (described & kind.described)
            line.set(kind.flag);
}

int set_bias(gpio_desc &line) {
    for (const bias_kind &bias : biases)
        if (line.is(bias.flag))
            return set_if_possible(line, bias.setting);
    return 0;
}

} // namespace

// Configuration

int gpio_set_config(gpio_desc &line, pin_config_param param, u32 argument) {
    gpio_chip *gc = line.chip();
    const unsigned long packed = pinconf_to_config_packed(param, argument);

    return gc->set_config ? gc->set_config(gc, line.offset(), packed) : -ENOTSUPP;
}

int gpiod_set_config(gpio_desc *desc, unsigned long config) {
    return on_line(desc, __func__, [=](gpio_desc &line) {
        return gpio_set_config(line, pinconf_to_config_param(config), pinconf_to_config_argument(config));
    });
}
EXPORT_SYMBOL_GPL(gpiod_set_config);

int gpiod_set_debounce(gpio_desc *desc, unsigned int debounce) {
    return gpiod_set_config(desc, pinconf_to_config_packed(PIN_CONFIG_INPUT_DEBOUNCE, debounce));
}
EXPORT_SYMBOL_GPL(gpiod_set_debounce);

// Whether its state may be lost while the system sleeps.
int gpiod_set_transitory(gpio_desc *desc, bool transitory) {
    return on_line(desc, __func__, [=](gpio_desc &line) {
        assign_bit(FLAG_TRANSITORY, &line.flags, transitory);
        return set_if_possible(line, PIN_CONFIG_PERSIST_STATE, !transitory);
    });
}
EXPORT_SYMBOL_GPL(gpiod_set_transitory);

int gpiod_configure_flags(gpio_desc *desc, const char *, unsigned long lflags, int dflags) {
    const unsigned long pulls = lflags & all_biases;

    take_over(*desc, kinds, lflags);
    if (dflags & GPIOD_FLAGS_BIT_OPEN_DRAIN && !(lflags & GPIO_OPEN_DRAIN)) {
        // The driver knows better than the device tree, which should say so.
        desc->set(FLAG_OPEN_DRAIN);
        gpiod_warn(desc, "enforced open drain please flag it properly in DT/ACPI DSDT/board file\n");
    }
    if (pulls & (pulls - 1)) {
        gpiod_err(desc, "multiple pull-up, pull-down or pull-disable enabled, invalid configuration\n");
        return -EINVAL;
    }
    take_over(*desc, biases, pulls);
    if (const int error = gpiod_set_transitory(desc, lflags & GPIO_TRANSITORY))
        return error;
    switch (dflags & (GPIOD_FLAGS_BIT_DIR_SET | GPIOD_FLAGS_BIT_DIR_OUT)) {
    case GPIOD_FLAGS_BIT_DIR_SET:
        return gpiod_direction_input(desc);
    case GPIOD_FLAGS_BIT_DIR_SET | GPIOD_FLAGS_BIT_DIR_OUT:
        return gpiod_direction_output(desc, (dflags & GPIOD_FLAGS_BIT_DIR_VAL) != 0);
    default:
        return 0;
    }
}

void gpiod_toggle_active_low(gpio_desc *desc) {
    on_line(desc, __func__, [](gpio_desc &line) {
        change_bit(FLAG_ACTIVE_LOW, &line.flags);
        return 0;
    });
}
EXPORT_SYMBOL_GPL(gpiod_toggle_active_low);

int gpiod_is_active_low(const gpio_desc *desc) {
    return on_line(desc, __func__, [](const gpio_desc &line) -> int { return line.is(FLAG_ACTIVE_LOW); });
}
EXPORT_SYMBOL_GPL(gpiod_is_active_low);

int gpiod_cansleep(const gpio_desc *desc) {
    return on_line(desc, __func__, [](const gpio_desc &line) -> int { return line.chip()->can_sleep; });
}
EXPORT_SYMBOL_GPL(gpiod_cansleep);

// Direction

namespace {

// Why a chip cannot make a line an input, or an output; null if it can. A chip without the operation has lines that are
// what they are.
const char *obstacle_to_input(const gpio_desc &line) {
    gpio_chip *gc = line.chip();

    if (gc->direction_input)
        return gc->get ? nullptr : "missing get() but have direction_input()";
    const bool is_output = gc->get_direction && gc->get_direction(gc, line.offset()) != GPIO_LINE_DIRECTION_IN;
    return is_output ? "missing direction_input() operation and line is output" : nullptr;
}

const char *obstacle_to_output(const gpio_desc &line) {
    gpio_chip *gc = line.chip();

    if (gc->direction_output)
        return nullptr;
    if (!gc->set)
        return "missing set() and direction_output() operations";
    const bool is_input = gc->get_direction && gc->get_direction(gc, line.offset()) != GPIO_LINE_DIRECTION_OUT;
    return is_input ? "missing direction_output() operation" : nullptr;
}

int refuse(const gpio_desc &line, const char *func, const char *obstacle) {
    gpiod_warn(&line, "%s: %s\n", func, obstacle);
    return -EIO;
}

int make_input(gpio_desc &line) {
    gpio_chip *gc = line.chip();

    if (unlikely(line.stale()))
        gpiod_report_stale(line, owned_caller());

    if (const char *obstacle = obstacle_to_input(line))
        return refuse(line, "gpiod_direction_input", obstacle);
    int error = gc->direction_input ? gc->direction_input(gc, line.offset()) : 0;
    if (!error) {
        line.clear(FLAG_IS_OUT);
        error = set_bias(line);
    }
    trace_event3(gpio_direction, line.number(), 1, error, nullptr);
    return error;
}

int make_output_raw(gpio_desc &line, bool level) {
    gpio_chip *gc = line.chip();
    int error = 0;

    if (unlikely(line.stale()))
        gpiod_report_stale(line, owned_caller());
    if (const char *obstacle = obstacle_to_output(line))
        return refuse(line, "gpiod_direction_output_raw_commit", obstacle);
    if (gc->direction_output)
        error = gc->direction_output(gc, line.offset(), level);
    else
        gc->set(gc, line.offset(), level);
    if (!error)
        line.set(FLAG_IS_OUT);
    trace_event3(gpio_value, line.number(), 0, level, nullptr);
    trace_event3(gpio_direction, line.number(), 0, error, nullptr);
    return error;
}

int make_output(gpio_desc &line, bool level) {
    // An interrupt line that drives itself would never fire.
    if (line.interrupts()) {
        gpiod_err(&line, "%s: tried to set a GPIO tied to an IRQ as output\n", "gpiod_direction_output");
        return -EIO;
    }
    const open_output *open = open_output_of(line);
    const int unable =
        open ? gpio_set_config(line, open->in_hardware) : set_if_possible(line, PIN_CONFIG_DRIVE_PUSH_PULL);
    if (open && unable && level == open->released) {
        const int error = make_input(line);
        if (!error)
            line.set(FLAG_IS_OUT);
        return error;
    }
    const int error = set_bias(line);
    return error ? error : make_output_raw(line, level);
}

} // namespace

int gpiod_get_direction(gpio_desc *desc) {
    gpio_chip *gc = gpiod_to_chip(desc);

    if (!gc)
        return -EINVAL;
    // It is an output also while it lets go.
    if (desc->is(FLAG_IS_OUT) && desc->can_float())
        return GPIO_LINE_DIRECTION_OUT;
    const int now = gc->get_direction ? gc->get_direction(gc, desc->offset()) : -ENOTSUPP;
    if (now >= 0)
        assign_bit(FLAG_IS_OUT, &desc->flags, now == GPIO_LINE_DIRECTION_OUT);
    return min(now, GPIO_LINE_DIRECTION_IN);
}
EXPORT_SYMBOL_GPL(gpiod_get_direction);

int gpiod_direction_input(gpio_desc *desc) {
    return on_line(desc, __func__, make_input);
}
EXPORT_SYMBOL_GPL(gpiod_direction_input);

int gpiod_direction_output_raw(gpio_desc *desc, int value) {
    return on_line(desc, __func__, [=](gpio_desc &line) { return make_output_raw(line, value); });
}
EXPORT_SYMBOL_GPL(gpiod_direction_output_raw);

int gpiod_direction_output(gpio_desc *desc, int value) {
    return on_line(desc, __func__,
                   [=](gpio_desc &line) { return make_output(line, line.is(FLAG_ACTIVE_LOW) != (value != 0)); });
}
EXPORT_SYMBOL_GPL(gpiod_direction_output);

// Value

namespace {

__always_inline int get_raw(const gpio_desc &line) {
    gpio_chip *gc = line.chip();
    int level = gc->get ? gc->get(gc, line.offset()) : -EIO;

    level = level < 0 ? level : level != 0;
    trace_event3(gpio_value, line.number(), 1, level, nullptr);
    return level;
}

__always_inline int get_logical(const gpio_desc &line) {
    const int level = get_raw(line);

    return level < 0 ? level : level != static_cast<int>(line.is(FLAG_ACTIVE_LOW));
}

__always_inline int set_raw(gpio_desc &line, int value) {
    gpio_chip *gc = line.chip();

    trace_event3(gpio_value, line.number(), 0, value != 0, nullptr);
    if (gc->set)
        gc->set(gc, line.offset(), value != 0);
    return 0;
}

// By changing the direction.
void set_open(gpio_desc &line, const open_output &open, bool level) {
    gpio_chip *gc = line.chip();
    const bool release = level == open.released;
    const int error =
        release ? gc->direction_input(gc, line.offset()) : gc->direction_output(gc, line.offset(), !open.released);

    if (error)
        gpiod_err(&line, "%s: Error in set_value for %s err %d\n", open.func, open.name, error);
    else
        line.set(FLAG_IS_OUT);
    trace_event3(gpio_direction, line.number(), release, error, nullptr);
}

__always_inline int set_logical(gpio_desc &line, int value) {
    const bool level = line.is(FLAG_ACTIVE_LOW) != (value != 0);

    if (const open_output *open = open_output_of(line))
        set_open(line, *open, level);
    else
        set_raw(line, level);
    return 0;
}

// Where a value may be got and set: in any context, or only where a chip on a slow bus may sleep.
struct anywhere {
    static __always_inline void enter() {}
    static __always_inline void check(const gpio_desc &line) { WARN_ON(line.chip()->can_sleep); }
};
struct may_wait {
    static __always_inline void enter() { might_sleep(); }
    static __always_inline void check(const gpio_desc &) {}
};

template <typename Place, typename Desc, typename Deed>
__always_inline int access(Desc *desc, const char *func, Deed deed) {
    Place::enter();
    return on_line(desc, func, [=](auto &line) {
        Place::check(line);
        if (unlikely(line.stale()))
            gpiod_report_stale(line, owned_caller());
        return deed(line);
    });
}

// Values of several lines, in the bits of a map. The function that each line is asked by makes them raw or logical
// ones.
template <typename Get>
int get_all(unsigned int n, gpio_desc *const *descs, unsigned long *map, Get get) {
    for (unsigned int i = 0; descs && i < n; i++) {
        const int value = get(*descs[i]);

        if (value < 0)
            return value;
        __assign_bit(i, map, value);
    }
    return descs ? 0 : -EINVAL;
}

template <typename Set>
int set_all(unsigned int n, gpio_desc *const *descs, const unsigned long *map, Set set) {
    for (unsigned int i = 0; descs && i < n; i++)
        set(*descs[i], test_bit(i, map));
    return descs ? 0 : -EINVAL;
}

} // namespace

int gpiod_get_value(const gpio_desc *desc) {
    return access<anywhere>(desc, __func__, get_logical);
}
int gpiod_get_value_cansleep(const gpio_desc *desc) {
    return access<may_wait>(desc, __func__, get_logical);
}
int gpiod_get_raw_value(const gpio_desc *desc) {
    return access<anywhere>(desc, __func__, get_raw);
}
int gpiod_get_raw_value_cansleep(const gpio_desc *desc) {
    return access<may_wait>(desc, __func__, get_raw);
}

void gpiod_set_value(gpio_desc *desc, int value) {
    access<anywhere>(desc, __func__, [=](gpio_desc &line) { return set_logical(line, value); });
}
void gpiod_set_value_cansleep(gpio_desc *desc, int value) {
    access<may_wait>(desc, __func__, [=](gpio_desc &line) { return set_logical(line, value); });
}
void gpiod_set_raw_value(gpio_desc *desc, int value) {
    access<anywhere>(desc, __func__, [=](gpio_desc &line) { return set_raw(line, value); });
}
void gpiod_set_raw_value_cansleep(gpio_desc *desc, int value) {
    access<may_wait>(desc, __func__, [=](gpio_desc &line) { return set_raw(line, value); });
}

int gpiod_get_array_value(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    return get_all(n, descs, bitmap, get_logical);
}
int gpiod_get_array_value_cansleep(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    might_sleep();
    return get_all(n, descs, bitmap, get_logical);
}
int gpiod_set_array_value(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    return set_all(n, descs, bitmap, set_logical);
}
int gpiod_set_array_value_cansleep(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    might_sleep();
    return set_all(n, descs, bitmap, set_logical);
}

int gpiod_set_raw_array_value(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    return set_all(n, descs, bitmap, set_raw);
}
int gpiod_set_raw_array_value_cansleep(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    might_sleep();
    return set_all(n, descs, bitmap, set_raw);
}
int gpiod_get_raw_array_value(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    return get_all(n, descs, bitmap, get_raw);
}
int gpiod_get_raw_array_value_cansleep(unsigned int n, gpio_desc **descs, gpio_array *, unsigned long *bitmap) {
    might_sleep();
    return get_all(n, descs, bitmap, get_raw);
}

EXPORT_SYMBOL_GPL(gpiod_set_raw_array_value);
EXPORT_SYMBOL_GPL(gpiod_set_raw_array_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_get_raw_array_value);
EXPORT_SYMBOL_GPL(gpiod_get_raw_array_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_get_value);
EXPORT_SYMBOL_GPL(gpiod_get_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_get_raw_value);
EXPORT_SYMBOL_GPL(gpiod_get_raw_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_set_value);
EXPORT_SYMBOL_GPL(gpiod_set_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_set_raw_value);
EXPORT_SYMBOL_GPL(gpiod_set_raw_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_get_array_value);
EXPORT_SYMBOL_GPL(gpiod_get_array_value_cansleep);
EXPORT_SYMBOL_GPL(gpiod_set_array_value);
EXPORT_SYMBOL_GPL(gpiod_set_array_value_cansleep);

int gpiod_to_irq(const gpio_desc *desc) {
    gpio_chip *gc = IS_ERR(desc) ? nullptr : gpiod_to_chip(desc);

    if (!gc)
        return -EINVAL;
    const int irq = gc->to_irq ? gc->to_irq(gc, desc->offset()) : 0;
    return irq ? irq : -ENXIO;
}
EXPORT_SYMBOL_GPL(gpiod_to_irq);
