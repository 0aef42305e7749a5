/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_BUG_H
#define _ASM_BUG_H
#include <linux/bug.h>
#endif
