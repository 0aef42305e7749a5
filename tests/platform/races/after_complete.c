// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// The answer is written after the one who waits for it was told that it is there.
// races: planted_init / work_fn
#include "planted.h"

static DECLARE_COMPLETION(done);
static int answer;

static void work_fn(struct work_struct *w)
{
#ifdef CORRECT
	answer = 42;
	complete(&done);
#else
	complete(&done);
	answer = 42;
#endif
}
static DECLARE_WORK(work, work_fn);

static int __init planted_init(void)
{
	schedule_work(&work);
	wait_for_completion(&done);
	pr_info("planted: %d\n", answer);
	return 0;
}

static void __exit planted_exit(void)
{
	cancel_work_sync(&work);
}
module_init(planted_init);
module_exit(planted_exit);
