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

struct device;
struct sys_off_handler;

#define SYS_OFF_PRIO_PLATFORM (-256)
#define SYS_OFF_PRIO_LOW (-128)
#define SYS_OFF_PRIO_DEFAULT 0
#define SYS_OFF_PRIO_HIGH 192
#define SYS_OFF_PRIO_FIRMWARE 224

enum sys_off_mode {
	SYS_OFF_MODE_POWER_OFF_PREPARE,
	SYS_OFF_MODE_POWER_OFF,
	SYS_OFF_MODE_RESTART_PREPARE,
	SYS_OFF_MODE_RESTART,
};

struct sys_off_data {
	int mode;
	void *cb_data;
	const char *cmd;
};

__BEGIN_DECLS

extern enum reboot_mode reboot_mode;

int register_reboot_notifier(struct notifier_block *nb);
int unregister_reboot_notifier(struct notifier_block *nb);
int register_restart_handler(struct notifier_block *nb);
int unregister_restart_handler(struct notifier_block *nb);

/*
 * Callbacks for the end of a run, the highest priority first. The two PREPARE modes run in process context, the others
 * with interrupts off. NOTIFY_DONE lets the next one try. ERR_PTR(-EINVAL), ERR_PTR(-ENOMEM).
 */
struct sys_off_handler *register_sys_off_handler(enum sys_off_mode mode, int priority,
						 int (*callback)(struct sys_off_data *data), void *cb_data);
void unregister_sys_off_handler(struct sys_off_handler *handler);
int devm_register_sys_off_handler(struct device *dev, enum sys_off_mode mode, int priority,
				  int (*callback)(struct sys_off_data *data), void *cb_data);
int devm_register_power_off_handler(struct device *dev, int (*callback)(struct sys_off_data *data), void *cb_data);
int devm_register_restart_handler(struct device *dev, int (*callback)(struct sys_off_data *data), void *cb_data);
int devm_register_reboot_notifier(struct device *dev, struct notifier_block *nb);
/* One for the whole system. 0, -EBUSY. */
int register_platform_power_off(void (*power_off)(void));
void unregister_platform_power_off(void (*power_off)(void));
bool kernel_can_power_off(void);

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
