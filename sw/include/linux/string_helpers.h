/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_STRING_HELPERS_H
#define _LINUX_STRING_HELPERS_H
#include <linux/ctype.h>
#include <linux/string.h>
#endif
