/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a freestanding compiler may call in a bare program without being asked (C11 4p6 and its own promises). A program
 * that brings its own wins: these are weak.
 */
#include <stddef.h>

__attribute__((weak)) void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	while (n--)
		*t++ = *f++;
	return to;
}

__attribute__((weak)) void *memmove(void *to, const void *from, size_t n)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	if (t < f)
		while (n--)
			*t++ = *f++;
	else
		while (n--)
			t[n] = f[n];
	return to;
}

__attribute__((weak)) void *memset(void *to, int value, size_t n)
{
	unsigned char *t = to;

	while (n--)
		*t++ = (unsigned char)value;
	return to;
}

__attribute__((weak)) int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (; n; --n, ++x, ++y)
		if (*x != *y)
			return *x < *y ? -1 : 1;
	return 0;
}
