// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button with a threaded interrupt handler.
 *
 * request_threaded_irq() takes two functions. The first runs in hard interrupt context and answers
 * IRQ_WAKE_THREAD; the second runs in a kernel thread of its own, irq/NUMBER-NAME, and may sleep.
 * The thread has real-time priority (SCHED_FIFO 50), so it comes before ordinary tasks and before
 * all workqueues: this is the way to serve a device that must be asked over a slow bus, and soon.
 *
 * IRQF_ONESHOT keeps the line masked until the thread is through. A level-triggered device that is
 * only silenced by the thread would otherwise interrupt again and again before the thread gets a
 * chance. With NULL as the first function the flag is compulsory.
 *
 *     insmod irq_thread.ko gpio=101
 *     ps
 */
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static int irq;
static unsigned long presses; /* the thread's own: a line has one thread */

/* Hard interrupt context. A driver would look here whether its device really wants something. */
static irqreturn_t button_check(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

/* The thread, with the line masked. */
static irqreturn_t button_thread(int irq, void *dev_id)
{
	usleep_range(200, 300); /* reading the state over I2C */
	presses++;
	pr_info("irq_thread: press %lu\n", presses);
	return IRQ_HANDLED;
}

static int __init irq_thread_init(void)
{
	int ret;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_thread: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_threaded_irq(irq, button_check, button_thread,
				   IRQF_TRIGGER_FALLING | IRQF_ONESHOT, "button-thread", &presses);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
	pr_err("irq_thread: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/* free_irq() waits for the handler and ends the thread. */
static void __exit irq_thread_exit(void)
{
	free_irq(irq, &presses);
	gpio_free(gpio);
	pr_info("irq_thread: %lu presses\n", presses);
}

module_init(irq_thread_init);
module_exit(irq_thread_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button with a threaded interrupt handler");
