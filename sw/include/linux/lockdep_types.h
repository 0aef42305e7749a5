/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a lock that names it and its class (Linux's include/linux/lockdep_types.h). */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

#include <linux/types.h>

struct lock_class_key {
	u8 subkeys[8]; /* only its address counts: one class for each initialising line */
};

struct lockdep_map {
	struct lock_class_key *key; /* NULL: the lock itself is the key (static lock) */
	const char *name;
	u16 class_idx; /* 0: not looked up yet */
	u8 subclass;   /* of the lock as it is usually taken */
	u8 nature;     /* LOCKDEP_... */
};

/* What a lock is apart from how it waits here. */
#define LOCKDEP_PLAIN 0
#define LOCKDEP_SLEEPS_ON_RT 1 /* spinlock_t, rwlock_t: spins, but sleeps where PREEMPT_RT is on */
#define LOCKDEP_PER_CPU 2      /* local_lock_t: so does it, and each CPU has its own */

/* Sets a lock or queue up with a key of this place, which is its class. `name` is its text in the source. */
#define lockdep_init_with_key(init, object, name)                                                                      \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		init((object), (name), &__key);                                                                        \
	} while (0)

#define LOCKDEP_MAP_OF(name, nature) { NULL, name, 0, 0, nature }

#define MAX_LOCK_DEPTH 24

/*
 * One lock that a task holds, and so many more of its class that are held in a row with it (each taken under the lock
 * that they nest in). `instance` is NULL where the first of the row was released before the others.
 */
struct held_lock {
	struct lockdep_map *instance;
	unsigned long acquire_ip;
	u16 more;
	u16 class_idx;
	u8 irq_context; /* 0: task, 1: softirq, 2: hard interrupt; locks of different contexts are not nested */
	u8 trylock : 1;
	u8 read : 2; /* 1: reader, 2: reader that may recurse */
	u8 hardirqs_off : 1;
};

struct pin_cookie {
	unsigned int val;
};

#define STATIC_LOCKDEP_MAP_INIT(_name, _key) { (struct lock_class_key *)(_key), (_name), 0, 0, 0 }

#endif
