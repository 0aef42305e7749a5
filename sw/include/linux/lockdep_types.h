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
};

struct pin_cookie {
	unsigned int val;
};

#define STATIC_LOCKDEP_MAP_INIT(_name, _key) { (struct lock_class_key *)(_key), (_name) }

#endif
