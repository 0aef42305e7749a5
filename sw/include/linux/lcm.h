/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_LCM_H
#define _LINUX_LCM_H
#include <linux/gcd.h>

#endif
