// SPDX-License-Identifier: Apache-2.0
// Mutexes in any order (Linux: kernel/locking/ww_mutex.h). A context's stamp is its age: the smaller, the older. An
// older context waits for a younger one; a younger one that holds something does not wait for an older one. Who has a
// mutex may change while others wait: each of them judges anew whenever it does.
#include <linux/ww_mutex.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/wait.h>

#include "kernel/locking/internal.h"

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

// A context takes mutexes of its class until it says that it is done; told -EDEADLK, it gives all back and begins with
// the one that said so.
void check_manners(const ww_mutex *lock, const ww_acquire_ctx *ctx) {
    DEBUG_LOCKS_WARN_ON(lock->ctx);
    DEBUG_LOCKS_WARN_ON(ctx->done_acquire);
    DEBUG_LOCKS_WARN_ON(ctx->contending_lock && (ctx->contending_lock != lock || ctx->acquired));
    DEBUG_LOCKS_WARN_ON(ctx->ww_class != lock->ww_class);
}

void taken(ww_mutex *lock, ww_acquire_ctx *ctx) {
    if (ctx)
        check_manners(lock, ctx);
    WRITE_ONCE(lock->ctx, ctx);
    if (!ctx)
        return;
    ctx->contending_lock = nullptr;
    ctx->acquired++;
    wake_up_all(&lock->changed);
}

// True: there is nothing to wait for, for the mutex is had (`refused` is 0) or must not be waited for.
bool settled(ww_mutex *lock, const ww_acquire_ctx *ctx, int &refused) {
    const bool had = mutex_take_if_free(&lock->base);
    refused = had ? 0 : verdict(lock, ctx);
    return had || refused;
}

// To the validator: mutexes of a class may be taken in any order within the context.
class validated {
public:
    validated(ww_mutex &lock, ww_acquire_ctx *ctx, unsigned long caller)
        : map_(lock.base.dep_map)
        , caller_(caller) {
        if (ctx)
            lockdep_nest(&map_, &ctx->dep_map);
        mutex_acquire(&map_, 0, 0, caller);
    }
    int end(int refused) {
        if (refused)
            mutex_release(&map_, caller_);
        return refused;
    }

private:
    lockdep_map &map_;
    const unsigned long caller_;
};

int settle_account(ww_mutex *lock, ww_acquire_ctx *ctx, int refused) {
    if (!refused) {
        taken(lock, ctx);
    } else if (refused == -EDEADLK) {
        DEBUG_LOCKS_WARN_ON(ctx->contending_lock);
        ctx->contending_lock = lock;
    }
    return refused;
}

} // namespace

void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class) {
    __mutex_init(&lock->base, ww_class->mutex_name, &ww_class->mutex_key);
    lock->ctx = nullptr;
    lock->ww_class = ww_class;
    init_waitqueue_head(&lock->changed);
}
EXPORT_SYMBOL(ww_mutex_init);

// A context is held from its begin to its end, for the validator.
static void hold_context(struct ww_acquire_ctx &ctx, unsigned long ip) {
    struct ww_class &of = *ctx.ww_class;

    lockdep_init_map(&ctx.dep_map, of.acquire_name, &of.acquire_key, 0);
    mutex_acquire(&ctx.dep_map, 0, 0, ip);
}

// The youngest context of its class, which holds nothing.
void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class) {
    const long youngest = atomic_long_inc_return(&ww_class->stamp);

    *ctx = {};
    ctx->ww_class = ww_class;
    ctx->stamp = static_cast<unsigned long>(youngest);
    ctx->task = current;
    hold_context(*ctx, _RET_IP_);
}
EXPORT_SYMBOL(ww_acquire_init);

int ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx) {
    int refused;

    might_sleep();
    validated attempt(*lock, ctx, _RET_IP_);
    wait_event(lock->changed, settled(lock, ctx, refused));
    return attempt.end(settle_account(lock, ctx, refused));
}
EXPORT_SYMBOL(ww_mutex_lock);

int ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx) {
    int refused = 0;

    might_sleep();
    validated attempt(*lock, ctx, _RET_IP_);
    if (wait_event_interruptible(lock->changed, settled(lock, ctx, refused)))
        return attempt.end(-EINTR);
    return attempt.end(settle_account(lock, ctx, refused));
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
