// SPDX-License-Identifier: Apache-2.0
// What the files of kernel/time share (Linux: kernel/time/tick-internal.h, tick-sched.h, timekeeping.h).
#ifndef KERNEL_TIME_TICK_INTERNAL_H
#define KERNEL_TIME_TICK_INTERNAL_H

#include <linux/clockchips.h>
#include <linux/hrtimer.h>
#include <linux/percpu.h>
#include <linux/tick.h>

struct clocksource;

// The clock event device that serves a CPU.
struct tick_device {
    clock_event_device *evtdev;
};
DECLARE_PER_CPU(tick_device, tick_cpu_device);

// What each CPU knows of its tick. Only its own CPU changes it, interrupts masked.
struct tick_sched {
    hrtimer sched_timer; // the tick, or the alarm
    bool inidle;         // between tick_nohz_idle_enter and _exit
    bool tick_stopped;   // sched_timer, if armed at all, is an alarm and no tick
    bool idle_active;    // idle right now: not in an interrupt that came while idle
    bool do_timer_last;  // this CPU was the last to keep jiffies
    ktime_t on_grid;     // while stopped: a moment of the grid on which this CPU ticks
    ktime_t alarm;       // while stopped: what sched_timer is set to; 0: to nothing
    ktime_t idle_entrytime;
    ktime_t idle_sleeptime; // ns in all
};

// tick_sched.cpp
constexpr int tick_do_timer_none = -1;
constexpr int tick_do_timer_boot = -2;
extern "C" int tick_do_timer_cpu; // who keeps jiffies; changes hands without a lock
void tick_setup_device(clock_event_device *dev);
int tick_program_event(ktime_t expires, int force);
// Ends the tick of a CPU that has gone down.
void tick_cancel_sched_timer(unsigned cpu);

// hrtimer.cpp: the timers of each CPU; its lock guards them.
DECLARE_PER_CPU(hrtimer_cpu_base, hrtimer_bases);
// The device of this CPU is ready; from now on it is programmed. Interrupts masked.
void hrtimer_activate_this_cpu();

// jiffies, and the time of the tick that made them what they are, in ns. Read as a pair.
struct tick_moment {
    unsigned long jiffies;
    u64 time;
};

// timer.cpp: when the wheel of this CPU wants to be served, in ns, as seen at `now`.
u64 get_next_timer_interrupt(tick_moment now);
void timer_clear_idle();

// clocksource.cpp: ns that a counter may run before its 64-bit product overflows; *max_cycles may be null.
u64 clocks_calc_max_nsecs(u32 mult, u32 shift, u32 maxadj, u64 mask, u64 *max_cycles);

// timekeeping.cpp
void timekeeping_set_clock(clocksource *cs);
u64 timekeeping_max_deferment();
void update_wall_time();

// Which CPU an unpinned timer is best queued on: this one, unless it is idle and another one is not.
unsigned timer_target_cpu();

#endif
