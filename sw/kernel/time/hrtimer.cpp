// SPDX-License-Identifier: Apache-2.0
// High-resolution timers (Linux: kernel/time/hrtimer.c).
//
// Each CPU has a tree of timers for every clock, once for callbacks in the timer interrupt and once for those in
// HRTIMER_SOFTIRQ. The clock event device is programmed to the earliest of all. A CPU can only program its own device,
// so a timer goes to another CPU only where it would not be the first to fire.
#define pr_fmt(fmt) "hrtimer: " fmt

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>

#include "kernel/module/leaks.h"
#include "kernel/time/tick_internal.h"
#include "port/trace.h"

unsigned int hrtimer_resolution = HIGH_RES_NSEC;
EXPORT_SYMBOL_GPL(hrtimer_resolution);

DEFINE_PER_CPU(hrtimer_cpu_base, hrtimer_bases);

namespace {

constexpr unsigned mask_hard = (1u << HRTIMER_BASE_MONOTONIC_SOFT) - 1;
constexpr unsigned mask_soft = mask_hard << HRTIMER_BASE_MONOTONIC_SOFT;
constexpr unsigned max_interrupt_retries = 3;
constexpr s64 max_hang_delay = 100 * NSEC_PER_MSEC;

// A timer that is on its way from one CPU to another belongs to this base, whose lock nobody takes.
hrtimer_clock_base migration_base;

bool is_migration_base(const hrtimer_clock_base *base) {
    return base == &migration_base;
}

constexpr hrtimer_base_type base_of_clock(clockid_t clock) {
    switch (clock) {
    case CLOCK_REALTIME:
        return HRTIMER_BASE_REALTIME;
    case CLOCK_BOOTTIME:
        return HRTIMER_BASE_BOOTTIME;
    case CLOCK_TAI:
        return HRTIMER_BASE_TAI;
    default:
        return HRTIMER_BASE_MONOTONIC;
    }
}

// On the clock event device's axis, CLOCK_MONOTONIC.
ktime_t event_time(const hrtimer *timer, const hrtimer_clock_base *base) {
    const ktime_t expires = ktime_sub(timer->node.expires, base->offset);
    return expires < 0 ? 0 : expires;
}

hrtimer_clock_base *lock_hrtimer_base(const hrtimer *timer, unsigned long *flags) {
    for (;;) {
        hrtimer_clock_base *base = READ_ONCE(timer->base);
        if (!is_migration_base(base)) {
            raw_spin_lock_irqsave(&base->cpu_base->lock, *flags);
            if (base == timer->base)
                return base;
            raw_spin_unlock_irqrestore(&base->cpu_base->lock, *flags);
        }
        cpu_relax();
    }
}

void unlock_hrtimer_base(const hrtimer *timer, unsigned long *flags) {
    raw_spin_unlock_irqrestore(&timer->base->cpu_base->lock, *flags);
}

bool callback_running(const hrtimer *timer) {
    return timer->base->running == timer;
}

// The base that the timer shall be queued on; its lock is held afterwards instead of `base`'s.
hrtimer_clock_base *switch_hrtimer_base(hrtimer *timer, hrtimer_clock_base *base, bool pinned) {
    hrtimer_cpu_base *this_cpu_base = this_cpu_ptr(&hrtimer_bases);
    hrtimer_cpu_base *target = pinned ? this_cpu_base : &per_cpu(hrtimer_bases, timer_target_cpu());
    for (;;) {
        hrtimer_clock_base *new_base = &target->clock_base[base->index];
        if (base == new_base) {
            if (target == this_cpu_base || event_time(timer, new_base) >= new_base->cpu_base->expires_next)
                return base;
            target = this_cpu_base;
            continue;
        }
        // The timer stays where its callback runs until that has ended.
        if (callback_running(timer))
            return base;
        WRITE_ONCE(timer->base, &migration_base);
        raw_spin_unlock(&base->cpu_base->lock);
        raw_spin_lock(&new_base->cpu_base->lock);
        if (target != this_cpu_base && event_time(timer, new_base) < new_base->cpu_base->expires_next) {
            raw_spin_unlock(&new_base->cpu_base->lock);
            raw_spin_lock(&base->cpu_base->lock);
            WRITE_ONCE(timer->base, base);
            target = this_cpu_base;
            continue;
        }
        WRITE_ONCE(timer->base, new_base);
        return new_base;
    }
}

// The earliest timer of the bases in `mask`, and when it fires; KTIME_MAX and null if there is none.
ktime_t next_event_of(hrtimer_cpu_base *cpu_base, unsigned mask, const hrtimer *exclude, hrtimer **first) {
    ktime_t next = KTIME_MAX;
    if (first)
        *first = nullptr;
    for (unsigned active = cpu_base->active_bases & mask; active; active &= active - 1) {
        hrtimer_clock_base *base = &cpu_base->clock_base[__builtin_ctz(active)];
        timerqueue_node *node = timerqueue_getnext(&base->active);
        hrtimer *timer = container_of(node, hrtimer, node);
        if (timer == exclude) {
            node = timerqueue_iterate_next(node);
            if (!node)
                continue;
            timer = container_of(node, hrtimer, node);
        }
        const ktime_t expires = event_time(timer, base);
        if (expires < next) {
            next = expires;
            if (first)
                *first = timer;
        }
    }
    return next;
}

ktime_t next_soft_event(hrtimer_cpu_base *cpu_base) {
    return next_event_of(cpu_base, mask_soft, nullptr, &cpu_base->softirq_next_timer);
}

// What the device is to be programmed to. Soft timers count as long as their softirq has not been raised already.
ktime_t update_next_event(hrtimer_cpu_base *cpu_base) {
    ktime_t soft = KTIME_MAX;
    if (!cpu_base->softirq_activated)
        cpu_base->softirq_expires_next = soft = next_soft_event(cpu_base);
    const ktime_t hard = next_event_of(cpu_base, mask_hard, nullptr, &cpu_base->next_timer);
    if (hard <= soft)
        return hard;
    cpu_base->next_timer = cpu_base->softirq_next_timer;
    return soft;
}

void program(hrtimer_cpu_base *cpu_base, ktime_t expires) {
    cpu_base->expires_next = expires;
    // While a hang is being sat out, the device is programmed past it.
    if (!cpu_base->hres_active || cpu_base->hang_detected)
        return;
    tick_program_event(expires, 1);
}

void force_reprogram(hrtimer_cpu_base *cpu_base, bool skip_equal) {
    const ktime_t expires = update_next_event(cpu_base);
    if (skip_equal && expires == cpu_base->expires_next)
        return;
    program(cpu_base, expires);
}

// The timer was just queued, maybe as the first.
void reprogram_for(hrtimer *timer, bool reprogram) {
    hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
    hrtimer_clock_base *base = timer->base;
    const ktime_t expires = event_time(timer, base);

    if (timer->is_soft) {
        hrtimer_cpu_base *timer_cpu_base = base->cpu_base;
        if (timer_cpu_base->softirq_activated || expires >= timer_cpu_base->softirq_expires_next)
            return;
        timer_cpu_base->softirq_next_timer = timer;
        timer_cpu_base->softirq_expires_next = expires;
        if (expires >= timer_cpu_base->expires_next || !reprogram)
            return;
    }
    if (base->cpu_base != cpu_base || expires >= cpu_base->expires_next)
        return;
    // The interrupt programs the device when it is through.
    if (cpu_base->in_hrtirq)
        return;
    cpu_base->next_timer = timer;
    program(cpu_base, expires);
}

bool enqueue(hrtimer *timer, hrtimer_clock_base *base, enum hrtimer_mode mode) {
    const ktime_t expires = hrtimer_get_expires(timer);
    trace_event4(hrtimer_start, timer, timer->function, expires,
                 static_cast<u64>(expires - hrtimer_get_softexpires(timer)) << 8 | mode, nullptr);
    base->cpu_base->active_bases |= 1u << base->index;
    WRITE_ONCE(timer->state, static_cast<u8>(HRTIMER_STATE_ENQUEUED));
    const void *function = reinterpret_cast<void *>(timer->function);
    if (unlikely(address_of_module(function)))
        debug_object_activate(timer, DEBUG_OBJECT_HRTIMER, function, function);
    return timerqueue_add(&base->active, &timer->node);
}

void dequeue(hrtimer *timer, hrtimer_clock_base *base, u8 new_state, bool reprogram) {
    hrtimer_cpu_base *cpu_base = base->cpu_base;
    const u8 state = timer->state;
    WRITE_ONCE(timer->state, new_state);
    if (!(state & HRTIMER_STATE_ENQUEUED))
        return;
    debug_object_deactivate(timer);
    if (!timerqueue_del(&base->active, &timer->node))
        cpu_base->active_bases &= ~(1u << base->index);
    // Where it was not the first, an event that comes for nothing is cheaper than looking for the next one.
    if (reprogram && timer == cpu_base->next_timer)
        force_reprogram(cpu_base, true);
}

bool remove_hrtimer(hrtimer *timer, hrtimer_clock_base *base, bool restart, bool keep_local) {
    u8 state = timer->state;
    if (!(state & HRTIMER_STATE_ENQUEUED))
        return false;
    trace_event1(hrtimer_cancel, timer, nullptr);
    bool reprogram = base->cpu_base == this_cpu_ptr(&hrtimer_bases);
    if (restart)
        reprogram = reprogram && !keep_local;
    else
        state = HRTIMER_STATE_INACTIVE;
    dequeue(timer, base, state, reprogram);
    return true;
}

// True if the device may have to be programmed for it.
bool start_locked(hrtimer *timer, ktime_t tim, u64 delta_ns, enum hrtimer_mode mode, hrtimer_clock_base *base) {
    hrtimer_cpu_base *this_cpu_base = this_cpu_ptr(&hrtimer_bases);
    // A timer that is the first of this CPU stays here: to take it off and on again would program the device twice.
    const bool force_local = base->cpu_base == this_cpu_base && this_cpu_base->next_timer == timer;
    remove_hrtimer(timer, base, true, force_local);
    if (mode & HRTIMER_MODE_REL)
        tim = ktime_add_safe(tim, base->get_time());
    hrtimer_set_expires_range_ns(timer, tim, delta_ns);

    hrtimer_clock_base *new_base = force_local ? base : switch_hrtimer_base(timer, base, mode & HRTIMER_MODE_PINNED);
    const bool first = enqueue(timer, new_base, mode);
    if (!force_local)
        return first;
    force_reprogram(new_base->cpu_base, true);
    return false;
}

// Lets readers without the lock see that what they look at has changed.
void mark_change(hrtimer_clock_base *base) {
    raw_write_seqcount_begin(&base->seq);
    raw_write_seqcount_end(&base->seq);
}

// Called with the lock held, which it drops for the callback.
void run_hrtimer(hrtimer_cpu_base *cpu_base, hrtimer_clock_base *base, hrtimer *timer, ktime_t now,
                 unsigned long flags) {
    base->running = timer;
    // hrtimer_active() must not find the timer neither queued nor running between these two.
    mark_change(base);
    dequeue(timer, base, HRTIMER_STATE_INACTIVE, false);
    enum hrtimer_restart (*fn)(hrtimer *) = timer->function;

    raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
    trace_event3(hrtimer_expire_entry, timer, fn, now, nullptr);
    const enum hrtimer_restart restart = fn(timer);
    trace_event1(hrtimer_expire_exit, timer, nullptr);
    raw_spin_lock_irq(&cpu_base->lock);

    // Somebody else may have started it meanwhile.
    if (restart != HRTIMER_NORESTART && !(timer->state & HRTIMER_STATE_ENQUEUED))
        enqueue(timer, base, HRTIMER_MODE_ABS);
    mark_change(base);
    WARN_ON_ONCE(base->running != timer);
    base->running = nullptr;
}

void run_queues(hrtimer_cpu_base *cpu_base, ktime_t now, unsigned long flags, unsigned mask) {
    for (unsigned active = cpu_base->active_bases & mask; active; active &= active - 1) {
        hrtimer_clock_base *base = &cpu_base->clock_base[__builtin_ctz(active)];
        const ktime_t base_now = ktime_add(now, base->offset);
        while (timerqueue_node *node = timerqueue_getnext(&base->active)) {
            hrtimer *timer = container_of(node, hrtimer, node);
            // With the slack that it grants, a timer is served early if an interrupt is here anyway.
            if (base_now < hrtimer_get_softexpires(timer))
                break;
            run_hrtimer(cpu_base, base, timer, base_now, flags);
        }
    }
}

void run_softirq(softirq_action *) {
    hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
    unsigned long flags;
    raw_spin_lock_irqsave(&cpu_base->lock, flags);
    run_queues(cpu_base, ktime_get(), flags, mask_soft);
    cpu_base->softirq_activated = 0;
    next_soft_event(cpu_base);
    if (cpu_base->softirq_next_timer)
        reprogram_for(cpu_base->softirq_next_timer, true);
    raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
}

enum hrtimer_restart wake_sleeper(hrtimer *timer) {
    hrtimer_sleeper *sleeper = container_of(timer, hrtimer_sleeper, timer);
    task_struct *task = sleeper->task;
    sleeper->task = nullptr;
    if (task)
        wake_up_process(task);
    return HRTIMER_NORESTART;
}

} // namespace

// The clock event device's handler.
void hrtimer_interrupt(struct clock_event_device *dev) {
    hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
    unsigned long flags;
    cpu_base->nr_events++;
    dev->next_event = KTIME_MAX;

    raw_spin_lock_irqsave(&cpu_base->lock, flags);
    const ktime_t entry = ktime_get();
    ktime_t now = entry;
    for (unsigned retries = 0;;) {
        cpu_base->in_hrtirq = 1;
        cpu_base->expires_next = KTIME_MAX;
        if (now >= cpu_base->softirq_expires_next) {
            cpu_base->softirq_expires_next = KTIME_MAX;
            cpu_base->softirq_activated = 1;
            raise_softirq_irqoff(HRTIMER_SOFTIRQ);
        }
        run_queues(cpu_base, now, flags, mask_hard);
        const ktime_t expires = update_next_event(cpu_base);
        cpu_base->expires_next = expires;
        cpu_base->in_hrtirq = 0;
        if (!tick_program_event(expires, 0)) {
            cpu_base->hang_detected = 0;
            raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
            return;
        }
        // The next one was due while these ran.
        now = ktime_get();
        cpu_base->nr_retries++;
        if (++retries >= max_interrupt_retries)
            break;
    }
    // Callbacks that eat all the time: give the rest of the system as much as they took.
    cpu_base->nr_hangs++;
    cpu_base->hang_detected = 1;
    raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
    const ktime_t delta = ktime_sub(now, entry);
    if (static_cast<unsigned>(delta) > cpu_base->max_hang_time)
        cpu_base->max_hang_time = static_cast<unsigned>(delta);
    tick_program_event(ktime_add(now, delta > max_hang_delay ? max_hang_delay : delta), 1);
    pr_warn_once("interrupt took %llu ns\n", static_cast<u64>(delta));
}

void hrtimer_activate_this_cpu() {
    hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
    raw_spin_lock(&cpu_base->lock);
    cpu_base->hres_active = 1;
    force_reprogram(cpu_base, false);
    raw_spin_unlock(&cpu_base->lock);
}

void hrtimer_init(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode) {
    const bool softtimer = mode & HRTIMER_MODE_SOFT;
    debug_object_init(timer, DEBUG_OBJECT_HRTIMER);
    hrtimer_cpu_base *cpu_base = raw_cpu_ptr(&hrtimer_bases);
    // A relative time on the real-time clock is not to follow when that is set.
    if (which_clock == CLOCK_REALTIME && (mode & HRTIMER_MODE_REL))
        which_clock = CLOCK_MONOTONIC;
    const unsigned index = base_of_clock(which_clock) + (softtimer ? HRTIMER_BASE_MONOTONIC_SOFT : 0);
    *timer = {};
    timer->is_soft = softtimer;
    timer->is_hard = (mode & HRTIMER_MODE_HARD) != 0;
    timer->base = &cpu_base->clock_base[index];
    timerqueue_init(&timer->node);
}
EXPORT_SYMBOL_GPL(hrtimer_init);

ktime_t hrtimer_cb_get_time(const struct hrtimer *timer) {
    return timer->base->get_time();
}
EXPORT_SYMBOL_GPL(hrtimer_cb_get_time);

void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns, const enum hrtimer_mode mode) {
    if (WARN_ON_ONCE(!timer->function))
        return;
    WARN_ON_ONCE(!(mode & HRTIMER_MODE_SOFT) ^ !timer->is_soft);

    unsigned long flags;
    hrtimer_clock_base *base = lock_hrtimer_base(timer, &flags);
    if (start_locked(timer, tim, range_ns, mode, base))
        reprogram_for(timer, true);
    unlock_hrtimer_base(timer, &flags);
}
EXPORT_SYMBOL_GPL(hrtimer_start_range_ns);

// Without a lock: the sequence count and the base tell whether what was seen belongs together.
bool hrtimer_active(const struct hrtimer *timer) {
    for (;;) {
        hrtimer_clock_base *base = READ_ONCE(timer->base);
        const unsigned seq = raw_read_seqcount_begin(&base->seq);
        if (timer->state != HRTIMER_STATE_INACTIVE || base->running == timer)
            return true;
        if (!read_seqcount_retry(&base->seq, seq) && base == READ_ONCE(timer->base))
            return false;
        cpu_relax();
    }
}
EXPORT_SYMBOL_GPL(hrtimer_active);

int hrtimer_try_to_cancel(struct hrtimer *timer) {
    if (!hrtimer_active(timer))
        return 0;
    unsigned long flags;
    hrtimer_clock_base *base = lock_hrtimer_base(timer, &flags);
    const int ret = callback_running(timer) ? -1 : remove_hrtimer(timer, base, false, false);
    unlock_hrtimer_base(timer, &flags);
    return ret;
}
EXPORT_SYMBOL_GPL(hrtimer_try_to_cancel);

int hrtimer_cancel(struct hrtimer *timer) {
    for (;;) {
        const int ret = hrtimer_try_to_cancel(timer);
        if (ret >= 0)
            return ret;
        cpu_relax();
    }
}
EXPORT_SYMBOL_GPL(hrtimer_cancel);

ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool) {
    unsigned long flags;
    lock_hrtimer_base(timer, &flags);
    const ktime_t remaining = hrtimer_expires_remaining(timer);
    unlock_hrtimer_base(timer, &flags);
    return remaining;
}
EXPORT_SYMBOL_GPL(__hrtimer_get_remaining);

u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval) {
    ktime_t delta = ktime_sub(now, hrtimer_get_expires(timer));
    if (delta < 0)
        return 0;
    if (WARN_ON(timer->state & HRTIMER_STATE_ENQUEUED))
        return 0;
    if (interval < static_cast<s64>(hrtimer_resolution))
        interval = hrtimer_resolution;

    u64 overruns = 1;
    if (delta >= interval) {
        const s64 whole = ktime_divns(delta, interval);
        overruns = static_cast<u64>(whole);
        hrtimer_add_expires_ns(timer, static_cast<u64>(interval * whole));
        if (hrtimer_get_expires_tv64(timer) > now)
            return overruns;
        overruns++;
    }
    hrtimer_add_expires(timer, interval);
    return overruns;
}
EXPORT_SYMBOL_GPL(hrtimer_forward);

u64 hrtimer_next_event_without(const struct hrtimer *exclude) {
    hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
    unsigned long flags;
    raw_spin_lock_irqsave(&cpu_base->lock, flags);
    const unsigned mask = cpu_base->softirq_activated ? mask_hard : mask_hard | mask_soft;
    const ktime_t expires = next_event_of(cpu_base, mask, exclude, nullptr);
    raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
    return static_cast<u64>(expires);
}

u64 hrtimer_get_next_event() {
    return hrtimer_next_event_without(nullptr);
}

void hrtimer_init_sleeper(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode) {
    hrtimer_init(&sl->timer, clock_id, mode);
    sl->timer.function = wake_sleeper;
    sl->task = current;
}
EXPORT_SYMBOL_GPL(hrtimer_init_sleeper);

void hrtimer_init_sleeper_on_stack(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode) {
    hrtimer_init_sleeper(sl, clock_id, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_init_sleeper_on_stack);

void hrtimer_sleeper_start_expires(struct hrtimer_sleeper *sl, enum hrtimer_mode mode) {
    hrtimer_start_expires(&sl->timer, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_sleeper_start_expires);

int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode, clockid_t clock_id) {
    if (expires && *expires == 0) {
        __set_current_state(TASK_RUNNING);
        return 0;
    }
    if (!expires) {
        schedule();
        return -EINTR;
    }

    hrtimer_sleeper sleeper;
    hrtimer_init_sleeper_on_stack(&sleeper, clock_id, mode);
    hrtimer_set_expires_range_ns(&sleeper.timer, *expires, delta);
    hrtimer_sleeper_start_expires(&sleeper, mode);
    if (READ_ONCE(sleeper.task))
        schedule();
    hrtimer_cancel(&sleeper.timer);
    destroy_hrtimer_on_stack(&sleeper.timer);
    __set_current_state(TASK_RUNNING);
    return READ_ONCE(sleeper.task) ? -EINTR : 0;
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range_clock);

int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode) {
    return schedule_hrtimeout_range_clock(expires, delta, mode, CLOCK_MONOTONIC);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range);

int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode) {
    return schedule_hrtimeout_range(expires, 0, mode);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout);

int hrtimers_prepare_cpu(unsigned int cpu) {
    static const struct {
        clockid_t clock;
        ktime_t (*get_time)();
        tk_offsets offset;
    } clocks[HRTIMER_BASE_MONOTONIC_SOFT] = {
        {CLOCK_MONOTONIC, ktime_get, TK_OFFS_BOOT},
        {CLOCK_REALTIME, ktime_get_real, TK_OFFS_REAL},
        {CLOCK_BOOTTIME, ktime_get_boottime, TK_OFFS_BOOT},
        {CLOCK_TAI, ktime_get_clocktai, TK_OFFS_TAI},
    };

    hrtimer_cpu_base *cpu_base = &per_cpu(hrtimer_bases, cpu);
    for (unsigned i = 0; i < HRTIMER_MAX_CLOCK_BASES; i++) {
        hrtimer_clock_base *base = &cpu_base->clock_base[i];
        const auto &clock = clocks[i % HRTIMER_BASE_MONOTONIC_SOFT];
        base->cpu_base = cpu_base;
        base->index = i;
        base->clockid = clock.clock;
        base->get_time = clock.get_time;
        base->offset = ktime_mono_to_any(0, clock.offset);
        seqcount_init(&base->seq);
        timerqueue_init_head(&base->active);
    }
    cpu_base->cpu = cpu;
    cpu_base->active_bases = 0;
    cpu_base->hres_active = 0;
    cpu_base->hang_detected = 0;
    cpu_base->next_timer = nullptr;
    cpu_base->softirq_next_timer = nullptr;
    cpu_base->softirq_activated = 0;
    cpu_base->expires_next = KTIME_MAX;
    cpu_base->softirq_expires_next = KTIME_MAX;
    return 0;
}

// The timers of a CPU that has gone down move to the one that took it down, all but its tick.
int hrtimers_dead_cpu(unsigned int cpu) {
    tick_cancel_sched_timer(cpu);

    local_irq_disable();
    hrtimer_cpu_base *from = &per_cpu(hrtimer_bases, cpu);
    hrtimer_cpu_base *to = this_cpu_ptr(&hrtimer_bases);
    raw_spin_lock(&to->lock);
    raw_spin_lock_nested(&from->lock, SINGLE_DEPTH_NESTING);
    for (unsigned i = 0; i < HRTIMER_MAX_CLOCK_BASES; i++) {
        hrtimer_clock_base *base = &from->clock_base[i];
        while (timerqueue_node *node = timerqueue_getnext(&base->active)) {
            hrtimer *timer = container_of(node, hrtimer, node);
            BUG_ON(callback_running(timer));
            dequeue(timer, base, HRTIMER_STATE_ENQUEUED, false);
            timer->base = &to->clock_base[i];
            enqueue(timer, timer->base, HRTIMER_MODE_ABS);
        }
    }
    from->hres_active = 0;
    force_reprogram(to, false);
    raw_spin_unlock(&from->lock);
    raw_spin_unlock(&to->lock);
    local_irq_enable();
    return 0;
}

void hrtimers_init() {
    int cpu;
    for_each_possible_cpu (cpu) {
        raw_spin_lock_init(&per_cpu(hrtimer_bases, cpu).lock);
        hrtimers_prepare_cpu(static_cast<unsigned>(cpu));
    }
    seqcount_init(&migration_base.seq);
    open_softirq(HRTIMER_SOFTIRQ, run_softirq);
}

static void hrtimer_leak_check(const struct module *mod) {
    unsigned cpu;
    for_each_possible_cpu (cpu) {
        hrtimer_cpu_base *cpu_base = &per_cpu(hrtimer_bases, cpu);
        raw_spin_lock_irq(&cpu_base->lock);
        for (hrtimer_clock_base &base : cpu_base->clock_base) {
            for (timerqueue_node *node = timerqueue_getnext(&base.active); node; node = timerqueue_iterate_next(node)) {
                void *func = reinterpret_cast<void *>(container_of(node, hrtimer, node)->function);
                if (module_owns(mod, func))
                    module_leak(mod, func, "hrtimer %ps still active", func);
            }
        }
        raw_spin_unlock_irq(&cpu_base->lock);
    }
}
MODULE_LEAK_CHECK(hrtimer_leak_check);
