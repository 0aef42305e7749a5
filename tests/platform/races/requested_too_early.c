// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// The line is requested before what its handler uses is set up.
// races: handler / planted_init
#include "planted.h"

static int step, position;

static irqreturn_t handler(int irq, void *d)
{
	position += step;
	return IRQ_HANDLED;
}

static int __init planted_init(void)
{
	int error;
#ifdef CORRECT
	step = 4;
#endif
	error = button_irq(handler, NULL, &step);
#ifndef CORRECT
	step = 4;
#endif
	return error;
}

static void __exit planted_exit(void)
{
	button_free(&step);
	pr_info("planted: %d\n", position);
}
module_init(planted_init);
module_exit(planted_exit);
