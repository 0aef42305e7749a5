// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button whose work is done in a tasklet.
 *
 * A tasklet is a function that runs from a softirq, after the hard interrupt and with interrupts
 * enabled, but with a promise that softirqs do not give: one tasklet never runs on two CPUs at
 * once, so data that only it touches needs no lock. Any module may have one. It may not sleep
 * either; what has to sleep belongs into a work item or a threaded handler.
 *
 * tasklet_schedule() on a tasklet that is scheduled already does nothing: ten edges before it runs
 * are one run.
 *
 *     insmod irq_tasklet.ko gpio=101
 */
#include <linux/atomic.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

/* Everything about one button in one place. The tasklet is a member, so its function can find the
 * rest. */
struct button {
	int irq;
	atomic_t edges;	       /* counted by the handler, taken by the tasklet */
	unsigned long runs;    /* the tasklet's own */
	unsigned long presses; /* the tasklet's own */
	struct tasklet_struct tasklet;
};

static struct button button;

static void button_tasklet(struct tasklet_struct *t)
{
	struct button *b = from_tasklet(b, t, tasklet);
	int pending = atomic_xchg(&b->edges, 0);

	b->runs++;
	b->presses += pending;
	pr_info("irq_tasklet: %d new, %lu in all\n", pending, b->presses);
}

static irqreturn_t button_handler(int irq, void *dev_id)
{
	struct button *b = dev_id;

	atomic_inc(&b->edges);
	tasklet_schedule(&b->tasklet);
	return IRQ_HANDLED;
}

static int __init irq_tasklet_init(void)
{
	int ret;

	tasklet_setup(&button.tasklet, button_tasklet);

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_tasklet: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}

	button.irq = gpio_to_irq(gpio);
	if (button.irq < 0) {
		ret = button.irq;
		goto free_gpio;
	}

	ret = request_irq(button.irq, button_handler, IRQF_TRIGGER_FALLING, "button-tasklet",
			  &button);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
	pr_err("irq_tasklet: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/*
 * The order matters: first no more interrupts, so that nothing schedules the tasklet again, then
 * tasklet_kill(), which waits for a run that is under way. The other way round the tasklet could
 * run in memory that is gone.
 */
static void __exit irq_tasklet_exit(void)
{
	free_irq(button.irq, &button);
	tasklet_kill(&button.tasklet);
	gpio_free(gpio);
	pr_info("irq_tasklet: %lu presses in %lu runs\n", button.presses, button.runs);
}

module_init(irq_tasklet_init);
module_exit(irq_tasklet_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button whose work is done in a tasklet");
