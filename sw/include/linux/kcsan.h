/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_KCSAN_H
#define _LINUX_KCSAN_H
#include <linux/kcsan-checks.h>
#define kcsan_init() ((void)0)
#endif
