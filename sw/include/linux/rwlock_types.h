/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RWLOCK_TYPES_H
#define _LINUX_RWLOCK_TYPES_H
#include <linux/spinlock_types.h>
#endif
