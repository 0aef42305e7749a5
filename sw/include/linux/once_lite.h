/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_ONCE_LITE_H
#define _LINUX_ONCE_LITE_H
#include <linux/once.h>
#endif
