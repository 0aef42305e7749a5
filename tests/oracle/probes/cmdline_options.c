// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* get_option, get_options, parse and match of options. */
#include "probe.h"
#include <linux/parser.h>

static void one(const char *text)
{
	char copy[32], *s = copy;
	int v = 99, r;

	strscpy(copy, text, sizeof(copy));
	r = get_option(&s, &v);
	SAY("get_option [%s]: %d value %d left [%s]", text, r, v, s);
}

static void many(const char *text)
{
	int ints[6] = {0};
	char *end = get_options(text, 6, ints);

	SAY("get_options [%s]: %d: %d %d %d %d %d left [%s]", text, ints[0], ints[1], ints[2], ints[3], ints[4],
	    ints[5], end);
	ints[0] = 0;
	get_options(text, 0, ints);
	SAY("counted %d", ints[0]);
}

static const match_table_t table = {{1, "size=%u"}, {2, "name=%s"}, {3, "mode=%o"},
				    {4, "x=%x"},    {5, "plain"},   {0, NULL}};

static void token(const char *text)
{
	char copy[32];
	substring_t args[MAX_OPT_ARGS];
	int t, n = -1, r = 0;

	strscpy(copy, text, sizeof(copy));
	t = match_token(copy, table, args);
	if (t == 1)
		r = match_int(&args[0], &n);
	if (t == 3)
		r = match_octal(&args[0], &n);
	if (t == 4)
		r = match_hex(&args[0], &n);
	SAY("match [%s]: %d %d %d", text, t, r, n);
}

static void probe(void)
{
	one("5");
	one("-5,6");
	one("5-7");
	one("5-");
	one("");
	one("x");
	one("-,4");
	one(",3");
	one("0x10,1");
	one("7 8");
	one("-");
	many("1,2,3");
	many("1-4");
	many("3-1");
	many("");
	many("1,,2");
	many("1,2x");
	many("1-3,9");
	many("1,2,3,4,5,6,7");
	token("size=5");
	token("size=x");
	token("name=abc");
	token("mode=755");
	token("x=ff");
	token("plain");
	token("plainer");
	token("none");
}

static void leave(void)
{
}
