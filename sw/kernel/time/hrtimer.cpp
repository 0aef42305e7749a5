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
#include "kernel/time/in_callback.h"
#include "kernel/time/tick_internal.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/order.h"
#include "port/trace.h"

unsigned int hrtimer_resolution = HIGH_RES_NSEC;
EXPORT_SYMBOL_GPL(hrtimer_resolution);

DEFINE_PER_CPU(hrtimer_cpu_base, hrtimer_bases);

namespace {

constexpr unsigned mask_hard = (1u << HRTIMER_BASE_MONOTONIC_SOFT) - 1;
constexpr unsigned mask_soft = mask_hard << HRTIMER_BASE_MONOTONIC_SOFT;
constexpr unsigned max_interrupt_rounds = 3;
constexpr s64 max_hang_delay = 100 * NSEC_PER_MSEC;

hrtimer_cpu_base *this_cpu_base() {
    return this_cpu_ptr(&hrtimer_bases);
}

// ---- a timer ----
//
// It is inactive, queued, or its callback runs, and then it may be queued again as well. `state` says whether it is
// queued, the base's `running` whether its callback runs. It belongs to one base all the time, whose CPU's lock guards
// it; while it moves from one to another it belongs to a base that stands for "in transit".

hrtimer_clock_base in_transit; // its lock is never taken

hrtimer *timer_of(timerqueue_node *node) {
    return node ? container_of(node, hrtimer, node) : nullptr;
}

bool callback_runs(const hrtimer *timer) {
    return timer->base->running == timer;
}

constexpr bool is_queued(const hrtimer *timer) {
    return (timer->state & HRTIMER_STATE_ENQUEUED) != 0;
}

hrtimer *first_of_base(hrtimer_clock_base *base) {
    return timer_of(timerqueue_getnext(&base->active));
}

// On the clock event device's axis, CLOCK_MONOTONIC.
ktime_t event_time(const hrtimer *timer, const hrtimer_clock_base *base) {
    const ktime_t expires = ktime_sub(timer->node.expires, base->offset);
    return expires < 0 ? 0 : expires;
}

// The base of a timer, with its CPU locked.
class held_base {
public:
    explicit held_base(const hrtimer *timer) {
        while (!lock(READ_ONCE(timer->base), timer))
            cpu_relax();
    }
    ~held_base() { raw_spin_unlock_irqrestore(&base_->cpu_base->lock, irqs_); }
    held_base(const held_base &) = delete;
    held_base &operator=(const held_base &) = delete;
    hrtimer_clock_base *operator->() const { return base_; }
    hrtimer_clock_base *get() const { return base_; }

    // The timer, which is not queued and whose callback does not run, goes to another base.
    void move(hrtimer *timer, hrtimer_clock_base *to) {
        WRITE_ONCE(timer->base, &in_transit);
        raw_spin_unlock(&base_->cpu_base->lock);
        base_ = to;
        raw_spin_lock(&base_->cpu_base->lock);
        WRITE_ONCE(timer->base, base_);
    }

private:
    bool lock(hrtimer_clock_base *base, const hrtimer *timer) {
        if (base == &in_transit)
            return false;
        irqs_ = _raw_spin_lock_irqsave(&base->cpu_base->lock);
        base_ = base;
        if (likely(timer->base == base))
            return true;
        raw_spin_unlock_irqrestore(&base->cpu_base->lock, irqs_);
        return false;
    }

    hrtimer_clock_base *base_;
    unsigned long irqs_;
};

// ---- what comes next on a CPU ----

// The bases of `mask` that have timers (Linux: for_each_active_base).
struct active_bases {
    hrtimer_cpu_base *cpu_base;
    unsigned mask;

    struct place {
        hrtimer_cpu_base *cpu_base;
        unsigned left;
        bool operator!=(const place &end) const { return left != end.left; }
        hrtimer_clock_base &operator*() const { return cpu_base->clock_base[__builtin_ctz(left)]; }
        void operator++() { left &= left - 1; }
    };
    place begin() const { return {cpu_base, cpu_base->active_bases & mask}; }
    place end() const { return {cpu_base, 0}; }
};

struct event {
    ktime_t at = KTIME_MAX;
    hrtimer *timer = nullptr; // null: none
};

// The earliest of the bases in `mask` (Linux: __hrtimer_next_event_base).
event next_event_of(hrtimer_cpu_base *cpu_base, unsigned mask) {
    event next;

    for (hrtimer_clock_base &base : active_bases{cpu_base, mask}) {
        hrtimer *timer = first_of_base(&base);
        const ktime_t at = event_time(timer, &base);

        if (at < next.at)
            next = {at, timer};
    }
    return next;
}

event look_for_soft(hrtimer_cpu_base *cpu_base) {
    const event next = next_event_of(cpu_base, mask_soft);

    cpu_base->softirq_next_timer = next.timer;
    return next;
}

// What the device is to be programmed to. Soft timers count as long as their softirq has not been raised already.
ktime_t look_for_next(hrtimer_cpu_base *cpu_base) {
    event soft;
    if (!cpu_base->softirq_activated) {
        soft = look_for_soft(cpu_base);
        cpu_base->softirq_expires_next = soft.at;
    }
    const event hard = next_event_of(cpu_base, mask_hard);
    const event &next = hard.at <= soft.at ? hard : soft;

    cpu_base->next_timer = hard.at <= soft.at ? hard.timer : cpu_base->softirq_next_timer;
    return next.at;
}

// ---- the device ----

// While a hang is being sat out the device is programmed past it, and before the CPU has one there is none.
void program(hrtimer_cpu_base *cpu_base, ktime_t at) {
    cpu_base->expires_next = at;
    if (cpu_base->hres_active && !cpu_base->hang_detected)
        tick_program_event(at, 1);
}

// (Linux: hrtimer_force_reprogram)
void program_next(hrtimer_cpu_base *cpu_base) {
    program(cpu_base, look_for_next(cpu_base));
}

void program_next_if_other(hrtimer_cpu_base *cpu_base) {
    const ktime_t at = look_for_next(cpu_base);

    if (at != cpu_base->expires_next)
        program(cpu_base, at);
}

// A soft timer was queued: what its base waits for may be nearer now. False: the device need not know.
bool note_soft(hrtimer *timer, hrtimer_cpu_base *cpu_base, ktime_t at) {
    if (cpu_base->softirq_activated || at >= cpu_base->softirq_expires_next)
        return false;
    cpu_base->softirq_expires_next = at;
    cpu_base->softirq_next_timer = timer;
    return true;
}

// The timer was queued as the first of its base. Only this CPU's device can be programmed; on another CPU it is not
// the first to fire (Linux: hrtimer_reprogram).
void program_for(hrtimer *timer) {
    hrtimer_cpu_base *cpu_base = timer->base->cpu_base;
    const ktime_t at = event_time(timer, timer->base);

    if (timer->is_soft && !note_soft(timer, cpu_base, at))
        return;
    // The interrupt programs the device when it is through.
    if (at >= cpu_base->expires_next || cpu_base != this_cpu_base() || cpu_base->in_hrtirq)
        return;
    cpu_base->next_timer = timer;
    program(cpu_base, at);
}

// ---- queueing ----

// True if it is the first of its base (Linux: enqueue_hrtimer).
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

// The timer is queued. Its state stays as it is: a look without the lock must not find it inactive while it
// only moves.
void unqueue(hrtimer *timer, hrtimer_clock_base *base) {
    debug_object_deactivate(timer);
    if (!timerqueue_del(&base->active, &timer->node))
        base->cpu_base->active_bases &= ~(1u << base->index);
}

void set_inactive(hrtimer *timer) {
    WRITE_ONCE(timer->state, static_cast<u8>(HRTIMER_STATE_INACTIVE));
}

// The device still waits for it if it was the first; where it was not, an event that comes for nothing is cheaper than
// looking for the next one.
bool device_waits_for(const hrtimer *timer, const hrtimer_cpu_base *cpu_base) {
    return cpu_base->next_timer == timer && cpu_base == this_cpu_base();
}

// (Linux: remove_hrtimer)
void cancel_locked(hrtimer *timer, hrtimer_clock_base *base) {
    trace_event1(hrtimer_cancel, timer, nullptr);
    set_inactive(timer);
    unqueue(timer, base);
    if (device_waits_for(timer, base->cpu_base))
        program_next_if_other(base->cpu_base);
}

// The base that a timer of this clock is best queued on, and it is on that base then: one of a CPU that is awake,
// unless the timer would be the first to fire there, since a CPU programs its own device only
// (Linux: switch_hrtimer_base).
void choose_base(held_base &held, hrtimer *timer, bool pinned) {
    hrtimer_cpu_base *here = this_cpu_base();
    hrtimer_cpu_base *wanted = pinned ? here : &per_cpu(hrtimer_bases, timer_target_cpu());
    const unsigned index = held->index;

    // Its callback runs: it stays until that has ended.
    if (&wanted->clock_base[index] != held.get() && !callback_runs(timer))
        held.move(timer, &wanted->clock_base[index]);
    const bool first_elsewhere = held->cpu_base != here && event_time(timer, held.get()) < held->cpu_base->expires_next;
    if (first_elsewhere && !callback_runs(timer))
        held.move(timer, &here->clock_base[index]);
}

// A timer that the device of this CPU waits for stays here and is looked at once more when it is queued again: to take
// it off and put it on would program the device twice (Linux: __hrtimer_start_range_ns).
void start_locked(held_base &held, hrtimer *timer, ktime_t tim, u64 slack, enum hrtimer_mode mode) {
    const bool stays = device_waits_for(timer, held->cpu_base);

    if (is_queued(timer)) {
        trace_event1(hrtimer_cancel, timer, nullptr);
        unqueue(timer, held.get());
    }
    if (mode & HRTIMER_MODE_REL)
        tim = ktime_add_safe(tim, held->get_time());
    hrtimer_set_expires_range_ns(timer, tim, slack);
    if (!stays)
        choose_base(held, timer, mode & HRTIMER_MODE_PINNED);
    const bool first = enqueue(timer, held.get(), mode);
    if (stays)
        program_next_if_other(held->cpu_base);
    else if (first)
        program_for(timer);
}

// ---- callbacks ----

// Others look at a timer without the lock; what they saw does not count if this came meanwhile.
void note_change(hrtimer_clock_base *base) {
    raw_write_seqcount_begin(&base->seq);
    raw_write_seqcount_end(&base->seq);
}

// A callback runs: others see the timer as active, and the lock is free meanwhile, with interrupts as they were when it
// was taken.
class callback_turn {
public:
    callback_turn(hrtimer_clock_base *base, hrtimer *timer, unsigned long irqs)
        : base_(base)
        , timer_(timer) {
        base->running = timer;
        note_change(base); // between these two it is neither queued nor seen to run
        set_inactive(timer);
        unqueue(timer, base);
        raw_spin_unlock_irqrestore(&base->cpu_base->lock, irqs);
    }
    ~callback_turn() {
        WARN_ON_ONCE(!callback_runs(timer_));
        base_->running = nullptr;
    }
    callback_turn(const callback_turn &) = delete;
    callback_turn &operator=(const callback_turn &) = delete;

    enum hrtimer_restart call(ktime_t now) {
        enum hrtimer_restart (*fn)(hrtimer *) = timer_->function;

        trace_event3(hrtimer_expire_entry, timer_, fn, now, nullptr);
        const enum hrtimer_restart verdict = fn(timer_);
        trace_event1(hrtimer_expire_exit, timer_, nullptr);
        return verdict;
    }
    // Locked again. Somebody else may have queued the timer meanwhile.
    void end(enum hrtimer_restart verdict) {
        raw_spin_lock_irq(&base_->cpu_base->lock);
        if (verdict == HRTIMER_RESTART && !is_queued(timer_))
            enqueue(timer_, base_, HRTIMER_MODE_ABS);
        note_change(base_);
    }

private:
    hrtimer_clock_base *base_;
    hrtimer *timer_;
};

// With the lock held (Linux: __run_hrtimer).
void run_callback(hrtimer_clock_base *base, hrtimer *timer, ktime_t now, unsigned long irqs) {
    callback_turn turn(base, timer, irqs);

    turn.end(turn.call(now));
}

// A look at a timer without a lock. It counts if nothing changed meanwhile: not the timer's base, nor that base.
struct glance {
    explicit glance(const hrtimer *t)
        : timer(t)
        , base(READ_ONCE(t->base))
        , seq(raw_read_seqcount_begin(&base->seq))
        , active(t->state != HRTIMER_STATE_INACTIVE || base->running == t) {}
    bool whole() const { return !read_seqcount_retry(&base->seq, seq) && READ_ONCE(timer->base) == base; }

    const hrtimer *timer;
    hrtimer_clock_base *base;
    unsigned seq;
    bool active;
};

// With the slack that it grants, a timer is served early if an interrupt is here anyway
// (Linux: __hrtimer_run_queues).
void run_due(hrtimer_cpu_base *cpu_base, ktime_t now, unsigned long irqs, unsigned mask) {
    for (hrtimer_clock_base &base : active_bases{cpu_base, mask}) {
        const ktime_t base_now = ktime_add(now, base.offset);
        hrtimer *first = first_of_base(&base);

        for (; first && hrtimer_get_softexpires(first) <= base_now; first = first_of_base(&base))
            run_callback(&base, first, base_now, irqs);
    }
}

void run_softirq(softirq_action *) {
    hrtimer_cpu_base *here = this_cpu_base();
    hold_irqsave l(here->lock);

    run_due(here, ktime_get(), l.state(), mask_soft);
    here->softirq_activated = 0;
    if (const event next = look_for_soft(here); next.timer)
        program_for(next.timer);
}

enum hrtimer_restart wake_sleeper(hrtimer *timer) {
    task_struct *&sleeper = container_of(timer, hrtimer_sleeper, timer)->task;

    if (task_struct *task = sleeper) {
        sleeper = nullptr; // what it looks at when it wakes
        wake_up_process(task);
    }
    return HRTIMER_NORESTART;
}

// One round of the interrupt: what is due at `now`, and the device programmed to what comes next. False: that is due
// already.
bool interrupt_round(hrtimer_cpu_base *cpu_base, ktime_t now, unsigned long flags) {
    cpu_base->in_hrtirq = 1;
    cpu_base->expires_next = KTIME_MAX;
    if (now >= cpu_base->softirq_expires_next) {
        cpu_base->softirq_expires_next = KTIME_MAX;
        cpu_base->softirq_activated = 1;
        raise_softirq_irqoff(HRTIMER_SOFTIRQ);
    }
    run_due(cpu_base, now, flags, mask_hard);
    cpu_base->expires_next = look_for_next(cpu_base);
    cpu_base->in_hrtirq = 0;
    return tick_program_event(cpu_base->expires_next, 0) == 0;
}

// Callbacks eat all the time: the rest of the system gets as much as they took.
void sit_out(hrtimer_cpu_base *cpu_base, ktime_t took, ktime_t now) {
    if (static_cast<unsigned>(took) > cpu_base->max_hang_time)
        cpu_base->max_hang_time = static_cast<unsigned>(took);
    tick_program_event(ktime_add(now, min(took, max_hang_delay)), 1);
    pr_warn_once("interrupt took %llu ns\n", static_cast<u64>(took));
}

} // namespace

// The clock event device's handler.
void hrtimer_interrupt(struct clock_event_device *dev) {
    hrtimer_cpu_base *cpu_base = this_cpu_base();
    bool done = false;

    cpu_base->nr_events++;
    dev->next_event = KTIME_MAX;
    hold_irqsave l(cpu_base->lock);
    const ktime_t entry = ktime_get();
    ktime_t now = entry;
    for (unsigned round = 0; round < max_interrupt_rounds && !done; round++) {
        done = interrupt_round(cpu_base, now, l.state());
        if (!done) {
            now = ktime_get();
            cpu_base->nr_retries++;
        }
    }
    cpu_base->hang_detected = !done;
    cpu_base->nr_hangs += !done;
    l.release();
    if (unlikely(!done))
        sit_out(cpu_base, ktime_sub(now, entry), now);
}

void hrtimer_activate_this_cpu() {
    hrtimer_cpu_base *cpu_base = this_cpu_base();
    hold l(cpu_base->lock);

    cpu_base->hres_active = 1;
    program_next(cpu_base);
}

// The base of a clock. A relative time on the real-time clock is not to follow when that is set, so it is on the
// monotonic one (Linux: hrtimer_clockid_to_base).
static unsigned base_index(clockid_t clock, enum hrtimer_mode mode) {
    switch (clock) {
    case CLOCK_REALTIME:
        return mode & HRTIMER_MODE_REL ? HRTIMER_BASE_MONOTONIC : HRTIMER_BASE_REALTIME;
    case CLOCK_BOOTTIME:
        return HRTIMER_BASE_BOOTTIME;
    case CLOCK_TAI:
        return HRTIMER_BASE_TAI;
    default:
        return HRTIMER_BASE_MONOTONIC;
    }
}

void hrtimer_init(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode) {
    const bool soft = mode & HRTIMER_MODE_SOFT;
    const unsigned index = base_index(which_clock, mode) + (soft ? HRTIMER_BASE_MONOTONIC_SOFT : 0);

    debug_object_init(timer, DEBUG_OBJECT_HRTIMER);
    *timer = {};
    timerqueue_init(&timer->node);
    timer->is_soft = soft;
    timer->is_hard = (mode & HRTIMER_MODE_HARD) != 0;
    timer->base = &raw_cpu_ptr(&hrtimer_bases)->clock_base[index];
}
EXPORT_SYMBOL_GPL(hrtimer_init);

ktime_t hrtimer_cb_get_time(const struct hrtimer *timer) {
    return timer->base->get_time();
}
EXPORT_SYMBOL_GPL(hrtimer_cb_get_time);

void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns, const enum hrtimer_mode mode) {
    WARN_ON_ONCE(timer->function && timer->is_soft != ((mode & HRTIMER_MODE_SOFT) != 0));
    if (!WARN_ON_ONCE(!timer->function)) {
        held_base held(timer);
        start_locked(held, timer, tim, range_ns, mode);
    }
}
EXPORT_SYMBOL_GPL(hrtimer_start_range_ns);

bool hrtimer_active(const struct hrtimer *timer) {
    for (;;) {
        const glance seen(timer);

        if (seen.active || seen.whole())
            return seen.active;
        cpu_relax();
    }
}
EXPORT_SYMBOL_GPL(hrtimer_active);

const hrtimer *hrtimer_in_callback() {
    for (unsigned i = 0; i < HRTIMER_BASE_MONOTONIC_SOFT; i++)
        if (const hrtimer *timer = this_cpu_base()->clock_base[i].running)
            return timer;
    return nullptr;
}

int hrtimer_callback_running(struct hrtimer *timer) {
    return callback_runs(timer);
}
EXPORT_SYMBOL_GPL(hrtimer_callback_running);

int hrtimer_try_to_cancel(struct hrtimer *timer) {
    if (!hrtimer_active(timer))
        return 0; // most often, and without the lock
    held_base held(timer);
    const bool queued = is_queued(timer);

    if (callback_runs(timer))
        return -1;
    order_tell(waited, timer);
    if (queued)
        cancel_locked(timer, held.get());
    return queued;
}
EXPORT_SYMBOL_GPL(hrtimer_try_to_cancel);

int hrtimer_cancel(struct hrtimer *timer) {
    int found;

    while ((found = hrtimer_try_to_cancel(timer)) < 0)
        cpu_relax();
    order_tell(waited, timer);
    return found;
}
EXPORT_SYMBOL_GPL(hrtimer_cancel);

ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool) {
    held_base held(timer);

    return hrtimer_expires_remaining(timer);
}
EXPORT_SYMBOL_GPL(__hrtimer_get_remaining);

// The first of expiry, expiry + interval, expiry + 2 * interval, ... that is after `now`.
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval) {
    const ktime_t step = max(interval, static_cast<ktime_t>(hrtimer_resolution));
    const ktime_t late = now - hrtimer_get_expires(timer);

    if (late < 0 || WARN_ON(is_queued(timer)))
        return 0;
    // Dividing is dear, and mostly it is one.
    const s64 overruns = likely(late < step) ? 1 : ktime_divns(late, step) + 1;
    s64 distance;
    if (unlikely(__builtin_mul_overflow(step, overruns, &distance)))
        distance = KTIME_MAX;
    hrtimer_add_expires(timer, distance);
    return static_cast<u64>(overruns);
}
EXPORT_SYMBOL_GPL(hrtimer_forward);

// ---- sleeping ----

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

// One sleep of the current task, with an alarm that is off when it ends.
class alarmed_sleep {
public:
    alarmed_sleep(ktime_t from, u64 slack, enum hrtimer_mode mode, clockid_t clock) {
        hrtimer_init_sleeper_on_stack(&alarm_, clock, mode);
        hrtimer_start_range_ns(&alarm_.timer, from, slack, mode);
    }
    ~alarmed_sleep() { destroy_hrtimer_on_stack(&alarm_.timer); }
    alarmed_sleep(const alarmed_sleep &) = delete;
    alarmed_sleep &operator=(const alarmed_sleep &) = delete;

    // True: it rang.
    bool sleep() {
        if (!rang())
            schedule();
        hrtimer_cancel(&alarm_.timer);
        return rang();
    }

private:
    bool rang() const { return !READ_ONCE(alarm_.task); }

    hrtimer_sleeper alarm_;
};

int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode, clockid_t clock_id) {
    bool in_time = false;

    if (!expires)
        schedule(); // no end but a wake-up
    else
        in_time = *expires == 0 || alarmed_sleep(*expires, delta, mode, clock_id).sleep();
    __set_current_state(TASK_RUNNING);
    return in_time ? 0 : -EINTR;
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

// ---- CPUs that come and go ----

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
    unsigned index = 0;

    for (hrtimer_clock_base &base : cpu_base->clock_base) {
        const auto &clock = clocks[index % HRTIMER_BASE_MONOTONIC_SOFT];

        base.clockid = clock.clock;
        base.get_time = clock.get_time;
        base.offset = ktime_mono_to_any(0, clock.offset);
        base.index = index++;
        base.cpu_base = cpu_base;
        timerqueue_init_head(&base.active);
        seqcount_init(&base.seq);
    }
    cpu_base->cpu = cpu;
    cpu_base->hres_active = cpu_base->hang_detected = 0;
    cpu_base->active_bases = 0;
    cpu_base->next_timer = cpu_base->softirq_next_timer = nullptr;
    cpu_base->expires_next = cpu_base->softirq_expires_next = KTIME_MAX;
    cpu_base->softirq_activated = 0;
    return 0;
}

// The timers of a CPU that has gone down move to the one that took it down, all but its tick.
int hrtimers_dead_cpu(unsigned int cpu) {
    tick_cancel_sched_timer(cpu);

    hrtimer_cpu_base *from = &per_cpu(hrtimer_bases, cpu);
    local_irq_disable();
    hrtimer_cpu_base *to = this_cpu_base();
    raw_spin_lock(&to->lock);
    raw_spin_lock_nested(&from->lock, SINGLE_DEPTH_NESTING);
    for (hrtimer_clock_base &base : from->clock_base) {
        while (hrtimer *timer = first_of_base(&base)) {
            BUG_ON(callback_runs(timer));
            unqueue(timer, &base);
            timer->base = &to->clock_base[base.index];
            enqueue(timer, timer->base, HRTIMER_MODE_ABS);
        }
    }
    from->hres_active = 0;
    program_next(to);
    raw_spin_unlock(&from->lock);
    raw_spin_unlock(&to->lock);
    local_irq_enable();
    return 0;
}

void hrtimers_init() {
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        raw_spin_lock_init(&per_cpu(hrtimer_bases, cpu).lock);
        hrtimers_prepare_cpu(cpu);
    }
    seqcount_init(&in_transit.seq);
    open_softirq(HRTIMER_SOFTIRQ, run_softirq);
}

static void hrtimer_leak_check(const struct module *mod) {
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        hrtimer_cpu_base *cpu_base = &per_cpu(hrtimer_bases, cpu);
        hold_irq l(cpu_base->lock);

        for (hrtimer_clock_base &base : cpu_base->clock_base) {
            for (hrtimer *timer = first_of_base(&base); timer;
                 timer = timer_of(timerqueue_iterate_next(&timer->node))) {
                void *func = reinterpret_cast<void *>(timer->function);

                if (module_owns(mod, func))
                    module_leak(mod, func, "hrtimer %ps still active", func);
            }
        }
    }
}
MODULE_LEAK_CHECK(hrtimer_leak_check);
