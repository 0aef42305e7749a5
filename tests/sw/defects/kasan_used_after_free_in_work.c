// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: use-after-free in work_fn+
// with: --kasan
#include "defect.h"

struct job {
	struct work_struct work;
	int count;
};
static int *shared;

static void work_fn(struct work_struct *w)
{
	WRITE_ONCE(*shared, 1); /* here */
	kfree(container_of(w, struct job, work));
}

static int __init defect_init(void)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);
	shared = kzalloc(sizeof(*shared), GFP_KERNEL);
	if (!job || !shared)
		return -ENOMEM;
	INIT_WORK(&job->work, work_fn);
	schedule_work(&job->work);
#ifdef CORRECT
	flush_work(&job->work);
#endif
	kfree(shared);
	return 0;
}

static void __exit defect_exit(void) { }

module_init(defect_init);
module_exit(defect_exit);
