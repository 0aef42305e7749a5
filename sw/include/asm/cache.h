/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_CACHE_H
#define _ASM_CACHE_H
#include <linux/cache.h>
#endif
