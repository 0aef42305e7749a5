// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_OOPS_H
#define KERNEL_OOPS_H

#include <port/findings.h>

// report_defect() and report_defect_at() of linux/bug.h by a check that has a kind of its own.
void report_finding(enum port_finding kind, const char *fmt, ...) __attribute__((format(printf, 2, 3), cold));
void report_finding_at(enum port_finding kind, const void *code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4), cold));
// For a WARN of a check: WARN(defect_is(FINDING_list), ...). Always true. die_at() and panic_at() use it, too.
bool defect_is(enum port_finding kind) __attribute__((cold));

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
