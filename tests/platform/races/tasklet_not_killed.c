// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// The buffer of a tasklet goes while the tasklet may still run.
// races: bottom / kfree
#include "planted.h"

static int *buffer;

static void bottom(struct tasklet_struct *t)
{
	buffer[0]++;
}
static DECLARE_TASKLET(tasklet, bottom);

static irqreturn_t handler(int irq, void *d)
{
	tasklet_schedule(&tasklet);
	return IRQ_HANDLED;
}

static int __init planted_init(void)
{
	buffer = kzalloc(64, GFP_KERNEL);
	return buffer ? button_irq(handler, NULL, &buffer) : -ENOMEM;
}

static void __exit planted_exit(void)
{
	button_free(&buffer);
#ifdef CORRECT
	tasklet_kill(&tasklet);
	kfree(buffer);
#else
	kfree(buffer);
	tasklet_kill(&tasklet);
#endif
}
module_init(planted_init);
module_exit(planted_exit);
