// SPDX-License-Identifier: Apache-2.0
//
// Kernel objects (Linux: lib/kobject.c): a name, a reference count, a parent, and a directory in /sys. While an object
// is in /sys it holds a reference to its parent, and stands in its set's list.
#include <linux/kobject.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/module/owned.h"
#include "lib/attributes.h"
#include "lib/guard.h"
#include "lib/ranges.h"

struct kobject *kernel_kobj;
struct kobject *firmware_kobj;
struct kobject *power_kobj;

// Names. One component of a path, so without a slash.

static void take_name(struct kobject *kobj, const char *name) {
    kfree_const(kobj->name);
    kobj->name = name;
}

static char *path_component(const char *fmt, va_list vargs) {
    char *text = kvasprintf(GFP_KERNEL, fmt, vargs);
    return text ? (strreplace(text, '/', '!'), text) : nullptr;
}

int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs) {
    const bool stays = kobj->name && !fmt;
    char *made = stays ? nullptr : path_component(fmt, vargs);

    if (made)
        take_name(kobj, made);
    return stays || made ? 0 : -ENOMEM;
}

int kobject_set_name(struct kobject *kobj, const char *fmt, ...) {
    VARARGS(args, fmt);
    return kobject_set_name_vargs(kobj, fmt, args);
}

// References

void kobject_init(struct kobject *kobj, const struct kobj_type *ktype) {
    if (!kobj || !ktype) {
        pr_err("kobject (%p): %s\n", kobj,
               kobj ? "must have a ktype to be initialized properly!\n" : "invalid kobject pointer!");
        return dump_stack();
    }
    if (kobj->state_initialized) {
        pr_err("kobject (%p): tried to init an initialized object, something is seriously wrong.\n", kobj);
        dump_stack();
    }
    kobj->ktype = ktype;
    kref_init(&kobj->kref);
    INIT_LIST_HEAD(&kobj->entry);
    kobj->state_initialized = true;
    kobj->state_in_sysfs = kobj->state_add_uevent_sent = kobj->state_remove_uevent_sent = false;
}

static void check_initialized(const struct kobject *kobj, const char *caller) {
    WARN(!kobj->state_initialized, "kobject: '%s' (%p): is not initialized, yet %s() is being called.\n",
         kobject_name(kobj), kobj, caller);
}

struct kobject *kobject_get(struct kobject *kobj) {
    if (kobj) {
        check_initialized(kobj, __func__);
        kref_get(&kobj->kref);
    }
    return kobj;
}

struct kobject *kobject_get_unless_zero(struct kobject *kobj) {
    return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : nullptr;
}

// The last reference is gone. The name outlives the release function, which may want to print it.
static void kobject_release(struct kref *kref) {
    struct kobject *kobj = container_of(kref, struct kobject, kref);
    const char *name = kobj->name;
    finally no_name([name] { kfree_const(name); });
    const auto release = kobj->ktype ? kobj->ktype->release : nullptr;

    kobject_del(kobj);
    if (release)
        release(kobj);
    else
        pr_debug("kobject: '%s' (%p): does not have a release() function, it is broken and must be fixed.\n", name,
                 kobj);
}

void kobject_put(struct kobject *kobj) {
    if (!kobj)
        return;
    check_initialized(kobj, __func__);
    kref_put(&kobj->kref, kobject_release);
}

// Being in /sys

namespace {

const struct attribute_group **groups_of(const struct kobject *kobj) {
    return kobj->ktype ? kobj->ktype->default_groups : nullptr;
}

void enrol(struct kobject *kobj) {
    kset_get(kobj->kset);
    hold l(kobj->kset->list_lock);
    list_add_tail(&kobj->entry, &kobj->kset->list);
}

void strike_off(struct kobject *kobj) {
    {
        hold l(kobj->kset->list_lock);
        list_del_init(&kobj->entry);
    }
    kset_put(kobj->kset);
}

int make_folder(struct kobject *kobj) {
    int error = sysfs_create_dir_ns(kobj, nullptr);
    if (error)
        return error;
    error = sysfs_create_groups(kobj, groups_of(kobj));
    if (error)
        sysfs_remove_dir(kobj);
    return error;
}

void complain(const struct kobject *kobj, int error) {
    constexpr char who[] = "kobject_add_internal";
    const char *name = kobject_name(kobj);
    if (error == -EEXIST)
        pr_err("%s failed for %s with -EEXIST, don't try to register things with the same name in the same "
               "directory.\n",
               who, name);
    else
        pr_err("%s failed for %s (error: %d parent: %s)\n", who, name, error,
               kobj->parent ? kobject_name(kobj->parent) : "'none'");
}

// Into /sys, below the parent or, without one, below the set.
int enter_sysfs(struct kobject *kobj) {
    const char *name = kobject_name(kobj);
    if (WARN(!name || !*name, "kobject: (%p): attempted to be registered with empty name!\n", kobj))
        return -EINVAL;
    if (kobj->kset) {
        if (!kobj->parent)
            kobj->parent = &kobj->kset->kobj;
        enrol(kobj);
    }
    kobject_get(kobj->parent);
    if (int error = make_folder(kobj)) {
        complain(kobj, error);
        if (kobj->kset)
            strike_off(kobj);
        kobject_put(kobj->parent);
        kobj->parent = nullptr;
        return error;
    }
    kobj->state_in_sysfs = true;
    return 0;
}

// The same under a new name.
int enter_sysfs_as(struct kobject *kobj, struct kobject *parent, const char *fmt, va_list name) {
    const int error = kobject_set_name_vargs(kobj, fmt, name);

    kobj->parent = error ? kobj->parent : parent;
    if (!error)
        return enter_sysfs(kobj);
    pr_err("kobject: can not set name properly!\n");
    return error;
}

bool is_ready(const struct kobject *kobj) {
    if (!kobj || kobj->state_initialized)
        return kobj;
    pr_err("kobject '%s' (%p): tried to add an uninitialized object, something is seriously wrong.\n",
           kobject_name(kobj), kobj);
    dump_stack();
    return false;
}

} // namespace

static const owned_kind owned_kobject = {"kernel object %s still registered", [](const void *object, char *, size_t) {
                                             return kobject_name(static_cast<const struct kobject *>(object));
                                         }};

int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...) {
    VARARGS(name, fmt);
    const int error = is_ready(kobj) ? enter_sysfs_as(kobj, parent, fmt, name) : -EINVAL;
    if (!error)
        owned_note(owned_kobject, kobj);
    return error;
}

int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype, struct kobject *parent, const char *fmt,
                         ...) {
    VARARGS(name, fmt);
    kobject_init(kobj, ktype);
    const int error = enter_sysfs_as(kobj, parent, fmt, name);
    if (!error)
        owned_note(owned_kobject, kobj);
    return error;
}

// User space that heard of its coming hears of its going, if nothing has said so.
static void say_gone(struct kobject *kobj) {
    if (kobj->state_add_uevent_sent && !kobj->state_remove_uevent_sent)
        kobject_uevent(kobj, KOBJ_REMOVE);
}

// Out of /sys; references stay, but for the one to its parent (Linux: __kobject_del).
void kobject_del(struct kobject *kobj) {
    if (!kobj || !kobj->state_in_sysfs)
        return;
    owned_strike(kobj);
    sysfs_remove_groups(kobj, groups_of(kobj));
    say_gone(kobj);
    sysfs_remove_dir(kobj);
    if (kobj->kset)
        strike_off(kobj);
    struct kobject *above = nullptr;
    swap(above, kobj->parent);
    kobj->state_in_sysfs = false;
    kobject_put(above);
}

// Objects that are nothing but a directory

static const struct kobj_type plain_folder = {[](struct kobject *kobj) { kfree(kobj); }, &kobj_sysfs_ops, nullptr};

struct kobject *kobject_create() {
    auto *made = static_cast<struct kobject *>(kzalloc(sizeof(struct kobject), GFP_KERNEL));
    if (made)
        kobject_init(made, &plain_folder);
    return made;
}

// What was made, if it could be added; else its last reference goes.
static struct kobject *kept_if_added(struct kobject *made, int error, const char *who) {
    if (!error)
        return made;
    pr_warn("%s: kobject_add error: %d\n", who, error);
    kobject_put(made);
    return nullptr;
}

struct kobject *kobject_create_and_add(const char *name, struct kobject *parent) {
    struct kobject *made = kobject_create();
    if (made)
        made = kept_if_added(made, kobject_add(made, parent, "%s", name), __func__);
    owned_note(owned_kobject, made);
    return made;
}

static struct kobject *itself(struct kobject *kobj) {
    return kobj;
}
const struct sysfs_ops kobj_sysfs_ops = typed_attributes<struct kobj_attribute, itself>::ops;

// Paths and moves

char *kobject_get_path(const struct kobject *kobj, gfp_t flag) {
    size_t length = 0;
    for (const struct kobject *k = kobj; k; k = k->parent) {
        if (!k->name)
            return nullptr;
        length += 1 + strlen(k->name);
    }
    auto *path = static_cast<char *>(kzalloc(length + 1, flag));
    // From the end to the front: the object's own name stands last.
    for (const struct kobject *k = path ? kobj : nullptr; k; k = k->parent) {
        length -= 1 + strlen(k->name);
        path[length] = '/';
        memcpy(path + length + 1, k->name, strlen(k->name));
    }
    return path;
}

// Does `change` to the place in /sys and tells user space where the object was before.
template <typename Change>
static int relocate(struct kobject *kobj, Change change) {
    char *before = kobject_get_path(kobj, GFP_KERNEL);
    char *old_path = before ? kasprintf(GFP_KERNEL, "DEVPATH_OLD=%s", before) : nullptr;
    finally not_needed([=] {
        kfree(before);
        kfree(old_path);
    });
    if (!old_path)
        return -ENOMEM;
    if (int error = change())
        return error;
    char *environment[] = {old_path, nullptr};
    kobject_uevent_env(kobj, KOBJ_MOVE, environment);
    return 0;
}

int kobject_rename(struct kobject *kobj, const char *new_name) {
    if (!kobj->parent)
        return -EINVAL;
    return relocate(kobj, [=] {
        char *name = kstrdup(new_name, GFP_KERNEL);
        const int error = name ? sysfs_rename_dir(kobj, name) : -ENOMEM;
        if (error)
            kfree(name);
        else
            take_name(kobj, name);
        return error;
    });
}

int kobject_move(struct kobject *kobj, struct kobject *new_parent) {
    struct kobject *to = new_parent || !kobj->kset ? new_parent : &kobj->kset->kobj;
    return relocate(kobj, [=] {
        if (int error = sysfs_move_dir_ns(kobj, to, nullptr))
            return error;
        struct kobject *from = kobj->parent;
        kobj->parent = kobject_get(to);
        kobject_put(from);
        return 0;
    });
}

// Sets of objects

void kset_init(struct kset *kset) {
    kobject_init(&kset->kobj, kset->kobj.ktype);
    spin_lock_init(&kset->list_lock);
    INIT_LIST_HEAD(&kset->list);
}

static bool has_type(const struct kset *kset) {
    if (!kset || kset->kobj.ktype)
        return kset;
    pr_err("must have a ktype to be initialized properly!\n");
    return false;
}

// For the caller of the exported function with this frame, and for user space.
static int announce(struct kset *kset, const void *frame) {
    owned_note_from(owned_kobject, &kset->kobj, frame);
    kobject_uevent(&kset->kobj, KOBJ_ADD);
    return 0;
}

int kset_register(struct kset *kset) {
    if (!has_type(kset))
        return -EINVAL;
    kset_init(kset);
    const int error = enter_sysfs(&kset->kobj);
    return error ? error : announce(kset, __builtin_frame_address(0));
}

void kset_unregister(struct kset *kset) {
    if (!kset)
        return;
    kobject_del(&kset->kobj);
    kobject_put(&kset->kobj);
}

static const struct kobj_type allocated_kset = {
    [](struct kobject *kobj) { kfree(container_of(kobj, struct kset, kobj)); }, &kobj_sysfs_ops, nullptr};

struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *u, struct kobject *parent_kobj) {
    auto *made = static_cast<struct kset *>(kzalloc(sizeof(struct kset), GFP_KERNEL));
    if (!made)
        return nullptr;
    made->uevent_ops = u;
    made->kobj.ktype = &allocated_kset;
    made->kobj.parent = parent_kobj;
    if (!kobject_set_name(&made->kobj, "%s", name) && !kset_register(made)) {
        owned_note(owned_kobject, &made->kobj);
        return made;
    }
    kfree_const(made->kobj.name);
    kfree(made);
    return nullptr;
}

// By name, with a reference; not one whose last reference is just being given back.
struct kobject *kset_find_obj(struct kset *kset, const char *name) {
    hold l(kset->list_lock);
    return kobject_get_unless_zero(find_in<&kobject::entry>(kset->list, [name](const struct kobject &member) {
        return kobject_name(&member) && !strcmp(kobject_name(&member), name);
    }));
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
EXPORT_SYMBOL_GPL(kobject_move);
EXPORT_SYMBOL_GPL(kobject_get_path);
EXPORT_SYMBOL_GPL(kobj_sysfs_ops);
EXPORT_SYMBOL_GPL(kernel_kobj);
EXPORT_SYMBOL_GPL(firmware_kobj);
EXPORT_SYMBOL(kset_register);
EXPORT_SYMBOL(kset_unregister);
EXPORT_SYMBOL_GPL(kset_create_and_add);
EXPORT_SYMBOL_GPL(kset_find_obj);
