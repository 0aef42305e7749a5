// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* An interrupt's thread: its name, policy, priority and nice level; what request_threaded_irq refuses. */
// exec: 5ms cat /proc/irq/default_smp_affinity
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_sim.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/sched.h>

static struct irq_domain *domain;
static unsigned int irq;
static DECLARE_COMPLETION(ran);

static irqreturn_t thread(int n, void *dev)
{
	pr_info("PROBE thread: name %.4s, policy %u, rt_priority %u, prio %d, flags %#x\n", current->comm, current->policy,
		current->rt_priority, current->prio, current->flags & (PF_KTHREAD | PF_NOFREEZE | PF_NO_SETAFFINITY));
	complete(&ran);
	return IRQ_HANDLED;
}

static int __init probe_init(void)
{
	int err;

	domain = irq_domain_create_sim(NULL, 4);
	irq = irq_create_mapping(domain, 2);
	pr_info("PROBE without ONESHOT: %d\n", request_threaded_irq(irq, NULL, thread, 0, "probe", &irq));
	err = request_threaded_irq(irq, NULL, thread, IRQF_ONESHOT | IRQF_TRIGGER_RISING, "probe", &irq);
	pr_info("PROBE with ONESHOT: %d\n", err);
	pr_info("PROBE set state: %d\n", irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
	wait_for_completion(&ran);
	pr_info("PROBE type: %u\n", irq_get_trigger_type(irq));
	return 0;
}

static void __exit probe_exit(void)
{
	free_irq(irq, &irq);
	irq_dispose_mapping(irq);
	irq_domain_remove_sim(domain);
	pr_info("PROBE exit: over\n");
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
