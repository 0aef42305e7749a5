// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: lines that fire and that nothing serves. */
#define pr_fmt(fmt) "spurious: " fmt

#include "fake_chip.h"

static unsigned int none_of; /* so many answers IRQ_NONE, then IRQ_HANDLED */

static irqreturn_t counting(int irq, void *dev)
{
	return (unsigned int)atomic_inc_return(&calls) <= none_of ? IRQ_NONE : IRQ_HANDLED;
}

static unsigned int stuck(unsigned int none, unsigned int fires)
{
	unsigned int irq = fake_line(handle_simple_irq);

	none_of = none;
	EXPECT_EQ(request_irq(irq, counting, IRQF_SHARED, "dev", &cookie), 0);
	fire_many(irq, fires);
	return irq;
}

static bool given_up(unsigned int irq)
{
	return irqd_irq_disabled(irq_get_irq_data(irq));
}

static void done(unsigned int irq)
{
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(after_100000_of_which_more_than_99900_nobody_cared_the_line_is_disabled)
{
	unsigned int irq = stuck(99901, 99999);

	EXPECT(!given_up(irq));
	fire(irq);
	EXPECT(given_up(irq));
	EXPECT_EQ(line(irq)->depth, 1);
	done(irq);
}

CLAIM(exactly_99900_of_100000_are_forgiven)
{
	unsigned int irq = stuck(99900, 100000);

	EXPECT(!given_up(irq));
	EXPECT_EQ(line(irq)->irq_count, 0);
	EXPECT_EQ(line(irq)->irqs_unhandled, 0);
	done(irq);
}

CLAIM(handled_ones_are_counted_only_once_one_was_not)
{
	unsigned int irq = stuck(0, 50);

	EXPECT_EQ(line(irq)->irq_count, 0);
	none_of = 51;
	fire(irq);
	fire_many(irq, 9);
	EXPECT_EQ(line(irq)->irq_count, 10);
	EXPECT_EQ(line(irq)->irqs_unhandled, 1);
	done(irq);
}

CLAIM(unhandled_ones_more_than_a_tenth_of_a_second_apart_begin_anew)
{
	unsigned int irq = stuck(100, 5);

	EXPECT_EQ(line(irq)->irqs_unhandled, 5);
	msleep(50);
	fire(irq);
	EXPECT_EQ(line(irq)->irqs_unhandled, 6);
	msleep(120);
	fire(irq);
	EXPECT_EQ(line(irq)->irqs_unhandled, 1);
	EXPECT_EQ(line(irq)->irq_count, 7);
	done(irq);
}

CLAIM(a_new_request_begins_anew)
{
	unsigned int irq = stuck(100, 5);

	free_irq(irq, &cookie);
	EXPECT_EQ(request_irq(irq, counting, IRQF_SHARED, "dev", &cookie), 0);
	EXPECT_EQ(line(irq)->irq_count, 0);
	EXPECT_EQ(line(irq)->irqs_unhandled, 0);
	done(irq);
}

CLAIM(a_line_that_was_given_up_is_polled_ten_times_a_second)
{
	unsigned int irq = stuck(1000000, 100000);
	int before = atomic_read(&calls);

	EXPECT(given_up(irq));
	msleep(1000);
	EXPECT(atomic_read(&calls) - before >= 9);
	EXPECT(atomic_read(&calls) - before <= 11);
	done(irq);
}

CLAIM(another_sharer_gives_the_line_a_new_chance)
{
	static int other;
	unsigned int irq = stuck(1000000, 100000);

	EXPECT(given_up(irq));
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "other", &other), 0);
	EXPECT(!given_up(irq));
	EXPECT_EQ(line(irq)->depth, 0);
	free_irq(irq, &other);
	done(irq);
}

static irqreturn_t thread_answer = IRQ_NONE;

static irqreturn_t answering_thread(int irq, void *dev)
{
	atomic_inc(&runs);
	return thread_answer;
}

static unsigned int threaded(void)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, answering_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	return irq;
}

CLAIM(a_thread_is_judged_one_interrupt_later)
{
	unsigned int irq = threaded();
	int i;

	for (i = 0; i < 10; i++)
		fired(irq);
	EXPECT_EQ(atomic_read(&runs), 10);
	EXPECT_EQ(line(irq)->irqs_unhandled, 9);
	/* The last one, which was not served, is still counted; then they are. */
	thread_answer = IRQ_HANDLED;
	for (i = 0; i < 10; i++)
		fired(irq);
	EXPECT_EQ(line(irq)->irqs_unhandled, 10);
	done(irq);
}

CLAIM(threads_that_never_handle_anything_lose_their_line_too)
{
	unsigned int irq = threaded();

	fire_many(irq, 100001);
	EXPECT(given_up(irq));
	done(irq);
}

CLAIM(an_answer_that_is_none_is_reported_and_the_line_stays)
{
	unsigned int irq = fake_line(handle_simple_irq);

	answer = 7;
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	fire(irq);
	EXPECT(!given_up(irq));
	EXPECT_EQ(line(irq)->irqs_unhandled, 0);
	done(irq);
}

CLAIM(polled_lines_are_not_judged)
{
	unsigned int irq = fake_line(handle_simple_irq);

	irq_set_status_flags(irq, IRQ_IS_POLLED);
	answer = IRQ_NONE;
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	fire_many(irq, 10);
	EXPECT_EQ(line(irq)->irqs_unhandled, 0);
	done(irq);
}

CLAIM(percpu_lines_with_no_debug_are_not_judged)
{
	unsigned int irq = fake_line(handle_simple_irq);

	answer = IRQ_NONE;
	EXPECT_EQ(request_irq(irq, handler, IRQF_PERCPU | IRQF_NO_DEBUG, "dev", &cookie), 0);
	fire_many(irq, 10);
	EXPECT_EQ(line(irq)->irqs_unhandled, 0);
	done(irq);
}

CLAIM(noirqdebug_lets_every_line_be)
{
	unsigned int irq = stuck(1000000, 100001);

	EXPECT(!given_up(irq));
	EXPECT_EQ(atomic_read(&calls), 100001);
	done(irq);
}

static irqreturn_t missed(int irq, void *dev)
{
	atomic_inc(&runs);
	return IRQ_HANDLED;
}

static void misrouted(bool expected)
{
	static int other;
	unsigned int wrong = fake_line(handle_simple_irq), right = fake_line(handle_simple_irq);

	answer = IRQ_NONE;
	EXPECT_EQ(request_irq(wrong, handler, IRQF_SHARED, "wrong", &cookie), 0);
	EXPECT_EQ(request_irq(right, missed, IRQF_SHARED, "right", &other), 0);
	fire(wrong);
	EXPECT_EQ(atomic_read(&runs), expected);
	/* Somebody cared, if on another line. */
	EXPECT_EQ(line(wrong)->irqs_unhandled, !expected);
	free_irq(right, &other);
	done(wrong);
}

CLAIM(irqfixup_asks_the_other_shared_lines)
{
	misrouted(true);
}

CLAIM(without_irqfixup_the_other_lines_are_not_asked)
{
	misrouted(false);
}
