// SPDX-License-Identifier: Apache-2.0
//
// Parameters: lines of name=value words, and the types that a value can have. Their files in /sys/module are made in
// module/sysfs.cpp.
#include <linux/moduleparam.h>

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

static DEFINE_MUTEX(builtin_param_lock);

void kernel_param_lock(struct module *mod) {
    mutex_lock(mod ? &mod->param_lock : &builtin_param_lock);
}

void kernel_param_unlock(struct module *mod) {
    mutex_unlock(mod ? &mod->param_lock : &builtin_param_lock);
}

// In names, '-' and '_' are the same.
bool parameqn(const char *name1, const char *name2, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char a = name1[i] == '-' ? '_' : name1[i];
        char b = name2[i] == '-' ? '_' : name2[i];
        if (a != b)
            return false;
    }
    return true;
}

bool parameq(const char *name1, const char *name2) {
    return parameqn(name1, name2, strlen(name1) + 1);
}

static void check_unsafe(const struct kernel_param *kp) {
    if (kp->flags & KERNEL_PARAM_FL_UNSAFE) {
        pr_notice("Setting dangerous option %s - tainting kernel\n", kp->name);
        add_taint(TAINT_USER, LOCKDEP_STILL_OK);
    }
}

static int parse_one(char *param, char *val, const char *doing, const struct kernel_param *params, unsigned num,
                     s16 min_level, s16 max_level, void *arg,
                     int (*unknown)(char *param, char *val, const char *doing, void *arg)) {
    for (unsigned i = 0; i < num; i++) {
        const struct kernel_param &kp = params[i];
        if (!parameq(param, kp.name))
            continue;
        if (kp.level < min_level || kp.level > max_level)
            return 0;
        if (!val && !(kp.ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
            return -EINVAL;
        kernel_param_lock(kp.mod);
        check_unsafe(&kp);
        int error = kp.ops->set(val, &kp);
        kernel_param_unlock(kp.mod);
        return error;
    }
    return unknown ? unknown(param, val, doing, arg) : -ENOENT;
}

char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned num, s16 min_level,
                 s16 max_level, void *arg, int (*unknown)(char *param, char *val, const char *doing, void *arg)) {
    char *param, *val;

    args = skip_spaces(args);
    while (*args) {
        bool irqs_were_off = irqs_disabled();
        args = next_arg(args, &param, &val);
        if (!val && !strcmp(param, "--"))
            return args;
        int error = parse_one(param, val, doing, params, num, min_level, max_level, arg, unknown);
        if (irqs_were_off && !irqs_disabled())
            pr_warn("%s: option '%s' enabled irq's!\n", doing, param);
        switch (error) {
        case 0:
            continue;
        case -ENOENT:
            pr_err("%s: Unknown parameter `%s'\n", doing, param);
            break;
        case -ENOSPC:
            pr_err("%s: `%s' too large for parameter `%s'\n", doing, val ? val : "", param);
            break;
        default:
            pr_err("%s: `%s' invalid for parameter `%s'\n", doing, val ? val : "", param);
            break;
        }
        return static_cast<char *>(ERR_PTR(error));
    }
    return nullptr;
}

// Numbers: how each type is read and printed.
#define DEFINE_NUMBER_PARAM(name, type, format, strtol)                                                                \
    int param_set_##name(const char *val, const struct kernel_param *kp) {                                             \
        return val ? strtol(val, 0, static_cast<type *>(kp->arg)) : -EINVAL;                                           \
    }                                                                                                                  \
    int param_get_##name(char *buffer, const struct kernel_param *kp) {                                                \
        return scnprintf(buffer, PAGE_SIZE, format "\n", *static_cast<type *>(kp->arg));                               \
    }                                                                                                                  \
    const struct kernel_param_ops param_ops_##name = {0, param_set_##name, param_get_##name, nullptr};                 \
    EXPORT_SYMBOL(param_set_##name);                                                                                   \
    EXPORT_SYMBOL(param_get_##name);                                                                                   \
    EXPORT_SYMBOL(param_ops_##name)

DEFINE_NUMBER_PARAM(byte, unsigned char, "%hhu", kstrtou8);
DEFINE_NUMBER_PARAM(short, short, "%hi", kstrtos16);
DEFINE_NUMBER_PARAM(ushort, unsigned short, "%hu", kstrtou16);
DEFINE_NUMBER_PARAM(int, int, "%i", kstrtoint);
DEFINE_NUMBER_PARAM(uint, unsigned int, "%u", kstrtouint);
DEFINE_NUMBER_PARAM(long, long, "%li", kstrtol);
DEFINE_NUMBER_PARAM(ulong, unsigned long, "%lu", kstrtoul);
DEFINE_NUMBER_PARAM(ullong, unsigned long long, "%llu", kstrtoull);
DEFINE_NUMBER_PARAM(hexint, unsigned int, "%#08x", kstrtouint);

int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min, unsigned int max) {
    unsigned int num;
    if (!val)
        return -EINVAL;
    int error = kstrtouint(val, 0, &num);
    if (error)
        return error;
    if (num < min || num > max)
        return -EINVAL;
    *static_cast<unsigned int *>(kp->arg) = num;
    return 0;
}

// Copies of charp values, so that only those are freed and never a module's initial value.
struct charp_copy {
    struct list_head list;
    char text[];
};

static LIST_HEAD(charp_copies);
static DEFINE_SPINLOCK(charp_lock);

static char *charp_keep(const char *text) {
    size_t size = strlen(text) + 1;
    struct charp_copy *copy = static_cast<struct charp_copy *>(kmalloc(sizeof(*copy) + size, GFP_KERNEL));
    if (!copy)
        return nullptr;
    memcpy(copy->text, text, size);
    spin_lock(&charp_lock);
    list_add(&copy->list, &charp_copies);
    spin_unlock(&charp_lock);
    return copy->text;
}

static void charp_drop(const char *text) {
    struct charp_copy *copy, *found = nullptr;
    spin_lock(&charp_lock);
    list_for_each_entry (copy, &charp_copies, list) {
        if (copy->text == text) {
            list_del(&copy->list);
            found = copy;
            break;
        }
    }
    spin_unlock(&charp_lock);
    kfree(found);
}

int param_set_charp(const char *val, const struct kernel_param *kp) {
    if (!val)
        return -EINVAL;
    if (strlen(val) > 1024) {
        pr_err("%s: string parameter too long\n", kp->name);
        return -ENOSPC;
    }
    char *copy = charp_keep(val);
    if (!copy)
        return -ENOMEM;
    char **var = static_cast<char **>(kp->arg);
    charp_drop(*var);
    *var = copy;
    return 0;
}

int param_get_charp(char *buffer, const struct kernel_param *kp) {
    const char *text = *static_cast<char **>(kp->arg);
    return scnprintf(buffer, PAGE_SIZE, "%s\n", text ? text : "(null)");
}

void param_free_charp(void *arg) {
    charp_drop(*static_cast<char **>(arg));
}

const struct kernel_param_ops param_ops_charp = {0, param_set_charp, param_get_charp, param_free_charp};

int param_set_bool(const char *val, const struct kernel_param *kp) {
    return kstrtobool(val ? val : "1", static_cast<bool *>(kp->arg));
}

int param_get_bool(char *buffer, const struct kernel_param *kp) {
    return sprintf(buffer, "%c\n", *static_cast<bool *>(kp->arg) ? 'Y' : 'N');
}

const struct kernel_param_ops param_ops_bool = {KERNEL_PARAM_OPS_FL_NOARG, param_set_bool, param_get_bool, nullptr};

int param_set_bool_enable_only(const char *val, const struct kernel_param *kp) {
    bool value;
    bool old = *static_cast<bool *>(kp->arg);
    int error = kstrtobool(val ? val : "1", &value);
    if (error)
        return error;
    if (!value && old)
        return -EROFS;
    *static_cast<bool *>(kp->arg) = value;
    return 0;
}

const struct kernel_param_ops param_ops_bool_enable_only = {KERNEL_PARAM_OPS_FL_NOARG, param_set_bool_enable_only,
                                                            param_get_bool, nullptr};

int param_set_invbool(const char *val, const struct kernel_param *kp) {
    bool value;
    int error = kstrtobool(val ? val : "1", &value);
    if (!error)
        *static_cast<bool *>(kp->arg) = !value;
    return error;
}

int param_get_invbool(char *buffer, const struct kernel_param *kp) {
    return sprintf(buffer, "%c\n", *static_cast<bool *>(kp->arg) ? 'N' : 'Y');
}

const struct kernel_param_ops param_ops_invbool = {0, param_set_invbool, param_get_invbool, nullptr};

// A truth value in an int.
int param_set_bint(const char *val, const struct kernel_param *kp) {
    bool value;
    int error = kstrtobool(val ? val : "1", &value);
    if (!error)
        *static_cast<int *>(kp->arg) = value;
    return error;
}

const struct kernel_param_ops param_ops_bint = {KERNEL_PARAM_OPS_FL_NOARG, param_set_bint, param_get_int, nullptr};

// Sets or gets one element through a parameter made for it.
static struct kernel_param element_of(const struct kernel_param *kp, unsigned index) {
    const struct kparam_array *arr = kp->arr;
    return {kp->name,
            kp->mod,
            arr->ops,
            kp->perm,
            kp->level,
            kp->flags,
            {static_cast<char *>(arr->elem) + arr->elemsize * index}};
}

static int param_array_set(const char *val, const struct kernel_param *kp) {
    const struct kparam_array *arr = kp->arr;
    unsigned count = 0;

    if (!val)
        return -EINVAL;
    char *copy = kstrdup(val, GFP_KERNEL);
    if (!copy)
        return -ENOMEM;
    int error = 0;
    for (char *next = copy; next && !error;) {
        char *item = strsep(&next, ",");
        if (count == arr->max) {
            pr_err("%s: can only take %i arguments\n", kp->name, arr->max);
            error = -EINVAL;
            break;
        }
        const struct kernel_param element = element_of(kp, count);
        error = arr->ops->set(item, &element);
        count++;
    }
    kfree(copy);
    if (!error && arr->num)
        *arr->num = count;
    return error;
}

static int param_array_get(char *buffer, const struct kernel_param *kp) {
    const struct kparam_array *arr = kp->arr;
    unsigned count = arr->num ? *arr->num : arr->max;
    int used = 0;

    for (unsigned i = 0; i < count; i++) {
        if (i)
            buffer[used - 1] = ','; // in place of the newline
        const struct kernel_param element = element_of(kp, i);
        int length = arr->ops->get(buffer + used, &element);
        if (length < 0)
            return length;
        used += length;
    }
    buffer[used] = '\0';
    return used;
}

static void param_array_free(void *arg) {
    const struct kparam_array *arr = static_cast<const struct kparam_array *>(arg);
    if (!arr->ops->free)
        return;
    for (unsigned i = 0; i < (arr->num ? *arr->num : arr->max); i++)
        arr->ops->free(static_cast<char *>(arr->elem) + arr->elemsize * i);
}

const struct kernel_param_ops param_array_ops = {0, param_array_set, param_array_get, param_array_free};

int param_set_copystring(const char *val, const struct kernel_param *kp) {
    const struct kparam_string *kps = kp->str;
    if (!val)
        return -EINVAL;
    if (strnlen(val, kps->maxlen) == kps->maxlen) {
        pr_err("%s: string doesn't fit in %u chars.\n", kp->name, kps->maxlen - 1);
        return -ENOSPC;
    }
    strcpy(kps->string, val);
    return 0;
}

int param_get_string(char *buffer, const struct kernel_param *kp) {
    return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}

const struct kernel_param_ops param_ops_string = {0, param_set_copystring, param_get_string, nullptr};

void destroy_params(const struct kernel_param *params, unsigned num) {
    for (unsigned i = 0; i < num; i++) {
        if (params[i].ops->free)
            params[i].ops->free(params[i].arg);
    }
}

EXPORT_SYMBOL(kernel_param_lock);
EXPORT_SYMBOL(kernel_param_unlock);
EXPORT_SYMBOL_GPL(param_set_uint_minmax);
EXPORT_SYMBOL(param_set_charp);
EXPORT_SYMBOL(param_get_charp);
EXPORT_SYMBOL(param_free_charp);
EXPORT_SYMBOL(param_ops_charp);
EXPORT_SYMBOL(param_set_bool);
EXPORT_SYMBOL(param_get_bool);
EXPORT_SYMBOL(param_ops_bool);
EXPORT_SYMBOL_GPL(param_set_bool_enable_only);
EXPORT_SYMBOL_GPL(param_ops_bool_enable_only);
EXPORT_SYMBOL(param_set_invbool);
EXPORT_SYMBOL(param_get_invbool);
EXPORT_SYMBOL(param_ops_invbool);
EXPORT_SYMBOL(param_set_bint);
EXPORT_SYMBOL(param_ops_bint);
EXPORT_SYMBOL(param_array_ops);
EXPORT_SYMBOL(param_set_copystring);
EXPORT_SYMBOL(param_get_string);
EXPORT_SYMBOL(param_ops_string);
