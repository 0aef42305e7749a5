// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* An interrupt's thread: its name, policy, priority; what request_threaded_irq() refuses. */
#include "probe.h"

static unsigned int irq;

static irqreturn_t hard(int n, void *dev)
{
	where("handler");
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int n, void *dev)
{
	char name[16];

	strscpy(name, current->comm, sizeof(name));
	memcpy(name + 4, "NN", 2);
	SAY("name %s", name);
	where("thread");
	SAY("policy %u rt_priority %u prio %d flags %#x", current->policy, current->rt_priority, current->prio,
	    current->flags & (PF_KTHREAD | PF_NOFREEZE | PF_NO_SETAFFINITY));
	SAY("cpus %*pbl", cpumask_pr_args(&current->cpus_mask));
	return IRQ_HANDLED;
}

static void probe(void)
{
	irq = sim_line(2);
	FACT(request_threaded_irq(irq, NULL, thread, 0, "probe", &irq));
	FACT(request_threaded_irq(irq, hard, thread, IRQF_TRIGGER_RISING, "probe-with-a-long-name", &irq));
	sim_fire(irq);
	FACT(irq_get_trigger_type(irq));
	FACT(irq_has_action(irq));
	FACT(irq_is_percpu(irq));
	free_irq(irq, &irq);
	FACT(irq_has_action(irq));
	FACT(request_threaded_irq(irq, NULL, thread, IRQF_ONESHOT, "oneshot", &irq));
	sim_fire(irq);
	free_irq(irq, &irq);
}

static void leave(void)
{
	sim_end();
}
