// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* String functions. */
#include <linux/ctype.h>
#include "probe.h"

static void probe(void)
{
	char b[32] = "one,two,,three", *s = b, *t;
	static const char *const list[] = {"alpha", "beta", "gamma", NULL};

	while ((t = strsep(&s, ",")))
		SAY("[%s]", t);
	strscpy(b, "  padded \t\n", sizeof(b));
	SAY("[%s]", strim(b));
	SAY("[%s]", skip_spaces("  x "));
	FACT(match_string(list, -1, "beta"));
	FACT(match_string(list, 3, "none"));
	FACT(match_string(list, 1, "beta"));
	FACT(sysfs_streq("a\n", "a"));
	FACT(sysfs_streq("a", "b"));
	FACT(__sysfs_match_string(list, 3, "gamma\n"));
	FACT(strcmp("a", "b"));
	FACT(strncasecmp("ABC", "abd", 2));
	FACT(strcasecmp("a", "B"));
	FACT(memcmp("a", "c", 1));
	FACT(strnlen("abcdef", 3));
	FACT(strspn("aabc", "ab"));
	FACT(strcspn("hello", "l"));
	FACT(!!strnstr("hello", "llo", 4));
	FACT(!!strstr("hello", "llo"));
	FACT(strchrnul("abc", 'x') - "abc" >= 0);
	FACT(str_has_prefix("prefix-x", "prefix"));
	FACT(isalnum('_'));
	FACT(isxdigit('G'));
	FACT(isprint(0x80));
	FACT(toupper(0xe4));
	FACT(isspace(0xa0));
	strscpy(b, "abc", sizeof(b));
	SAY("[%s]", strreplace(b, 'b', 'x') ? b : "");
	SAY("[%s]", memchr_inv("aaab", 'a', 4) ? "found" : "none");
	{
		char hex[8];
		u8 bin[4] = {0xde, 0xad, 0xbe, 0xef};

		bin2hex(hex, bin, 4);
		SAY("%.8s", hex);
		SAY("%d %02x", hex2bin(bin, "12zz", 2), bin[0]);
		SAY("%d %d", hex_to_bin('f'), hex_to_bin('g'));
	}
}

static void leave(void)
{
}
