/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Watchdog timers (Linux 6.1, include/linux/watchdog.h): the driver fills in a watchdog_device and its operations, the
 * core makes /dev/watchdogN of it, and /dev/watchdog of the first one. Unless noted, functions here may sleep.
 */
#ifndef _LINUX_WATCHDOG_H
#define _LINUX_WATCHDOG_H

#include <linux/bitops.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/notifier.h>
#include <uapi/linux/watchdog.h>

struct watchdog_device;
struct watchdog_core_data;
struct watchdog_governor;

/* start is needed; without stop, max_hw_heartbeat_ms is. Without ping, start is called for it. Times in seconds. */
struct watchdog_ops {
	struct module *owner;
	int (*start)(struct watchdog_device *);
	int (*stop)(struct watchdog_device *);
	int (*ping)(struct watchdog_device *);
	unsigned int (*status)(struct watchdog_device *);
	int (*set_timeout)(struct watchdog_device *, unsigned int);
	int (*set_pretimeout)(struct watchdog_device *, unsigned int);
	unsigned int (*get_timeleft)(struct watchdog_device *);
	int (*restart)(struct watchdog_device *, unsigned long, void *);
	long (*ioctl)(struct watchdog_device *, unsigned int, unsigned long);
};

/* Bits of watchdog_device.status. */
#define WDOG_ACTIVE		0
#define WDOG_NO_WAY_OUT		1
#define WDOG_STOP_ON_REBOOT	2
#define WDOG_HW_RUNNING		3
#define WDOG_STOP_ON_UNREGISTER 4
#define WDOG_NO_PING_ON_SUSPEND 5

/*
 * Where a timeout is longer than max_hw_heartbeat_ms, or the hardware runs without anybody having opened it, the core
 * pings by itself; pings come at least min_hw_heartbeat_ms apart.
 */
struct watchdog_device {
	int id;
	struct device *parent;
	const struct attribute_group **groups;
	const struct watchdog_info *info;
	const struct watchdog_ops *ops;
	const struct watchdog_governor *gov;
	unsigned int bootstatus;
	unsigned int timeout;	  /* s */
	unsigned int pretimeout;  /* s */
	unsigned int min_timeout; /* s */
	unsigned int max_timeout; /* s */
	unsigned int min_hw_heartbeat_ms;
	unsigned int max_hw_heartbeat_ms;
	struct notifier_block reboot_nb;
	struct notifier_block restart_nb;
	struct notifier_block pm_nb;
	void *driver_data;
	struct watchdog_core_data *wd_data;
	unsigned long status;
	struct list_head deferred;
};

#define WATCHDOG_NOWAYOUT	      0
#define WATCHDOG_NOWAYOUT_INIT_STATUS (WATCHDOG_NOWAYOUT << WDOG_NO_WAY_OUT)

static inline bool watchdog_active(struct watchdog_device *wdd)
{
	return test_bit(WDOG_ACTIVE, &wdd->status);
}

static inline bool watchdog_hw_running(struct watchdog_device *wdd)
{
	return test_bit(WDOG_HW_RUNNING, &wdd->status);
}

static inline void watchdog_set_nowayout(struct watchdog_device *wdd, bool nowayout)
{
	if (nowayout)
		set_bit(WDOG_NO_WAY_OUT, &wdd->status);
}

static inline void watchdog_stop_on_reboot(struct watchdog_device *wdd)
{
	set_bit(WDOG_STOP_ON_REBOOT, &wdd->status);
}

static inline void watchdog_stop_on_unregister(struct watchdog_device *wdd)
{
	set_bit(WDOG_STOP_ON_UNREGISTER, &wdd->status);
}

static inline void watchdog_stop_ping_on_suspend(struct watchdog_device *wdd)
{
	set_bit(WDOG_NO_PING_ON_SUSPEND, &wdd->status);
}

/* max_timeout is no limit where the core pings for longer ones. */
static inline bool watchdog_timeout_invalid(struct watchdog_device *wdd, unsigned int t)
{
	const unsigned int most = wdd->max_hw_heartbeat_ms ? 0 : wdd->max_timeout;

	return t > UINT_MAX / 1000 || t < wdd->min_timeout || (most && t > most);
}

static inline bool watchdog_pretimeout_invalid(struct watchdog_device *wdd, unsigned int t)
{
	return t && wdd->timeout && t >= wdd->timeout;
}

static inline void watchdog_set_drvdata(struct watchdog_device *wdd, void *data)
{
	wdd->driver_data = data;
}

static inline void *watchdog_get_drvdata(struct watchdog_device *wdd)
{
	return wdd->driver_data;
}

static inline void watchdog_notify_pretimeout(struct watchdog_device *wdd)
{
	pr_alert("watchdog%d: pretimeout event\n", wdd->id);
}

__BEGIN_DECLS
void watchdog_set_restart_priority(struct watchdog_device *wdd, int priority);
/* The timeout of a parameter, else of the node's timeout-sec, else what it was: 0, or -EINVAL if one was no good. */
int watchdog_init_timeout(struct watchdog_device *wdd, unsigned int timeout_parm, struct device *dev);
int watchdog_register_device(struct watchdog_device *wdd);
void watchdog_unregister_device(struct watchdog_device *wdd);
int devm_watchdog_register_device(struct device *dev, struct watchdog_device *wdd);
int watchdog_set_last_hw_keepalive(struct watchdog_device *wdd, unsigned int last_ping_ms);
int watchdog_dev_suspend(struct watchdog_device *wdd);
int watchdog_dev_resume(struct watchdog_device *wdd);
__END_DECLS

#endif
