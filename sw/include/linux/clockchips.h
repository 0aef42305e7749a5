/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clock event devices (Linux: include/linux/clockchips.h): something that interrupts one CPU at a programmed time. Only
 * oneshot devices are used; each CPU has one.
 */
#ifndef _LINUX_CLOCKCHIPS_H
#define _LINUX_CLOCKCHIPS_H

#include <linux/clocksource.h>
#include <linux/cpumask.h>
#include <linux/ktime.h>
#include <linux/list.h>

struct module;

enum clock_event_state {
	CLOCK_EVT_STATE_DETACHED,
	CLOCK_EVT_STATE_SHUTDOWN,
	CLOCK_EVT_STATE_PERIODIC,
	CLOCK_EVT_STATE_ONESHOT,
	CLOCK_EVT_STATE_ONESHOT_STOPPED,
};

#define CLOCK_EVT_FEAT_PERIODIC		0x000001
#define CLOCK_EVT_FEAT_ONESHOT		0x000002
#define CLOCK_EVT_FEAT_KTIME		0x000004
#define CLOCK_EVT_FEAT_C3STOP		0x000008
#define CLOCK_EVT_FEAT_DUMMY		0x000010
#define CLOCK_EVT_FEAT_DYNIRQ		0x000020
#define CLOCK_EVT_FEAT_PERCPU		0x000040
#define CLOCK_EVT_FEAT_HRTIMER		0x000080

/* mult and shift turn ns into device cycles; min/max_delta in ns, *_ticks in cycles. */
struct clock_event_device {
	void (*event_handler)(struct clock_event_device *);
	int (*set_next_event)(unsigned long evt, struct clock_event_device *);
	ktime_t next_event; /* CLOCK_MONOTONIC */
	u64 max_delta_ns;
	u64 min_delta_ns;
	u32 mult;
	u32 shift;
	enum clock_event_state state_use_accessors;
	unsigned int features;

	int (*set_state_periodic)(struct clock_event_device *);
	int (*set_state_oneshot)(struct clock_event_device *);
	int (*set_state_oneshot_stopped)(struct clock_event_device *);
	int (*set_state_shutdown)(struct clock_event_device *);
	int (*tick_resume)(struct clock_event_device *);

	unsigned long min_delta_ticks;
	unsigned long max_delta_ticks;

	const char *name;
	int rating;
	int irq;
	const struct cpumask *cpumask;
	struct list_head list;
	struct module *owner;
};

#define __clockevent_is(dev, state) ((dev)->state_use_accessors == CLOCK_EVT_STATE_##state)
#define clockevent_state_detached(dev) __clockevent_is(dev, DETACHED)
#define clockevent_state_shutdown(dev) __clockevent_is(dev, SHUTDOWN)
#define clockevent_state_oneshot(dev) __clockevent_is(dev, ONESHOT)
#define clockevent_state_oneshot_stopped(dev) __clockevent_is(dev, ONESHOT_STOPPED)

__BEGIN_DECLS
u64 clockevent_delta2ns(unsigned long latch, struct clock_event_device *evt);
/* Called on the CPU that the device serves, interrupts off; that CPU's tick starts with it. freq in Hz. */
void clockevents_config_and_register(struct clock_event_device *dev, u32 freq, unsigned long min_delta,
				     unsigned long max_delta);
void clockevents_register_device(struct clock_event_device *dev);
void clockevents_switch_state(struct clock_event_device *dev, enum clock_event_state state);
/* Interrupt at `expires`; -ETIME if that has passed, unless `force`, which makes it as soon as possible. */
int clockevents_program_event(struct clock_event_device *dev, ktime_t expires, bool force);
__END_DECLS

#endif
