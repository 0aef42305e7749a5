// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Why workqueues manage their concurrency, by the example of the kernel's own documentation
 * (Documentation/core-api/workqueue.rst): three items are queued to one CPU at once.
 *
 *     w0      burns the CPU for 5 ms, sleeps 10 ms, burns 5 ms
 *     w1, w2  burn the CPU for 5 ms, sleep 10 ms
 *
 * One thread for all of them wastes each sleep: 50 ms. Workers that take over from one that sleeps
 * end after 25 ms; max_active=2 lets only two of them be under way: 35 ms.
 *
 *     insmod wq_abc.ko                 the queues of the running back end, one after the other
 *
 * For each queue: when its last item ended, a timeline (# burns, . sleeps), and each step. Time is
 * burned by mdelay(), which waits for the clock to pass even while another thread has the CPU;
 * "cpu time" burns a counted loop instead, which two threads on one CPU take twice as long for.
 * Sleeps are an hrtimer's. The last queue sleeps by msleep(10), which the timer wheel makes longer.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#define ITEMS 3
#define CPU 1
#define COLUMNS 64 /* of the timeline, one a millisecond */

static bool timeline = true;
module_param(timeline, bool, 0444);
MODULE_PARM_DESC(timeline, "draw what each item does, and when");

enum step { STARTS, SLEEPS, WAKES, FINISHES, STEPS };

static const char *const step_text[STEPS] = { "starts and burns", "sleeps", "wakes up", "finishes" };

struct item {
	int number;
	struct work_struct work;
	s64 at[STEPS]; /* ns after the first item was queued */
};

static struct item items[ITEMS];
static ktime_t origin;
static bool by_msleep, by_loop;
static u64 loops_of_a_millisecond;

static void __always_inline loop(u64 count)
{
	while (count--)
		barrier();
}

static void noinline spin(u64 count)
{
	loop(count);
}

static void calibrate(void)
{
	const u64 count = 100000;
	ktime_t start;

	preempt_disable();
	start = ktime_get();
	spin(count);
	loops_of_a_millisecond = div64_u64(count * NSEC_PER_MSEC, ktime_to_ns(ktime_sub(ktime_get(), start)));
	preempt_enable();
}

static void burn(unsigned int ms)
{
	if (by_loop)
		spin(ms * loops_of_a_millisecond);
	else
		mdelay(ms);
}

static void pause(unsigned int ms)
{
	ktime_t wait = ms_to_ktime(ms);

	if (by_msleep) {
		msleep(ms);
		return;
	}
	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule_hrtimeout(&wait, HRTIMER_MODE_REL);
}

static void note(struct item *item, enum step step)
{
	item->at[step] = ktime_to_ns(ktime_sub(ktime_get(), origin));
}

static void item_fn(struct work_struct *work)
{
	struct item *item = container_of(work, struct item, work);

	note(item, STARTS);
	burn(5);
	note(item, SLEEPS);
	pause(10);
	note(item, WAKES);
	if (item->number == 0)
		burn(5);
	note(item, FINISHES);
}

static void draw(const struct item *item)
{
	char line[COLUMNS + 1];
	int ms;

	for (ms = 0; ms < COLUMNS; ms++) {
		s64 t = ms * NSEC_PER_MSEC + NSEC_PER_MSEC / 2;

		line[ms] = t < item->at[STARTS] || t >= item->at[FINISHES]     ? ' ' :
			   t >= item->at[SLEEPS] && t < item->at[WAKES] ? '.' : '#';
	}
	line[min_t(s64, COLUMNS, item->at[FINISHES] / NSEC_PER_MSEC + 1)] = 0;
	pr_info("wq_abc:     w%d |%s\n", item->number, line);
}

/* All steps in the order in which they happened. */
static void list_steps(void)
{
	bool listed[ITEMS][STEPS] = {};
	int n, i, s;

	for (n = 0; n < ITEMS * STEPS; n++) {
		int best_item = -1, best_step = 0;

		for (i = 0; i < ITEMS; i++)
			for (s = 0; s < STEPS; s++)
				if (!listed[i][s] &&
				    (best_item < 0 || items[i].at[s] < items[best_item].at[best_step])) {
					best_item = i;
					best_step = s;
				}
		listed[best_item][best_step] = true;
		pr_info("wq_abc:     %3lld.%03lld ms  w%d %s\n", items[best_item].at[best_step] / NSEC_PER_MSEC,
			items[best_item].at[best_step] / NSEC_PER_USEC % 1000, best_item, step_text[best_step]);
	}
}

/* w0 goes to the first queue, w1 and w2 to the second, which may be the same. */
static void measure(const char *what, struct workqueue_struct *q0, struct workqueue_struct *q1)
{
	s64 end = 0;
	int i;

	for (i = 0; i < ITEMS; i++) {
		items[i].number = i;
		INIT_WORK(&items[i].work, item_fn);
	}
	usleep_range(1000, 1000);
	origin = ktime_get();
	for (i = 0; i < ITEMS; i++)
		queue_work_on(CPU, i ? q1 : q0, &items[i].work);
	for (i = 0; i < ITEMS; i++) {
		flush_work(&items[i].work);
		end = max(end, items[i].at[FINISHES]);
	}
	pr_info("wq_abc: %-44s ends at %lld.%03lld ms\n", what, end / NSEC_PER_MSEC, end / NSEC_PER_USEC % 1000);
	if (!timeline)
		return;
	for (i = 0; i < ITEMS; i++)
		draw(&items[i]);
	list_steps();
}

static int run(const char *what, unsigned int flags, int max_active)
{
	struct workqueue_struct *wq = alloc_workqueue("abc", flags, max_active);

	if (!wq)
		return -ENOMEM;
	measure(what, wq, wq);
	destroy_workqueue(wq);
	return 0;
}

/* As the documentation has it: w0 in an ordinary queue, the others in one for items that compute. */
static int run_intensive(const char *what)
{
	struct workqueue_struct *q0 = alloc_workqueue("abc", 0, 0);
	struct workqueue_struct *q1 = alloc_workqueue("abc_intensive", WQ_CPU_INTENSIVE, 0);
	int ret = -ENOMEM;

	if (q0 && q1) {
		measure(what, q0, q1);
		ret = 0;
	}
	if (q1)
		destroy_workqueue(q1);
	if (q0)
		destroy_workqueue(q0);
	return ret;
}

static int __init wq_abc_init(void)
{
	int ret;

	calibrate();
	ret = run("max_active=1", 0, 1);
	if (!ret)
		ret = run("max_active=2", 0, 2);
	if (!ret)
		ret = run("max_active=3", 0, 3);
	if (!ret)
		ret = run_intensive("w1, w2 CPU_INTENSIVE");
	by_loop = true;
	if (!ret)
		ret = run_intensive("w1, w2 CPU_INTENSIVE, cpu time");
	by_loop = false;
	if (!ret)
		ret = run("UNBOUND", WQ_UNBOUND, 0);
	by_msleep = true;
	if (!ret)
		ret = run("max_active=3, msleep(10)", 0, 3);
	if (!ret)
		pr_info("wq_abc: msleep(10) lasted %lld.%03lld ms\n",
			(items[0].at[WAKES] - items[0].at[SLEEPS]) / NSEC_PER_MSEC,
			(items[0].at[WAKES] - items[0].at[SLEEPS]) / NSEC_PER_USEC % 1000);
	return ret;
}

static void __exit wq_abc_exit(void)
{
}

module_init(wq_abc_init);
module_exit(wq_abc_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Three work items on one CPU: what the workqueue makes of their sleeps");
