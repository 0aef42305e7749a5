// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button whose work is done in a softirq of its own.
 *
 * Softirqs are the kernel's oldest and fastest way to put work off: a bit a CPU says that a vector
 * is pending, and the kernel calls the vector's function on that same CPU when the hard interrupt
 * is over, with interrupts enabled again. Networking, timers and tasklets live on them.
 *
 * The vectors are a fixed table in the kernel, and Linux does not export open_softirq() to modules:
 * on a board this module needs a kernel with TEST_SOFTIRQ added to the table and two exports. The
 * simulated kernel is such a kernel unless it is started with --append softirq_export=off.
 *
 * The function may run on several CPUs at the same time, so it must lock what it shares. It may not
 * sleep. If softirqs keep coming, the kernel hands them to the thread ksoftirqd/N and lets other
 * tasks run in between.
 *
 *     insmod irq_softirq.ko gpio=101
 *     cat /proc/softirqs
 */
#include <linux/atomic.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static int irq;
static atomic_t edges = ATOMIC_INIT(0);
static atomic_t served = ATOMIC_INIT(0);

/*
 * Runs after the hard interrupt. One run can stand for several edges: raising a pending softirq
 * again changes nothing. So the softirq asks how much there is to do instead of counting its own
 * calls.
 */
static void button_softirq(struct softirq_action *action)
{
	int pending = atomic_xchg(&edges, 0);

	atomic_add(pending, &served);
	pr_info("irq_softirq: %d edges at once\n", pending);
}

static irqreturn_t button_handler(int irq, void *dev_id)
{
	atomic_inc(&edges);
	raise_softirq(TEST_SOFTIRQ);
	return IRQ_HANDLED;
}

static int __init irq_softirq_init(void)
{
	int ret;

	/* The function first: from request_irq() on the handler may raise it. */
	open_softirq(TEST_SOFTIRQ, button_softirq);

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_softirq: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_FALLING, "button-softirq", &edges);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
	pr_err("irq_softirq: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/* There is no close_softirq(): nothing unloads the network stack. The loader clears the vector. */
static void __exit irq_softirq_exit(void)
{
	free_irq(irq, &edges);
	gpio_free(gpio);
	pr_info("irq_softirq: %d edges served\n", atomic_read(&served));
}

module_init(irq_softirq_init);
module_exit(irq_softirq_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button whose work is done in a softirq");
