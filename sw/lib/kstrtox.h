// SPDX-License-Identifier: Apache-2.0
#ifndef LIB_KSTRTOX_H
#define LIB_KSTRTOX_H

#include <linux/types.h>

// What follows 0x (for base 16, or 0, which is replaced by the base that the text shows).
const char *parse_integer_prefix(const char *s, unsigned int *base);
// Digits only. The number of them; *overflow is set to true, never to false, when the value is not the whole one.
size_t parse_integer(const char *s, unsigned int base, size_t max_chars, unsigned long long *result, bool *overflow);

#endif
