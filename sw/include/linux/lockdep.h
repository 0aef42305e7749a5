/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linux's include/linux/lockdep.h. The validator follows the locks of modules; its work takes no simulated time. lockdep_assert_held is
 * real for locks that know their owner (spinlocks, mutexes, rw_semaphores held for writing).
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/debug_locks.h>
#include <linux/instruction_pointer.h>
#include <linux/lockdep_types.h>
#include "port/order.h"

#define SINGLE_DEPTH_NESTING 1

static inline void lockdep_init_map(struct lockdep_map *lock, const char *name, struct lock_class_key *key, int subclass)
{
	lock->name = name;
	lock->key = key;
	lock->subclass = (u8)subclass;
	lock->class_idx = 0;
	lock->nature = LOCKDEP_PLAIN;
}

__BEGIN_DECLS
extern int force_read_lock_recursive; /* every reader may recurse */
/* A lock's class_idx once it is known that no module has it: it is not looked at again. */
#define LOCKDEP_NOT_FOLLOWED 0xffff
/* A module is loaded, locks are debugged, and nothing has been reported yet. */
extern int lockdep_active;
/* read: 0 writer, 1 reader, 2 reader that may recurse. wait_type: 2 spins, 3 sleeps, 0 is not a lock. Any context. */
void __lock_acquire(struct lockdep_map *map, unsigned int subclass, int trylock, int read, int wait_type, unsigned long ip);
void __lock_release(struct lockdep_map *map, unsigned long ip);
/* Acquired and released at once: the caller waits for its holder, a work item for instance. */
void lockdep_map_waited(struct lockdep_map *map, unsigned long ip);
void lockdep_might_take(struct lockdep_map *map, unsigned int subclass, int read, unsigned long ip);
/* The lock that the task takes next is taken within `nest`, which it holds. */
void lockdep_nest(struct lockdep_map *map, struct lockdep_map *nest);
/* Keys that are allocated: known from here to there. May sleep. */
void lockdep_register_key(struct lock_class_key *key);
void lockdep_unregister_key(struct lock_class_key *key);
/* The locks that a task holds, as far as they are followed. */
void debug_show_held_locks(struct task_struct *task);
/* Interrupts or softirqs are about to be enabled: the locks that the task holds are held with them on. */
void lockdep_mark_irqs_on(void);
void lockdep_mark_softirqs_on(void);
/* Memory is freed or initialised, a task ends. */
void debug_check_no_locks_freed(const void *from, unsigned long bytes);
void debug_check_no_locks_held(void);
void lockdep_module_loaded(void);
/* The classes whose keys lie there are forgotten. */
void lockdep_free_key_range(const void *base, unsigned long size);
__END_DECLS

static __always_inline void lockdep_acquire(struct lockdep_map *map, unsigned int subclass, int trylock, int read, int wait_type,
					    unsigned long ip)
{
	if (wait_type) /* what is waited for without being a lock orders nothing by being "held" */
		port_order(ORDER_lock, map, read, map->name);
	if (unlikely(lockdep_active) && map->class_idx != LOCKDEP_NOT_FOLLOWED)
		__lock_acquire(map, subclass, trylock, read, wait_type, ip);
}

static __always_inline void lockdep_release(struct lockdep_map *map, unsigned long ip)
{
	order_tell(unlock, map);
	if (unlikely(lockdep_active) && map->class_idx != LOCKDEP_NOT_FOLLOWED)
		__lock_release(map, ip);
}

#define lockdep_init_map_wait(lock, name, key, sub, inner) lockdep_init_map(lock, name, key, sub)

/* What a lock is to the validator can be said anew as long as nothing holds it: its class, a class among equals, or no class. */
static inline void __lockdep_reclassify(struct lockdep_map *map, struct lock_class_key *key, const char *name, int subclass)
{
	u8 nature = map->nature;

	lockdep_init_map(map, name ? name : map->name, key ? key : map->key, subclass);
	map->nature = nature;
}

static inline void __lockdep_unfollow(struct lockdep_map *map)
{
	map->class_idx = LOCKDEP_NOT_FOLLOWED;
}

#define lockdep_set_class(lock, k) __lockdep_reclassify(&(lock)->dep_map, k, #k, 0)
#define lockdep_set_class_and_name(lock, k, n) __lockdep_reclassify(&(lock)->dep_map, k, n, 0)
#define lockdep_set_subclass(lock, sub) __lockdep_reclassify(&(lock)->dep_map, NULL, NULL, sub)
#define lockdep_set_novalidate_class(lock) __lockdep_unfollow(&(lock)->dep_map)
#define lockdep_match_class(lock, k) ((lock)->dep_map.key == (k))

/* Nothing of the task is looked at between these. */
#define lockdep_off() ((void)(current->lockdep_recursion++))
#define lockdep_on() ((void)(current->lockdep_recursion--))
#define lockdep_recursing(tsk) ((tsk)->lockdep_recursion)
#define lockdep_init() ((void)0)
#define lockdep_reset() ((void)0)

/* For an object that may go away while it is held: `copy` stands for `map`, in the same class. */
static inline void lockdep_copy_map(struct lockdep_map *copy, struct lockdep_map *map)
{
	*copy = *map;
	if (!copy->key)
		copy->key = (struct lock_class_key *)map;
}

/* Annotations: 2 for what spins, 3 for what sleeps, 0 for what is waited for without being a lock. */
#define lock_acquire(l, s, t, r, c, n, i) lockdep_acquire(l, s, t, r, 2, i)
#define lock_release(l, i) lockdep_release(l, i)
#define spin_acquire(l, s, t, i) lockdep_acquire(l, s, t, 0, 2, i)
#define spin_release(l, i) lockdep_release(l, i)
#define mutex_acquire(l, s, t, i) lockdep_acquire(l, s, t, 0, 3, i)
#define mutex_release(l, i) lockdep_release(l, i)
#define rwsem_acquire(l, s, t, i) lockdep_acquire(l, s, t, 0, 3, i)
#define rwsem_acquire_read(l, s, t, i) lockdep_acquire(l, s, t, 1, 3, i)
#define rwsem_release(l, i) lockdep_release(l, i)
#define lock_acquire_exclusive(l, s, t, n, i) lockdep_acquire(l, s, t, 0, 0, i)
#define lock_acquire_shared(l, s, t, n, i) lockdep_acquire(l, s, t, 1, 0, i)
#define lock_acquire_shared_recursive(l, s, t, n, i) lockdep_acquire(l, s, t, 2, 0, i)
#define lock_map_acquire(l) lockdep_acquire(l, 0, 0, 0, 0, _THIS_IP_)
#define lock_map_acquire_read(l) lockdep_acquire(l, 0, 0, 2, 0, _THIS_IP_)
#define lock_map_release(l) lockdep_release(l, _THIS_IP_)

/* The caller may take the lock on some other path: the order counts as if it had. */
#define might_lock(lock) lockdep_might_take(&(lock)->dep_map, 0, 0, _THIS_IP_)
#define might_lock_read(lock) lockdep_might_take(&(lock)->dep_map, 0, 1, _THIS_IP_)
#define might_lock_nested(lock, subclass) lockdep_might_take(&(lock)->dep_map, subclass, 0, _THIS_IP_)

#define lockdep_pin_lock(l) ({ struct pin_cookie __cookie = { 0 }; __cookie; })
#define lockdep_repin_lock(l, c) ((void)(c))
#define lockdep_unpin_lock(l, c) ((void)(c))

/* Locks that do not know their owner: nothing can be said, the answer is "held". */
#define LOCK_STATE_UNKNOWN (-1)

struct raw_spinlock;
struct spinlock;
struct mutex;
struct rw_semaphore;

__BEGIN_DECLS
int raw_spinlock_held_by_current(const struct raw_spinlock *lock);
int spinlock_held_by_current(const struct spinlock *lock);
int mutex_held_by_current(const struct mutex *lock);
int rwsem_held_by_anyone(const struct rw_semaphore *sem);
__END_DECLS

#ifdef __cplusplus
extern "C++" {
static inline int lockdep_is_held_any(const volatile void *)
{
	return LOCK_STATE_UNKNOWN;
}
static inline int lockdep_is_held_any(const struct raw_spinlock *l)
{
	return raw_spinlock_held_by_current(l);
}
static inline int lockdep_is_held_any(const struct spinlock *l)
{
	return spinlock_held_by_current(l);
}
static inline int lockdep_is_held_any(const struct mutex *l)
{
	return mutex_held_by_current(l);
}
static inline int lockdep_is_held_any(const struct rw_semaphore *l)
{
	return rwsem_held_by_anyone(l);
}
}
#define lockdep_is_held(l) lockdep_is_held_any(l)
#else
static inline int lockdep_is_held_unknown(const volatile void *l)
{
	return LOCK_STATE_UNKNOWN;
}
#define lockdep_is_held(l)                                                                                             \
	_Generic((l),                                                                                                  \
		struct raw_spinlock *: raw_spinlock_held_by_current,                                                   \
		const struct raw_spinlock *: raw_spinlock_held_by_current,                                             \
		struct spinlock *: spinlock_held_by_current,                                                           \
		const struct spinlock *: spinlock_held_by_current,                                                     \
		struct mutex *: mutex_held_by_current,                                                                 \
		const struct mutex *: mutex_held_by_current,                                                           \
		struct rw_semaphore *: rwsem_held_by_anyone,                                                           \
		const struct rw_semaphore *: rwsem_held_by_anyone,                                                     \
		default: lockdep_is_held_unknown)(l)
#endif
#define lockdep_is_held_type(l, r) lockdep_is_held(l)

#define lockdep_assert(cond) ((void)WARN_ON(debug_locks && !(cond)))
#define lockdep_assert_once(cond) ((void)WARN_ON_ONCE(debug_locks && !(cond)))
#define lockdep_assert_held(l) lockdep_assert(lockdep_is_held(l) != 0)
#define lockdep_assert_held_once(l) lockdep_assert_once(lockdep_is_held(l) != 0)
#define lockdep_assert_held_read(l) lockdep_assert_held(l)
#define lockdep_assert_held_write(l) lockdep_assert_held(l)
#define lockdep_assert_not_held(l) lockdep_assert(lockdep_is_held(l) <= 0)
#define lockdep_assert_none_held_once() lockdep_assert_once(!current->lockdep_depth)
#define lockdep_depth(tsk) (debug_locks ? (tsk)->lockdep_depth : 0)

#define lockdep_assert_preemption_disabled() lockdep_assert(!preemptible())
#define lockdep_assert_preemption_enabled() lockdep_assert(preemptible())
#define lockdep_assert_in_softirq() lockdep_assert(in_softirq() && !in_irq())
#define lockdep_assert_in_irq() lockdep_assert(in_hardirq())
#define lockdep_assert_irqs_disabled() lockdep_assert(irqs_disabled())
#define lockdep_assert_irqs_enabled() lockdep_assert(!irqs_disabled())
#define lockdep_assert_RT_in_threaded_ctx() ((void)0)

#endif
