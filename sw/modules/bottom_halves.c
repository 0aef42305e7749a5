// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * The four bottom halves on one line: softirq, tasklet, work item and interrupt thread, one of them
 * an edge, in turn. The table that comes out when the module is unloaded is measured, all of it:
 *
 *     context   what the bottom half finds itself in
 *     sleeps    whether it may: no, or it did, for a millisecond
 *     at once   how many of it ran at the same time, when all CPUs asked for it together
 *     p50 p90 max  us from the end of the top half to its begin, with idle CPUs, and with a thread of
 *               nice -5 that computes on each of them from the middle of the recording on
 *
 * The recording's period should not be a multiple of the tick's, or all edges meet the same moment of it.
 *
 *     insmod bottom_halves.ko gpio=101 edges=400
 */
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/sort.h>
#include <linux/workqueue.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the GPIO line");

static int edges = 400;
module_param(edges, int, 0444);
MODULE_PARM_DESC(edges, "rising edges of the recording; the load begins in their middle");

enum kind { SOFTIRQ, TASKLET, WORK, WORKS, THREAD, KINDS };

static const char *const name[KINDS] = { "softirq", "tasklet", "work item", "work items", "irq thread" };

struct result {
	const char *context;
	bool may_sleep;
	atomic_t running, most;
	s64 *wait[2]; /* ns; idle, loaded */
	int count[2];
};

static struct result results[KINDS];
static int irq, seen;
static bool loaded, all_at_once;
static ktime_t asked[KINDS];
static struct workqueue_struct *wq;
static struct work_struct *work_of_cpu;
static struct task_struct **burners;

static void note_maximum(atomic_t *most, int now)
{
	int old = atomic_read(most);

	while (now > old && !atomic_try_cmpxchg(most, &old, now))
		;
}

/* Each bottom half begins here. */
static void begin(enum kind kind)
{
	struct result *r = &results[kind];
	int load = loaded;

	if (READ_ONCE(all_at_once)) {
		note_maximum(&r->most, atomic_inc_return(&r->running));
		udelay(300);
		atomic_dec(&r->running);
		return;
	}
	if (r->count[load] < edges)
		r->wait[load][r->count[load]++] = ktime_to_ns(ktime_sub(ktime_get(), READ_ONCE(asked[kind])));
	r->context = in_hardirq() ? "interrupt" : in_serving_softirq() ? "softirq" : "task";
	r->may_sleep = !in_atomic() && !irqs_disabled();
	if (r->may_sleep && r->count[load] == 1)
		usleep_range(1000, 1000);
}

static void softirq_fn(struct softirq_action *action)
{
	begin(SOFTIRQ);
}

static void tasklet_fn(struct tasklet_struct *tasklet)
{
	begin(TASKLET);
}
static DECLARE_TASKLET(tasklet, tasklet_fn);

static void work_fn(struct work_struct *work)
{
	begin(WORK);
}
static DECLARE_WORK(work, work_fn);

static void works_fn(struct work_struct *work)
{
	begin(WORKS);
}

static irqreturn_t thread_fn(int irq, void *dev_id)
{
	begin(THREAD);
	return IRQ_HANDLED;
}

static irqreturn_t ask(enum kind kind)
{
	ktime_t now = ktime_get();

	switch (kind) {
	case SOFTIRQ:
		WRITE_ONCE(asked[kind], now);
		raise_softirq(TEST_SOFTIRQ);
		break;
	case TASKLET:
		WRITE_ONCE(asked[kind], now);
		tasklet_schedule(&tasklet);
		break;
	case WORK:
		if (queue_work(wq, &work))
			WRITE_ONCE(asked[kind], now);
		break;
	case WORKS:
		if (queue_work(wq, &work_of_cpu[smp_processor_id()]))
			WRITE_ONCE(asked[kind], now);
		break;
	default:
		WRITE_ONCE(asked[kind], now);
		return IRQ_WAKE_THREAD;
	}
	return IRQ_HANDLED;
}

static irqreturn_t handler(int irq, void *dev_id)
{
	if (seen == edges / 2) {
		int cpu;

		loaded = true;
		for_each_online_cpu(cpu)
			if (burners[cpu])
				wake_up_process(burners[cpu]);
	}
	return ask(seen++ % KINDS);
}

static int burn(void *unused)
{
	while (!kthread_should_stop())
		udelay(10);
	return 0;
}

static void ask_here(void *kind)
{
	if (ask((enum kind)(unsigned long)kind) == IRQ_WAKE_THREAD)
		irq_wake_thread(irq, results);
}

/* All CPUs ask together, several times. */
static void measure_concurrency(void)
{
	unsigned long kind;
	int i;

	WRITE_ONCE(all_at_once, true);
	for (kind = 0; kind < KINDS; kind++)
		for (i = 0; i < 5; i++) {
			on_each_cpu(ask_here, (void *)kind, 1);
			msleep(8);
		}
	WRITE_ONCE(all_at_once, false);
}

static int by_value(const void *a, const void *b)
{
	const s64 x = *(const s64 *)a, y = *(const s64 *)b;

	return x < y ? -1 : x > y;
}

static void figures(char *text, size_t size, s64 *wait, int n)
{
	if (!n) {
		strscpy(text, "-", size);
		return;
	}
	sort(wait, n, sizeof(*wait), by_value, NULL);
	scnprintf(text, size, "%lld.%02lld %lld.%02lld %lld.%02lld", wait[n / 2] / 1000, wait[n / 2] / 10 % 100,
		  wait[n * 9 / 10] / 1000, wait[n * 9 / 10] / 10 % 100, wait[n - 1] / 1000, wait[n - 1] / 10 % 100);
}

static void report(void)
{
	char idle[60], load[60];
	int k;

	pr_info("bottom_halves: %-12s %-9s %-7s %-8s %-24s %-24s\n", "", "context", "sleeps", "at once",
		"idle p50, p90, max us", "loaded p50, p90, max us");
	for (k = 0; k < KINDS; k++) {
		struct result *r = &results[k];

		figures(idle, sizeof(idle), r->wait[0], r->count[0]);
		figures(load, sizeof(load), r->wait[1], r->count[1]);
		pr_info("bottom_halves: %-12s %-9s %-7s %-8d %-24s %-24s\n", name[k],
			r->context ? r->context : "-", r->may_sleep ? "yes" : "no", atomic_read(&r->most), idle, load);
	}
}

static void release(void)
{
	int cpu, k;

	for_each_possible_cpu(cpu)
		if (burners && burners[cpu])
			kthread_stop(burners[cpu]);
	if (wq)
		destroy_workqueue(wq);
	for (k = 0; k < KINDS; k++) {
		kfree(results[k].wait[0]);
		kfree(results[k].wait[1]);
	}
	kfree(burners);
	kfree(work_of_cpu);
}

static int prepare(void)
{
	int cpu, k;

	burners = kcalloc(nr_cpu_ids, sizeof(*burners), GFP_KERNEL);
	work_of_cpu = kcalloc(nr_cpu_ids, sizeof(*work_of_cpu), GFP_KERNEL);
	wq = alloc_workqueue("bottom-halves", 0, 0);
	if (!burners || !work_of_cpu || !wq)
		return -ENOMEM;
	for (k = 0; k < KINDS; k++) {
		results[k].wait[0] = kcalloc(edges, sizeof(s64), GFP_KERNEL);
		results[k].wait[1] = kcalloc(edges, sizeof(s64), GFP_KERNEL);
		if (!results[k].wait[0] || !results[k].wait[1])
			return -ENOMEM;
	}
	for_each_online_cpu(cpu) {
		struct task_struct *burner = kthread_create(burn, NULL, "burner/%d", cpu);

		if (IS_ERR(burner))
			return PTR_ERR(burner);
		kthread_bind(burner, cpu);
		set_user_nice(burner, -5);
		burners[cpu] = burner;
		INIT_WORK(&work_of_cpu[cpu], works_fn);
	}
	return 0;
}

static int __init bottom_halves_init(void)
{
	int ret = prepare();

	if (ret)
		goto fail;
	open_softirq(TEST_SOFTIRQ, softirq_fn);
	ret = gpio_request_one(gpio, GPIOF_IN, "bottom_halves");
	if (ret)
		goto fail;
	irq = gpio_to_irq(gpio);
	ret = request_threaded_irq(irq, handler, thread_fn, IRQF_TRIGGER_RISING, "bottom_halves", results);
	if (ret) {
		gpio_free(gpio);
		goto fail;
	}
	measure_concurrency();
	return 0;
fail:
	release();
	return ret;
}

static void __exit bottom_halves_exit(void)
{
	free_irq(irq, results);
	gpio_free(gpio);
	tasklet_kill(&tasklet);
	flush_workqueue(wq);
	synchronize_rcu(); /* the softirq has no other wait */
	report();
	release();
}

module_init(bottom_halves_init);
module_exit(bottom_halves_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Softirq, tasklet, work item and interrupt thread on the same line, compared");
