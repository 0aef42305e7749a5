// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button whose work is done by the kernel's shared workqueue.
 *
 * A work item is a function that a kernel thread calls: a "kworker", as ps shows them. A thread may
 * sleep, so a work item may take a mutex, talk to an I2C chip or allocate memory with GFP_KERNEL.
 * schedule_work() only puts the item into a list and wakes a worker; it is safe in a hard
 * interrupt.
 *
 * The price is latency: the worker has to be scheduled like any other task. An item that is queued
 * already is not queued again, and it does not run on two CPUs at once.
 *
 *     insmod irq_work.ko gpio=101
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static int irq;
static atomic_t edges = ATOMIC_INIT(0);

static DEFINE_MUTEX(button_lock); /* protects presses */
static unsigned long presses;

/* Process context: this may sleep, and does. */
static void button_work(struct work_struct *work)
{
	mutex_lock(&button_lock);
	presses += atomic_xchg(&edges, 0);
	usleep_range(100, 200); /* a slow chip that has to be asked */
	pr_info("irq_work: %lu presses\n", presses);
	mutex_unlock(&button_lock);
}

static DECLARE_WORK(work, button_work);

static irqreturn_t button_handler(int irq, void *dev_id)
{
	atomic_inc(&edges);
	schedule_work(&work);
	return IRQ_HANDLED;
}

static int __init irq_work_init(void)
{
	int ret;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_work: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_FALLING, "button-work", &work);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
	pr_err("irq_work: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/* cancel_work_sync() takes the item out of the queue, or waits for it: its code must not run when
 * the module is gone. */
static void __exit irq_work_exit(void)
{
	free_irq(irq, &work);
	cancel_work_sync(&work);
	gpio_free(gpio);
	pr_info("irq_work: %lu presses in all\n", presses);
}

module_init(irq_work_init);
module_exit(irq_work_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button whose work is done by the system's workqueue");
