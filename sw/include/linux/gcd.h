/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_GCD_H
#define _LINUX_GCD_H

#include <linux/types.h>

__BEGIN_DECLS
unsigned long gcd(unsigned long a, unsigned long b);
unsigned long lcm(unsigned long a, unsigned long b);
unsigned long lcm_not_zero(unsigned long a, unsigned long b);
__END_DECLS

#endif
