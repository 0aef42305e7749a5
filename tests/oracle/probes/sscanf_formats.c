// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* sscanf. */
#include "probe.h"

static void probe(void)
{
	int a = -9, b = -9, n = -9;
	unsigned int x = 9;
	long long ll = 0;
	char s[16] = "", t[16] = "", c = '-';
	unsigned char hh = 0;

#define TRY(text, format, ...) SAY("%s | %s: %d", text, format, sscanf(text, format, ##__VA_ARGS__))
	TRY("12 34", "%d %d", &a, &b);
	FACT(a);
	FACT(b);
	TRY("0xA7", "%2x%x", &a, &b);
	FACT(a);
	FACT(b);
	TRY("0x1f", "%i", &a);
	FACT(a);
	TRY("017", "%i", &a);
	FACT(a);
	TRY("abc def", "%s %s", s, t);
	SAY("[%s] [%s]", s, t);
	TRY("abcdef", "%3s%s", s, t);
	SAY("[%s] [%s]", s, t);
	TRY("12abc", "%d%n%s", &a, &n, s);
	FACT(n);
	SAY("[%s]", s);
	TRY("", "%d", &a);
	TRY("x", "%d", &a);
	TRY("5,6", "%d,%d", &a, &b);
	FACT(b);
	TRY("5;6", "%d,%d", &a, &b);
	TRY("300", "%hhu", &hh);
	FACT(hh);
	TRY("-5", "%u", &x);
	FACT(x);
	TRY("-5", "%lld", &ll);
	FACT(ll);
	TRY("abc", "%c", &c);
	FACT(c);
	TRY("abc123", "%[a-z]%d", s, &a);
	SAY("[%s]", s);
	TRY("abc123", "%6[abc]", s);
	SAY("[%s]", s);
	TRY("abc123", "%6[^0-9]", s);
	SAY("[%s]", s);
	TRY("7 8", "%*d %d", &a);
	FACT(a);
	TRY("%5", "%%%d", &a);
	FACT(a);
	TRY("deadbeef", "%4x", &x);
	FACT(x);
	TRY("99999999999", "%d", &a);
	TRY(" 3", "%1d", &a);
	FACT(a);
}

static void leave(void)
{
}
