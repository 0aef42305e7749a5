/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_GENERIC_RWONCE_H
#define _ASM_GENERIC_RWONCE_H
#include <asm/rwonce.h>
#endif
