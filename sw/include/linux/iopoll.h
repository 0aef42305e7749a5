/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Polling a register until a condition holds (Linux: include/linux/iopoll.h). `val` receives each value read; 0 when cond
 * held, -ETIMEDOUT when it did not within timeout_us (0: no limit). The condition is looked at once more after the time
 * is up, so that a poller that was held up does not report a false timeout.
 */
#ifndef _LINUX_IOPOLL_H
#define _LINUX_IOPOLL_H

#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>

/* Sleeps sleep_us / 4 to sleep_us between reads (0: spins). */
#define read_poll_timeout(op, val, cond, sleep_us, timeout_us, sleep_before_read, args...)                             \
	({                                                                                                             \
		const u64 __poll_timeout_us = (timeout_us);                                                            \
		const unsigned long __poll_sleep_us = (sleep_us);                                                      \
		const ktime_t __poll_deadline = ktime_add_us(ktime_get(), __poll_timeout_us);                          \
		int __poll_result = 0;                                                                                 \
		might_sleep_if(__poll_sleep_us != 0);                                                                  \
		if ((sleep_before_read) && __poll_sleep_us)                                                            \
			usleep_range((__poll_sleep_us >> 2) + 1, __poll_sleep_us);                                     \
		for (;;) {                                                                                             \
			(val) = op(args);                                                                              \
			if (cond)                                                                                      \
				break;                                                                                 \
			if (__poll_timeout_us && ktime_compare(ktime_get(), __poll_deadline) > 0) {                    \
				(val) = op(args);                                                                      \
				__poll_result = (cond) ? 0 : -ETIMEDOUT;                                               \
				break;                                                                                 \
			}                                                                                              \
			if (__poll_sleep_us)                                                                           \
				usleep_range((__poll_sleep_us >> 2) + 1, __poll_sleep_us);                             \
			cpu_relax();                                                                                   \
		}                                                                                                      \
		__poll_result;                                                                                         \
	})

/* The same with udelay(): for atomic context. */
#define read_poll_timeout_atomic(op, val, cond, delay_us, timeout_us, delay_before_read, args...)                      \
	({                                                                                                             \
		const u64 __poll_timeout_us = (timeout_us);                                                            \
		const unsigned long __poll_delay_us = (delay_us);                                                      \
		const ktime_t __poll_deadline = ktime_add_us(ktime_get(), __poll_timeout_us);                          \
		int __poll_result = 0;                                                                                 \
		if ((delay_before_read) && __poll_delay_us)                                                            \
			udelay(__poll_delay_us);                                                                       \
		for (;;) {                                                                                             \
			(val) = op(args);                                                                              \
			if (cond)                                                                                      \
				break;                                                                                 \
			if (__poll_timeout_us && ktime_compare(ktime_get(), __poll_deadline) > 0) {                    \
				(val) = op(args);                                                                      \
				__poll_result = (cond) ? 0 : -ETIMEDOUT;                                               \
				break;                                                                                 \
			}                                                                                              \
			if (__poll_delay_us)                                                                           \
				udelay(__poll_delay_us);                                                               \
			cpu_relax();                                                                                   \
		}                                                                                                      \
		__poll_result;                                                                                         \
	})

#define readx_poll_timeout(op, addr, val, cond, sleep_us, timeout_us)                                                  \
	read_poll_timeout(op, val, cond, sleep_us, timeout_us, false, addr)
#define readx_poll_timeout_atomic(op, addr, val, cond, delay_us, timeout_us)                                           \
	read_poll_timeout_atomic(op, val, cond, delay_us, timeout_us, false, addr)

#define readb_poll_timeout(addr, val, cond, delay_us, timeout_us)                                                      \
	readx_poll_timeout(readb, addr, val, cond, delay_us, timeout_us)
#define readb_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                               \
	readx_poll_timeout_atomic(readb, addr, val, cond, delay_us, timeout_us)
#define readw_poll_timeout(addr, val, cond, delay_us, timeout_us)                                                      \
	readx_poll_timeout(readw, addr, val, cond, delay_us, timeout_us)
#define readw_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                               \
	readx_poll_timeout_atomic(readw, addr, val, cond, delay_us, timeout_us)
#define readl_poll_timeout(addr, val, cond, delay_us, timeout_us)                                                      \
	readx_poll_timeout(readl, addr, val, cond, delay_us, timeout_us)
#define readl_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                               \
	readx_poll_timeout_atomic(readl, addr, val, cond, delay_us, timeout_us)
#define readq_poll_timeout(addr, val, cond, delay_us, timeout_us)                                                      \
	readx_poll_timeout(readq, addr, val, cond, delay_us, timeout_us)
#define readq_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                               \
	readx_poll_timeout_atomic(readq, addr, val, cond, delay_us, timeout_us)
#define readl_relaxed_poll_timeout(addr, val, cond, delay_us, timeout_us)                                              \
	readx_poll_timeout(readl_relaxed, addr, val, cond, delay_us, timeout_us)
#define readl_relaxed_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                       \
	readx_poll_timeout_atomic(readl_relaxed, addr, val, cond, delay_us, timeout_us)

#endif
