/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/once.h>
#include <linux/printk.h>

/* Bits of the taint mask (include/linux/panic.h), and what stands for them in the CPU line of an oops. */
#define TAINT_PROPRIETARY_MODULE 0 /* P, G without it */
#define TAINT_FORCED_MODULE 1	   /* F */
#define TAINT_CPU_OUT_OF_SPEC 2	   /* S */
#define TAINT_FORCED_RMMOD 3	   /* R */
#define TAINT_MACHINE_CHECK 4	   /* M */
#define TAINT_BAD_PAGE 5	   /* B */
#define TAINT_USER 6		   /* U */
#define TAINT_DIE 7		   /* D */
#define TAINT_OVERRIDDEN_ACPI_TABLE 8
#define TAINT_WARN 9		      /* W */
#define TAINT_CRAP 10		      /* C */
#define TAINT_FIRMWARE_WORKAROUND 11  /* I */
#define TAINT_OOT_MODULE 12	      /* O */
#define TAINT_UNSIGNED_MODULE 13      /* E */
#define TAINT_SOFTLOCKUP 14	      /* L */
#define TAINT_LIVEPATCH 15	      /* K */
#define TAINT_AUX 16		      /* X */
#define TAINT_RANDSTRUCT 17	      /* T */
#define TAINT_TEST 18		      /* N */
#define TAINT_FLAGS_COUNT 19

enum lockdep_ok {
	LOCKDEP_STILL_OK,
	LOCKDEP_NOW_UNRELIABLE
};

enum bug_trap_type {
	BUG_TRAP_TYPE_NONE = 0,
	BUG_TRAP_TYPE_WARN = 1,
	BUG_TRAP_TYPE_BUG = 2
};

struct pt_regs;

__BEGIN_DECLS
/*
 * kernel/panic.cpp. Any context, none of them sleeps. Each counts as a defect of a driver: the run exits with status 2,
 * and the line "driver: FILE:LINE" names the innermost caller that lies in a module.
 */
void warn_slowpath_fmt(const char *file, int line, unsigned int taint, const char *fmt, ...) __printf(4, 5) __cold;
void __warn_printk(const char *fmt, ...) __printf(1, 2) __cold;
void __bug(const char *file, int line) __noreturn __cold;
/*
 * For mechanisms that have printed their own message: records the finding (its text is for the report) and prints the
 * "driver:" line. No frame, no backtrace, no taint.
 */
void report_defect(const char *fmt, ...) __printf(1, 2) __cold;
/* The same, where the code at fault is known and not a caller: a handler, a work function. */
void report_defect_at(const void *code, const char *fmt, ...) __printf(2, 3) __cold;
/*
 * For a WARN about a function that has returned and so is not on the stack: WARN(defect_of(fn), ...) names its line. Always true.
 */
bool defect_of(const void *code) __cold;
/* The same, for what happens again and again: true for the first time with this code and this caller. */
bool first_defect_of(const void *code) __cold;
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok);
int test_taint(unsigned int flag);
unsigned long get_taint(void);
/* "Tainted: G        W  O     " or "Not tainted"; the text holds until somebody asks again. */
const char *print_tainted(void);
__END_DECLS

#define __WARN_FLAGS_TAINT TAINT_WARN
/* The barrier keeps the call a call: as a function's last step it would be a jump, and the report would name the caller. */
#define __WARN_printf(taint, ...)                                                                                      \
	do {                                                                                                           \
		warn_slowpath_fmt(__FILE__, __LINE__, taint, __VA_ARGS__);                                             \
		__asm__ volatile("");                                                                                  \
	} while (0)
#define __WARN() __WARN_printf(TAINT_WARN, NULL)

#define BUG() __bug(__FILE__, __LINE__)
#define BUG_ON(condition)                                                                                              \
	do {                                                                                                           \
		if (unlikely(condition))                                                                               \
			BUG();                                                                                         \
	} while (0)

#define WARN_ON(condition)                                                                                             \
	({                                                                                                             \
		int __ret_warn_on = !!(condition);                                                                     \
		if (unlikely(__ret_warn_on))                                                                           \
			__WARN();                                                                                      \
		unlikely(__ret_warn_on);                                                                               \
	})
#define WARN(condition, ...)                                                                                           \
	({                                                                                                             \
		int __ret_warn_on = !!(condition);                                                                     \
		if (unlikely(__ret_warn_on))                                                                           \
			__WARN_printf(TAINT_WARN, __VA_ARGS__);                                                        \
		unlikely(__ret_warn_on);                                                                               \
	})
#define WARN_TAINT(condition, taint, ...)                                                                              \
	({                                                                                                             \
		int __ret_warn_on = !!(condition);                                                                     \
		if (unlikely(__ret_warn_on))                                                                           \
			__WARN_printf(taint, __VA_ARGS__);                                                             \
		unlikely(__ret_warn_on);                                                                               \
	})
#define WARN_ON_ONCE(condition) DO_ONCE_LITE_IF(condition, warn_slowpath_fmt, __FILE__, __LINE__, TAINT_WARN, NULL)
#define WARN_ONCE(condition, ...)                                                                                      \
	DO_ONCE_LITE_IF(condition, warn_slowpath_fmt, __FILE__, __LINE__, TAINT_WARN, __VA_ARGS__)
#define WARN_TAINT_ONCE(condition, taint, ...)                                                                         \
	DO_ONCE_LITE_IF(condition, warn_slowpath_fmt, __FILE__, __LINE__, taint, __VA_ARGS__)
#define WARN_ON_SMP(x) WARN_ON(x)
#define CHECK_DATA_CORRUPTION(condition, fmt, ...)                                                                     \
	({                                                                                                             \
		bool corruption = unlikely(condition);                                                                 \
		if (corruption)                                                                                        \
			WARN(1, fmt, ##__VA_ARGS__);                                                                   \
		corruption;                                                                                            \
	})

#endif
