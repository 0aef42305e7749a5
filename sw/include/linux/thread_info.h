/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What entry code and the scheduler need at hand of a task (Linux's include/linux/thread_info.h and arm64's asm/thread_info.h). It is
 * the first member of struct task_struct.
 */
#ifndef _LINUX_THREAD_INFO_H
#define _LINUX_THREAD_INFO_H

#include <asm/current.h>
#include <asm/memory.h>
#include <linux/bitops.h>
#include <linux/types.h>

struct thread_info {
	unsigned long flags; /* TIF_* */
	/*
	 * One 64-bit word answers "may and must this task be preempted now": it is 0 then. need_resched therefore is inverted,
	 * 1 while no task wants the CPU (as on arm64).
	 */
	union {
		u64 preempt_count;
		struct {
			u32 count;
			u32 need_resched;
		} preempt;
	};
	u32 cpu; /* the CPU that the task runs on or ran on last */
};

#define TIF_SIGPENDING 0
#define TIF_NEED_RESCHED 1
#define TIF_NOTIFY_RESUME 2
#define TIF_NOTIFY_SIGNAL 6
#define TIF_POLLING_NRFLAG 16
#define TIF_MEMDIE 18

#define _TIF_SIGPENDING (1UL << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED (1UL << TIF_NEED_RESCHED)
#define _TIF_NOTIFY_RESUME (1UL << TIF_NOTIFY_RESUME)
#define _TIF_NOTIFY_SIGNAL (1UL << TIF_NOTIFY_SIGNAL)

#define PREEMPT_NEED_RESCHED (1UL << 32)

static __always_inline struct thread_info *current_thread_info(void)
{
	return (struct thread_info *)PORT_CPU_PAGE->thread;
}

static inline void set_ti_thread_flag(struct thread_info *ti, int flag)
{
	set_bit(flag, &ti->flags);
}

static inline void clear_ti_thread_flag(struct thread_info *ti, int flag)
{
	clear_bit(flag, &ti->flags);
}

static inline int test_and_set_ti_thread_flag(struct thread_info *ti, int flag)
{
	return test_and_set_bit(flag, &ti->flags);
}

static inline int test_and_clear_ti_thread_flag(struct thread_info *ti, int flag)
{
	return test_and_clear_bit(flag, &ti->flags);
}

static __always_inline int test_ti_thread_flag(struct thread_info *ti, int flag)
{
	return (READ_ONCE(ti->flags) >> flag) & 1;
}

#define set_thread_flag(flag) set_ti_thread_flag(current_thread_info(), flag)
#define clear_thread_flag(flag) clear_ti_thread_flag(current_thread_info(), flag)
#define test_thread_flag(flag) test_ti_thread_flag(current_thread_info(), flag)
#define test_and_set_thread_flag(flag) test_and_set_ti_thread_flag(current_thread_info(), flag)
#define test_and_clear_thread_flag(flag) test_and_clear_ti_thread_flag(current_thread_info(), flag)

#define tif_need_resched() test_thread_flag(TIF_NEED_RESCHED)

#endif
