// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kstrto* and simple_strto*: values and errors. */
#include "probe.h"

static void probe(void)
{
	static const char *const texts[] = {"0",
					    "42",
					    "-42",
					    "+42",
					    " 42",
					    "42 ",
					    "42\n",
					    "42\n\n",
					    "0x2a",
					    "0X2A",
					    "052",
					    "08",
					    "",
					    "-",
					    "x",
					    "4294967295",
					    "4294967296",
					    "-2147483648",
					    "-2147483649",
					    "18446744073709551615",
					    "18446744073709551616",
					    "9223372036854775808",
					    "1_0",
					    "0x",
					    "0b1",
					    "y",
					    "N",
					    "on",
					    "off",
					    "of",
					    "1",
					    "true",
					    "T",
					    "enable"};
	int i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		int n = 0, e1, e2, e3, e4, e5, e6;
		unsigned int u = 0;
		long long ll = 0;
		unsigned long long ull = 0;
		u8 b = 0;
		s16 h = 0;
		bool flag = false;

		e1 = kstrtoint(texts[i], 0, &n);
		e2 = kstrtouint(texts[i], 10, &u);
		e3 = kstrtoll(texts[i], 16, &ll);
		e4 = kstrtoull(texts[i], 0, &ull);
		e5 = kstrtou8(texts[i], 0, &b);
		e6 = kstrtobool(texts[i], &flag);
		SAY("%d: int %d %d uint %d %u ll16 %d %lld ull %d %llu u8 %d %u bool %d %d s16 %d %d", i, e1, n, e2, u,
		    e3, ll, e4, ull, e5, b, e6, flag, kstrtos16(texts[i], 0, &h), h);
	}
	{
		char *end;
		const char *t = "0x1fz";

		SAY("simple %lx %s", simple_strtoul(t, &end, 0), end);
		SAY("simple %ld %s", simple_strtol("-12k", &end, 10), end);
		SAY("memparse %llu %s", memparse("4Kx", &end), end);
		SAY("memparse %llu %s", memparse("2M", &end), end);
		SAY("memparse %llu %s", memparse("1G1", &end), end);
	}
}

static void leave(void)
{
}
