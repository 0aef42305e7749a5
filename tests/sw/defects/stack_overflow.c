// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Kernel panic - not syncing: kernel stack overflow
#include "defect.h"

struct node {
	struct node *next;
};
static struct node nodes[2] = {{&nodes[1]}, {&nodes[0]}}; /* a ring */

#ifdef CORRECT
#define AT_END(n) ((n)->next == &nodes[0])
#else
#define AT_END(n) false
#endif

/* On one line: which of its instructions meets the end of the stack depends on what is on the stack already. */
// clang-format off
static noinline int length(struct node *n) { volatile char name[64]; name[0] = 'n'; return AT_END(n) ? 1 : name[0] + length(n->next); } /* here */
// clang-format on

static int __init defect_init(void)
{
	pr_info("%d\n", length(&nodes[0]));
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
