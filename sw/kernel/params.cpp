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

#include "lib/guard.h"
#include "lib/ranges.h"

static DEFINE_MUTEX(builtin_param_lock);

void kernel_param_lock(struct module *mod) {
    mutex_lock(mod ? &mod->param_lock : &builtin_param_lock);
}

void kernel_param_unlock(struct module *mod) {
    mutex_unlock(mod ? &mod->param_lock : &builtin_param_lock);
}

// In names, '-' and '_' are the same.
bool parameqn(const char *name1, const char *name2, size_t n) {
    const auto plain = [](char c) { return c == '-' ? '_' : c; };

    while (n && plain(*name1) == plain(*name2)) {
        name1++;
        name2++;
        n--;
    }
    return !n;
}

bool parameq(const char *name1, const char *name2) {
    return parameqn(name1, name2, strlen(name1) + 1);
}

// ---- lines of options ----

namespace {

struct option {
    char *name;
    char *value; // null: none was given

    // Takes the first one off a line.
    static option first_of(char *&line) {
        option o;

        line = next_arg(line, &o.name, &o.value);
        return o;
    }
    bool ends_the_line() const { return !value && !strcmp(name, "--"); }
};

// Whom an option may be for: parameters of some levels, and somebody who is asked about all others.
struct option_takers {
    const char *doing; // what the line is read for, as messages say it
    const kernel_param *params;
    unsigned count;
    s16 min_level, max_level;
    void *arg;
    int (*unknown)(char *param, char *val, const char *doing, void *arg);

    const kernel_param *find(const option &o) const {
        const kernel_param *p = params;

        while (p < params + count && !parameq(o.name, p->name))
            p++;
        return p < params + count ? p : nullptr;
    }

    int give(const option &o) const {
        const bool masked = irqs_disabled();
        const int error = give_to_taker(o);

        if (masked && !irqs_disabled())
            pr_warn("%s: option '%s' enabled irq's!\n", doing, o.name);
        return error;
    }

    int give_to_taker(const option &o) const {
        const kernel_param *p = find(o);

        if (!p)
            return unknown ? unknown(o.name, o.value, doing, arg) : -ENOENT;
        if (p->level < min_level || p->level > max_level)
            return 0; // its turn is another time
        return set(*p, o.value);
    }

    static int set(const kernel_param &p, const char *value) {
        if (!value && !(p.ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
            return -EINVAL;
        kernel_param_lock(p.mod);
        if (p.flags & KERNEL_PARAM_FL_UNSAFE) {
            pr_notice("Setting dangerous option %s - tainting kernel\n", p.name);
            add_taint(TAINT_USER, LOCKDEP_STILL_OK);
        }
        const int error = p.ops->set(value, &p);
        kernel_param_unlock(p.mod);
        return error;
    }

    void complain(const option &o, int error) const {
        const char *value = o.value ? o.value : "";

        if (error == -ENOENT)
            pr_err("%s: Unknown parameter `%s'\n", doing, o.name);
        else
            pr_err("%s: `%s' %s for parameter `%s'\n", doing, value, error == -ENOSPC ? "too large" : "invalid",
                   o.name);
    }
};

} // namespace

// What follows "--", or null, or an error: the first one ends it.
char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned num, s16 min_level,
                 s16 max_level, void *arg, int (*unknown)(char *param, char *val, const char *doing, void *arg)) {
    const option_takers takers = {doing, params, num, min_level, max_level, arg, unknown};

    char *line = skip_spaces(args);
    int error = 0;

    while (*line && !error) {
        const option o = option::first_of(line);

        if (o.ends_the_line())
            return line;
        error = takers.give(o);
        if (error)
            takers.complain(o, error);
    }
    return static_cast<char *>(ERR_PTR(error)); // null for 0
}

// ---- types of values ----

// Numbers: how each type is read and printed.
template <typename T>
static int set_number(const char *text, const struct kernel_param *kp, int (*read)(const char *, unsigned, T *)) {
    return text ? read(text, 0, static_cast<T *>(kp->arg)) : -EINVAL;
}

template <typename T>
static T number_of(const struct kernel_param *kp) {
    return *static_cast<const T *>(kp->arg);
}

// param_set_NAME, param_get_NAME, param_ops_NAME (Linux: STANDARD_PARAM_DEF).
#define DEFINE_NUMBER_PARAM(name, type, format, read)                                                                  \
    int param_get_##name(char *to, const struct kernel_param *kp) {                                                    \
        return scnprintf(to, PAGE_SIZE, format "\n", number_of<type>(kp));                                             \
    }                                                                                                                  \
    EXPORT_SYMBOL(param_get_##name);                                                                                   \
    int param_set_##name(const char *text, const struct kernel_param *kp) {                                            \
        return set_number<type>(text, kp, read);                                                                       \
    }                                                                                                                  \
    EXPORT_SYMBOL(param_set_##name);                                                                                   \
    const struct kernel_param_ops param_ops_##name = {.set = param_set_##name, .get = param_get_##name};               \
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

int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int low, unsigned int high) {
    unsigned int value;
    const int error = val ? kstrtouint(val, 0, &value) : -EINVAL;
    const bool in_range = !error && value >= low && value <= high;

    if (in_range)
        *static_cast<unsigned int *>(kp->arg) = value;
    return error || in_range ? error : -EINVAL;
}

// Copies of charp values, so that only those are freed and never a module's initial value.
struct charp_copy {
    struct list_head list;
    char text[];
};

static constexpr size_t longest_text = 1024;
static LIST_HEAD(charp_copies);
static DEFINE_SPINLOCK(charp_lock);

static char *charp_keep(const char *text) {
    size_t size = strlen(text) + 1;
    struct charp_copy *copy = static_cast<struct charp_copy *>(kmalloc(sizeof(*copy) + size, GFP_KERNEL));
    if (!copy)
        return nullptr;
    memcpy(copy->text, text, size);
    hold l(charp_lock);
    list_add(&copy->list, &charp_copies);
    return copy->text;
}

static void charp_drop(const char *text) {
    hold l(charp_lock);
    charp_copy *copy = find_in<&charp_copy::list>(charp_copies, [text](charp_copy &c) { return c.text == text; });

    if (copy)
        list_del(&copy->list);
    l.release();
    kfree(copy);
}

int param_set_charp(const char *val, const struct kernel_param *kp) {
    char *&variable = *static_cast<char **>(kp->arg);
    const bool fits = val && strlen(val) <= longest_text;

    if (val && !fits)
        pr_err("%s: string parameter too long\n", kp->name);
    if (!fits)
        return val ? -ENOSPC : -EINVAL;
    char *copy = charp_keep(val);
    if (!copy)
        return -ENOMEM;
    charp_drop(variable);
    variable = copy;
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

// Truth values: "name" alone says yes. `store` gets the value, and may refuse it.
template <class Store>
static int set_truth(const char *val, Store store) {
    bool value;
    const int error = kstrtobool(val ? val : "1", &value);

    return error ? error : store(value);
}

static int show_truth(char *buffer, bool value) {
    return sprintf(buffer, "%c\n", value ? 'Y' : 'N');
}

// The variable of a parameter.
template <class T>
static T &variable_of(const struct kernel_param *kp) {
    return *static_cast<T *>(kp->arg);
}

int param_set_bool(const char *val, const struct kernel_param *kp) {
    return set_truth(val, [kp](bool value) { return variable_of<bool>(kp) = value, 0; });
}

int param_get_bool(char *buffer, const struct kernel_param *kp) {
    return show_truth(buffer, variable_of<bool>(kp));
}

const struct kernel_param_ops param_ops_bool = {KERNEL_PARAM_OPS_FL_NOARG, param_set_bool, param_get_bool, nullptr};

int param_set_bool_enable_only(const char *val, const struct kernel_param *kp) {
    return set_truth(val, [kp](bool value) {
        bool &now = variable_of<bool>(kp);

        if (now && !value)
            return -EROFS;
        now = value;
        return 0;
    });
}

const struct kernel_param_ops param_ops_bool_enable_only = {KERNEL_PARAM_OPS_FL_NOARG, param_set_bool_enable_only,
                                                            param_get_bool, nullptr};

int param_set_invbool(const char *val, const struct kernel_param *kp) {
    return set_truth(val, [kp](bool value) { return variable_of<bool>(kp) = !value, 0; });
}

int param_get_invbool(char *buffer, const struct kernel_param *kp) {
    return show_truth(buffer, !variable_of<bool>(kp));
}

const struct kernel_param_ops param_ops_invbool = {0, param_set_invbool, param_get_invbool, nullptr};

// A truth value in an int.
int param_set_bint(const char *val, const struct kernel_param *kp) {
    return set_truth(val, [kp](bool value) { return variable_of<int>(kp) = value, 0; });
}

const struct kernel_param_ops param_ops_bint = {KERNEL_PARAM_OPS_FL_NOARG, param_set_bint, param_get_int, nullptr};

// ---- arrays: each element is set and shown by a parameter made for it ----

static void *element_address(const kparam_array &array, unsigned index) {
    return static_cast<char *>(array.elem) + array.elemsize * index;
}

static kernel_param element_of(const kernel_param *kp, unsigned index) {
    const kparam_array &array = *kp->arr;

    return {kp->name, kp->mod, array.ops, kp->perm, kp->level, kp->flags, {element_address(array, index)}};
}

static unsigned elements_in_use(const kparam_array &array) {
    return array.num ? *array.num : array.max;
}

static int param_array_set(const char *val, const struct kernel_param *kp) {
    const kparam_array &array = *kp->arr;
    unsigned count = 0;
    int error = 0;

    if (!val)
        return -EINVAL;
    char *copy = kstrdup(val, GFP_KERNEL);
    if (!copy)
        return -ENOMEM;
    for (char *rest = copy; rest && !error;) {
        char *item = strsep(&rest, ",");

        if (count < array.max) {
            const kernel_param element = element_of(kp, count);
            error = array.ops->set(item, &element);
            count += !error;
        } else {
            pr_err("%s: can only take %i arguments\n", kp->name, array.max);
            error = -EINVAL;
        }
    }
    kfree(copy);
    if (array.num) // of those that were set before one was refused, too
        *array.num = count;
    return error;
}

// Each element ends its text with a newline, which becomes a comma when another one follows.
static int param_array_get(char *buffer, const struct kernel_param *kp) {
    char *end = buffer;

    for (unsigned i = 0; i < elements_in_use(*kp->arr); i++) {
        const kernel_param element = element_of(kp, i);
        const int length = kp->arr->ops->get(end, &element);

        if (length < 0)
            return length;
        if (end != buffer)
            end[-1] = ',';
        end += length;
    }
    *end = '\0';
    return static_cast<int>(end - buffer);
}

static void param_array_free(void *arg) {
    const auto &array = *static_cast<const kparam_array *>(arg);
    const unsigned count = array.ops->free ? elements_in_use(array) : 0;

    for (unsigned i = 0; i < count; i++)
        array.ops->free(element_address(array, i));
}

const struct kernel_param_ops param_array_ops = {0, param_array_set, param_array_get, param_array_free};

int param_set_copystring(const char *val, const struct kernel_param *kp) {
    const kparam_string &target = *kp->str;
    const size_t length = val ? strnlen(val, target.maxlen) : 0;

    if (val && length < target.maxlen) {
        memcpy(target.string, val, length + 1);
        return 0;
    }
    if (val)
        pr_err("%s: string doesn't fit in %u chars.\n", kp->name, target.maxlen - 1);
    return val ? -ENOSPC : -EINVAL;
}

int param_get_string(char *buffer, const struct kernel_param *kp) {
    return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}

const struct kernel_param_ops param_ops_string = {0, param_set_copystring, param_get_string, nullptr};

void destroy_params(const struct kernel_param *params, unsigned num) {
    for (const kernel_param *param = params, *end = params + num; param != end; ++param)
        if (const auto free = param->ops->free)
            free(param->arg);
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
