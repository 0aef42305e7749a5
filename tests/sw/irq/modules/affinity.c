// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: on which CPU a line and its thread are handled. */
#define pr_fmt(fmt) "affinity: " fmt

#include <linux/cpu.h>

#include "fake_chip.h"

static unsigned int spi;
static atomic_t handled_on = ATOMIC_INIT(-1), thread_on = ATOMIC_INIT(-1);

static irqreturn_t where(int irq, void *dev)
{
	atomic_set(&handled_on, raw_smp_processor_id());
	atomic_inc(&calls);
	return answer;
}

static irqreturn_t where_thread(int irq, void *dev)
{
	atomic_set(&thread_on, raw_smp_processor_id());
	atomic_inc(&runs);
	return IRQ_HANDLED;
}

static int handled(void)
{
	int before = atomic_read(&calls);

	irq_set_irqchip_state(spi, IRQCHIP_STATE_PENDING, true);
	EXPECT(WAIT_FOR(atomic_read(&calls) == before + 1, 10));
	synchronize_irq(spi);
	return atomic_read(&handled_on);
}

static void take(unsigned long flags)
{
	spi = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);
	EXPECT_EQ(request_threaded_irq(spi, where, where_thread, flags, "spi", &cookie), 0);
}

static void done(void)
{
	free_irq(spi, &cookie);
	irq_dispose_mapping(spi);
}

static int note_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	note('a');
	irq_data_update_effective_affinity(d, mask);
	return IRQ_SET_MASK_OK;
}

static unsigned int line_on(unsigned int cpu)
{
	unsigned int irq;

	fake_chip.irq_set_affinity = note_affinity;
	irq = fake_line(handle_simple_irq);
	EXPECT_EQ(request_irq(irq, handler, 0, "moves", &cookie), 0);
	EXPECT_EQ(irq_set_affinity(irq, cpumask_of(cpu)), 0);
	forget();
	return irq;
}

CLAIM(a_line_of_a_cpu_that_goes_down_is_moved_while_it_is_open)
{
	unsigned int irq = line_on(1);

	EXPECT_EQ(remove_cpu(1), 0);
	EXPECT_TEXT(notes, "a");
	EXPECT(cpumask_equal(irq_get_affinity_mask(irq), cpu_online_mask));
	EXPECT_EQ(add_cpu(1), 0);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_line_of_another_cpu_stays_when_one_goes_down)
{
	unsigned int irq = line_on(2);

	EXPECT_EQ(remove_cpu(1), 0);
	EXPECT_TEXT(notes, "");
	EXPECT_EQ(add_cpu(1), 0);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_line_starts_on_cpu_0_and_follows_its_affinity)
{
	int cpu;

	take(0);
	EXPECT_EQ(handled(), 0);
	for_each_online_cpu(cpu)
	{
		EXPECT_EQ(irq_set_affinity(spi, cpumask_of(cpu)), 0);
		EXPECT_EQ(handled(), cpu);
		EXPECT_EQ(cpumask_weight(irq_data_get_effective_affinity_mask(irq_get_irq_data(spi))), 1);
		EXPECT_EQ(cpumask_first(irq_data_get_effective_affinity_mask(irq_get_irq_data(spi))), cpu);
	}
	done();
}

CLAIM(of_several_cpus_the_gic_takes_one)
{
	struct cpumask mask;

	cpumask_clear(&mask);
	cpumask_set_cpu(1, &mask);
	cpumask_set_cpu(3, &mask);
	take(0);
	EXPECT_EQ(irq_set_affinity(spi, &mask), 0);
	EXPECT(cpumask_equal(irq_get_affinity_mask(spi), &mask));
	EXPECT_EQ(cpumask_weight(irq_data_get_effective_affinity_mask(irq_get_irq_data(spi))), 1);
	EXPECT(cpumask_test_cpu(handled(), &mask));
	done();
}

CLAIM(a_mask_without_an_online_cpu_is_EINVAL_and_changes_nothing)
{
	struct cpumask mask;

	cpumask_clear(&mask);
	take(0);
	EXPECT_EQ(irq_set_affinity(spi, cpumask_of(1)), 0);
	EXPECT_EQ(irq_set_affinity(spi, &mask), -EINVAL);
	EXPECT_EQ(handled(), 1);
	done();
}

CLAIM(the_thread_follows_the_line)
{
	answer = IRQ_WAKE_THREAD;
	take(0);
	handled();
	EXPECT_EQ(atomic_read(&thread_on), 0);
	EXPECT_EQ(irq_set_affinity(spi, cpumask_of(3)), 0);
	EXPECT_EQ(handled(), 3);
	EXPECT_EQ(atomic_read(&thread_on), 3);
	done();
}

CLAIM(an_affinity_from_before_the_request_is_kept)
{
	spi = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);
	EXPECT_EQ(irq_set_affinity(spi, cpumask_of(2)), 0);
	EXPECT_EQ(request_irq(spi, where, 0, "spi", &cookie), 0);
	EXPECT_EQ(handled(), 2);
	done();
}

CLAIM(a_hint_alone_moves_nothing)
{
	take(0);
	EXPECT_EQ(irq_update_affinity_hint(spi, cpumask_of(2)), 0);
	EXPECT_EQ(handled(), 0);
	irq_update_affinity_hint(spi, NULL);
	done();
}

CLAIM(irq_set_affinity_and_hint_does_both)
{
	take(0);
	EXPECT_EQ(irq_set_affinity_and_hint(spi, cpumask_of(2)), 0);
	EXPECT_EQ(handled(), 2);
	EXPECT(line(spi)->affinity_hint == cpumask_of(2));
	irq_set_affinity_hint(spi, NULL);
	EXPECT_EQ(handled(), 2);
	done();
}

CLAIM(a_hint_that_is_left_behind_warns)
{
	take(0);
	irq_update_affinity_hint(spi, cpumask_of(2));
	done();
}

static struct irq_affinity_notify notify;
static int notified, notified_cpu, released;
static void on_change(struct irq_affinity_notify *n, const cpumask_t *mask)
{
	notified++;
	notified_cpu = cpumask_first(mask);
}
static void on_release(struct kref *ref)
{
	released++;
}

CLAIM(a_notifier_is_told_of_each_new_mask_until_it_is_taken_back)
{
	notify.notify = on_change;
	notify.release = on_release;
	take(0);
	EXPECT_EQ(irq_set_affinity_notifier(spi, &notify), 0);
	irq_set_affinity(spi, cpumask_of(3));
	EXPECT(WAIT_FOR(notified == 1, 20));
	EXPECT_EQ(notified_cpu, 3);
	EXPECT_EQ(irq_set_affinity_notifier(spi, NULL), 0);
	EXPECT_EQ(released, 1);
	irq_set_affinity(spi, cpumask_of(1));
	msleep(20);
	EXPECT_EQ(notified, 1);
	done();
}

CLAIM(a_chip_without_set_affinity_is_EINVAL)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(irq_set_affinity(irq, cpumask_of(1)), -EINVAL);
	fake_end();
}

static int forgetful(struct irq_data *d, const struct cpumask *mask, bool force)
{
	return IRQ_SET_MASK_OK;
}

CLAIM(a_chip_that_does_not_say_which_cpu_it_chose_is_reported_once)
{
	unsigned int irq;

	fake_chip.irq_set_affinity = forgetful;
	irq = fake_line(handle_simple_irq);
	irq_set_affinity(irq, cpumask_of(1));
	EXPECT_EQ(irq_set_affinity(irq, cpumask_of(2)), 0);
	fake_end();
}
