// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* More of string.h and kernel.h. */
#include "probe.h"
#include <linux/ctype.h>
#include <linux/string.h>

static void probe(void)
{
	static const char *const names[] = {"off", "on", "auto", NULL};
	char b[16], *s, *p;
	char **argv;
	int argc;

	FACT(strscpy(b, "exactly fifteen", sizeof(b)));
	FACT(strscpy(b, "longer than sixteen", sizeof(b)));
	SAY("[%s]", b);
	FACT(strscpy(b, "x", 0));
	memset(b, 'z', sizeof(b));
	FACT(strscpy_pad(b, "ab", sizeof(b)));
	FACT(b[15]);
	FACT(strlcpy(b, "longer than sixteen", 5));
	SAY("[%s]", b);
	FACT(strlcat(b, "more", sizeof(b)));
	SAY("[%s]", b);
	FACT(match_string(names, 3, "auto"));
	FACT(match_string(names, -1, "none"));
	FACT(__sysfs_match_string(names, 3, "on\n"));
	FACT(sysfs_match_string(((const char *const[]){"a", "b"}), "c"));
	FACT(sysfs_streq("a", "a\n"));
	FACT(sysfs_streq("a\n", "a"));
	FACT(sysfs_streq("a\n\n", "a"));
	FACT(sysfs_streq("a\n", "a\n"));
	strcpy(b, "a-b-c");
	strreplace(b, '-', '_');
	SAY("[%s]", b);
	FACT(strnchr("abc", 2, 'c') == NULL);
	FACT(strnstr("hello", "lo", 4) == NULL);
	SAY("[%s]", strchrnul("abc", 'x'));
	SAY("[%s]", strrchr("a/b/c", '/'));
	SAY("[%s]", kbasename("/a/b"));
	SAY("[%s]", kbasename("a/"));
	SAY("[%s]", skip_spaces(" \t x "));
	strcpy(b, "  trim me \n");
	SAY("[%s]", strim(b));
	strcpy(b, "a,,b");
	s = b;
	while ((p = strsep(&s, ",")))
		SAY("sep [%s]", p);
	FACT(strcspn("hello", "lo"));
	FACT(strspn("hello", "leh"));
	SAY("%s", strpbrk("hello", "ol"));
	FACT(strncasecmp("ABC", "abd", 2));
	FACT(strcasecmp("ABC", "abd") < 0);
	FACT(str_has_prefix("prefix", "pre"));
	FACT(str_has_prefix("pre", "prefix"));
	FACT(strstarts("prefix", "pre"));
	FACT(memchr_inv("aaab", 'a', 4) != NULL);
	FACT(memchr_inv("aaaa", 'a', 4) == NULL);
	FACT(memcmp("a", "b", 1) < 0);
	FACT(strnlen("abc", 2));
	argv = argv_split(GFP_KERNEL, " a  bc d ", &argc);
	SAY("%d [%s] [%s] [%s] %d", argc, argv[0], argv[1], argv[2], argv[3] == NULL);
	argv_free(argv);
	SAY("%s", s = kasprintf(GFP_KERNEL, "%d-%s", 5, "x"));
	kfree(s);
	SAY("%s", s = kstrndup("hello", 3, GFP_KERNEL));
	kfree(s);
	SAY("%s", s = kmemdup_nul("hello", 2, GFP_KERNEL));
	kfree(s);
	FACT(kstrdup(NULL, GFP_KERNEL) == NULL);
	FACT(simple_strtoul("0x1fz", &s, 0));
	SAY("%s", s);
	FACT(simple_strtol("-08", &s, 0));
	SAY("%s", s);
	FACT(simple_strtoull("0778", NULL, 0));
	FACT(memparse("4k", &s));
	FACT(memparse("1M2", &s));
	SAY("%s", s);
	FACT(memparse("0x10G", NULL));
	FACT(hex_to_bin('f'));
	FACT(hex_to_bin('g'));
	FACT(hex2bin((u8 *)b, "12ab", 2));
	FACT((u8)b[1]);
	FACT(hex2bin((u8 *)b, "1x", 1));
	*bin2hex(b, "\x01\xfe", 2) = 0;
	SAY("%s", b);
	FACT(isalnum('_'));
	FACT(isxdigit('F'));
	FACT(toupper('z'));
	FACT(tolower('Z'));
	FACT(isprint(0x7f));
	FACT(iscntrl(0x7f));
	FACT(ispunct('_'));
}

static void leave(void)
{
}
