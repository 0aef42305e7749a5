// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* PROBE_PREFER_ASYNCHRONOUS and async_schedule: who runs it. */
#include "probe.h"
#include <linux/async.h>
#include <linux/platform_device.h>

static int pr(struct platform_device *d)
{
	SAY("%s: worker %d", d->name, !!(current->flags & PF_WQ_WORKER));
	msleep(10);
	SAY("%s done", d->name);
	return 0;
}
static struct platform_driver a = {.probe = pr,
				   .driver = {.name = "oracle-as", .probe_type = PROBE_PREFER_ASYNCHRONOUS}},
			      s = {.probe = pr, .driver = {.name = "oracle-sy", .probe_type = PROBE_FORCE_SYNCHRONOUS}};
static struct platform_device *da, *ds;
static void fn(void *x, async_cookie_t c)
{
	SAY("async %ld worker %d", (long)x, !!(current->flags & PF_WQ_WORKER));
}

static void probe(void)
{
	da = platform_device_register_simple("oracle-as", -1, NULL, 0);
	ds = platform_device_register_simple("oracle-sy", -1, NULL, 0);
	FACT(platform_driver_register(&a));
	SAY("registered a");
	wait_for_device_probe();
	FACT(platform_driver_register(&s));
	SAY("registered s");
	async_schedule(fn, (void *)1);
	async_synchronize_full();
	SAY("synchronised");
}

static void leave(void)
{
	platform_driver_unregister(&a);
	platform_driver_unregister(&s);
	platform_device_unregister(da);
	platform_device_unregister(ds);
}
