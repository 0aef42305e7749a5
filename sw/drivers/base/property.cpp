// SPDX-License-Identifier: Apache-2.0
// Properties and relations of firmware nodes of any kind (Linux: drivers/base/property.c). A question goes to the
// node's operations; what the first node does not know, its secondary is asked.
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fwnode.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "lib/guard.h"
#include "lib/result.h"

fwnode_handle *__dev_fwnode(device *dev) {
    return dev->of_node ? of_fwnode_handle(dev->of_node) : dev->fwnode;
}
EXPORT_SYMBOL_GPL(__dev_fwnode);

const fwnode_handle *__dev_fwnode_const(const device *dev) {
    return __dev_fwnode(const_cast<device *>(dev));
}
EXPORT_SYMBOL_GPL(__dev_fwnode_const);

namespace {

template <typename T>
struct as_given { // keeps T out of deduction
    using type = T;
};

// What the node's operation answers; `otherwise` if there is no node or it has no such operation.
template <typename Answer, typename Node, typename... Args>
Answer ask(Node *node, Answer (*fwnode_operations::*question)(Node *, Args...),
           typename as_given<Answer>::type otherwise, typename as_given<Args>::type... args) {
    if (IS_ERR_OR_NULL(node) || !node->ops || !(node->ops->*question))
        return otherwise;
    return (node->ops->*question)(node, args...);
}

const fwnode_handle *behind(const fwnode_handle *node) {
    return IS_ERR_OR_NULL(node) || IS_ERR_OR_NULL(node->secondary) ? nullptr : node->secondary;
}

// The answer of the first node, or that of its secondary if the first `does_not_know`.
template <typename Question, typename DoesNotKnow>
auto ask_both(const fwnode_handle *node, Question question, DoesNotKnow does_not_know) {
    const auto answer = question(node);
    return does_not_know(answer) && behind(node) ? question(behind(node)) : answer;
}

bool no_such_property(int answer) {
    return answer == -EINVAL;
}
bool no_such_reference(int answer) {
    return answer < 0;
}
bool absent(bool present) {
    return !present;
}

// The same for a question that is an operation.
template <typename Answer, typename... Args>
Answer ask_in_turn(const fwnode_handle *node, Answer (*fwnode_operations::*question)(const fwnode_handle *, Args...),
                   typename as_given<Answer>::type otherwise, bool (*does_not_know)(Answer),
                   typename as_given<Args>::type... args) {
    return ask_both(
        node, [=](const fwnode_handle *n) { return ask(n, question, otherwise, args...); }, does_not_know);
}

// A question about a property's values: how many, or an error.
template <typename Question, typename... Args>
int ask_for_values(const fwnode_handle *node, Question question, Args... args) {
    return IS_ERR_OR_NULL(node) ? -EINVAL : ask_in_turn(node, question, -ENXIO, no_such_property, args...);
}

int read_integers(const fwnode_handle *node, const char *name, unsigned size, void *values, size_t count) {
    return ask_for_values(node, &fwnode_operations::property_read_int_array, name, size, values, count);
}

const fwnode_handle *node_of(const fwnode_handle *fwnode) {
    return fwnode;
}
const fwnode_handle *node_of(device *dev) {
    return __dev_fwnode(dev);
}

} // namespace

// One question for every width of integers, put to a node or to a device.
#define INTEGER_ARRAY_READER(function, owner, element)                                                                 \
    int function(owner *from, const char *propname, element *val, size_t nval) {                                       \
        return read_integers(node_of(from), propname, sizeof(element), val, nval);                                     \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(function)

INTEGER_ARRAY_READER(fwnode_property_read_u8_array, const fwnode_handle, u8);
INTEGER_ARRAY_READER(fwnode_property_read_u16_array, const fwnode_handle, u16);
INTEGER_ARRAY_READER(fwnode_property_read_u32_array, const fwnode_handle, u32);
INTEGER_ARRAY_READER(fwnode_property_read_u64_array, const fwnode_handle, u64);
INTEGER_ARRAY_READER(device_property_read_u8_array, device, u8);
INTEGER_ARRAY_READER(device_property_read_u16_array, device, u16);
INTEGER_ARRAY_READER(device_property_read_u32_array, device, u32);
INTEGER_ARRAY_READER(device_property_read_u64_array, device, u64);

bool fwnode_property_present(const fwnode_handle *fwnode, const char *propname) {
    return ask_in_turn(fwnode, &fwnode_operations::property_present, false, absent, propname);
}
EXPORT_SYMBOL_GPL(fwnode_property_present);

int fwnode_property_read_string_array(const fwnode_handle *fwnode, const char *propname, const char **val,
                                      size_t nval) {
    return ask_for_values(fwnode, &fwnode_operations::property_read_string_array, propname, val, nval);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_string_array);

int fwnode_property_read_string(const fwnode_handle *fwnode, const char *propname, const char **val) {
    return min(fwnode_property_read_string_array(fwnode, propname, val, 1), 0);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_string);

int fwnode_property_match_string(const fwnode_handle *fwnode, const char *propname, const char *string) {
    int count = fwnode_property_read_string_array(fwnode, propname, nullptr, 0);
    if (count == 0)
        count = -ENODATA;
    if (count < 0)
        return count;
    auto **strings = static_cast<const char **>(kcalloc(static_cast<size_t>(count), sizeof(char *), GFP_KERNEL));
    finally not_needed([=] { kfree(strings); });
    if (!strings)
        return -ENOMEM;
    count = fwnode_property_read_string_array(fwnode, propname, strings, static_cast<size_t>(count));
    for (int index = 0; index < count; index++)
        if (!strcmp(strings[index], string))
            return index;
    return count < 0 ? count : -ENODATA;
}
EXPORT_SYMBOL_GPL(fwnode_property_match_string);

int fwnode_property_get_reference_args(const fwnode_handle *fwnode, const char *prop, const char *nargs_prop,
                                       unsigned int nargs, unsigned int index, fwnode_reference_args *args) {
    const auto look = [=](const fwnode_handle *node) {
        return ask(node, &fwnode_operations::get_reference_args, -ENXIO, prop, nargs_prop, nargs, index, args);
    };
    return IS_ERR_OR_NULL(fwnode) ? -ENOENT : ask_both(fwnode, look, no_such_reference);
}
EXPORT_SYMBOL_GPL(fwnode_property_get_reference_args);

static result<fwnode_handle *> referred_node(const fwnode_handle *from, const char *property, unsigned index) {
    fwnode_reference_args found;
    if (int error = fwnode_property_get_reference_args(from, property, nullptr, 0, index, &found))
        return failure(error);
    return found.fwnode;
}

fwnode_handle *fwnode_find_reference(const fwnode_handle *fwnode, const char *name, unsigned int index) {
    return as_err_ptr(referred_node(fwnode, name, index));
}
EXPORT_SYMBOL_GPL(fwnode_find_reference);

// The same of a device's node

bool device_property_present(device *dev, const char *propname) {
    return fwnode_property_present(dev_fwnode(dev), propname);
}
EXPORT_SYMBOL_GPL(device_property_present);

int device_property_read_string_array(device *dev, const char *propname, const char **val, size_t nval) {
    return fwnode_property_read_string_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_string_array);

int device_property_match_string(device *dev, const char *propname, const char *string) {
    return fwnode_property_match_string(dev_fwnode(dev), propname, string);
}
EXPORT_SYMBOL_GPL(device_property_match_string);

int device_property_read_string(device *dev, const char *propname, const char **val) {
    return fwnode_property_read_string(dev_fwnode(dev), propname, val);
}
EXPORT_SYMBOL_GPL(device_property_read_string);

// Nodes and their relations

fwnode_handle *fwnode_handle_get(fwnode_handle *fwnode) {
    return ask(fwnode, &fwnode_operations::get, fwnode);
}
EXPORT_SYMBOL_GPL(fwnode_handle_get);

void fwnode_handle_put(fwnode_handle *fwnode) {
    if (!IS_ERR_OR_NULL(fwnode) && fwnode->ops && fwnode->ops->put)
        fwnode->ops->put(fwnode);
}
EXPORT_SYMBOL_GPL(fwnode_handle_put);

bool fwnode_device_is_available(const fwnode_handle *fwnode) {
    return !IS_ERR_OR_NULL(fwnode) && ask(fwnode, &fwnode_operations::device_is_available, true);
}
EXPORT_SYMBOL_GPL(fwnode_device_is_available);

const char *fwnode_get_name(const fwnode_handle *fwnode) {
    return ask(fwnode, &fwnode_operations::get_name, nullptr);
}
EXPORT_SYMBOL_GPL(fwnode_get_name);

const char *fwnode_get_name_prefix(const fwnode_handle *fwnode) {
    return ask(fwnode, &fwnode_operations::get_name_prefix, nullptr);
}

fwnode_handle *fwnode_get_parent(const fwnode_handle *fwnode) {
    return ask(fwnode, &fwnode_operations::get_parent, nullptr);
}
EXPORT_SYMBOL_GPL(fwnode_get_parent);

fwnode_handle *fwnode_get_next_child_node(const fwnode_handle *fwnode, fwnode_handle *child) {
    return ask(fwnode, &fwnode_operations::get_next_child_node, nullptr, child);
}
EXPORT_SYMBOL_GPL(fwnode_get_next_child_node);

fwnode_handle *fwnode_get_next_available_child_node(const fwnode_handle *fwnode, fwnode_handle *child) {
    while ((child = fwnode_get_next_child_node(fwnode, child)))
        if (fwnode_device_is_available(child))
            break;
    return child;
}
EXPORT_SYMBOL_GPL(fwnode_get_next_available_child_node);

fwnode_handle *fwnode_get_named_child_node(const fwnode_handle *fwnode, const char *childname) {
    return ask(fwnode, &fwnode_operations::get_named_child_node, nullptr, childname);
}
EXPORT_SYMBOL_GPL(fwnode_get_named_child_node);

int fwnode_irq_get(const fwnode_handle *fwnode, unsigned int index) {
    const int answer = ask(fwnode, &fwnode_operations::irq_get, -ENXIO, index);
    return answer ? answer : -EINVAL; // 0 is not an interrupt
}
EXPORT_SYMBOL(fwnode_irq_get);

int fwnode_irq_get_byname(const fwnode_handle *fwnode, const char *name) {
    const int index = name ? fwnode_property_match_string(fwnode, "interrupt-names", name) : -EINVAL;
    return index < 0 ? index : fwnode_irq_get(fwnode, static_cast<unsigned>(index));
}
EXPORT_SYMBOL(fwnode_irq_get_byname);

fwnode_handle *device_get_next_child_node(device *dev, fwnode_handle *child) {
    return ask_both(
        dev_fwnode(dev), [=](const fwnode_handle *n) { return fwnode_get_next_child_node(n, child); },
        [](const fwnode_handle *next) { return !next; });
}
EXPORT_SYMBOL_GPL(device_get_next_child_node);

fwnode_handle *device_get_named_child_node(device *dev, const char *childname) {
    return fwnode_get_named_child_node(dev_fwnode(dev), childname);
}
EXPORT_SYMBOL_GPL(device_get_named_child_node);

unsigned int device_get_child_node_count(device *dev) {
    unsigned int count = 0;
    for (fwnode_handle *child = nullptr; (child = device_get_next_child_node(dev, child));)
        count++;
    return count;
}
EXPORT_SYMBOL_GPL(device_get_child_node_count);

const void *device_get_match_data(const device *dev) {
    return ask(__dev_fwnode_const(dev), &fwnode_operations::device_get_match_data, nullptr, dev);
}
EXPORT_SYMBOL_GPL(device_get_match_data);
