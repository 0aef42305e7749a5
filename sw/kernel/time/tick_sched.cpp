// SPDX-License-Identifier: Apache-2.0
// The tick, and stopping it while a CPU is idle (Linux: kernel/time/tick-sched.c, tick-common.c).
//
// The tick of a CPU is an hrtimer. One CPU at a time keeps jiffies; when it goes idle it gives that duty up and
// whichever CPU ticks next takes it. When all are idle nobody does, and the first interrupt brings jiffies up to date
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

// ---- the duty to keep jiffies ----

// Whoever has it keeps jiffies; where nobody has, this CPU takes it.
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
// An interrupt that comes while idle suspends being idle, not the tick's state. A stopped tick's timer is set to the
// next thing that the CPU has to wake up for by itself, or not at all.

// The idle loop learns that its tick came, or what woke it in its place.
void note_tick(tick_sched *ts) {
    ts->got_idle_tick |= ts->inidle;
    if (!ts->tick_stopped)
        return;
    ts->next_tick = 0;
    ts->idle_jiffies += is_idle_task(current);
}

enum hrtimer_restart tick_sched_timer(hrtimer *timer) {
    tick_sched *ts = container_of(timer, tick_sched, sched_timer);
    const ktime_t now = ktime_get();

    keep_jiffies(now, static_cast<int>(smp_processor_id()));
    note_tick(ts);
    update_process_times(0);
    // Stopped: what comes next is decided when the idle loop is back.
    const bool goes_on = !ts->tick_stopped;
    if (goes_on)
        hrtimer_forward(timer, now, TICK_NSEC);
    return goes_on ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

void start_idle(tick_sched *ts) {
    ts->idle_entrytime = ktime_get();
    ts->idle_active = true;
}

void stop_idle(tick_sched *ts, ktime_t now) {
    ts->idle_sleeptime = ktime_add(ts->idle_sleeptime, ktime_sub(now, ts->idle_entrytime));
    ts->idle_active = false;
}

// The CPU is awake: being idle ends, and `stopped(now)` is called if its tick is stopped.
template <class Stopped>
void wake(tick_sched *ts, Stopped stopped) {
    if (!ts->idle_active && !ts->tick_stopped)
        return;
    const ktime_t now = ktime_get();

    if (ts->idle_active)
        stop_idle(ts, now);
    if (ts->tick_stopped)
        stopped(now);
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

// When this CPU has to wake up by itself; 0: so soon that the tick stays.
ktime_t next_event(tick_sched *ts, int cpu) {
    unsigned long basejiff;
    const u64 basemono = get_jiffies_update(&basejiff);
    ts->last_jiffies = basejiff;
    ts->timer_expires_base = basemono;

    u64 next_tick;
    if (rcu_needs_cpu() || irq_work_needs_cpu() || (local_softirq_pending() & BIT(TIMER_SOFTIRQ)))
        next_tick = basemono + TICK_NSEC;
    else
        next_tick = get_next_timer_interrupt(basejiff, basemono);
    ts->next_timer = next_tick;

    if (next_tick - basemono <= static_cast<u64>(TICK_NSEC)) {
        timer_clear_idle();
        if (!ts->tick_stopped) {
            ts->timer_expires = 0;
            return 0;
        }
    }

    // The last one to have kept jiffies sleeps no longer than the clock allows without being read.
    u64 delta = timekeeping_max_deferment();
    const int duty = READ_ONCE(tick_do_timer_cpu);
    if (cpu != duty && (duty != tick_do_timer_none || !ts->do_timer_last))
        delta = KTIME_MAX;
    const u64 expires = delta < static_cast<u64>(KTIME_MAX) - basemono ? basemono + delta : KTIME_MAX;
    ts->timer_expires = min(expires, next_tick);
    return static_cast<ktime_t>(ts->timer_expires);
}

void stop_tick(tick_sched *ts, int cpu) {
    const ktime_t expires = static_cast<ktime_t>(ts->timer_expires);
    ts->timer_expires_base = 0;

    if (give_up_duty(cpu)) {
        ts->do_timer_last = true;
    } else if (READ_ONCE(tick_do_timer_cpu) != tick_do_timer_none) {
        ts->do_timer_last = false;
    }

    if (ts->tick_stopped && expires == ts->next_tick &&
        (expires == KTIME_MAX || expires == hrtimer_get_expires(&ts->sched_timer)))
        return;
    if (!ts->tick_stopped) {
        ts->last_tick = hrtimer_get_expires(&ts->sched_timer);
        ts->tick_stopped = true;
    }
    ts->next_tick = expires;
    if (expires == KTIME_MAX)
        hrtimer_cancel(&ts->sched_timer);
    else
        hrtimer_start(&ts->sched_timer, expires, HRTIMER_MODE_ABS_PINNED_HARD);
}

void restart_sched_tick(tick_sched *ts, ktime_t now) {
    do_update_jiffies64(now);
    timer_clear_idle();
    ts->tick_stopped = false;
    hrtimer_cancel(&ts->sched_timer);
    hrtimer_set_expires(&ts->sched_timer, ts->last_tick);
    // The ticks that were left out are not made up for.
    hrtimer_forward(&ts->sched_timer, now, TICK_NSEC);
    hrtimer_start_expires(&ts->sched_timer, HRTIMER_MODE_ABS_PINNED_HARD);
    ts->next_tick = 0;
}

} // namespace

u64 get_jiffies_update(unsigned long *basej) {
    unsigned seq, tries = 0;
    u64 period;
    unsigned long now;
    do {
        if (tries++)
            cpu_relax();
        seq = read_seqcount_begin(&jiffies_seq);
        period = static_cast<u64>(tick_next_period) - TICK_NSEC;
        now = jiffies;
    } while (read_seqcount_retry(&jiffies_seq, seq));
    *basej = now;
    return period;
}

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
void tick_update_jiffies() {
    do_update_jiffies64(ktime_get());
}

void tick_irq_enter() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

    wake(ts, [ts](ktime_t now) {
        ts->idle_waketime = now;
        do_update_jiffies64(now);
    });
}

// On the way back from it to the idle loop.
void tick_nohz_irq_exit() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    if (ts->inidle)
        start_idle(ts);
}

void tick_nohz_idle_enter() {
    local_irq_disable();
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    WARN_ON_ONCE(ts->timer_expires_base);
    ts->inidle = true;
    start_idle(ts);
    local_irq_enable();
}

void tick_nohz_idle_stop_tick() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    const int cpu = static_cast<int>(smp_processor_id());
    ktime_t expires;
    if (ts->timer_expires_base)
        expires = static_cast<ktime_t>(ts->timer_expires);
    else if (can_stop_idle_tick(cpu))
        expires = next_event(ts, cpu);
    else
        return;

    ts->idle_calls++;
    if (expires <= 0) {
        tick_nohz_idle_retain_tick();
        return;
    }
    const bool was_stopped = ts->tick_stopped;
    stop_tick(ts, cpu);
    ts->idle_sleeps++;
    ts->idle_expires = expires;
    if (!was_stopped)
        ts->idle_jiffies = ts->last_jiffies;
}

void tick_nohz_idle_retain_tick() {
    timer_clear_idle();
    this_cpu_ptr(&tick_cpu_sched)->timer_expires_base = 0;
}

void tick_nohz_idle_restart_tick() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    if (ts->tick_stopped)
        restart_sched_tick(ts, ktime_get());
}

void tick_nohz_idle_exit() {
    local_irq_disable();
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    WARN_ON_ONCE(ts->timer_expires_base || !ts->inidle);
    ts->inidle = false;
    wake(ts, [ts](ktime_t now) {
        ts->idle_exittime = now;
        restart_sched_tick(ts, now);
    });
    local_irq_enable();
}

bool tick_nohz_tick_stopped() {
    return this_cpu_ptr(&tick_cpu_sched)->tick_stopped;
}

bool tick_nohz_tick_stopped_cpu(int cpu) {
    return READ_ONCE(per_cpu(tick_cpu_sched, cpu).tick_stopped);
}

bool tick_nohz_idle_got_tick() {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    const bool got = ts->got_idle_tick;
    ts->got_idle_tick = false;
    return got;
}

ktime_t tick_nohz_get_next_hrtimer() {
    return this_cpu_ptr(&tick_cpu_device)->evtdev->next_event;
}

// Two answers, from when the idle loop was entered: how long the CPU may sleep if the tick is stopped, and, in
// *delta_next, if it is not.
ktime_t tick_nohz_get_sleep_length(ktime_t *delta_next) {
    tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
    const int here = static_cast<int>(smp_processor_id());
    const ktime_t with_tick = tick_nohz_get_next_hrtimer() - ts->idle_entrytime;
    const ktime_t wheel = can_stop_idle_tick(here) ? next_event(ts, here) : 0;

    *delta_next = with_tick;
    if (!wheel)
        return with_tick;
    const auto others = static_cast<ktime_t>(hrtimer_next_event_without(&ts->sched_timer));
    return min(wheel, others) - ts->idle_entrytime;
}

unsigned long tick_nohz_get_idle_calls_cpu(int cpu) {
    return per_cpu(tick_cpu_sched, cpu).idle_calls;
}

unsigned long tick_nohz_get_idle_calls() {
    return this_cpu_ptr(&tick_cpu_sched)->idle_calls;
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
