// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* First lines of files of /proc; sysctls of scheduling. */
// exec: 5ms head -n 1 /proc/interrupts
// exec: 6ms head -n 1 /proc/softirqs
// exec: 7ms cat /proc/sys/kernel/sched_rr_timeslice_ms
// exec: 8ms cat /proc/sys/kernel/sched_rt_period_us
// exec: 9ms cat /proc/sys/kernel/sched_rt_runtime_us
// exec: 12ms cat /proc/sys/kernel/ostype
// exec: 13ms cat /sys/devices/system/cpu/online
// exec: 14ms cat /sys/devices/system/cpu/possible
// exec: 15ms cat /sys/devices/system/cpu/offline
// exec: 16ms cat /sys/devices/system/cpu/cpu1/online
// exec: 17ms cat /sys/devices/system/cpu/kernel_max
// exec: 18ms cat /sys/devices/system/cpu/present
// exec: 19ms cat /sys/devices/system/cpu/isolated
// exec: 20ms cat /proc/sys/kernel/softlockup_panic
// exec: 21ms cat /proc/sys/kernel/watchdog_thresh
// exec: 22ms cat /proc/sys/kernel/hung_task_timeout_secs
// for: 25ms
#include "probe.h"

static void probe(void)
{
}

static void leave(void)
{
}
