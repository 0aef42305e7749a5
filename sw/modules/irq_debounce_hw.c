// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button that is debounced by the GPIO controller.
 *
 * The contacts of a button bounce: for some milliseconds one press is a burst of edges, and each of
 * them would be an interrupt. Many controllers have a filter in front of their interrupt logic. This
 * one (RK3568, register DEBOUNCE) samples the line with a slow clock and lets a level through when
 * two samples in a row agree on it. What is shorter never becomes an interrupt: the CPU sleeps
 * through the burst, which no software can do better.
 *
 * gpiod_set_debounce() asks for it, in microseconds. It returns -ENOTSUPP where the controller has
 * no filter or the driver does not know it. Then debounce in software: irq_debounce_timer.c and
 * irq_debounce.c show how. (The driver of Linux 6.1 for this controller answers -ENOTSUPP although
 * it has set its filter, and to 1 us. So does this kernel's, unless it is started with
 * --append gpio_debounce=hw: then it does what it was asked to and returns 0.)
 *
 * Three things to know before you rely on it:
 *  - A level that lasts less than half the time is filtered for certain, one that lasts the full
 *    time passes for certain; in between it is a matter of luck.
 *  - The filter delays the interrupt: by the time that you ask for, up to half as much again.
 *  - All lines of a bank share one divider of the clock. The driver only ever raises it, so the
 *    longest time that anybody asked for is what every line with a filter gets.
 *
 *     insmod irq_debounce_hw.ko gpio=101 debounce_us=10000
 */
#include <linux/gpio.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static unsigned int debounce_us = 10000;
module_param(debounce_us, uint, 0444);
MODULE_PARM_DESC(debounce_us, "what is shorter than that is not a press, in us");

static int irq;
static unsigned int presses;

/* Nothing to do but to act on the press: what arrives here is one already. */
static irqreturn_t button_handler(int irq, void *dev_id)
{
	presses++;
	return IRQ_HANDLED;
}

static int __init irq_debounce_hw_init(void)
{
	int ret;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_debounce_hw: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}

	/* Before request_irq(): a filter that is switched on later may change the level that the
	 * interrupt logic sees, and that would look like an edge. */
	ret = gpiod_set_debounce(gpio_to_desc(gpio), debounce_us);
	if (ret) {
		pr_err("irq_debounce_hw: GPIO %d cannot filter %u us: %d\n", gpio, debounce_us, ret);
		goto free_gpio;
	}

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto no_filter;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_RISING, "button-debounce-hw", &presses);
	if (ret)
		goto no_filter;
	return 0;

no_filter:
	gpiod_set_debounce(gpio_to_desc(gpio), 0);
free_gpio:
	gpio_free(gpio);
	return ret;
}

/* The filter outlives gpio_free(): who gets the line next would find it on. */
static void __exit irq_debounce_hw_exit(void)
{
	free_irq(irq, &presses);
	gpiod_set_debounce(gpio_to_desc(gpio), 0);
	gpio_free(gpio);
	pr_info("irq_debounce_hw: %u presses\n", presses);
}

module_init(irq_debounce_hw_init);
module_exit(irq_debounce_hw_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button that is debounced by the GPIO controller");
