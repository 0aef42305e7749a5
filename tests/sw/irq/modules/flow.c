// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: the flow handlers, by the order of what they ask of their controller. */
#define pr_fmt(fmt) "flow: " fmt

#include "fake_chip.h"

static unsigned int plain(irq_flow_handler_t flow)
{
	unsigned int irq = fake_line(flow);

	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	return irq;
}

static unsigned int threaded(irq_flow_handler_t flow, unsigned long flags)
{
	unsigned int irq = fake_line(flow);

	EXPECT_EQ(request_threaded_irq(irq, handler, thread_fn, flags, "dev", &cookie), 0);
	answer = IRQ_WAKE_THREAD;
	return irq;
}

static void done(unsigned int irq)
{
	free_irq(irq, &cookie);
	fake_end();
}

CLAIM(level_is_masked_and_acknowledged_before_the_handler_and_unmasked_after_it)
{
	unsigned int irq = plain(handle_level_irq);

	EXPECT_TEXT(fired(irq), "mahu");
	done(irq);
}

CLAIM(level_uses_mask_ack_where_the_chip_has_it)
{
	unsigned int irq;

	fake_chip.irq_mask_ack = fake_mask_ack;
	irq = plain(handle_level_irq);
	EXPECT_TEXT(fired(irq), "Mhu");
	done(irq);
}

CLAIM(level_oneshot_stays_masked_until_the_thread_has_run)
{
	unsigned int irq = threaded(handle_level_irq, IRQF_ONESHOT);

	EXPECT_TEXT(fired(irq), "mahtu");
	done(irq);
}

CLAIM(level_while_disabled_is_masked_and_not_handled)
{
	unsigned int irq = plain(handle_level_irq);

	irq_set_status_flags(irq, IRQ_LEVEL);
	disable_irq(irq);
	EXPECT_TEXT(fired(irq), "ma");
	/* Levels are not resent: the device still holds the line. */
	forget();
	enable_irq(irq);
	msleep(20);
	EXPECT_TEXT(notes, "u");
	done(irq);
}

CLAIM(edge_is_acknowledged_before_the_handler_and_never_masked)
{
	unsigned int irq = plain(handle_edge_irq);

	EXPECT_TEXT(fired(irq), "ah");
	done(irq);
}

CLAIM(edge_oneshot_is_not_masked_for_its_thread)
{
	unsigned int irq = threaded(handle_edge_irq, IRQF_ONESHOT);

	EXPECT_TEXT(fired(irq), "aht");
	done(irq);
}

CLAIM(edge_while_disabled_is_masked_remembered_and_resent_by_enable)
{
	unsigned int irq = plain(handle_edge_irq);

	disable_irq(irq);
	EXPECT_TEXT(fired(irq), "ma");
	/* A second one while masked is the same to the line. */
	EXPECT_TEXT(fired(irq), "a");
	forget();
	enable_irq(irq);
	msleep(20);
	EXPECT_TEXT(notes, "uah");
	done(irq);
}

CLAIM(edge_resend_uses_the_controllers_retrigger_where_there_is_one)
{
	unsigned int irq;

	fake_chip.irq_retrigger = fake_retrigger;
	irq = plain(handle_edge_irq);
	disable_irq(irq);
	fire(irq);
	forget();
	enable_irq(irq);
	msleep(20);
	EXPECT_TEXT(notes, "ur");
	done(irq);
}

static int other_cpu;
static unsigned int busy_line;
static bool fired_meanwhile;

/* The first call lets another CPU fire the same line while this one is in the handler. */
static irqreturn_t busy_handler(int irq, void *dev)
{
	note('h');
	if (atomic_inc_return(&calls) == 1) {
		fire_async_on(busy_line, other_cpu);
		udelay(100);
		fired_meanwhile = true;
	}
	return IRQ_HANDLED;
}

static const char *fired_twice(irq_flow_handler_t flow)
{
	busy_line = fake_line(flow);
	other_cpu = 3;
	run_on(1);
	EXPECT_EQ(request_irq(busy_line, busy_handler, 0, "dev", &cookie), 0);
	forget();
	fire(busy_line);
	EXPECT(fired_meanwhile);
	msleep(10);
	return notes;
}

CLAIM(edge_during_the_handler_on_another_cpu_makes_the_first_cpu_run_it_again)
{
	/* CPU 3 finds it in progress, masks it and remembers; CPU 1 opens it again and handles the second edge. */
	EXPECT_TEXT(fired_twice(handle_edge_irq), "ahmauh");
	done(busy_line);
}

CLAIM(level_during_the_handler_on_another_cpu_is_not_handled_twice)
{
	EXPECT_TEXT(fired_twice(handle_level_irq), "mahau");
	done(busy_line);
}

CLAIM(fasteoi_during_the_handler_on_another_cpu_is_ended_and_dropped)
{
	EXPECT_TEXT(fired_twice(handle_fasteoi_irq), "hee");
	done(busy_line);
}

CLAIM(simple_during_the_handler_on_another_cpu_is_dropped)
{
	EXPECT_TEXT(fired_twice(handle_simple_irq), "h");
	done(busy_line);
}

CLAIM(fasteoi_ends_the_interrupt_after_the_handler)
{
	unsigned int irq = plain(handle_fasteoi_irq);

	EXPECT_TEXT(fired(irq), "he");
	done(irq);
}

CLAIM(fasteoi_oneshot_is_masked_first_and_unmasked_after_the_thread)
{
	unsigned int irq = threaded(handle_fasteoi_irq, IRQF_ONESHOT);

	EXPECT_TEXT(fired(irq), "mhetu");
	done(irq);
}

CLAIM(fasteoi_oneshot_without_a_woken_thread_is_unmasked_at_once)
{
	unsigned int irq = threaded(handle_fasteoi_irq, IRQF_ONESHOT);

	answer = IRQ_HANDLED;
	EXPECT_TEXT(fired(irq), "mheu");
	done(irq);
}

CLAIM(eoi_threaded_chips_get_the_eoi_after_the_thread)
{
	unsigned int irq;

	fake_chip.flags = IRQCHIP_EOI_THREADED;
	irq = threaded(handle_fasteoi_irq, IRQF_ONESHOT);
	EXPECT_TEXT(fired(irq), "mhteu");
	done(irq);
}

CLAIM(fasteoi_while_disabled_is_masked_and_ended)
{
	unsigned int irq = plain(handle_fasteoi_irq);

	disable_irq(irq);
	EXPECT_TEXT(fired(irq), "me");
	done(irq);
}

CLAIM(eoi_if_handled_chips_get_no_eoi_for_a_disabled_line)
{
	unsigned int irq;

	fake_chip.flags = IRQCHIP_EOI_IF_HANDLED;
	irq = plain(handle_fasteoi_irq);
	disable_irq(irq);
	EXPECT_TEXT(fired(irq), "m");
	enable_irq(irq);
	msleep(20);
	EXPECT_TEXT(fired(irq), "he");
	done(irq);
}

CLAIM(fasteoi_ack_acknowledges_the_edge_before_the_handler)
{
	unsigned int irq = plain(handle_fasteoi_ack_irq);

	EXPECT_TEXT(fired(irq), "ahe");
	done(irq);
}

CLAIM(fasteoi_mask_masks_and_acknowledges_before_the_handler)
{
	unsigned int irq = plain(handle_fasteoi_mask_irq);

	EXPECT_TEXT(fired(irq), "mahe");
	done(irq);
}

CLAIM(simple_asks_nothing_of_its_controller)
{
	unsigned int irq = plain(handle_simple_irq);

	EXPECT_TEXT(fired(irq), "h");
	disable_irq(irq);
	EXPECT_TEXT(fired(irq), "");
	forget();
	enable_irq(irq);
	msleep(20);
	/* What came while it was disabled is delivered now. */
	EXPECT_TEXT(notes, "h");
	done(irq);
}

CLAIM(untracked_lines_are_neither_counted_nor_watched)
{
	unsigned int irq = plain(handle_untracked_irq);

	answer = IRQ_NONE;
	EXPECT_TEXT(fired(irq), "h");
	EXPECT_EQ(line(irq)->tot_count, 0);
	EXPECT_EQ(line(irq)->irqs_unhandled, 0);
	done(irq);
}

/* handle_nested_irq() is called by the parent's thread. */
static irqreturn_t parent_thread(int irq, void *dev)
{
	handle_nested_irq(*(unsigned int *)dev);
	return IRQ_HANDLED;
}

static unsigned int nested_child;

static void nest(unsigned int parent)
{
	nested_child = fake_line(handle_simple_irq);
	irq_set_nested_thread(nested_child, true);
	irq_set_parent(nested_child, parent);
}

CLAIM(nested_lines_run_their_thread_function_in_the_parents_thread)
{
	unsigned int parent = fake_line(handle_level_irq);

	nest(parent);
	EXPECT_EQ(request_threaded_irq(parent, NULL, parent_thread, IRQF_ONESHOT, "parent", &nested_child), 0);
	EXPECT_EQ(request_threaded_irq(nested_child, NULL, thread_fn, IRQF_ONESHOT, "child", &cookie), 0);
	/* Without a thread of its own. */
	EXPECT(!line(nested_child)->action->thread);
	EXPECT_TEXT(fired(parent), "matu");
	EXPECT_EQ(line(nested_child)->tot_count, 1);
	free_irq(nested_child, &cookie);
	free_irq(parent, &nested_child);
	fake_end();
}

CLAIM(nested_lines_without_a_thread_function_are_refused)
{
	nest(0);
	EXPECT_EQ(request_irq(nested_child, handler, 0, "child", &cookie), -EINVAL);
	fake_end();
}

CLAIM(nested_line_while_disabled_is_remembered_and_its_parent_resent)
{
	unsigned int parent = fake_line(handle_simple_irq);

	nest(parent);
	EXPECT_EQ(request_threaded_irq(parent, NULL, parent_thread, IRQF_ONESHOT, "parent", &nested_child), 0);
	EXPECT_EQ(request_threaded_irq(nested_child, NULL, thread_fn, IRQF_ONESHOT, "child", &cookie), 0);
	disable_irq(nested_child);
	EXPECT_TEXT(fired(parent), "");
	forget();
	enable_irq(nested_child);
	msleep(20);
	EXPECT_TEXT(notes, "t");
	free_irq(nested_child, &cookie);
	free_irq(parent, &nested_child);
	fake_end();
}

CLAIM(a_line_without_a_flow_handler_is_counted_and_reported)
{
	unsigned int irq = fake_line(handle_bad_irq);

	fire(irq);
	EXPECT_EQ(line(irq)->tot_count, 1);
	fake_end();
}

static unsigned int inner;

static void demux(struct irq_desc *desc)
{
	note('c');
	generic_handle_irq(inner);
}

CLAIM(a_chained_handler_is_started_at_once_and_runs_instead_of_actions)
{
	unsigned int parent = fake_line(handle_level_irq);

	inner = plain(handle_simple_irq);
	forget();
	irq_set_chained_handler(parent, demux);
	EXPECT_TEXT(notes, "u");
	EXPECT_TEXT(fired(parent), "ch");
	/* The chained line itself can neither be requested nor probed, and is not counted. */
	EXPECT_EQ(request_irq(parent, handler, 0, "dev", &cookie), -EINVAL);
	EXPECT_EQ(line(parent)->tot_count, 0);
	free_irq(inner, &cookie);
	irq_set_chained_handler(parent, NULL);
	fake_end();
}

CLAIM(startup_and_shutdown_of_the_chip_come_before_enable_and_disable)
{
	unsigned int irq;

	fake_chip.irq_startup = fake_startup;
	fake_chip.irq_shutdown = fake_shutdown;
	fake_chip.irq_enable = fake_enable;
	fake_chip.irq_disable = fake_disable;
	irq = fake_line(handle_edge_irq);
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	EXPECT_TEXT(notes, "S");
	forget();
	disable_irq(irq);
	enable_irq(irq);
	EXPECT_TEXT(notes, "DE");
	forget();
	free_irq(irq, &cookie);
	EXPECT_TEXT(notes, "s");
	fake_end();
}

CLAIM(disable_is_lazy_unless_the_line_says_otherwise)
{
	unsigned int irq = plain(handle_edge_irq);

	forget();
	disable_irq(irq);
	EXPECT_TEXT(notes, "");
	enable_irq(irq);
	EXPECT_TEXT(notes, "");
	irq_set_status_flags(irq, IRQ_DISABLE_UNLAZY);
	disable_irq(irq);
	EXPECT_TEXT(notes, "m");
	enable_irq(irq);
	EXPECT_TEXT(notes, "mu");
	done(irq);
}

CLAIM(a_freed_line_is_masked_even_if_it_was_disabled_lazily)
{
	unsigned int irq = plain(handle_edge_irq);

	disable_irq(irq);
	forget();
	free_irq(irq, &cookie);
	EXPECT_TEXT(notes, "m");
	fake_end();
}
