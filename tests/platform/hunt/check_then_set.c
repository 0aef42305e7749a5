// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Two threads look whether a channel is free and then take it: both may. Each access alone is atomic.
#include "../../sw/defects/defect.h"

static unsigned long state;
static atomic_t users = ATOMIC_INIT(0);
static struct task_struct *tasks[2];

static int use(void *data)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		if (!test_and_set_bit(0, &state)) {
#else
		if (!test_bit(0, &state)) {
			set_bit(0, &state);
#endif
			WARN_ONCE(atomic_inc_return(&users) > 1, "the channel has two users\n");
			udelay(2);
			atomic_dec(&users);
			clear_bit_unlock(0, &state);
		}
		usleep_range((long)data, (long)data);
	}
	return 0;
}

static int __init check_init(void)
{
	tasks[0] = kthread_run(use, (void *)700, "use-0");
	tasks[1] = kthread_run(use, (void *)930, "use-1");
	return 0;
}

static void __exit check_exit(void)
{
	kthread_stop(tasks[0]);
	kthread_stop(tasks[1]);
}

module_init(check_init);
module_exit(check_exit);
