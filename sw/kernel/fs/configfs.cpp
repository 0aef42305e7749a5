// SPDX-License-Identifier: Apache-2.0
// configfs (Linux: fs/configfs): /sys/kernel/config, where a program makes kernel objects with mkdir. A directory is an
// item; one that may have others in it is a group. An item in the tree has one reference for being there, and holds its
// group. One mutex guards the tree; the subsystem's own is held around what its operations do.
#include <linux/configfs.h>

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kernel/fs/vfs.h"
#include "kernel/module/owned.h"
#include "lib/guard.h"

// Items

int config_item_set_name(config_item *item, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    char *name = kvasprintf(GFP_KERNEL, fmt, args);
    va_end(args);
    if (!name)
        return -ENOMEM;
    if (item->ci_name && item->ci_name != item->ci_namebuf)
        kfree(item->ci_name);
    item->ci_name = name;
    if (strlen(name) < CONFIGFS_ITEM_NAME_LEN) {
        strscpy(item->ci_namebuf, name, CONFIGFS_ITEM_NAME_LEN);
        item->ci_name = item->ci_namebuf;
        kfree(name);
    }
    return 0;
}
EXPORT_SYMBOL(config_item_set_name);

static void init_item(config_item *item) {
    kref_init(&item->ci_kref);
    INIT_LIST_HEAD(&item->ci_entry);
}

void config_item_init_type_name(config_item *item, const char *name, const config_item_type *type) {
    config_item_set_name(item, "%s", name);
    item->ci_type = type;
    init_item(item);
}
EXPORT_SYMBOL(config_item_init_type_name);

void config_group_init(config_group *group) {
    init_item(&group->cg_item);
    INIT_LIST_HEAD(&group->cg_children);
    INIT_LIST_HEAD(&group->default_groups);
}
EXPORT_SYMBOL(config_group_init);

void config_group_init_type_name(config_group *group, const char *name, const config_item_type *type) {
    config_item_set_name(&group->cg_item, "%s", name);
    group->cg_item.ci_type = type;
    config_group_init(group);
}
EXPORT_SYMBOL(config_group_init_type_name);

config_item *config_item_get(config_item *item) {
    if (item)
        kref_get(&item->ci_kref);
    return item;
}
EXPORT_SYMBOL(config_item_get);

config_item *config_item_get_unless_zero(config_item *item) {
    return item && kref_get_unless_zero(&item->ci_kref) ? item : nullptr;
}
EXPORT_SYMBOL(config_item_get_unless_zero);

static void item_ends(kref *count) {
    config_item *item = container_of(count, config_item, ci_kref);
    const config_item_type *type = item->ci_type;

    if (item->ci_name != item->ci_namebuf)
        kfree(item->ci_name);
    item->ci_name = nullptr;
    if (type && type->ct_item_ops && type->ct_item_ops->release)
        type->ct_item_ops->release(item);
}

void config_item_put(config_item *item) {
    if (item)
        kref_put(&item->ci_kref, item_ends);
}
EXPORT_SYMBOL(config_item_put);

config_item *config_group_find_item(config_group *group, const char *name) {
    config_item *item;
    list_for_each_entry (item, &group->cg_children, ci_entry)
        if (item->ci_name && !strcmp(item->ci_name, name))
            return config_item_get(item);
    return nullptr;
}
EXPORT_SYMBOL(config_group_find_item);

// Files: an attribute of the item whose directory it is in.

namespace {

DEFINE_MUTEX(tree);

// What a directory is, and who made it.
struct place {
    config_item *item;
    bool by_program;
    unsigned int dependents;
};

place *place_of(const dentry *dir) {
    return static_cast<place *>(dir->d_inode->i_private);
}

const configfs_attribute &attribute_of(const file *f) {
    return *static_cast<const configfs_attribute *>(f->f_inode->i_private);
}

config_item *item_of(const file *f) {
    return place_of(f->f_path.dentry->d_parent)->item;
}

// Runs `use` with a page.
template <typename Use>
ssize_t with_page(Use use) {
    char *page = reinterpret_cast<char *>(get_zeroed_page(GFP_KERNEL));
    if (!page)
        return -ENOMEM;
    const ssize_t result = use(page);
    free_page(reinterpret_cast<unsigned long>(page));
    return result;
}

ssize_t read_attribute(file *f, char *to, size_t count, loff_t *pos) {
    if (!attribute_of(f).show)
        return -EACCES;
    return with_page([=](char *page) -> ssize_t {
        const ssize_t n = attribute_of(f).show(item_of(f), page);
        return n < 0 ? n : simple_read_from_buffer(to, count, pos, page, n);
    });
}

ssize_t write_attribute(file *f, const char *from, size_t count, loff_t *) {
    if (!attribute_of(f).store)
        return -EACCES;
    return with_page([=](char *page) -> ssize_t {
        const size_t n = min(count, static_cast<size_t>(PAGE_SIZE - 1));
        return copy_from_user(page, from, n) ? -EFAULT : attribute_of(f).store(item_of(f), page, n);
    });
}

const file_operations attribute_ops = {.llseek = default_llseek, .read = read_attribute, .write = write_attribute};

// Directories

config_group *group_of(config_item *item) {
    const config_item_type *type = item->ci_type;
    return type && type->ct_group_ops ? to_config_group(item) : nullptr;
}

configfs_subsystem *subsystem_of(config_item *item) {
    while (item->ci_parent)
        item = item->ci_parent;
    return to_configfs_subsystem(to_config_group(item));
}

void enter_tree(config_group *parent, config_item *item) {
    item->ci_parent = &parent->cg_item;
    item->ci_group = config_group_get(parent);
    list_add_tail(&item->ci_entry, &parent->cg_children);
    config_item_get(item);
}

void leave_tree(config_item *item) {
    config_group *parent = item->ci_group;
    item->ci_parent = nullptr;
    item->ci_group = nullptr;
    list_del_init(&item->ci_entry);
    config_item_put(item);
    config_group_put(parent);
}

void forget_place(struct vfs_node *node) {
    kfree(node->inode.i_private);
}

int make_directory(dentry *parent, const char *name, config_item *item, bool by_program);
void remove_directory(config_item *item);

// The groups that a group has from the start.
int add_default_groups(config_group *group) {
    config_group *sub;
    list_for_each_entry (sub, &group->default_groups, group_entry) {
        enter_tree(group, &sub->cg_item);
        sub->cg_subsys = group->cg_subsys;
        const int error = make_directory(group->cg_item.ci_dentry, sub->cg_item.ci_name, &sub->cg_item, false);
        if (error)
            return error;
        if (const int below = add_default_groups(sub))
            return below;
    }
    return 0;
}

void drop_default_groups(config_group *group) {
    config_group *sub;
    list_for_each_entry (sub, &group->default_groups, group_entry) {
        drop_default_groups(sub);
        sub->cg_item.ci_dentry = nullptr;
        if (sub->cg_item.ci_group)
            leave_tree(&sub->cg_item);
    }
}

int add_files(config_item *item) {
    for (configfs_attribute **attr = item->ci_type ? item->ci_type->ct_attrs : nullptr; attr && *attr; attr++) {
        vfs_spec spec = {};
        spec.mode = S_IFREG | (*attr)->ca_mode;
        spec.fops = &attribute_ops;
        spec.private_data = *attr;
        spec.flags = VFS_GUARDED;
        spec.gone_error = -ENODEV;
        dentry *made = vfs_create(item->ci_dentry, (*attr)->ca_name, spec);
        if (IS_ERR(made))
            return PTR_ERR(made);
    }
    return 0;
}

int make_item(dentry *dir, const char *name);
int drop_item(dentry *dir);
const vfs_dir_ops directory_ops = {make_item, drop_item};

int make_directory(dentry *parent, const char *name, config_item *item, bool by_program) {
    auto *here = static_cast<place *>(kzalloc(sizeof(place), GFP_KERNEL));
    if (!here)
        return -ENOMEM;
    *here = {item, by_program, 0};
    vfs_spec spec = {};
    spec.mode = S_IFDIR | 0755;
    spec.private_data = here;
    spec.dir_ops = &directory_ops;
    spec.release = forget_place;
    dentry *made = vfs_create(parent, name, spec);
    if (IS_ERR(made)) {
        kfree(here);
        return PTR_ERR(made);
    }
    item->ci_dentry = made;
    const int error = add_files(item);
    if (error)
        remove_directory(item);
    return error;
}

void remove_directory(config_item *item) {
    vfs_remove(item->ci_dentry);
    item->ci_dentry = nullptr;
}

// What the subsystem makes of a name; an error pointer.
config_item *ask_for_item(config_group *parent, const char *name) {
    const configfs_group_operations &ops = *parent->cg_item.ci_type->ct_group_ops;
    hold l(subsystem_of(&parent->cg_item)->su_mutex);
    config_item *made = nullptr;
    if (ops.make_group) {
        config_group *group = ops.make_group(parent, name);
        if (IS_ERR(group))
            return static_cast<config_item *>(ERR_CAST(group));
        made = group ? &group->cg_item : nullptr;
    } else {
        made = ops.make_item(parent, name);
    }
    if (!made)
        return static_cast<config_item *>(ERR_PTR(-ENOMEM));
    if (!IS_ERR(made))
        enter_tree(parent, made);
    return made;
}

void give_back(config_group *parent, config_item *item) {
    const configfs_group_operations &ops = *parent->cg_item.ci_type->ct_group_ops;
    hold l(subsystem_of(&parent->cg_item)->su_mutex);
    config_group_get(parent);
    if (group_of(item))
        drop_default_groups(to_config_group(item));
    leave_tree(item);
    if (ops.drop_item)
        ops.drop_item(parent, item);
    else
        config_item_put(item);
    config_group_put(parent);
}

// mkdir of a program.
int make_item(dentry *dir, const char *name) {
    hold l(tree);
    config_group *parent = group_of(place_of(dir)->item);
    const configfs_group_operations *ops = parent ? parent->cg_item.ci_type->ct_group_ops : nullptr;
    if (!ops || (!ops->make_group && !ops->make_item))
        return -EPERM;
    if (vfs_find(dir, name))
        return -EEXIST;
    module *owner = parent->cg_item.ci_type->ct_owner;
    if (!try_module_get(owner))
        return -EINVAL;
    config_item *item = ask_for_item(parent, name);
    if (IS_ERR(item)) {
        module_put(owner);
        return PTR_ERR(item);
    }
    int error = make_directory(dir, name, item, true);
    if (!error && (ops->make_group != nullptr))
        error = add_default_groups(to_config_group(item));
    if (!error)
        return 0;
    if (item->ci_dentry)
        remove_directory(item);
    give_back(parent, item);
    module_put(owner);
    return error;
}

// Whether a program has made something below.
bool has_made_children(config_group *group) {
    config_item *child;
    list_for_each_entry (child, &group->cg_children, ci_entry) {
        if (place_of(child->ci_dentry)->by_program)
            return true;
        if (group_of(child) && has_made_children(to_config_group(child)))
            return true;
    }
    return false;
}

// rmdir of a program.
int drop_item(dentry *dir) {
    hold l(tree);
    const place &here = *place_of(dir);
    config_item *item = here.item;
    if (!here.by_program)
        return -EPERM;
    if (here.dependents)
        return -EBUSY;
    config_group *parent = item->ci_group;
    if (parent->cg_item.ci_type->ct_group_ops->make_group && has_made_children(to_config_group(item)))
        return -ENOTEMPTY;
    module *owner = parent->cg_item.ci_type->ct_owner;
    const configfs_group_operations &ops = *parent->cg_item.ci_type->ct_group_ops;
    if (ops.disconnect_notify) {
        hold s(subsystem_of(item)->su_mutex);
        ops.disconnect_notify(parent, item);
    }
    remove_directory(item);
    give_back(parent, item);
    module_put(owner);
    return 0;
}

dentry *top() {
    return vfs_mkdir_path("sys/kernel/config");
}

const owned_kind owned_subsystem = {
    "configfs subsystem %s still registered", [](const void *subsystem, char *, size_t) -> const char * {
        return static_cast<const configfs_subsystem *>(subsystem)->su_group.cg_item.ci_name;
    }};

} // namespace

int configfs_register_subsystem(configfs_subsystem *subsys) {
    hold l(tree);
    config_group &group = subsys->su_group;
    if (!group.cg_item.ci_name)
        config_item_set_name(&group.cg_item, "%s", group.cg_item.ci_namebuf);
    group.cg_subsys = subsys;
    int error = make_directory(top(), group.cg_item.ci_name, &group.cg_item, false);
    if (!error)
        error = add_default_groups(&group);
    if (!error)
        owned_note(owned_subsystem, subsys);
    return error;
}
EXPORT_SYMBOL(configfs_register_subsystem);

void configfs_unregister_subsystem(configfs_subsystem *subsys) {
    hold l(tree);
    config_group &group = subsys->su_group;
    owned_strike(subsys);
    WARN_ON(has_made_children(&group));
    remove_directory(&group.cg_item);
    drop_default_groups(&group);
}
EXPORT_SYMBOL(configfs_unregister_subsystem);

int configfs_register_group(config_group *parent, config_group *group) {
    hold l(tree);
    enter_tree(parent, &group->cg_item);
    group->cg_subsys = parent->cg_subsys;
    int error = make_directory(parent->cg_item.ci_dentry, group->cg_item.ci_name, &group->cg_item, false);
    if (!error)
        error = add_default_groups(group);
    if (error)
        leave_tree(&group->cg_item);
    return error;
}
EXPORT_SYMBOL(configfs_register_group);

void configfs_unregister_group(config_group *group) {
    hold l(tree);
    remove_directory(&group->cg_item);
    drop_default_groups(group);
    leave_tree(&group->cg_item);
}
EXPORT_SYMBOL(configfs_unregister_group);

config_group *configfs_register_default_group(config_group *parent, const char *name, const config_item_type *type) {
    auto *group = static_cast<config_group *>(kzalloc(sizeof(config_group), GFP_KERNEL));
    if (!group)
        return static_cast<config_group *>(ERR_PTR(-ENOMEM));
    config_group_init_type_name(group, name, type);
    const int error = configfs_register_group(parent, group);
    if (!error)
        return group;
    kfree(group);
    return static_cast<config_group *>(ERR_PTR(error));
}
EXPORT_SYMBOL(configfs_register_default_group);

void configfs_unregister_default_group(config_group *group) {
    configfs_unregister_group(group);
    kfree(group);
}
EXPORT_SYMBOL(configfs_unregister_default_group);

void configfs_remove_default_groups(config_group *group) {
    config_group *sub, *next;
    list_for_each_entry_safe (sub, next, &group->default_groups, group_entry) {
        list_del(&sub->group_entry);
        config_group_put(sub);
    }
}
EXPORT_SYMBOL(configfs_remove_default_groups);

int configfs_depend_item(configfs_subsystem *, config_item *target) {
    hold l(tree);
    if (!target->ci_dentry)
        return -ENOENT;
    place_of(target->ci_dentry)->dependents++;
    return 0;
}
EXPORT_SYMBOL(configfs_depend_item);

void configfs_undepend_item(config_item *target) {
    hold l(tree);
    place_of(target->ci_dentry)->dependents--;
}
EXPORT_SYMBOL(configfs_undepend_item);
