/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RATIONAL_H
#define _LINUX_RATIONAL_H

#include <linux/types.h>

__BEGIN_DECLS
/* The closest fraction whose numerator and denominator stay within the limits (continued fractions). */
void rational_best_approximation(unsigned long given_numerator, unsigned long given_denominator,
				 unsigned long max_numerator, unsigned long max_denominator,
				 unsigned long *best_numerator, unsigned long *best_denominator);
__END_DECLS

#endif
