/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timers of tick resolution (Linux: include/linux/timer.h). A timer never fires early: its expiry is rounded up to the
 * granularity of the wheel's level, 1 tick within 63 ticks, 8 within 504, 64 within 4032, and so on. Callbacks run in
 * TIMER_SOFTIRQ, interrupts enabled unless TIMER_IRQSAFE.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/debugobjects.h>
#include <linux/list.h>
#include <linux/ktime.h>
#include <linux/lockdep_types.h>
#include <linux/poison.h>
#include <linux/stddef.h>
#include <linux/stringify.h>

struct timer_list {
	struct hlist_node entry;
	unsigned long expires; /* in jiffies */
	void (*function)(struct timer_list *timer);
	u32 flags;
	struct lockdep_map lockdep_map; /* held by the callback, waited for by timer_delete_sync() */
};

#define TIMER_CPUMASK		0x0003FFFFu
#define TIMER_MIGRATING		0x00040000u
#define TIMER_BASEMASK		(TIMER_CPUMASK | TIMER_MIGRATING)
/* Does not wake an idle CPU: runs with what wakes it next. */
#define TIMER_DEFERRABLE	0x00080000u
/* Stays on the CPU that arms it. */
#define TIMER_PINNED		0x00100000u
/* The callback runs with interrupts off and may be waited for with interrupts off. */
#define TIMER_IRQSAFE		0x00200000u
#define TIMER_INIT_FLAGS	(TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)
#define TIMER_ARRAYSHIFT	22
#define TIMER_ARRAYMASK		0xFFC00000u

#define TIMER_TRACE_FLAGMASK	(TIMER_MIGRATING | TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)

/* TIMER_ENTRY_STATIC: entry.next of a timer that a static initialiser set up and nothing has touched since. */
#define __TIMER_INITIALIZER(_function, _flags)                                                                        \
	{                                                                                                              \
		.entry = { .next = (struct hlist_node *)TIMER_ENTRY_STATIC, .pprev = NULL }, .expires = 0,             \
		.function = (_function), .flags = (_flags), .lockdep_map = { NULL, #_function, 0, 0 },                    \
	}

#define DEFINE_TIMER(_name, _function) struct timer_list _name = __TIMER_INITIALIZER(_function, 0)

__BEGIN_DECLS
/* Any context. `flags`: TIMER_DEFERRABLE, TIMER_PINNED, TIMER_IRQSAFE. The timer must not be pending. */
void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *), unsigned int flags, const char *name,
		    struct lock_class_key *key);

/* Arms at timer->expires; the timer must not be pending. Any context. */
void add_timer(struct timer_list *timer);
/* The same on CPU `cpu`. */
void add_timer_on(struct timer_list *timer, int cpu);
/* (Re-)arm at `expires`. 1 if it was pending, 0 if not. mod_timer_pending arms only what is pending. Any context. */
int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
/* Moves the expiry earlier only. */
int timer_reduce(struct timer_list *timer, unsigned long expires);
/* Take it off the wheel. 1 if it was pending. The callback may still be running. Any context. */
int timer_delete(struct timer_list *timer);
/* The same, or -1 if the callback is running, and then nothing is done. */
int try_to_del_timer_sync(struct timer_list *timer);
/* The same as timer_delete, and it cannot be armed any more: arming does nothing until it is set up anew. */
int timer_shutdown(struct timer_list *timer);
int timer_shutdown_sync(struct timer_list *timer);
/* The same, and waits until the callback has ended. Not from hard interrupts unless TIMER_IRQSAFE, not from the callback. */
int timer_delete_sync(struct timer_list *timer);

void init_timers(void);
/* From the tick: raises TIMER_SOFTIRQ if a timer is due on this CPU. */
void run_local_timers(void);
void update_process_times(int user);

unsigned long __round_jiffies(unsigned long j, int cpu);
unsigned long __round_jiffies_relative(unsigned long j, int cpu);
unsigned long round_jiffies(unsigned long j);
unsigned long round_jiffies_relative(unsigned long j);
unsigned long __round_jiffies_up(unsigned long j, int cpu);
unsigned long __round_jiffies_up_relative(unsigned long j, int cpu);
unsigned long round_jiffies_up(unsigned long j);
unsigned long round_jiffies_up_relative(unsigned long j);

int timers_prepare_cpu(unsigned int cpu);
int timers_dead_cpu(unsigned int cpu);
__END_DECLS

#define __init_timer(_timer, _fn, _flags)                                                                              \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		init_timer_key((_timer), (_fn), (_flags), "(" #_timer ")", &__key);                                    \
	} while (0)
#define timer_setup(timer, callback, flags) __init_timer((timer), (callback), (flags))
#define timer_setup_on_stack(timer, callback, flags)                                                                   \
	do {                                                                                                           \
		debug_object_annotate(timer);                                                                          \
		__init_timer((timer), (callback), (flags));                                                            \
	} while (0)

static inline void destroy_timer_on_stack(struct timer_list *timer)
{
	debug_object_unannotate(timer);
}

#define from_timer(var, callback_timer, timer_fieldname) container_of(callback_timer, typeof(*var), timer_fieldname)

static inline int timer_pending(const struct timer_list *timer)
{
	return timer->entry.pprev != NULL;
}

static inline int del_timer(struct timer_list *timer)
{
	return timer_delete(timer);
}

static inline int del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}

#define del_singleshot_timer_sync(t) del_timer_sync(t)

#endif
