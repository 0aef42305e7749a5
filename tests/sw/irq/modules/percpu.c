// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: lines of which each CPU has its own, calls between CPUs, irq_work. */
#define pr_fmt(fmt) "percpu: " fmt

#include "claims.h"
#include <linux/percpu.h>

static DEFINE_PER_CPU(int, hits);
static unsigned int ppi;

static irqreturn_t handler(int irq, void *dev)
{
	EXPECT(in_hardirq());
	EXPECT(dev == this_cpu_ptr(&hits));
	++*(int *)dev;
	return IRQ_HANDLED;
}

static void enable_here(void *unused)
{
	enable_percpu_irq(ppi, IRQ_TYPE_NONE);
}
static void disable_here(void *unused)
{
	disable_percpu_irq(ppi);
}
/* Private lines are written through the CPU's own redistributor. */
static void pend_here(void *unused)
{
	irq_set_irqchip_state(ppi, IRQCHIP_STATE_PENDING, true);
}

static void get_line(void)
{
	ppi = gic_line(1, 3, IRQ_TYPE_EDGE_RISING);
	EXPECT_EQ(request_percpu_irq(ppi, handler, "ppi", &hits), 0);
}

static void put_line(void)
{
	on_each_cpu(disable_here, NULL, 1);
	free_percpu_irq(ppi, &hits);
	irq_dispose_mapping(ppi);
}

CLAIM(each_cpu_enables_its_own_part_and_gets_its_own_dev_id)
{
	int cpu;

	get_line();
	on_each_cpu(pend_here, NULL, 1);
	msleep(4);
	for_each_online_cpu(cpu) EXPECT_EQ(per_cpu(hits, cpu), 0);
	/* What was pending comes with the enable, on the CPUs that do. */
	smp_call_function_single(2, enable_here, NULL, 1);
	smp_call_function_single(3, enable_here, NULL, 1);
	msleep(4);
	EXPECT_EQ(per_cpu(hits, 0), 0);
	EXPECT_EQ(per_cpu(hits, 1), 0);
	EXPECT_EQ(per_cpu(hits, 2), 1);
	EXPECT_EQ(per_cpu(hits, 3), 1);
	smp_call_function_single(3, disable_here, NULL, 1);
	smp_call_function_single(2, pend_here, NULL, 1);
	smp_call_function_single(3, pend_here, NULL, 1);
	msleep(4);
	EXPECT_EQ(per_cpu(hits, 2), 2);
	EXPECT_EQ(per_cpu(hits, 3), 1);
	EXPECT_EQ(*per_cpu_ptr(line(ppi)->kstat_irqs, 2), 2);
	EXPECT_EQ(*per_cpu_ptr(line(ppi)->kstat_irqs, 3), 1);
	put_line();
}

CLAIM(irq_percpu_is_enabled_is_about_this_cpu)
{
	get_line();
	run_on(1);
	enable_percpu_irq(ppi, IRQ_TYPE_NONE);
	EXPECT(irq_percpu_is_enabled(ppi));
	run_on(2);
	EXPECT(!irq_percpu_is_enabled(ppi));
	put_line();
}

CLAIM(a_percpu_line_is_freed_only_when_no_cpu_has_it_enabled)
{
	get_line();
	run_on(2);
	enable_percpu_irq(ppi, IRQ_TYPE_NONE);
	free_percpu_irq(ppi, &hits);
	EXPECT(irq_has_action(ppi));
	put_line();
}

CLAIM(a_percpu_line_is_not_shared)
{
	get_line();
	EXPECT_EQ(request_percpu_irq(ppi, handler, "second", &hits), -EBUSY);
	put_line();
}

CLAIM(request_irq_refuses_a_percpu_line_with_a_warning)
{
	ppi = gic_line(1, 3, IRQ_TYPE_EDGE_RISING);
	EXPECT_EQ(request_irq(ppi, handler, 0, "dev", &hits), -EINVAL);
	irq_dispose_mapping(ppi);
}

CLAIM(request_percpu_irq_refuses_a_common_line_and_a_missing_dev_id)
{
	unsigned int spi = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);

	EXPECT_EQ(request_percpu_irq(spi, handler, "dev", &hits), -EINVAL);
	irq_dispose_mapping(spi);
	ppi = gic_line(1, 3, IRQ_TYPE_EDGE_RISING);
	EXPECT_EQ(request_percpu_irq(ppi, handler, "dev", NULL), -EINVAL);
	irq_dispose_mapping(ppi);
}

CLAIM(the_partition_of_a_percpu_line_is_all_cpus)
{
	struct cpumask mask;

	ppi = gic_line(1, 3, IRQ_TYPE_EDGE_RISING);
	EXPECT_EQ(irq_get_percpu_devid_partition(ppi, &mask), 0);
	EXPECT_EQ(cpumask_weight(&mask), 4);
	irq_dispose_mapping(ppi);
}

/* Calls between CPUs. */

static int ran_on, ran_hard, ran_count;

static void called(void *arg)
{
	ran_on = smp_processor_id();
	ran_hard = in_hardirq() && irqs_disabled();
	ran_count++;
	EXPECT(arg == &ran_on);
}

CLAIM(a_call_runs_on_the_other_cpu_in_hard_interrupt_context)
{
	run_on(0);
	EXPECT_EQ(smp_call_function_single(3, called, &ran_on, 1), 0);
	EXPECT_EQ(ran_on, 3);
	EXPECT(ran_hard);
	EXPECT_EQ(ran_count, 1);
	EXPECT_EQ(smp_call_function_single(7, called, &ran_on, 1), -ENXIO);
}

static atomic_t masks;

static void mark(void *arg)
{
	atomic_or(1 << smp_processor_id(), &masks);
}

CLAIM(a_call_to_all_others_leaves_this_cpu_out)
{
	run_on(1);
	preempt_disable();
	smp_call_function(mark, NULL, 1);
	preempt_enable();
	EXPECT_EQ(atomic_read(&masks), 0xd);
	on_each_cpu(mark, NULL, 1);
	EXPECT_EQ(atomic_read(&masks), 0xf);
}

/* Lines by which CPUs interrupt each other: of a domain that has one for each CPU. */

static unsigned int sent_by[NR_CPUS];

static void send_one(struct irq_data *data, unsigned int cpu)
{
	sent_by[cpu] = data->irq;
}
static struct irq_chip sender = {.name = "sender", .ipi_send_single = send_one};

static int map_sender(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq)
{
	irq_set_chip_and_handler(virq, &sender, handle_simple_irq);
	return 0;
}
static const struct irq_domain_ops sender_ops = {.map = map_sender};

CLAIM(an_ipi_to_several_cpus_uses_the_line_of_each_if_its_domain_has_one_for_each)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 3, &sender_ops, NULL);
	int base = irq_alloc_descs(-1, 0, 3, 0), i;
	struct cpumask to = {};

	EXPECT(base > 0);
	irq_domain_associate_many(d, base, 0, 3);
	for (i = 0; i < 3; i++)
		irq_get_irq_data(base + i)->common->ipi_offset = 1;
	cpumask_set_cpu(1, &to);
	cpumask_set_cpu(3, &to);
	EXPECT_EQ(ipi_send_mask(base, &to), 0);
	EXPECT_EQ(sent_by[1], base);
	EXPECT_EQ(sent_by[3], base);
	d->flags |= IRQ_DOMAIN_FLAG_IPI_PER_CPU;
	EXPECT_EQ(ipi_send_mask(base, &to), 0);
	EXPECT_EQ(sent_by[1], base);
	EXPECT_EQ(sent_by[3], base + 2);
	EXPECT_EQ(ipi_send_single(base, 2), 0);
	EXPECT_EQ(sent_by[2], base + 1);
	EXPECT_EQ(sent_by[0], 0);
	for (i = 0; i < 3; i++)
		irq_dispose_mapping(base + i);
	irq_domain_remove(d);
}

/* irq_work */

static int order[4], ordered, worked_on, worked_hard;

static void work_fn(struct irq_work *w)
{
	worked_on = smp_processor_id();
	worked_hard = in_hardirq();
	ordered++;
}

static DEFINE_IRQ_WORK(work, work_fn);

CLAIM(irq_work_runs_at_once_in_hard_interrupt_context_of_this_cpu)
{
	run_on(2);
	EXPECT(irq_work_queue(&work));
	irq_work_sync(&work);
	EXPECT_EQ(worked_on, 2);
	EXPECT(worked_hard);
	EXPECT_EQ(ordered, 1);
	EXPECT(!irq_work_is_busy(&work));
}

CLAIM(irq_work_that_is_pending_is_not_queued_twice)
{
	unsigned long flags;

	local_irq_save(flags);
	EXPECT(irq_work_queue(&work));
	EXPECT(!irq_work_queue(&work));
	EXPECT(irq_work_is_pending(&work));
	EXPECT_EQ(ordered, 0);
	local_irq_restore(flags);
	irq_work_sync(&work);
	EXPECT_EQ(ordered, 1);
	EXPECT(irq_work_queue(&work));
	irq_work_sync(&work);
	EXPECT_EQ(ordered, 2);
}

CLAIM(irq_work_can_be_sent_to_another_cpu)
{
	run_on(0);
	EXPECT(irq_work_queue_on(&work, 3));
	irq_work_sync(&work);
	EXPECT_EQ(worked_on, 3);
	EXPECT(worked_hard);
}

static void lazy_fn(struct irq_work *w)
{
	ordered++;
}
static struct irq_work lazy = IRQ_WORK_INIT_LAZY(lazy_fn);

CLAIM(lazy_irq_work_waits_for_the_tick)
{
	run_on(1);
	/* Right behind a tick. */
	msleep(8);
	EXPECT(irq_work_queue(&lazy));
	udelay(100);
	EXPECT_EQ(ordered, 0);
	mdelay(5);
	EXPECT_EQ(ordered, 1);
	irq_work_sync(&lazy);
}

static void numbered(struct irq_work *w);
static struct irq_work three[3] = {IRQ_WORK_INIT(numbered), IRQ_WORK_INIT(numbered), IRQ_WORK_INIT(numbered)};

static void numbered(struct irq_work *w)
{
	order[ordered++] = w - three;
}

CLAIM(irq_work_of_one_moment_runs_last_in_first_out)
{
	unsigned long flags;
	int i;

	run_on(1);
	local_irq_save(flags);
	for (i = 0; i < 3; i++)
		irq_work_queue(&three[i]);
	local_irq_restore(flags);
	for (i = 0; i < 3; i++)
		irq_work_sync(&three[i]);
	for (i = 0; i < 3; i++)
		EXPECT_EQ(order[i], 2 - i);
}

CLAIM(a_panic_stops_the_other_cpus)
{
	EXPECT(true);
	pr_info("claim a_panic_stops_the_other_cpus: holds (1 checks)\n");
	panic("on purpose");
}
