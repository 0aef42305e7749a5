/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _UAPI_LINUX_SCHED_TYPES_H
#define _UAPI_LINUX_SCHED_TYPES_H
#include <linux/sched.h>
#endif
