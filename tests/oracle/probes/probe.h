/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What the probes share: probe() runs when the module is loaded, in a task; leave() when it goes. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_sim.h>
#include <linux/irqdesc.h>
#include <linux/irq_work.h>
#include <linux/irqdomain.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#define SAY(format, ...) pr_info("PROBE " format "\n", ##__VA_ARGS__)
#define FACT(value)	 pr_info("PROBE %s: %lld\n", #value, (long long)(value))

/* Where this is: a task, a hard interrupt, a softirq; interrupts off; may it sleep. */
static inline void where(const char *what)
{
	SAY("%s: task %d hardirq %d softirq %d serving %d irqs off %d", what, !!in_task(), !!in_hardirq(),
	    !!in_softirq(), !!in_serving_softirq(), !!irqs_disabled());
}

static inline void who(const char *what)
{
	SAY("%s: %s policy %u rt_priority %u prio %d nice %d flags %#x", what, current->comm, current->policy,
	    current->rt_priority, current->prio, task_nice(current),
	    current->flags & (PF_KTHREAD | PF_NOFREEZE | PF_NO_SETAFFINITY | PF_WQ_WORKER | PF_MEMALLOC));
}

/* A line that can be fired: of Linux's interrupt simulator. */
static struct irq_domain *sim_domain;

static inline unsigned int sim_line(unsigned int number)
{
	if (!sim_domain)
		sim_domain = irq_domain_create_sim(NULL, 8);
	return irq_create_mapping(sim_domain, number);
}

static inline void sim_fire(unsigned int irq)
{
	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	msleep(20);
}

static inline void sim_end(void)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		irq_dispose_mapping(irq_find_mapping(sim_domain, i));
	irq_domain_remove_sim(sim_domain);
}

static inline struct irq_desc *desc_of(unsigned int irq)
{
	return irq_data_to_desc(irq_get_irq_data(irq));
}

/* A line whose number is the same everywhere, 40 and up, and that only generic_handle_irq() fires. */
static void fixed_nothing(struct irq_data *d)
{
}
static int fixed_set_type(struct irq_data *d, unsigned int type)
{
	return 0;
}
static int fixed_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	irq_data_update_effective_affinity(d, cpumask_of(cpumask_first(mask)));
	return IRQ_SET_MASK_OK;
}
static struct irq_chip fixed_chip = {.name = "fixed",
				     .irq_mask = fixed_nothing,
				     .irq_unmask = fixed_nothing,
				     .irq_ack = fixed_nothing,
				     .irq_eoi = fixed_nothing,
				     .irq_set_type = fixed_set_type,
				     .irq_set_affinity = fixed_set_affinity};
static irq_flow_handler_t fixed_flow = handle_simple_irq;
static struct irq_domain *fixed_domain;

static int fixed_map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq)
{
	irq_set_chip_and_handler(virq, &fixed_chip, fixed_flow);
	return 0;
}
static const struct irq_domain_ops fixed_ops = {.map = fixed_map};

static inline unsigned int fixed_line(unsigned int number)
{
	if (!fixed_domain)
		fixed_domain = irq_domain_create_simple(NULL, 4, 40, &fixed_ops, NULL);
	return irq_find_mapping(fixed_domain, number);
}

static inline void fixed_end(void)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		irq_dispose_mapping(irq_find_mapping(fixed_domain, i));
	irq_domain_remove(fixed_domain);
}

static unsigned int fired_irq, fired_times;
static void fire_now(struct irq_work *work)
{
	unsigned int i;

	for (i = 0; i < fired_times; i++)
		generic_handle_irq(fired_irq);
}

static inline void fire(unsigned int irq, unsigned int times)
{
	static struct irq_work work = IRQ_WORK_INIT_HARD(fire_now);

	fired_irq = irq;
	fired_times = times;
	irq_work_queue(&work);
	irq_work_sync(&work);
}

static void probe(void);
static void leave(void);

static int __init probe_init(void)
{
	probe();
	return 0;
}

static void __exit probe_exit(void)
{
	leave();
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
