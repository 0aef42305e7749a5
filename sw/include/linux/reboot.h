/* SPDX-License-Identifier: Apache-2.0 */
/* Ending the run from inside the kernel (Linux's include/linux/reboot.h). None of these returns. */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <linux/compiler.h>
#include <linux/notifier.h>

#define SYS_DOWN      0x0001
#define SYS_RESTART   SYS_DOWN
#define SYS_HALT      0x0002
#define SYS_POWER_OFF 0x0003

enum reboot_mode {
	REBOOT_UNDEFINED = -1,
	REBOOT_COLD = 0,
	REBOOT_WARM,
	REBOOT_HARD,
	REBOOT_SOFT,
	REBOOT_GPIO,
};

__BEGIN_DECLS

extern enum reboot_mode reboot_mode;

int register_reboot_notifier(struct notifier_block *nb);
int unregister_reboot_notifier(struct notifier_block *nb);
int register_restart_handler(struct notifier_block *nb);
int unregister_restart_handler(struct notifier_block *nb);

/* Process context; reboot notifiers run first. A board that restarts ends the run as one that powers off does. */
void kernel_restart(char *cmd);
void kernel_halt(void);
void kernel_power_off(void);
void orderly_poweroff(bool force);
void orderly_reboot(void);

/* A driver's last word: powers off in an orderly way, by force after ms_until_forced. Once; any context. */
void hw_protection_shutdown(const char *reason, int ms_until_forced);

/* Any context, no notifiers. */
void emergency_restart(void);
void machine_restart(char *cmd);
void machine_power_off(void);

__END_DECLS

#endif
