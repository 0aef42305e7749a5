/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _VDSO_LIMITS_H
#define _VDSO_LIMITS_H
#include <linux/limits.h>

#endif
