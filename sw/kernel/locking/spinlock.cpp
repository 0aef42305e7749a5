// SPDX-License-Identifier: Apache-2.0
// Spinlocks: the ticket lock, its debug checks and the forms with interrupts and softirqs (Linux:
// kernel/locking/spinlock.c, spinlock_debug.c, include/asm-generic/spinlock.h).
#include "kernel/locking/internal.h"

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>

// ---- the lock itself ----

namespace {

inline u16 draw_ticket(arch_spinlock_t *lock) {
    return __atomic_fetch_add(&lock->next, 1, __ATOMIC_ACQUIRE);
}

inline bool is_served(const arch_spinlock_t *lock, u16 ticket) {
    return __atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE) == ticket;
}

} // namespace

void arch_spin_lock(arch_spinlock_t *lock) {
    const u16 ticket = draw_ticket(lock);

    while (!is_served(lock, ticket))
        port_wfe();
}

int arch_spin_trylock(arch_spinlock_t *lock) {
    // Free means that the ticket being served is the next to be drawn: take it in one step, or not at all.
    u16 ticket = READ_ONCE(lock->owner);

    if (READ_ONCE(lock->next) != ticket)
        return 0;
    return __atomic_compare_exchange_n(&lock->next, &ticket, static_cast<u16>(ticket + 1), false, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

void arch_spin_unlock(arch_spinlock_t *lock) {
    const u16 next_served = static_cast<u16>(lock->owner + 1);

    __atomic_store_n(&lock->owner, next_served, __ATOMIC_SEQ_CST);
    // A CPU that drew a ticket before this load sleeps in WFE; a CPU that draws it later sees that it is served
    // already.
    if (__atomic_load_n(&lock->next, __ATOMIC_SEQ_CST) != next_served)
        port_sev();
}

// ---- debug checks ----

namespace {

// A lock as its report shows it (Linux: spin_dump).
void show_lock(const raw_spinlock_t *lock, u32 magic) {
    const auto *owner = static_cast<const task_struct *>(READ_ONCE(lock->owner));
    const bool free = owner == SPINLOCK_OWNER_INIT || !owner;
    const int cpu = static_cast<int>(READ_ONCE(lock->owner_cpu));

    printk(KERN_CONT "\n");
    printk(KERN_EMERG " lock: %pS, .magic: %08x, .owner: %s/%d, .owner_cpu: %d\n", lock, magic,
           free ? "<none>" : owner->comm, free ? -1 : task_pid_nr(const_cast<task_struct *>(owner)), cpu);
}

void spin_bug(raw_spinlock_t *lock, const char *what) {
    const u32 magic = READ_ONCE(lock->magic);
    lock->magic = SPINLOCK_MAGIC; // it is said once of a lock
    if (debug_locks_report())
        locking::say_bug("BUG: spinlock", what, [lock, magic] { show_lock(lock, magic); });
}

// True if the owner itself wants the lock again. Linux would wait for ever now; here it goes on once the bug is
// reported, so that the rest of the run still tells something.
noinline bool lock_is_wrong(raw_spinlock_t *lock) {
    const bool again = READ_ONCE(lock->owner) == current;

    lock->nested += again;
    spin_bug(lock, again ? "recursion" : lock->magic != SPINLOCK_MAGIC ? "bad magic" : "cpu recursion");
    return again;
}

inline bool debug_spin_lock_before(raw_spinlock_t *lock) {
    if (likely(READ_ONCE(lock->owner) != current && READ_ONCE(lock->magic) == SPINLOCK_MAGIC &&
               READ_ONCE(lock->owner_cpu) != raw_smp_processor_id()))
        return false;
    return lock_is_wrong(lock);
}

inline void debug_spin_lock_after(raw_spinlock_t *lock) {
    WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
    WRITE_ONCE(lock->owner, static_cast<void *>(current));
}

// False if there is nothing to release: nothing holds it, or its owner holds it once more.
inline bool debug_spin_unlock(raw_spinlock_t *lock) {
    if (unlikely(!raw_spin_is_locked(lock))) {
        spin_bug(lock, lock->magic == SPINLOCK_MAGIC ? "already unlocked" : "bad magic");
        return false;
    }
    if (unlikely(lock->nested && lock->owner == current)) {
        lock->nested--;
        return false;
    }
    if (unlikely(lock->magic != SPINLOCK_MAGIC))
        spin_bug(lock, "bad magic");
    else if (unlikely(lock->owner != current))
        spin_bug(lock, "wrong owner");
    else if (unlikely(lock->owner_cpu != raw_smp_processor_id()))
        spin_bug(lock, "wrong CPU");
    WRITE_ONCE(lock->owner, SPINLOCK_OWNER_INIT);
    WRITE_ONCE(lock->owner_cpu, SPINLOCK_NO_CPU);
    return true;
}

noinline void wait_for_ticket(raw_spinlock_t *lock, u16 ticket, unsigned long caller) {
    trace_event4(lock_contended, lock, caller, READ_ONCE(lock->owner_cpu), 1, lock->dep_map.name);
    do
        port_wfe();
    while (!is_served(&lock->raw_lock, ticket));
    trace_event2(lock_acquired, lock, caller, lock->dep_map.name);
}

// Called with preemption off, so that neither the task nor the CPU of the checks can change.
__always_inline void do_lock(raw_spinlock_t *lock, unsigned long caller, int subclass = 0) {
    lockdep_acquire(&lock->dep_map, static_cast<unsigned>(subclass), 0, 0, 2, caller);
    if (unlikely(debug_spin_lock_before(lock)))
        return;
    const u16 ticket = draw_ticket(&lock->raw_lock);
    if (unlikely(!is_served(&lock->raw_lock, ticket)))
        wait_for_ticket(lock, ticket, caller);
    debug_spin_lock_after(lock);
}

inline bool do_trylock(raw_spinlock_t *lock, unsigned long caller) {
    if (unlikely(READ_ONCE(lock->magic) != SPINLOCK_MAGIC))
        spin_bug(lock, "bad magic");
    if (!arch_spin_trylock(&lock->raw_lock))
        return false;
    lockdep_acquire(&lock->dep_map, 0, 1, 0, 2, caller);
    debug_spin_lock_after(lock);
    return true;
}

__always_inline void do_unlock(raw_spinlock_t *lock) {
    lockdep_release(&lock->dep_map, _RET_IP_);
    if (likely(debug_spin_unlock(lock)))
        arch_spin_unlock(&lock->raw_lock);
}

} // namespace

int raw_spinlock_held_by_current(const struct raw_spinlock *lock) {
    return READ_ONCE(lock->owner) == current;
}
EXPORT_SYMBOL_GPL(raw_spinlock_held_by_current);

int spinlock_held_by_current(const struct spinlock *lock) {
    return raw_spinlock_held_by_current(&lock->rlock);
}
EXPORT_SYMBOL_GPL(spinlock_held_by_current);

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key, short nature) {
    lockdep_check_not_held(lock);
    *lock = __RAW_SPIN_LOCK_INITIALIZER(*lock);
    lockdep_init_map(&lock->dep_map, name, key, 0);
    lock->dep_map.nature = static_cast<u8>(nature);
}
EXPORT_SYMBOL(__raw_spin_lock_init);

// ---- the API ----

void _raw_spin_lock(raw_spinlock_t *lock) {
    lock_preempt_disable(_RET_IP_);
    do_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_spin_lock);

void _raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *nest) {
    lock_preempt_disable(_RET_IP_);
    lockdep_nest(&lock->dep_map, nest);
    do_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_spin_lock_nest_lock);

void _raw_spin_lock_nested(raw_spinlock_t *lock, int subclass) {
    lock_preempt_disable(_RET_IP_);
    do_lock(lock, _RET_IP_, subclass);
}
EXPORT_SYMBOL(_raw_spin_lock_nested);

unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock, int subclass) {
    const unsigned long flags = lock_irq_save(_RET_IP_);

    lock_preempt_disable(_RET_IP_);
    do_lock(lock, _RET_IP_, subclass);
    return flags;
}
EXPORT_SYMBOL(_raw_spin_lock_irqsave_nested);

void _raw_spin_lock_bh(raw_spinlock_t *lock) {
    __local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
    do_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_spin_lock_bh);

void _raw_spin_lock_irq(raw_spinlock_t *lock) {
    lock_irq_disable(_RET_IP_);
    lock_preempt_disable(_RET_IP_);
    do_lock(lock, _RET_IP_);
}
EXPORT_SYMBOL(_raw_spin_lock_irq);

unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock) {
    const unsigned long flags = lock_irq_save(_RET_IP_);

    lock_preempt_disable(_RET_IP_);
    do_lock(lock, _RET_IP_);
    return flags;
}
EXPORT_SYMBOL(_raw_spin_lock_irqsave);

int _raw_spin_trylock(raw_spinlock_t *lock) {
    lock_preempt_disable(_RET_IP_);
    if (do_trylock(lock, _RET_IP_))
        return 1;
    preempt_enable();
    return 0;
}
EXPORT_SYMBOL(_raw_spin_trylock);

int _raw_spin_trylock_bh(raw_spinlock_t *lock) {
    __local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
    if (do_trylock(lock, _RET_IP_))
        return 1;
    __local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
    return 0;
}
EXPORT_SYMBOL(_raw_spin_trylock_bh);

void _raw_spin_unlock(raw_spinlock_t *lock) {
    do_unlock(lock);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_spin_unlock);

void _raw_spin_unlock_bh(raw_spinlock_t *lock) {
    do_unlock(lock);
    __local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
}
EXPORT_SYMBOL(_raw_spin_unlock_bh);

void _raw_spin_unlock_irq(raw_spinlock_t *lock) {
    do_unlock(lock);
    lock_irq_enable(_RET_IP_);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_spin_unlock_irq);

void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags) {
    do_unlock(lock);
    lock_irq_restore(flags, _RET_IP_);
    preempt_enable();
}
EXPORT_SYMBOL(_raw_spin_unlock_irqrestore);

// ---- counters that end in a lock (Linux: lib/dec_and_lock.c) ----

int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock) {
    return locking::last_one(
        atomic, [lock] { spin_lock(lock); }, [lock] { spin_unlock(lock); });
}
EXPORT_SYMBOL(_atomic_dec_and_lock);

int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags) {
    return locking::last_one(
        atomic, [=] { *flags = _raw_spin_lock_irqsave(&lock->rlock); }, [=] { spin_unlock_irqrestore(lock, *flags); });
}
EXPORT_SYMBOL(_atomic_dec_and_lock_irqsave);
