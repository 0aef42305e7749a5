// SPDX-License-Identifier: Apache-2.0
//
// The end of a run from inside the kernel.
#include <linux/reboot.h>

#include <linux/device.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/pm.h>
#include <linux/printk.h>
#include <linux/syscore_ops.h>

#include "kernel/printk/internals.h"
#include "kernel/sys_off.h"
#include "port/kernel.h"

// A board's own way to cut the power, which a driver sets.
void (*pm_power_off)(void);
EXPORT_SYMBOL_GPL(pm_power_off);

static BLOCKING_NOTIFIER_HEAD(reboot_notifier_list);
static ATOMIC_NOTIFIER_HEAD(restart_handler_list);

int register_reboot_notifier(struct notifier_block *nb) {
    return blocking_notifier_chain_register(&reboot_notifier_list, nb);
}

int unregister_reboot_notifier(struct notifier_block *nb) {
    return blocking_notifier_chain_unregister(&reboot_notifier_list, nb);
}

int register_restart_handler(struct notifier_block *nb) {
    return atomic_notifier_chain_register(&restart_handler_list, nb);
}

int unregister_restart_handler(struct notifier_block *nb) {
    return atomic_notifier_chain_unregister(&restart_handler_list, nb);
}

// The other cores see the simulation end in the middle of what they do: there is nothing to stop them for.
void machine_power_off() {
    local_irq_disable();
    sys_off_call(SYS_OFF_MODE_POWER_OFF, nullptr);
    if (pm_power_off)
        pm_power_off();
    kmsg_flush();
    port_exit(0);
}

void machine_restart(char *cmd) {
    local_irq_disable();
    atomic_notifier_call_chain(&restart_handler_list, REBOOT_COLD, cmd);
    sys_off_call(SYS_OFF_MODE_RESTART, cmd);
    kmsg_flush();
    port_exit(0);
}

// A notifier that asked to be told is told, then drivers bring their devices to rest, then the core its own.
static void prepare_end(unsigned long event, enum system_states state, char *cmd) {
    blocking_notifier_call_chain(&reboot_notifier_list, event, cmd);
    system_state = state;
    device_shutdown();
    syscore_shutdown();
}

void kernel_restart(char *cmd) {
    prepare_end(SYS_RESTART, SYSTEM_RESTART, cmd);
    sys_off_call(SYS_OFF_MODE_RESTART_PREPARE, cmd);
    if (cmd)
        pr_emerg("reboot: Restarting system with command '%s'\n", cmd);
    else
        pr_emerg("reboot: Restarting system\n");
    console_drain();
    machine_restart(cmd);
}

void kernel_halt() {
    prepare_end(SYS_HALT, SYSTEM_HALT, nullptr);
    pr_emerg("reboot: System halted\n");
    console_drain();
    local_irq_disable();
    kmsg_flush();
    port_exit(0);
}

void kernel_power_off() {
    prepare_end(SYS_POWER_OFF, SYSTEM_POWER_OFF, nullptr);
    sys_off_call(SYS_OFF_MODE_POWER_OFF_PREPARE, nullptr);
    pr_emerg("reboot: Power down\n");
    console_drain();
    machine_power_off();
}

void orderly_poweroff(bool force) {
    kernel_power_off();
}

void orderly_reboot() {
    kernel_restart(nullptr);
}

void emergency_restart() {
    system_state = SYSTEM_RESTART;
    machine_restart(nullptr);
}

EXPORT_SYMBOL(register_reboot_notifier);
EXPORT_SYMBOL(unregister_reboot_notifier);
EXPORT_SYMBOL(register_restart_handler);
EXPORT_SYMBOL(unregister_restart_handler);
EXPORT_SYMBOL_GPL(kernel_restart);
EXPORT_SYMBOL_GPL(kernel_halt);
EXPORT_SYMBOL_GPL(kernel_power_off);
EXPORT_SYMBOL_GPL(orderly_poweroff);
EXPORT_SYMBOL_GPL(orderly_reboot);
EXPORT_SYMBOL_GPL(emergency_restart);
