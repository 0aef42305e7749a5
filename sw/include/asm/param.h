/* SPDX-License-Identifier: Apache-2.0 */
/* The frequency of the tick, and of clock_t (Linux: asm-generic/param.h). */
#ifndef _ASM_PARAM_H
#define _ASM_PARAM_H

#define HZ	CONFIG_HZ
#define USER_HZ	100
#define CLOCKS_PER_SEC USER_HZ

#endif
