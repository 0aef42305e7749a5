// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

static const char line[] = "irq=47 cpu=0x3 name=button-work mask=00f0,00ff delay=-1250 state=pending,disabled\n";
static char buffer[512];
static volatile int zero;

static inline int is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline int is_hex(char c)
{
	return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

PREPARE(string_length)
{
	for (int i = 0; i < 300; i++)
		buffer[i] = 'a' + i % 26;
	buffer[300] = 0;
}
MEASURE(string_length)
{
	const char *s = buffer;

	while (*s)
		s++;
	return s - buffer;
}

PREPARE(string_compare)
{
	for (int i = 0; i < 200; i++)
		buffer[i] = buffer[256 + i] = 'a' + i % 26;
	buffer[199] = 'z';
}
MEASURE(string_compare)
{
	const u8 *a = (const u8 *)buffer, *b = (const u8 *)buffer + 256;

	for (;; a++, b++) {
		if (*a != *b)
			return *a < *b ? -1 : 1;
		if (!*a)
			return 0;
	}
}

PREPARE(string_copy)
{
	for (int i = 0; i < 200; i++)
		buffer[i] = 'b';
	buffer[200] = 0;
}
MEASURE(string_copy)
{
	size_t i;

	for (i = 0; i < 255 && buffer[i]; i++)
		buffer[256 + i] = buffer[i];
	buffer[256 + i] = 0;
	return i;
}

PREPARE(parse_fields)
{
}
MEASURE(parse_fields)
{
	u64 sum = 0;
	const char *p = line;

	while (*p && *p != '\n') {
		u64 v = 0;
		int minus = 0;

		while (*p && *p != '=')
			p++;
		if (*p)
			p++;
		if (*p == '-') {
			minus = 1;
			p++;
		}
		if (p[0] == '0' && (p[1] | 32) == 'x') {
			for (p += 2; is_hex(*p); p++)
				v = v * 16 + (is_digit(*p) ? *p - '0' : (*p | 32) - 'a' + 10);
		} else {
			while (is_digit(*p))
				v = v * 10 + (*p++ - '0');
		}
		sum += minus ? -v : v;
		while (*p && *p != ' ' && *p != '\n')
			p++;
	}
	return sum;
}

static noinline char *put_number(char *out, u64 value, unsigned base)
{
	char digits[24];
	int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	while (n)
		*out++ = digits[--n];
	return out;
}

PREPARE(format_numbers)
{
}
MEASURE(format_numbers)
{
	char *out = buffer;

	for (u64 i = 1; i < 40; i++) {
		out = put_number(out, i * 7919, i & 1 ? 10 : 16);
		*out++ = ' ';
		if (out > buffer + 400)
			out = buffer;
	}
	return out - buffer;
}

PREPARE(tokenise)
{
}
MEASURE(tokenise)
{
	enum { space, word, number, sign } state = space;
	u64 counts[4] = {0};

	for (const char *p = line; *p; p++) {
		int next;

		if (*p == ' ' || *p == ',' || *p == '\n')
			next = space;
		else if (is_digit(*p))
			next = state == word ? word : number;
		else if (*p == '=' || *p == '-')
			next = sign;
		else
			next = word;
		if (next != (int)state)
			counts[next]++;
		state = next;
	}
	return counts[0] + counts[1] * 10 + counts[2] * 100 + counts[3] * 1000;
}

static inline int glob(const char *p, const char *s)
{
	const char *star = 0, *back = 0;

	while (*s) {
		if (*p == '*') {
			star = p++;
			back = s;
		} else if (*p == '?' || *p == *s) {
			p++;
			s++;
		} else if (star) {
			p = star + 1;
			s = ++back;
		} else {
			return 0;
		}
	}
	while (*p == '*')
		p++;
	return !*p;
}

PREPARE(glob_match)
{
}
MEASURE(glob_match)
{
	return glob("irq=*cpu=??3*state=*,dis*d\n", line) + 2 * glob("*x", line) + 4 * glob("*-work*\n", line) + zero;
}
