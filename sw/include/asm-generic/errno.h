/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_GENERIC_ERRNO_H
#define _ASM_GENERIC_ERRNO_H
#include <asm/errno.h>
#endif
