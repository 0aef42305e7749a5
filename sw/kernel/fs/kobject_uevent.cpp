// SPDX-License-Identifier: Apache-2.0
//
// Events for user space (Linux: lib/kobject_uevent.c). What an event says is made as on a board: the object's set may
// filter it, name its subsystem and add to it. There is no user space that listens, so nothing is sent.
#include <linux/kobject.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "lib/guard.h"

namespace {

constexpr const char *const names[] = {"add", "remove", "change", "move", "online", "offline", "bind", "unbind"};
static_assert(ARRAY_SIZE(names) == KOBJ_UNBIND + 1, "a name for each action");

atomic64_t sequence = ATOMIC64_INIT(0);

// The nearest set above, the object itself included; without one there are no events.
const struct kset *set_of(const struct kobject *kobj) {
    while (kobj && !kobj->kset)
        kobj = kobj->parent;
    return kobj ? kobj->kset : nullptr;
}

// The text of an event, which grows by one NAME=VALUE after the other. The first that does not fit is the error.
class event {
public:
    event()
        : env_(static_cast<struct kobj_uevent_env *>(kzalloc(sizeof(struct kobj_uevent_env), GFP_KERNEL)))
        , error_(env_ ? 0 : -ENOMEM) {}
    ~event() { kfree(env_); }
    event(const event &) = delete;
    event &operator=(const event &) = delete;

    template <typename... Args>
    event &say(const char *format, Args... args) {
        if (!error_)
            error_ = add_uevent_var(env_, format, args...);
        return *this;
    }
    template <typename Teller>
    event &let(Teller tell) {
        if (!error_)
            error_ = tell(env_);
        return *this;
    }
    int error() const { return error_; }

private:
    struct kobj_uevent_env *env_;
    int error_;
};

void remember(struct kobject *kobj, enum kobject_action action) {
    if (action == KOBJ_ADD)
        kobj->state_add_uevent_sent = true;
    if (action == KOBJ_REMOVE)
        kobj->state_remove_uevent_sent = true;
}

} // namespace

int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[]) {
    static const struct kset_uevent_ops none = {};
    const struct kset *set = set_of(kobj);

    if (action == KOBJ_REMOVE)
        remember(kobj, action); // also where the event is not wanted
    if (!set)
        return -EINVAL;
    const struct kset_uevent_ops &ops = set->uevent_ops ? *set->uevent_ops : none;
    if (kobj->uevent_suppress || (ops.filter && !ops.filter(kobj)))
        return 0;
    const char *subsystem = ops.name ? ops.name(kobj) : kobject_name(&set->kobj);
    if (!subsystem)
        return 0;
    char *path = kobject_get_path(kobj, GFP_KERNEL);
    finally no_path([path] { kfree(path); });
    if (!path)
        return -ENOENT;
    event text;
    text.say("ACTION=%s", names[action]).say("DEVPATH=%s", path).say("SUBSYSTEM=%s", subsystem);
    for (char **extra = envp; extra && *extra; extra++)
        text.say("%s", *extra);
    if (ops.uevent)
        text.let([&](struct kobj_uevent_env *env) { return ops.uevent(kobj, env); });
    remember(kobj, action);
    return text.say("SEQNUM=%llu", static_cast<unsigned long long>(atomic64_inc_return(&sequence))).error();
}
EXPORT_SYMBOL_GPL(kobject_uevent_env);

int kobject_uevent(struct kobject *kobj, enum kobject_action action) {
    return kobject_uevent_env(kobj, action, nullptr);
}
EXPORT_SYMBOL_GPL(kobject_uevent);

// "add", "change" and so on, written into a file called uevent: the event is made once more.
int kobject_synth_uevent(struct kobject *kobj, const char *buf, size_t count) {
    static char synthetic[] = "SYNTH_UUID=0";
    char *environment[] = {synthetic, nullptr};
    const size_t length = count && buf[count - 1] == '\n' ? count - 1 : count;

    for (unsigned action = 0; action < ARRAY_SIZE(names); action++)
        if (strlen(names[action]) == length && !strncmp(names[action], buf, length))
            return kobject_uevent_env(kobj, static_cast<enum kobject_action>(action), environment);
    pr_warn("synth uevent: %s: unknown uevent action string\n", kobject_name(kobj));
    return -EINVAL;
}

int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...) {
    const size_t room = sizeof(env->buf) - static_cast<size_t>(env->buflen);
    char *line = env->buf + env->buflen;
    va_list args;
    va_start(args, format);
    const size_t length = static_cast<size_t>(vsnprintf(line, room, format, args));
    va_end(args);

    if (WARN(env->envp_idx >= static_cast<int>(ARRAY_SIZE(env->envp)), "add_uevent_var: too many keys\n") ||
        WARN(length >= room, "add_uevent_var: buffer size too small\n"))
        return -ENOMEM;
    env->envp[env->envp_idx++] = line;
    env->buflen += static_cast<int>(length) + 1;
    return 0;
}
EXPORT_SYMBOL_GPL(add_uevent_var);

static ssize_t uevent_seqnum_show(struct kobject *, struct kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%llu\n", static_cast<unsigned long long>(atomic64_read(&sequence)));
}
static struct kobj_attribute uevent_seqnum = __ATTR_RO(uevent_seqnum);

static int __init uevent_init(void) {
    return sysfs_create_file(kernel_kobj, &uevent_seqnum.attr);
}
core_initcall(uevent_init);
