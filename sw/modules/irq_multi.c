// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Several push buttons, one handler, one work function: how work gets its parameters.
 *
 * A work function is called with nothing but its struct work_struct. What it needs to know goes
 * into a structure around that: the work item is a member, and container_of() leads from the member
 * back to the whole. The interrupt handler gets the same structure directly, as dev_id.
 *
 * Each button has its own item, so presses of different buttons are served in parallel, while
 * presses of one button are not.
 *
 *     insmod irq_multi.ko gpio=101
 *     insmod irq_multi.ko gpio=101,102,103
 */
#include <linux/atomic.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#define MAX_BUTTONS 8

static int gpio[MAX_BUTTONS] = {101};
static int num_gpios = 1;
module_param_array(gpio, int, &num_gpios, 0444);
MODULE_PARM_DESC(gpio, "numbers of the buttons' GPIO lines");

struct button {
	int gpio;
	int irq;
	char name[16];
	atomic_t edges;
	unsigned long presses; /* the work's own */
	struct work_struct work;
};

static struct button buttons[MAX_BUTTONS];

static void button_work(struct work_struct *work)
{
	struct button *b = container_of(work, struct button, work);

	b->presses += atomic_xchg(&b->edges, 0);
	pr_info("irq_multi: %s: %lu presses\n", b->name, b->presses);
}

static irqreturn_t button_handler(int irq, void *dev_id)
{
	struct button *b = dev_id;

	atomic_inc(&b->edges);
	schedule_work(&b->work);
	return IRQ_HANDLED;
}

static int button_add(struct button *b, int gpio)
{
	int ret;

	b->gpio = gpio;
	snprintf(b->name, sizeof(b->name), "button-%d", gpio);
	INIT_WORK(&b->work, button_work);

	ret = gpio_request_one(gpio, GPIOF_IN, b->name);
	if (ret)
		return ret;

	b->irq = gpio_to_irq(gpio);
	if (b->irq < 0) {
		gpio_free(gpio);
		return b->irq;
	}

	ret = request_irq(b->irq, button_handler, IRQF_TRIGGER_FALLING, b->name, b);
	if (ret)
		gpio_free(gpio);
	return ret;
}

static void button_remove(struct button *b)
{
	free_irq(b->irq, b);
	cancel_work_sync(&b->work);
	gpio_free(b->gpio);
	pr_info("irq_multi: %s: %lu presses in all\n", b->name, b->presses);
}

/* If the third button fails, the first two have to go again. */
static int __init irq_multi_init(void)
{
	int i, ret;

	for (i = 0; i < num_gpios; i++) {
		ret = button_add(&buttons[i], gpio[i]);
		if (ret) {
			pr_err("irq_multi: cannot use GPIO %d: %d\n", gpio[i], ret);
			while (--i >= 0)
				button_remove(&buttons[i]);
			return ret;
		}
	}
	return 0;
}

static void __exit irq_multi_exit(void)
{
	int i;

	for (i = num_gpios - 1; i >= 0; i--)
		button_remove(&buttons[i]);
}

module_init(irq_multi_init);
module_exit(irq_multi_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Several push buttons with one handler and one work function");
