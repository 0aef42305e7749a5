// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* lib/parser.c: tokens of an option string; glob_match(); memparse(); get_option(). */
#include "probe.h"

#include <linux/glob.h>
#include <linux/kernel.h>
#include <linux/parser.h>

enum { ONE, NUMBER, OCTAL, HEX, TEXT, NARROW, WRONG };
static const match_table_t tokens = {{ONE, "one"},	   {NUMBER, "number=%d"}, {OCTAL, "octal=%o"}, {HEX, "hex=%x"},
				     {TEXT, "text=%s"}, {NARROW, "two=%2s,%d"}, {WRONG, NULL}};

static void token(const char *given)
{
	char copy[64], said[64];
	substring_t args[MAX_OPT_ARGS] = {};
	int value = -1, found, ret = 0;

	strscpy(copy, given, sizeof(copy));
	found = match_token(copy, tokens, args);
	said[0] = 0;
	if (args[0].from)
		match_strlcpy(said, &args[0], sizeof(said));
	if (found == NUMBER)
		ret = match_int(&args[0], &value);
	else if (found == OCTAL)
		ret = match_octal(&args[0], &value);
	else if (found == HEX)
		ret = match_hex(&args[0], &value);
	SAY("token %s: %d '%s' %d %d", given, found, found == ONE || found == WRONG ? "" : said, ret, value);
}

static void parse(const char *text)
{
	char *end;
	unsigned long long value = memparse(text, &end);

	SAY("memparse %s: %llu, left '%s'", text, value, end);
}

static void option(const char *text)
{
	char copy[64], *at = copy;
	int value = -99, i, numbers[6] = {};

	strscpy(copy, text, sizeof(copy));
	i = get_option(&at, &value);
	SAY("get_option %s: %d %d, left '%s'", text, i, value, at);
	at = get_options(text, ARRAY_SIZE(numbers), numbers);
	SAY("get_options %s: %d of %d %d %d %d %d, left '%s'", text, numbers[0], numbers[1], numbers[2], numbers[3],
	    numbers[4], numbers[5], at);
}

static void probe(void)
{
	char text[] = "a=1,,b,c=d";
	char *at = text, *word;

	token("one");
	token("ones");
	token("number=12");
	token("number=-12");
	token("number=0x12");
	token("number=");
	token("number=12x");
	token("octal=777");
	token("octal=8");
	token("hex=fF");
	token("text=a,b");
	token("text=");
	token("two=ab,5");
	token("two=abc,5");
	token("");
	parse("1");
	parse("4k");
	parse("4K3");
	parse("0x10M");
	parse("1g");
	parse("2Tx");
	parse("1p");
	parse("1e");
	parse("k");
	parse("-1");
	parse("");
	parse("010k");
	option("5");
	option("5,6");
	option("1-4");
	option("1-4,9");
	option("x");
	option("");
	option("-3,4,");
	option("-");
	option("+5");
	option("1,2,3,4,5,6,7");
	option("0x10,010");
	FACT(glob_match("*", ""));
	FACT(glob_match("a*c", "abbbc"));
	FACT(glob_match("a?c", "ac"));
	FACT(glob_match("[a-c]x", "bx"));
	FACT(glob_match("[!a-c]x", "bx"));
	FACT(glob_match("\\*", "*"));
	FACT(glob_match("*.c", "a.c.c"));
	FACT(glob_match("[]]", "]"));
	FACT(glob_match("[", "["));
	FACT(match_wildcard("a*b?", "aXXbY"));
	FACT(match_wildcard("a*", "b"));
	while ((word = strsep(&at, ",")))
		SAY("word '%s'", word);
}

static void leave(void)
{
}
