/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_JUMP_LABEL_H
#define _LINUX_JUMP_LABEL_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* Code is not patched here: a static key is a counter that is read. */
struct static_key {
	atomic_t enabled;
};

struct static_key_true {
	struct static_key key;
};

struct static_key_false {
	struct static_key key;
};

#define STATIC_KEY_INIT_TRUE { { 1 } }
#define STATIC_KEY_INIT_FALSE { { 0 } }
#define STATIC_KEY_TRUE_INIT { { { 1 } } }
#define STATIC_KEY_FALSE_INIT { { { 0 } } }
#define DEFINE_STATIC_KEY_TRUE(name) struct static_key_true name = STATIC_KEY_TRUE_INIT
#define DEFINE_STATIC_KEY_FALSE(name) struct static_key_false name = STATIC_KEY_FALSE_INIT
#define DEFINE_STATIC_KEY_TRUE_RO(name) DEFINE_STATIC_KEY_TRUE(name)
#define DEFINE_STATIC_KEY_FALSE_RO(name) DEFINE_STATIC_KEY_FALSE(name)
#define DECLARE_STATIC_KEY_TRUE(name) extern struct static_key_true name
#define DECLARE_STATIC_KEY_FALSE(name) extern struct static_key_false name

static __always_inline int static_key_count(struct static_key *key)
{
	return atomic_read(&key->enabled);
}

static __always_inline bool static_key_enabled_(struct static_key *key)
{
	return static_key_count(key) > 0;
}

#define static_key_enabled(x) static_key_enabled_((struct static_key *)(x))
#define static_key_false(key) unlikely(static_key_enabled_(key))
#define static_key_true(key) likely(static_key_enabled_(key))
#define static_branch_likely(x) likely(static_key_enabled_(&(x)->key))
#define static_branch_unlikely(x) unlikely(static_key_enabled_(&(x)->key))
#define static_branch_maybe(config, x) static_key_enabled_(&(x)->key)
#define static_key_slow_inc(key) atomic_inc(&(key)->enabled)
#define static_key_slow_dec(key) atomic_dec(&(key)->enabled)
#define static_key_enable(key) atomic_set(&(key)->enabled, 1)
#define static_key_disable(key) atomic_set(&(key)->enabled, 0)
#define static_branch_inc(x) static_key_slow_inc(&(x)->key)
#define static_branch_dec(x) static_key_slow_dec(&(x)->key)
#define static_branch_enable(x) atomic_set(&(x)->key.enabled, 1)
#define static_branch_disable(x) atomic_set(&(x)->key.enabled, 0)
#define static_branch_enable_cpuslocked(x) static_branch_enable(x)
#define static_branch_disable_cpuslocked(x) static_branch_disable(x)

#endif
