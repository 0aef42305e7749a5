// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Work that a handler queues is not waited for when the device goes.
// races: kfree / work_fn
#include "planted.h"

struct device_data { struct work_struct work; int runs; };
static struct device_data *data;

static void work_fn(struct work_struct *w)
{
	struct device_data *d = container_of(w, struct device_data, work);

	udelay(20);
	d->runs++;
}

static irqreturn_t handler(int irq, void *d)
{
	schedule_work(&data->work);
	return IRQ_HANDLED;
}

static int __init planted_init(void)
{
	data = kzalloc(sizeof(*data), GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	INIT_WORK(&data->work, work_fn);
	return button_irq(handler, NULL, data);
}

static void __exit planted_exit(void)
{
	button_free(data);
#ifdef CORRECT
	cancel_work_sync(&data->work);
#endif
	kfree(data);
}
module_init(planted_init);
module_exit(planted_exit);
