// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Levels, continuation, once, ratelimit. */
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include "probe.h"

static void probe(void)
{
	static DEFINE_RATELIMIT_STATE(rs, 5 * HZ, 3);
	int i, n = 0;

	pr_info("one");
	pr_cont(" two");
	pr_cont(" three\n");
	printk("no level\n");
	printk(KERN_WARNING "warning\nsecond line\n");
	pr_notice("without newline");
	pr_info("next\n");
	for (i = 0; i < 3; i++)
		pr_info_once("once %d\n", i);
	for (i = 0; i < 6; i++)
		n += __ratelimit(&rs);
	FACT(n);
	FACT(rs.missed);
	for (i = 0; i < 12; i++)
		pr_info_ratelimited("limited %d\n", i);
	SAY("%s", "");
	pr_info("%s\n", "tail\n");
}

static void leave(void)
{
}
