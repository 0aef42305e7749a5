// SPDX-License-Identifier: Apache-2.0
// Failures on demand (Linux: lib/fault-inject.c, mm/failslab.c), so that error paths are walked.
#ifndef KERNEL_FAULT_INJECT_H
#define KERNEL_FAULT_INJECT_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

enum fault_point : unsigned {
    FAULT_kmalloc,
    FAULT_request_irq,
    FAULT_alloc_workqueue,
    FAULT_create_worker,
    FAULT_wakeup,
    FAULT_POINTS
};

extern unsigned faults_armed; // one bit a point
bool fault_is_due(fault_point point);

// Whether this call is to fail: any context, any CPU. Calls that no module is the cause of never fail, workers apart.
static inline bool should_fail(fault_point point) {
    return unlikely(faults_armed & 1u << point) && fault_is_due(point);
}

// True: the task will be woken, but later.
bool fault_delays_wakeup(task_struct *task);

#endif
