// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button whose presses are served by a concurrency-managed workqueue.
 *
 * Modern workqueues have no threads of their own. All queues share pools of workers, one pool a
 * CPU, and the kernel keeps just enough workers running: when an item sleeps, another worker of the
 * pool takes the next item, so the CPU does not idle while there is work; when it wakes, the pool
 * slims down again.
 *
 * What a queue does have is a limit: max_active, the last argument of alloc_workqueue(), says how
 * many of its items may be under way at once on one CPU. With max_active=1 the sleeping items below
 * run one after the other; with 4, four of them sleep together.
 *
 *     insmod irq_cmwq.ko gpio=101 max_active=1
 *     insmod irq_cmwq.ko gpio=101 max_active=4
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#define JOBS 4

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static int max_active = JOBS;
module_param(max_active, int, 0444);
MODULE_PARM_DESC(max_active, "how many jobs may be under way on one CPU");

struct job {
	int number;
	struct work_struct work;
};

static int irq;
static struct workqueue_struct *button_wq;
static struct job jobs[JOBS];
static atomic_t under_way = ATOMIC_INIT(0);
static atomic_t most = ATOMIC_INIT(0); /* the most that were ever under way together */

static void note_maximum(int now)
{
	int old = atomic_read(&most);

	while (now > old && !atomic_try_cmpxchg(&most, &old, now))
		;
}

static void job_work(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	note_maximum(atomic_inc_return(&under_way));
	msleep(5); /* waits for something; the worker's place is taken by another meanwhile */
	atomic_dec(&under_way);
	pr_info("irq_cmwq: job %d done on CPU %d\n", job->number, raw_smp_processor_id());
}

/* All jobs are queued at once, on the CPU that took the interrupt. */
static irqreturn_t button_handler(int irq, void *dev_id)
{
	int i;

	for (i = 0; i < JOBS; i++)
		queue_work(button_wq, &jobs[i].work);
	return IRQ_HANDLED;
}

static int __init irq_cmwq_init(void)
{
	int i, ret;

	/*
	 * WQ_HIGHPRI would take the pool with nice -20, WQ_UNBOUND the pool that is bound to no
	 * CPU, WQ_MEM_RECLAIM adds a rescuer thread for when memory is short. 0 is what most
	 * drivers want.
	 */
	button_wq = alloc_workqueue("button-cmwq", 0, max_active);
	if (!button_wq)
		return -ENOMEM;

	for (i = 0; i < JOBS; i++) {
		jobs[i].number = i;
		INIT_WORK(&jobs[i].work, job_work);
	}

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret)
		goto destroy_wq;

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_FALLING, "button-cmwq", jobs);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
destroy_wq:
	destroy_workqueue(button_wq);
	pr_err("irq_cmwq: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

static void __exit irq_cmwq_exit(void)
{
	free_irq(irq, jobs);
	destroy_workqueue(button_wq);
	gpio_free(gpio);
	pr_info("irq_cmwq: at most %d jobs at once, limit %d\n", atomic_read(&most), max_active);
}

module_init(irq_cmwq_init);
module_exit(irq_cmwq_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button served by a concurrency-managed workqueue");
