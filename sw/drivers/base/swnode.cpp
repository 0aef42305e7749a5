// SPDX-License-Identifier: Apache-2.0
// Software nodes: firmware nodes that code describes.
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

extern const fwnode_operations software_node_ops;

namespace {

struct swnode {
    fwnode_handle fwnode;
    const software_node *node;
    software_node own; // what `node` points to for nodes made by fwnode_create_software_node
    char name[16];
    swnode *parent;
    list_head entry; // in swnodes
    list_head siblings;
    list_head children;
    int id; // of a created node; -1: registered
    bool managed;
};

DEFINE_MUTEX(swnodes_lock);
LIST_HEAD(swnodes);
DEFINE_IDA(swnode_ids);

swnode *to_swnode(const fwnode_handle *fwnode) {
    return is_software_node(fwnode) ? container_of(const_cast<fwnode_handle *>(fwnode), swnode, fwnode) : nullptr;
}

swnode *find_swnode(const software_node *node) {
    swnode *found = nullptr;
    swnode *sw;

    if (!node)
        return nullptr;
    mutex_lock(&swnodes_lock);
    list_for_each_entry (sw, &swnodes, entry) {
        if (sw->node == node) {
            found = sw;
            break;
        }
    }
    mutex_unlock(&swnodes_lock);
    return found;
}

// Properties

const property_entry *find_entry(const property_entry *prop, const char *name) {
    for (; prop && prop->name; prop++) {
        if (!strcmp(name, prop->name))
            return prop;
    }
    return nullptr;
}

const void *entry_data(const property_entry *prop) {
    return prop->is_inline ? static_cast<const void *>(&prop->value) : prop->pointer;
}

// The value, of which `length` bytes are needed.
const void *find_value(const property_entry *props, const char *name, size_t length) {
    const property_entry *prop = find_entry(props, name);

    if (!prop)
        return ERR_PTR(-EINVAL);
    if (!prop->length || !entry_data(prop))
        return ERR_PTR(-ENODATA);
    if (length > prop->length)
        return ERR_PTR(-EOVERFLOW);
    return entry_data(prop);
}

const property_entry *props_of(const fwnode_handle *fwnode) {
    return to_swnode(fwnode)->node->properties;
}

bool swnode_property_present(const fwnode_handle *fwnode, const char *name) {
    return find_entry(props_of(fwnode), name) != nullptr;
}

int swnode_read_int_array(const fwnode_handle *fwnode, const char *name, unsigned int elem_size, void *val,
                          size_t nval) {
    if (!val) {
        const property_entry *prop = find_entry(props_of(fwnode), name);

        return prop ? static_cast<int>(prop->length / elem_size) : -EINVAL;
    }
    const void *value = find_value(props_of(fwnode), name, nval * elem_size);
    if (IS_ERR(value))
        return PTR_ERR(value);
    memcpy(val, value, nval * elem_size);
    return 0;
}

int swnode_read_string_array(const fwnode_handle *fwnode, const char *name, const char **val, size_t nval) {
    const property_entry *prop = find_entry(props_of(fwnode), name);

    if (!prop)
        return -EINVAL;
    int count = prop->length / sizeof(char *);
    if (!val)
        return count;
    if (static_cast<size_t>(count) > nval)
        count = nval;
    const void *value = find_value(props_of(fwnode), name, count * sizeof(char *));
    if (IS_ERR(value))
        return PTR_ERR(value);
    memcpy(val, value, count * sizeof(char *));
    return count;
}

const char *swnode_get_name(const fwnode_handle *fwnode) {
    return to_swnode(fwnode)->name;
}

fwnode_handle *swnode_get_parent(const fwnode_handle *fwnode) {
    swnode *parent = to_swnode(fwnode)->parent;

    return parent ? &parent->fwnode : nullptr;
}

fwnode_handle *swnode_next_child(const fwnode_handle *fwnode, fwnode_handle *child) {
    swnode *sw = to_swnode(fwnode);
    swnode *c = to_swnode(child);

    list_head *next = c && c->parent == sw ? c->siblings.next : sw->children.next;
    return next == &sw->children ? nullptr : &list_entry(next, swnode, siblings)->fwnode;
}

fwnode_handle *swnode_named_child(const fwnode_handle *fwnode, const char *name) {
    swnode *child;

    list_for_each_entry (child, &to_swnode(fwnode)->children, siblings) {
        if (!strcmp(child->name, name))
            return &child->fwnode;
    }
    return nullptr;
}

int swnode_get_reference_args(const fwnode_handle *fwnode, const char *propname, const char *nargs_prop,
                              unsigned int nargs, unsigned int index, fwnode_reference_args *args) {
    const property_entry *prop = find_entry(props_of(fwnode), propname);

    if (!prop)
        return -ENOENT;
    if (prop->type != DEV_PROP_REF || prop->is_inline)
        return -EINVAL;
    if ((index + 1) * sizeof(software_node_ref_args) > prop->length)
        return -ENOENT;
    const auto *ref = static_cast<const software_node_ref_args *>(prop->pointer) + index;
    fwnode_handle *target = software_node_fwnode(ref->node);
    if (!target)
        return -ENOENT;
    if (nargs_prop) {
        u32 count;
        int error = swnode_read_int_array(target, nargs_prop, sizeof(u32), &count, 1);

        if (error)
            return error;
        nargs = count;
    }
    if (nargs > NR_FWNODE_REFERENCE_ARGS)
        return -EINVAL;
    if (args) {
        args->fwnode = target;
        args->nargs = nargs;
        for (unsigned int i = 0; i < NR_FWNODE_REFERENCE_ARGS; i++)
            args->args[i] = i < nargs ? ref->args[i] : 0;
    }
    return 0;
}

// Adds the node below its parent. Takes over nothing.
swnode *add_swnode(const software_node *node, swnode *parent) {
    auto *sw = static_cast<swnode *>(kzalloc(sizeof(swnode), GFP_KERNEL));

    if (!sw)
        return nullptr;
    fwnode_init(&sw->fwnode, &software_node_ops);
    sw->node = node;
    sw->parent = parent;
    sw->id = -1;
    INIT_LIST_HEAD(&sw->children);
    INIT_LIST_HEAD(&sw->siblings);
    if (node && node->name)
        strscpy(sw->name, node->name, sizeof(sw->name));
    mutex_lock(&swnodes_lock);
    list_add_tail(&sw->entry, &swnodes);
    if (parent)
        list_add_tail(&sw->siblings, &parent->children);
    mutex_unlock(&swnodes_lock);
    return sw;
}

void remove_swnode(swnode *sw) {
    mutex_lock(&swnodes_lock);
    list_del(&sw->entry);
    list_del_init(&sw->siblings);
    mutex_unlock(&swnodes_lock);
    if (sw->id >= 0) {
        ida_free(&swnode_ids, sw->id);
        property_entries_free(sw->own.properties);
    }
    kfree(sw);
}

} // namespace

const fwnode_operations software_node_ops = {
    .property_present = swnode_property_present,
    .property_read_int_array = swnode_read_int_array,
    .property_read_string_array = swnode_read_string_array,
    .get_name = swnode_get_name,
    .get_parent = swnode_get_parent,
    .get_next_child_node = swnode_next_child,
    .get_named_child_node = swnode_named_child,
    .get_reference_args = swnode_get_reference_args,
};

bool is_software_node(const fwnode_handle *fwnode) {
    return !IS_ERR_OR_NULL(fwnode) && fwnode->ops == &software_node_ops;
}
EXPORT_SYMBOL_GPL(is_software_node);

const software_node *to_software_node(const fwnode_handle *fwnode) {
    const swnode *sw = to_swnode(fwnode);

    return sw ? sw->node : nullptr;
}
EXPORT_SYMBOL_GPL(to_software_node);

fwnode_handle *software_node_fwnode(const software_node *node) {
    swnode *sw = find_swnode(node);

    return sw ? &sw->fwnode : nullptr;
}
EXPORT_SYMBOL_GPL(software_node_fwnode);

const software_node *software_node_find_by_name(const software_node *parent, const char *name) {
    const software_node *found = nullptr;
    swnode *sw;

    if (!name)
        return nullptr;
    mutex_lock(&swnodes_lock);
    list_for_each_entry (sw, &swnodes, entry) {
        if (sw->node->parent == parent && sw->node->name && !strcmp(name, sw->node->name)) {
            found = sw->node;
            break;
        }
    }
    mutex_unlock(&swnodes_lock);
    return found;
}
EXPORT_SYMBOL_GPL(software_node_find_by_name);

int software_node_register(const software_node *node) {
    swnode *parent = find_swnode(node->parent);

    if (find_swnode(node))
        return -EEXIST;
    if (node->parent && !parent)
        return -EINVAL;
    return add_swnode(node, parent) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL_GPL(software_node_register);

void software_node_unregister(const software_node *node) {
    swnode *sw = find_swnode(node);

    if (sw)
        remove_swnode(sw);
}
EXPORT_SYMBOL_GPL(software_node_unregister);

int software_node_register_nodes(const software_node *nodes) {
    for (int i = 0; nodes[i].name; i++) {
        int ret = software_node_register(&nodes[i]);

        if (ret) {
            while (i--)
                software_node_unregister(&nodes[i]);
            return ret;
        }
    }
    return 0;
}
EXPORT_SYMBOL_GPL(software_node_register_nodes);

void software_node_unregister_nodes(const software_node *nodes) {
    int count = 0;

    while (nodes[count].name)
        count++;
    while (count--)
        software_node_unregister(&nodes[count]);
}
EXPORT_SYMBOL_GPL(software_node_unregister_nodes);

int software_node_register_node_group(const software_node **group) {
    for (int i = 0; group && group[i]; i++) {
        int ret = software_node_register(group[i]);

        if (ret) {
            while (i--)
                software_node_unregister(group[i]);
            return ret;
        }
    }
    return 0;
}
EXPORT_SYMBOL_GPL(software_node_register_node_group);

void software_node_unregister_node_group(const software_node **group) {
    int count = 0;

    while (group && group[count])
        count++;
    while (count--)
        software_node_unregister(group[count]);
}
EXPORT_SYMBOL_GPL(software_node_unregister_node_group);

// Copies: nodes that are created own their properties

static void free_entry(const property_entry *p) {
    const void *data = entry_data(p);

    if (p->type == DEV_PROP_STRING && p->length) {
        auto *strings = static_cast<const char *const *>(data);

        for (size_t i = 0; strings && i < p->length / sizeof(char *); i++)
            kfree(strings[i]);
    }
    if (!p->is_inline)
        kfree(p->pointer);
    kfree(p->name);
}

static int copy_entry(property_entry *dst, const property_entry *src) {
    *dst = *src;
    dst->name = kstrdup(src->name, GFP_KERNEL);
    if (!src->is_inline && src->length) {
        dst->pointer = kmemdup(src->pointer, src->length, GFP_KERNEL);
        if (!dst->pointer)
            return -ENOMEM;
    }
    if (src->type == DEV_PROP_STRING && src->length) {
        auto **strings = static_cast<const char **>(const_cast<void *>(entry_data(dst)));

        for (size_t i = 0; i < src->length / sizeof(char *); i++)
            strings[i] = kstrdup(strings[i], GFP_KERNEL);
    }
    return dst->name ? 0 : -ENOMEM;
}

property_entry *property_entries_dup(const property_entry *properties) {
    int n = 0;

    if (!properties)
        return nullptr;
    while (properties[n].name)
        n++;
    auto *p = static_cast<property_entry *>(kcalloc(n + 1, sizeof(property_entry), GFP_KERNEL));
    if (!p)
        return static_cast<property_entry *>(ERR_PTR(-ENOMEM));
    for (int i = 0; i < n; i++) {
        int ret = copy_entry(&p[i], &properties[i]);

        if (ret) {
            property_entries_free(p);
            return static_cast<property_entry *>(ERR_PTR(ret));
        }
    }
    return p;
}
EXPORT_SYMBOL_GPL(property_entries_dup);

void property_entries_free(const property_entry *properties) {
    if (IS_ERR_OR_NULL(properties))
        return;
    for (const property_entry *p = properties; p->name; p++)
        free_entry(p);
    kfree(properties);
}
EXPORT_SYMBOL_GPL(property_entries_free);

fwnode_handle *fwnode_create_software_node(const property_entry *properties, const fwnode_handle *parent) {
    swnode *p = to_swnode(parent);

    if (IS_ERR(parent))
        return const_cast<fwnode_handle *>(parent);
    if (parent && !p)
        return static_cast<fwnode_handle *>(ERR_PTR(-EINVAL));
    property_entry *copy = property_entries_dup(properties);
    if (IS_ERR(copy))
        return reinterpret_cast<fwnode_handle *>(copy);
    int id = ida_alloc(&swnode_ids, GFP_KERNEL);
    swnode *sw = id < 0 ? nullptr : add_swnode(nullptr, p);
    if (!sw) {
        if (id >= 0)
            ida_free(&swnode_ids, id);
        property_entries_free(copy);
        return static_cast<fwnode_handle *>(ERR_PTR(-ENOMEM));
    }
    sw->id = id;
    snprintf(sw->name, sizeof(sw->name), "node%d", id);
    sw->own = {nullptr, p ? p->node : nullptr, copy};
    sw->node = &sw->own;
    return &sw->fwnode;
}
EXPORT_SYMBOL_GPL(fwnode_create_software_node);

void fwnode_remove_software_node(fwnode_handle *fwnode) {
    swnode *sw = to_swnode(fwnode);

    if (sw)
        remove_swnode(sw);
}
EXPORT_SYMBOL_GPL(fwnode_remove_software_node);

// Behind a device

static swnode *dev_to_swnode(device *dev) {
    fwnode_handle *fwnode = dev_fwnode(dev);

    if (is_software_node(fwnode))
        return to_swnode(fwnode);
    return fwnode ? to_swnode(fwnode->secondary) : nullptr;
}

int device_add_software_node(device *dev, const software_node *node) {
    if (dev_to_swnode(dev))
        return -EBUSY;
    swnode *sw = find_swnode(node);
    if (!sw) {
        int ret = software_node_register(node);

        if (ret)
            return ret;
        sw = find_swnode(node);
    }
    set_secondary_fwnode(dev, &sw->fwnode);
    return 0;
}
EXPORT_SYMBOL_GPL(device_add_software_node);

void device_remove_software_node(device *dev) {
    swnode *sw = dev_to_swnode(dev);

    if (!sw)
        return;
    set_secondary_fwnode(dev, nullptr);
    if (sw->managed)
        remove_swnode(sw);
}
EXPORT_SYMBOL_GPL(device_remove_software_node);

int device_create_managed_software_node(device *dev, const property_entry *properties, const software_node *parent) {
    swnode *p = find_swnode(parent);

    if (parent && !p)
        return -EINVAL;
    fwnode_handle *fwnode = fwnode_create_software_node(properties, p ? &p->fwnode : nullptr);
    if (IS_ERR(fwnode))
        return PTR_ERR(fwnode);
    to_swnode(fwnode)->managed = true;
    set_secondary_fwnode(dev, fwnode);
    return 0;
}
EXPORT_SYMBOL_GPL(device_create_managed_software_node);
