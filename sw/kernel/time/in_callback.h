// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_TIME_IN_CALLBACK_H
#define KERNEL_TIME_IN_CALLBACK_H

struct hrtimer;
// The timer whose callback this CPU runs in hard interrupt context; null: none. hrtimer.cpp
const hrtimer *hrtimer_in_callback();

#endif
