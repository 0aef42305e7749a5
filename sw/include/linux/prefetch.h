/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_PREFETCH_H
#define _LINUX_PREFETCH_H
#include <asm/processor.h>

#endif
