// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* WARN and its relatives; dump_stack; what they answer. */
#include "probe.h"
#include <linux/bug.h>

static int twice;

static void probe(void)
{
	int i;

	FACT(WARN_ON(0));
	FACT(WARN_ON(twice == 0));
	FACT(WARN(1, "text %d\n", 5));
	FACT(WARN(0, "never\n"));
	for (i = 0; i < 3; i++) {
		FACT(WARN_ON_ONCE(i >= 0));
		FACT(WARN_ONCE(i >= 1, "once %d\n", i));
		pr_info_once("PROBE info once %d\n", i);
	}
	WARN_TAINT(1, TAINT_CRAP, "taint\n");
	dump_stack();
	FACT(test_taint(TAINT_CRAP));
	FACT(test_taint(TAINT_WARN));
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	FACT(test_taint(TAINT_USER));
}

static void leave(void)
{
}
