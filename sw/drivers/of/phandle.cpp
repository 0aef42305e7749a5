// SPDX-License-Identifier: Apache-2.0
// References with arguments, and the maps of nexus nodes (Linux: drivers/of/base.c).
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/string.h>

#include "drivers/of/cells.h"

result<u32> reference_list::count_for(const device_node *target) const {
    u32 count;

    if (cells_name_ && !of_property_read_u32(target, cells_name_, &count))
        return count;
    if (fixed_ >= 0)
        return static_cast<u32>(fixed_);
    pr_err("OF: %pOF: could not get %s for %pOF\n", owner_, cells_name_, target);
    return failure(-EINVAL);
}

result<reference_list::reference> reference_list::next() {
    const phandle handle = rest_.take();

    if (!handle)
        return reference{nullptr, rest_.take(0)};
    device_node *target = of_find_node_by_phandle(handle);
    if (!target) {
        pr_err("OF: %pOF: could not find phandle %u in %s\n", owner_, handle, name_);
        return failure(-EINVAL);
    }
    result<u32> count = count_for(target);
    if (!count)
        return count.fail();
    if (*count > min(rest_.left(), static_cast<size_t>(MAX_PHANDLE_ARGS))) {
        pr_err("OF: %pOF: %s = %u found %zu in %s\n", owner_, cells_name_ ? cells_name_ : "cells", *count, rest_.left(),
               name_);
        return failure(-EINVAL);
    }
    return reference{target, rest_.take(*count)};
}

namespace {

void assign(of_phandle_args &out, device_node *np, const cells &args) {
    out.np = np;
    out.args_count = static_cast<int>(args.left());
    args.copy_to(out.args);
}

} // namespace

int __of_parse_phandle_with_args(const device_node *np, const char *list_name, const char *cells_name, int cell_count,
                                 int index, of_phandle_args *out_args) {
    if (index < 0)
        return -EINVAL;
    reference_list list(np, list_name, cells_name, cell_count);
    while (list.more()) {
        result<reference_list::reference> entry = list.next();
        if (!entry)
            return entry.error();
        if (index--)
            continue;
        if ((*entry).np && out_args)
            assign(*out_args, (*entry).np, (*entry).args);
        return (*entry).np ? 0 : -ENOENT;
    }
    return -ENOENT;
}
EXPORT_SYMBOL(__of_parse_phandle_with_args);

int of_count_phandle_with_args(const device_node *np, const char *list_name, const char *cells_name) {
    if (!of_find_property(np, list_name, nullptr))
        return -ENOENT;
    // References without arguments: one cell is one entry.
    if (!cells_name)
        return static_cast<int>(cells(np, list_name).left());
    reference_list list(np, list_name, cells_name, -1);
    int entries = 0;
    for (; list.more(); entries++)
        if (int error = list.next().error())
            return error;
    return entries;
}
EXPORT_SYMBOL(of_count_phandle_with_args);

device_node *of_parse_phandle(const device_node *np, const char *phandle_name, int index) {
    of_phandle_args found;

    return __of_parse_phandle_with_args(np, phandle_name, nullptr, 0, index, &found) ? nullptr : found.np;
}
EXPORT_SYMBOL(of_parse_phandle);

// Nexus nodes

namespace {

// What a map is searched for: the unit address and the specifier, both under a mask that the node may have.
struct search_key {
    u32 words[2 * MAX_PHANDLE_ARGS], mask[2 * MAX_PHANDLE_ARGS];
    size_t length = 0;

    void append(const u32 *from, size_t count) {
        memcpy(words + length, from, count * sizeof(u32));
        length += count;
    }
    bool fits(const cells &entry) const {
        u32 differing = 0;
        for (size_t i = 0; i < length; i++)
            differing |= mask[i] & (words[i] ^ entry[i]);
        return !differing;
    }
};

// The right side of a map's entry. A parent of 0 cells or more; nothing of it may lie beyond the map's end.
struct way_up {
    device_node *np;
    cells unit, args;
};

result<way_up> read_way_up(const nexus &kind, cells &map) {
    device_node *parent = of_find_node_by_phandle(map.take());
    const size_t unit_cells = kind.has_unit_address ? cell_or(parent, "#address-cells", 0) : 0;
    const size_t arg_cells = cell_or(parent, kind.cells_name, MAX_PHANDLE_ARGS + 1);

    if (!parent || unit_cells > MAX_PHANDLE_ARGS || arg_cells > MAX_PHANDLE_ARGS || unit_cells + arg_cells > map.left())
        return failure(-EINVAL);
    const cells unit = map.take(unit_cells);
    return way_up{parent, unit, map.take(arg_cells)};
}

} // namespace

int nexus_step(const nexus &kind, of_phandle_args &spec, u32 *unit) {
    const device_node *node = spec.np;
    const size_t unit_cells = kind.has_unit_address ? cell_or(node, "#address-cells", 0) : 0;
    search_key key;

    if (unit_cells > MAX_PHANDLE_ARGS)
        return -EINVAL;
    key.append(unit, unit_cells);
    key.append(spec.args, static_cast<size_t>(spec.args_count));
    memset(key.mask, 0xff, sizeof(key.mask));
    of_property_read_u32_array(node, kind.mask, key.mask, key.length);

    for (cells map(node, kind.map); map.left() > key.length;) {
        const bool taken = key.fits(map.take(key.length));
        result<way_up> read = read_way_up(kind, map);
        if (!read)
            return read.error();
        if (!taken)
            continue;
        const way_up &up = *read;
        u32 pass[MAX_PHANDLE_ARGS] = {};
        if (kind.pass_thru)
            of_property_read_u32_array(node, kind.pass_thru, pass, up.args.left());
        for (size_t i = 0; i < up.args.left(); i++)
            spec.args[i] = (up.args[i] & ~pass[i]) | (spec.args[i] & pass[i]);
        spec.np = up.np;
        spec.args_count = static_cast<int>(up.args.left());
        up.unit.copy_to(unit);
        return 0;
    }
    return -EINVAL;
}

// Boards with a connector between controller and device have STEM-map in a nexus node.
int of_parse_phandle_with_args_map(const device_node *np, const char *list_name, const char *stem_name, int index,
                                   of_phandle_args *out_args) {
    char names[4][48];
    const char *const formats[] = {"%s-map", "%s-map-mask", "%s-map-pass-thru", "#%s-cells"};

    for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
        snprintf(names[i], sizeof(names[i]), formats[i], stem_name);
    const nexus connector = {names[0], names[1], names[2], names[3], false};
    u32 no_unit[MAX_PHANDLE_ARGS];
    int error = __of_parse_phandle_with_args(np, list_name, connector.cells_name, -1, index, out_args);
    while (!error && of_find_property(out_args->np, connector.map, nullptr))
        error = nexus_step(connector, *out_args, no_unit);
    return error;
}
EXPORT_SYMBOL(of_parse_phandle_with_args_map);
