/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#include <linux/compiler.h>

/* Latin-1, as the kernel has it: a byte above 0x9f is a letter, or a mark (0xa0 is a space, 0xd7 and 0xf7 are signs). */
static inline int isdigit(int c)
{
	return c >= '0' && c <= '9';
}

static inline int isupper(int c)
{
	c &= 0xff;
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

static inline int islower(int c)
{
	c &= 0xff;
	return (c >= 'a' && c <= 'z') || (c >= 0xdf && c != 0xf7);
}

static inline int isalpha(int c)
{
	return isupper(c) || islower(c);
}

static inline int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

static inline int isxdigit(int c)
{
	return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline int isspace(int c)
{
	c &= 0xff;
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
}

static inline int isprint(int c)
{
	c &= 0xff;
	return (c >= 0x20 && c < 0x7f) || c >= 0xa0;
}

static inline int isgraph(int c)
{
	c &= 0xff;
	return (c > 0x20 && c < 0x7f) || c > 0xa0;
}

static inline int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

static inline int iscntrl(int c)
{
	c &= 0xff;
	return c < 0x20 || c == 0x7f;
}

static inline int isascii(int c)
{
	return (c & ~0x7f) == 0;
}

static inline int toascii(int c)
{
	return c & 0x7f;
}

static inline int isodigit(int c)
{
	return c >= '0' && c <= '7';
}

static inline char tolower(int c)
{
	return (char)(isupper(c) ? c + 32 : c);
}

static inline char toupper(int c)
{
	return (char)(islower(c) ? c - 32 : c);
}

#define _tolower(c) ((char)((c) | 0x20))

#endif
