// SPDX-License-Identifier: Apache-2.0
// What the files of kernel/softirq share, and what the module loader asks of them.
#ifndef KERNEL_SOFTIRQ_SOFTIRQ_H
#define KERNEL_SOFTIRQ_SOFTIRQ_H

#include <linux/interrupt.h>

// tasklet.cpp: opens the two softirqs. takeover: the tasklets of a CPU that has gone down continue here.
void tasklet_softirq_init();
int tasklet_takeover(unsigned cpu);

// The tasklet that left another preempt count behind than it found: what the report about its softirq names.
extern const void *softirq_culprit;

// How many vectors /proc shows: TEST_SOFTIRQ, which Linux does not have, only while somebody has opened it.
unsigned softirqs_shown();

// Closes the vectors whose functions lie within [base, base + size): the module there is going away. May sleep; no
// softirq of it runs any more when this returns.
void softirq_close_range(const void *base, size_t size);

#endif
