// SPDX-License-Identifier: Apache-2.0
// Scope guards of the kernel: what a constructor takes, the destructor gives back, in reverse order of taking.
//
//     hold l(pool->lock);              // a spinlock, raw spinlock or mutex; interrupts as they are
//     hold_irq l(pool->lock);          // a (raw) spinlock; interrupts were on and are masked meanwhile
//     hold_irqsave l(desc->lock);      // a (raw) spinlock; interrupts are masked and restored
//     hold_bh l(bus->lock);            // a (raw) spinlock; softirqs of this CPU wait
//     hold_read l(sem); hold_write l(sem);
//     rcu_section s; preempt_off p; irqs_off i; bh_off b; cpus_stay c;
//     let_go_irq g(pool->lock);        // the other way round: free, with interrupts on, until the end of the scope
//
// The lock validator sees the place of the declaration. release() gives back early; again() takes once more, so that a
// wait or a callback can stand between the two. A guard is never copied, moved or kept on the heap.
#ifndef LIB_GUARD_H
#define LIB_GUARD_H

#include <linux/cpu.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

namespace guard_detail {

struct no_state {};

// How each kind of lock is taken and given back. `state` is what the release needs from the acquisition.
struct plain {
    using state = no_state;
    static __always_inline state take(raw_spinlock_t &l) { return raw_spin_lock(&l), state{}; }
    static __always_inline state take(spinlock_t &l) { return spin_lock(&l), state{}; }
    static __always_inline state take(::mutex &l) { return mutex_lock(&l), state{}; }
    static __always_inline void give(raw_spinlock_t &l, state) { raw_spin_unlock(&l); }
    static __always_inline void give(spinlock_t &l, state) { spin_unlock(&l); }
    static __always_inline void give(::mutex &l, state) { mutex_unlock(&l); }
};
struct irq {
    using state = no_state;
    static __always_inline state take(raw_spinlock_t &l) { return raw_spin_lock_irq(&l), state{}; }
    static __always_inline state take(spinlock_t &l) { return spin_lock_irq(&l), state{}; }
    static __always_inline void give(raw_spinlock_t &l, state) { raw_spin_unlock_irq(&l); }
    static __always_inline void give(spinlock_t &l, state) { spin_unlock_irq(&l); }
};
struct irqsave {
    using state = unsigned long;
    static __always_inline state take(raw_spinlock_t &l) { return _raw_spin_lock_irqsave(&l); }
    static __always_inline state take(spinlock_t &l) { return _raw_spin_lock_irqsave(&l.rlock); }
    static __always_inline void give(raw_spinlock_t &l, state s) { raw_spin_unlock_irqrestore(&l, s); }
    static __always_inline void give(spinlock_t &l, state s) { spin_unlock_irqrestore(&l, s); }
};
struct bh {
    using state = no_state;
    static __always_inline state take(raw_spinlock_t &l) { return raw_spin_lock_bh(&l), state{}; }
    static __always_inline state take(spinlock_t &l) { return spin_lock_bh(&l), state{}; }
    static __always_inline void give(raw_spinlock_t &l, state) { raw_spin_unlock_bh(&l); }
    static __always_inline void give(spinlock_t &l, state) { spin_unlock_bh(&l); }
};
struct reading {
    using state = no_state;
    static __always_inline state take(rw_semaphore &l) { return down_read(&l), state{}; }
    static __always_inline void give(rw_semaphore &l, state) { up_read(&l); }
};
struct writing {
    using state = no_state;
    static __always_inline state take(rw_semaphore &l) { return down_write(&l), state{}; }
    static __always_inline void give(rw_semaphore &l, state) { up_write(&l); }
};

template <typename How, typename Lock>
class lock_guard {
public:
    explicit __always_inline lock_guard(Lock &lock)
        : lock_(lock)
        , state_(How::take(lock)) {}
    __always_inline ~lock_guard() {
        if (held_)
            How::give(lock_, state_);
    }
    lock_guard(const lock_guard &) = delete;
    lock_guard &operator=(const lock_guard &) = delete;

    __always_inline void release() {
        held_ = false;
        How::give(lock_, state_);
    }
    __always_inline void again() {
        state_ = How::take(lock_);
        held_ = true;
    }
    bool held() const { return held_; }
    // The lock stays taken beyond the scope: the caller of this function gives it back.
    void keep() { held_ = false; }
    typename How::state state() const { return state_; } // of a hold_irqsave: how interrupts were

private:
    Lock &lock_;
    typename How::state state_;
    bool held_ = true;
};

// A pair of calls without a lock.
template <void (*enter)(), void (*leave)()>
class section {
public:
    __always_inline section() { enter(); }
    __always_inline ~section() { leave(); }
    section(const section &) = delete;
    section &operator=(const section &) = delete;
};

__always_inline void preempt_enter() {
    preempt_disable();
}
__always_inline void preempt_leave() {
    preempt_enable();
}
__always_inline void bh_enter() {
    local_bh_disable();
}
__always_inline void bh_leave() {
    local_bh_enable();
}

} // namespace guard_detail

// A guard whose lock's type the compiler finds: `hold l(lock);`. How it is taken is the second argument's.
#define GUARD_OF_LOCK(name, how)                                                                                       \
    template <typename Lock>                                                                                           \
    struct name : guard_detail::lock_guard<guard_detail::how, Lock> {                                                  \
        using guard_detail::lock_guard<guard_detail::how, Lock>::lock_guard;                                           \
    };                                                                                                                 \
    template <typename Lock>                                                                                           \
    name(Lock &)->name<Lock>
GUARD_OF_LOCK(hold, plain);
GUARD_OF_LOCK(hold_irq, irq);
GUARD_OF_LOCK(hold_irqsave, irqsave);
GUARD_OF_LOCK(hold_bh, bh);
#undef GUARD_OF_LOCK

using hold_read = guard_detail::lock_guard<guard_detail::reading, rw_semaphore>;
using hold_write = guard_detail::lock_guard<guard_detail::writing, rw_semaphore>;

using rcu_section = guard_detail::section<rcu_read_lock, rcu_read_unlock>;
using preempt_off = guard_detail::section<guard_detail::preempt_enter, guard_detail::preempt_leave>;
using bh_off = guard_detail::section<guard_detail::bh_enter, guard_detail::bh_leave>;
using cpus_stay = guard_detail::section<cpus_read_lock, cpus_read_unlock>;

// A (raw) spinlock that the caller holds by hold_irq is free for as long as this stands.
template <typename Lock>
class let_go_irq {
public:
    explicit __always_inline let_go_irq(Lock &lock)
        : lock_(lock) {
        guard_detail::irq::give(lock_, {});
    }
    __always_inline ~let_go_irq() { guard_detail::irq::take(lock_); }
    let_go_irq(const let_go_irq &) = delete;
    let_go_irq &operator=(const let_go_irq &) = delete;

private:
    Lock &lock_;
};

class irqs_off {
public:
    __always_inline irqs_off() { local_irq_save(flags_); }
    __always_inline ~irqs_off() { local_irq_restore(flags_); }
    irqs_off(const irqs_off &) = delete;
    irqs_off &operator=(const irqs_off &) = delete;

private:
    unsigned long flags_;
};

// Runs `undo` at the end of the scope unless dismiss() was called: for steps that must be taken back when a later one
// fails.
template <typename Undo>
class on_failure {
public:
    explicit __always_inline on_failure(Undo undo)
        : undo_(undo) {}
    __always_inline ~on_failure() {
        if (armed_)
            undo_();
    }
    on_failure(const on_failure &) = delete;
    on_failure &operator=(const on_failure &) = delete;
    void dismiss() { armed_ = false; }

private:
    Undo undo_;
    bool armed_ = true;
};

// Runs `last` at the end of the scope, regardless of what happened.
template <typename Last>
struct finally : private on_failure<Last> {
    using on_failure<Last>::on_failure;
};
template <typename Last>
finally(Last) -> finally<Last>;

// The arguments of a variadic function behind `last`, until the end of the scope.
#define VARARGS(args, last)                                                                                            \
    va_list args;                                                                                                      \
    va_start(args, last);                                                                                              \
    finally done_with_##args([&] { va_end(args); })

#endif
