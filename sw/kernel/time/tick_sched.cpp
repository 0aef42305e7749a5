// SPDX-License-Identifier: Apache-2.0
// The tick, and stopping it while a CPU is idle (Linux: kernel/time/tick-sched.c, tick-common.c).
//
// The tick of a CPU is an hrtimer. One CPU at a time keeps jiffies; when it goes idle it gives that duty up and
// whichever CPU ticks next takes it. When all are idle no CPU does, and the first interrupt brings jiffies up to date
// on its way in.
#include <linux/bug.h>
#include <linux/clockchips.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/tick.h>
#include <linux/timer.h>

#include "kernel/time/tick_internal.h"
#include "lib/guard.h"

int tick_nohz_active;
ktime_t tick_next_period; // when the next tick is due, of the CPU that keeps jiffies
int tick_do_timer_cpu = tick_do_timer_boot;

DEFINE_PER_CPU(tick_device, tick_cpu_device);

namespace {

DEFINE_PER_CPU(tick_sched, tick_cpu_sched);

// Writers of jiffies_64 and tick_next_period; readers that want both together look at the sequence count.
DEFINE_RAW_SPINLOCK(jiffies_lock);
seqcount_t jiffies_seq;

void do_update_jiffies64(ktime_t now) {
    // Most calls find that there is nothing to do, and need no lock for that.
    if (ktime_before(now, smp_load_acquire(&tick_next_period)))
        return;
    {
        hold l(jiffies_lock);
        if (ktime_before(now, tick_next_period))
            return;
        const s64 ticks = ktime_divns(ktime_sub(now, tick_next_period), TICK_NSEC) + 1;
        write_seqcount_begin(&jiffies_seq);
        WRITE_ONCE(jiffies_64, jiffies_64 + static_cast<u64>(ticks));
        smp_store_release(&tick_next_period, ktime_add_ns(tick_next_period, ticks * TICK_NSEC));
        write_seqcount_end(&jiffies_seq);
    }
    update_wall_time();
}

// When the first tick after the first device's registration is due; all CPUs tick in step with it.
ktime_t init_jiffy_update() {
    hold l(jiffies_lock);
    if (tick_next_period == 0) {
        write_seqcount_begin(&jiffies_seq);
        tick_next_period = ktime_add_ns(ktime_get(), TICK_NSEC);
        write_seqcount_end(&jiffies_seq);
    }
    return ktime_sub_ns(tick_next_period, TICK_NSEC);
}

// (Linux: get_jiffies_update)
tick_moment last_tick_of_jiffies() {
    for (;;) {
        const unsigned seq = read_seqcount_begin(&jiffies_seq);
        const tick_moment seen = {jiffies, static_cast<u64>(tick_next_period) - TICK_NSEC};

        if (!read_seqcount_retry(&jiffies_seq, seq))
            return seen;
        cpu_relax();
    }
}

// ---- the duty to keep jiffies ----

// The CPU that has it keeps jiffies; where no CPU has, this one takes it.
void keep_jiffies(ktime_t now, int cpu) {
    const int keeper = READ_ONCE(tick_do_timer_cpu);

    if (keeper == tick_do_timer_none)
        WRITE_ONCE(tick_do_timer_cpu, cpu);
    if (keeper == cpu || keeper == tick_do_timer_none)
        do_update_jiffies64(now);
}

// True if this CPU had it.
bool give_up_duty(int cpu) {
    const bool had = READ_ONCE(tick_do_timer_cpu) == cpu;

    if (had)
        WRITE_ONCE(tick_do_timer_cpu, tick_do_timer_none);
    return had;
}

// ---- a CPU's tick ----
//
//                    idle loop entered                    nothing to do for longer than a tick
//   busy, ticking  ------------------->  idle, ticking  -------------------------------------->  idle, stopped
//        ^                                 |                                                        |
//        |         something to run        |                     something to run: restarted        |
//        +---------------------------------+--------------------------------------------------------+
//
// An interrupt that comes while idle suspends being idle, not the tick's state. The timer of a stopped tick is the
// CPU's alarm: set to the next thing that it has to wake up for by itself, or off.

// The timer came: as the tick, or as the alarm of a stopped one. The next alarm is the idle loop's to set.
enum hrtimer_restart tick_sched_timer(hrtimer *timer) {
    tick_sched &ts = *this_cpu_ptr(&tick_cpu_sched);
    const ktime_t now = ktime_get();

    keep_jiffies(now, static_cast<int>(smp_processor_id()));
    update_process_times(0);
    if (!ts.tick_stopped)
        return hrtimer_forward(timer, now, TICK_NSEC), HRTIMER_RESTART;
    ts.alarm = 0;
    return HRTIMER_NORESTART;
}

void start_idle(tick_sched *ts) {
    ts->idle_entrytime = ktime_get();
    ts->idle_active = true;
}

// The CPU is awake. Since when, or 0 if it was neither idle nor without its tick: then there is nothing to do.
ktime_t end_idle(tick_sched &ts) {
    const bool slept = ts.idle_active || ts.tick_stopped;
    const ktime_t now = slept ? ktime_get() : 0;

    if (ts.idle_active)
        ts.idle_sleeptime += now - ts.idle_entrytime;
    ts.idle_active = false;
    return now;
}

// As of now; it may go on.
u64 idle_us(const tick_sched *ts, ktime_t now) {
    const ktime_t since = ts->idle_active ? ktime_sub(now, ts->idle_entrytime) : 0;

    return static_cast<u64>(ktime_to_us(ts->idle_sleeptime + max(since, static_cast<ktime_t>(0))));
}

void report_idle_softirq(unsigned pending) {
    static int reported;
    if (reported >= 10 || local_bh_blocked())
        return;
    pr_warn("NOHZ tick-stop error: local softirq work is pending, handler #%02x!!!\n", pending);
    reported++;
}

bool can_stop_idle_tick(int cpu) {
    const unsigned pending = local_softirq_pending();

    if (unlikely(!cpu_online(cpu))) {
        give_up_duty(cpu); // a CPU on its way down takes no duties with it
        return false;
    }
    if (need_resched() || !tick_nohz_active)
        return false;
    if (unlikely(pending))
        report_idle_softirq(pending);
    return !pending;
}

// Something here is due with the next tick, regardless of what the wheels say.
bool wants_next_tick() {
    return rcu_needs_cpu() || irq_work_needs_cpu() || (local_softirq_pending() & BIT(TIMER_SOFTIRQ));
}

// How long this CPU may be away, ns. The counter is read before it has gone round, by the CPU that keeps jiffies, or by
// the CPU that was the last to while none does.
u64 longest_absence(const tick_sched *ts, int cpu) {
    const int keeper = READ_ONCE(tick_do_timer_cpu);
    const bool answers_for_clock = keeper == tick_do_timer_none ? ts->do_timer_last : keeper == cpu;

    return answers_for_clock ? timekeeping_max_deferment() : static_cast<u64>(KTIME_MAX);
}

u64 no_later_than_never(u64 from, u64 distance) {
    const auto never = static_cast<u64>(KTIME_MAX);

    return distance < never - from ? from + distance : never;
}

// Until when this CPU may sleep; 0: it keeps its tick, which is not given up for a sleep that ends with the next one
// (Linux: tick_nohz_next_event).
ktime_t end_of_sleep(const tick_sched *ts, int cpu) {
    const tick_moment last = last_tick_of_jiffies();
    const u64 one_tick_on = last.time + TICK_NSEC;
    const u64 wake = wants_next_tick() ? one_tick_on : get_next_timer_interrupt(last);

    if (wake <= one_tick_on) {
        timer_clear_idle();
        if (!ts->tick_stopped)
            return 0;
    }
    return static_cast<ktime_t>(min(wake, no_later_than_never(last.time, longest_absence(ts, cpu))));
}

// The timer of a stopped tick. One that is set to this moment already is left alone.
void set_alarm(tick_sched *ts, ktime_t when) {
    if (when == ts->alarm)
        return;
    ts->alarm = when;
    if (when != KTIME_MAX)
        hrtimer_start(&ts->sched_timer, when, HRTIMER_MODE_ABS_PINNED_HARD);
    else
        hrtimer_cancel(&ts->sched_timer);
}

// idle, ticking -> idle, stopped; or a stopped one goes on sleeping (Linux: tick_nohz_stop_tick).
void stop_tick(tick_sched *ts, int cpu, ktime_t until) {
    const bool kept_jiffies = give_up_duty(cpu);

    // Another CPU keeps them: this one is not the last any more.
    if (kept_jiffies || READ_ONCE(tick_do_timer_cpu) != tick_do_timer_none)
        ts->do_timer_last = kept_jiffies;
    if (!ts->tick_stopped) {
        ts->on_grid = hrtimer_get_expires(&ts->sched_timer);
        ts->alarm = 0;
        ts->tick_stopped = true;
    }
    set_alarm(ts, until);
}

// idle, stopped -> ticking, in step with the other CPUs. Ticks that were left out are not made up for
// (Linux: tick_nohz_restart_sched_tick).
void restart_tick(tick_sched *ts, ktime_t now) {
    const ktime_t behind = now - ts->on_grid;
    const s64 left_out = behind < 0 ? 0 : ktime_divns(behind, TICK_NSEC) + 1;

    do_update_jiffies64(now);
    timer_clear_idle();
    ts->tick_stopped = false;
    ts->alarm = 0;
    hrtimer_start(&ts->sched_timer, ts->on_grid + left_out * TICK_NSEC, HRTIMER_MODE_ABS_PINNED_HARD);
}

} // namespace

void tick_init() {
    seqcount_init(&jiffies_seq);
}

// A device for the CPU that this runs on: its tick starts. Interrupts masked.
void tick_setup_device(clock_event_device *dev) {
    const int cpu = static_cast<int>(smp_processor_id());
    this_cpu_ptr(&tick_cpu_device)->evtdev = dev;
    dev->event_handler = hrtimer_interrupt;
    dev->next_event = KTIME_MAX;
    clockevents_switch_state(dev, CLOCK_EVT_STATE_SHUTDOWN);
    clockevents_switch_state(dev, CLOCK_EVT_STATE_ONESHOT);
    hrtimer_activate_this_cpu();

    if (tick_do_timer_cpu == tick_do_timer_boot)
        tick_do_timer_cpu = cpu;
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    hrtimer_init(&ts->sched_timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
    ts->sched_timer.function = tick_sched_timer;
    hrtimer_set_expires(&ts->sched_timer, init_jiffy_update());
    hrtimer_forward(&ts->sched_timer, ktime_get(), TICK_NSEC);
    hrtimer_start_expires(&ts->sched_timer, HRTIMER_MODE_ABS_PINNED_HARD);
    tick_nohz_active = 1;
}

int tick_program_event(ktime_t expires, int force) {
    clock_event_device *dev = this_cpu_ptr(&tick_cpu_device)->evtdev;

    // A CPU that goes down has given its device up already.
    if (unlikely(!dev))
        return 0;
    const bool never = expires == KTIME_MAX;
    if (unlikely(never != clockevent_state_oneshot_stopped(dev)))
        clockevents_switch_state(dev, never ? CLOCK_EVT_STATE_ONESHOT_STOPPED : CLOCK_EVT_STATE_ONESHOT);
    if (!never)
        return clockevents_program_event(dev, expires, force != 0);
    dev->next_event = KTIME_MAX;
    return 0;
}

// On the way into an interrupt that came while the CPU was idle.
void tick_irq_enter() {
    tick_sched &ts = *this_cpu_ptr(&tick_cpu_sched);
    const ktime_t woken = end_idle(ts);

    if (ts.tick_stopped)
        do_update_jiffies64(woken);
}

// On the way back from it to the idle loop.
void tick_nohz_irq_exit() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    if (ts->inidle)
        start_idle(ts);
}

void tick_nohz_idle_enter() {
    irqs_off i;
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

    start_idle(ts);
    ts->inidle = true;
}

void tick_nohz_idle_stop_tick() {
    const int here = static_cast<int>(smp_processor_id());
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

    if (!can_stop_idle_tick(here))
        return;
    if (const ktime_t until = end_of_sleep(ts, here))
        stop_tick(ts, here, until);
}

void tick_nohz_idle_restart_tick() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

    if (ts->tick_stopped)
        restart_tick(ts, ktime_get());
}

void tick_nohz_idle_exit() {
    const irqs_off masked;
    tick_sched &ts = *this_cpu_ptr(&tick_cpu_sched);

    WARN_ON_ONCE(!ts.inidle);
    ts.inidle = false;
    const ktime_t woken = end_idle(ts);
    if (ts.tick_stopped)
        restart_tick(&ts, woken);
}

bool tick_nohz_tick_stopped() {
    return this_cpu_ptr(&tick_cpu_sched)->tick_stopped;
}

static ktime_t note_now(u64 *in_us) {
    const ktime_t now = ktime_get();

    if (in_us)
        *in_us = static_cast<u64>(ktime_to_us(now));
    return now;
}

u64 get_cpu_idle_time_us(int cpu, u64 *last_update_time) {
    return idle_us(&per_cpu(tick_cpu_sched, cpu), note_now(last_update_time));
}
EXPORT_SYMBOL_GPL(get_cpu_idle_time_us);

// Nothing here waits for block devices.
u64 get_cpu_iowait_time_us(int, u64 *last_update_time) {
    note_now(last_update_time);
    return 0;
}
EXPORT_SYMBOL_GPL(get_cpu_iowait_time_us);

// The CPU that keeps jiffies goes down: another online one does it from now on.
void tick_handover_do_timer() {
    const int cpu = static_cast<int>(smp_processor_id());
    if (READ_ONCE(tick_do_timer_cpu) == cpu)
        WRITE_ONCE(tick_do_timer_cpu, static_cast<int>(cpumask_first(cpu_online_mask)));
}

void tick_cancel_sched_timer(unsigned cpu) {
    tick_sched *ts = &per_cpu(tick_cpu_sched, cpu);
    if (ts->sched_timer.base)
        hrtimer_cancel(&ts->sched_timer);
    *ts = {};
}

void tick_shutdown(unsigned int cpu) {
    clock_event_device *dev = per_cpu(tick_cpu_device, cpu).evtdev;
    if (!dev)
        return;
    per_cpu(tick_cpu_device, cpu).evtdev = nullptr;
    dev->state_use_accessors = CLOCK_EVT_STATE_DETACHED;
}

// What the timers of a CPU need when it comes and goes.
static int timers_hotplug_init() {
    cpuhp_setup_state_nocalls(CPUHP_HRTIMERS_PREPARE, "hrtimers:prepare", hrtimers_prepare_cpu, hrtimers_dead_cpu);
    cpuhp_setup_state_nocalls(CPUHP_TIMERS_PREPARE, "timers:prepare", timers_prepare_cpu, timers_dead_cpu);
    return 0;
}
early_initcall(timers_hotplug_init);
