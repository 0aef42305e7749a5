// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Oneshot, shared threads, wake-ups while the thread runs. */
#include "probe.h"

static atomic_t hards, threads;
static irqreturn_t h(int n, void *d)
{
	atomic_inc(&hards);
	return IRQ_WAKE_THREAD;
}
static irqreturn_t t(int n, void *d)
{
	atomic_inc(&threads);
	msleep(20);
	return IRQ_HANDLED;
}
static int other;

static void probe(void)
{
	fixed_flow = handle_level_irq;
	fixed_line(0);
	FACT(request_threaded_irq(40, h, t, IRQF_ONESHOT | IRQF_SHARED, "a", &hards));
	FACT(request_threaded_irq(40, h, t, IRQF_ONESHOT | IRQF_SHARED, "b", &other));
	FACT(request_threaded_irq(40, h, t, IRQF_SHARED, "c", &threads));
	fire(40, 1);
	FACT(desc_of(40)->threads_oneshot);
	FACT(irqd_irq_masked(irq_get_irq_data(40)));
	fire(40, 1);
	fire(40, 1);
	synchronize_irq(40);
	msleep(50);
	FACT(atomic_read(&hards));
	FACT(atomic_read(&threads));
	FACT(desc_of(40)->threads_oneshot);
	FACT(irqd_irq_masked(irq_get_irq_data(40)));
	free_irq(40, &hards);
	free_irq(40, &other);
	atomic_set(&hards, 0);
	atomic_set(&threads, 0);
	FACT(request_threaded_irq(41, h, t, 0, "d", &other));
	fire(41, 1);
	msleep(2);
	fire(41, 5);
	synchronize_irq(41);
	msleep(60);
	FACT(atomic_read(&hards));
	SAY("threads at least two: %d", atomic_read(&threads) >= 2);
	irq_wake_thread(41, &other);
	msleep(30);
	FACT(atomic_read(&threads));
	free_irq(41, &other);
}

static void leave(void)
{
	fixed_end();
}
