/* SPDX-License-Identifier: Apache-2.0 */
/* The types of spinning locks and their static initialisers (Linux's include/linux/spinlock_types.h and rwlock_types.h). */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/stddef.h>
#include <linux/types.h>

/* First come, first served: each taker draws a ticket and waits until it is served. */
typedef struct {
	u16 owner; /* the ticket that holds the lock */
	u16 next;  /* the ticket that the next taker draws */
} arch_spinlock_t;

#define __ARCH_SPIN_LOCK_UNLOCKED { 0, 0 }

typedef struct raw_spinlock {
	arch_spinlock_t raw_lock;
	unsigned int magic, owner_cpu;
	unsigned int nested; /* how often the owner took it again, each of them reported */
	void *owner;	     /* struct task_struct */
	struct lockdep_map dep_map;
} raw_spinlock_t;

#define SPINLOCK_MAGIC 0xdead4ead
#define SPINLOCK_OWNER_INIT ((void *)-1L)
#define SPINLOCK_NO_CPU (~0u)

#define __RAW_SPIN_LOCK_INITIALIZER(lockname)                                                                          \
	{ __ARCH_SPIN_LOCK_UNLOCKED, SPINLOCK_MAGIC, SPINLOCK_NO_CPU, 0, SPINLOCK_OWNER_INIT, { NULL, #lockname } }
#define __RAW_SPIN_LOCK_UNLOCKED(lockname) (raw_spinlock_t) __RAW_SPIN_LOCK_INITIALIZER(lockname)
#define DEFINE_RAW_SPINLOCK(x) raw_spinlock_t x = __RAW_SPIN_LOCK_INITIALIZER(x)

typedef struct spinlock {
	union {
		struct raw_spinlock rlock;
		struct { /* lockdep_set_class() finds the map where other locks have it */
			u8 __padding[offsetof(struct raw_spinlock, dep_map)];
			struct lockdep_map dep_map;
		};
	};
} spinlock_t;

#define __SPIN_LOCK_INITIALIZER(lockname)                                                                              \
	{ { { __ARCH_SPIN_LOCK_UNLOCKED, SPINLOCK_MAGIC, SPINLOCK_NO_CPU, 0, SPINLOCK_OWNER_INIT,                      \
	      LOCKDEP_MAP_OF(#lockname, LOCKDEP_SLEEPS_ON_RT) } } }
#define __SPIN_LOCK_UNLOCKED(lockname) (spinlock_t) __SPIN_LOCK_INITIALIZER(lockname)
#define DEFINE_SPINLOCK(x) spinlock_t x = __SPIN_LOCK_INITIALIZER(x)

/*
 * Readers and writers queue in order of arrival. Readers in interrupts pass the queue, as an interrupted reader may hold the lock (the
 * same rule as Linux's queued rwlocks).
 */
typedef struct {
	u32 count;   /* bit 0: held for writing; bit 1: a writer waits; above: the number of readers */
	u32 waiters; /* CPUs in WFE for this lock */
	arch_spinlock_t queue;
} arch_rwlock_t;

typedef struct rwlock {
	arch_rwlock_t raw_lock;
	unsigned int magic, owner_cpu;
	void *owner; /* the writer */
	struct lockdep_map dep_map;
} rwlock_t;

#define RWLOCK_MAGIC 0xdeaf1eed

#define __RW_LOCK_UNLOCKED_INIT(lockname)                                                                              \
	{ { 0, 0, __ARCH_SPIN_LOCK_UNLOCKED }, RWLOCK_MAGIC, SPINLOCK_NO_CPU, SPINLOCK_OWNER_INIT,                  \
	  LOCKDEP_MAP_OF(#lockname, LOCKDEP_SLEEPS_ON_RT) }
#define __RW_LOCK_UNLOCKED(lockname) (rwlock_t) __RW_LOCK_UNLOCKED_INIT(lockname)
#define DEFINE_RWLOCK(x) rwlock_t x = __RW_LOCK_UNLOCKED_INIT(x)

#endif
