// SPDX-License-Identifier: Apache-2.0
//
// Kernel objects: a name, a reference count, a parent, and a directory in /sys.
#include <linux/kobject.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

struct kobject *kernel_kobj;
struct kobject *firmware_kobj;
struct kobject *power_kobj;

int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs) {
    if (kobj->name && !fmt)
        return 0;
    char *name = kvasprintf(GFP_KERNEL, fmt, vargs);
    if (!name)
        return -ENOMEM;
    strreplace(name, '/', '!'); // a name is one component of a path
    kfree_const(kobj->name);
    kobj->name = name;
    return 0;
}

int kobject_set_name(struct kobject *kobj, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    int error = kobject_set_name_vargs(kobj, fmt, args);
    va_end(args);
    return error;
}

void kobject_init(struct kobject *kobj, const struct kobj_type *ktype) {
    if (WARN(!kobj || !ktype, "kobject_init needs an object and a type\n"))
        return;
    if (kobj->state_initialized) {
        pr_err("kobject (%p): tried to init an initialized object, something is seriously wrong.\n", kobj);
        dump_stack();
    }
    kref_init(&kobj->kref);
    INIT_LIST_HEAD(&kobj->entry);
    kobj->state_in_sysfs = 0;
    kobj->state_add_uevent_sent = 0;
    kobj->state_remove_uevent_sent = 0;
    kobj->state_initialized = 1;
    kobj->ktype = ktype;
}

static int create_dir(struct kobject *kobj) {
    int error = sysfs_create_dir_ns(kobj, nullptr);
    if (error)
        return error;
    if (kobj->ktype && kobj->ktype->default_groups) {
        error = sysfs_create_groups(kobj, kobj->ktype->default_groups);
        if (error)
            sysfs_remove_dir(kobj);
    }
    return error;
}

static void kset_leave(struct kobject *kobj) {
    if (!kobj->kset)
        return;
    spin_lock(&kobj->kset->list_lock);
    list_del_init(&kobj->entry);
    spin_unlock(&kobj->kset->list_lock);
    kset_put(kobj->kset);
}

static int kobject_add_internal(struct kobject *kobj) {
    if (!kobj->name || !kobj->name[0]) {
        WARN(1, "kobject: (%p): attempted to be registered with empty name!\n", kobj);
        return -EINVAL;
    }
    struct kobject *parent = kobject_get(kobj->parent);
    if (kobj->kset) {
        if (!parent)
            parent = kobject_get(&kobj->kset->kobj);
        kset_get(kobj->kset);
        spin_lock(&kobj->kset->list_lock);
        list_add_tail(&kobj->entry, &kobj->kset->list);
        spin_unlock(&kobj->kset->list_lock);
        kobj->parent = parent;
    }
    int error = create_dir(kobj);
    if (error) {
        kset_leave(kobj);
        kobject_put(parent);
        kobj->parent = nullptr;
        if (error == -EEXIST)
            pr_err("%s failed for %s with -EEXIST, don't try to register things with the same name in the same "
                   "directory.\n",
                   __func__, kobject_name(kobj));
        else
            pr_err("%s failed for %s (error: %d parent: %s)\n", __func__, kobject_name(kobj), error,
                   parent ? kobject_name(parent) : "'none'");
        return error;
    }
    kobj->state_in_sysfs = 1;
    return 0;
}

static int kobject_add_vargs(struct kobject *kobj, struct kobject *parent, const char *fmt, va_list vargs) {
    int error = kobject_set_name_vargs(kobj, fmt, vargs);
    if (error) {
        pr_err("kobject: can not set name properly!\n");
        return error;
    }
    kobj->parent = parent;
    return kobject_add_internal(kobj);
}

int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...) {
    if (!kobj)
        return -EINVAL;
    if (!kobj->state_initialized) {
        pr_err("kobject '%s' (%p): tried to add an uninitialized object, something is seriously wrong.\n",
               kobject_name(kobj), kobj);
        dump_stack();
        return -EINVAL;
    }
    va_list args;
    va_start(args, fmt);
    int error = kobject_add_vargs(kobj, parent, fmt, args);
    va_end(args);
    return error;
}

int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype, struct kobject *parent, const char *fmt,
                         ...) {
    kobject_init(kobj, ktype);
    va_list args;
    va_start(args, fmt);
    int error = kobject_add_vargs(kobj, parent, fmt, args);
    va_end(args);
    return error;
}

void kobject_del(struct kobject *kobj) {
    if (!kobj || !kobj->state_in_sysfs)
        return;
    struct kobject *parent = kobj->parent;
    if (kobj->ktype && kobj->ktype->default_groups)
        sysfs_remove_groups(kobj, kobj->ktype->default_groups);
    sysfs_remove_dir(kobj);
    kobj->state_in_sysfs = 0;
    kset_leave(kobj);
    kobj->parent = nullptr;
    kobject_put(parent);
}

struct kobject *kobject_get(struct kobject *kobj) {
    if (!kobj)
        return nullptr;
    if (!kobj->state_initialized)
        WARN(1, "kobject: '%s' (%p): is not initialized, yet kobject_get() is being called.\n", kobject_name(kobj),
             kobj);
    kref_get(&kobj->kref);
    return kobj;
}

struct kobject *kobject_get_unless_zero(struct kobject *kobj) {
    return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : nullptr;
}

static void kobject_release(struct kref *kref) {
    struct kobject *kobj = container_of(kref, struct kobject, kref);
    const struct kobj_type *type = kobj->ktype;
    const char *name = kobj->name;

    if (type && !type->release)
        pr_debug("kobject: '%s' (%p): does not have a release() function, it is broken and must be fixed.\n",
                 kobject_name(kobj), kobj);
    if (kobj->state_in_sysfs)
        kobject_del(kobj);
    if (type && type->release)
        type->release(kobj);
    kfree_const(name); // after release, which may want to print it
}

void kobject_put(struct kobject *kobj) {
    if (!kobj)
        return;
    if (!kobj->state_initialized)
        WARN(1, "kobject: '%s' (%p): is not initialized, yet kobject_put() is being called.\n", kobject_name(kobj),
             kobj);
    kref_put(&kobj->kref, kobject_release);
}

static void dynamic_kobj_release(struct kobject *kobj) {
    kfree(kobj);
}

static const struct kobj_type dynamic_kobj_ktype = {dynamic_kobj_release, &kobj_sysfs_ops, nullptr};

struct kobject *kobject_create() {
    struct kobject *kobj = static_cast<struct kobject *>(kzalloc(sizeof(*kobj), GFP_KERNEL));
    if (kobj)
        kobject_init(kobj, &dynamic_kobj_ktype);
    return kobj;
}

struct kobject *kobject_create_and_add(const char *name, struct kobject *parent) {
    struct kobject *kobj = kobject_create();
    if (!kobj)
        return nullptr;
    int error = kobject_add(kobj, parent, "%s", name);
    if (error) {
        pr_warn("%s: kobject_add error: %d\n", __func__, error);
        kobject_put(kobj);
        return nullptr;
    }
    return kobj;
}

int kobject_rename(struct kobject *kobj, const char *new_name) {
    const char *name = kstrdup(new_name, GFP_KERNEL);
    if (!name)
        return -ENOMEM;
    int error = sysfs_rename_dir(kobj, name);
    if (error) {
        kfree(name);
        return error;
    }
    kfree_const(kobj->name);
    kobj->name = name;
    return 0;
}

// A show or store of a kobj_attribute.
static ssize_t kobj_attr_show(struct kobject *kobj, struct attribute *attr, char *buf) {
    struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);
    return kattr->show ? kattr->show(kobj, kattr, buf) : -EIO;
}

static ssize_t kobj_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf, size_t count) {
    struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);
    return kattr->store ? kattr->store(kobj, kattr, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = {kobj_attr_show, kobj_attr_store};

// Sets of objects.
void kset_init(struct kset *kset) {
    kobject_init(&kset->kobj, kset->kobj.ktype);
    INIT_LIST_HEAD(&kset->list);
    spin_lock_init(&kset->list_lock);
}

int kset_register(struct kset *kset) {
    if (!kset)
        return -EINVAL;
    if (!kset->kobj.ktype) {
        pr_err("must have a ktype to be initialized properly!\n");
        return -EINVAL;
    }
    kset_init(kset);
    return kobject_add_internal(&kset->kobj);
}

void kset_unregister(struct kset *kset) {
    if (!kset)
        return;
    kobject_del(&kset->kobj);
    kobject_put(&kset->kobj);
}

static void kset_release(struct kobject *kobj) {
    kfree(container_of(kobj, struct kset, kobj));
}

static const struct kobj_type kset_ktype = {kset_release, &kobj_sysfs_ops, nullptr};

struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *u, struct kobject *parent_kobj) {
    struct kset *kset = static_cast<struct kset *>(kzalloc(sizeof(*kset), GFP_KERNEL));
    if (!kset)
        return nullptr;
    if (kobject_set_name(&kset->kobj, "%s", name)) {
        kfree(kset);
        return nullptr;
    }
    kset->uevent_ops = u;
    kset->kobj.parent = parent_kobj;
    kset->kobj.ktype = &kset_ktype;
    if (kset_register(kset)) {
        kobject_put(&kset->kobj);
        return nullptr;
    }
    return kset;
}

struct kobject *kset_find_obj(struct kset *kset, const char *name) {
    struct kobject *kobj, *found = nullptr;
    spin_lock(&kset->list_lock);
    list_for_each_entry (kobj, &kset->list, entry) {
        if (kobject_name(kobj) && !strcmp(kobject_name(kobj), name)) {
            found = kobject_get_unless_zero(kobj);
            break;
        }
    }
    spin_unlock(&kset->list_lock);
    return found;
}

char *kobject_get_path(const struct kobject *kobj, gfp_t flag) {
    size_t length = 1;
    for (const struct kobject *k = kobj; k; k = k->parent) {
        if (!kobject_name(k))
            return nullptr;
        length += strlen(kobject_name(k)) + 1;
    }
    char *path = static_cast<char *>(kzalloc(length, flag));
    if (!path)
        return nullptr;
    char *p = path + length - 1;
    for (const struct kobject *k = kobj; k; k = k->parent) {
        size_t n = strlen(kobject_name(k));
        p -= n;
        memcpy(p, kobject_name(k), n);
        *--p = '/';
    }
    return path;
}

int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[]) {
    if (action == KOBJ_ADD)
        kobj->state_add_uevent_sent = 1;
    else if (action == KOBJ_REMOVE)
        kobj->state_remove_uevent_sent = 1;
    return 0;
}

int kobject_uevent(struct kobject *kobj, enum kobject_action action) {
    return kobject_uevent_env(kobj, action, nullptr);
}

int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...) {
    int room = sizeof(env->buf) - env->buflen;
    if (env->envp_idx >= UEVENT_NUM_ENVP)
        return -ENOMEM;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(&env->buf[env->buflen], room, format, args);
    va_end(args);
    if (length >= room)
        return -ENOMEM;
    env->envp[env->envp_idx++] = &env->buf[env->buflen];
    env->buflen += length + 1;
    return 0;
}

EXPORT_SYMBOL(kobject_set_name);
EXPORT_SYMBOL(kobject_init);
EXPORT_SYMBOL(kobject_add);
EXPORT_SYMBOL_GPL(kobject_init_and_add);
EXPORT_SYMBOL(kobject_del);
EXPORT_SYMBOL(kobject_get);
EXPORT_SYMBOL(kobject_get_unless_zero);
EXPORT_SYMBOL(kobject_put);
EXPORT_SYMBOL_GPL(kobject_create_and_add);
EXPORT_SYMBOL_GPL(kobject_rename);
EXPORT_SYMBOL_GPL(kobject_get_path);
EXPORT_SYMBOL_GPL(kobj_sysfs_ops);
EXPORT_SYMBOL_GPL(kernel_kobj);
EXPORT_SYMBOL_GPL(firmware_kobj);
EXPORT_SYMBOL_GPL(power_kobj);
EXPORT_SYMBOL(kset_register);
EXPORT_SYMBOL(kset_unregister);
EXPORT_SYMBOL_GPL(kset_create_and_add);
EXPORT_SYMBOL_GPL(kset_find_obj);
EXPORT_SYMBOL_GPL(kobject_uevent);
EXPORT_SYMBOL_GPL(kobject_uevent_env);
EXPORT_SYMBOL_GPL(add_uevent_var);
