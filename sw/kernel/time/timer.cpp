// SPDX-License-Identifier: Apache-2.0
// The timer wheel (Linux: kernel/time/timer.c).
//
// Each CPU has two wheels: one for ordinary timers and one for deferrable ones, which never wake an idle CPU. A wheel
// has nine levels of 64 buckets; a level is eight times as coarse as the one below it. A timer goes into the bucket
// after its expiry at the level that its distance asks for, and stays there: it fires late by up to the level's step,
// never early, and nothing is ever moved down.
#define pr_fmt(fmt) "timer: " fmt

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/nohz.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "kernel/module/leaks.h"
#include "kernel/oops.h"
#include "kernel/time/tick_internal.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/order.h"
#include "port/trace.h"

namespace {

// ---- the geometry ----

constexpr unsigned lvl_clk_shift = 3; // a level's step is 8 of the level below
constexpr unsigned lvl_size = 64;
constexpr unsigned long lvl_mask = lvl_size - 1;
constexpr unsigned lvl_depth = 9;
constexpr unsigned long far_away = (1ul << 30) - 1; // ticks; what an empty wheel waits for

constexpr unsigned lvl_shift(unsigned level) {
    return level * lvl_clk_shift;
}

// From which distance in ticks on a timer belongs into `level`: the last but one bucket of the level below, since a
// timer is put one bucket later than it expires.
constexpr unsigned long lvl_start(unsigned level) {
    return (lvl_size - 1ul) << ((level - 1) * lvl_clk_shift);
}

constexpr unsigned long cutoff = lvl_start(lvl_depth);
constexpr unsigned long longest = cutoff - (1ul << lvl_shift(lvl_depth - 1));

// A bucket, and the tick at which it is served.
struct place {
    unsigned index;
    unsigned long due;

    // The bucket after the expiry's, as this tick may end at once, and as the lower bits of the expiry are lost here.
    static place behind(unsigned long expires, unsigned level) {
        const unsigned long slot = (expires >> lvl_shift(level)) + 1;
        return {level * lvl_size + static_cast<unsigned>(slot & lvl_mask), slot << lvl_shift(level)};
    }

    // As seen at the tick `clk`. What has expired is served at once; what is too far away as late as can be.
    static place of(unsigned long expires, unsigned long clk) {
        const unsigned long distance = expires - clk;

        if (static_cast<long>(distance) < 0)
            return {static_cast<unsigned>(clk & lvl_mask), clk};
        if (distance >= cutoff)
            return behind(clk + longest, lvl_depth - 1);
        unsigned level = 0;
        while (level < lvl_depth - 1 && distance >= lvl_start(level + 1))
            level++;
        return behind(expires, level);
    }
};

// ---- a wheel ----

// When the wheel wants to be served next.
struct next_look {
    unsigned long at; // no timer is due before
    bool maybe_later; // its timer was removed
    bool any;         // there are timers at all
};

struct wheel {
    raw_spinlock_t lock;
    timer_list *running; // whose callback is being called
    unsigned long clk;   // the next tick to serve
    next_look next;
    unsigned cpu;
    bool is_idle;           // the CPU's tick is stopped: it must be woken for an earlier timer
    u64 pending[lvl_depth]; // which buckets have timers
    hlist_head buckets[lvl_depth * lvl_size];

    void reset();
    void catch_up(unsigned long now);
    void put(timer_list *timer, place where);
    void put(timer_list *timer) { put(timer, place::of(timer->expires, clk)); }
    bool take(timer_list *timer);
    void adopt(wheel &from);
    unsigned long first_due(unsigned level) const;
    void look_again();
    void empty(unsigned level, unsigned long tick, hlist_head &into);
    void call(timer_list *timer);
    void serve_tick(unsigned long tick);
    void serve();
    u64 sleep_until(tick_moment now);
};

enum { ordinary, deferrable, wheels_per_cpu };

DEFINE_PER_CPU(wheel[wheels_per_cpu], timer_bases);

wheel *wheels_of_this_cpu() {
    return this_cpu_ptr(&timer_bases[0]);
}

wheel *wheel_of(unsigned flags, unsigned cpu) {
    return &per_cpu(timer_bases, cpu)[flags & TIMER_DEFERRABLE ? deferrable : ordinary];
}

unsigned index_of(const timer_list *timer) {
    return timer->flags >> TIMER_ARRAYSHIFT;
}

bool is_last_of(const hlist_head &bucket, const timer_list *timer) {
    return bucket.first == &timer->entry && !timer->entry.next;
}

// Off its bucket. While it is only being moved it counts as pending all the same.
void unhook(timer_list *timer, bool stays_pending) {
    debug_object_deactivate(timer);
    __hlist_del(&timer->entry);
    if (!stays_pending)
        timer->entry.pprev = nullptr;
    timer->entry.next = reinterpret_cast<hlist_node *>(LIST_POISON2);
}

// Whose code it is: a delayed work's timer is the work's.
const void *code_behind(timer_list *timer) {
    if (timer->function == delayed_work_timer_fn)
        return reinterpret_cast<void *>(container_of(timer, delayed_work, timer)->work.func);
    return reinterpret_cast<void *>(timer->function);
}

void wheel::reset() {
    clk = jiffies;
    next = {clk + far_away, false, false};
    is_idle = false;
}

// A wheel whose tick was stopped has fallen behind. It may go on to now, but not past a timer
// (Linux: forward_timer_base).
void wheel::catch_up(unsigned long now) {
    if (likely(time_before_eq(now, clk)))
        return;
    const unsigned long limit = time_after(next.at, now) ? now : next.at;
    if (time_after(limit, clk))
        clk = limit;
}

// (Linux: enqueue_timer)
void wheel::put(timer_list *timer, place where) {
    hlist_add_head(&timer->entry, &buckets[where.index]);
    pending[where.index / lvl_size] |= 1ull << (where.index % lvl_size);
    timer->flags = (timer->flags & ~TIMER_ARRAYMASK) | where.index << TIMER_ARRAYSHIFT;
    trace_event4(timer_start, timer, timer->function, timer->expires,
                 static_cast<u64>(timer->flags) << 32 | static_cast<u32>(timer->expires - jiffies), nullptr);
    const void *code = code_behind(timer);
    if (unlikely(address_of_module(code)))
        debug_object_activate(timer, DEBUG_OBJECT_TIMER, code, reinterpret_cast<void *>(timer->function));

    if (!time_before(where.due, next.at))
        return;
    next = {where.due, false, true};
    // The CPU computes how long it may sleep before it sleeps; if it does already, it has to do so again.
    if (is_idle && !(timer->flags & TIMER_DEFERRABLE))
        wake_up_nohz_cpu(static_cast<int>(cpu));
}

// Off the wheel. False: it was not pending. It stays "pending" for others to see; a caller that does not put it on a
// wheel again says otherwise (Linux: detach_if_pending).
bool wheel::take(timer_list *timer) {
    if (!timer_pending(timer))
        return false;
    const unsigned index = index_of(timer);

    if (is_last_of(buckets[index], timer)) {
        pending[index / lvl_size] &= ~(1ull << (index % lvl_size));
        next.maybe_later = true;
    }
    trace_event1(timer_cancel, timer, nullptr);
    unhook(timer, true);
    return true;
}

// All timers of a CPU that is gone. Both wheels are locked (Linux: migrate_timer_list).
void wheel::adopt(wheel &from) {
    BUG_ON(from.running);
    catch_up(jiffies);
    for (hlist_head &bucket : from.buckets) {
        while (!hlist_empty(&bucket)) {
            timer_list *timer = hlist_entry(bucket.first, timer_list, entry);

            unhook(timer, true);
            timer->flags = (timer->flags & ~TIMER_BASEMASK) | cpu;
            put(timer);
        }
    }
    for (u64 &word : from.pending)
        word = 0;
}

// How many buckets after `slot` the next one with timers is; `word` says which have some, and one has.
unsigned distance_to_pending(u64 word, unsigned long slot) {
    const unsigned first = slot & lvl_mask;

    return static_cast<unsigned>(__builtin_ctzll(first ? (word >> first) | (word << (lvl_size - first)) : word));
}

// When the first bucket of a level that has timers is served. The clock comes to a level's buckets one by one, each at
// a whole step of the level.
unsigned long wheel::first_due(unsigned level) const {
    const unsigned long step = 1ul << lvl_shift(level);
    const unsigned long slot = (clk + step - 1) >> lvl_shift(level); // that the clock comes to next

    return (slot + static_cast<unsigned long>(distance_to_pending(pending[level], slot))) << lvl_shift(level);
}

// (Linux: __next_timer_interrupt)
void wheel::look_again() {
    next = {clk + far_away, false, false};
    for (unsigned level = 0; level < lvl_depth; level++) {
        if (!pending[level])
            continue;
        const unsigned long due = first_due(level);

        next.any = true;
        next.at = time_before(due, next.at) ? due : next.at;
    }
}

// How many levels have a bucket that is served at this tick: each needs a whole step.
unsigned levels_at(unsigned long tick) {
    return min(static_cast<unsigned>(__ffs(tick | 1ul << lvl_shift(lvl_depth - 1))) / lvl_clk_shift + 1, lvl_depth);
}

// The timers of the bucket that is served at this tick (Linux: collect_expired_timers).
void wheel::empty(unsigned level, unsigned long tick, hlist_head &into) {
    const unsigned slot = (tick >> lvl_shift(level)) & lvl_mask;

    if (!(pending[level] >> slot & 1))
        return;
    hlist_move_list(&buckets[level * lvl_size + slot], &into);
    pending[level] ^= 1ull << slot;
}

// A callback of a timer runs, and a wait for its end is a wait for what it takes. The callback may free its
// timer, so the validator gets a copy of the map.
class callback_section {
public:
    callback_section(timer_list *timer, void (*fn)(timer_list *), unsigned long served_tick)
        : timer_(timer)
        , code_(reinterpret_cast<unsigned long>(fn)) {
        trace_event4(timer_expire_entry, timer, fn, jiffies, served_tick, nullptr);
        lockdep_copy_map(&map_, &timer->lockdep_map);
        lockdep_acquire(&map_, 0, 0, 0, 0, code_);
    }
    ~callback_section() {
        lockdep_release(&map_, code_);
        trace_event1(timer_expire_exit, timer_, nullptr);
    }

private:
    timer_list *timer_;
    unsigned long code_;
    lockdep_map map_;
};

// A callback must leave the preemption count as it was. The next ones are no worse for one that did not.
void check_count(int before, void *code) {
    if (likely(preempt_count() == before))
        return;
    WARN(first_defect_of(code) && defect_is(FINDING_preempt_leak), "timer: %pS preempt leak: %08x -> %08x\n", code,
         before, preempt_count());
    preempt_count_set(static_cast<u64>(before));
}

// Takes a due timer off and calls it, without the lock (Linux: expire_timers, call_timer_fn).
void wheel::call(timer_list *timer) {
    const bool irqs_stay_off = timer->flags & TIMER_IRQSAFE;
    void (*fn)(timer_list *) = timer->function;

    unhook(timer, false);
    if (WARN_ON_ONCE(!fn))
        return;
    running = timer;
    irqs_stay_off ? raw_spin_unlock(&lock) : raw_spin_unlock_irq(&lock);
    const int count = preempt_count();
    {
        callback_section section(timer, fn, clk - 1);
        fn(timer);
    }
    check_count(count, reinterpret_cast<void *>(fn));
    irqs_stay_off ? raw_spin_lock(&lock) : raw_spin_lock_irq(&lock);
    running = nullptr;
}

// All that is due at a tick. The clock is past it when the first callback runs, so what that arms is for a later one;
// the coarse levels go first, as theirs have waited longest.
void wheel::serve_tick(unsigned long tick) {
    const unsigned levels = levels_at(tick);
    hlist_head due[lvl_depth] = {};

    for (unsigned level = 0; level < levels; level++)
        empty(level, tick, due[level]);
    clk = tick + 1;
    look_again();
    for (unsigned level = levels; level-- > 0;)
        while (hlist_node *first = due[level].first)
            call(hlist_entry(first, timer_list, entry));
}

// The clock goes to now, from one tick at which something is due to the next (Linux: __run_timers).
void wheel::serve() {
    if (time_before(jiffies, next.at))
        return;
    hold_irq l(lock);
    while (time_after_eq(jiffies, next.at))
        serve_tick(next.at);
}

void run_timer_softirq(softirq_action *) {
    wheels_of_this_cpu()[ordinary].serve();
    wheels_of_this_cpu()[deferrable].serve();
}

// For a CPU that wants to sleep: until when it may, in ns. If that is more than a tick it counts as idle.
u64 wheel::sleep_until(tick_moment now) {
    if (next.maybe_later)
        look_again();
    catch_up(now.jiffies);
    const long ticks = static_cast<long>(next.at - now.jiffies);

    is_idle = ticks > 1;
    if (ticks > 0 && !next.any)
        return KTIME_MAX;
    return now.time + static_cast<u64>(max(ticks, 0l)) * TICK_NSEC;
}

// ---- a timer and its wheel ----

// The wheel that a timer is on, or was on last, locked. Others may move the timer while this waits for the lock.
class held_wheel {
public:
    explicit held_wheel(const timer_list *timer) {
        while (!lock_where(timer, READ_ONCE(timer->flags)))
            cpu_relax();
    }
    ~held_wheel() { raw_spin_unlock_irqrestore(&wheel_->lock, irqs_); }
    held_wheel(const held_wheel &) = delete;
    held_wheel &operator=(const held_wheel &) = delete;
    wheel *operator->() const { return wheel_; }
    wheel *get() const { return wheel_; }

    // The timer belongs to `to` from now on, whose lock is held then. It is on no wheel meanwhile, and says so.
    void move(timer_list *timer, wheel *to) {
        timer->flags |= TIMER_MIGRATING;
        raw_spin_unlock(&wheel_->lock);
        wheel_ = to;
        raw_spin_lock(&wheel_->lock);
        WRITE_ONCE(timer->flags, (timer->flags & ~TIMER_BASEMASK) | wheel_->cpu);
    }

private:
    bool lock_where(const timer_list *timer, u32 flags) {
        if (flags & TIMER_MIGRATING)
            return false;
        wheel_ = wheel_of(flags, flags & TIMER_CPUMASK);
        irqs_ = _raw_spin_lock_irqsave(&wheel_->lock);
        if (likely(timer->flags == flags))
            return true;
        raw_spin_unlock_irqrestore(&wheel_->lock, irqs_);
        return false;
    }

    wheel *wheel_;
    unsigned long irqs_;
};

// A timer is in one of these states:
//
//   raw         nothing has set it up: it has no function and no name. Every use is reported and does nothing
//   idle        set up, on no wheel
//   pending     on a wheel
//   running     its callback is called; it may be pending again meanwhile, on the same wheel
//   shut down   it has no function any more: nothing arms it
bool is_set_up(const timer_list *timer, const char *use) {
    if (debug_object_is_freed(timer, DEBUG_OBJECT_TIMER, use))
        return false;
    if (likely(timer->function || timer->lockdep_map.name))
        return true;
    debug_object_assert_init(timer, DEBUG_OBJECT_TIMER);
    return false;
}

enum class arming { always, if_pending, if_earlier };

// It fires then anyway, or earlier where that is asked for.
bool serves(const timer_list *timer, unsigned long expires, arming how) {
    return timer->expires == expires || (how == arming::if_earlier && time_before(timer->expires, expires));
}

// 1: it was pending (Linux: __mod_timer).
__always_inline int arm(timer_list *timer, unsigned long expires, arming how) {
    if (!is_set_up(timer, "activate"))
        return 0;
    if (timer_pending(timer) && serves(timer, expires, how))
        return 1;

    held_wheel w(timer);
    const bool was_pending = timer_pending(timer);
    if (!timer->function || (!was_pending && how == arming::if_pending))
        return 0;
    if (was_pending && how == arming::if_earlier && serves(timer, expires, how))
        return 1;
    w->catch_up(READ_ONCE(jiffies));
    place where = place::of(expires, w->clk);
    // Drivers that re-arm a timeout with every event mostly hit the bucket where it is already.
    if (was_pending && where.index == index_of(timer)) {
        timer->expires = expires;
        return 1;
    }
    w->take(timer);
    const unsigned cpu = timer->flags & TIMER_PINNED ? smp_processor_id() : timer_target_cpu();
    wheel *target = wheel_of(timer->flags, cpu);
    // A timer whose callback runs stays where it is, as timer_delete_sync() looks for it there.
    if (target != w.get() && w->running != timer) {
        w.move(timer, target);
        w->catch_up(READ_ONCE(jiffies));
        where = place::of(expires, w->clk);
    }
    timer->expires = expires;
    w->put(timer, where);
    return was_pending;
}

enum class ending { stopped, shut_down };

// 1: it was pending. -1, and it goes on: its callback runs, and `in_step` asked for that to be over
// (Linux: __timer_delete, __try_to_del_timer_sync).
__always_inline int disarm(timer_list *timer, ending how, bool in_step) {
    if (!is_set_up(timer, "assert_init"))
        return 0;
    if (how == ending::stopped && !in_step && !timer_pending(timer))
        return 0;
    held_wheel w(timer);
    const int found = in_step && w->running == timer ? -1 : w->take(timer);

    if (found >= 0)
        timer->entry.pprev = nullptr;
    if (how == ending::shut_down)
        timer->function = nullptr;
    return found;
}

int disarm_in_step(timer_list *timer, ending how, unsigned long caller) {
    // In an interrupt that came upon the callback this would wait for ever.
    WARN_ON(in_hardirq() && !(timer->flags & TIMER_IRQSAFE));
    if (!is_set_up(timer, "assert_init"))
        return 0;
    if (unlikely(lockdep_active)) {
        irqs_off i;
        lockdep_map_waited(&timer->lockdep_map, caller);
    }
    for (;;) {
        const int found = disarm(timer, how, true);

        if (found >= 0) {
            order_tell(waited, timer);
            return found;
        }
        cpu_relax();
    }
}

} // namespace

unsigned timer_target_cpu() {
    const unsigned here = smp_processor_id();

    if (idle_cpu(static_cast<int>(here)))
        for (unsigned cpu : bits_of(*cpu_online_mask))
            if (cpu != here && !idle_cpu(static_cast<int>(cpu)))
                return cpu;
    return here;
}

void init_timer_key(timer_list *timer, void (*callback)(timer_list *), unsigned kind, const char *name,
                    lock_class_key *key) {
    constexpr unsigned known = TIMER_INIT_FLAGS;

    debug_object_init(timer, DEBUG_OBJECT_TIMER);
    lockdep_init_map(&timer->lockdep_map, name, key, 0);
    timer->function = callback;
    timer->entry = {nullptr, nullptr};
    timer->flags = (kind & known) + raw_smp_processor_id();
    WARN_ON_ONCE(kind & ~known);
}
EXPORT_SYMBOL(init_timer_key);

int mod_timer(struct timer_list *timer, unsigned long expires) {
    return arm(timer, expires, arming::always);
}
EXPORT_SYMBOL(mod_timer);

int mod_timer_pending(struct timer_list *timer, unsigned long expires) {
    return arm(timer, expires, arming::if_pending);
}
EXPORT_SYMBOL(mod_timer_pending);

int timer_reduce(struct timer_list *timer, unsigned long expires) {
    return arm(timer, expires, arming::if_earlier);
}
EXPORT_SYMBOL(timer_reduce);

void add_timer(struct timer_list *timer) {
    if (!WARN_ON_ONCE(timer_pending(timer)))
        arm(timer, timer->expires, arming::always);
}
EXPORT_SYMBOL(add_timer);

void add_timer_on(struct timer_list *timer, int cpu) {
    if (!is_set_up(timer, "activate") || WARN_ON_ONCE(timer_pending(timer)))
        return;
    wheel *target = wheel_of(timer->flags, static_cast<unsigned>(cpu));
    held_wheel w(timer);

    if (!timer->function)
        return;
    if (w.get() != target)
        w.move(timer, target);
    w->catch_up(READ_ONCE(jiffies));
    w->put(timer);
}
EXPORT_SYMBOL_GPL(add_timer_on);

int timer_delete(struct timer_list *timer) {
    return disarm(timer, ending::stopped, false);
}
EXPORT_SYMBOL(timer_delete);

int timer_shutdown(struct timer_list *timer) {
    return disarm(timer, ending::shut_down, false);
}
EXPORT_SYMBOL_GPL(timer_shutdown);

int try_to_del_timer_sync(struct timer_list *timer) {
    const int found = disarm(timer, ending::stopped, true);

    if (found >= 0)
        order_tell(waited, timer);
    return found;
}
EXPORT_SYMBOL(try_to_del_timer_sync);

int timer_delete_sync(struct timer_list *timer) {
    return disarm_in_step(timer, ending::stopped, _RET_IP_);
}
EXPORT_SYMBOL(timer_delete_sync);

int timer_shutdown_sync(struct timer_list *timer) {
    return disarm_in_step(timer, ending::shut_down, _RET_IP_);
}
EXPORT_SYMBOL_GPL(timer_shutdown_sync);

// ---- the tick, idle CPUs, CPUs that come and go ----

void run_local_timers() {
    const wheel *w = wheels_of_this_cpu();

    if (time_after_eq(jiffies, w[ordinary].next.at) || time_after_eq(jiffies, w[deferrable].next.at))
        raise_softirq(TIMER_SOFTIRQ);
}

// Called in the tick of every CPU that is not idle.
void update_process_times(int user) {
    run_local_timers();
    rcu_sched_clock_irq(user);
    if (in_hardirq())
        irq_work_tick();
    scheduler_tick();
}

// A CPU that goes down has nothing that could wake it: its timers move away.
u64 get_next_timer_interrupt(tick_moment now) {
    wheel &w = wheels_of_this_cpu()[ordinary];

    if (!cpu_online(smp_processor_id()))
        return KTIME_MAX;
    hold l(w.lock);
    return w.sleep_until(now);
}

void timer_clear_idle() {
    // A timer that is queued from elsewhere before this is seen costs an interrupt that was not needed, no more.
    wheels_of_this_cpu()[ordinary].is_idle = false;
}

int timers_prepare_cpu(unsigned int cpu) {
    for (wheel &w : per_cpu(timer_bases, cpu))
        w.reset();
    return 0;
}

// The timers of a CPU that has gone down fire on the one that took it down.
int timers_dead_cpu(unsigned int cpu) {
    preempt_off stay;
    wheel *here = wheels_of_this_cpu();

    for (wheel &gone : per_cpu(timer_bases, cpu)) {
        hold_irq to(here->lock);
        hold from(gone.lock);
        here++->adopt(gone);
    }
    return 0;
}

void init_timers() {
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        for (wheel &w : per_cpu(timer_bases, cpu)) {
            raw_spin_lock_init(&w.lock);
            w.cpu = cpu;
            w.reset();
        }
    }
    open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}

// ---- whole seconds, so that timers that need no precision fire together ----

namespace {

enum class rounding { nearest, up };

// CPUs are kept three ticks apart, so that they do not all fight for the same locks then. What would be in the past
// stays as it is.
unsigned long to_whole_second(unsigned long j, int cpu, rounding how) {
    const unsigned long apart = static_cast<unsigned long>(cpu) * 3;
    const unsigned long into_second = (j + apart) % HZ;
    const bool next = how == rounding::up || into_second >= HZ / 4;
    const unsigned long rounded = j - into_second + (next ? HZ : 0);

    return time_is_after_jiffies(rounded) ? rounded : j;
}

unsigned long distance_to_whole_second(unsigned long distance, int cpu, rounding how) {
    const unsigned long now = jiffies;

    return to_whole_second(now + distance, cpu, how) - now;
}

} // namespace

unsigned long round_jiffies(unsigned long j) {
    return to_whole_second(j, raw_smp_processor_id(), rounding::nearest);
}
EXPORT_SYMBOL_GPL(round_jiffies);

unsigned long round_jiffies_up(unsigned long j) {
    return to_whole_second(j, raw_smp_processor_id(), rounding::up);
}
EXPORT_SYMBOL_GPL(round_jiffies_up);

unsigned long round_jiffies_relative(unsigned long j) {
    return distance_to_whole_second(j, raw_smp_processor_id(), rounding::nearest);
}
EXPORT_SYMBOL_GPL(round_jiffies_relative);

unsigned long round_jiffies_up_relative(unsigned long j) {
    return distance_to_whole_second(j, raw_smp_processor_id(), rounding::up);
}
EXPORT_SYMBOL_GPL(round_jiffies_up_relative);

// The same for the tick of another CPU.
unsigned long __round_jiffies(unsigned long j, int cpu) {
    return to_whole_second(j, cpu, rounding::nearest);
}
EXPORT_SYMBOL_GPL(__round_jiffies);

unsigned long __round_jiffies_up(unsigned long j, int cpu) {
    return to_whole_second(j, cpu, rounding::up);
}
EXPORT_SYMBOL_GPL(__round_jiffies_up);

unsigned long __round_jiffies_relative(unsigned long j, int cpu) {
    return distance_to_whole_second(j, cpu, rounding::nearest);
}
EXPORT_SYMBOL_GPL(__round_jiffies_relative);

unsigned long __round_jiffies_up_relative(unsigned long j, int cpu) {
    return distance_to_whole_second(j, cpu, rounding::up);
}
EXPORT_SYMBOL_GPL(__round_jiffies_up_relative);

// ---- a module is gone, and one of its timers is still on a wheel ----

static void report_leaked_timer(const struct module *mod, timer_list *timer) {
    void *code = const_cast<void *>(code_behind(timer));

    if (!module_owns(mod, code))
        return;
    if (timer->function == delayed_work_timer_fn)
        module_leak(mod, code, "delayed work %ps still pending", code);
    else
        module_leak(mod, code, "timer %ps still pending", code);
}

static void timer_leak_check(const struct module *mod) {
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        for (wheel &w : per_cpu(timer_bases, cpu)) {
            hold_irq l(w.lock);

            for (hlist_head &bucket : w.buckets) {
                timer_list *timer;
                hlist_for_each_entry (timer, &bucket, entry)
                    report_leaked_timer(mod, timer);
            }
        }
    }
}
MODULE_LEAK_CHECK(timer_leak_check);
