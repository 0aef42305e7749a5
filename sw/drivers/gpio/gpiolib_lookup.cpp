// SPDX-License-Identifier: Apache-2.0
// Which line is which function of a device: device tree properties, lookup tables of board code, hogs.
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

static DEFINE_MUTEX(gpio_lookup_lock);
static LIST_HEAD(gpio_lookup_list);
static DEFINE_MUTEX(gpio_machine_hogs_mutex);
static LIST_HEAD(gpio_machine_hogs);

static gpio_desc *desc_error(int error) {
    return static_cast<gpio_desc *>(ERR_PTR(error));
}

// Device tree

int of_gpio_simple_xlate(gpio_chip *gc, const of_phandle_args *gpiospec, u32 *flags) {
    if (gc->of_gpio_n_cells < 2 || WARN_ON(gpiospec->args_count < static_cast<int>(gc->of_gpio_n_cells)))
        return -EINVAL;
    if (gpiospec->args[0] >= gc->ngpio)
        return -EINVAL;
    if (flags)
        *flags = gpiospec->args[1];
    return gpiospec->args[0];
}
EXPORT_SYMBOL(of_gpio_simple_xlate);

static int match_spec(gpio_chip *gc, void *data) {
    auto *spec = static_cast<of_phandle_args *>(data);

    return gc->of_node == spec->np && gc->of_xlate && gc->of_xlate(gc, spec, nullptr) >= 0;
}

static gpio_desc *of_get_named_gpiod_flags(device_node *np, const char *propname, int index, u32 *flags) {
    of_phandle_args spec;
    int ret = of_parse_phandle_with_args_map(np, propname, "gpio", index, &spec);

    if (ret)
        return desc_error(ret);
    gpio_chip *gc = gpiochip_find(&spec, match_spec);
    if (!gc)
        return desc_error(-EPROBE_DEFER);
    ret = gc->of_xlate(gc, &spec, flags);
    return ret < 0 ? desc_error(ret) : gpiochip_get_desc(gc, ret);
}

int of_get_named_gpio_flags(device_node *np, const char *list_name, int index, of_gpio_flags *flags) {
    u32 cells = 0;
    gpio_desc *desc = of_get_named_gpiod_flags(np, list_name, index, &cells);

    if (flags)
        *flags = static_cast<of_gpio_flags>(cells);
    return IS_ERR(desc) ? PTR_ERR(desc) : desc_to_gpio(desc);
}
EXPORT_SYMBOL_GPL(of_get_named_gpio_flags);

static unsigned long lookup_flags_of(u32 of_flags) {
    unsigned long lflags = GPIO_LOOKUP_FLAGS_DEFAULT;

    if (of_flags & OF_GPIO_ACTIVE_LOW)
        lflags |= GPIO_ACTIVE_LOW;
    if (of_flags & OF_GPIO_SINGLE_ENDED)
        lflags |= of_flags & OF_GPIO_OPEN_DRAIN ? GPIO_OPEN_DRAIN : GPIO_OPEN_SOURCE;
    if (of_flags & OF_GPIO_TRANSITORY)
        lflags |= GPIO_TRANSITORY;
    if (of_flags & OF_GPIO_PULL_UP)
        lflags |= GPIO_PULL_UP;
    if (of_flags & OF_GPIO_PULL_DOWN)
        lflags |= GPIO_PULL_DOWN;
    if (of_flags & OF_GPIO_PULL_DISABLE)
        lflags |= GPIO_PULL_DISABLE;
    return lflags;
}

// "CON_ID-gpios" or "CON_ID-gpio"; without a con_id, "gpios" or "gpio".
static void property_name(char *name, size_t size, const char *con_id, int which) {
    static const char *const suffixes[] = {"gpios", "gpio"};

    if (con_id)
        snprintf(name, size, "%s-%s", con_id, suffixes[which]);
    else
        snprintf(name, size, "%s", suffixes[which]);
}

gpio_desc *of_find_gpio(device_node *np, const char *con_id, unsigned int idx, unsigned long *lookupflags) {
    gpio_desc *desc = desc_error(-ENOENT);
    char name[32];
    u32 of_flags = 0;

    for (int which = 0; which < 2; which++) {
        property_name(name, sizeof(name), con_id, which);
        desc = of_get_named_gpiod_flags(np, name, idx, &of_flags);
        if (!IS_ERR(desc) || PTR_ERR(desc) != -ENOENT)
            break;
    }
    if (!IS_ERR(desc))
        *lookupflags = lookup_flags_of(of_flags);
    return desc;
}

static int of_gpio_get_count(device_node *np, const char *con_id) {
    int ret = -ENOENT;
    char name[32];

    for (int which = 0; which < 2 && ret < 0; which++) {
        property_name(name, sizeof(name), con_id, which);
        ret = of_gpio_named_count(np, name);
    }
    return ret ? ret : -ENOENT;
}

// Tables

void gpiod_add_lookup_tables(gpiod_lookup_table **tables, size_t n) {
    mutex_lock(&gpio_lookup_lock);
    for (size_t i = 0; i < n; i++)
        list_add_tail(&tables[i]->list, &gpio_lookup_list);
    mutex_unlock(&gpio_lookup_lock);
}

void gpiod_add_lookup_table(gpiod_lookup_table *table) {
    gpiod_add_lookup_tables(&table, 1);
}
EXPORT_SYMBOL_GPL(gpiod_add_lookup_table);

void gpiod_remove_lookup_table(gpiod_lookup_table *table) {
    if (!table)
        return;
    mutex_lock(&gpio_lookup_lock);
    list_del(&table->list);
    mutex_unlock(&gpio_lookup_lock);
}
EXPORT_SYMBOL_GPL(gpiod_remove_lookup_table);

// gpio_lookup_lock is held.
static gpiod_lookup_table *find_table(device *dev) {
    const char *dev_id = dev ? dev_name(dev) : nullptr;
    gpiod_lookup_table *table;

    list_for_each_entry (table, &gpio_lookup_list, list) {
        if (table->dev_id && dev_id ? !strcmp(table->dev_id, dev_id) : dev_id == table->dev_id)
            return table;
    }
    return nullptr;
}

static bool con_id_matches(const gpiod_lookup *p, const char *con_id) {
    return !p->con_id || (con_id && !strcmp(p->con_id, con_id));
}

static gpio_desc *lookup_entry(device *dev, const gpiod_lookup *p, unsigned int idx, unsigned long *flags) {
    if (p->chip_hwnum == U16_MAX) {
        gpio_desc *desc = gpio_name_to_desc(p->key);

        if (desc)
            *flags = p->flags;
        else
            dev_warn(dev, "cannot find GPIO line %s, deferring\n", p->key);
        return desc ? desc : desc_error(-EPROBE_DEFER);
    }
    gpio_chip *gc = find_chip_by_name(p->key);
    if (!gc) {
        // The chip may be registered yet.
        dev_warn(dev, "cannot find GPIO chip %s, deferring\n", p->key);
        return desc_error(-EPROBE_DEFER);
    }
    if (gc->ngpio <= p->chip_hwnum) {
        dev_err(dev, "requested GPIO %u (%u) is out of range [0..%u] for chip %s\n", idx, p->chip_hwnum, gc->ngpio - 1,
                gc->label);
        return desc_error(-EINVAL);
    }
    *flags = p->flags;
    return gpiochip_get_desc(gc, p->chip_hwnum);
}

static gpio_desc *gpiod_find(device *dev, const char *con_id, unsigned int idx, unsigned long *flags) {
    gpio_desc *desc = desc_error(-ENOENT);

    mutex_lock(&gpio_lookup_lock);
    if (gpiod_lookup_table *table = find_table(dev)) {
        for (const gpiod_lookup *p = &table->table[0]; p->key; p++) {
            if (p->idx == idx && con_id_matches(p, con_id)) {
                desc = lookup_entry(dev, p, idx, flags);
                break;
            }
        }
    }
    mutex_unlock(&gpio_lookup_lock);
    return desc;
}

static int platform_gpio_count(device *dev, const char *con_id) {
    int count = 0;

    mutex_lock(&gpio_lookup_lock);
    if (gpiod_lookup_table *table = find_table(dev)) {
        for (const gpiod_lookup *p = &table->table[0]; p->key; p++)
            count += (!con_id && !p->con_id) || (con_id && p->con_id && !strcmp(con_id, p->con_id));
    }
    mutex_unlock(&gpio_lookup_lock);
    return count ? count : -ENOENT;
}

// Getting

int gpiod_count(device *dev, const char *con_id) {
    int count = dev && dev->of_node ? of_gpio_get_count(dev->of_node, con_id) : -ENOENT;

    return count < 0 ? platform_gpio_count(dev, con_id) : count;
}
EXPORT_SYMBOL_GPL(gpiod_count);

// Requests and sets up a line that was found.
static gpio_desc *take(gpio_desc *desc, const char *con_id, const char *label, unsigned long lookupflags,
                       gpiod_flags flags, device *dev) {
    int ret = gpiod_request(desc, label);

    if (ret) {
        // Several drivers share some lines, and say so.
        if (ret != -EBUSY || !(flags & GPIOD_FLAGS_BIT_NONEXCLUSIVE))
            return desc_error(ret);
        dev_info(dev, "nonexclusive access to GPIO for %s\n", con_id ? con_id : label);
        return desc;
    }
    ret = gpiod_configure_flags(desc, con_id, lookupflags, flags);
    if (ret < 0) {
        dev_dbg(dev, "setup of GPIO %s failed\n", con_id);
        gpiod_put(desc);
        return desc_error(ret);
    }
    return desc;
}

gpio_desc *gpiod_get_index(device *dev, const char *con_id, unsigned int idx, gpiod_flags flags) {
    const char *devname = dev ? dev_name(dev) : "?";
    unsigned long lookupflags = GPIO_LOOKUP_FLAGS_DEFAULT;
    gpio_desc *desc = desc_error(-ENOENT);

    if (dev && dev->of_node)
        desc = of_find_gpio(dev->of_node, con_id, idx, &lookupflags);
    if (IS_ERR(desc) && PTR_ERR(desc) == -ENOENT)
        desc = gpiod_find(dev, con_id, idx, &lookupflags);
    if (IS_ERR(desc)) {
        dev_dbg(dev, "No GPIO consumer %s found\n", con_id);
        return desc;
    }
    return take(desc, con_id, con_id ? con_id : devname, lookupflags, flags, dev);
}
EXPORT_SYMBOL_GPL(gpiod_get_index);

gpio_desc *gpiod_get(device *dev, const char *con_id, gpiod_flags flags) {
    return gpiod_get_index(dev, con_id, 0, flags);
}
EXPORT_SYMBOL_GPL(gpiod_get);

gpio_desc *gpiod_get_index_optional(device *dev, const char *con_id, unsigned int index, gpiod_flags flags) {
    gpio_desc *desc = gpiod_get_index(dev, con_id, index, flags);

    return IS_ERR(desc) && PTR_ERR(desc) == -ENOENT ? nullptr : desc;
}
EXPORT_SYMBOL_GPL(gpiod_get_index_optional);

gpio_desc *gpiod_get_optional(device *dev, const char *con_id, gpiod_flags flags) {
    return gpiod_get_index_optional(dev, con_id, 0, flags);
}
EXPORT_SYMBOL_GPL(gpiod_get_optional);

gpio_desc *fwnode_gpiod_get_index(fwnode_handle *fwnode, const char *con_id, int index, gpiod_flags flags,
                                  const char *label) {
    unsigned long lookupflags = GPIO_LOOKUP_FLAGS_DEFAULT;

    if (!is_of_node(fwnode))
        return desc_error(-ENOENT);
    gpio_desc *desc = of_find_gpio(to_of_node(fwnode), con_id, index, &lookupflags);
    return IS_ERR(desc) ? desc : take(desc, con_id, label, lookupflags, flags, nullptr);
}
EXPORT_SYMBOL_GPL(fwnode_gpiod_get_index);

gpio_descs *gpiod_get_array(device *dev, const char *con_id, gpiod_flags flags) {
    int count = gpiod_count(dev, con_id);

    if (count < 0)
        return static_cast<gpio_descs *>(ERR_PTR(count));
    auto *descs = static_cast<gpio_descs *>(kzalloc(sizeof(gpio_descs) + count * sizeof(gpio_desc *), GFP_KERNEL));
    if (!descs)
        return static_cast<gpio_descs *>(ERR_PTR(-ENOMEM));
    while (descs->ndescs < static_cast<unsigned int>(count)) {
        gpio_desc *desc = gpiod_get_index(dev, con_id, descs->ndescs, flags);

        if (IS_ERR(desc)) {
            gpiod_put_array(descs);
            return reinterpret_cast<gpio_descs *>(desc);
        }
        descs->desc[descs->ndescs++] = desc;
    }
    return descs;
}
EXPORT_SYMBOL_GPL(gpiod_get_array);

gpio_descs *gpiod_get_array_optional(device *dev, const char *con_id, gpiod_flags flags) {
    gpio_descs *descs = gpiod_get_array(dev, con_id, flags);

    return IS_ERR(descs) && PTR_ERR(descs) == -ENOENT ? nullptr : descs;
}
EXPORT_SYMBOL_GPL(gpiod_get_array_optional);

void gpiod_put(gpio_desc *desc) {
    if (desc)
        gpiod_free(desc);
}
EXPORT_SYMBOL_GPL(gpiod_put);

void gpiod_put_array(gpio_descs *descs) {
    for (unsigned int i = 0; i < descs->ndescs; i++)
        gpiod_put(descs->desc[i]);
    kfree(descs);
}
EXPORT_SYMBOL_GPL(gpiod_put_array);

// Hogs: lines that the board sets and nobody else may have.

static void hog_line(gpio_chip *gc, const gpiod_hog *hog) {
    gpio_desc *desc = gpiochip_request_own_desc(gc, hog->chip_hwnum, hog->line_name, hog->lflags, hog->dflags);

    if (IS_ERR(desc))
        chip_err(gc, "requesting hog GPIO %s (chip %s, offset %d) failed, %ld\n", hog->line_name, gc->label,
                 hog->chip_hwnum, PTR_ERR(desc));
    else
        set_bit(FLAG_IS_HOGGED, &desc->flags);
}

void gpiochip_machine_hog_all(gpio_chip *gc) {
    gpiod_hog *hog;

    mutex_lock(&gpio_machine_hogs_mutex);
    list_for_each_entry (hog, &gpio_machine_hogs, list) {
        if (gc->label && !strcmp(gc->label, hog->chip_label))
            hog_line(gc, hog);
    }
    mutex_unlock(&gpio_machine_hogs_mutex);
}

void gpiod_add_hogs(gpiod_hog *hogs) {
    mutex_lock(&gpio_machine_hogs_mutex);
    for (gpiod_hog *hog = hogs; hog->chip_label; hog++) {
        list_add_tail(&hog->list, &gpio_machine_hogs);
        if (gpio_chip *gc = find_chip_by_name(hog->chip_label))
            hog_line(gc, hog);
    }
    mutex_unlock(&gpio_machine_hogs_mutex);
}
EXPORT_SYMBOL_GPL(gpiod_add_hogs);

void gpiod_remove_hogs(gpiod_hog *hogs) {
    mutex_lock(&gpio_machine_hogs_mutex);
    for (gpiod_hog *hog = hogs; hog->chip_label; hog++)
        list_del(&hog->list);
    mutex_unlock(&gpio_machine_hogs_mutex);
}
EXPORT_SYMBOL_GPL(gpiod_remove_hogs);
