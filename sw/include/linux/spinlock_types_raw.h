/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SPINLOCK_TYPES_RAW_H
#define _LINUX_SPINLOCK_TYPES_RAW_H
#include <linux/spinlock_types.h>
#endif
