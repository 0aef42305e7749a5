// SPDX-License-Identifier: Apache-2.0
// The way out when hardware is in danger (Linux: kernel/reboot.c): an orderly power off, and one by force if that takes
// too long.
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/workqueue.h>

namespace {

atomic_t asked_for = ATOMIC_INIT(0);

void power_off_by_force(work_struct *) {
    pr_emerg("Hardware protection timed-out. Trying forced poweroff\n");
    kernel_power_off();
}
DECLARE_DELAYED_WORK(forced, power_off_by_force);

void power_off_in_order(work_struct *) {
    orderly_poweroff(true);
}
DECLARE_WORK(orderly, power_off_in_order);

} // namespace

enum reboot_mode reboot_mode = REBOOT_COLD;
EXPORT_SYMBOL_GPL(reboot_mode);

void hw_protection_shutdown(const char *reason, int ms_until_forced) {
    pr_emerg("HARDWARE PROTECTION shutdown (%s)\n", reason);
    if (atomic_xchg(&asked_for, 1))
        return;
    if (ms_until_forced > 0)
        schedule_delayed_work(&forced, msecs_to_jiffies(static_cast<unsigned>(ms_until_forced)));
    schedule_work(&orderly);
}
EXPORT_SYMBOL_GPL(hw_protection_shutdown);
