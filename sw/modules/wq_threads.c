// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * How many threads workqueues cost: ten queues on this machine, before any work, under load, and at
 * rest again; beside them the threads of fifteen threaded interrupts, which no workqueue can save.
 *
 *     insmod wq_threads.ko queues=10 irqs=15
 *
 * The load is an item for each queue and CPU, all of which sleep at the same time. An idle worker
 * goes after five minutes, as long as more than two are idle; the module waits for that.
 */
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static int queues = 10;
module_param(queues, int, 0444);
MODULE_PARM_DESC(queues, "how many workqueues");

static int irqs = 15;
module_param(irqs, int, 0444);
MODULE_PARM_DESC(irqs, "how many threaded interrupts, on the lines from GPIO 96 on");

#define FIRST_GPIO 96
#define MOST_IRQS 32

struct item {
	struct work_struct work;
};

static struct workqueue_struct **wqs;
static struct item *items; /* one for each queue and CPU */
static int irq_of[MOST_IRQS];
static int nr_requested;

static void item_fn(struct work_struct *work)
{
	msleep(20);
}

static irqreturn_t thread_fn(int irq, void *dev_id)
{
	return IRQ_HANDLED;
}

/* Workers of the shared pools, threads of our queues, interrupt threads. */
static void count(const char *when)
{
	int workers = 0, own = 0, irq_threads = 0, width;
	struct task_struct *p;

	rcu_read_lock();
	for_each_process(p) {
		if (!strncmp(p->comm, "kworker/", 8))
			workers++;
		else if (!strncmp(p->comm, "wqt", 3))
			own++;
		else if (!strncmp(p->comm, "irq/", 4))
			irq_threads++;
	}
	rcu_read_unlock();
	width = workers + own + irq_threads;
	pr_info("wq_threads: %-36s %7d %10d %7d %6d |%.*s\n", when, workers, own, irq_threads, width, width,
		"################################################################################");
}

static int request_threads(void)
{
	int i, ret;

	for (i = 0; i < min(irqs, MOST_IRQS); i++) {
		ret = gpio_request_one(FIRST_GPIO + i, GPIOF_IN, "wq_threads");
		if (ret)
			return ret;
		irq_of[i] = gpio_to_irq(FIRST_GPIO + i);
		ret = request_threaded_irq(irq_of[i], NULL, thread_fn, IRQF_TRIGGER_RISING | IRQF_ONESHOT,
					   "wq_threads", &irq_of[i]);
		if (ret) {
			gpio_free(FIRST_GPIO + i);
			return ret;
		}
		nr_requested++;
	}
	return 0;
}

static void queue_load(void)
{
	int i, cpu, n = 0;

	for (i = 0; i < queues; i++)
		for_each_online_cpu(cpu)
			queue_work_on(cpu, wqs[i], &items[n++].work);
}

/* Idle workers are reaped by a timer that waits for its CPU to be awake anyway. */
static void rest(unsigned int seconds)
{
	unsigned int i;
	int cpu;

	for (i = 0; i < seconds; i += 10) {
		ssleep(10);
		for_each_online_cpu(cpu) {
			set_cpus_allowed_ptr(current, cpumask_of(cpu));
			mdelay(5);
		}
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void cleanup(void)
{
	int i;

	for (i = 0; i < nr_requested; i++) {
		free_irq(irq_of[i], &irq_of[i]);
		gpio_free(FIRST_GPIO + i);
	}
	for (i = 0; wqs && i < queues; i++)
		if (wqs[i])
			destroy_workqueue(wqs[i]);
	kfree(wqs);
	kfree(items);
}

static int __init wq_threads_init(void)
{
	int i, ret = -ENOMEM, n = queues * num_possible_cpus();

	wqs = kcalloc(queues, sizeof(*wqs), GFP_KERNEL);
	items = kcalloc(n, sizeof(*items), GFP_KERNEL);
	if (!wqs || !items)
		goto fail;
	for (i = 0; i < n; i++)
		INIT_WORK(&items[i].work, item_fn);

	pr_info("wq_threads: %-36s %7s %10s %7s %6s\n", "", "kworker", "per queue", "irq", "sum");
	count("before");
	for (i = 0; i < queues; i++) {
		wqs[i] = alloc_workqueue("wqt%d", 0, 0, i);
		if (!wqs[i])
			goto fail;
	}
	count("queues made, no work yet");
	ret = request_threads();
	if (ret)
		goto fail;
	count("with threaded interrupts");
	queue_load();
	msleep(10);
	count("all items asleep at once");
	for (i = 0; i < queues; i++)
		flush_workqueue(wqs[i]);
	count("all done");
	rest(310);
	count("after 310 s");
	rest(310);
	count("after 620 s");
	return 0;
fail:
	cleanup();
	return ret;
}

static void __exit wq_threads_exit(void)
{
	cleanup();
}

module_init(wq_threads_init);
module_exit(wq_threads_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The number of threads behind ten workqueues");
