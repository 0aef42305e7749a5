// SPDX-License-Identifier: Apache-2.0
// Mutexes in any order (Linux: kernel/locking/ww_mutex.h). A context's stamp is its age: the smaller, the older. An
// older context waits for a younger one; a younger one that holds something does not wait for an older one. Who has a
// mutex may change while others wait: each of them judges anew whenever it does.
#include <linux/ww_mutex.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/wait.h>

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
    if (!ctx)
        return;
    ctx->acquired++;
    wake_up_all(&lock->changed);
}

// True: there is nothing to wait for, for the mutex is had (`refused` is 0) or must not be waited for.
bool settled(ww_mutex *lock, const ww_acquire_ctx *ctx, int &refused) {
    const bool had = mutex_trylock(&lock->base);
    refused = had ? 0 : verdict(lock, ctx);
    return had || refused;
}

} // namespace

void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class) {
    mutex_init(&lock->base);
    // One class of lock: taking two of them is what they are for.
    lockdep_set_novalidate_class(&lock->base);
    lock->ctx = nullptr;
    init_waitqueue_head(&lock->changed);
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
    int refused;

    might_sleep();
    wait_event(lock->changed, settled(lock, ctx, refused));
    if (!refused)
        taken(lock, ctx);
    return refused;
}
EXPORT_SYMBOL(ww_mutex_lock);

int ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx) {
    int refused = 0;

    might_sleep();
    if (wait_event_interruptible(lock->changed, settled(lock, ctx, refused)))
        return -EINTR;
    if (!refused)
        taken(lock, ctx);
    return refused;
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
    wake_up_all(&lock->changed);
}
EXPORT_SYMBOL(ww_mutex_unlock);
