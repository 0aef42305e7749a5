/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/*
 * A module of claims: each CLAIM is a function that a run with claim=NAME calls from module_init, in a task. It ends
 * with "claim NAME: holds (N checks)" in the log if all its EXPECTs did; each that did not says where and what it saw.
 */
#ifndef TESTS_SW_IRQ_CLAIMS_H
#define TESTS_SW_IRQ_CLAIMS_H

#include "lines.h"

struct claim {
	const char *name;
	void (*run)(void);
};

extern struct claim __start_claims[] __attribute__((visibility("hidden")));
extern struct claim __stop_claims[] __attribute__((visibility("hidden")));

#define CLAIM(id)                                                                                                      \
	static void id(void);                                                                                          \
	static struct claim claim_##id __attribute__((used, section("claims"), aligned(16))) = {#id, id};              \
	static void id(void)

static atomic_t checks;
static atomic_t broken;

#define EXPECT(condition)                                                                                              \
	do {                                                                                                           \
		atomic_inc(&checks);                                                                                   \
		if (!(condition)) {                                                                                    \
			atomic_inc(&broken);                                                                           \
			pr_err("line %d: not so: %s\n", __LINE__, #condition);                                         \
		}                                                                                                      \
	} while (0)

#define EXPECT_EQ(seen, wanted)                                                                                        \
	do {                                                                                                           \
		long long seen_ = (long long)(seen), wanted_ = (long long)(wanted);                                    \
                                                                                                                       \
		atomic_inc(&checks);                                                                                   \
		if (seen_ != wanted_) {                                                                                \
			atomic_inc(&broken);                                                                           \
			pr_err("line %d: %s is %lld, expected %lld\n", __LINE__, #seen, seen_, wanted_);               \
		}                                                                                                      \
	} while (0)

#define EXPECT_TEXT(seen, wanted)                                                                                      \
	do {                                                                                                           \
		const char *seen_ = (seen), *wanted_ = (wanted);                                                       \
                                                                                                                       \
		atomic_inc(&checks);                                                                                   \
		if (strcmp(seen_, wanted_)) {                                                                          \
			atomic_inc(&broken);                                                                           \
			pr_err("line %d: %s is \"%s\", expected \"%s\"\n", __LINE__, #seen, seen_, wanted_);           \
		}                                                                                                      \
	} while (0)

static char *claim;
module_param(claim, charp, 0444);

static int __init claims_init(void)
{
	struct claim *c;

	for (c = __start_claims; c < __stop_claims; c++) {
		if (!claim || strcmp(c->name, claim))
			continue;
		c->run();
		pr_info("claim %s: %s (%d checks)\n", c->name, atomic_read(&broken) ? "broken" : "holds",
			atomic_read(&checks));
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
