// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_IRQ_IN_PROGRESS_H
#define KERNEL_IRQ_IN_PROGRESS_H

// Whether the handlers that this CPU runs would run in a thread if all that can did (threadirqs, PREEMPT_RT). In hard
// interrupt context. handle.cpp
bool irq_in_progress_may_be_threaded();

#endif
