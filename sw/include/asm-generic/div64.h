/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_GENERIC_DIV64_H
#define _ASM_GENERIC_DIV64_H
#include <asm/div64.h>

#endif
