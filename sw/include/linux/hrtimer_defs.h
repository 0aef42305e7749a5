/* SPDX-License-Identifier: Apache-2.0 */
/* The per-CPU side of hrtimers (Linux: include/linux/hrtimer.h, struct hrtimer_cpu_base and around it). */
#ifndef _LINUX_HRTIMER_DEFS_H
#define _LINUX_HRTIMER_DEFS_H

#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/seqlock.h>
#include <linux/timerqueue.h>

#define HIGH_RES_NSEC		1
#define LOW_RES_NSEC		TICK_NSEC
#define MONOTONIC_RES_NSEC	HIGH_RES_NSEC
#define KTIME_MONOTONIC_RES	HIGH_RES_NSEC

struct hrtimer;
struct hrtimer_cpu_base;
struct clock_event_device;

enum hrtimer_base_type {
	HRTIMER_BASE_MONOTONIC,
	HRTIMER_BASE_REALTIME,
	HRTIMER_BASE_BOOTTIME,
	HRTIMER_BASE_TAI,
	HRTIMER_BASE_MONOTONIC_SOFT,
	HRTIMER_BASE_REALTIME_SOFT,
	HRTIMER_BASE_BOOTTIME_SOFT,
	HRTIMER_BASE_TAI_SOFT,
	HRTIMER_MAX_CLOCK_BASES,
};

/* One clock, hard or soft, of one CPU. `running` is the timer whose callback runs; `seq` lets others look without a lock. */
struct hrtimer_clock_base {
	struct hrtimer_cpu_base *cpu_base;
	unsigned int index;
	clockid_t clockid;
	seqcount_t seq;
	struct hrtimer *running;
	struct timerqueue_head active;
	ktime_t (*get_time)(void);
	ktime_t offset; /* of this clock to CLOCK_MONOTONIC */
};

struct hrtimer_cpu_base {
	raw_spinlock_t lock;
	unsigned int cpu;
	unsigned int active_bases; /* a bit for each clock_base that has timers */
	unsigned int hres_active;
	unsigned int in_hrtirq;
	unsigned int hang_detected;
	unsigned int softirq_activated;
	unsigned int nr_events;
	unsigned short nr_retries;
	unsigned short nr_hangs;
	unsigned int max_hang_time;
	ktime_t expires_next; /* what the clock event device is programmed to */
	struct hrtimer *next_timer;
	ktime_t softirq_expires_next;
	struct hrtimer *softirq_next_timer;
	struct hrtimer_clock_base clock_base[HRTIMER_MAX_CLOCK_BASES];
};

#endif
