// SPDX-License-Identifier: Apache-2.0
// Properties of device tree nodes, by name and type, and the same as firmware node operations (Linux:
// drivers/of/property.c).
#include "drivers/of/of_private.h"

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/of_device.h>
#include <linux/of_irq.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include "drivers/of/cells.h"

namespace {

// The properties of a node as a range.
struct properties_of {
    struct cursor {
        property *at;
        property &operator*() const { return *at; }
        cursor &operator++() {
            at = at->next;
            return *this;
        }
        bool operator!=(const cursor &other) const { return at != other.at; }
    };
    cursor begin() const { return {np ? np->properties : nullptr}; }
    cursor end() const { return {nullptr}; }
    const device_node *np;
};

// A property that is there and has a value; -EINVAL, -ENODATA.
result<const property *> valued(const device_node *np, const char *name) {
    const property *p = of_find_property(np, name, nullptr);
    if (p && p->length)
        return p;
    return failure(p ? -ENODATA : -EINVAL);
}

} // namespace

property *of_find_property(const device_node *np, const char *name, int *lenp) {
    for (property &p : properties_of{np}) {
        if (strcmp(name, p.name))
            continue;
        if (lenp)
            *lenp = p.length;
        return &p;
    }
    return nullptr;
}
EXPORT_SYMBOL(of_find_property);

const void *of_get_property(const device_node *np, const char *name, int *lenp) {
    const property *p = of_find_property(np, name, lenp);

    return p ? p->value : nullptr;
}
EXPORT_SYMBOL(of_get_property);

// Integers: a property's bytes as an array of big-endian elements, of any alignment.

namespace {

template <typename T>
T element_at(const property *p, size_t index) {
    auto *at = static_cast<const u8 *>(p->value) + index * sizeof(T);
    T value = 0;
    for (size_t byte = 0; byte < sizeof(T); byte++)
        value = static_cast<T>(static_cast<u64>(value) << 8 | at[byte]);
    return value;
}

// A property that has at least `needed` elements of type T.
template <typename T>
result<const property *> array_of(const device_node *np, const char *name, size_t needed) {
    result<const property *> p = valued(np, name);
    if (p && static_cast<size_t>((*p)->length) / sizeof(T) < needed)
        return failure(-EOVERFLOW);
    return p;
}

// At least sz_min elements are needed; up to sz_max (or, if that is 0, sz_min) are read. How many.
template <typename T>
int read_array(const device_node *np, const char *name, T *out, size_t sz_min, size_t sz_max) {
    result<const property *> p = array_of<T>(np, name, sz_min);
    if (!p)
        return p.error();
    const size_t count = sz_max ? min(sz_max, (*p)->length / sizeof(T)) : sz_min;
    for (size_t i = 0; i < count; i++)
        out[i] = element_at<T>(*p, i);
    return static_cast<int>(count);
}

template <typename T>
int read_index(const device_node *np, const char *name, size_t index, T *out) {
    result<const property *> p = array_of<T>(np, name, index + 1);
    if (p)
        *out = element_at<T>(*p, index);
    return p.error();
}

} // namespace

#define VARIABLE_ARRAY_READER(function, element)                                                                       \
    int function(const device_node *np, const char *propname, element *out, size_t sz_min, size_t sz_max) {            \
        return read_array(np, propname, out, sz_min, sz_max);                                                          \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(function)

VARIABLE_ARRAY_READER(of_property_read_variable_u8_array, u8);
VARIABLE_ARRAY_READER(of_property_read_variable_u16_array, u16);
VARIABLE_ARRAY_READER(of_property_read_variable_u32_array, u32);
VARIABLE_ARRAY_READER(of_property_read_variable_u64_array, u64);

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

int of_property_count_elems_of_size(const device_node *np, const char *propname, int elem_size) {
    result<const property *> p = valued(np, propname);
    if (!p)
        return p.error();
    const int bytes = (*p)->length, count = bytes / elem_size;
    if (count * elem_size == bytes)
        return count;
    pr_err("OF: size of %s in node %pOF is not a multiple of %d\n", propname, np, elem_size);
    return -EINVAL;
}
EXPORT_SYMBOL_GPL(of_property_count_elems_of_size);

const __be32 *of_prop_next_u32(property *prop, const __be32 *cur, u32 *pu) {
    if (!prop || !prop->value)
        return nullptr;
    cells rest(static_cast<const __be32 *>(prop->value), prop->length / sizeof(u32));
    if (cur)
        rest.take(static_cast<size_t>(cur - rest.at()) + 1);
    if (!rest.left())
        return nullptr;
    *pu = rest[0];
    return rest.at();
}
EXPORT_SYMBOL_GPL(of_prop_next_u32);

// Strings: a property holds one or more, each with its NUL.

const char *of_prop_next_string(property *prop, const char *cur) {
    if (!prop || !prop->value)
        return nullptr;
    auto *first = static_cast<const char *>(prop->value), *end = first + prop->length;
    const char *next = cur ? cur + strlen(cur) + 1 : first;

    return next < end ? next : nullptr;
}
EXPORT_SYMBOL_GPL(of_prop_next_string);

int of_property_read_string(const device_node *np, const char *propname, const char **out_string) {
    result<const property *> p = valued(np, propname);

    if (!p)
        return p.error();
    for (const char *first : strings_in(*p)) {
        *out_string = first;
        return 0;
    }
    return -EILSEQ;
}
EXPORT_SYMBOL_GPL(of_property_read_string);

int of_property_match_string(const device_node *np, const char *propname, const char *string) {
    result<const property *> p = valued(np, propname);
    int index = 0;

    if (!p)
        return p.error();
    for (const char *candidate : strings_in(*p)) {
        if (!strcmp(candidate, string))
            return index;
        index++;
    }
    return -ENODATA;
}
EXPORT_SYMBOL_GPL(of_property_match_string);

// Skips `skip` strings and gives up to `sz` (out_strs null: counts them). The number, or an error.
int of_property_read_string_helper(const device_node *np, const char *propname, const char **out_strs, size_t sz,
                                   int skip) {
    result<const property *> p = valued(np, propname);
    size_t seen = 0;

    if (!p)
        return p.error();
    for (const char *string : strings_in(*p)) {
        if (skip-- > 0)
            continue;
        if (out_strs && seen == sz)
            break;
        if (out_strs)
            out_strs[seen] = string;
        seen++;
    }
    return seen ? static_cast<int>(seen) : -ENODATA;
}
EXPORT_SYMBOL_GPL(of_property_read_string_helper);

// The same for code that does not care where properties come from

namespace {

fwnode_handle *handle_of(device_node *np) {
    return np ? of_fwnode_handle(np) : nullptr;
}

bool fwnode_is_available(const fwnode_handle *fwnode) {
    return of_device_is_available(to_of_node(fwnode));
}

const void *fwnode_match_data(const fwnode_handle *, const device *dev) {
    return of_device_get_match_data(dev);
}

bool fwnode_has_property(const fwnode_handle *fwnode, const char *propname) {
    return of_property_read_bool(to_of_node(fwnode), propname);
}

template <typename T>
int read_exactly(const device_node *np, const char *name, void *out, size_t count) {
    return min(read_array(np, name, static_cast<T *>(out), count, 0), 0);
}

// The readers by the logarithm of the element's size.
constexpr int (*const readers_of_size[])(const device_node *, const char *, void *, size_t) = {
    read_exactly<u8>, read_exactly<u16>, read_exactly<u32>, read_exactly<u64>};

int fwnode_read_integers(const fwnode_handle *fwnode, const char *propname, unsigned int elem_size, void *val,
                         size_t nval) {
    const device_node *np = to_of_node(fwnode);
    const unsigned width = static_cast<unsigned>(__builtin_ctz(elem_size));

    if (!val)
        return of_property_count_elems_of_size(np, propname, static_cast<int>(elem_size));
    return width < ARRAY_SIZE(readers_of_size) ? readers_of_size[width](np, propname, val, nval) : -ENXIO;
}

int fwnode_read_strings(const fwnode_handle *fwnode, const char *propname, const char **val, size_t nval) {
    return of_property_read_string_helper(to_of_node(fwnode), propname, val, val ? nval : 0, 0);
}

const char *fwnode_name(const fwnode_handle *fwnode) {
    const device_node *np = to_of_node(fwnode);
    return of_node_is_root(np) ? "/" : np->full_name;
}

// The root is called "/" already.
const char *fwnode_name_prefix(const fwnode_handle *fwnode) {
    const device_node *parent = to_of_node(fwnode)->parent;
    return parent && !of_node_is_root(parent) ? "/" : "";
}

fwnode_handle *fwnode_parent(const fwnode_handle *fwnode) {
    return handle_of(of_get_parent(to_of_node(fwnode)));
}

fwnode_handle *fwnode_next_child(const fwnode_handle *fwnode, fwnode_handle *child) {
    // A child of the secondary node: the walk is past this node's own.
    if (child && !is_of_node(child))
        return nullptr;
    return handle_of(of_get_next_available_child(to_of_node(fwnode), to_of_node(child)));
}

fwnode_handle *fwnode_child_by_name(const fwnode_handle *fwnode, const char *childname) {
    return handle_of(of_get_child_by_name(to_of_node(fwnode), childname));
}

// What a property refers to, as firmware nodes have it.
fwnode_reference_args reference_of(const of_phandle_args &found) {
    fwnode_reference_args to = {handle_of(found.np), static_cast<unsigned>(found.args_count), {}};

    for (unsigned i = 0; i < to.nargs && i < ARRAY_SIZE(to.args); i++)
        to.args[i] = found.args[i];
    return to;
}

int fwnode_reference(const fwnode_handle *fwnode, const char *prop, const char *nargs_prop, unsigned int nargs,
                     unsigned int index, fwnode_reference_args *args) {
    of_phandle_args found;
    const int count = nargs_prop ? -1 : static_cast<int>(nargs), which = static_cast<int>(index);
    const int error = __of_parse_phandle_with_args(to_of_node(fwnode), prop, nargs_prop, count, which, &found);

    if (!error && args)
        *args = reference_of(found);
    return error;
}

int fwnode_interrupt(const fwnode_handle *fwnode, unsigned int index) {
    return of_irq_get(to_of_node(fwnode), static_cast<int>(index));
}

} // namespace

const fwnode_operations of_fwnode_ops = {
    .device_is_available = fwnode_is_available,
    .device_get_match_data = fwnode_match_data,
    .property_present = fwnode_has_property,
    .property_read_int_array = fwnode_read_integers,
    .property_read_string_array = fwnode_read_strings,
    .get_name = fwnode_name,
    .get_name_prefix = fwnode_name_prefix,
    .get_parent = fwnode_parent,
    .get_next_child_node = fwnode_next_child,
    .get_named_child_node = fwnode_child_by_name,
    .get_reference_args = fwnode_reference,
    .irq_get = fwnode_interrupt,
};
EXPORT_SYMBOL_GPL(of_fwnode_ops);
