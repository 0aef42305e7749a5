/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SCHED_TASK_STACK_H
#define _LINUX_SCHED_TASK_STACK_H

#include <linux/sched.h>

static __always_inline void *task_stack_page(const struct task_struct *task)
{
	return task->stack;
}

static inline int object_is_on_stack(const void *obj)
{
	const char *stack = (const char *)task_stack_page(current);

	return stack && (const char *)obj >= stack && (const char *)obj < stack + THREAD_SIZE;
}

#endif
