/* SPDX-License-Identifier: Apache-2.0 */
/*
 * udelay(us), ndelay(ns). A constant of 20 ms or more does not link: sleep, or use mdelay().
 */
#ifndef __ASM_GENERIC_DELAY_H
#define __ASM_GENERIC_DELAY_H

#include <linux/compiler.h>

__BEGIN_DECLS
void __bad_udelay(void); /* defined nowhere */
void __bad_ndelay(void); /* defined nowhere */
void __udelay(unsigned long usecs);
void __ndelay(unsigned long nsecs);
void __delay(unsigned long cycles); /* of the 24 MHz counter */
__END_DECLS

#define udelay(n)                                                                                                      \
	((__builtin_constant_p(n) && (n) / 20000 >= 1) ? __bad_udelay() : __udelay((unsigned long)(n)))
#define ndelay(n)                                                                                                      \
	((__builtin_constant_p(n) && (n) / 20000 >= 1) ? __bad_ndelay() : __ndelay((unsigned long)(n)))

#endif
