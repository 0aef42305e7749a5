/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _VDSO_BITS_H
#define _VDSO_BITS_H
#include <linux/bits.h>

#endif
