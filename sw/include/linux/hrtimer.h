/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timers of counter resolution (Linux: include/linux/hrtimer.h). Callbacks run in the timer interrupt, interrupts off,
 * or, with HRTIMER_MODE_SOFT, in HRTIMER_SOFTIRQ.
 */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H

#include <linux/compiler.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/seqlock.h>
#include <linux/timer.h>
#include <linux/timerqueue.h>
#include <linux/hrtimer_defs.h>
#include <linux/time.h>

struct hrtimer_clock_base;
struct hrtimer_cpu_base;
struct task_struct;

/* ABS or REL, optionally with the CPU that arms it (PINNED) and with a context (SOFT, HARD; HARD is the default). */
enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x00,
	HRTIMER_MODE_REL = 0x01,
	HRTIMER_MODE_PINNED = 0x02,
	HRTIMER_MODE_SOFT = 0x04,
	HRTIMER_MODE_HARD = 0x08,

	HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED,

	HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,

	HRTIMER_MODE_ABS_PINNED_SOFT = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_PINNED_SOFT = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_SOFT,

	HRTIMER_MODE_ABS_HARD = HRTIMER_MODE_ABS | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_HARD = HRTIMER_MODE_REL | HRTIMER_MODE_HARD,

	HRTIMER_MODE_ABS_PINNED_HARD = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_PINNED_HARD = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_HARD,
};

enum hrtimer_restart {
	HRTIMER_NORESTART,
	HRTIMER_RESTART, /* the callback has moved the expiry with hrtimer_forward() */
};

#define HRTIMER_STATE_INACTIVE	0x00
#define HRTIMER_STATE_ENQUEUED	0x01

struct hrtimer {
	struct timerqueue_node node; /* node.expires: the latest moment */
	ktime_t _softexpires;	     /* the earliest moment */
	enum hrtimer_restart (*function)(struct hrtimer *);
	struct hrtimer_clock_base *base;
	u8 state;
	u8 is_rel;
	u8 is_soft;
	u8 is_hard;
};

struct hrtimer_sleeper {
	struct hrtimer timer;
	struct task_struct *task; /* NULL once it has been woken */
};

/*
 * When: a window from the softexpires, from which on an interrupt that comes anyway may serve the timer, to the expires, at
 * which one is made. Both are the same unless the caller grants slack.
 */
static inline void __hrtimer_set_window(struct hrtimer *timer, ktime_t from, ktime_t to)
{
	timer->_softexpires = from;
	timer->node.expires = to;
}

static inline void hrtimer_set_expires_range(struct hrtimer *timer, ktime_t time, ktime_t delta)
{
	__hrtimer_set_window(timer, time, ktime_add_safe(time, delta));
}

static inline ktime_t hrtimer_get_softexpires(const struct hrtimer *timer)
{
	return timer->_softexpires;
}

static inline ktime_t hrtimer_get_expires(const struct hrtimer *timer)
{
	return timer->node.expires;
}

#define hrtimer_set_expires(timer, time) hrtimer_set_expires_tv64(timer, time)
#define hrtimer_set_expires_range_ns(timer, time, delta) hrtimer_set_expires_range(timer, time, (ktime_t)(delta))
#define hrtimer_get_softexpires_tv64(timer) ((s64)hrtimer_get_softexpires(timer))
#define hrtimer_get_expires_tv64(timer) ((s64)hrtimer_get_expires(timer))
#define hrtimer_get_expires_ns(timer) ktime_to_ns(hrtimer_get_expires(timer))

static inline void hrtimer_set_expires_tv64(struct hrtimer *timer, s64 tv64)
{
	__hrtimer_set_window(timer, tv64, tv64);
}

static inline void hrtimer_add_expires_ns(struct hrtimer *timer, u64 ns)
{
	__hrtimer_set_window(timer, ktime_add_ns(timer->_softexpires, ns), ktime_add_ns(timer->node.expires, ns));
}

static inline void hrtimer_add_expires(struct hrtimer *timer, ktime_t time)
{
	__hrtimer_set_window(timer, ktime_add_safe(timer->_softexpires, time),
			     ktime_add_safe(timer->node.expires, time));
}

__BEGIN_DECLS
extern unsigned int hrtimer_resolution; /* ns */

void hrtimers_init(void);
void hrtimer_interrupt(struct clock_event_device *dev);
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer);

void hrtimer_init(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode);
void hrtimer_init_sleeper(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode);
void hrtimer_init_sleeper_on_stack(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode);

/* (Re-)arm: fires at or after `tim`, at the latest `range_ns` later. Any context. */
void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns, const enum hrtimer_mode mode);
/* 1 if it was active, 0 if not. Waits for a running callback: not from the callback itself. */
int hrtimer_cancel(struct hrtimer *timer);
/* The same, but -1 if the callback is running. */
int hrtimer_try_to_cancel(struct hrtimer *timer);
bool hrtimer_active(const struct hrtimer *timer);
ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust);
/* Moves the expiry past `now` in steps of `interval`; how many steps. */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval);
void hrtimer_sleeper_start_expires(struct hrtimer_sleeper *sl, enum hrtimer_mode mode);

/*
 * Sleep until `expires` (NULL: for ever). The caller has set its state; 0 if the time came, -EINTR otherwise. May sleep.
 */
int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode);
int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode);
int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode, clockid_t clock_id);

int hrtimers_prepare_cpu(unsigned int cpu);
int hrtimers_dead_cpu(unsigned int cpu);
/* Its function runs now, on some CPU. */
int hrtimer_callback_running(struct hrtimer *timer);
__END_DECLS

static inline ktime_t hrtimer_expires_remaining(const struct hrtimer *timer)
{
	return ktime_sub(timer->node.expires, hrtimer_cb_get_time(timer));
}

static inline void hrtimer_init_on_stack(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode)
{
	debug_object_annotate(timer);
	hrtimer_init(timer, which_clock, mode);
}

static inline void destroy_hrtimer_on_stack(struct hrtimer *timer)
{
	debug_object_unannotate(timer);
}

static inline void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode)
{
	hrtimer_start_range_ns(timer, tim, 0, mode);
}

/* How much later than it would like to a timer may come. ns */
static inline u64 __hrtimer_slack(const struct hrtimer *timer)
{
	return (u64)ktime_to_ns(hrtimer_get_expires(timer)) - (u64)ktime_to_ns(hrtimer_get_softexpires(timer));
}

static inline void hrtimer_start_expires(struct hrtimer *timer, enum hrtimer_mode mode)
{
	hrtimer_start_range_ns(timer, hrtimer_get_softexpires(timer), __hrtimer_slack(timer), mode);
}

static inline void hrtimer_restart(struct hrtimer *timer)
{
	hrtimer_start_expires(timer, HRTIMER_MODE_ABS);
}

static inline ktime_t hrtimer_get_remaining(const struct hrtimer *timer)
{
	return __hrtimer_get_remaining(timer, false);
}

static inline bool hrtimer_is_queued(struct hrtimer *timer)
{
	return !!(*(volatile u8 *)&timer->state & HRTIMER_STATE_ENQUEUED);
}

static inline u64 hrtimer_forward_now(struct hrtimer *timer, ktime_t interval)
{
	return hrtimer_forward(timer, hrtimer_cb_get_time(timer), interval);
}

/* Callbacks run in hard interrupts, which nothing waits for by sleeping. */
#define hrtimer_cancel_wait_running(timer) cpu_relax()

#endif
