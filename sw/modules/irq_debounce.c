// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button that is debounced with delayed work.
 *
 * The contacts of a button bounce: for some milliseconds one press is a burst of edges. The usual
 * cure in software is to do nothing on an edge but (re)start a timer, and to look at the line only
 * when it has been quiet for that long.
 *
 * Delayed work is a timer that queues a work item. mod_delayed_work() starts it, or moves it when
 * it is running already: so each edge of the burst pushes the moment further away, and the function
 * runs once, `debounce` milliseconds after the last one. queue_delayed_work() would be wrong here:
 * it leaves a running timer alone, and the line would be read `debounce` milliseconds after the
 * first edge, in the middle of a long burst.
 *
 * Both edges are wanted, for a release bounces as well.
 *
 *     insmod irq_debounce.ko gpio=101 debounce=20
 *     echo 50 > /sys/module/irq_debounce/parameters/debounce
 */
#include <linux/atomic.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static unsigned int debounce = 20;
module_param(debounce, uint, 0644);
MODULE_PARM_DESC(debounce, "how long the line must be quiet, in ms");

static int irq;
static atomic_t edges = ATOMIC_INIT(0);
static int level; /* the last one that counted; the work's own, as all below */
static unsigned long changes;
static unsigned long glitches; /* bursts after which the line was where it had been */

static void settled(struct work_struct *work)
{
	int now = gpio_get_value(gpio);
	int burst = atomic_xchg(&edges, 0);

	if (now == level) {
		glitches++;
		return;
	}
	level = now;
	changes++;
	pr_info("irq_debounce: line is %s after %d edges\n", level ? "high" : "low", burst);
}

static DECLARE_DELAYED_WORK(settle_work, settled);

static irqreturn_t button_handler(int irq, void *dev_id)
{
	atomic_inc(&edges);
	mod_delayed_work(system_wq, &settle_work, msecs_to_jiffies(READ_ONCE(debounce)));
	return IRQ_HANDLED;
}

static int __init irq_debounce_init(void)
{
	int ret;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_debounce: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}
	level = gpio_get_value(gpio);

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING,
			  "button-debounce", &settle_work);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
	pr_err("irq_debounce: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/* cancel_delayed_work_sync() stops the timer as well as the work; a pending timer would call into
 * freed memory. */
static void __exit irq_debounce_exit(void)
{
	free_irq(irq, &settle_work);
	cancel_delayed_work_sync(&settle_work);
	gpio_free(gpio);
	pr_info("irq_debounce: %lu changes, %lu glitches\n", changes, glitches);
}

module_init(irq_debounce_init);
module_exit(irq_debounce_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button that is debounced with delayed work");
