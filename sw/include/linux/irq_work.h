/* SPDX-License-Identifier: Apache-2.0 */
/* A function call from any context, even NMI, into hard interrupt context (Linux's include/linux/irq_work.h). */
#ifndef _LINUX_IRQ_WORK_H
#define _LINUX_IRQ_WORK_H

#include <linux/atomic.h>
#include <linux/smp_types.h>
#include <linux/types.h>

struct irq_work {
	struct __call_single_node node;
	void (*func)(struct irq_work *work);
	void *waiter; /* of irq_work_sync() */
};

/* A value: it initialises, and can be assigned. */
#ifdef __cplusplus
#define __IRQ_WORK_INIT(_func, _flags) (irq_work{ { { NULL }, { (_flags) }, 0, 0 }, (_func), NULL })
#else
#define __IRQ_WORK_INIT(_func, _flags) (struct irq_work){ { { NULL }, { (_flags) }, 0, 0 }, (_func), NULL }
#endif
#define IRQ_WORK_INIT(_func) __IRQ_WORK_INIT(_func, 0)
#define IRQ_WORK_INIT_LAZY(_func) __IRQ_WORK_INIT(_func, IRQ_WORK_LAZY)
#define IRQ_WORK_INIT_HARD(_func) __IRQ_WORK_INIT(_func, IRQ_WORK_HARD_IRQ)
#define DEFINE_IRQ_WORK(name, _f) struct irq_work name = IRQ_WORK_INIT(_f)

static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *))
{
	struct irq_work init = IRQ_WORK_INIT(func);

	*work = init;
}

static inline bool irq_work_is_pending(struct irq_work *work)
{
	return (atomic_read(&work->node.a_flags) & IRQ_WORK_PENDING) != 0;
}

static inline bool irq_work_is_busy(struct irq_work *work)
{
	return (atomic_read(&work->node.a_flags) & IRQ_WORK_BUSY) != 0;
}

static inline bool irq_work_is_hard(struct irq_work *work)
{
	return (atomic_read(&work->node.a_flags) & IRQ_WORK_HARD_IRQ) != 0;
}

__BEGIN_DECLS
/* Any context. False: it was queued already. */
bool irq_work_queue(struct irq_work *work);
bool irq_work_queue_on(struct irq_work *work, int cpu);
/* Waits until the function has returned. */
void irq_work_sync(struct irq_work *work);
/* From the IPI and the tick, I masked. */
void irq_work_run(void);
void irq_work_tick(void);
bool irq_work_needs_cpu(void);
void irq_work_single(void *arg);
__END_DECLS

#endif
