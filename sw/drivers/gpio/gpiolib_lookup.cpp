// SPDX-License-Identifier: Apache-2.0
// Which line is which function of a device. Those who know are asked in turn: the device tree, then the tables of board
// code. And hogs: lines that the board sets and no driver may have.
#include "drivers/gpio/gpiolib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/of_gpio.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

DEFINE_MUTEX(tables_lock);
LIST_HEAD(tables);
DEFINE_MUTEX(hogs_lock);
LIST_HEAD(hogs);

bool equal(const char *a, const char *b) {
    return a && b ? !strcmp(a, b) : a == b;
}

// What a consumer looks for: the line number `index` of a function. `dev` is null for lines of no device.
struct wanted_line {
    device *dev;
    device_node *node;
    const char *function;
    unsigned int index;
};

// Device tree. A function's property is "FUNCTION-gpios" or "FUNCTION-gpio"; of no function in particular, without a
// prefix. The first name that there is counts.

template <typename Answer, typename Ask>
Answer ask_properties(const char *function, Ask ask, Answer none) {
    static constexpr const char *suffixes[] = {"gpios", "gpio"};

    for (const char *suffix : suffixes) {
        char name[32];

        snprintf(name, sizeof(name), "%s%s%s", function ? function : "", function ? "-" : "", suffix);
        const Answer answer = ask(name);
        if (answer != none)
            return answer;
    }
    return none;
}

// A chip of the node that can read the specifier.
int reads(gpio_chip *gc, void *specifier) {
    const auto *spec = static_cast<of_phandle_args *>(specifier);

    return spec->np == gc->of_node && gc->of_xlate && gc->of_xlate(gc, spec, nullptr) >= 0;
}

gpio_desc *line_in_property(device_node *node, const char *property, int index, u32 *flags) {
    of_phandle_args spec;

    if (const int error = of_parse_phandle_with_args_map(node, property, "gpio", index, &spec))
        return gpiod_error(error);
    gpio_chip *gc = gpiochip_find(&spec, reads);
    if (!gc)
        return gpiod_error(-EPROBE_DEFER);
    const int offset = gc->of_xlate(gc, &spec, flags);
    return offset < 0 ? gpiod_error(offset) : gpiochip_get_desc(gc, offset);
}

// The device tree's flags and those of tables say the same things with other bits.
unsigned long as_lookup_flags(u32 of_flags) {
    static constexpr struct {
        u32 all_of, none_of;
        unsigned long flag;
    } meanings[] = {
        {OF_GPIO_ACTIVE_LOW, 0, GPIO_ACTIVE_LOW},
        {OF_GPIO_SINGLE_ENDED | OF_GPIO_OPEN_DRAIN, 0, GPIO_OPEN_DRAIN},
        {OF_GPIO_SINGLE_ENDED, OF_GPIO_OPEN_DRAIN, GPIO_OPEN_SOURCE},
        {OF_GPIO_TRANSITORY, 0, GPIO_TRANSITORY},
        {OF_GPIO_PULL_UP, 0, GPIO_PULL_UP},
        {OF_GPIO_PULL_DOWN, 0, GPIO_PULL_DOWN},
        {OF_GPIO_PULL_DISABLE, 0, GPIO_PULL_DISABLE},
    };
    unsigned long flags = GPIO_LOOKUP_FLAGS_DEFAULT;

    for (const auto &meaning : meanings)
        if ((of_flags & (meaning.all_of | meaning.none_of)) == meaning.all_of)
            flags |= meaning.flag;
    return flags;
}

gpio_desc *find_in_tree(const wanted_line &wanted, unsigned long *flags) {
    gpio_desc *const none = gpiod_error(-ENOENT);
    u32 of_flags = 0;

    if (!wanted.node)
        return none;
    gpio_desc *line = ask_properties(
        wanted.function,
        [&](const char *property) { return line_in_property(wanted.node, property, wanted.index, &of_flags); }, none);
    if (!IS_ERR(line))
        *flags = as_lookup_flags(of_flags);
    return line;
}

int count_in_tree(device *dev, const char *function) {
    device_node *node = dev ? dev->of_node : nullptr;
    auto count_in = [=](const char *property) { return max(of_gpio_named_count(node, property), 0); };
    const int count = node ? ask_properties(function, count_in, 0) : 0;

    return count ? count : -ENOENT;
}

// Tables

// The device's own entries, while they cannot change.
template <typename Visit>
void each_entry(device *dev, Visit visit) {
    const char *id = dev ? dev_name(dev) : nullptr;
    hold l(tables_lock);

    gpiod_lookup_table *table =
        find_in<&gpiod_lookup_table::list>(tables, [=](gpiod_lookup_table &t) { return equal(t.dev_id, id); });
    for (const gpiod_lookup *entry = table ? table->table : nullptr; entry && entry->key; entry++)
        if (!visit(*entry))
            return;
}

// A chip or a name that is not there may come yet.
gpio_desc *line_of_entry(const wanted_line &wanted, const gpiod_lookup &entry) {
    const bool by_name = entry.chip_hwnum == U16_MAX;
    gpio_desc *line = by_name ? gpio_name_to_desc(entry.key) : nullptr;
    gpio_chip *gc = by_name ? nullptr : find_chip_by_name(entry.key);

    if (!line && !gc) {
        dev_warn(wanted.dev, "cannot find GPIO %s %s, deferring\n", by_name ? "line" : "chip", entry.key);
        return gpiod_error(-EPROBE_DEFER);
    }
    if (line || entry.chip_hwnum < gc->ngpio)
        return line ? line : gpiochip_get_desc(gc, entry.chip_hwnum);
    dev_err(wanted.dev, "requested GPIO %u (%u) is out of range [0..%u] for chip %s\n", wanted.index, entry.chip_hwnum,
            gc->ngpio - 1, gc->label);
    return gpiod_error(-EINVAL);
}

gpio_desc *find_in_tables(const wanted_line &wanted, unsigned long *flags) {
    gpio_desc *line = gpiod_error(-ENOENT);

    each_entry(wanted.dev, [&](const gpiod_lookup &entry) {
        const bool fits = entry.idx == wanted.index && (!entry.con_id || equal(entry.con_id, wanted.function));
        if (fits) {
            line = line_of_entry(wanted, entry);
            *flags = entry.flags;
        }
        return !fits;
    });
    return line;
}

int count_in_tables(device *dev, const char *function) {
    int count = 0;

    each_entry(dev, [&](const gpiod_lookup &entry) {
        count += equal(entry.con_id, function);
        return true;
    });
    return count ? count : -ENOENT;
}

// In this order. -ENOENT: it does not know, ask the next.
constexpr struct {
    gpio_desc *(*find)(const wanted_line &wanted, unsigned long *flags);
    int (*count)(device *dev, const char *function);
} sources[] = {{find_in_tree, count_in_tree}, {find_in_tables, count_in_tables}};

// Requests and sets up a line that was found.
gpio_desc *take(gpio_desc *line, const wanted_line &wanted, const char *label, unsigned long lookup_flags,
                gpiod_flags flags) {
    if (IS_ERR(line))
        return line;
    int error = gpiod_request(line, label);
    // Several drivers share some lines, and say so.
    if (error == -EBUSY && flags & GPIOD_FLAGS_BIT_NONEXCLUSIVE) {
        dev_info(wanted.dev, "nonexclusive access to GPIO for %s\n", wanted.function ? wanted.function : label);
        return line;
    }
    if (error)
        return gpiod_error(error);
    error = gpiod_configure_flags(line, wanted.function, lookup_flags, flags);
    if (error) {
        dev_dbg(wanted.dev, "setup of GPIO %s failed\n", wanted.function);
        gpiod_put(line);
    }
    return error ? gpiod_error(error) : line;
}

// A function that a device may do without.
template <typename T>
T *optional(T *found) {
    return IS_ERR(found) && PTR_ERR(found) == -ENOENT ? nullptr : found;
}

} // namespace

// Two cells, line and flags, unless the chip says otherwise.
int of_gpio_simple_xlate(gpio_chip *gc, const of_phandle_args *gpiospec, u32 *flags) {
    const int cells = static_cast<int>(gc->of_gpio_n_cells);
    const u32 line = gpiospec->args[0];
    const bool readable = cells >= 2 && !WARN_ON(gpiospec->args_count < cells);

    if (readable && flags)
        *flags = gpiospec->args[1];
    return readable && line < gc->ngpio ? static_cast<int>(line) : -EINVAL;
}

int of_get_named_gpio_flags(device_node *np, const char *list_name, int index, of_gpio_flags *flags) {
    const gpio_desc *line = line_in_property(np, list_name, index, reinterpret_cast<u32 *>(flags));

    return IS_ERR(line) ? PTR_ERR(line) : line->number();
}
EXPORT_SYMBOL_GPL(of_get_named_gpio_flags);

void gpiod_add_lookup_tables(gpiod_lookup_table **more, size_t n) {
    hold l(tables_lock);

    for (gpiod_lookup_table **table = more; table != more + n; table++)
        list_add_tail(&(*table)->list, &tables);
}

void gpiod_add_lookup_table(gpiod_lookup_table *table) {
    gpiod_add_lookup_tables(&table, 1);
}
EXPORT_SYMBOL_GPL(gpiod_add_lookup_table);

void gpiod_remove_lookup_table(gpiod_lookup_table *table) {
    hold l(tables_lock);

    if (table)
        list_del(&table->list);
}
EXPORT_SYMBOL_GPL(gpiod_remove_lookup_table);

// Getting

int gpiod_count(device *dev, const char *con_id) {
    int count = -ENOENT;

    for (const auto &source : sources)
        if (count < 0)
            count = source.count(dev, con_id);
    return count;
}
EXPORT_SYMBOL_GPL(gpiod_count);

gpio_desc *gpiod_get_index(device *dev, const char *con_id, unsigned int idx, gpiod_flags flags) {
    const wanted_line wanted = {dev, dev ? dev->of_node : nullptr, con_id, idx};
    const char *label = con_id ? con_id : dev ? dev_name(dev) : "?";
    unsigned long lookup_flags = GPIO_LOOKUP_FLAGS_DEFAULT;
    gpio_desc *line = gpiod_error(-ENOENT);

    for (const auto &source : sources)
        if (gpiod_not_found(line))
            line = source.find(wanted, &lookup_flags);
    return gpiod_note(take(line, wanted, label, lookup_flags, flags), __builtin_frame_address(0));
}
EXPORT_SYMBOL_GPL(gpiod_get_index);

gpio_desc *fwnode_gpiod_get_index(fwnode_handle *fwnode, const char *con_id, int index, gpiod_flags flags,
                                  const char *label) {
    const wanted_line wanted = {nullptr, to_of_node(fwnode), con_id, static_cast<unsigned int>(index)};
    unsigned long lookup_flags = GPIO_LOOKUP_FLAGS_DEFAULT;
    gpio_desc *line = find_in_tree(wanted, &lookup_flags);

    return take(line, wanted, label, lookup_flags, flags);
}
EXPORT_SYMBOL_GPL(fwnode_gpiod_get_index);

gpio_desc *gpiod_get(device *dev, const char *con_id, gpiod_flags flags) {
    return gpiod_note(gpiod_get_index(dev, con_id, 0, flags), __builtin_frame_address(0));
}
EXPORT_SYMBOL_GPL(gpiod_get);

gpio_desc *gpiod_get_index_optional(device *dev, const char *con_id, unsigned int index, gpiod_flags flags) {
    return optional(gpiod_note(gpiod_get_index(dev, con_id, index, flags), __builtin_frame_address(0)));
}
EXPORT_SYMBOL_GPL(gpiod_get_index_optional);

gpio_desc *gpiod_get_optional(device *dev, const char *con_id, gpiod_flags flags) {
    return gpiod_note(gpiod_get_index_optional(dev, con_id, 0, flags), __builtin_frame_address(0));
}
EXPORT_SYMBOL_GPL(gpiod_get_optional);

// All lines of a function, or none.
gpio_descs *gpiod_get_array(device *dev, const char *con_id, gpiod_flags flags) {
    const int count = gpiod_count(dev, con_id);
    auto *all =
        count < 0 ? nullptr : static_cast<gpio_descs *>(kzalloc(struct_size_t(gpio_descs, desc, count), GFP_KERNEL));

    if (!all)
        return static_cast<gpio_descs *>(ERR_PTR(count < 0 ? count : -ENOMEM));
    on_failure none([=] { gpiod_put_array(all); });
    for (int i = 0; i < count; i++) {
        gpio_desc *line = gpiod_get_index(dev, con_id, i, flags);
        if (IS_ERR(line))
            return static_cast<gpio_descs *>(ERR_CAST(line));
        all->desc[all->ndescs++] = line;
    }
    none.dismiss();
    return all;
}
EXPORT_SYMBOL_GPL(gpiod_get_array);

gpio_descs *gpiod_get_array_optional(device *dev, const char *con_id, gpiod_flags flags) {
    return optional(gpiod_get_array(dev, con_id, flags));
}
EXPORT_SYMBOL_GPL(gpiod_get_array_optional);

void gpiod_put(gpio_desc *desc) {
    if (desc)
        gpiod_free(desc);
}
EXPORT_SYMBOL_GPL(gpiod_put);

void gpiod_put_array(gpio_descs *descs) {
    for (gpio_desc **line = descs->desc; line != descs->desc + descs->ndescs; line++)
        gpiod_put(*line);
    kfree(descs);
}
EXPORT_SYMBOL_GPL(gpiod_put_array);

// Hogs

static void hog_line(gpio_chip *gc, const gpiod_hog &hog) {
    gpio_desc *line = gpiochip_request_own_desc(gc, hog.chip_hwnum, hog.line_name, hog.lflags, hog.dflags);

    if (!IS_ERR(line))
        return line->set(FLAG_IS_HOGGED);
    chip_err(gc, "requesting hog GPIO %s (chip %s, offset %d) failed, %ld\n", hog.line_name, gc->label, hog.chip_hwnum,
             PTR_ERR(line));
}

void gpiochip_machine_hog_all(gpio_chip *gc) {
    hold l(hogs_lock);

    for (const gpiod_hog &hog : list_of<&gpiod_hog::list>(hogs))
        if (gc->label && equal(gc->label, hog.chip_label))
            hog_line(gc, hog);
}

void gpiochip_free_hogs(gpio_device &gdev) {
    for (gpio_desc *line = gdev.descs; line != gdev.descs + gdev.ngpio; line++)
        if (line->is(FLAG_IS_HOGGED))
            gpiochip_free_own_desc(line);
}

void gpiod_add_hogs(gpiod_hog *more) {
    hold l(hogs_lock);

    for (; more->chip_label; more++) {
        list_add_tail(&more->list, &hogs);
        if (gpio_chip *there = find_chip_by_name(more->chip_label))
            hog_line(there, *more);
    }
}
EXPORT_SYMBOL_GPL(gpiod_add_hogs);

void gpiod_remove_hogs(gpiod_hog *some) {
    hold l(hogs_lock);

    for (; some->chip_label; some++)
        list_del(&some->list);
}
EXPORT_SYMBOL_GPL(gpiod_remove_hogs);
