// SPDX-License-Identifier: Apache-2.0
//
// /sys/module: for each module its state and its parameters, for the kernel's own code the parameters alone.
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "kernel/init.h"
#include "kernel/module/internal.h"
#include "lib/attributes.h"
#include "lib/guard.h"
#include "lib/ranges.h"

extern "C" {
extern const struct kernel_param __start_param[] __attribute__((weak, visibility("hidden")));
extern const struct kernel_param __stop_param[] __attribute__((weak, visibility("hidden")));
}

static struct kset *module_kset;

static struct module_kobject *to_module_kobject(struct kobject *kobj) {
    return container_of(kobj, struct module_kobject, kobj);
}

// A module's kobject is part of its struct module; the kernel's own code has allocated ones that stay.
static void module_kobj_release(struct kobject *kobj) {}
static const struct kobj_type module_ktype = {
    module_kobj_release, &typed_attributes<struct module_attribute, to_module_kobject>::ops, nullptr};

static ssize_t show_refcnt(struct module_attribute *attr, struct module_kobject *mk, char *buffer) {
    return sprintf(buffer, "%i\n", module_refcount(mk->mod));
}

static ssize_t show_initstate(struct module_attribute *attr, struct module_kobject *mk, char *buffer) {
    static const char *const names[] = {"live", "coming", "going", "unformed"};
    return sprintf(buffer, "%s\n", names[mk->mod->state]);
}

static ssize_t show_coresize(struct module_attribute *attr, struct module_kobject *mk, char *buffer) {
    return sprintf(buffer, "%zu\n", mk->mod->core_layout.size);
}

static ssize_t show_taint(struct module_attribute *attr, struct module_kobject *mk, char *buffer) {
    char flags[16];
    const char *text = module_flags(mk->mod, flags, false);
    size_t length = strlen(text);
    return length < 2 ? sprintf(buffer, "\n") : sprintf(buffer, "%.*s\n", static_cast<int>(length - 2), text + 1);
}

static ssize_t show_version(struct module_attribute *attr, struct module_kobject *mk, char *buffer) {
    return scnprintf(buffer, PAGE_SIZE, "%s\n", mk->mod->version);
}

// What init needed is not freed here: it is part of coresize.
static ssize_t show_initsize(struct module_attribute *attr, struct module_kobject *mk, char *buffer) {
    return sprintf(buffer, "0\n");
}

static ssize_t store_uevent(struct module_attribute *attr, struct module_kobject *mk, const char *buffer,
                            size_t count) {
    const int error = kobject_synth_uevent(&mk->kobj, buffer, count);
    return error ? error : static_cast<ssize_t>(count);
}

static struct module_attribute module_attributes[] = {
    {{"initsize", 0444}, show_initsize, nullptr}, {{"uevent", 0200}, nullptr, store_uevent},
    {{"refcnt", 0444}, show_refcnt, nullptr},     {{"initstate", 0444}, show_initstate, nullptr},
    {{"coresize", 0444}, show_coresize, nullptr}, {{"taint", 0444}, show_taint, nullptr},
    {{"version", 0444}, show_version, nullptr},
};

// A parameter's file.
struct param_attribute {
    struct module_attribute mattr;
    const struct kernel_param *param;
    struct list_head list;
    const struct module_kobject *mk;
};

static LIST_HEAD(param_attributes); // under module_mutex

// A parameter is read and written one at a time, by its own operation.
class parameter {
public:
    parameter(struct module_attribute *mattr, const struct module_kobject *mk)
        : param_(container_of(mattr, struct param_attribute, mattr)->param)
        , mod_(mk->mod) {
        kernel_param_lock(mod_);
    }
    ~parameter() { kernel_param_unlock(mod_); }
    parameter(const parameter &) = delete;
    parameter &operator=(const parameter &) = delete;
    ssize_t get(char *text) const { return param_->ops->get ? param_->ops->get(text, param_) : -EPERM; }
    int set(const char *text) const { return param_->ops->set ? param_->ops->set(text, param_) : -EPERM; }

private:
    const struct kernel_param *param_;
    struct module *mod_;
};

static ssize_t param_attr_show(struct module_attribute *mattr, struct module_kobject *mk, char *buf) {
    return parameter(mattr, mk).get(buf);
}

static ssize_t param_attr_store(struct module_attribute *mattr, struct module_kobject *mk, const char *buf,
                                size_t length) {
    const int error = parameter(mattr, mk).set(buf);
    return error ? error : static_cast<ssize_t>(length);
}

static int add_param(struct module_kobject *mk, const struct kernel_param *param, const char *name) {
    if (!mk->has_parameters) {
        int error = sysfs_create_mount_point(&mk->kobj, "parameters");
        if (error)
            return error;
        mk->has_parameters = true;
    }
    struct param_attribute *attribute = static_cast<struct param_attribute *>(kzalloc(sizeof(*attribute), GFP_KERNEL));
    if (!attribute)
        return -ENOMEM;
    attribute->param = param;
    attribute->mk = mk;
    attribute->mattr.attr.name = name;
    attribute->mattr.attr.mode = param->perm;
    attribute->mattr.show = param_attr_show;
    attribute->mattr.store = param->perm & 0222 ? param_attr_store : nullptr;
    mutex_lock(&module_mutex);
    list_add(&attribute->list, &param_attributes);
    mutex_unlock(&module_mutex);
    return sysfs_add_file_to_group(&mk->kobj, &attribute->mattr.attr, "parameters");
}

int mod_sysfs_setup(struct module *mod) {
    struct module_kobject *mk = &mod->mkobj;

    mk->mod = mod;
    mk->kobj.kset = module_kset;
    int error = kobject_init_and_add(&mk->kobj, &module_ktype, nullptr, "%s", mod->name);
    if (error)
        return error;
    for (struct module_attribute &attribute : module_attributes) {
        if (!strcmp(attribute.attr.name, "version") && !mod->version)
            continue;
        error = sysfs_create_file(&mk->kobj, &attribute.attr);
        if (error)
            return error;
    }
    mod->holders_dir = kobject_create_and_add("holders", &mk->kobj);
    for (unsigned i = 0; i < mod->num_kp && !error; i++) {
        if (mod->kp[i].perm)
            error = add_param(mk, &mod->kp[i], mod->kp[i].name);
    }
    for (const module_use &use : list_of<&module_use::target_list>(mod->target_list))
        if (use.target->holders_dir)
            sysfs_create_link_nowarn(use.target->holders_dir, &mk->kobj, mod->name);
    return error;
}

void mod_sysfs_teardown(struct module *mod) {
    struct module_kobject *mk = &mod->mkobj;

    if (!mk->kobj.state_initialized)
        return;
    for (const module_use &use : list_of<&module_use::target_list>(mod->target_list))
        if (use.target->holders_dir)
            sysfs_remove_link(use.target->holders_dir, mod->name);
    kobject_put(mod->holders_dir);
    kobject_put(mk->drivers_dir);
    kobject_del(&mk->kobj);
    {
        hold l(module_mutex);
        for (param_attribute &attribute : taking<&param_attribute::list>(param_attributes)) {
            if (attribute.mk != mk)
                continue;
            list_del(&attribute.list);
            kfree(&attribute);
        }
    }
    kobject_put(&mk->kobj);
}

static struct module_kobject *make_builtin_directory(const char *name) {
    auto *made = static_cast<struct module_kobject *>(kzalloc(sizeof(struct module_kobject), GFP_KERNEL));

    if (!made)
        return nullptr;
    made->kobj.kset = module_kset;
    const int error = kobject_init_and_add(&made->kobj, &module_ktype, nullptr, "%s", name);
    if (error)
        kobject_put(&made->kobj);
    return error ? nullptr : made;
}

// The directory of built-in code, made at its first parameter. It never goes, so nothing keeps a reference (Linux:
// lookup_or_create_module_kobject).
static struct module_kobject *builtin_directory(const char *name) {
    struct kobject *known = kset_find_obj(module_kset, name);

    kobject_put(known);
    return known ? to_module_kobject(known) : make_builtin_directory(name);
}

static void add_builtin_param(const struct kernel_param *param) {
    const char *dot = strchr(param->name, '.');
    char module_part[64] = "kernel";
    const char *name = param->name;

    if (dot) {
        strscpy(module_part, param->name, min(sizeof(module_part), static_cast<size_t>(dot - param->name + 1)));
        name = dot + 1;
    }
    struct module_kobject *mk = builtin_directory(module_part);
    if (mk)
        add_param(mk, param, name);
}

static int __init param_sysfs_init(void) {
    const auto shown = [](const kernel_param &param) { return param.perm != 0; };

    module_kset = kset_create_and_add("module", nullptr, nullptr);
    for (const kernel_param *row = __start_param; module_kset && row != __stop_param; ++row)
        if (shown(*row))
            add_builtin_param(row);
    return module_kset ? 0 : -ENOMEM;
}
core_initcall(param_sysfs_init);
