// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* string_get_size, escapes, kstrdup_quotable. */
#include <linux/string_helpers.h>
#include "probe.h"

static void probe(void)
{
	char b[64];

	string_get_size(1024, 1, STRING_UNITS_2, b, sizeof(b));
	SAY("%s", b);
	string_get_size(1000, 1000, STRING_UNITS_10, b, sizeof(b));
	SAY("%s", b);
	string_get_size(123456789, 512, STRING_UNITS_2, b, sizeof(b));
	SAY("%s", b);
	string_get_size(0, 512, STRING_UNITS_2, b, sizeof(b));
	SAY("%s", b);
	strscpy(b, "a\\n\\t\\x41\\101", sizeof(b));
	SAY("%d [%*pE]", string_unescape_inplace(b, UNESCAPE_ANY), 12, b);
	memset(b, 0, sizeof(b));
	SAY("%d [%s]", string_escape_mem("a\n\x01z", 4, b, sizeof(b), ESCAPE_ANY, NULL), b);
	memset(b, 0, sizeof(b));
	SAY("%d [%s]", string_escape_mem("a\n", 2, b, sizeof(b), ESCAPE_HEX, NULL), b);
	SAY("%s %s %s", str_yes_no(true), str_on_off(false), str_enabled_disabled(true));
}

static void leave(void)
{
}
