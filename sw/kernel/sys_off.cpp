// SPDX-License-Identifier: Apache-2.0
// Callbacks for power off and restart (Linux: kernel/reboot.c). They are one list, by priority.
#include "kernel/sys_off.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/pm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "drivers/base/managed.h"
#include "kernel/module/owned.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"

struct sys_off_handler {
    list_head entry;
    sys_off_mode mode;
    int priority;
    int (*callback)(sys_off_data *);
    void *cb_data;
};

namespace {

LIST_HEAD(handlers);
DEFINE_SPINLOCK(handlers_lock);
void (*platform_power_off)();

const owned_kind owned_handler = {"handler for the end of the run%s still registered",
                                  [](const void *, char *, size_t) -> const char * { return ""; }};

// Puts a copy of `wanted` into the list, behind those of its priority.
result<sys_off_handler *> add(const sys_off_handler &wanted) {
    if (wanted.mode > SYS_OFF_MODE_RESTART)
        return failure(-EINVAL);
    auto *handler = static_cast<sys_off_handler *>(kmemdup(&wanted, sizeof(wanted), GFP_KERNEL));
    if (!handler)
        return failure(-ENOMEM);
    hold_irqsave l(handlers_lock);
    sys_off_handler *later = find_in<&sys_off_handler::entry>(
        handlers, [&](const sys_off_handler &other) { return other.priority < wanted.priority; });
    list_add_tail(&handler->entry, later ? &later->entry : &handlers);
    return handler;
}

// The handler goes with the device's driver.
void take_off(device *, sys_off_handler *&handler) {
    unregister_sys_off_handler(handler);
}

int add_for(device *dev, const sys_off_handler &wanted) {
    result<sys_off_handler *> added = nullptr;
    return managed<sys_off_handler *, take_off>::acquire(dev, *added, [&] {
        added = add(wanted);
        return added.error();
    });
}

} // namespace

// What a callback does may be all that this CPU still does: no lock is held over it.
void sys_off_call(sys_off_mode mode, const char *cmd) {
    sys_off_handler *handler;
    list_for_each_entry (handler, &handlers, entry) {
        sys_off_data data = {mode, handler->cb_data, cmd};
        if (handler->mode == mode && handler->callback(&data) & NOTIFY_STOP_MASK)
            return;
    }
    if (mode == SYS_OFF_MODE_POWER_OFF && platform_power_off)
        platform_power_off();
}

sys_off_handler *register_sys_off_handler(sys_off_mode mode, int priority, int (*callback)(sys_off_data *),
                                          void *cb_data) {
    result<sys_off_handler *> added = add({{}, mode, priority, callback, cb_data});
    if (added)
        owned_note(owned_handler, *added);
    return as_err_ptr(added);
}
EXPORT_SYMBOL_GPL(register_sys_off_handler);

void unregister_sys_off_handler(sys_off_handler *handler) {
    if (IS_ERR_OR_NULL(handler))
        return;
    hold_irqsave l(handlers_lock);
    list_del(&handler->entry);
    l.release();
    owned_strike(handler);
    kfree(handler);
}
EXPORT_SYMBOL_GPL(unregister_sys_off_handler);

int devm_register_sys_off_handler(device *dev, sys_off_mode mode, int priority, int (*callback)(sys_off_data *),
                                  void *cb_data) {
    return add_for(dev, {{}, mode, priority, callback, cb_data});
}
EXPORT_SYMBOL_GPL(devm_register_sys_off_handler);

int devm_register_power_off_handler(device *dev, int (*callback)(sys_off_data *), void *cb_data) {
    return add_for(dev, {{}, SYS_OFF_MODE_POWER_OFF, SYS_OFF_PRIO_DEFAULT, callback, cb_data});
}
EXPORT_SYMBOL_GPL(devm_register_power_off_handler);

int devm_register_restart_handler(device *dev, int (*callback)(sys_off_data *), void *cb_data) {
    return add_for(dev, {{}, SYS_OFF_MODE_RESTART, SYS_OFF_PRIO_DEFAULT, callback, cb_data});
}
EXPORT_SYMBOL_GPL(devm_register_restart_handler);

int devm_register_reboot_notifier(device *dev, notifier_block *nb) {
    const int error = register_reboot_notifier(nb);
    return error ? error
                 : devm_add_action_or_reset(
                       dev, [](void *data) { unregister_reboot_notifier(static_cast<notifier_block *>(data)); }, nb);
}
EXPORT_SYMBOL(devm_register_reboot_notifier);

int register_platform_power_off(void (*power_off)()) {
    if (platform_power_off)
        return -EBUSY;
    platform_power_off = power_off;
    return 0;
}
EXPORT_SYMBOL_GPL(register_platform_power_off);

void unregister_platform_power_off(void (*power_off)()) {
    if (platform_power_off == power_off)
        platform_power_off = nullptr;
}
EXPORT_SYMBOL_GPL(unregister_platform_power_off);

bool kernel_can_power_off() {
    bool can = pm_power_off || platform_power_off;
    sys_off_handler *handler;
    list_for_each_entry (handler, &handlers, entry)
        can |= handler->mode == SYS_OFF_MODE_POWER_OFF;
    return can;
}
EXPORT_SYMBOL_GPL(kernel_can_power_off);
