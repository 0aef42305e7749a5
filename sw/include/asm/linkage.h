/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_LINKAGE_H
#define _ASM_LINKAGE_H
#include <linux/linkage.h>

#endif
