/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

struct pt_regs;

__BEGIN_DECLS
extern int panic_timeout;
extern int panic_on_oops;
extern int panic_on_warn;
extern int oops_in_progress;
extern int panic_cpu; /* -1: nothing has panicked */

/* Prints "Kernel panic - not syncing: ...", stops the other CPUs and ends the simulation. Any context. */
void panic(const char *fmt, ...) __noreturn __cold __printf(1, 2);
void nmi_panic(struct pt_regs *regs, const char *msg);
void oops_enter(void);
void oops_exit(void);
bool oops_may_print(void);
/* Ends the running task after an oops, or panics where there is no task to end (interrupt, idle, pid 1). */
void die(const char *str, unsigned long err) __noreturn __cold;
/*
 * Synchronous exceptions and SErrors of the kernel itself: what arm64 prints for ESR_EL1 and FAR_EL1, then die(). `caller`
 * comes from the stack. Called by the fault vector with interrupts masked.
 */
void do_mem_abort(u64 esr, u64 far);
__END_DECLS

#endif
