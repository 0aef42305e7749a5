// SPDX-License-Identifier: Apache-2.0
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

#define REPORT_ONCE(text) WARN_ONCE(1, "refcount_t: " text ".\n")

void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t) {
    refcount_set(r, REFCOUNT_SATURATED);
    switch (t) {
    case REFCOUNT_ADD_NOT_ZERO_OVF:
    case REFCOUNT_ADD_OVF:
        REPORT_ONCE("saturated; leaking memory");
        break;
    case REFCOUNT_ADD_UAF:
        REPORT_ONCE("addition on 0; use-after-free");
        break;
    case REFCOUNT_SUB_UAF:
        REPORT_ONCE("underflow; use-after-free");
        break;
    case REFCOUNT_DEC_LEAK:
        REPORT_ONCE("decrement hit 0; leaking memory");
        break;
    }
}
EXPORT_SYMBOL(refcount_warn_saturate);

bool refcount_dec_if_one(refcount_t *r) {
    int one = 1;

    return atomic_try_cmpxchg_release(&r->refs, &one, 0);
}
EXPORT_SYMBOL(refcount_dec_if_one);

bool refcount_dec_not_one(refcount_t *r) {
    int value = atomic_read(&r->refs);

    do {
        if (value == 1)
            return false;
        if (value <= 0) {
            REPORT_ONCE("underflow; use-after-free");
            return true;
        }
    } while (!atomic_try_cmpxchg_release(&r->refs, &value, value - 1));
    return true;
}
EXPORT_SYMBOL(refcount_dec_not_one);

bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock) {
    if (refcount_dec_not_one(r))
        return false;
    mutex_lock(lock);
    if (refcount_dec_and_test(r))
        return true;
    mutex_unlock(lock);
    return false;
}
EXPORT_SYMBOL(refcount_dec_and_mutex_lock);

bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock) {
    if (refcount_dec_not_one(r))
        return false;
    spin_lock(lock);
    if (refcount_dec_and_test(r))
        return true;
    spin_unlock(lock);
    return false;
}
EXPORT_SYMBOL(refcount_dec_and_lock);

bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock, unsigned long *flags) {
    if (refcount_dec_not_one(r))
        return false;
    spin_lock_irqsave(lock, *flags);
    if (refcount_dec_and_test(r))
        return true;
    spin_unlock_irqrestore(lock, *flags);
    return false;
}
EXPORT_SYMBOL(refcount_dec_and_lock_irqsave);
