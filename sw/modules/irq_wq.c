// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button with a workqueue of its own.
 *
 * schedule_work() shares one queue with all other drivers. A driver makes a queue of its own when
 * it wants to wait for its own items only (flush_workqueue), to run them strictly one after the
 * other, or to be sure of progress when memory is short. create_singlethread_workqueue() gives an
 * ordered one: however many items are in it, one runs at a time, in the order in which they were
 * queued.
 *
 * Here each press queues two items, and the second relies on the first having been done.
 *
 *     insmod irq_wq.ko gpio=101
 *     ps
 */
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static int irq;
static struct workqueue_struct *button_wq;
static unsigned long
    sampled; /* both are touched by the queue's items alone: it is ordered, so no lock */
static unsigned long reported;

static void sample_work(struct work_struct *work)
{
	sampled++;
}

static void report_work(struct work_struct *work)
{
	pr_info("irq_wq: sample %lu, %lu since the last report\n", sampled, sampled - reported);
	reported = sampled;
}

static DECLARE_WORK(sample, sample_work);
static DECLARE_WORK(report, report_work);

static irqreturn_t button_handler(int irq, void *dev_id)
{
	queue_work(button_wq, &sample);
	queue_work(button_wq, &report);
	return IRQ_HANDLED;
}

static int __init irq_wq_init(void)
{
	int ret;

	button_wq = create_singlethread_workqueue("button");
	if (!button_wq)
		return -ENOMEM;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret)
		goto destroy_wq;

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_FALLING, "button-wq", &button_wq);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
destroy_wq:
	destroy_workqueue(button_wq);
	pr_err("irq_wq: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/* destroy_workqueue() runs what is still queued first. Nothing may queue any more by then:
 * free_irq() comes before it. */
static void __exit irq_wq_exit(void)
{
	free_irq(irq, &button_wq);
	destroy_workqueue(button_wq);
	gpio_free(gpio);
	pr_info("irq_wq: %lu samples, %lu reported\n", sampled, reported);
}

module_init(irq_wq_init);
module_exit(irq_wq_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button with a workqueue of its own");
