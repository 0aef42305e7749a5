// SPDX-License-Identifier: Apache-2.0
// Blocks that the back end joins, copies and drops: conditional comparisons, comparisons of a switch on several ways,
// latches that become part of what leads to them.
#include "bench.h"

struct slot {
	u32 key, value;
};
static struct slot open_table[128];
PREPARE(open_addressing)
{
}
MEASURE(open_addressing)
{
	u64 probes = 0;
	for (u32 i = 1; i < 90; i++) {
		u32 key = i * 7919, at = key * 2654435761u >> 25;
		while (open_table[at].key && open_table[at].key != key) {
			at = (at + 1) & 127;
			probes++;
		}
		open_table[at].key = key;
		open_table[at].value = i;
	}
	return probes;
}

static char source[1024];
static void put(const char *s)
{
	int i = 0;
	while (i + 1 < 1024) {
		const char *p = s;
		while (*p && i + 1 < 1024)
			source[i++] = *p++;
	}
	source[400] = 0;
}

PREPARE(word_count)
{
	put("a driver asks for its interrupt,  and waits\n\tfor the edge\n");
}
MEASURE(word_count)
{
	u64 lines = 0, words = 0, inside = 0;
	for (const char *p = source; *p; p++) {
		if (*p == '\n')
			lines++;
		int space = *p == ' ' || (*p >= '\t' && *p <= '\r');
		if (space)
			inside = 0;
		else if (!inside) {
			inside = 1;
			words++;
		}
	}
	return words * 100 + lines;
}

PREPARE(strtol_bases)
{
}
static noinline long parse_long(const char *s, int base)
{
	long v = 0;
	int negative = 0;
	while (*s == ' ' || *s == '\t')
		s++;
	if (*s == '-' || *s == '+')
		negative = *s++ == '-';
	if (base == 0) {
		base = 10;
		if (*s == '0') {
			base = 8;
			if ((s[1] | 32) == 'x')
				base = 16, s += 2;
		}
	}
	for (;; s++) {
		int d;
		if (*s >= '0' && *s <= '9')
			d = *s - '0';
		else if ((*s | 32) >= 'a' && (*s | 32) <= 'z')
			d = (*s | 32) - 'a' + 10;
		else
			break;
		if (d >= base)
			break;
		if (__builtin_mul_overflow(v, base, &v) || __builtin_add_overflow(v, d, &v))
			return 0x7fffffffffffffff;
	}
	return negative ? -v : v;
}
MEASURE(strtol_bases)
{
	static const char *const t[] = {"42", "  -1234567", "0x7fE3", "0777", "99999999999999999999999",
					"zz", "+8 apples"};
	u64 sum = 0;
	for (int i = 0; i < 7; i++)
		sum = sum * 5 + parse_long(t[i], 0);
	return sum + parse_long("zz", 36);
}

static u8 bytes[512];
PREPARE(moving_median)
{
	u32 s = 2024;
	for (int i = 0; i < 512; i++)
		bytes[i] = SEQUENCE(s) >> 24;
}
MEASURE(moving_median)
{
	u64 sum = 0;
	for (int i = 2; i < 250; i++) {
		u8 a = bytes[i - 2], b = bytes[i - 1], c = bytes[i];
		u8 lo = a < b ? a : b, hi = a < b ? b : a;
		sum += c < lo ? lo : c > hi ? hi : c;
	}
	return sum;
}
