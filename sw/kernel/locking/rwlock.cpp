// SPDX-License-Identifier: Apache-2.0
// Reader-writer spinlocks (Linux: kernel/locking/qrwlock.c, spinlock_debug.c).
#include "kernel/locking/internal.h"

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>

int force_read_lock_recursive; // for Linux's own list of cases, which was written for such locks
EXPORT_SYMBOL_GPL(force_read_lock_recursive);

namespace {

constexpr u32 writer_holds = 1;
constexpr u32 writer_waits = 2;
constexpr u32 one_reader = 4;

// Sleeps in WFE until `done`. The count of waiters comes first, so the CPU that makes it true afterwards sends the
// event.
template <class Predicate>
void wait_until(arch_rwlock_t *lock, Predicate done) {
    __atomic_fetch_add(&lock->waiters, 1, __ATOMIC_SEQ_CST);
    while (!done())
        port_wfe();
    __atomic_fetch_sub(&lock->waiters, 1, __ATOMIC_SEQ_CST);
}

void tell_waiters(arch_rwlock_t *lock) {
    if (__atomic_load_n(&lock->waiters, __ATOMIC_SEQ_CST))
        port_sev();
}

void read_lock_slow(arch_rwlock_t *lock) {
    const auto no_writer_holds = [lock] { return !(__atomic_load_n(&lock->count, __ATOMIC_ACQUIRE) & writer_holds); };

    if (in_interrupt()) {
        // The interrupted code may be a reader for which that writer waits: pass the writer, the count is taken
        // already.
        wait_until(lock, no_writer_holds);
        return;
    }
    __atomic_fetch_sub(&lock->count, one_reader, __ATOMIC_SEQ_CST);
    tell_waiters(lock);
    arch_spin_lock(&lock->queue);
    __atomic_fetch_add(&lock->count, one_reader, __ATOMIC_SEQ_CST);
    wait_until(lock, no_writer_holds);
    arch_spin_unlock(&lock->queue);
}

bool become_writer(arch_rwlock_t *lock, u32 expected) {
    return __atomic_compare_exchange_n(&lock->count, &expected, writer_holds, false, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

void write_lock_slow(arch_rwlock_t *lock) {
    arch_spin_lock(&lock->queue);
    if (!become_writer(lock, 0)) {
        __atomic_fetch_or(&lock->count, writer_waits, __ATOMIC_SEQ_CST);
        wait_until(lock, [lock] { return become_writer(lock, writer_waits); });
    }
    arch_spin_unlock(&lock->queue);
}

void rwlock_bug(rwlock_t *lock, const char *what) {
    const bool first = debug_locks_report();
    lock->magic = RWLOCK_MAGIC; // it is said once of a lock
    if (first)
        locking::say_bug("BUG: rwlock", what, [lock] { printk(KERN_CONT ", %px\n", lock); });
}

// A reader in an interrupt passes waiting writers (queued locks).
bool read_lock_is_recursive() {
    return in_interrupt() || unlikely(force_read_lock_recursive);
}

__always_inline void do_read_lock(rwlock_t *lock, unsigned long caller) {
    lockdep_acquire(&lock->dep_map, 0, 0, read_lock_is_recursive() ? 2 : 1, 2, caller);
    if (unlikely(READ_ONCE(lock->magic) != RWLOCK_MAGIC))
        rwlock_bug(lock, "bad magic");
    const u32 before = __atomic_fetch_add(&lock->raw_lock.count, one_reader, __ATOMIC_ACQUIRE);
    if (unlikely(before & (writer_holds | writer_waits))) {
        trace_event4(lock_contended, lock, caller, READ_ONCE(lock->owner_cpu), 3, lock->dep_map.name);
        read_lock_slow(&lock->raw_lock);
        trace_event2(lock_acquired, lock, caller, lock->dep_map.name);
    }
}

inline void debug_write_lock_after(rwlock_t *lock) {
    WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
    WRITE_ONCE(lock->owner, static_cast<void *>(current));
}

__always_inline void do_write_lock(rwlock_t *lock, unsigned long caller) {
    lockdep_acquire(&lock->dep_map, 0, 0, 0, 2, caller);
    if (unlikely(READ_ONCE(lock->magic) != RWLOCK_MAGIC))
        rwlock_bug(lock, "bad magic");
    else if (unlikely(READ_ONCE(lock->owner) == current))
        rwlock_bug(lock, "recursion");
    else if (unlikely(READ_ONCE(lock->owner_cpu) == raw_smp_processor_id()))
        rwlock_bug(lock, "cpu recursion");
    if (unlikely(!become_writer(&lock->raw_lock, 0))) {
        trace_event4(lock_contended, lock, caller, READ_ONCE(lock->owner_cpu), 5, lock->dep_map.name);
        write_lock_slow(&lock->raw_lock);
        trace_event2(lock_acquired, lock, caller, lock->dep_map.name);
    }
    debug_write_lock_after(lock);
}

__always_inline void do_read_unlock(rwlock_t *lock) {
    lockdep_release(&lock->dep_map, _RET_IP_);
    if (unlikely(lock->magic != RWLOCK_MAGIC))
        rwlock_bug(lock, "bad magic");
    __atomic_fetch_sub(&lock->raw_lock.count, one_reader, __ATOMIC_SEQ_CST);
    tell_waiters(&lock->raw_lock);
}

// What is wrong with a writer's unlock; null: nothing (Linux: debug_write_unlock).
__always_inline const char *wrong_unlock(const rwlock_t *lock) {
    if (unlikely(lock->magic != RWLOCK_MAGIC))
        return "bad magic";
    if (unlikely(lock->owner != current))
        return "wrong owner";
    return unlikely(lock->owner_cpu != raw_smp_processor_id()) ? "wrong CPU" : nullptr;
}

__always_inline void do_write_unlock(rwlock_t *lock) {
    lockdep_release(&lock->dep_map, _RET_IP_);
    if (const char *wrong = wrong_unlock(lock))
        rwlock_bug(lock, wrong);
    WRITE_ONCE(lock->owner_cpu, SPINLOCK_NO_CPU);
    WRITE_ONCE(lock->owner, SPINLOCK_OWNER_INIT);
    __atomic_fetch_and(&lock->raw_lock.count, ~writer_holds, __ATOMIC_SEQ_CST);
    tell_waiters(&lock->raw_lock);
}

} // namespace

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key) {
    lockdep_check_not_held(lock);
    *lock = __RW_LOCK_UNLOCKED_INIT(*lock);
    lockdep_init_map(&lock->dep_map, name, key, 0);
    lock->dep_map.nature = LOCKDEP_SLEEPS_ON_RT;
}
EXPORT_SYMBOL(__rwlock_init);

void _raw_read_lock(rwlock_t *lock) {
    lock_preempt_disable(_RET_IP_);
    do_read_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_read_lock);

void _raw_write_lock(rwlock_t *lock) {
    lock_preempt_disable(_RET_IP_);
    do_write_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_write_lock);

void _raw_read_lock_bh(rwlock_t *lock) {
    __local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
    do_read_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_read_lock_bh);

void _raw_write_lock_bh(rwlock_t *lock) {
    __local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
    do_write_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_write_lock_bh);

void _raw_read_lock_irq(rwlock_t *lock) {
    lock_irq_disable(_RET_IP_);
    lock_preempt_disable(_RET_IP_);
    do_read_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_read_lock_irq);

void _raw_write_lock_irq(rwlock_t *lock) {
    lock_irq_disable(_RET_IP_);
    lock_preempt_disable(_RET_IP_);
    do_write_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_write_lock_irq);

unsigned long _raw_read_lock_irqsave(rwlock_t *lock) {
    const unsigned long flags = lock_irq_save(_RET_IP_);

    lock_preempt_disable(_RET_IP_);
    do_read_lock(lock, _RET_IP_);
    return flags;
}
EXPORT_SYMBOL(_raw_read_lock_irqsave);

unsigned long _raw_write_lock_irqsave(rwlock_t *lock) {
    const unsigned long flags = lock_irq_save(_RET_IP_);

    lock_preempt_disable(_RET_IP_);
    do_write_lock(lock, _RET_IP_);
    return flags;
}
EXPORT_SYMBOL(_raw_write_lock_irqsave);

int _raw_read_trylock(rwlock_t *lock) {
    lock_preempt_disable(_RET_IP_);
    u32 count = READ_ONCE(lock->raw_lock.count);
    while (!(count & (writer_holds | writer_waits)))
        if (__atomic_compare_exchange_n(&lock->raw_lock.count, &count, count + one_reader, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
            lockdep_acquire(&lock->dep_map, 0, 1, 1, 2, _RET_IP_);
            return 1;
        }
    preempt_enable();
    return 0;
}
EXPORT_SYMBOL(_raw_read_trylock);

int _raw_write_trylock(rwlock_t *lock) {
    lock_preempt_disable(_RET_IP_);
    if (become_writer(&lock->raw_lock, 0)) {
        lockdep_acquire(&lock->dep_map, 0, 1, 0, 2, _RET_IP_);
        debug_write_lock_after(lock);
        return 1;
    }
    preempt_enable();
    return 0;
}
EXPORT_SYMBOL(_raw_write_trylock);

void _raw_read_unlock(rwlock_t *lock) {
    do_read_unlock(lock);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_read_unlock);

void _raw_write_unlock(rwlock_t *lock) {
    do_write_unlock(lock);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_write_unlock);

void _raw_read_unlock_bh(rwlock_t *lock) {
    do_read_unlock(lock);
    __local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
}
EXPORT_SYMBOL(_raw_read_unlock_bh);

void _raw_write_unlock_bh(rwlock_t *lock) {
    do_write_unlock(lock);
    __local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
}
EXPORT_SYMBOL(_raw_write_unlock_bh);

void _raw_read_unlock_irq(rwlock_t *lock) {
    do_read_unlock(lock);
    lock_irq_enable(_RET_IP_);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_read_unlock_irq);

void _raw_write_unlock_irq(rwlock_t *lock) {
    do_write_unlock(lock);
    lock_irq_enable(_RET_IP_);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_write_unlock_irq);

void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags) {
    do_read_unlock(lock);
    lock_irq_restore(flags, _RET_IP_);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_read_unlock_irqrestore);

void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags) {
    do_write_unlock(lock);
    lock_irq_restore(flags, _RET_IP_);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_write_unlock_irqrestore);
