// SPDX-License-Identifier: Apache-2.0
// Counters of references: what is said of those that are used wrongly, and those that end in a lock (Linux:
// lib/refcount.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

#include "kernel/oops.h"

namespace {

// Each text is said once of each place in a driver.
#define SAY_ONCE(text)                                                                                                 \
    WARN(first_defect_of(innermost_module_code(nullptr, __builtin_frame_address(0))) && defect_is(FINDING_reference),  \
         "refcount_t: " text ".\n")

void say_underflow() {
    SAY_ONCE("underflow; use-after-free");
}

// The last reference is given up under a lock, so that nothing can take a new one meanwhile; any other without it.
template <class Take, class Give>
bool last_under_lock(refcount_t *r, Take take, Give give) {
    if (refcount_dec_not_one(r))
        return false;
    take();
    const bool last = refcount_dec_and_test(r);
    if (!last)
        give();
    return last;
}

} // namespace

void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t) {
    refcount_set(r, REFCOUNT_SATURATED);
    if (t == REFCOUNT_SUB_UAF)
        say_underflow();
    else if (t == REFCOUNT_ADD_UAF)
        SAY_ONCE("addition on 0; use-after-free");
    else if (t == REFCOUNT_DEC_LEAK)
        SAY_ONCE("decrement hit 0; leaking memory");
    else
        SAY_ONCE("saturated; leaking memory");
}
EXPORT_SYMBOL(refcount_warn_saturate);

bool refcount_dec_if_one(refcount_t *r) {
    int one = 1;

    return atomic_try_cmpxchg_release(&r->refs, &one, 0);
}
EXPORT_SYMBOL(refcount_dec_if_one);

bool refcount_dec_not_one(refcount_t *r) {
    int seen = atomic_read(&r->refs);

    while (seen > 1 && !atomic_try_cmpxchg_release(&r->refs, &seen, seen - 1))
        ;
    if (unlikely(!seen))
        say_underflow(); // below it the counter is saturated, and stays so
    return seen != 1;
}
EXPORT_SYMBOL(refcount_dec_not_one);

bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock) {
    return last_under_lock(
        r, [lock] { mutex_lock(lock); }, [lock] { mutex_unlock(lock); });
}
EXPORT_SYMBOL(refcount_dec_and_mutex_lock);

bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock) {
    return last_under_lock(
        r, [lock] { spin_lock(lock); }, [lock] { spin_unlock(lock); });
}
EXPORT_SYMBOL(refcount_dec_and_lock);

bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock, unsigned long *flags) {
    return last_under_lock(
        r, [=] { *flags = _raw_spin_lock_irqsave(&lock->rlock); }, [=] { spin_unlock_irqrestore(lock, *flags); });
}
EXPORT_SYMBOL(refcount_dec_and_lock_irqsave);
