// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: requesting, freeing, disabling and waiting. */
#define pr_fmt(fmt) "manage: " fmt

#include "fake_chip.h"

static int other;

CLAIM(a_shared_line_needs_a_dev_id)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "dev", NULL), -EINVAL);
	fake_end();
}

CLAIM(a_shared_line_cannot_be_left_disabled)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_NO_AUTOEN, "dev", &cookie), -EINVAL);
	fake_end();
}

CLAIM(suspend_flags_that_contradict_are_refused)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_COND_SUSPEND, "dev", &cookie), -EINVAL);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_NO_SUSPEND | IRQF_COND_SUSPEND, "dev", &cookie),
		  -EINVAL);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_COND_SUSPEND, "dev", &cookie), 0);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_request_without_any_handler_is_refused)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, NULL, 0, "dev", &cookie), -EINVAL);
	fake_end();
}

CLAIM(a_line_that_does_not_exist_is_refused)
{
	EXPECT_EQ(request_irq(4000, handler, 0, "dev", &cookie), -EINVAL);
	EXPECT_EQ(request_irq(0, handler, 0, "dev", &cookie), -EINVAL);
}

CLAIM(a_line_that_is_not_connected_says_so)
{
	EXPECT_EQ(request_irq(IRQ_NOTCONNECTED, handler, 0, "dev", &cookie), -ENOTCONN);
	EXPECT_EQ(request_any_context_irq(IRQ_NOTCONNECTED, handler, 0, "dev", &cookie), -ENOTCONN);
}

CLAIM(a_line_marked_norequest_is_refused)
{
	unsigned int irq = fake_line(handle_simple_irq);

	irq_set_status_flags(irq, IRQ_NOREQUEST);
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), -EINVAL);
	fake_end();
}

CLAIM(a_line_without_a_controller_is_ENOSYS)
{
	int irq = irq_alloc_desc(0);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), -ENOSYS);
	irq_free_desc(irq);
}

CLAIM(a_taken_line_is_busy_and_the_flags_are_said)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "owner", &cookie), 0);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "second", &other), -EBUSY);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_probe_for_a_shared_line_fails_silently)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "owner", &cookie), 0);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_PROBE_SHARED, "second", &other), -EBUSY);
	free_irq(irq, &cookie);
	fake_end();
}

static int fake_set_type(struct irq_data *d, unsigned int type)
{
	return type == IRQ_TYPE_LEVEL_LOW ? -EINVAL : 0;
}

CLAIM(sharers_must_agree_on_the_trigger)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);

	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_TRIGGER_RISING, "one", &cookie), 0);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_TRIGGER_FALLING, "two", &other), -EBUSY);
	/* Saying nothing means what the line is set to. */
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "three", &other), 0);
	free_irq(irq, &other);
	free_irq(irq, &cookie);
	irq_dispose_mapping(irq);
}

CLAIM(sharers_must_agree_on_oneshot)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_ONESHOT, "one", &cookie), 0);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "two", &other), -EBUSY);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(sharers_must_agree_on_percpu)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "one", &cookie), 0);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED | IRQF_PERCPU, "two", &other), -EBUSY);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_thread_without_a_handler_needs_oneshot)
{
	unsigned int irq = fake_line(handle_level_irq);

	EXPECT_EQ(request_threaded_irq(irq, NULL, thread_fn, 0, "dev", &cookie), -EINVAL);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

CLAIM(chips_that_are_safe_without_oneshot_take_a_thread_alone)
{
	unsigned int irq;

	fake_chip.flags = IRQCHIP_ONESHOT_SAFE;
	irq = fake_line(handle_level_irq);
	EXPECT_EQ(request_threaded_irq(irq, NULL, thread_fn, 0, "dev", &cookie), 0);
	/* And the line is not masked for it. */
	EXPECT_TEXT(fired(irq), "maut");
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(a_trigger_that_the_chip_refuses_fails_the_request)
{
	unsigned int irq;

	fake_chip.irq_set_type = fake_set_type;
	irq = fake_line(handle_simple_irq);
	EXPECT_EQ(request_irq(irq, handler, IRQF_TRIGGER_LOW, "dev", &cookie), -EINVAL);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

static int fake_resources(struct irq_data *d)
{
	return -EBUSY;
}

CLAIM(resources_that_the_chip_refuses_fail_the_request)
{
	unsigned int irq;

	fake_chip.irq_request_resources = fake_resources;
	irq = fake_line(handle_simple_irq);
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), -EBUSY);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

static int acquired, released;
static int count_acquire(struct irq_data *d)
{
	acquired++;
	return 0;
}
static void count_release(struct irq_data *d)
{
	released++;
}

CLAIM(resources_are_requested_by_the_first_and_released_by_the_last)
{
	unsigned int irq;

	fake_chip.irq_request_resources = count_acquire;
	fake_chip.irq_release_resources = count_release;
	irq = fake_line(handle_simple_irq);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "one", &cookie), 0);
	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "two", &other), 0);
	EXPECT_EQ(acquired, 1);
	free_irq(irq, &cookie);
	EXPECT_EQ(released, 0);
	free_irq(irq, &other);
	EXPECT_EQ(acquired, 1);
	EXPECT_EQ(released, 1);
	fake_end();
}

static void slow_lock(struct irq_data *d)
{
	might_sleep();
	note('b');
}
static void slow_unlock(struct irq_data *d)
{
	might_sleep();
	note('B');
}

CLAIM(a_chip_on_a_slow_bus_is_locked_around_each_change_and_may_sleep_there)
{
	unsigned int irq;

	fake_chip.irq_bus_lock = slow_lock;
	fake_chip.irq_bus_sync_unlock = slow_unlock;
	irq = fake_line(handle_simple_irq);
	forget();
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	EXPECT_TEXT(notes, "buB");
	forget();
	disable_irq(irq);
	EXPECT_TEXT(notes, "bB");
	forget();
	free_irq(irq, &cookie);
	/* Twice: the waiting for handlers is done without it. */
	EXPECT_TEXT(notes, "bmBbB");
	fake_end();
}

static irqreturn_t first(int irq, void *dev)
{
	note('1');
	return IRQ_HANDLED;
}
static irqreturn_t second(int irq, void *dev)
{
	note('2');
	return IRQ_NONE;
}
static irqreturn_t third(int irq, void *dev)
{
	note('3');
	return IRQ_HANDLED;
}

CLAIM(all_sharers_are_called_in_order_whatever_the_others_answer)
{
	static int a, b, c;
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, first, IRQF_SHARED, "a", &a), 0);
	EXPECT_EQ(request_irq(irq, second, IRQF_SHARED, "b", &b), 0);
	EXPECT_EQ(request_irq(irq, third, IRQF_SHARED, "c", &c), 0);
	EXPECT_TEXT(fired(irq), "123");
	/* One leaves from the middle; the line stays open for the others. */
	free_irq(irq, &b);
	EXPECT_TEXT(fired(irq), "13");
	free_irq(irq, &a);
	EXPECT_TEXT(fired(irq), "3");
	EXPECT(!irqd_irq_disabled(irq_get_irq_data(irq)));
	free_irq(irq, &c);
	EXPECT(irqd_irq_disabled(irq_get_irq_data(irq)));
	fake_end();
}

/* How often the handler runs in free_irq, after its line was taken from it. */
static int late_calls(unsigned long flags)
{
	static int a;
	unsigned int irq = fake_line(handle_simple_irq);
	int n = 0;

	EXPECT_EQ(request_irq(irq, first, flags, "a", &a), 0);
	EXPECT_TEXT(fired(irq), "1");
	forget();
	free_irq(irq, &a);
	for (const char *at = notes; *at; at++)
		n += *at == '1';
	fake_end();
	return n;
}

CLAIM(the_debug_kernel_calls_a_shared_handler_once_more_when_it_is_freed)
{
	EXPECT_EQ(late_calls(IRQF_SHARED), 1);
	EXPECT_EQ(late_calls(0), 0);
}

CLAIM(a_kernel_without_checks_does_not_call_a_handler_that_is_freed)
{
	EXPECT_EQ(late_calls(IRQF_SHARED), 0);
}

CLAIM(free_irq_gives_the_name_back)
{
	static const char name[] = "the-name";
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, name, &cookie), 0);
	EXPECT(irq_has_action(irq));
	EXPECT(free_irq(irq, &cookie) == name);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

CLAIM(freeing_a_free_line_warns)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT(free_irq(irq, &cookie) == NULL);
	fake_end();
}

CLAIM(freeing_with_a_wrong_dev_id_warns_and_keeps_the_handler)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "dev", &cookie), 0);
	EXPECT(free_irq(irq, &other) == NULL);
	EXPECT_TEXT(fired(irq), "h");
	free_irq(irq, &cookie);
	fake_end();
}

static atomic_t inside, left;

static irqreturn_t slow_handler(int irq, void *dev)
{
	atomic_set(&inside, 1);
	mdelay(3);
	atomic_set(&left, 1);
	return answer;
}

static irqreturn_t slow_thread(int irq, void *dev)
{
	atomic_set(&inside, 1);
	msleep(20);
	atomic_set(&left, 1);
	return IRQ_HANDLED;
}

static unsigned int busy(bool thread)
{
	unsigned int irq = fake_line(handle_simple_irq);

	run_on(1);
	if (thread)
		EXPECT_EQ(request_threaded_irq(irq, NULL, slow_thread, IRQF_ONESHOT, "dev", &cookie), 0);
	else
		EXPECT_EQ(request_irq(irq, slow_handler, 0, "dev", &cookie), 0);
	fire_async_on(irq, 2);
	while (!atomic_read(&inside))
		udelay(10);
	EXPECT_EQ(atomic_read(&left), 0);
	return irq;
}

CLAIM(free_irq_waits_for_the_handler_on_another_cpu)
{
	unsigned int irq = busy(false);

	free_irq(irq, &cookie);
	EXPECT_EQ(atomic_read(&left), 1);
	fake_end();
}

CLAIM(free_irq_waits_for_the_thread)
{
	unsigned int irq = busy(true);

	free_irq(irq, &cookie);
	EXPECT_EQ(atomic_read(&left), 1);
	fake_end();
}

CLAIM(disable_irq_waits_for_the_handler)
{
	unsigned int irq = busy(false);

	disable_irq(irq);
	EXPECT_EQ(atomic_read(&left), 1);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(disable_irq_waits_for_the_thread)
{
	unsigned int irq = busy(true);

	disable_irq(irq);
	EXPECT_EQ(atomic_read(&left), 1);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(disable_irq_nosync_does_not_wait)
{
	unsigned int irq = busy(false);

	disable_irq_nosync(irq);
	EXPECT_EQ(atomic_read(&left), 0);
	synchronize_irq(irq);
	EXPECT_EQ(atomic_read(&left), 1);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(disable_hardirq_and_synchronize_hardirq_leave_the_thread_running)
{
	unsigned int irq = busy(true);

	EXPECT(!synchronize_hardirq(irq));
	EXPECT(!disable_hardirq(irq));
	EXPECT_EQ(atomic_read(&left), 0);
	synchronize_irq(irq);
	EXPECT(synchronize_hardirq(irq));
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(disabling_nests)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	disable_irq(irq);
	disable_irq_nosync(irq);
	EXPECT_EQ(line(irq)->depth, 2);
	enable_irq(irq);
	EXPECT_TEXT(fired(irq), "");
	forget();
	enable_irq(irq);
	msleep(20);
	EXPECT_TEXT(notes, "h");
	EXPECT_EQ(line(irq)->depth, 0);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(what_came_while_disabled_is_delivered_once_however_often_it_came)
{
	unsigned int irq = fake_line(handle_edge_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	disable_irq(irq);
	fire_many(irq, 3);
	EXPECT_EQ(atomic_read(&calls), 0);
	enable_irq(irq);
	msleep(20);
	EXPECT_EQ(atomic_read(&calls), 1);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(nothing_is_resent_if_nothing_came)
{
	unsigned int irq = fake_line(handle_edge_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	disable_irq(irq);
	enable_irq(irq);
	msleep(20);
	EXPECT_EQ(atomic_read(&calls), 0);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(an_enable_too_many_warns)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	enable_irq(irq);
	EXPECT_EQ(line(irq)->depth, 0);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(no_autoen_leaves_the_line_for_enable_irq)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, IRQF_NO_AUTOEN, "dev", &cookie), 0);
	EXPECT_TEXT(fired(irq), "");
	EXPECT_EQ(line(irq)->depth, 1);
	enable_irq(irq);
	msleep(20);
	EXPECT_TEXT(fired(irq), "h");
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(the_noautoen_status_does_the_same)
{
	unsigned int irq = fake_line(handle_simple_irq);

	irq_set_status_flags(irq, IRQ_NOAUTOEN);
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	EXPECT_TEXT(fired(irq), "");
	enable_irq(irq);
	free_irq(irq, &cookie);
	fake_end();
}

static int wakes, sleeps, wake_error;

static int fake_set_wake(struct irq_data *d, unsigned int on)
{
	if (on)
		wakes++;
	else
		sleeps++;
	return wake_error;
}

CLAIM(wake_up_is_set_by_the_first_and_cleared_by_the_last)
{
	unsigned int irq;

	fake_chip.irq_set_wake = fake_set_wake;
	irq = fake_line(handle_simple_irq);
	EXPECT_EQ(enable_irq_wake(irq), 0);
	EXPECT_EQ(enable_irq_wake(irq), 0);
	EXPECT_EQ(wakes, 1);
	EXPECT(irqd_is_wakeup_set(irq_get_irq_data(irq)));
	EXPECT_EQ(disable_irq_wake(irq), 0);
	EXPECT_EQ(sleeps, 0);
	EXPECT_EQ(disable_irq_wake(irq), 0);
	EXPECT_EQ(sleeps, 1);
	EXPECT(!irqd_is_wakeup_set(irq_get_irq_data(irq)));
	/* A refusal is handed on and not counted. */
	wake_error = -EIO;
	EXPECT_EQ(enable_irq_wake(irq), -EIO);
	EXPECT(!irqd_is_wakeup_set(irq_get_irq_data(irq)));
	fake_end();
}

CLAIM(a_chip_that_cannot_wake_is_ENXIO_unless_it_skips)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(enable_irq_wake(irq), -ENXIO);
	fake_chip.flags = IRQCHIP_SKIP_SET_WAKE;
	EXPECT_EQ(enable_irq_wake(irq), 0);
	EXPECT_EQ(disable_irq_wake(irq), 0);
	fake_end();
}

CLAIM(a_wake_disable_too_many_warns)
{
	unsigned int irq;

	fake_chip.irq_set_wake = fake_set_wake;
	irq = fake_line(handle_simple_irq);
	EXPECT_EQ(disable_irq_wake(irq), 0);
	EXPECT_EQ(sleeps, 0);
	fake_end();
}

CLAIM(the_controllers_state_is_read_and_written)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);
	bool state = true;

	EXPECT_EQ(request_irq(irq, handler, IRQF_NO_AUTOEN, "dev", &cookie), 0);
	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state), 0);
	EXPECT(!state);
	EXPECT_EQ(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true), 0);
	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state), 0);
	EXPECT(state);
	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_MASKED, &state), 0);
	EXPECT(state);
	EXPECT_EQ(atomic_read(&calls), 0);
	enable_irq(irq);
	EXPECT(WAIT_FOR(atomic_read(&calls), 10));
	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state), 0);
	EXPECT(!state);
	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_ACTIVE, &state), 0);
	EXPECT(!state);
	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_LINE_LEVEL, &state), -EINVAL);
	free_irq(irq, &cookie);
	irq_dispose_mapping(irq);
}

CLAIM(a_chip_without_state_is_EINVAL)
{
	unsigned int irq = fake_line(handle_simple_irq);
	bool state;

	EXPECT_EQ(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state), -EINVAL);
	EXPECT_EQ(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true), -EINVAL);
	fake_end();
}

CLAIM(an_injected_interrupt_is_handled_like_a_real_one)
{
	unsigned int spi = gic_line(0, 200, IRQ_TYPE_EDGE_RISING), fake;

	EXPECT_EQ(request_irq(spi, handler, 0, "dev", &cookie), 0);
	EXPECT_EQ(irq_inject_interrupt(spi), 0);
	EXPECT(WAIT_FOR(atomic_read(&calls) == 1, 10));
	free_irq(spi, &cookie);
	irq_dispose_mapping(spi);
	/* A controller that cannot: by a resend, if the line is active. */
	fake = fake_line(handle_edge_irq);
	EXPECT_EQ(irq_inject_interrupt(fake), -EINVAL);
	EXPECT_EQ(request_irq(fake, handler, 0, "dev", &cookie), 0);
	EXPECT_EQ(irq_inject_interrupt(fake), 0);
	EXPECT(WAIT_FOR(atomic_read(&calls) == 2, 20));
	free_irq(fake, &cookie);
	fake_end();
}

static irqreturn_t rude_handler(int irq, void *dev)
{
	local_irq_enable();
	return IRQ_HANDLED;
}

static irqreturn_t quiet_handler(int irq, void *dev)
{
	EXPECT(irqs_disabled());
	atomic_inc(&calls);
	return IRQ_HANDLED;
}

CLAIM(a_handler_that_enables_interrupts_is_reported_and_they_are_disabled_again)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, rude_handler, IRQF_SHARED, "dev", &cookie), 0);
	EXPECT_EQ(request_irq(irq, quiet_handler, IRQF_SHARED, "next", &other), 0);
	fire(irq);
	EXPECT_EQ(atomic_read(&calls), 1);
	free_irq(irq, &other);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(waking_a_thread_that_is_not_there_is_reported_once)
{
	unsigned int irq = fake_line(handle_simple_irq);

	answer = IRQ_WAKE_THREAD;
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	fire(irq);
	fire(irq);
	EXPECT_EQ(atomic_read(&calls), 2);
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(request_any_context_irq_says_which_context_it_is)
{
	unsigned int hard = fake_line(handle_simple_irq), nested = fake_line(handle_simple_irq);

	irq_set_nested_thread(nested, true);
	EXPECT_EQ(request_any_context_irq(hard, handler, 0, "dev", &cookie), IRQC_IS_HARDIRQ);
	EXPECT_EQ(request_any_context_irq(nested, handler, 0, "dev", &cookie), IRQC_IS_NESTED);
	free_irq(hard, &cookie);
	free_irq(nested, &cookie);
	fake_end();
}

CLAIM(the_type_of_the_device_tree_is_used_where_the_driver_asks_for_none)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	EXPECT_EQ(line(irq)->action->flags & IRQF_TRIGGER_MASK, IRQF_TRIGGER_RISING);
	free_irq(irq, &cookie);
	irq_dispose_mapping(irq);
}

CLAIM(a_spi_takes_only_high_levels_and_rising_edges)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);

	EXPECT_EQ(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH), 0);
	EXPECT(irqd_is_level_type(irq_get_irq_data(irq)));
	EXPECT_EQ(irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING), 0);
	EXPECT(!irqd_is_level_type(irq_get_irq_data(irq)));
	EXPECT_EQ(irq_set_irq_type(irq, IRQ_TYPE_EDGE_FALLING), -EINVAL);
	EXPECT_EQ(irq_get_trigger_type(irq), IRQ_TYPE_EDGE_RISING);
	irq_dispose_mapping(irq);
}

CLAIM(a_gic_line_cannot_be_handled_outside_of_hard_interrupts)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	EXPECT_EQ(generic_handle_irq_safe(irq), -EPERM);
	EXPECT_EQ(atomic_read(&calls), 0);
	free_irq(irq, &cookie);
	irq_dispose_mapping(irq);
}

CLAIM(status_bits_of_a_line_can_be_asked_for)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT(!irq_check_status_bit(irq, IRQ_NOPROBE));
	irq_set_noprobe(irq);
	EXPECT(irq_check_status_bit(irq, IRQ_NOPROBE));
	irq_set_probe(irq);
	EXPECT(!irq_check_status_bit(irq, IRQ_NOPROBE));
	fake_end();
}

CLAIM(noautoen_on_an_enabled_line_warns)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	irq_set_status_flags(irq, IRQ_NOAUTOEN);
	EXPECT(irq_has_action(irq));
	free_irq(irq, &cookie);
	fake_end();
}

static irqreturn_t freeing_handler(int irq, void *dev)
{
	free_irq(*(unsigned int *)dev, &other);
	return IRQ_HANDLED;
}

CLAIM(freeing_in_a_handler_is_reported)
{
	/* Its own line it could not even wait for. */
	unsigned int irq = fake_line(handle_simple_irq), freed = fake_line(handle_simple_irq);

	EXPECT_EQ(request_irq(irq, freeing_handler, 0, "dev", &freed), 0);
	EXPECT_EQ(request_irq(freed, handler, 0, "other", &other), 0);
	fire(irq);
	EXPECT(!irq_has_action(freed));
	free_irq(irq, &freed);
	fake_end();
}
