/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_STACKTRACE_H
#define _ASM_STACKTRACE_H

#include <linux/types.h>

struct task_struct;

__BEGIN_DECLS
/*
 * Return addresses, innermost first, by frame pointers; at most `size`, and none outside the stack that is walked. A task
 * other than the running one must not be running. kernel/stacktrace.cpp
 */
unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store, unsigned int size, unsigned int skipnr);
unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skipnr);
void stack_trace_print(const unsigned long *trace, unsigned int nr_entries, int spaces);
int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries, unsigned int nr_entries, int spaces);
void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl);
__END_DECLS

#endif
