// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_OOPS_H
#define KERNEL_OOPS_H

/*
 * The innermost code of a module: `pc` itself, or a caller from the frame `from` on; what an exception interrupted does
 * not count. Null where there is none.
 */
const void *innermost_module_code(const void *pc, const void *from);
// The lines that every report has: CPU, PID, taint, release; hardware; work item.
void print_state(const char *level);
// An oops: the error happened at `pc` (null: unknown), and the frame `from` and its callers led there. panic.cpp
[[noreturn]] void die_at(const char *str, unsigned long err, const void *pc, const void *from);
// This CPU has had interrupts masked for 10 s, at `pc`. sched/watchdog.cpp
[[noreturn]] void watchdog_hardlockup(const void *pc, const void *from);
// A panic for what happened there.
[[noreturn]] void panic_at(const char *message, const void *pc, const void *from);

#endif
