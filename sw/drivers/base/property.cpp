// SPDX-License-Identifier: Apache-2.0
// Properties of firmware nodes of any kind. What the first node does not have, its secondary is asked for.
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fwnode.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

fwnode_handle *__dev_fwnode(device *dev) {
    return dev->of_node ? of_fwnode_handle(dev->of_node) : dev->fwnode;
}
EXPORT_SYMBOL_GPL(__dev_fwnode);

const fwnode_handle *__dev_fwnode_const(const device *dev) {
    return __dev_fwnode(const_cast<device *>(dev));
}
EXPORT_SYMBOL_GPL(__dev_fwnode_const);

static const fwnode_handle *second(const fwnode_handle *fwnode) {
    return IS_ERR_OR_NULL(fwnode) || IS_ERR_OR_NULL(fwnode->secondary) ? nullptr : fwnode->secondary;
}

static bool present_in(const fwnode_handle *fwnode, const char *propname) {
    return fwnode_has_op(fwnode) && fwnode->ops->property_present && fwnode->ops->property_present(fwnode, propname);
}

bool fwnode_property_present(const fwnode_handle *fwnode, const char *propname) {
    if (IS_ERR_OR_NULL(fwnode))
        return false;
    return present_in(fwnode, propname) || present_in(second(fwnode), propname);
}
EXPORT_SYMBOL_GPL(fwnode_property_present);

static int read_int_in(const fwnode_handle *fwnode, const char *propname, unsigned int elem_size, void *val,
                       size_t nval) {
    if (!fwnode_has_op(fwnode) || !fwnode->ops->property_read_int_array)
        return -ENXIO;
    return fwnode->ops->property_read_int_array(fwnode, propname, elem_size, val, nval);
}

static int read_int_array(const fwnode_handle *fwnode, const char *propname, unsigned int elem_size, void *val,
                          size_t nval) {
    if (IS_ERR_OR_NULL(fwnode))
        return -EINVAL;
    int ret = read_int_in(fwnode, propname, elem_size, val, nval);
    return ret == -EINVAL && second(fwnode) ? read_int_in(second(fwnode), propname, elem_size, val, nval) : ret;
}

int fwnode_property_read_u8_array(const fwnode_handle *fwnode, const char *propname, u8 *val, size_t nval) {
    return read_int_array(fwnode, propname, sizeof(u8), val, nval);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_u8_array);

int fwnode_property_read_u16_array(const fwnode_handle *fwnode, const char *propname, u16 *val, size_t nval) {
    return read_int_array(fwnode, propname, sizeof(u16), val, nval);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_u16_array);

int fwnode_property_read_u32_array(const fwnode_handle *fwnode, const char *propname, u32 *val, size_t nval) {
    return read_int_array(fwnode, propname, sizeof(u32), val, nval);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_u32_array);

int fwnode_property_read_u64_array(const fwnode_handle *fwnode, const char *propname, u64 *val, size_t nval) {
    return read_int_array(fwnode, propname, sizeof(u64), val, nval);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_u64_array);

static int read_string_in(const fwnode_handle *fwnode, const char *propname, const char **val, size_t nval) {
    if (!fwnode_has_op(fwnode) || !fwnode->ops->property_read_string_array)
        return -ENXIO;
    return fwnode->ops->property_read_string_array(fwnode, propname, val, nval);
}

int fwnode_property_read_string_array(const fwnode_handle *fwnode, const char *propname, const char **val,
                                      size_t nval) {
    if (IS_ERR_OR_NULL(fwnode))
        return -EINVAL;
    int ret = read_string_in(fwnode, propname, val, nval);
    return ret == -EINVAL && second(fwnode) ? read_string_in(second(fwnode), propname, val, nval) : ret;
}
EXPORT_SYMBOL_GPL(fwnode_property_read_string_array);

int fwnode_property_read_string(const fwnode_handle *fwnode, const char *propname, const char **val) {
    int ret = fwnode_property_read_string_array(fwnode, propname, val, 1);

    return ret < 0 ? ret : 0;
}
EXPORT_SYMBOL_GPL(fwnode_property_read_string);

int fwnode_property_match_string(const fwnode_handle *fwnode, const char *propname, const char *string) {
    int nval = fwnode_property_read_string_array(fwnode, propname, nullptr, 0);

    if (nval <= 0)
        return nval < 0 ? nval : -ENODATA;
    auto **values = static_cast<const char **>(kcalloc(nval, sizeof(char *), GFP_KERNEL));
    if (!values)
        return -ENOMEM;
    int ret = fwnode_property_read_string_array(fwnode, propname, values, nval);
    if (ret >= 0) {
        ret = match_string(values, nval, string);
        if (ret < 0)
            ret = -ENODATA;
    }
    kfree(values);
    return ret;
}
EXPORT_SYMBOL_GPL(fwnode_property_match_string);

static int reference_in(const fwnode_handle *fwnode, const char *prop, const char *nargs_prop, unsigned int nargs,
                        unsigned int index, fwnode_reference_args *args) {
    if (!fwnode_has_op(fwnode) || !fwnode->ops->get_reference_args)
        return -ENXIO;
    return fwnode->ops->get_reference_args(fwnode, prop, nargs_prop, nargs, index, args);
}

int fwnode_property_get_reference_args(const fwnode_handle *fwnode, const char *prop, const char *nargs_prop,
                                       unsigned int nargs, unsigned int index, fwnode_reference_args *args) {
    if (IS_ERR_OR_NULL(fwnode))
        return -ENOENT;
    int ret = reference_in(fwnode, prop, nargs_prop, nargs, index, args);
    return ret < 0 && second(fwnode) ? reference_in(second(fwnode), prop, nargs_prop, nargs, index, args) : ret;
}
EXPORT_SYMBOL_GPL(fwnode_property_get_reference_args);

fwnode_handle *fwnode_find_reference(const fwnode_handle *fwnode, const char *name, unsigned int index) {
    fwnode_reference_args args;
    int ret = fwnode_property_get_reference_args(fwnode, name, nullptr, 0, index, &args);

    return ret ? static_cast<fwnode_handle *>(ERR_PTR(ret)) : args.fwnode;
}
EXPORT_SYMBOL_GPL(fwnode_find_reference);

// Of a device

bool device_property_present(device *dev, const char *propname) {
    return fwnode_property_present(dev_fwnode(dev), propname);
}
EXPORT_SYMBOL_GPL(device_property_present);

int device_property_read_u8_array(device *dev, const char *propname, u8 *val, size_t nval) {
    return fwnode_property_read_u8_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_u8_array);

int device_property_read_u16_array(device *dev, const char *propname, u16 *val, size_t nval) {
    return fwnode_property_read_u16_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_u16_array);

int device_property_read_u32_array(device *dev, const char *propname, u32 *val, size_t nval) {
    return fwnode_property_read_u32_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_u32_array);

int device_property_read_u64_array(device *dev, const char *propname, u64 *val, size_t nval) {
    return fwnode_property_read_u64_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_u64_array);

int device_property_read_string_array(device *dev, const char *propname, const char **val, size_t nval) {
    return fwnode_property_read_string_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_string_array);

int device_property_read_string(device *dev, const char *propname, const char **val) {
    return fwnode_property_read_string(dev_fwnode(dev), propname, val);
}
EXPORT_SYMBOL_GPL(device_property_read_string);

int device_property_match_string(device *dev, const char *propname, const char *string) {
    return fwnode_property_match_string(dev_fwnode(dev), propname, string);
}
EXPORT_SYMBOL_GPL(device_property_match_string);

// Nodes

fwnode_handle *fwnode_handle_get(fwnode_handle *fwnode) {
    return fwnode_has_op(fwnode) && fwnode->ops->get ? fwnode->ops->get(fwnode) : fwnode;
}
EXPORT_SYMBOL_GPL(fwnode_handle_get);

void fwnode_handle_put(fwnode_handle *fwnode) {
    if (fwnode_has_op(fwnode) && fwnode->ops->put)
        fwnode->ops->put(fwnode);
}
EXPORT_SYMBOL_GPL(fwnode_handle_put);

bool fwnode_device_is_available(const fwnode_handle *fwnode) {
    if (IS_ERR_OR_NULL(fwnode))
        return false;
    return !fwnode->ops->device_is_available || fwnode->ops->device_is_available(fwnode);
}
EXPORT_SYMBOL_GPL(fwnode_device_is_available);

const char *fwnode_get_name(const fwnode_handle *fwnode) {
    return fwnode_has_op(fwnode) && fwnode->ops->get_name ? fwnode->ops->get_name(fwnode) : nullptr;
}
EXPORT_SYMBOL_GPL(fwnode_get_name);

fwnode_handle *fwnode_get_parent(const fwnode_handle *fwnode) {
    return fwnode_has_op(fwnode) && fwnode->ops->get_parent ? fwnode->ops->get_parent(fwnode) : nullptr;
}
EXPORT_SYMBOL_GPL(fwnode_get_parent);

fwnode_handle *fwnode_get_next_child_node(const fwnode_handle *fwnode, fwnode_handle *child) {
    return fwnode_has_op(fwnode) && fwnode->ops->get_next_child_node ? fwnode->ops->get_next_child_node(fwnode, child)
                                                                     : nullptr;
}
EXPORT_SYMBOL_GPL(fwnode_get_next_child_node);

fwnode_handle *fwnode_get_next_available_child_node(const fwnode_handle *fwnode, fwnode_handle *child) {
    do {
        child = fwnode_get_next_child_node(fwnode, child);
    } while (child && !fwnode_device_is_available(child));
    return child;
}
EXPORT_SYMBOL_GPL(fwnode_get_next_available_child_node);

fwnode_handle *fwnode_get_named_child_node(const fwnode_handle *fwnode, const char *childname) {
    return fwnode_has_op(fwnode) && fwnode->ops->get_named_child_node
               ? fwnode->ops->get_named_child_node(fwnode, childname)
               : nullptr;
}
EXPORT_SYMBOL_GPL(fwnode_get_named_child_node);

int fwnode_irq_get(const fwnode_handle *fwnode, unsigned int index) {
    if (!fwnode_has_op(fwnode) || !fwnode->ops->irq_get)
        return -ENXIO;
    int ret = fwnode->ops->irq_get(fwnode, index);
    return ret == 0 ? -EINVAL : ret;
}
EXPORT_SYMBOL(fwnode_irq_get);

int fwnode_irq_get_byname(const fwnode_handle *fwnode, const char *name) {
    if (!name)
        return -EINVAL;
    int index = fwnode_property_match_string(fwnode, "interrupt-names", name);
    return index < 0 ? index : fwnode_irq_get(fwnode, index);
}
EXPORT_SYMBOL(fwnode_irq_get_byname);

fwnode_handle *device_get_next_child_node(device *dev, fwnode_handle *child) {
    const fwnode_handle *fwnode = dev_fwnode(dev);

    if (IS_ERR_OR_NULL(fwnode))
        return nullptr;
    fwnode_handle *next = fwnode_get_next_child_node(fwnode, child);
    return next || !second(fwnode) ? next : fwnode_get_next_child_node(second(fwnode), child);
}
EXPORT_SYMBOL_GPL(device_get_next_child_node);

fwnode_handle *device_get_named_child_node(device *dev, const char *childname) {
    return fwnode_get_named_child_node(dev_fwnode(dev), childname);
}
EXPORT_SYMBOL_GPL(device_get_named_child_node);

unsigned int device_get_child_node_count(device *dev) {
    fwnode_handle *child;
    unsigned int count = 0;

    device_for_each_child_node(dev, child) count++;
    return count;
}
EXPORT_SYMBOL_GPL(device_get_child_node_count);

const void *device_get_match_data(const device *dev) {
    const fwnode_handle *fwnode = __dev_fwnode_const(dev);

    return fwnode_has_op(fwnode) && fwnode->ops->device_get_match_data ? fwnode->ops->device_get_match_data(fwnode, dev)
                                                                       : nullptr;
}
EXPORT_SYMBOL_GPL(device_get_match_data);
