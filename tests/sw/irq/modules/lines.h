/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Lines to test with: finding them, firing them in hard interrupt context, waiting for what follows. */
#ifndef TESTS_SW_IRQ_LINES_H
#define TESTS_SW_IRQ_LINES_H

#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

/* Runs generic_handle_irq() of a line in hard interrupt context, on the CPU of one's choice. */
struct firing {
	struct irq_work work;
	unsigned int irq;
	unsigned int times;
};

static inline void fire_now(struct irq_work *work)
{
	struct firing *f = container_of(work, struct firing, work);
	unsigned int i;

	for (i = 0; i < f->times; i++)
		generic_handle_irq(f->irq);
}

/* Returns when the flow handler has. Threads may still have to run: synchronize_irq() waits for them. */
static inline void fire_many(unsigned int irq, unsigned int times)
{
	struct firing f = {.work = IRQ_WORK_INIT_HARD(fire_now), .irq = irq, .times = times};

	irq_work_queue(&f.work);
	irq_work_sync(&f.work);
}

static inline void fire(unsigned int irq)
{
	fire_many(irq, 1);
}

static inline void fire_there(void *firing)
{
	struct firing *f = firing;

	fire_now(&f->work);
}

/* On another CPU, or this one: irq_work_queue_on() is not for modules. */
static inline void fire_on(unsigned int irq, int cpu)
{
	struct firing f = {.work = IRQ_WORK_INIT_HARD(fire_now), .irq = irq, .times = 1};
	int here = get_cpu();

	if (cpu == here)
		irq_work_queue(&f.work);
	put_cpu();
	if (cpu == here)
		irq_work_sync(&f.work);
	else
		smp_call_function_single(cpu, fire_there, &f, true);
}

/* On another CPU without waiting, also from a handler; the caller sees to it that the last one is over. */
static inline void fire_async_on(unsigned int irq, int cpu)
{
	static struct firing f = {.times = 1};
	static call_single_data_t call = CSD_INIT(fire_there, &f);

	f.irq = irq;
	smp_call_function_single_async(cpu, &call);
}

/* irq_to_desc() is not for modules. */
static inline struct irq_desc *line(unsigned int irq)
{
	return irq_data_to_desc(irq_get_irq_data(irq));
}

static inline void run_on(int cpu)
{
	set_cpus_allowed_ptr(current, cpumask_of(cpu));
}

/* Waits up to `ms` for a condition that another context makes true. */
#define WAIT_FOR(condition, ms)                                                                                        \
	({                                                                                                             \
		int left_ = (ms)*10;                                                                                   \
		while (!(condition) && left_-- > 0)                                                                    \
			usleep_range(100, 100);                                                                        \
		!!(condition);                                                                                         \
	})

/* A shared peripheral interrupt of the real controller, as the device tree would name it. */
static inline unsigned int gic_line(unsigned int kind, unsigned int number, unsigned int type)
{
	struct device_node *node = of_find_compatible_node(NULL, NULL, "arm,gic-v3");
	struct irq_fwspec spec = {.fwnode = of_fwnode_handle(node), .param_count = 3, .param = {kind, number, type}};

	return irq_create_fwspec_mapping(&spec);
}

#endif
