// SPDX-License-Identifier: Apache-2.0
/*
 * Random operations on twelve workqueues from all CPUs at once, against what a workqueue promises:
 *
 *     no item runs twice at once
 *     no queue has more items running than max_active allows, for each CPU or in all
 *     an ordered queue runs its items one at a time and in the order of queueing
 *     an item runs as often as it was queued, less the times it was cancelled
 *
 * Four threads, one a CPU, operate; each item belongs to one queue. Draining and lowering max_active take the queue for
 * themselves, as a driver has to.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

static unsigned long seed = 1;
module_param(seed, ulong, 0444);
static int operations = 20000;
module_param(operations, int, 0444);

#define QUEUES 12
#define ITEMS 6 /* of each queue; the last two are delayed, but not in ordered queues */
#define LOG 64

struct queue;

struct item {
	struct delayed_work d;
	struct queue *queue;
	bool delayed;
	int cancelling; /* under the queue's lock */
	atomic_t inside, queued, cancelled, runs;
	u64 random;
};

struct queue {
	struct workqueue_struct *wq;
	const char *name;
	unsigned int flags;
	int max_active;
	bool ordered, unbound;
	struct rw_semaphore exclusive; /* read: the one that queues */
	spinlock_t lock;
	int running[NR_CPUS], ceiling;
	struct item *log[LOG]; /* of an ordered queue: what was queued, oldest first */
	int logged;
	struct item items[ITEMS];
};

static struct queue queues[QUEUES] = {
	{ .name = "r-plain", .max_active = 0 },
	{ .name = "r-one", .max_active = 1 },
	{ .name = "r-two", .max_active = 2 },
	{ .name = "r-high", .flags = WQ_HIGHPRI, .max_active = 2 },
	{ .name = "r-heavy", .flags = WQ_CPU_INTENSIVE, .max_active = 2 },
	{ .name = "r-both", .flags = WQ_CPU_INTENSIVE | WQ_HIGHPRI, .max_active = 1 },
	{ .name = "r-reclaim", .flags = WQ_MEM_RECLAIM, .max_active = 1 },
	{ .name = "r-freeze", .flags = WQ_FREEZABLE, .max_active = 3 },
	{ .name = "r-unbound", .flags = WQ_UNBOUND, .max_active = 3, .unbound = true },
	{ .name = "r-uhigh", .flags = WQ_UNBOUND | WQ_HIGHPRI, .max_active = 0, .unbound = true },
	{ .name = "r-ordered", .ordered = true, .unbound = true },
	{ .name = "r-single", .flags = WQ_MEM_RECLAIM, .ordered = true, .unbound = true },
};

static struct completion finished;
static atomic_t operators = ATOMIC_INIT(0), broken = ATOMIC_INIT(0);
static unsigned long done[8];

static void break_off(const struct queue *q, const char *what, long a, long b)
{
	if (atomic_inc_return(&broken) <= 5)
		pr_err("random: broken: %s: %s (%ld, %ld)\n", q->name, what, a, b);
}

static u64 next(u64 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state * 0x2545f4914f6cdd1dull >> 16;
}

static u64 pick(u64 *state, u64 n)
{
	return next(state) % n;
}

/* ---- ordered queues: a log of what was queued ---- */

static void log_push(struct queue *q, struct item *it)
{
	if (q->logged == LOG)
		break_off(q, "log is full", LOG, 0);
	else
		q->log[q->logged++] = it;
}

static void log_remove(struct queue *q, int at)
{
	memmove(&q->log[at], &q->log[at + 1], (--q->logged - at) * sizeof(q->log[0]));
}

/* It begins: it must be the oldest, but for those that are being cancelled. */
static void log_begin(struct queue *q, struct item *it)
{
	unsigned long flags;
	int at = 0;

	spin_lock_irqsave(&q->lock, flags);
	while (at < q->logged && q->log[at] != it) {
		if (!q->log[at]->cancelling)
			break;
		at++;
	}
	if (at == q->logged || q->log[at] != it)
		break_off(q, "out of order", at, q->logged);
	else
		log_remove(q, at);
	spin_unlock_irqrestore(&q->lock, flags);
}

static bool queue_ordered(struct queue *q, struct item *it, int cpu)
{
	unsigned long flags;
	bool queued;

	spin_lock_irqsave(&q->lock, flags);
	queued = queue_work_on(cpu, q->wq, &it->d.work);
	if (queued)
		log_push(q, it);
	spin_unlock_irqrestore(&q->lock, flags);
	return queued;
}

static bool cancel_ordered(struct queue *q, struct item *it, bool sync)
{
	unsigned long flags;
	bool cancelled;
	int at;

	spin_lock_irqsave(&q->lock, flags);
	it->cancelling++;
	spin_unlock_irqrestore(&q->lock, flags);
	cancelled = sync ? cancel_work_sync(&it->d.work) : cancel_work(&it->d.work);
	spin_lock_irqsave(&q->lock, flags);
	if (cancelled) {
		for (at = 0; at < q->logged && q->log[at] != it; at++)
			;
		if (at < q->logged)
			log_remove(q, at);
		else
			break_off(q, "cancelled what was not queued", 0, 0);
	}
	it->cancelling--;
	spin_unlock_irqrestore(&q->lock, flags);
	return cancelled;
}

/* ---- the items ---- */

static bool queue_item(struct item *it, int cpu)
{
	struct queue *q = it->queue;
	bool queued = q->ordered ? queue_ordered(q, it, cpu) : queue_work_on(cpu, q->wq, &it->d.work);

	if (queued)
		atomic_inc(&it->queued);
	return queued;
}

static void count_running(struct queue *q, int slot, int change)
{
	unsigned long flags;

	spin_lock_irqsave(&q->lock, flags);
	q->running[slot] += change;
	if (q->running[slot] > q->ceiling)
		break_off(q, "above max_active", q->running[slot], q->ceiling);
	spin_unlock_irqrestore(&q->lock, flags);
}

static void item_fn(struct work_struct *work)
{
	struct item *it = container_of(to_delayed_work(work), struct item, d);
	struct queue *q = it->queue;
	int cpu = raw_smp_processor_id(), slot = q->unbound ? 0 : cpu, inside = atomic_inc_return(&it->inside);

	if (inside != 1)
		break_off(q, "an item runs twice at once", inside, it - q->items);
	if (q->ordered)
		log_begin(q, it);
	count_running(q, slot, 1);
	switch (pick(&it->random, 8)) {
	case 0:
		usleep_range(pick(&it->random, 400), 400);
		break;
	case 1:
		udelay(pick(&it->random, 60));
		break;
	case 2:
		usleep_range(20, 30);
		udelay(5);
		usleep_range(10, 20);
		break;
	case 3:
		cond_resched();
		break;
	case 4:
		if (pick(&it->random, 2))
			queue_item(it, WORK_CPU_UNBOUND); /* once more */
		break;
	case 5:
		if (it->delayed && pick(&it->random, 2) && queue_delayed_work(q->wq, &it->d, pick(&it->random, 2)))
			atomic_inc(&it->queued);
		break;
	default:
		break;
	}
	if (!q->unbound && raw_smp_processor_id() != cpu)
		break_off(q, "changed its CPU", cpu, raw_smp_processor_id());
	count_running(q, slot, -1);
	atomic_inc(&it->runs);
	atomic_dec(&it->inside);
}

/* ---- operations ---- */

static void cancel_item(struct item *it, bool sync)
{
	bool cancelled;

	if (it->queue->ordered)
		cancelled = cancel_ordered(it->queue, it, sync);
	else if (it->delayed)
		cancelled = sync ? cancel_delayed_work_sync(&it->d) : cancel_delayed_work(&it->d);
	else
		cancelled = sync ? cancel_work_sync(&it->d.work) : cancel_work(&it->d.work);
	if (cancelled)
		atomic_inc(&it->cancelled);
}

/* Nothing else queues: cancel what is delayed, as it would come too late, and drain. */
static void drain_queue(struct queue *q, u64 *state)
{
	int i;

	down_write(&q->exclusive);
	for (i = 0; i < ITEMS; i++)
		if (q->items[i].delayed)
			cancel_item(&q->items[i], true);
	drain_workqueue(q->wq);
	for (i = 0; i < ITEMS; i++) {
		struct item *it = &q->items[i];
		int queued = atomic_read(&it->queued), over = atomic_read(&it->runs) + atomic_read(&it->cancelled);

		if (queued != over)
			break_off(q, "queued and runs + cancelled differ", queued, over);
		if (atomic_read(&it->inside))
			break_off(q, "runs in a drained queue", i, 0);
	}
	if (q->ordered && q->logged)
		break_off(q, "lost", q->logged, 0);
	if (!q->ordered) {
		q->max_active = 1 + pick(state, 4);
		workqueue_set_max_active(q->wq, q->max_active);
		q->ceiling = q->max_active;
	}
	up_write(&q->exclusive);
}

static void raise_max_active(struct queue *q, u64 *state)
{
	unsigned long flags;
	int max_active = 1 + pick(state, 6);

	if (q->ordered)
		return;
	/* Those that run may have been let in by a higher limit. */
	spin_lock_irqsave(&q->lock, flags);
	q->ceiling = max(q->ceiling, max_active);
	spin_unlock_irqrestore(&q->lock, flags);
	workqueue_set_max_active(q->wq, max_active);
}

static void operate(u64 *state)
{
	struct queue *q = &queues[pick(state, QUEUES)];
	struct item *it = &q->items[pick(state, ITEMS)];
	int cpu = pick(state, 4), what = pick(state, 100);

	if (what == 99) {
		if (!pick(state, 10))
			drain_queue(q, state);
		return;
	}
	if (what >= 97) {
		if (!pick(state, 4))
			raise_max_active(q, state);
		return;
	}
	if (what >= 94) {
		if (pick(state, 2))
			flush_workqueue(q->wq);
		else if (it->delayed)
			flush_delayed_work(&it->d);
		else
			flush_work(&it->d.work);
		return;
	}
	if (what >= 88) {
		/* Counted before the queue is looked at while it is drained. */
		down_read(&q->exclusive);
		cancel_item(it, pick(state, 2));
		up_read(&q->exclusive);
		return;
	}
	down_read(&q->exclusive);
	if (it->delayed && what < 20) {
		if (!mod_delayed_work_on(cpu, q->wq, &it->d, pick(state, 3)))
			atomic_inc(&it->queued);
	} else if (it->delayed && what < 60) {
		if (queue_delayed_work_on(what & 1 ? cpu : WORK_CPU_UNBOUND, q->wq, &it->d, pick(state, 3)))
			atomic_inc(&it->queued);
	} else {
		queue_item(it, what & 1 ? cpu : WORK_CPU_UNBOUND);
	}
	up_read(&q->exclusive);
	if (what < 12)
		udelay(pick(state, 40));
	else if (what < 14)
		usleep_range(50, 100);
}

static int operator(void *arg)
{
	unsigned long number = (unsigned long)arg, i;
	u64 state = (seed + 1) * 0x9e3779b97f4a7c15ull + (number + 1) * 0xbf58476d1ce4e5b9ull;

	for (i = 0; i < operations / 4; i++) {
		operate(&state);
		WRITE_ONCE(done[number], i + 1);
	}
	if (atomic_dec_and_test(&operators))
		complete(&finished);
	return 0;
}

static int __init random_operations_init(void)
{
	int i, k;
	unsigned long cpu;

	init_completion(&finished);
	for (i = 0; i < QUEUES; i++) {
		struct queue *q = &queues[i];

		q->wq = q->ordered ? alloc_ordered_workqueue("%s", q->flags, q->name) :
				     alloc_workqueue("%s", q->flags, q->max_active, q->name);
		if (!q->wq)
			return -ENOMEM;
		q->ceiling = q->ordered ? 1 : q->max_active ? q->max_active : WQ_DFL_ACTIVE;
		init_rwsem(&q->exclusive);
		spin_lock_init(&q->lock);
		for (k = 0; k < ITEMS; k++) {
			struct item *it = &q->items[k];

			it->queue = q;
			it->delayed = !q->ordered && k >= ITEMS - 2;
			it->random = seed * 1000 + i * ITEMS + k + 1;
			INIT_DELAYED_WORK(&it->d, item_fn);
		}
	}
	atomic_set(&operators, 4);
	for (cpu = 0; cpu < 4; cpu++)
		wake_up_process(kthread_create_on_cpu(operator, (void *)cpu, cpu % num_online_cpus(), "operator/%u"));
	return 0;
}

static void __exit random_exit(void)
{
	u64 state = seed + 12345;
	unsigned long sum = 0;
	long runs = 0;
	int i, k;

	wait_for_completion(&finished);
	for (i = 0; i < QUEUES; i++)
		drain_queue(&queues[i], &state);
	for (i = 0; i < QUEUES; i++) {
		for (k = 0; k < ITEMS; k++)
			runs += atomic_read(&queues[i].items[k].runs);
		destroy_workqueue(queues[i].wq);
	}
	for (i = 0; i < 4; i++)
		sum += done[i];
	pr_info("random: operations=%lu runs=%ld broken=%d\n", sum, runs, atomic_read(&broken));
}

module_init(random_operations_init);
module_exit(random_exit);

MODULE_LICENSE("GPL");
