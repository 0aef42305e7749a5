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
#include "kernel/time/tick_internal.h"
#include "port/trace.h"

namespace {

constexpr unsigned lvl_clk_shift = 3; // a level's step is 8 of the level below
constexpr unsigned long lvl_clk_mask = (1ul << lvl_clk_shift) - 1;
constexpr unsigned lvl_bits = 6;
constexpr unsigned lvl_size = 1u << lvl_bits;
constexpr unsigned long lvl_mask = lvl_size - 1;
constexpr unsigned lvl_depth = 9;
constexpr unsigned long next_timer_max_delta = (1ul << 30) - 1;
constexpr unsigned idx_none = ~0u;

constexpr unsigned lvl_shift(unsigned level) {
    return level * lvl_clk_shift;
}

// From which distance in ticks on a timer belongs into `level`: the last but one bucket of the level below, since a
// timer is put one bucket later than it expires.
constexpr unsigned long lvl_start(unsigned level) {
    return (lvl_size - 1ul) << ((level - 1) * lvl_clk_shift);
}

constexpr unsigned long wheel_timeout_cutoff = lvl_start(lvl_depth);
constexpr unsigned long wheel_timeout_max = wheel_timeout_cutoff - (1ul << lvl_shift(lvl_depth - 1));

enum { base_std, base_def, nr_bases };

struct timer_base {
    raw_spinlock_t lock;
    timer_list *running_timer;
    unsigned long clk;         // the next tick to serve
    unsigned long next_expiry; // no timer is due before
    unsigned cpu;
    bool next_expiry_recalc; // next_expiry may be too early, as its timer was removed
    bool is_idle;            // the CPU's tick is stopped: it must be woken for an earlier timer
    bool timers_pending;
    u64 pending[lvl_depth]; // which buckets have timers
    hlist_head vectors[lvl_depth * lvl_size];
};

DEFINE_PER_CPU(timer_base[nr_bases], timer_bases);

unsigned timer_get_idx(const timer_list *timer) {
    return (timer->flags & TIMER_ARRAYMASK) >> TIMER_ARRAYSHIFT;
}

void timer_set_idx(timer_list *timer, unsigned idx) {
    timer->flags = (timer->flags & ~TIMER_ARRAYMASK) | idx << TIMER_ARRAYSHIFT;
}

unsigned calc_index(unsigned long expires, unsigned level, unsigned long *bucket_expiry) {
    // The next bucket, as this tick may end at once, and as the lower bits of the expiry are lost here.
    const unsigned long slot = (expires >> lvl_shift(level)) + 1;
    *bucket_expiry = slot << lvl_shift(level);
    return level * lvl_size + static_cast<unsigned>(slot & lvl_mask);
}

unsigned calc_wheel_index(unsigned long expires, unsigned long clk, unsigned long *bucket_expiry) {
    unsigned long delta = expires - clk;
    if (static_cast<long>(delta) < 0) {
        *bucket_expiry = clk;
        return static_cast<unsigned>(clk & lvl_mask);
    }
    if (delta >= wheel_timeout_cutoff) {
        expires = clk + wheel_timeout_max;
        return calc_index(expires, lvl_depth - 1, bucket_expiry);
    }
    unsigned level = 0;
    while (level < lvl_depth - 1 && delta >= lvl_start(level + 1))
        level++;
    return calc_index(expires, level, bucket_expiry);
}

timer_base *timer_base_of(unsigned flags, unsigned cpu) {
    return &per_cpu(timer_bases, cpu)[flags & TIMER_DEFERRABLE ? base_def : base_std];
}

timer_base *target_base(unsigned flags) {
    return timer_base_of(flags, flags & TIMER_PINNED ? smp_processor_id() : timer_target_cpu());
}

// A wheel whose tick was stopped has fallen behind; let it catch up before a timer is put at a distance from its clock.
void forward_timer_base(timer_base *base) {
    const unsigned long now = READ_ONCE(jiffies);
    if (static_cast<long>(now - base->clk) < 1)
        return;
    base->clk = time_after(base->next_expiry, now) ? now : base->next_expiry;
}

void enqueue_timer(timer_base *base, timer_list *timer, unsigned idx, unsigned long bucket_expiry) {
    hlist_add_head(&timer->entry, base->vectors + idx);
    base->pending[idx / lvl_size] |= 1ull << (idx % lvl_size);
    timer_set_idx(timer, idx);
    trace_event4(timer_start, timer, timer->function, timer->expires,
                 static_cast<u64>(timer->flags) << 32 | static_cast<u32>(timer->expires - jiffies), nullptr);
    // A delayed work's timer is the work's.
    const void *function = reinterpret_cast<void *>(
        timer->function == delayed_work_timer_fn
            ? reinterpret_cast<void (*)(timer_list *)>(container_of(timer, delayed_work, timer)->work.func)
            : timer->function);
    if (unlikely(address_of_module(function)))
        debug_object_activate(timer, DEBUG_OBJECT_TIMER, function, reinterpret_cast<void *>(timer->function));

    if (!time_before(bucket_expiry, base->next_expiry))
        return;
    base->next_expiry = bucket_expiry;
    base->timers_pending = true;
    base->next_expiry_recalc = false;
    // The CPU computes how long it may sleep before it sleeps; if it does already, it has to do so again.
    if (!(timer->flags & TIMER_DEFERRABLE) && base->is_idle)
        wake_up_nohz_cpu(static_cast<int>(base->cpu));
}

void internal_add_timer(timer_base *base, timer_list *timer) {
    unsigned long bucket_expiry;
    const unsigned idx = calc_wheel_index(timer->expires, base->clk, &bucket_expiry);
    enqueue_timer(base, timer, idx, bucket_expiry);
}

void detach_timer(timer_list *timer, bool clear_pending) {
    debug_object_deactivate(timer);
    __hlist_del(&timer->entry);
    if (clear_pending)
        timer->entry.pprev = nullptr;
    timer->entry.next = reinterpret_cast<hlist_node *>(LIST_POISON2);
}

// False, and reported: nobody has set it up.
bool assert_initialised(const timer_list *timer) {
    if (likely(timer->function))
        return true;
    debug_object_assert_init(timer, DEBUG_OBJECT_TIMER);
    return false;
}

int detach_if_pending(timer_list *timer, timer_base *base, bool clear_pending) {
    if (!timer_pending(timer))
        return 0;
    const unsigned idx = timer_get_idx(timer);
    hlist_head *bucket = base->vectors + idx;
    if (bucket->first == &timer->entry && !timer->entry.next) {
        base->pending[idx / lvl_size] &= ~(1ull << (idx % lvl_size));
        base->next_expiry_recalc = true;
    }
    trace_event1(timer_cancel, timer, nullptr);
    detach_timer(timer, clear_pending);
    return 1;
}

// The timer may be moved to another CPU's wheel while this waits for the lock of the one where it was.
timer_base *lock_timer_base(timer_list *timer, unsigned long *flags) {
    for (;;) {
        const u32 tf = READ_ONCE(timer->flags);
        if (!(tf & TIMER_MIGRATING)) {
            timer_base *base = timer_base_of(tf, tf & TIMER_CPUMASK);
            raw_spin_lock_irqsave(&base->lock, *flags);
            if (timer->flags == tf)
                return base;
            raw_spin_unlock_irqrestore(&base->lock, *flags);
        }
        cpu_relax();
    }
}

constexpr unsigned mod_pending_only = 1;
constexpr unsigned mod_reduce = 2;

int mod_timer_internal(timer_list *timer, unsigned long expires, unsigned options) {
    if (!assert_initialised(timer))
        return 0;

    unsigned long flags, clk = 0, bucket_expiry = 0;
    unsigned idx = idx_none;
    timer_base *base;
    int was_pending = 0;

    // Drivers that re-arm a timeout with every event mostly hit the bucket where it is already.
    if (timer_pending(timer)) {
        const long diff = static_cast<long>(timer->expires - expires);
        if (!diff || ((options & mod_reduce) && diff <= 0))
            return 1;
        base = lock_timer_base(timer, &flags);
        forward_timer_base(base);
        if (timer_pending(timer)) {
            if ((options & mod_reduce) && time_before_eq(timer->expires, expires)) {
                raw_spin_unlock_irqrestore(&base->lock, flags);
                return 1;
            }
            clk = base->clk;
            idx = calc_wheel_index(expires, clk, &bucket_expiry);
            if (idx == timer_get_idx(timer)) {
                timer->expires = expires;
                raw_spin_unlock_irqrestore(&base->lock, flags);
                return 1;
            }
        }
    } else {
        base = lock_timer_base(timer, &flags);
        forward_timer_base(base);
    }

    was_pending = detach_if_pending(timer, base, false);
    if (!was_pending && (options & mod_pending_only)) {
        raw_spin_unlock_irqrestore(&base->lock, flags);
        return 0;
    }

    timer_base *target = target_base(timer->flags);
    // A timer whose callback runs stays where it is, as timer_delete_sync() looks for it there.
    if (base != target && base->running_timer != timer) {
        timer->flags |= TIMER_MIGRATING;
        raw_spin_unlock(&base->lock);
        base = target;
        raw_spin_lock(&base->lock);
        WRITE_ONCE(timer->flags, (timer->flags & ~TIMER_BASEMASK) | base->cpu);
        forward_timer_base(base);
        idx = idx_none;
    }

    timer->expires = expires;
    if (idx != idx_none && clk == base->clk)
        enqueue_timer(base, timer, idx, bucket_expiry);
    else
        internal_add_timer(base, timer);
    raw_spin_unlock_irqrestore(&base->lock, flags);
    return was_pending;
}

// How many slots after `slot` the next bucket with timers is at that level; -1: none has.
int next_pending_bucket(const timer_base *base, unsigned level, unsigned long slot) {
    const u64 word = base->pending[level];
    if (!word)
        return -1;
    const unsigned first = slot & lvl_mask;
    const u64 rotated = first ? (word >> first) | (word << (lvl_size - first)) : word;
    return __builtin_ctzll(rotated);
}

// The first tick at which a bucket is due. A level is only looked at by the clock when all levels below have gone
// round, so the search ends at the first bucket that is due before the next such moment.
unsigned long next_timer_interrupt(timer_base *base) {
    const unsigned long never = base->clk + next_timer_max_delta;
    unsigned long next = never;
    unsigned long clk = base->clk;
    for (unsigned level = 0; level < lvl_depth; level++) {
        const int distance = next_pending_bucket(base, level, clk);
        const unsigned long level_clk = clk & lvl_clk_mask;
        if (distance >= 0) {
            const unsigned long expiry = (clk + static_cast<unsigned long>(distance)) << lvl_shift(level);
            if (time_before(expiry, next))
                next = expiry;
            if (static_cast<unsigned long>(distance) <= ((lvl_clk_mask + 1 - level_clk) & lvl_clk_mask))
                break;
        }
        clk = (clk >> lvl_clk_shift) + (level_clk ? 1 : 0);
    }
    base->next_expiry_recalc = false;
    base->timers_pending = next != never;
    return next;
}

unsigned collect_expired_timers(timer_base *base, hlist_head *heads) {
    unsigned long clk = base->clk = base->next_expiry;
    unsigned levels = 0;
    for (unsigned level = 0; level < lvl_depth; level++) {
        const unsigned slot = clk & lvl_mask;
        if (base->pending[level] & (1ull << slot)) {
            base->pending[level] &= ~(1ull << slot);
            hlist_move_list(base->vectors + level * lvl_size + slot, &heads[levels++]);
        }
        if (clk & lvl_clk_mask)
            break;
        clk >>= lvl_clk_shift;
    }
    return levels;
}

void call_timer_fn(timer_list *timer, void (*fn)(timer_list *), unsigned long baseclk) {
    const int count = preempt_count();
    trace_event4(timer_expire_entry, timer, fn, jiffies, baseclk, nullptr);
    // The callback may free its timer.
    lockdep_map map;
    lockdep_copy_map(&map, &timer->lockdep_map);
    lockdep_acquire(&map, 0, 0, 0, 0, reinterpret_cast<unsigned long>(fn));
    fn(timer);
    lockdep_release(&map, reinterpret_cast<unsigned long>(fn));
    trace_event1(timer_expire_exit, timer, nullptr);
    if (count != preempt_count()) {
        WARN_ONCE(defect_of(reinterpret_cast<void *>(fn)), "timer: %pS preempt leak: %08x -> %08x\n",
                  reinterpret_cast<void *>(fn), count, preempt_count());
        // The next callbacks are no worse for it.
        preempt_count_set(static_cast<u64>(count));
    }
}

void expire_timers(timer_base *base, hlist_head *head) {
    const unsigned long baseclk = base->clk - 1;
    while (!hlist_empty(head)) {
        timer_list *timer = hlist_entry(head->first, timer_list, entry);
        base->running_timer = timer;
        detach_timer(timer, true);
        void (*fn)(timer_list *) = timer->function;
        if (timer->flags & TIMER_IRQSAFE) {
            raw_spin_unlock(&base->lock);
            call_timer_fn(timer, fn, baseclk);
            raw_spin_lock(&base->lock);
        } else {
            raw_spin_unlock_irq(&base->lock);
            call_timer_fn(timer, fn, baseclk);
            raw_spin_lock_irq(&base->lock);
        }
        base->running_timer = nullptr;
    }
}

void run_timers(timer_base *base) {
    if (time_before(jiffies, base->next_expiry))
        return;
    raw_spin_lock_irq(&base->lock);
    while (time_after_eq(jiffies, base->clk) && time_after_eq(jiffies, base->next_expiry)) {
        hlist_head heads[lvl_depth];
        unsigned levels = collect_expired_timers(base, heads);
        base->clk++;
        base->next_expiry = next_timer_interrupt(base);
        while (levels--)
            expire_timers(base, &heads[levels]);
    }
    raw_spin_unlock_irq(&base->lock);
}

void run_timer_softirq(softirq_action *) {
    run_timers(&this_cpu_ptr(&timer_bases[0])[base_std]);
    run_timers(&this_cpu_ptr(&timer_bases[0])[base_def]);
}

} // namespace

unsigned timer_target_cpu() {
    const unsigned this_cpu = smp_processor_id();
    if (!idle_cpu(static_cast<int>(this_cpu)))
        return this_cpu;
    unsigned cpu;
    for_each_online_cpu (cpu) {
        if (cpu != this_cpu && !idle_cpu(static_cast<int>(cpu)))
            return cpu;
    }
    return this_cpu;
}

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *), unsigned int flags, const char *name,
                    struct lock_class_key *key) {
    debug_object_init(timer, DEBUG_OBJECT_TIMER);
    lockdep_init_map(&timer->lockdep_map, name, key, 0);
    if (WARN_ON_ONCE(flags & ~TIMER_INIT_FLAGS))
        flags &= TIMER_INIT_FLAGS;
    timer->entry.pprev = nullptr;
    timer->function = func;
    timer->flags = flags | static_cast<u32>(raw_smp_processor_id());
}
EXPORT_SYMBOL(init_timer_key);

int mod_timer_pending(struct timer_list *timer, unsigned long expires) {
    return mod_timer_internal(timer, expires, mod_pending_only);
}
EXPORT_SYMBOL(mod_timer_pending);

int mod_timer(struct timer_list *timer, unsigned long expires) {
    return mod_timer_internal(timer, expires, 0);
}
EXPORT_SYMBOL(mod_timer);

int timer_reduce(struct timer_list *timer, unsigned long expires) {
    return mod_timer_internal(timer, expires, mod_reduce);
}
EXPORT_SYMBOL(timer_reduce);

void add_timer(struct timer_list *timer) {
    if (WARN_ON_ONCE(timer_pending(timer)))
        return;
    mod_timer_internal(timer, timer->expires, 0);
}
EXPORT_SYMBOL(add_timer);

void add_timer_on(struct timer_list *timer, int cpu) {
    if (WARN_ON_ONCE(timer_pending(timer)))
        return;
    BUG_ON(!timer->function);

    unsigned long flags;
    timer_base *target = timer_base_of(timer->flags, static_cast<unsigned>(cpu));
    timer_base *base = lock_timer_base(timer, &flags);
    if (base != target) {
        timer->flags |= TIMER_MIGRATING;
        raw_spin_unlock(&base->lock);
        base = target;
        raw_spin_lock(&base->lock);
        WRITE_ONCE(timer->flags, (timer->flags & ~TIMER_BASEMASK) | static_cast<u32>(cpu));
    }
    forward_timer_base(base);
    internal_add_timer(base, timer);
    raw_spin_unlock_irqrestore(&base->lock, flags);
}
EXPORT_SYMBOL_GPL(add_timer_on);

int timer_delete(struct timer_list *timer) {
    if (!timer_pending(timer))
        return 0;
    unsigned long flags;
    timer_base *base = lock_timer_base(timer, &flags);
    const int was_pending = detach_if_pending(timer, base, true);
    raw_spin_unlock_irqrestore(&base->lock, flags);
    return was_pending;
}
EXPORT_SYMBOL(timer_delete);

int try_to_del_timer_sync(struct timer_list *timer) {
    unsigned long flags;
    timer_base *base = lock_timer_base(timer, &flags);
    const int ret = base->running_timer == timer ? -1 : detach_if_pending(timer, base, true);
    raw_spin_unlock_irqrestore(&base->lock, flags);
    return ret;
}
EXPORT_SYMBOL(try_to_del_timer_sync);

int timer_delete_sync(struct timer_list *timer) {
    // In an interrupt that came upon the callback this would wait for ever.
    WARN_ON(in_hardirq() && !(timer->flags & TIMER_IRQSAFE));
    if (!assert_initialised(timer))
        return 0;
    if (unlikely(lockdep_active)) {
        unsigned long flags;
        local_irq_save(flags);
        lockdep_map_waited(&timer->lockdep_map, _RET_IP_);
        local_irq_restore(flags);
    }
    for (;;) {
        const int ret = try_to_del_timer_sync(timer);
        if (ret >= 0)
            return ret;
        cpu_relax();
    }
}
EXPORT_SYMBOL(timer_delete_sync);

void run_local_timers() {
    timer_base *bases = this_cpu_ptr(&timer_bases[0]);
    if (time_before(jiffies, bases[base_std].next_expiry) && time_before(jiffies, bases[base_def].next_expiry))
        return;
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

u64 get_next_timer_interrupt(unsigned long basej, u64 basem) {
    timer_base *base = &this_cpu_ptr(&timer_bases[0])[base_std];
    // A CPU that goes down has nothing that could wake it: its timers move away.
    if (!cpu_online(smp_processor_id()))
        return KTIME_MAX;

    u64 expires = KTIME_MAX;
    raw_spin_lock(&base->lock);
    if (base->next_expiry_recalc)
        base->next_expiry = next_timer_interrupt(base);
    const unsigned long next = base->next_expiry;
    if (time_after(basej, base->clk))
        base->clk = time_after(next, basej) ? basej : (time_after(next, base->clk) ? next : base->clk);
    if (time_before_eq(next, basej)) {
        expires = basem;
        base->is_idle = false;
    } else {
        if (base->timers_pending)
            expires = basem + static_cast<u64>(next - basej) * TICK_NSEC;
        if (expires - basem > TICK_NSEC)
            base->is_idle = true;
    }
    raw_spin_unlock(&base->lock);
    return expires;
}

void timer_clear_idle() {
    // A timer that is queued from elsewhere before this is seen costs an interrupt that was not needed, no more.
    this_cpu_ptr(&timer_bases[0])[base_std].is_idle = false;
}

int timers_prepare_cpu(unsigned int cpu) {
    for (timer_base &base : per_cpu(timer_bases, cpu)) {
        base.clk = jiffies;
        base.next_expiry = base.clk + next_timer_max_delta;
        base.next_expiry_recalc = false;
        base.timers_pending = false;
        base.is_idle = false;
    }
    return 0;
}

// The timers of a CPU that has gone down fire on the one that took it down.
int timers_dead_cpu(unsigned int cpu) {
    for (unsigned b = 0; b < nr_bases; b++) {
        timer_base *from = &per_cpu(timer_bases, cpu)[b];
        timer_base *to = &get_cpu_ptr(&timer_bases[0])[b];
        raw_spin_lock_irq(&to->lock);
        raw_spin_lock(&from->lock);
        forward_timer_base(to);
        BUG_ON(from->running_timer);
        for (hlist_head &head : from->vectors) {
            while (!hlist_empty(&head)) {
                timer_list *timer = hlist_entry(head.first, timer_list, entry);
                detach_timer(timer, false);
                timer->flags = (timer->flags & ~TIMER_BASEMASK) | to->cpu;
                internal_add_timer(to, timer);
            }
        }
        for (u64 &word : from->pending)
            word = 0;
        raw_spin_unlock(&from->lock);
        raw_spin_unlock_irq(&to->lock);
        put_cpu_ptr(&timer_bases[0]);
    }
    return 0;
}

void init_timers() {
    int cpu;
    for_each_possible_cpu (cpu) {
        for (timer_base &base : per_cpu(timer_bases, cpu)) {
            raw_spin_lock_init(&base.lock);
            base.cpu = static_cast<unsigned>(cpu);
        }
        timers_prepare_cpu(static_cast<unsigned>(cpu));
    }
    open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}

// Rounding to whole seconds, so that timers that need no precision fire together. CPUs are kept three ticks apart, so
// that they do not all fight for the same locks then.
static unsigned long round_jiffies_common(unsigned long j, int cpu, bool force_up) {
    const unsigned long original = j;
    j += static_cast<unsigned long>(cpu) * 3;
    const unsigned long rest = j % HZ;
    j -= rest;
    if (rest >= HZ / 4 || force_up)
        j += HZ;
    j -= static_cast<unsigned long>(cpu) * 3;
    return time_is_after_jiffies(j) ? j : original;
}

unsigned long __round_jiffies(unsigned long j, int cpu) {
    return round_jiffies_common(j, cpu, false);
}
EXPORT_SYMBOL_GPL(__round_jiffies);

unsigned long __round_jiffies_relative(unsigned long j, int cpu) {
    const unsigned long now = jiffies;
    return round_jiffies_common(j + now, cpu, false) - now;
}
EXPORT_SYMBOL_GPL(__round_jiffies_relative);

unsigned long round_jiffies(unsigned long j) {
    return round_jiffies_common(j, raw_smp_processor_id(), false);
}
EXPORT_SYMBOL_GPL(round_jiffies);

unsigned long round_jiffies_relative(unsigned long j) {
    return __round_jiffies_relative(j, raw_smp_processor_id());
}
EXPORT_SYMBOL_GPL(round_jiffies_relative);

unsigned long __round_jiffies_up(unsigned long j, int cpu) {
    return round_jiffies_common(j, cpu, true);
}
EXPORT_SYMBOL_GPL(__round_jiffies_up);

unsigned long __round_jiffies_up_relative(unsigned long j, int cpu) {
    const unsigned long now = jiffies;
    return round_jiffies_common(j + now, cpu, true) - now;
}
EXPORT_SYMBOL_GPL(__round_jiffies_up_relative);

unsigned long round_jiffies_up(unsigned long j) {
    return round_jiffies_common(j, raw_smp_processor_id(), true);
}
EXPORT_SYMBOL_GPL(round_jiffies_up);

unsigned long round_jiffies_up_relative(unsigned long j) {
    return __round_jiffies_up_relative(j, raw_smp_processor_id());
}
EXPORT_SYMBOL_GPL(round_jiffies_up_relative);

// A module is gone, and one of its timers is still on a wheel.
static void report_leaked_timer(const struct module *mod, timer_list *timer) {
    if (timer->function == delayed_work_timer_fn) {
        void *func = reinterpret_cast<void *>(container_of(timer, delayed_work, timer)->work.func);
        if (module_owns(mod, func))
            module_leak(mod, func, "delayed work %ps still pending", func);
        return;
    }
    void *func = reinterpret_cast<void *>(timer->function);
    if (module_owns(mod, func))
        module_leak(mod, func, "timer %ps still pending", func);
}

static void timer_leak_check(const struct module *mod) {
    unsigned cpu;
    for_each_possible_cpu (cpu) {
        for (timer_base &base : per_cpu(timer_bases, cpu)) {
            raw_spin_lock_irq(&base.lock);
            for (hlist_head &bucket : base.vectors) {
                timer_list *timer;
                hlist_for_each_entry (timer, &bucket, entry)
                    report_leaked_timer(mod, timer);
            }
            raw_spin_unlock_irq(&base.lock);
        }
    }
}
MODULE_LEAK_CHECK(timer_leak_check);
