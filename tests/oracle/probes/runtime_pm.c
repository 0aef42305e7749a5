// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Runtime power management: answers, callbacks, counts, files. */
// exec: 5ms cat /sys/devices/platform/oracle-pm/power/runtime_status
// exec: 6ms cat /sys/devices/platform/oracle-pm/power/control
// exec: 7ms ls /sys/devices/platform/oracle-pm/power
// for: 10ms
#include "probe.h"
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>

static int rs(struct device *d)
{
	SAY("suspend");
	return 0;
}
static int rr(struct device *d)
{
	SAY("resume");
	return 0;
}
static int ri(struct device *d)
{
	SAY("idle");
	return 0;
}
static const struct dev_pm_ops ops = {SET_RUNTIME_PM_OPS(rs, rr, ri)};
static int pr(struct platform_device *p)
{
	return 0;
}
static struct platform_driver drv = {.probe = pr, .driver = {.name = "oracle-pm", .pm = &ops}};
static struct platform_device *p;

static void probe(void)
{
	struct device *d;

	FACT(platform_driver_register(&drv));
	p = platform_device_register_simple("oracle-pm", -1, NULL, 0);
	d = &p->dev;
	FACT(pm_runtime_enabled(d));
	FACT(pm_runtime_suspended(d));
	FACT(pm_runtime_status_suspended(d));
	FACT(pm_runtime_get_sync(d));
	FACT(pm_runtime_put_sync(d));
	pm_runtime_enable(d);
	FACT(pm_runtime_get_sync(d));
	FACT(pm_runtime_active(d));
	SAY("usage %d", (int)atomic_read(&d->power.usage_count));
	FACT(pm_runtime_get_sync(d));
	FACT(pm_runtime_put_sync(d));
	FACT(pm_runtime_put_sync(d));
	FACT(pm_runtime_suspended(d));
	FACT(pm_runtime_resume_and_get(d));
	FACT(pm_runtime_put_sync_suspend(d));
	FACT(pm_runtime_resume(d));
	FACT(pm_runtime_suspend(d));
	FACT(pm_runtime_suspend(d));
	FACT(pm_runtime_get_if_in_use(d));
	FACT(pm_runtime_get(d));
	FACT(pm_runtime_barrier(d));
	msleep(5);
	FACT(pm_runtime_active(d));
	FACT(pm_runtime_put_autosuspend(d));
	msleep(5);
	pm_runtime_get_noresume(d);
	FACT(pm_runtime_suspend(d));
	pm_runtime_put_noidle(d);
	pm_runtime_forbid(d);
	FACT(pm_runtime_active(d));
	pm_runtime_allow(d);
	pm_runtime_disable(d);
	FACT(pm_runtime_get_sync(d));
	pm_runtime_put_noidle(d);
	FACT(pm_runtime_set_active(d));
	pm_runtime_enable(d);
}

static void leave(void)
{
	pm_runtime_disable(&p->dev);
	platform_driver_unregister(&drv);
	platform_device_unregister(p);
}
