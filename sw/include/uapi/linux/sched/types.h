/* SPDX-License-Identifier: Apache-2.0 */
/* A policy with all that belongs to it (Linux's include/uapi/linux/sched/types.h). */
#ifndef _UAPI_LINUX_SCHED_TYPES_H
#define _UAPI_LINUX_SCHED_TYPES_H
#include <linux/sched.h>
#include <linux/sched/rt.h>

#define SCHED_ATTR_SIZE_VER0 48
#define SCHED_ATTR_SIZE_VER1 56

struct sched_attr {
    u32 size;
    u32 sched_policy;
    u64 sched_flags;
    s32 sched_nice;     /* of SCHED_NORMAL and SCHED_BATCH */
    u32 sched_priority; /* of SCHED_FIFO and SCHED_RR */
    u64 sched_runtime;  /* of SCHED_DEADLINE, as are the next two: ns */
    u64 sched_deadline;
    u64 sched_period;
    u32 sched_util_min;
    u32 sched_util_max;
};
#endif
