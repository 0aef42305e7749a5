/* SPDX-License-Identifier: Apache-2.0 */
/* Tracing and stopping of programs, of which there are none: values for files of Linux that name them. */
#ifndef _LINUX_SCHED_JOBCTL_H
#define _LINUX_SCHED_JOBCTL_H

#define JOBCTL_STOP_PENDING (1UL << 17)
#define JOBCTL_STOP_CONSUME (1UL << 18)
#define JOBCTL_TRAP_STOP    (1UL << 19)
#define JOBCTL_TRAP_NOTIFY  (1UL << 20)

#endif
