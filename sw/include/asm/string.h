/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_STRING_H
#define _ASM_STRING_H
#include <linux/string.h>

#endif
