// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* How printk treats lines, continuation, levels in the middle, long text; prefixes. */
#include "probe.h"
#undef pr_fmt
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

static void probe(void)
{
	static char longer[1200];
	int i;

	printk("no level\n");
	printk(KERN_WARNING "one\ntwo\n");
	printk(KERN_INFO "start ");
	pr_cont("and %d ", 5);
	pr_cont("end\n");
	printk(KERN_INFO "without newline");
	printk(KERN_INFO "the next\n");
	printk(KERN_INFO "cut ");
	printk("by one without a level\n");
	pr_cont("alone\n");
	printk(KERN_INFO "\n");
	printk(KERN_INFO "trailing space \n");
	printk(KERN_INFO "tab\there\n");
	printk(KERN_INFO "%s", "given newline\n");
	printk(KERN_INFO "bell\a and \x1b[0m escape\n");
	printk(KERN_INFO "two newlines\n\n");
	printk(KERN_INFO "level in " KERN_ERR "the middle\n");
	pr_info("with a prefix\n");
	pr_err("error\n");
	pr_debug("never\n");
	pr_devel("never\n");
	memset(longer, 'x', sizeof(longer) - 2);
	FACT(printk(KERN_INFO "%s\n", longer));
	FACT(printk(KERN_INFO "abc\n"));
	FACT(printk("%s", ""));
	FACT(no_printk("never %d\n", 5));
	for (i = 0; i < 3; i++)
		printk_once(KERN_INFO "once %d\n", i);
	for (i = 0; i < 12; i++)
		pr_info_ratelimited("limited %d\n", i);
	print_hex_dump(KERN_INFO, "dump: ", DUMP_PREFIX_OFFSET, 16, 2, "0123456789abcdefXYZ", 19, true);
	print_hex_dump_bytes("bytes: ", DUMP_PREFIX_NONE, "\x01\x02z", 3);
	FACT(printk_ratelimit());
}

static void leave(void)
{
}
