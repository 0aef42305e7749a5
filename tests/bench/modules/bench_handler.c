// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/bench: a handler that only counts. */
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int gpio = 101;
module_param(gpio, int, 0444);

static unsigned long count;
static int irq;

static irqreturn_t bench_handler(int number, void *dev)
{
	count++;
	return IRQ_HANDLED;
}

static int __init bench_init(void)
{
	irq = gpio_to_irq(gpio);
	if (irq < 0)
		return irq;
	return request_irq(irq, bench_handler, IRQF_TRIGGER_RISING, "bench", &count);
}

static void __exit bench_exit(void)
{
	free_irq(irq, &count);
	pr_info("bench_handler: %lu\n", count);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
