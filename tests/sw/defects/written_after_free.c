// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Poison overwritten
#include "defect.h"

struct state {
	int presses;
};
static struct state *state;

static int __init defect_init(void)
{
	state = kzalloc(sizeof(*state), GFP_KERNEL);
	return state ? 0 : -ENOMEM;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	state->presses = 1;
#endif
	kfree(state); /* here */
#ifndef CORRECT
	WRITE_ONCE(state->presses, 1);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
