// SPDX-License-Identifier: Apache-2.0
// Mutexes in any order (Linux: kernel/locking/ww_mutex.h). A context's stamp is its age: the smaller, the older. An
// older context waits for a younger one; a younger one that holds something does not wait for an older one.
#include <linux/ww_mutex.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>

namespace {

// What a context must do about a mutex that another has: 0: wait.
int verdict(const ww_mutex *lock, const ww_acquire_ctx *ctx) {
    const ww_acquire_ctx *holder = READ_ONCE(lock->ctx);
    if (!ctx || !holder)
        return 0;
    if (holder == ctx)
        return -EALREADY;
    const bool younger = static_cast<long>(ctx->stamp - holder->stamp) > 0;
    return younger && ctx->acquired ? -EDEADLK : 0;
}

void taken(ww_mutex *lock, ww_acquire_ctx *ctx) {
    WRITE_ONCE(lock->ctx, ctx);
    if (ctx)
        ctx->acquired++;
}

// `wait` takes the mutex that somebody has, or returns why it stopped.
template <typename Wait>
int take(ww_mutex *lock, ww_acquire_ctx *ctx, Wait wait) {
    if (!mutex_trylock(&lock->base)) {
        if (const int refused = verdict(lock, ctx))
            return refused;
        if (const int stopped = wait(&lock->base))
            return stopped;
    }
    taken(lock, ctx);
    return 0;
}

} // namespace

void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class) {
    mutex_init(&lock->base);
    // One class of lock: taking two of them is what they are for.
    lockdep_set_novalidate_class(&lock->base);
    lock->ctx = nullptr;
}
EXPORT_SYMBOL(ww_mutex_init);

void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class) {
    ctx->task = current;
    ctx->stamp = static_cast<unsigned long>(atomic_long_inc_return(&ww_class->stamp));
    ctx->acquired = 0;
    ctx->ww_class = ww_class;
}
EXPORT_SYMBOL(ww_acquire_init);

int ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx) {
    return take(lock, ctx, [](mutex *base) { return mutex_lock(base), 0; });
}
EXPORT_SYMBOL(ww_mutex_lock);

int ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx) {
    return take(lock, ctx, [](mutex *base) { return mutex_lock_interruptible(base); });
}
EXPORT_SYMBOL(ww_mutex_lock_interruptible);

int ww_mutex_trylock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx) {
    if (!mutex_trylock(&lock->base))
        return 0;
    taken(lock, ctx);
    return 1;
}
EXPORT_SYMBOL(ww_mutex_trylock);

void ww_mutex_unlock(struct ww_mutex *lock) {
    if (lock->ctx) {
        lock->ctx->acquired--;
        WRITE_ONCE(lock->ctx, nullptr);
    }
    mutex_unlock(&lock->base);
}
EXPORT_SYMBOL(ww_mutex_unlock);
