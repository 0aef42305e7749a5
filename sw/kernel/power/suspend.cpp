// SPDX-License-Identifier: Apache-2.0
// /sys/power: as much of going to sleep as an interrupt's software sees (Linux: kernel/power/main.c, suspend.c,
// process.c). Devices and CPUs stay awake, so that only the test of the freezer is there:
//
//     echo freezer > /sys/power/pm_test; echo mem > /sys/power/state
//
// freezes the freezable workqueues for five seconds.
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/suspend.h>
#include <linux/sysfs.h>
#include <linux/workqueue.h>

#include "lib/guard.h"

namespace {

constexpr const char *test_names[] = {"none", "core", "processors", "platform", "devices", "freezer"};
constexpr unsigned test_none = 0, test_freezer = 5;
constexpr s64 freeze_timeout_us = 20 * USEC_PER_SEC;
constexpr unsigned test_delay_seconds = 5;

unsigned pm_test_level = test_none;
DEFINE_MUTEX(system_transition_mutex);
BLOCKING_NOTIFIER_HEAD(pm_chain_head);

// Who hears of sleep and of its end.
struct {
    int add(notifier_block *listener) { return blocking_notifier_chain_register(&pm_chain_head, listener); }
    int remove(notifier_block *listener) { return blocking_notifier_chain_unregister(&pm_chain_head, listener); }
    int tell(unsigned long event) {
        return notifier_to_errno(blocking_notifier_call_chain(&pm_chain_head, event, nullptr));
    }
} listeners;

// A step of the freezing, as the log has it.
class freezing {
public:
    explicit freezing(const char *what)
        : what_(what)
        , start_(ktime_get()) {
        pr_info("Freezing %s\n", what_);
    }

    bool takes_too_long() const { return elapsed_us() >= freeze_timeout_us; }
    void completed() const {
        pr_info("Freezing %s completed (elapsed %u.%03u seconds)\n", what_, seconds(), milliseconds());
    }
    void failed(bool busy_queues) const {
        pr_err("Freezing of tasks failed after %u.%03u seconds (%d tasks refusing to freeze, wq_busy=%d):\n", seconds(),
               milliseconds(), 0, busy_queues);
    }

private:
    s64 elapsed_us() const { return ktime_us_delta(ktime_get(), start_); }
    unsigned seconds() const { return static_cast<unsigned>(elapsed_us() / USEC_PER_SEC); }
    unsigned milliseconds() const { return static_cast<unsigned>(elapsed_us() / 1000 % 1000); }

    const char *const what_;
    const ktime_t start_;
};

// 0, or -EBUSY and said which queues are busy.
int freeze_queues() {
    const freezing step("remaining freezable tasks");
    unsigned wait_us = 1000;
    freeze_workqueues_begin();
    bool busy;
    while ((busy = freeze_workqueues_busy()) && !step.takes_too_long()) {
        usleep_range(wait_us / 2, wait_us);
        wait_us = min(wait_us * 2, 8000u);
    }
    if (!busy) {
        step.completed();
        return 0;
    }
    step.failed(true);
    show_all_workqueues();
    pr_info("Restarting kernel threads ... ");
    thaw_workqueues();
    pr_cont("done.\n");
    return -EBUSY;
}

int test_freezing(const char *how) {
    pr_info("PM: suspend entry (%s)\n", how);
    pr_info("Filesystems sync: 0.000 seconds\n"); // there is nothing that could be written back
    finally exit([] {
        listeners.tell(PM_POST_SUSPEND);
        pr_info("PM: suspend exit\n");
    });
    if (const int refused = listeners.tell(PM_SUSPEND_PREPARE))
        return refused;
    freezing("user space processes").completed(); // there are none
    pr_info("OOM killer disabled.\n");
    const int error = freeze_queues();
    if (!error) {
        pr_info("PM: suspend debug: Waiting for %u second(s).\n", test_delay_seconds);
        msleep(test_delay_seconds * 1000);
    }
    pr_info("OOM killer enabled.\n");
    pr_info("Restarting tasks ... ");
    thaw_workqueues();
    pr_cont("done.\n");
    return error;
}

ssize_t state_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "freeze mem\n");
}

ssize_t state_store(kobject *, kobj_attribute *, const char *buf, size_t n) {
    const char *how = sysfs_streq(buf, "mem") ? "deep" : sysfs_streq(buf, "freeze") ? "s2idle" : nullptr;
    if (!how)
        return -EINVAL;
    if (pm_test_level != test_freezer) {
        pr_err("PM: %s: only with \"freezer\" in /sys/power/pm_test; devices do not suspend here\n", how);
        return -EINVAL;
    }
    if (!mutex_trylock(&system_transition_mutex))
        return -EBUSY;
    const int error = test_freezing(how);
    mutex_unlock(&system_transition_mutex);
    return error ? error : static_cast<ssize_t>(n);
}

ssize_t pm_test_show(kobject *, kobj_attribute *, char *buf) {
    int n = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(test_names); i++)
        n += sysfs_emit_at(buf, n, i == pm_test_level ? "[%s] " : "%s ", test_names[i]);
    buf[n - 1] = '\n';
    return n;
}

ssize_t pm_test_store(kobject *, kobj_attribute *, const char *buf, size_t n) {
    for (unsigned i = 0; i < ARRAY_SIZE(test_names); i++) {
        if (sysfs_streq(buf, test_names[i])) {
            pm_test_level = i;
            return static_cast<ssize_t>(n);
        }
    }
    return -EINVAL;
}

kobj_attribute state_attr = {{"state", 0644}, state_show, state_store};
kobj_attribute pm_test_attr = {{"pm_test", 0644}, pm_test_show, pm_test_store};

int pm_init() {
    const int error = sysfs_create_file(power_kobj, &state_attr.attr);
    return error ? error : sysfs_create_file(power_kobj, &pm_test_attr.attr);
}

} // namespace

late_initcall(pm_init);

suspend_state_t pm_suspend_target_state;
EXPORT_SYMBOL_GPL(pm_suspend_target_state);

int register_pm_notifier(struct notifier_block *nb) {
    return listeners.add(nb);
}
EXPORT_SYMBOL_GPL(register_pm_notifier);

int unregister_pm_notifier(struct notifier_block *nb) {
    return listeners.remove(nb);
}
EXPORT_SYMBOL_GPL(unregister_pm_notifier);
