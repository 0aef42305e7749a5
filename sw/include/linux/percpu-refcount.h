/* SPDX-License-Identifier: Apache-2.0 */
/*
 * References to an object that lives long (Linux's include/linux/percpu-refcount.h). Until percpu_ref_kill() the count cannot
 * reach 0; a grace period after it, the last percpu_ref_put() calls release. One atomic count here, not one a CPU.
 */
#ifndef _LINUX_PERCPU_REFCOUNT_H
#define _LINUX_PERCPU_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

struct percpu_ref;
typedef void(percpu_ref_func_t)(struct percpu_ref *);

enum {
	PERCPU_REF_INIT_ATOMIC = 1 << 0,
	PERCPU_REF_INIT_DEAD = 1 << 1,
	PERCPU_REF_ALLOW_REINIT = 1 << 2,
};

struct percpu_ref {
	atomic_long_t count;
	bool dead;
	percpu_ref_func_t *release;
	percpu_ref_func_t *confirm, *confirm_switch;
	struct rcu_head rcu, rcu_switch;
};

__BEGIN_DECLS
int percpu_ref_init(struct percpu_ref *ref, percpu_ref_func_t *release, unsigned int flags, gfp_t gfp);
void percpu_ref_exit(struct percpu_ref *ref);
/* confirm_kill: called when every CPU knows of it; may be NULL. */
void percpu_ref_kill_and_confirm(struct percpu_ref *ref, percpu_ref_func_t *confirm_kill);
/* The count is one for all CPUs here at any time: these only wait, or have confirm called, as long as that takes. */
void percpu_ref_switch_to_atomic(struct percpu_ref *ref, percpu_ref_func_t *confirm_switch);
void percpu_ref_switch_to_atomic_sync(struct percpu_ref *ref);
void percpu_ref_switch_to_percpu(struct percpu_ref *ref);
void percpu_ref_resurrect(struct percpu_ref *ref);
void percpu_ref_reinit(struct percpu_ref *ref);
bool percpu_ref_is_zero(struct percpu_ref *ref);
void percpu_ref_put_many(struct percpu_ref *ref, unsigned long nr);
__END_DECLS

#define percpu_ref_kill(ref) percpu_ref_kill_and_confirm(ref, NULL)
#define percpu_ref_put(ref) percpu_ref_put_many(ref, 1)
#define percpu_ref_get_many(ref, nr) atomic_long_add(nr, &(ref)->count)
#define percpu_ref_get(ref) percpu_ref_get_many(ref, 1)
#define percpu_ref_is_dying(ref) READ_ONCE((ref)->dead)

static inline bool percpu_ref_tryget(struct percpu_ref *ref)
{
	return atomic_long_inc_not_zero(&ref->count);
}

static inline bool percpu_ref_tryget_live(struct percpu_ref *ref)
{
	return !percpu_ref_is_dying(ref) && percpu_ref_tryget(ref);
}
#endif
