// SPDX-License-Identifier: Apache-2.0
// Devices that were made from device tree nodes: the match that their driver has, and what user space is told of them
// (Linux: drivers/of/device.c).
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/string.h>

#include "drivers/of/cells.h"

const of_device_id *of_match_device(const of_device_id *matches, const device *dev) {
    const device_node *node = dev->of_node_reused ? nullptr : dev->of_node;
    return of_match_node(matches, node);
}
EXPORT_SYMBOL(of_match_device);

const void *of_device_get_match_data(const device *dev) {
    const of_device_id *row = dev->driver ? of_match_device(dev->driver->of_match_table, dev) : nullptr;

    return row ? row->data : nullptr;
}
EXPORT_SYMBOL(of_device_get_match_data);

static const char *type_of(const device_node *np) {
    return static_cast<const char *>(of_get_property(np, "device_type", nullptr));
}

static strings_in compatibles_of(const device_node *np) {
    return strings_in(of_find_property(np, "compatible", nullptr));
}

ssize_t of_device_modalias(device *dev, char *str, ssize_t len) {
    const device_node *np = dev->of_node;

    if (!np || dev->of_node_reused)
        return -ENODEV;
    ssize_t length = snprintf(str, static_cast<size_t>(len), "of:N%pOFn%c%s", np, 'T', type_of(np));
    for (const char *compatible : compatibles_of(np)) {
        const ssize_t begin = min(length, len);
        length += snprintf(str + begin, static_cast<size_t>(len - begin), "C%s", compatible);
        for (char *c = str + begin; c < str + min(length, len - 1); c++)
            if (*c == ' ')
                *c = '_';
    }
    return length;
}
EXPORT_SYMBOL_GPL(of_device_modalias);

void of_device_uevent(device *dev, kobj_uevent_env *env) {
    const device_node *np = dev->of_node;
    unsigned count = 0;

    if (!np)
        return;
    add_uevent_var(env, "OF_NAME=%pOFn", np);
    add_uevent_var(env, "OF_FULLNAME=%pOF", np);
    if (type_of(np))
        add_uevent_var(env, "OF_TYPE=%s", type_of(np));
    for (const char *compatible : compatibles_of(np))
        add_uevent_var(env, "OF_COMPATIBLE_%u=%s", count++, compatible);
    add_uevent_var(env, "OF_COMPATIBLE_N=%u", count);
}

int of_device_uevent_modalias(device *dev, kobj_uevent_env *env) {
    char text[256];
    const ssize_t length = of_device_modalias(dev, text, sizeof(text));

    return length < 0 ? static_cast<int>(length) : add_uevent_var(env, "MODALIAS=%s", text);
}
EXPORT_SYMBOL_GPL(of_device_uevent_modalias);
