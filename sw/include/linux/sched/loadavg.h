/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SCHED_LOADAVG_H
#define _LINUX_SCHED_LOADAVG_H
#include <linux/sched.h>

#endif
