/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_UNALIGNED_H
#define _LINUX_UNALIGNED_H
#include <asm/unaligned.h>

#endif
