/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The preemption counter and what it says about the context (Linux's include/linux/preempt.h). The counts in
 * preempt_count, whose widths the observer shares: preempt_disable depth, softirq (one for serving, two for each
 * local_bh_disable), hardirq, NMI.
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/compiler.h>
#include <linux/thread_info.h>

#include "port/kernel.h"

#define PREEMPT_BITS PORT_PREEMPT_BITS
#define SOFTIRQ_BITS PORT_SOFTIRQ_BITS
#define HARDIRQ_BITS PORT_HARDIRQ_BITS
#define NMI_BITS PORT_NMI_BITS

#define PREEMPT_SHIFT 0
#define SOFTIRQ_SHIFT (PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT (SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT (HARDIRQ_SHIFT + HARDIRQ_BITS)

#define __IRQ_MASK(x) ((1UL << (x)) - 1)
#define PREEMPT_MASK (__IRQ_MASK(PREEMPT_BITS) << PREEMPT_SHIFT)
#define SOFTIRQ_MASK (__IRQ_MASK(SOFTIRQ_BITS) << SOFTIRQ_SHIFT)
#define HARDIRQ_MASK (__IRQ_MASK(HARDIRQ_BITS) << HARDIRQ_SHIFT)
#define NMI_MASK (__IRQ_MASK(NMI_BITS) << NMI_SHIFT)

#define PREEMPT_OFFSET (1UL << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET (1UL << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET (1UL << HARDIRQ_SHIFT)
#define NMI_OFFSET (1UL << NMI_SHIFT)
#define SOFTIRQ_DISABLE_OFFSET (2 * SOFTIRQ_OFFSET)

#define PREEMPT_DISABLED (PREEMPT_DISABLE_OFFSET)
#define PREEMPT_DISABLE_OFFSET PREEMPT_OFFSET
#define PREEMPT_LOCK_OFFSET PREEMPT_DISABLE_OFFSET
#define SOFTIRQ_LOCK_OFFSET (SOFTIRQ_DISABLE_OFFSET + PREEMPT_LOCK_OFFSET)
#define INIT_PREEMPT_COUNT PREEMPT_OFFSET
/* A new task starts inside schedule(): finish_task_switch() and the run-queue lock each hold one. */
#define FORK_PREEMPT_COUNT (2 * PREEMPT_DISABLE_OFFSET)

__BEGIN_DECLS
/* Called where the counter leaves and reaches 0 in a task: the preempt_off and preempt_on records. */
void preempt_latency_start(void);
void preempt_latency_stop(void);
/* The counter would fall below 0: WARNING, the counter stays. */
void preempt_count_underflow(int val);
/* Reschedules if preemption is dynamic-full and allowed. Any context. */
void __preempt_schedule(void);
#define preempt_schedule() __preempt_schedule()
void __preempt_schedule_notrace(void);
void migrate_disable(void);
void migrate_enable(void);
__END_DECLS

static __always_inline int preempt_count(void)
{
	return (int)READ_ONCE(current_thread_info()->preempt.count);
}

static __always_inline void preempt_count_set(u64 pc)
{
	WRITE_ONCE(current_thread_info()->preempt.count, (u32)pc);
}

static __always_inline void __preempt_count_add(int val)
{
	struct thread_info *ti = current_thread_info();

	WRITE_ONCE(ti->preempt.count, READ_ONCE(ti->preempt.count) + (u32)val);
}

static __always_inline void __preempt_count_sub(int val)
{
	struct thread_info *ti = current_thread_info();

	WRITE_ONCE(ti->preempt.count, READ_ONCE(ti->preempt.count) - (u32)val);
}

static __always_inline void set_preempt_need_resched(void)
{
	WRITE_ONCE(current_thread_info()->preempt.need_resched, 0);
}

static __always_inline void clear_preempt_need_resched(void)
{
	WRITE_ONCE(current_thread_info()->preempt.need_resched, 1);
}

static __always_inline bool test_preempt_need_resched(void)
{
	return !READ_ONCE(current_thread_info()->preempt.need_resched);
}

static __always_inline bool should_resched(int preempt_offset)
{
	return READ_ONCE(current_thread_info()->preempt_count) == (u64)preempt_offset;
}

static __always_inline void preempt_count_add(int val)
{
	__preempt_count_add(val);
	if (preempt_count() == val)
		preempt_latency_start();
}

static __always_inline void preempt_count_sub(int val)
{
	int count = preempt_count();

	if (unlikely(count < val)) {
		preempt_count_underflow(val);
		return;
	}
	if (count == val)
		preempt_latency_stop();
	__preempt_count_sub(val);
}

static __always_inline bool __preempt_count_dec_and_test(void)
{
	__preempt_count_sub(1);
	return should_resched(0);
}

static __always_inline bool preempt_count_dec_and_test(void)
{
	preempt_count_sub(1);
	return should_resched(0);
}

#define preempt_count_inc() preempt_count_add(1)
#define preempt_count_dec() preempt_count_sub(1)

#define nmi_count() (preempt_count() & NMI_MASK)
#define hardirq_count() (preempt_count() & HARDIRQ_MASK)
#define softirq_count() (preempt_count() & SOFTIRQ_MASK)
#define irq_count() (preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))

#define in_nmi() (nmi_count())
#define in_hardirq() (hardirq_count())
#define in_serving_softirq() (softirq_count() & SOFTIRQ_OFFSET)
#define in_task() (!(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
#define in_irq() (hardirq_count())
#define in_softirq() (softirq_count())
#define in_interrupt() (irq_count())
#define in_atomic() (preempt_count() != 0)
#define in_atomic_preempt_off() (preempt_count() != PREEMPT_DISABLE_OFFSET)
#define preemptible() (preempt_count() == 0 && !irqs_disabled())

/* 0: a task, 1: a softirq, 2: a hard interrupt, 3: an NMI. */
static __always_inline unsigned char interrupt_context_level(void)
{
	const int count = preempt_count();

	if (!(count & (NMI_MASK | HARDIRQ_MASK)))
		return (count & SOFTIRQ_OFFSET) != 0;
	return count & NMI_MASK ? 3 : 2;
}

/* What is between the two is kept between them by the compiler. `counted` counts, `last` says whether it is time to reschedule. */
#define __preempt_section_begin(counted)                                                                               \
	do {                                                                                                           \
		counted;                                                                                               \
		barrier();                                                                                             \
	} while (0)
#define __preempt_section_end(last, reschedule)                                                                        \
	do {                                                                                                           \
		barrier();                                                                                             \
		if (unlikely(last))                                                                                    \
			reschedule;                                                                                    \
	} while (0)

#define preempt_disable() __preempt_section_begin(preempt_count_inc())
#define preempt_enable() __preempt_section_end(preempt_count_dec_and_test(), __preempt_schedule())
#define preempt_check_resched() __preempt_section_end(should_resched(0), __preempt_schedule())
#define preempt_disable_notrace() __preempt_section_begin(__preempt_count_add(1))
#define preempt_enable_notrace() __preempt_section_end(__preempt_count_dec_and_test(), __preempt_schedule_notrace())
#define sched_preempt_enable_no_resched() __preempt_section_end(({ preempt_count_dec(); 0; }), (void)0)
#define preempt_enable_no_resched_notrace() __preempt_section_end(({ __preempt_count_sub(1); 0; }), (void)0)
#define preempt_enable_no_resched() sched_preempt_enable_no_resched()
#ifdef MODULE /* a module leaves no reschedule behind */
#undef sched_preempt_enable_no_resched
#undef preempt_enable_no_resched
#undef preempt_enable_no_resched_notrace
#undef preempt_check_resched
#endif

/* The scheduler calls this where another CPU or an interrupt may have set TIF_NEED_RESCHED for this task. */
#define preempt_fold_need_resched()                                                                                    \
	__preempt_section_end(tif_need_resched(), set_preempt_need_resched())

#define preempt_disable_nested() do { } while (0)
#define preempt_enable_nested() do { } while (0)

#endif
