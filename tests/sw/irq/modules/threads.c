// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: interrupt threads, woken and forced. */
#define pr_fmt(fmt) "threads: " fmt

#include "fake_chip.h"
#include <linux/completion.h>
#include <linux/sched/task.h>

static struct task_struct *task_seen;
static unsigned int policy_seen, priority_seen;
static char name_seen[TASK_COMM_LEN];
static bool irqs_off_seen, hardirq_seen, bh_off_seen;

static void look(void)
{
	task_seen = current;
	policy_seen = current->policy;
	priority_seen = current->rt_priority;
	strscpy(name_seen, current->comm, sizeof(name_seen));
	irqs_off_seen = irqs_disabled();
	hardirq_seen = in_hardirq();
	bh_off_seen = in_softirq();
}

static irqreturn_t looking_thread(int irq, void *dev)
{
	note('t');
	look();
	return IRQ_HANDLED;
}

static irqreturn_t looking_handler(int irq, void *dev)
{
	note('h');
	look();
	return answer;
}

CLAIM(a_thread_is_named_after_its_irq_and_runs_in_the_fifo_class_at_50)
{
	unsigned int irq = fake_line(handle_simple_irq);
	char expected[TASK_COMM_LEN];

	EXPECT_EQ(request_threaded_irq(irq, NULL, looking_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	EXPECT_TEXT(fired(irq), "t");
	snprintf(expected, sizeof(expected), "irq/%u-dev", irq);
	EXPECT_TEXT(name_seen, expected);
	EXPECT_EQ(policy_seen, SCHED_FIFO);
	EXPECT_EQ(priority_seen, 50);
	EXPECT(!irqs_off_seen && !hardirq_seen && !bh_off_seen);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_long_name_is_cut_to_15_characters)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, looking_thread, IRQF_ONESHOT, "a-very-long-device-name", &cookie), 0);
	fired(irq);
	EXPECT_EQ(strlen(name_seen), 15);
	EXPECT(strstr(name_seen, "-a-very-l"));
	free_irq(irq, &cookie);
	fake_end();
}

static DECLARE_COMPLETION(go);

static irqreturn_t held_thread(int irq, void *dev)
{
	note('t');
	if (atomic_inc_return(&runs) == 1)
		wait_for_completion(&go);
	return IRQ_HANDLED;
}

static int to_cpu_1(struct irq_data *d, const struct cpumask *mask, bool force)
{
	irq_data_update_effective_affinity(d, cpumask_of(1));
	return IRQ_SET_MASK_OK;
}

CLAIM(a_thread_that_is_woken_again_before_it_runs_runs_once)
{
	unsigned int irq;

	/* The thread belongs to CPU 1, and so do the interrupts. */
	fake_chip.irq_set_affinity = to_cpu_1;
	irq = fake_line(handle_edge_irq);
	run_on(1);
	EXPECT_EQ(request_threaded_irq(irq, NULL, thread_fn, IRQF_ONESHOT, "dev", &cookie), 0);
	/* All from one interrupt of this CPU: the thread cannot get in between. */
	fire_many(irq, 5);
	synchronize_irq(irq);
	EXPECT_EQ(atomic_read(&runs), 1);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_thread_that_is_woken_while_it_runs_runs_once_more)
{
	unsigned int irq = fake_line(handle_edge_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, held_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	fire(irq);
	EXPECT(WAIT_FOR(atomic_read(&runs) == 1, 10));
	fire(irq);
	fire(irq);
	fire(irq);
	EXPECT_EQ(atomic_read(&runs), 1);
	complete(&go);
	synchronize_irq(irq);
	EXPECT_EQ(atomic_read(&runs), 2);
	free_irq(irq, &cookie);
	fake_end();
}

static int other;

static irqreturn_t other_thread(int irq, void *dev)
{
	note('2');
	return IRQ_HANDLED;
}

CLAIM(a_shared_oneshot_line_opens_when_the_last_of_its_threads_has_run)
{
	unsigned int irq = fake_line(handle_level_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, held_thread, IRQF_ONESHOT | IRQF_SHARED, "one", &cookie), 0);
	EXPECT_EQ(request_threaded_irq(irq, NULL, other_thread, IRQF_ONESHOT | IRQF_SHARED, "two", &other), 0);
	forget();
	fire(irq);
	msleep(20);
	/* The second is through, the first is not. */
	EXPECT_TEXT(notes, "mat2");
	EXPECT(irqd_irq_masked(irq_get_irq_data(irq)));
	complete(&go);
	synchronize_irq(irq);
	EXPECT_TEXT(notes, "mat2u");
	free_irq(irq, &cookie);
	free_irq(irq, &other);
	fake_end();
}

CLAIM(a_disabled_oneshot_line_is_not_opened_by_its_thread)
{
	unsigned int irq = fake_line(handle_level_irq);

	irq_set_status_flags(irq, IRQ_LEVEL);
	EXPECT_EQ(request_threaded_irq(irq, NULL, held_thread, IRQF_ONESHOT, "one", &cookie), 0);
	forget();
	fire(irq);
	EXPECT(WAIT_FOR(atomic_read(&runs) == 1, 10));
	disable_irq_nosync(irq);
	complete(&go);
	synchronize_irq(irq);
	EXPECT_TEXT(notes, "mat");
	enable_irq(irq);
	EXPECT_TEXT(notes, "matu");
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(at_most_64_oneshot_actions_share_a_line)
{
	static int ids[65];
	unsigned int irq = fake_line(handle_level_irq);
	int i;

	for (i = 0; i < 64; i++)
		EXPECT_EQ(request_threaded_irq(irq, NULL, thread_fn, IRQF_ONESHOT | IRQF_SHARED, "dev", &ids[i]), 0);
	EXPECT_EQ(request_threaded_irq(irq, NULL, thread_fn, IRQF_ONESHOT | IRQF_SHARED, "dev", &ids[64]), -EBUSY);
	fired(irq);
	EXPECT_EQ(atomic_read(&runs), 64);
	/* A place that becomes free is used again. */
	free_irq(irq, &ids[17]);
	EXPECT_EQ(request_threaded_irq(irq, NULL, thread_fn, IRQF_ONESHOT | IRQF_SHARED, "dev", &ids[64]), 0);
	ids[17] = 1;
	for (i = 0; i < 65; i++)
		if (!ids[i])
			free_irq(irq, &ids[i]);
	fake_end();
}

CLAIM(irq_wake_thread_runs_the_thread_of_one_action)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_threaded_irq(irq, handler, thread_fn, IRQF_SHARED, "one", &cookie), 0);
	EXPECT_EQ(request_threaded_irq(irq, handler, other_thread, IRQF_SHARED, "two", &other), 0);
	forget();
	irq_wake_thread(irq, &other);
	synchronize_irq(irq);
	EXPECT_TEXT(notes, "2");
	irq_wake_thread(irq, &cookie);
	synchronize_irq(irq);
	EXPECT_TEXT(notes, "2t");
	free_irq(irq, &cookie);
	free_irq(irq, &other);
	fake_end();
}

CLAIM(the_thread_is_gone_after_free_irq)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, looking_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	fired(irq);
	get_task_struct(task_seen);
	free_irq(irq, &cookie);
	EXPECT(task_seen->flags & PF_EXITING);
	put_task_struct(task_seen);
	fake_end();
}

static irqreturn_t dying_thread(int irq, void *dev)
{
	note('t');
	kthread_complete_and_exit(NULL, 0);
	return IRQ_HANDLED;
}

CLAIM(a_thread_that_dies_is_reported_and_gives_its_line_back)
{
	/* What waits for its last run would wait for ever, as on Linux: so no synchronize_irq() and no dispose here. */
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);

	EXPECT_EQ(request_threaded_irq(irq, NULL, dying_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	msleep(20);
	EXPECT_TEXT(notes, "t");
	EXPECT(!irqd_irq_masked(irq_get_irq_data(irq)));
	/* No task is left to be woken. */
	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	msleep(20);
	EXPECT_TEXT(notes, "t");
	free_irq(irq, &cookie);
}

/* With threadirqs on the command line. */

CLAIM(a_forced_handler_runs_in_a_thread_with_interrupts_and_bottom_halves_off)
{
	unsigned int irq = fake_line(handle_level_irq);

	EXPECT_EQ(request_irq(irq, looking_handler, 0, "dev", &cookie), 0);
	/* And oneshot, which its driver did not think of. */
	EXPECT_TEXT(fired(irq), "mahu");
	EXPECT(task_seen && task_seen != current);
	EXPECT_EQ(policy_seen, SCHED_FIFO);
	EXPECT_EQ(priority_seen, 50);
	EXPECT(irqs_off_seen);
	EXPECT(bh_off_seen);
	EXPECT(!hardirq_seen);
	free_irq(irq, &cookie);
	fake_end();
}

static irqreturn_t secondary_thread(int irq, void *dev)
{
	note('t');
	look();
	return IRQ_HANDLED;
}

CLAIM(a_thread_function_beside_a_forced_handler_gets_a_secondary_thread_at_50)
{
	unsigned int irq = fake_line(handle_level_irq);
	char expected[TASK_COMM_LEN];

	answer = IRQ_WAKE_THREAD;
	EXPECT_EQ(request_threaded_irq(irq, looking_handler, secondary_thread, 0, "dev", &cookie), 0);
	/* Only the first thread holds the line. */
	EXPECT_TEXT(fired(irq), "mahut");
	snprintf(expected, sizeof(expected), "irq/%u-s-dev", irq);
	EXPECT_TEXT(name_seen, expected);
	EXPECT_EQ(policy_seen, SCHED_FIFO);
	EXPECT_EQ(priority_seen, 50);
	EXPECT(!irqs_off_seen && !bh_off_seen);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_secondary_thread_is_not_woken_by_a_handler_that_does_not_ask)
{
	unsigned int irq = fake_line(handle_level_irq);

	EXPECT_EQ(request_threaded_irq(irq, looking_handler, secondary_thread, 0, "dev", &cookie), 0);
	EXPECT_TEXT(fired(irq), "mahu");
	free_irq(irq, &cookie);
	fake_end();
}

static void expect_hard(unsigned int irq, unsigned long flags, irq_handler_t thread)
{
	EXPECT_EQ(request_threaded_irq(irq, looking_handler, thread, flags, "dev", &cookie), 0);
	fired(irq);
	EXPECT(hardirq_seen);
	free_irq(irq, &cookie);
}

CLAIM(no_thread_handlers_stay_hard)
{
	expect_hard(fake_line(handle_level_irq), IRQF_NO_THREAD, NULL);
	fake_end();
}

CLAIM(percpu_handlers_stay_hard)
{
	expect_hard(fake_line(handle_level_irq), IRQF_PERCPU, NULL);
	fake_end();
}

CLAIM(oneshot_handlers_stay_hard)
{
	/* Their driver has thought about threads. */
	expect_hard(fake_line(handle_level_irq), IRQF_ONESHOT, thread_fn);
	fake_end();
}

CLAIM(handlers_of_nothread_lines_stay_hard)
{
	unsigned int irq = fake_line(handle_level_irq);

	irq_set_status_flags(irq, IRQ_NOTHREAD);
	expect_hard(irq, 0, NULL);
	fake_end();
}

CLAIM(timers_stay_hard)
{
	expect_hard(fake_line(handle_level_irq), IRQF_TIMER, NULL);
	fake_end();
}

CLAIM(a_request_for_a_thread_alone_is_what_forcing_would_make_of_it)
{
	unsigned int irq = fake_line(handle_level_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, looking_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	EXPECT_TEXT(fired(irq), "matu");
	EXPECT(!irqs_off_seen);
	EXPECT(!line(irq)->action->secondary);
	free_irq(irq, &cookie);
	fake_end();
}
