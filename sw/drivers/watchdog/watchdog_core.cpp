// SPDX-License-Identifier: Apache-2.0
// Registration of watchdogs, their timeouts, and what they do when the system goes down or restarts (Linux:
// drivers/watchdog/watchdog_core.c).
#include "drivers/watchdog/watchdog_core.h"

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/property.h>
#include <linux/reboot.h>

namespace {

DEFINE_IDA(watchdog_ida);

int reboot_notified(notifier_block *nb, unsigned long code, void *) {
    watchdog_device *wdd = container_of(nb, watchdog_device, reboot_nb);

    const bool down = code == SYS_DOWN || code == SYS_HALT || code == SYS_POWER_OFF;
    if (down && watchdog_hw_running(wdd) && wdd->ops->stop && wdd->ops->stop(wdd))
        return NOTIFY_BAD;
    return NOTIFY_DONE;
}

int restart_notified(notifier_block *nb, unsigned long action, void *data) {
    watchdog_device *wdd = container_of(nb, watchdog_device, restart_nb);

    return wdd->ops->restart(wdd, action, data) ? NOTIFY_BAD : NOTIFY_DONE;
}

void unregister_resource(device *, void *res) {
    watchdog_unregister_device(*static_cast<watchdog_device **>(res));
}

int __init watchdog_init(void) {
    return watchdog_dev_init();
}
subsys_initcall(watchdog_init);

} // namespace

void watchdog_set_restart_priority(struct watchdog_device *wdd, int priority) {
    wdd->restart_nb.priority = priority;
}
EXPORT_SYMBOL_GPL(watchdog_set_restart_priority);

int watchdog_init_timeout(struct watchdog_device *wdd, unsigned int parameter, struct device *dev) {
    const char *name = wdd->parent ? dev_name(wdd->parent) : reinterpret_cast<const char *>(wdd->info->identity);
    unsigned t = 0;
    int ret = 0;

    if (!wdd->max_hw_heartbeat_ms && wdd->min_timeout > wdd->max_timeout) {
        pr_info("watchdog: Invalid min and max timeout values, resetting to 0!\n");
        wdd->min_timeout = wdd->max_timeout = 0;
    }
    if (parameter) {
        if (!watchdog_timeout_invalid(wdd, parameter)) {
            wdd->timeout = parameter;
            return 0;
        }
        pr_err("watchdog: %s: driver supplied timeout (%u) out of range\n", name, parameter);
        ret = -EINVAL;
    }
    if (dev && dev->of_node && !of_property_read_u32(dev->of_node, "timeout-sec", &t)) {
        if (t && !watchdog_timeout_invalid(wdd, t)) {
            wdd->timeout = t;
            return 0;
        }
        pr_err("watchdog: %s: DT supplied timeout (%u) out of range\n", name, t);
        ret = -EINVAL;
    }
    if (ret < 0 && wdd->timeout)
        pr_warn("watchdog: %s: falling back to default timeout (%u)\n", name, wdd->timeout);
    return ret;
}
EXPORT_SYMBOL_GPL(watchdog_init_timeout);

int watchdog_register_device(struct watchdog_device *wdd) {
    if (!wdd || !wdd->info || !wdd->ops)
        return -EINVAL;
    if (!wdd->ops->start || (!wdd->ops->stop && !wdd->max_hw_heartbeat_ms))
        return -EINVAL;
    if (!wdd->max_hw_heartbeat_ms && wdd->min_timeout > wdd->max_timeout) {
        pr_info("watchdog: Invalid min and max timeout values, resetting to 0!\n");
        wdd->min_timeout = wdd->max_timeout = 0;
    }
    int id = wdd->parent && wdd->parent->of_node ? of_alias_get_id(wdd->parent->of_node, "watchdog") : -ENODEV;
    if (id >= 0)
        id = ida_alloc_range(&watchdog_ida, static_cast<unsigned>(id), static_cast<unsigned>(id), GFP_KERNEL);
    if (id < 0)
        id = ida_alloc_max(&watchdog_ida, 31, GFP_KERNEL);
    if (id < 0)
        return id;
    wdd->id = id;
    const int error = watchdog_dev_register(wdd);
    if (error) {
        ida_free(&watchdog_ida, static_cast<unsigned>(id));
        pr_err("watchdog: %s: failed to register watchdog device (err = %d)\n",
               wdd->parent ? dev_name(wdd->parent) : "?", error);
        return error;
    }
    if (test_bit(WDOG_STOP_ON_REBOOT, &wdd->status)) {
        if (!wdd->ops->stop) {
            pr_warn("watchdog: watchdog%d: stop_on_reboot not supported\n", wdd->id);
        } else {
            wdd->reboot_nb.notifier_call = reboot_notified;
            register_reboot_notifier(&wdd->reboot_nb);
        }
    }
    if (wdd->ops->restart) {
        wdd->restart_nb.notifier_call = restart_notified;
        register_restart_handler(&wdd->restart_nb);
    }
    return 0;
}
EXPORT_SYMBOL_GPL(watchdog_register_device);

void watchdog_unregister_device(struct watchdog_device *wdd) {
    if (!wdd)
        return;
    if (wdd->ops->restart)
        unregister_restart_handler(&wdd->restart_nb);
    if (wdd->reboot_nb.notifier_call)
        unregister_reboot_notifier(&wdd->reboot_nb);
    watchdog_dev_unregister(wdd);
    ida_free(&watchdog_ida, static_cast<unsigned>(wdd->id));
}
EXPORT_SYMBOL_GPL(watchdog_unregister_device);

int devm_watchdog_register_device(struct device *dev, struct watchdog_device *wdd) {
    auto *res =
        static_cast<watchdog_device **>(devres_alloc(unregister_resource, sizeof(watchdog_device *), GFP_KERNEL));
    if (!res)
        return -ENOMEM;
    const int error = watchdog_register_device(wdd);
    if (error) {
        devres_free(res);
        return error;
    }
    *res = wdd;
    devres_add(dev, res);
    return 0;
}
EXPORT_SYMBOL_GPL(devm_watchdog_register_device);
