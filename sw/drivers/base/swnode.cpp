// SPDX-License-Identifier: Apache-2.0
// Software nodes: firmware nodes that code describes (Linux: drivers/base/swnode.c). A description (software_node) is
// its author's; the node that stands for it, from registration on, is ours.
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

#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"

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

DEFINE_MUTEX(swnodes_lock); // the list of all nodes, and the lists of children
LIST_HEAD(swnodes);
DEFINE_IDA(swnode_ids);

swnode *to_swnode(const fwnode_handle *fwnode) {
    return is_software_node(fwnode) ? container_of(const_cast<fwnode_handle *>(fwnode), swnode, fwnode) : nullptr;
}

fwnode_handle *handle_of(swnode *sw) {
    return sw ? &sw->fwnode : nullptr;
}

template <typename Wanted>
swnode *find_swnode_if(Wanted wanted) {
    hold l(swnodes_lock);
    return find_in<&swnode::entry>(swnodes, wanted);
}

swnode *find_swnode(const software_node *node) {
    return node ? find_swnode_if([node](const swnode &sw) { return sw.node == node; }) : nullptr;
}

// The properties of a description, which end with one that has no name.
class properties {
public:
    explicit properties(const property_entry *first)
        : first_(first) {}
    explicit properties(const fwnode_handle *fwnode)
        : first_(to_swnode(fwnode)->node->properties) {}

    const property_entry *begin() const { return first_; }
    const property_entry *end() const {
        const property_entry *p = first_;
        while (p && p->name)
            p++;
        return p;
    }
    size_t size() const { return static_cast<size_t>(end() - begin()); }

    const property_entry *find(const char *name) const {
        for (const property_entry &p : *this)
            if (!strcmp(p.name, name))
                return &p;
        return nullptr;
    }
    static const void *data(const property_entry &p) {
        return p.is_inline ? static_cast<const void *>(&p.value) : p.pointer;
    }
    // How many elements of `size` bytes a property has.
    result<size_t> count(const char *name, size_t size) const {
        const property_entry *p = find(name);
        if (!p)
            return failure(-EINVAL);
        return p->length / size;
    }
    // Copies `bytes` of a property's value.
    int read(const char *name, void *to, size_t bytes) const {
        const property_entry *p = find(name);
        if (!p)
            return -EINVAL;
        const void *from = p->length ? data(*p) : nullptr;
        if (!from)
            return -ENODATA;
        if (bytes > p->length)
            return -EOVERFLOW;
        memcpy(to, from, bytes);
        return 0;
    }

private:
    const property_entry *first_;
};

// The operations

bool swnode_property_present(const fwnode_handle *fwnode, const char *name) {
    return properties(fwnode).find(name) != nullptr;
}

int swnode_read_int_array(const fwnode_handle *fwnode, const char *name, unsigned int elem_size, void *val,
                          size_t nval) {
    const properties props(fwnode);

    if (val)
        return props.read(name, val, nval * elem_size);
    result<size_t> count = props.count(name, elem_size);
    return count ? static_cast<int>(*count) : count.error();
}

int swnode_read_string_array(const fwnode_handle *fwnode, const char *name, const char **val, size_t nval) {
    const properties props(fwnode);
    result<size_t> there = props.count(name, sizeof(char *));

    if (!there)
        return there.error();
    const size_t given = val ? min(*there, nval) : *there;
    const int error = val ? props.read(name, val, given * sizeof(char *)) : 0;
    return error ? error : static_cast<int>(given);
}

const char *swnode_get_name(const fwnode_handle *fwnode) {
    return to_swnode(fwnode)->name;
}

const char *swnode_get_name_prefix(const fwnode_handle *fwnode) {
    return to_swnode(fwnode)->parent ? "/" : "";
}

fwnode_handle *swnode_get_parent(const fwnode_handle *fwnode) {
    return handle_of(to_swnode(fwnode)->parent);
}

fwnode_handle *swnode_next_child(const fwnode_handle *fwnode, fwnode_handle *child) {
    swnode *above = to_swnode(fwnode), *before = to_swnode(child);
    // A child of another node (the walk comes from a primary node) begins this node's row.
    const list_head &at = before && before->parent == above ? before->siblings : above->children;

    return at.next == &above->children ? nullptr : handle_of(first_of<&swnode::siblings>(at));
}

fwnode_handle *swnode_named_child(const fwnode_handle *fwnode, const char *name) {
    return handle_of(find_in<&swnode::siblings>(to_swnode(fwnode)->children,
                                                [name](const swnode &child) { return !strcmp(child.name, name); }));
}

int swnode_get_reference_args(const fwnode_handle *fwnode, const char *propname, const char *nargs_prop,
                              unsigned int nargs, unsigned int index, fwnode_reference_args *args) {
    const property_entry *p = properties(fwnode).find(propname);
    if (p && (p->type != DEV_PROP_REF || p->is_inline))
        return -EINVAL;
    if (!p || index >= p->length / sizeof(software_node_ref_args))
        return -ENOENT;
    const software_node_ref_args &ref = static_cast<const software_node_ref_args *>(p->pointer)[index];
    fwnode_handle *target = software_node_fwnode(ref.node);
    if (!target)
        return -ENOENT;
    u32 count = nargs;
    if (nargs_prop)
        if (int error = properties(target).read(nargs_prop, &count, sizeof(count)))
            return error;
    if (count > NR_FWNODE_REFERENCE_ARGS)
        return -EINVAL;
    if (args) {
        *args = {.fwnode = target, .nargs = count};
        memcpy(args->args, ref.args, count * sizeof(*ref.args));
    }
    return 0;
}

// A new node below its parent, named as its description or, without a name, by its number.
result<swnode *> add_swnode(const software_node *node, swnode *parent, int id = -1) {
    auto *sw = static_cast<swnode *>(kzalloc(sizeof(swnode), GFP_KERNEL));

    if (!sw)
        return failure(-ENOMEM);
    fwnode_init(&sw->fwnode, &software_node_ops);
    INIT_LIST_HEAD(&sw->children);
    INIT_LIST_HEAD(&sw->siblings);
    sw->node = node;
    sw->parent = parent;
    sw->id = id;
    if (node && node->name)
        strscpy(sw->name, node->name, sizeof(sw->name));
    else
        snprintf(sw->name, sizeof(sw->name), "node%d", id);
    hold l(swnodes_lock);
    list_add_tail(&sw->entry, &swnodes);
    if (parent)
        list_add_tail(&sw->siblings, &parent->children);
    return sw;
}

void remove_swnode(swnode *sw) {
    {
        hold l(swnodes_lock);
        list_del(&sw->entry);
        list_del(&sw->siblings);
    }
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
    .get_name_prefix = swnode_get_name_prefix,
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
    if (const swnode *sw = to_swnode(fwnode))
        return sw->node;
    return nullptr;
}
EXPORT_SYMBOL_GPL(to_software_node);

fwnode_handle *software_node_fwnode(const software_node *node) {
    return handle_of(find_swnode(node));
}
EXPORT_SYMBOL_GPL(software_node_fwnode);

const software_node *software_node_find_by_name(const software_node *parent, const char *name) {
    const swnode *found = !name ? nullptr : find_swnode_if([=](const swnode &sw) {
        return sw.node->parent == parent && sw.node->name && !strcmp(sw.node->name, name);
    });
    return found ? found->node : nullptr;
}
EXPORT_SYMBOL_GPL(software_node_find_by_name);

// The node above a new one: null for none; -EINVAL where it is described but not registered.
static result<swnode *> node_above(const software_node *parent) {
    swnode *above = find_swnode(parent);
    if (parent && !above)
        return failure(-EINVAL);
    return above;
}

int software_node_register(const software_node *node) {
    if (find_swnode(node))
        return -EEXIST;
    result<swnode *> above = node_above(node->parent);
    return above ? add_swnode(node, *above).error() : above.error();
}
EXPORT_SYMBOL_GPL(software_node_register);

void software_node_unregister(const software_node *node) {
    if (swnode *sw = find_swnode(node))
        remove_swnode(sw);
}
EXPORT_SYMBOL_GPL(software_node_unregister);

// Many at once: all or none. `nth` is the nth description of an array of any form, or null behind the last.

namespace {

template <typename Nth>
void unregister_first(int count, Nth nth) {
    while (count)
        software_node_unregister(nth(--count));
}

template <typename Nth>
int register_each(Nth nth) {
    for (int i = 0; nth(i); i++) {
        if (int error = software_node_register(nth(i))) {
            unregister_first(i, nth);
            return error;
        }
    }
    return 0;
}

template <typename Nth>
void unregister_each(Nth nth) {
    int count = 0;
    while (nth(count))
        count++;
    unregister_first(count, nth);
}

auto in_array(const software_node *nodes) {
    return [nodes](int i) { return nodes[i].name ? &nodes[i] : nullptr; };
}
auto in_group(const software_node **group) {
    return [group](int i) { return group ? group[i] : nullptr; };
}

} // namespace

int software_node_register_nodes(const software_node *nodes) {
    return register_each(in_array(nodes));
}
EXPORT_SYMBOL_GPL(software_node_register_nodes);

void software_node_unregister_nodes(const software_node *nodes) {
    unregister_each(in_array(nodes));
}
EXPORT_SYMBOL_GPL(software_node_unregister_nodes);

int software_node_register_node_group(const software_node **group) {
    return register_each(in_group(group));
}
EXPORT_SYMBOL_GPL(software_node_register_node_group);

void software_node_unregister_node_group(const software_node **group) {
    unregister_each(in_group(group));
}
EXPORT_SYMBOL_GPL(software_node_unregister_node_group);

// Copies of properties, deep: names, values and the strings that they point to.

namespace {

// The strings that a property of strings points to.
struct strings_of {
    const char **first, **last;
    explicit strings_of(const property_entry &p)
        : first(p.type == DEV_PROP_STRING ? static_cast<const char **>(const_cast<void *>(properties::data(p)))
                                          : nullptr)
        , last(first ? first + p.length / sizeof(char *) : nullptr) {}
    const char **begin() const { return first; }
    const char **end() const { return last; }
};

void free_entry(const property_entry &p) {
    for (const char *s : strings_of(p))
        kfree(s);
    if (!p.is_inline)
        kfree(p.pointer);
    kfree(p.name);
}

// Leaves an entry that free_entry takes, also where memory ran out.
bool copy_entry(property_entry &to, const property_entry &from) {
    to = from;
    to.name = kstrdup(from.name, GFP_KERNEL);
    if (!from.is_inline && from.length)
        to.pointer = kmemdup(from.pointer, from.length, GFP_KERNEL);
    bool complete = to.name && (from.is_inline || !from.length || to.pointer);
    for (const char *&s : strings_of(to)) {
        s = kstrdup(s, GFP_KERNEL);
        complete = complete && s;
    }
    return complete;
}

} // namespace

property_entry *property_entries_dup(const property_entry *properties_) {
    if (!properties_)
        return nullptr;
    const properties all(properties_);
    auto *copies = static_cast<property_entry *>(kcalloc(all.size() + 1, sizeof(property_entry), GFP_KERNEL));
    bool complete = copies != nullptr;
    for (size_t i = 0; complete && i < all.size(); i++)
        complete = copy_entry(copies[i], properties_[i]);
    if (complete)
        return copies;
    property_entries_free(copies);
    return static_cast<property_entry *>(ERR_PTR(-ENOMEM));
}
EXPORT_SYMBOL_GPL(property_entries_dup);

void property_entries_free(const property_entry *entries) {
    if (IS_ERR_OR_NULL(entries))
        return;
    for (const property_entry &p : properties(entries))
        free_entry(p);
    kfree(entries);
}
EXPORT_SYMBOL_GPL(property_entries_free);

// Nodes without an author's description: they own a copy of their properties.

static result<swnode *> create_swnode(const property_entry *entries, swnode *parent) {
    property_entry *copy = property_entries_dup(entries);
    if (IS_ERR(copy))
        return failure(static_cast<int>(PTR_ERR(copy)));
    on_failure drop_copy([copy] { property_entries_free(copy); });
    const int id = ida_alloc(&swnode_ids, GFP_KERNEL);
    if (id < 0)
        return failure(id);
    result<swnode *> made = add_swnode(nullptr, parent, id);
    if (!made) {
        ida_free(&swnode_ids, id);
        return made;
    }
    drop_copy.dismiss();
    (*made)->own = {nullptr, parent ? parent->node : nullptr, copy};
    (*made)->node = &(*made)->own;
    return made;
}

fwnode_handle *fwnode_create_software_node(const property_entry *properties, const fwnode_handle *parent) {
    swnode *above = to_swnode(parent);

    if (IS_ERR(parent))
        return const_cast<fwnode_handle *>(parent);
    if (parent && !above)
        return static_cast<fwnode_handle *>(ERR_PTR(-EINVAL));
    result<swnode *> made = create_swnode(properties, above);
    return made ? handle_of(*made) : static_cast<fwnode_handle *>(ERR_PTR(made.error()));
}
EXPORT_SYMBOL_GPL(fwnode_create_software_node);

void fwnode_remove_software_node(fwnode_handle *fwnode) {
    if (swnode *sw = to_swnode(fwnode))
        remove_swnode(sw);
}
EXPORT_SYMBOL_GPL(fwnode_remove_software_node);

// Behind a device

static swnode *dev_to_swnode(device *dev) {
    const fwnode_handle *first = dev_fwnode(dev);
    return !first || is_software_node(first) ? to_swnode(first) : to_swnode(first->secondary);
}

int device_add_software_node(device *dev, const software_node *node) {
    if (dev_to_swnode(dev))
        return -EBUSY;
    // Registered by somebody before: shared with the device.
    const int error = software_node_register(node);
    if (error && error != -EEXIST)
        return error;
    set_secondary_fwnode(dev, software_node_fwnode(node));
    return 0;
}
EXPORT_SYMBOL_GPL(device_add_software_node);

void device_remove_software_node(device *dev) {
    swnode *behind = dev_to_swnode(dev);

    if (behind)
        set_secondary_fwnode(dev, nullptr);
    if (behind && behind->managed)
        remove_swnode(behind);
}
EXPORT_SYMBOL_GPL(device_remove_software_node);

int device_create_managed_software_node(device *dev, const property_entry *properties, const software_node *parent) {
    result<swnode *> node = node_above(parent);
    if (node)
        node = create_swnode(properties, *node);
    if (node) {
        set_secondary_fwnode(dev, handle_of(*node));
        (*node)->managed = true;
    }
    return node.error();
}
EXPORT_SYMBOL_GPL(device_create_managed_software_node);
