/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Busy waiting and sleeping (Linux: include/linux/delay.h). udelay() and ndelay() spin, in any context; interrupts that are
 * not masked are taken meanwhile and their time counts. The sleeping ones need a context that may sleep.
 */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/compiler.h>
#include <linux/math.h>
#include <linux/sched.h>
#include <linux/jiffies.h>
#include <asm-generic/delay.h>

#define MAX_UDELAY_MS 5

#define mdelay(n)                                                                                                      \
	((__builtin_constant_p(n) && (n) <= MAX_UDELAY_MS) ? udelay((n) * 1000) : __mdelay_loop((unsigned long)(n)))

static inline void __mdelay_loop(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}

__BEGIN_DECLS
extern unsigned long loops_per_jiffy;

void calibrate_delay(void);
/* At least msecs; up to two ticks longer. */
void msleep(unsigned int msecs);
/* The same, ended early by a signal: what remained, in ms. */
unsigned long msleep_interruptible(unsigned int msecs);
/* At least `min` us, at the latest `max` us, in task state `state`. */
void usleep_range_state(unsigned long min, unsigned long max, unsigned int state);
__END_DECLS

static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

static inline void usleep_idle_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_IDLE);
}

static inline void usleep_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_UNINTERRUPTIBLE);
}

/* The right one of the three for `usecs`: ticks for what is long, a timer for what is not, and no sleep for the shortest. */
static inline void fsleep(unsigned long usecs)
{
	if (usecs > 20000)
		msleep(DIV_ROUND_UP(usecs, 1000));
	else if (usecs > 10)
		usleep_range(usecs, usecs * 2);
	else
		udelay(usecs);
}

#endif
