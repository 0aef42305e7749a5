// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * For tests/sw/irq: eight GPIO lines in five banks, each served in another way, on four CPUs. Counts per line how often
 * its handler ran, and checks what must hold regardless of what the edges do: a handler is never entered twice at a time, a
 * thread runs at least once after the last handler, works and tasklets end.
 */
#define pr_fmt(fmt) "soak: " fmt

#include "lines.h"
#include <linux/gpio.h>
#include <linux/workqueue.h>

enum mechanism { HARDIRQ, THREAD, HARD_AND_THREAD, TASKLET, WORK, OWN_WORK, SHARED, HIGHPRI_TASKLET };

struct soaked {
	unsigned int gpio;
	enum mechanism mechanism;
	unsigned long trigger;
	unsigned int irq;
	atomic_t inside;
	unsigned long handled, deferred, second;
	bool dirty; /* the handler ran, what it deferred to has not */
	struct tasklet_struct tasklet;
	struct work_struct work;
};

/* Pins at the ends of the register halves; the first four are their bank's only ones. */
static struct soaked lines[8] = {
    {0, HARDIRQ, IRQF_TRIGGER_RISING},	  {47, THREAD, IRQF_TRIGGER_FALLING},
    {65, TASKLET, IRQF_TRIGGER_RISING},	  {101, HARD_AND_THREAD, IRQF_TRIGGER_RISING},
    {112, WORK, IRQF_TRIGGER_FALLING},	  {127, SHARED, IRQF_TRIGGER_RISING},
    {129, OWN_WORK, IRQF_TRIGGER_RISING}, {159, HIGHPRI_TASKLET, IRQF_TRIGGER_FALLING},
};
static unsigned long violations;
static struct workqueue_struct *own;
static bool leaving; /* free_irq of the debug kernel calls a shared handler once more: no edge is behind it */

static void deferred(struct soaked *line)
{
	WRITE_ONCE(line->dirty, false);
	line->deferred++;
}

static void tasklet_fn(struct tasklet_struct *t)
{
	deferred(from_tasklet((struct soaked *)NULL, t, tasklet));
}

static void work_fn(struct work_struct *work)
{
	deferred(container_of(work, struct soaked, work));
}

static irqreturn_t thread_fn(int irq, void *dev)
{
	deferred(dev);
	return IRQ_HANDLED;
}

static irqreturn_t handler(int irq, void *dev)
{
	struct soaked *line = dev;
	irqreturn_t ret = IRQ_HANDLED;

	if (leaving)
		return IRQ_NONE;
	if (atomic_inc_return(&line->inside) != 1 || !in_hardirq())
		violations++;
	line->handled++;
	WRITE_ONCE(line->dirty, true);
	switch (line->mechanism) {
	case HARD_AND_THREAD:
		ret = IRQ_WAKE_THREAD;
		break;
	case TASKLET:
		tasklet_schedule(&line->tasklet);
		break;
	case HIGHPRI_TASKLET:
		tasklet_hi_schedule(&line->tasklet);
		break;
	case WORK:
		schedule_work(&line->work);
		break;
	case OWN_WORK:
		queue_work(own, &line->work);
		break;
	case SHARED:
		ret = IRQ_NONE; /* the other one has it */
		break;
	default:
		break;
	}
	atomic_dec(&line->inside);
	return ret;
}

/* Without a primary handler of its own: what the thread finds is what came. */
static irqreturn_t only_thread(int irq, void *dev)
{
	struct soaked *line = dev;

	if (atomic_inc_return(&line->inside) != 1 || in_interrupt())
		violations++;
	line->handled++;
	line->deferred++;
	atomic_dec(&line->inside);
	return IRQ_HANDLED;
}

static irqreturn_t second_handler(int irq, void *dev)
{
	struct soaked *line = *(struct soaked **)dev;

	if (leaving)
		return IRQ_NONE;
	line->second++;
	WRITE_ONCE(line->dirty, false);
	return IRQ_HANDLED;
}

static struct soaked *shared_line = &lines[5];

static int __init take(struct soaked *line)
{
	int ret;

	line->irq = gpio_to_irq(line->gpio);
	tasklet_setup(&line->tasklet, tasklet_fn);
	INIT_WORK(&line->work, work_fn);
	switch (line->mechanism) {
	case THREAD:
		return request_threaded_irq(line->irq, NULL, only_thread, line->trigger | IRQF_ONESHOT, "soak", line);
	case HARD_AND_THREAD:
		return request_threaded_irq(line->irq, handler, thread_fn, line->trigger, "soak", line);
	case SHARED:
		ret = request_irq(line->irq, handler, line->trigger | IRQF_SHARED, "soak", line);
		if (!ret)
			ret =
			    request_irq(line->irq, second_handler, line->trigger | IRQF_SHARED, "soak-2", &shared_line);
		return ret;
	default:
		return request_irq(line->irq, handler, line->trigger, "soak", line);
	}
}

static int __init soak_init(void)
{
	int i, ret;

	/* Each bank to a CPU: its SPIs are 33 to 37. */
	for (i = 0; i < 5; i++) {
		ret = irq_set_affinity(gic_line(0, 33 + i, IRQ_TYPE_LEVEL_HIGH), cpumask_of(i % 4));
		if (ret)
			return ret;
	}
	own = alloc_ordered_workqueue("soak", 0);
	if (!own)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		ret = take(&lines[i]);
		if (ret) {
			pr_err("gpio %u: %d\n", lines[i].gpio, ret);
			return ret;
		}
	}
	return 0;
}

static void __exit soak_exit(void)
{
	int i;

	leaving = true;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		struct soaked *line = &lines[i];

		if (line->mechanism == SHARED)
			free_irq(line->irq, &shared_line);
		free_irq(line->irq, line);
		tasklet_kill(&line->tasklet);
		flush_work(&line->work);
		/* Nothing that was handled is still waiting for its second half. */
		if (line->mechanism != HARDIRQ && line->mechanism != THREAD && line->dirty)
			violations++;
		pr_info("gpio%u_handled=%lu gpio%u_deferred=%lu gpio%u_second=%lu\n", line->gpio, line->handled,
			line->gpio, line->deferred, line->gpio, line->second);
	}
	destroy_workqueue(own);
	pr_info("violations=%lu\n", violations);
}

module_init(soak_init);
module_exit(soak_exit);
MODULE_LICENSE("GPL");
