// SPDX-License-Identifier: Apache-2.0
// What spinlock.cpp and rwlock.cpp share.
#ifndef KERNEL_LOCKING_INTERNAL_H
#define KERNEL_LOCKING_INTERNAL_H

#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include <port/trace.h>

extern "C" void preempt_latency_start_caller(unsigned long caller);

// The lock functions are out of line, so the records name their callers.
static __always_inline void lock_preempt_disable(unsigned long caller) {
    __preempt_count_add(1);
    if (preempt_count() == 1)
        preempt_latency_start_caller(caller);
    barrier();
}

static __always_inline void lock_irq_disable(unsigned long caller) {
    raw_local_irq_disable();
    trace_hardirqs_off_caller(caller);
}

static __always_inline unsigned long lock_irq_save(unsigned long caller) {
    unsigned long flags = arch_local_irq_save();

    if (!arch_irqs_disabled_flags(flags))
        trace_hardirqs_off_caller(caller);
    return flags;
}

static __always_inline void lock_irq_enable(unsigned long caller) {
    trace_hardirqs_on_caller(caller);
    raw_local_irq_enable();
}

static __always_inline void lock_irq_restore(unsigned long flags, unsigned long caller) {
    if (!arch_irqs_disabled_flags(flags))
        trace_hardirqs_on_caller(caller);
    raw_local_irq_restore(flags);
}

#endif
