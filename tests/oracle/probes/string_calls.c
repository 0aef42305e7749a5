// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Functions for strings that others left out. */
#include "probe.h"

#include <linux/ctype.h>
#include <linux/string_helpers.h>

static void probe(void)
{
	static const char *const table[] = {"alpha", "beta", "gamma", NULL};
	char text[32] = "  hello world  ", copy[8], escaped[64];
	char numbers[] = "1 2  3", *at = numbers, *p;
	int i;

	SAY("'%s' '%s'", skip_spaces(text), strim(text));
	strcpy(text, "a.b.c");
	FACT(strreplace(text, '.', '-') != NULL);
	SAY("%s", text);
	FACT(strscpy(copy, "abcdefghij", sizeof(copy)));
	SAY("%s", copy);
	FACT(strscpy(copy, "abc", 0));
	FACT(strscpy_pad(copy, "ab", sizeof(copy)));
	FACT(copy[7]);
	FACT(strlcpy(copy, "abcdefghij", sizeof(copy)));
	FACT(strlcat(copy, "xyz", sizeof(copy)));
	FACT(strncpy(copy, "ab", 4) == copy);
	FACT(strnlen("abc", 2));
	FACT(strspn("aabbc", "ab"));
	FACT(strcspn("aabbc", "c"));
	FACT(strpbrk("hello", "xl") != NULL);
	FACT(strnstr("hello", "lo", 4) != NULL);
	FACT(strnchr("hello", 3, 'l') != NULL);
	FACT(*strchrnul("hello", 'z'));
	FACT(strrchr("hello", 'l') - (char *)"hello" > 0);
	FACT(strcasecmp("HeLLo", "hEllO"));
	FACT(strncasecmp("HeLLo", "hEx", 2));
	FACT(strcmp("a", "b"));
	FACT(strncmp("ab", "ac", 1));
	FACT(memcmp("a", "c", 1) < 0);
	FACT(memscan("abc", 'b', 3) == NULL);
	FACT(sysfs_streq("abc\n", "abc"));
	FACT(sysfs_streq("abc\n\n", "abc"));
	FACT(match_string(table, -1, "beta"));
	FACT(match_string(table, 1, "beta"));
	FACT(match_string(table, 3, "delta"));
	FACT(sysfs_match_string(table, "gamma\n"));
	FACT(__sysfs_match_string(table, 2, "gamma\n"));
	FACT(str_has_prefix("prefixed", "pre"));
	FACT(strstarts("prefixed", "fix"));
	FACT(kbasename("/a/b/c") != NULL);
	SAY("%s %s %s", kbasename("/a/b/c"), kbasename("c"), kbasename("a/"));
	while ((p = strsep(&at, " ")))
		SAY("part '%s'", p);
	FACT(string_escape_mem("a\nb\x01\"", 6, escaped, sizeof(escaped), ESCAPE_ANY, NULL));
	escaped[string_escape_mem("a\nb\x01\"", 5, escaped, sizeof(escaped), ESCAPE_ANY, NULL)] = 0;
	SAY("%s", escaped);
	escaped[string_escape_mem("a b", 3, escaped, sizeof(escaped), ESCAPE_HEX, " ")] = 0;
	SAY("%s", escaped);
	strcpy(text, "a\\n\\x41\\101\\q");
	FACT(string_unescape_inplace(text, UNESCAPE_ANY));
	SAY("%s", text);
	memset(copy, 'x', 8);
	FACT(memchr_inv(copy, 'x', 8) == NULL);
	memset16((u16 *)copy, 0x4142, 2);
	memset32((u32 *)copy, 0x41424344, 1);
	SAY("%.4s", copy);
	string_upper(text, "aBc");
	SAY("%s", text);
	SAY("%s", text);
	SAY("%s %s %s", str_yes_no(true), str_on_off(false), str_enabled_disabled(true));
	FACT(bcmp("a", "b", 1) != 0);
	FACT(argv_split(GFP_KERNEL, " a  b c ", &i) != NULL);
	FACT(i);
	strcpy(text, "abc");
	memcpy_and_pad(copy, 6, text, 3, '-');
	SAY("%.6s", copy);
}

static void leave(void)
{
}
