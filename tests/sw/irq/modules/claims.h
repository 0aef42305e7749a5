/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/*
 * A module of claims: each CLAIM is a function that a run with claim=NAME calls from module_init, in a task. It ends
 * with "claim NAME: holds (N checks)" in the log if all its EXPECTs did; each that did not says where and what it saw.
 */
#ifndef TESTS_SW_IRQ_CLAIMS_H
#define TESTS_SW_IRQ_CLAIMS_H

#include "../../checks.h"
#include "lines.h"

struct claim {
	const char *name;
	void (*run)(void);
};

/* A module is linked without a linker script that names the ends of a section: subsections bring their own. */
asm(".pushsection claims, \"aw\"\n.balign 16\nclaims_begin:\n.subsection 1\nclaims_end:\n.popsection");
extern struct claim claims_begin[] __attribute__((visibility("hidden")));
extern struct claim claims_end[] __attribute__((visibility("hidden")));

#define CLAIM(id)                                                                                                      \
	static void id(void);                                                                                          \
	static struct claim claim_##id __attribute__((used, section("claims"), aligned(16))) = {#id, id};              \
	static void id(void)

#define EXPECT	    CHECK
#define EXPECT_EQ   SAME
#define EXPECT_TEXT SAME_TEXT

static char *claim;
module_param(claim, charp, 0444);

static int __init claims_init(void)
{
	struct claim *c;

	for (c = claims_begin; c < claims_end; c++) {
		if (!claim || strcmp(c->name, claim))
			continue;
		c->run();
		checks_end();
		pr_info("claim %s: %s (%d checks)\n", c->name, atomic_read(&check_failures) ? "broken" : "holds",
			atomic_read(&check_count));
		return 0;
	}
	pr_err("no claim %s\n", claim ? claim : "was named");
	return -EINVAL;
}

static void __exit claims_exit(void)
{
}

module_init(claims_init);
module_exit(claims_exit);
MODULE_LICENSE("GPL");

#endif
