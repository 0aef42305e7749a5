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

/* Reads, with `pause` between two reads (and before the first, if asked), until cond holds or one read came after the end. */
#define __read_poll(op, val, cond, limit_us, pause_first, pause, args...)                                              \
	({                                                                                                             \
		const u64 __poll_limit = (limit_us);                                                                   \
		const ktime_t __poll_end = ktime_add_us(ktime_get(), __poll_limit);                                    \
		bool __poll_met, __poll_last = false;                                                                  \
                                                                                                                       \
		if (pause_first) {                                                                                     \
			pause;                                                                                         \
		}                                                                                                      \
		while ((val) = op(args), __poll_met = !!(cond), !__poll_met && !__poll_last) {                         \
			__poll_last = __poll_limit && ktime_compare(ktime_get(), __poll_end) > 0;                      \
			if (!__poll_last) {                                                                            \
				pause;                                                                                 \
				cpu_relax();                                                                           \
			}                                                                                              \
		}                                                                                                      \
		__poll_met ? 0 : -ETIMEDOUT;                                                                           \
	})

/* Sleeps sleep_us / 4 to sleep_us between reads (0: spins). */
#define read_poll_timeout(op, val, cond, sleep_us, timeout_us, sleep_before_read, args...)                             \
	({                                                                                                             \
		const unsigned long __poll_sleep = (sleep_us);                                                         \
                                                                                                                       \
		might_sleep_if(__poll_sleep != 0);                                                                     \
		__read_poll(op, val, cond, timeout_us, sleep_before_read,                                              \
			    if (__poll_sleep) usleep_range(__poll_sleep / 4 + 1, __poll_sleep), ##args);               \
	})

/* The same with udelay(): for atomic context. */
#define read_poll_timeout_atomic(op, val, cond, delay_us, timeout_us, delay_before_read, args...)                      \
	({                                                                                                             \
		const unsigned long __poll_delay = (delay_us);                                                         \
                                                                                                                       \
		__read_poll(op, val, cond, timeout_us, delay_before_read, if (__poll_delay) udelay(__poll_delay),      \
			    ##args);                                                                                   \
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
#define readb_relaxed_poll_timeout(addr, val, cond, delay_us, timeout_us)                                              \
	readx_poll_timeout(readb_relaxed, addr, val, cond, delay_us, timeout_us)
#define readw_relaxed_poll_timeout(addr, val, cond, delay_us, timeout_us)                                              \
	readx_poll_timeout(readw_relaxed, addr, val, cond, delay_us, timeout_us)
#define readl_relaxed_poll_timeout(addr, val, cond, delay_us, timeout_us)                                              \
	readx_poll_timeout(readl_relaxed, addr, val, cond, delay_us, timeout_us)
#define readl_relaxed_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                       \
	readx_poll_timeout_atomic(readl_relaxed, addr, val, cond, delay_us, timeout_us)
#define readq_relaxed_poll_timeout(addr, val, cond, delay_us, timeout_us)                                              \
	readx_poll_timeout(readq_relaxed, addr, val, cond, delay_us, timeout_us)
#define readq_relaxed_poll_timeout_atomic(addr, val, cond, delay_us, timeout_us)                                       \
	readx_poll_timeout_atomic(readq_relaxed, addr, val, cond, delay_us, timeout_us)

#endif
