// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// An object goes while its timer's function may still run: del_timer() does not wait for it.
// races: kfree / tick
#include "planted.h"

struct device_data { struct timer_list timer; int ticks; };
static struct device_data *data;

static void tick(struct timer_list *t)
{
	struct device_data *d = from_timer(d, t, timer);

	d->ticks++;
	mod_timer(&d->timer, jiffies + 1);
}

static int __init planted_init(void)
{
	data = kzalloc(sizeof(*data), GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	timer_setup(&data->timer, tick, 0);
	mod_timer(&data->timer, jiffies + 1);
	return 0;
}

static void __exit planted_exit(void)
{
#ifdef CORRECT
	del_timer_sync(&data->timer);
#else
	del_timer(&data->timer);
#endif
	kfree(data);
}
module_init(planted_init);
module_exit(planted_exit);
