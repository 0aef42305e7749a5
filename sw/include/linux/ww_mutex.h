/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mutexes that are taken in any order (Linux 6.1, include/linux/ww_mutex.h). Who takes several does so in one context;
 * of two contexts that wait for each other the younger is told -EDEADLK, gives back what it has, and waits with
 * ww_mutex_lock_slow().
 */
#ifndef __LINUX_WW_MUTEX_H
#define __LINUX_WW_MUTEX_H

#include <linux/atomic.h>
#include <linux/mutex.h>
#include <linux/wait.h>

#define DEBUG_WW_MUTEXES

struct ww_class {
	atomic_long_t stamp; /* of the youngest context */
	const char *acquire_name;
	const char *mutex_name;
	unsigned int is_wait_die;
	struct lock_class_key acquire_key, mutex_key;
};

struct ww_acquire_ctx {
	struct task_struct *task;
	unsigned long stamp;
	unsigned int acquired;
	struct ww_class *ww_class;
	unsigned int done_acquire; /* the owner has said that it takes no more */
	struct ww_mutex *contending_lock; /* that said -EDEADLK: it is the next to be taken, when all others are given back */
	struct lockdep_map dep_map; /* to the validator the context is a lock, and its mutexes are taken within it */
};

struct ww_mutex {
	struct mutex base;
	struct ww_acquire_ctx *ctx; /* that holds it; NULL: none, or taken without one */
	struct ww_class *ww_class;
	wait_queue_head_t changed; /* who waits looks again when somebody has taken it or given it back */
};

#define __WW_CLASS_INITIALIZER(ww_class, _is_wait_die) \
	{ ATOMIC_LONG_INIT(0), #ww_class "_acquire", #ww_class "_mutex", _is_wait_die }
#define DEFINE_WD_CLASS(classname) struct ww_class classname = __WW_CLASS_INITIALIZER(classname, 1)
#define DEFINE_WW_CLASS(classname) struct ww_class classname = __WW_CLASS_INITIALIZER(classname, 0)

__BEGIN_DECLS
void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class);
void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class);
/* 0, -EDEADLK, -EALREADY (this context has it). May sleep. */
int ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
int ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
int ww_mutex_trylock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
void ww_mutex_unlock(struct ww_mutex *lock);
__END_DECLS

static inline void ww_acquire_done(struct ww_acquire_ctx *ctx)
{
	DEBUG_LOCKS_WARN_ON(ctx->done_acquire);
	ctx->done_acquire = 1;
}

static inline void ww_acquire_fini(struct ww_acquire_ctx *ctx)
{
	mutex_release(&ctx->dep_map, _THIS_IP_);
	DEBUG_LOCKS_WARN_ON(ctx->acquired);
	ctx->acquired = ~0u; /* a later use of it is reported */
}

static inline void ww_mutex_lock_slow(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	DEBUG_LOCKS_WARN_ON(!ctx->contending_lock);
	if (ww_mutex_lock(lock, ctx))
		return;
}

static inline int ww_mutex_lock_slow_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	DEBUG_LOCKS_WARN_ON(!ctx->contending_lock);
	return ww_mutex_lock_interruptible(lock, ctx);
}

static inline void ww_mutex_destroy(struct ww_mutex *lock)
{
	mutex_destroy(&lock->base);
}

static inline bool ww_mutex_is_locked(struct ww_mutex *lock)
{
	return mutex_is_locked(&lock->base);
}

#endif
