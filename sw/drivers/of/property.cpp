// SPDX-License-Identifier: Apache-2.0
// Properties of device tree nodes, by name and type, and the same as firmware node operations.
#include "drivers/of/of_private.h"

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/of_device.h>
#include <linux/of_irq.h>
#include <linux/string.h>
#include <linux/unaligned.h>

property *of_find_property(const device_node *np, const char *name, int *lenp) {
    if (!np)
        return nullptr;
    for (property *pp = np->properties; pp; pp = pp->next) {
        if (!strcmp(pp->name, name)) {
            if (lenp)
                *lenp = pp->length;
            return pp;
        }
    }
    return nullptr;
}
EXPORT_SYMBOL(of_find_property);

const void *of_get_property(const device_node *np, const char *name, int *lenp) {
    property *pp = of_find_property(np, name, lenp);

    return pp ? pp->value : nullptr;
}
EXPORT_SYMBOL(of_get_property);

static u64 read_be(const u8 *at, int bytes) {
    u64 value = 0;

    while (bytes--)
        value = value << 8 | *at++;
    return value;
}

// The bytes of a property that has at least `min` and, if `max` is not 0, uses at most `max`.
static const u8 *find_value(const device_node *np, const char *name, u32 min, u32 max, size_t *len) {
    property *prop = of_find_property(np, name, nullptr);

    if (!prop)
        return static_cast<const u8 *>(ERR_PTR(-EINVAL));
    if (!prop->length)
        return static_cast<const u8 *>(ERR_PTR(-ENODATA));
    if (static_cast<u32>(prop->length) < min)
        return static_cast<const u8 *>(ERR_PTR(-EOVERFLOW));
    *len = max && static_cast<u32>(prop->length) > max ? max : prop->length;
    return static_cast<const u8 *>(prop->value);
}

int of_property_count_elems_of_size(const device_node *np, const char *propname, int elem_size) {
    property *prop = of_find_property(np, propname, nullptr);

    if (!prop)
        return -EINVAL;
    if (!prop->length)
        return -ENODATA;
    if (prop->length % elem_size) {
        pr_err("OF: size of %s in node %pOF is not a multiple of %d\n", propname, np, elem_size);
        return -EINVAL;
    }
    return prop->length / elem_size;
}
EXPORT_SYMBOL_GPL(of_property_count_elems_of_size);

// At least sz_min elements are needed; sz_max (or, if that is 0, sz_min) are read.
template <typename T>
static int read_array(const device_node *np, const char *propname, T *out, size_t sz_min, size_t sz_max) {
    size_t len;
    const u8 *val = find_value(np, propname, sz_min * sizeof(T), sz_max * sizeof(T), &len);

    if (IS_ERR(val))
        return PTR_ERR(val);
    size_t count = sz_max ? len / sizeof(T) : sz_min;
    for (size_t i = 0; i < count; i++)
        out[i] = static_cast<T>(read_be(val + i * sizeof(T), sizeof(T)));
    return count;
}

int of_property_read_variable_u8_array(const device_node *np, const char *propname, u8 *out, size_t min, size_t max) {
    return read_array(np, propname, out, min, max);
}
EXPORT_SYMBOL_GPL(of_property_read_variable_u8_array);

int of_property_read_variable_u16_array(const device_node *np, const char *propname, u16 *out, size_t min, size_t max) {
    return read_array(np, propname, out, min, max);
}
EXPORT_SYMBOL_GPL(of_property_read_variable_u16_array);

int of_property_read_variable_u32_array(const device_node *np, const char *propname, u32 *out, size_t min, size_t max) {
    return read_array(np, propname, out, min, max);
}
EXPORT_SYMBOL_GPL(of_property_read_variable_u32_array);

int of_property_read_variable_u64_array(const device_node *np, const char *propname, u64 *out, size_t min, size_t max) {
    return read_array(np, propname, out, min, max);
}
EXPORT_SYMBOL_GPL(of_property_read_variable_u64_array);

template <typename T>
static int read_index(const device_node *np, const char *propname, u32 index, T *out) {
    size_t len;
    const u8 *val = find_value(np, propname, (index + 1) * sizeof(T), 0, &len);

    if (IS_ERR(val))
        return PTR_ERR(val);
    *out = static_cast<T>(read_be(val + index * sizeof(T), sizeof(T)));
    return 0;
}

int of_property_read_u32_index(const device_node *np, const char *propname, u32 index, u32 *out_value) {
    return read_index(np, propname, index, out_value);
}
EXPORT_SYMBOL_GPL(of_property_read_u32_index);

int of_property_read_u64_index(const device_node *np, const char *propname, u32 index, u64 *out_value) {
    return read_index(np, propname, index, out_value);
}
EXPORT_SYMBOL_GPL(of_property_read_u64_index);

int of_property_read_u64(const device_node *np, const char *propname, u64 *out_value) {
    return read_index(np, propname, 0, out_value);
}
EXPORT_SYMBOL_GPL(of_property_read_u64);

// Strings: a property holds one or more, each with its NUL.

const char *of_prop_next_string(property *prop, const char *cur) {
    if (!prop || !prop->value)
        return nullptr;
    auto *value = static_cast<const char *>(prop->value);
    const char *next = cur ? cur + strlen(cur) + 1 : value;
    return next >= value + prop->length ? nullptr : next;
}
EXPORT_SYMBOL_GPL(of_prop_next_string);

int of_property_read_string(const device_node *np, const char *propname, const char **out_string) {
    const property *prop = of_find_property(np, propname, nullptr);

    if (!prop)
        return -EINVAL;
    if (!prop->length)
        return -ENODATA;
    auto *value = static_cast<const char *>(prop->value);
    if (strnlen(value, prop->length) >= static_cast<size_t>(prop->length))
        return -EILSEQ;
    *out_string = value;
    return 0;
}
EXPORT_SYMBOL_GPL(of_property_read_string);

int of_property_match_string(const device_node *np, const char *propname, const char *string) {
    property *prop = of_find_property(np, propname, nullptr);
    int index = 0;

    if (!prop)
        return -EINVAL;
    if (!prop->length)
        return -ENODATA;
    for (const char *p = of_prop_next_string(prop, nullptr); p; p = of_prop_next_string(prop, p), index++) {
        if (!strcmp(string, p))
            return index;
    }
    return -ENODATA;
}
EXPORT_SYMBOL_GPL(of_property_match_string);

// Skips `skip` strings and gives up to `sz` (out_strs null: counts them). The number, or an error.
int of_property_read_string_helper(const device_node *np, const char *propname, const char **out_strs, size_t sz,
                                   int skip) {
    property *prop = of_find_property(np, propname, nullptr);
    int i = 0;

    if (!prop)
        return -EINVAL;
    if (!prop->length)
        return -ENODATA;
    for (const char *p = of_prop_next_string(prop, nullptr); p; p = of_prop_next_string(prop, p), i++) {
        if (out_strs && i >= skip + static_cast<int>(sz))
            break;
        if (out_strs && i >= skip)
            *out_strs++ = p;
    }
    i -= skip;
    return i <= 0 ? -ENODATA : i;
}
EXPORT_SYMBOL_GPL(of_property_read_string_helper);

const __be32 *of_prop_next_u32(property *prop, const __be32 *cur, u32 *pu) {
    if (!prop || !prop->value)
        return nullptr;
    auto *begin = static_cast<const __be32 *>(prop->value);
    const __be32 *at = cur ? cur + 1 : begin;
    if (at >= begin + prop->length / 4)
        return nullptr;
    *pu = be32_to_cpu(*at);
    return at;
}
EXPORT_SYMBOL_GPL(of_prop_next_u32);

// References with arguments: a list of <phandle cell...>, where the node that is referred to says how many cells
// follow.

namespace {

enum { list_end = -ENOENT };

struct reference {
    device_node *np; // null: an empty entry
    const __be32 *args;
    int count;
};

// Reads the entry at `at`. 0, -EINVAL, or -ENOENT at the end.
int next_reference(const device_node *owner, const char *list_name, const __be32 *&at, const __be32 *end,
                   const char *cells_name, int cell_count, reference &out) {
    if (at >= end)
        return list_end;
    phandle handle = be32_to_cpu(*at++);
    out = {nullptr, at, 0};
    if (!handle)
        return 0;
    out.np = of_find_node_by_phandle(handle);
    if (!out.np) {
        pr_err("OF: %pOF: could not find phandle %u in %s\n", owner, handle, list_name);
        return -EINVAL;
    }
    u32 count = cell_count;
    if (cells_name && of_property_read_u32(out.np, cells_name, &count)) {
        if (cell_count < 0) {
            pr_err("OF: %pOF: could not get %s for %pOF\n", owner, cells_name, out.np);
            return -EINVAL;
        }
        count = cell_count;
    }
    if (count > MAX_PHANDLE_ARGS || at + count > end) {
        pr_err("OF: %pOF: %s = %u found %td in %s\n", owner, cells_name ? cells_name : "cells", count, end - at,
               list_name);
        return -EINVAL;
    }
    out.count = count;
    at += count;
    return 0;
}

} // namespace

int __of_parse_phandle_with_args(const device_node *np, const char *list_name, const char *cells_name, int cell_count,
                                 int index, of_phandle_args *out_args) {
    int length;
    auto *at = static_cast<const __be32 *>(of_get_property(np, list_name, &length));

    if (!at || index < 0)
        return index < 0 ? -EINVAL : -ENOENT;
    const __be32 *end = at + length / 4;
    for (int i = 0;; i++) {
        reference ref;
        int rc = next_reference(np, list_name, at, end, cells_name, cell_count, ref);

        if (rc)
            return rc;
        if (i < index)
            continue;
        if (!ref.np)
            return -ENOENT;
        if (out_args) {
            out_args->np = ref.np;
            out_args->args_count = ref.count;
            for (int c = 0; c < ref.count; c++)
                out_args->args[c] = be32_to_cpu(ref.args[c]);
        }
        return 0;
    }
}
EXPORT_SYMBOL(__of_parse_phandle_with_args);

int of_count_phandle_with_args(const device_node *np, const char *list_name, const char *cells_name) {
    int length;
    auto *at = static_cast<const __be32 *>(of_get_property(np, list_name, &length));

    if (!at)
        return -ENOENT;
    const __be32 *end = at + length / 4;
    // Without a cells property every word is an entry.
    if (!cells_name)
        return end - at;
    for (int count = 0;; count++) {
        reference ref;
        int rc = next_reference(np, list_name, at, end, cells_name, -1, ref);

        if (rc == list_end)
            return count;
        if (rc)
            return rc;
    }
}
EXPORT_SYMBOL(of_count_phandle_with_args);

device_node *of_parse_phandle(const device_node *np, const char *phandle_name, int index) {
    of_phandle_args args;

    return __of_parse_phandle_with_args(np, phandle_name, nullptr, 0, index, &args) ? nullptr : args.np;
}
EXPORT_SYMBOL(of_parse_phandle);

// Boards with a connector between controller and device have STEM-map in a nexus node: <cells... phandle cells...>
// entries.
int of_parse_phandle_with_args_map(const device_node *np, const char *list_name, const char *stem_name, int index,
                                   of_phandle_args *out_args) {
    char cells_name[48], map_name[48], mask_name[48];

    snprintf(cells_name, sizeof(cells_name), "#%s-cells", stem_name);
    snprintf(map_name, sizeof(map_name), "%s-map", stem_name);
    snprintf(mask_name, sizeof(mask_name), "%s-map-mask", stem_name);
    int ret = __of_parse_phandle_with_args(np, list_name, cells_name, -1, index, out_args);
    while (!ret) {
        int length;
        device_node *nexus = out_args->np;
        auto *at = static_cast<const __be32 *>(of_get_property(nexus, map_name, &length));
        if (!at)
            return 0;
        const __be32 *end = at + length / 4;
        u32 mask[MAX_PHANDLE_ARGS];
        int in_cells = out_args->args_count;
        if (of_property_read_u32_array(nexus, mask_name, mask, in_cells)) {
            for (int i = 0; i < in_cells; i++)
                mask[i] = ~0u;
        }
        bool found = false;
        while (!found && at + in_cells < end) {
            bool match = true;
            for (int i = 0; i < in_cells; i++)
                match = match && (be32_to_cpu(at[i]) & mask[i]) == (out_args->args[i] & mask[i]);
            at += in_cells;
            reference ref;
            ret = next_reference(nexus, map_name, at, end, cells_name, -1, ref);
            if (ret)
                return ret;
            if (!match || !ref.np)
                continue;
            out_args->np = ref.np;
            out_args->args_count = ref.count;
            for (int i = 0; i < ref.count; i++)
                out_args->args[i] = be32_to_cpu(ref.args[i]);
            found = true;
        }
        if (!found)
            return -EINVAL;
    }
    return ret;
}
EXPORT_SYMBOL(of_parse_phandle_with_args_map);

// The same for code that does not care where properties come from

static device_node *node_of(const fwnode_handle *fwnode) {
    return to_of_node(fwnode);
}

static bool of_fwnode_device_is_available(const fwnode_handle *fwnode) {
    return of_device_is_available(node_of(fwnode));
}

static const void *of_fwnode_device_get_match_data(const fwnode_handle *, const device *dev) {
    return of_device_get_match_data(dev);
}

static bool of_fwnode_property_present(const fwnode_handle *fwnode, const char *propname) {
    return of_property_read_bool(node_of(fwnode), propname);
}

static int of_fwnode_property_read_int_array(const fwnode_handle *fwnode, const char *propname, unsigned int elem_size,
                                             void *val, size_t nval) {
    const device_node *np = node_of(fwnode);

    if (!val)
        return of_property_count_elems_of_size(np, propname, elem_size);
    switch (elem_size) {
    case sizeof(u8):
        return of_property_read_u8_array(np, propname, static_cast<u8 *>(val), nval);
    case sizeof(u16):
        return of_property_read_u16_array(np, propname, static_cast<u16 *>(val), nval);
    case sizeof(u32):
        return of_property_read_u32_array(np, propname, static_cast<u32 *>(val), nval);
    case sizeof(u64):
        return of_property_read_u64_array(np, propname, static_cast<u64 *>(val), nval);
    }
    return -ENXIO;
}

static int of_fwnode_property_read_string_array(const fwnode_handle *fwnode, const char *propname, const char **val,
                                                size_t nval) {
    const device_node *np = node_of(fwnode);

    return val ? of_property_read_string_array(np, propname, val, nval) : of_property_count_strings(np, propname);
}

static const char *of_fwnode_get_name(const fwnode_handle *fwnode) {
    return of_node_is_root(node_of(fwnode)) ? "/" : node_of(fwnode)->full_name;
}

static fwnode_handle *of_fwnode_get_parent(const fwnode_handle *fwnode) {
    device_node *parent = of_get_parent(node_of(fwnode));

    return parent ? of_fwnode_handle(parent) : nullptr;
}

static fwnode_handle *of_fwnode_get_next_child_node(const fwnode_handle *fwnode, fwnode_handle *child) {
    // A child of the secondary node: the walk is past this node's own.
    if (child && !is_of_node(child))
        return nullptr;
    device_node *next = of_get_next_available_child(node_of(fwnode), node_of(child));

    return next ? of_fwnode_handle(next) : nullptr;
}

static fwnode_handle *of_fwnode_get_named_child_node(const fwnode_handle *fwnode, const char *childname) {
    device_node *child = of_get_child_by_name(node_of(fwnode), childname);

    return child ? of_fwnode_handle(child) : nullptr;
}

static int of_fwnode_get_reference_args(const fwnode_handle *fwnode, const char *prop, const char *nargs_prop,
                                        unsigned int nargs, unsigned int index, fwnode_reference_args *args) {
    of_phandle_args of_args;
    int ret = __of_parse_phandle_with_args(node_of(fwnode), prop, nargs_prop, nargs_prop ? -1 : static_cast<int>(nargs),
                                           index, &of_args);

    if (ret < 0 || !args)
        return ret;
    args->fwnode = of_fwnode_handle(of_args.np);
    args->nargs = of_args.args_count;
    for (unsigned int i = 0; i < NR_FWNODE_REFERENCE_ARGS; i++)
        args->args[i] = i < args->nargs ? of_args.args[i] : 0;
    return 0;
}

static int of_fwnode_irq_get(const fwnode_handle *fwnode, unsigned int index) {
    return of_irq_get(node_of(fwnode), index);
}

const fwnode_operations of_fwnode_ops = {
    .device_is_available = of_fwnode_device_is_available,
    .device_get_match_data = of_fwnode_device_get_match_data,
    .property_present = of_fwnode_property_present,
    .property_read_int_array = of_fwnode_property_read_int_array,
    .property_read_string_array = of_fwnode_property_read_string_array,
    .get_name = of_fwnode_get_name,
    .get_parent = of_fwnode_get_parent,
    .get_next_child_node = of_fwnode_get_next_child_node,
    .get_named_child_node = of_fwnode_get_named_child_node,
    .get_reference_args = of_fwnode_get_reference_args,
    .irq_get = of_fwnode_irq_get,
};
EXPORT_SYMBOL_GPL(of_fwnode_ops);
