/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Notifier chains (Linux's include/linux/notifier.h): callbacks sorted by falling priority, called one after the other
 * until one asks to stop. Atomic chains may be called anywhere, blocking ones only where sleeping is allowed, raw ones
 * leave all locking to the caller.
 */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/srcu.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct notifier_block;

typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block *next;
	int priority;
};

struct srcu_notifier_head {
	struct mutex mutex;
	struct srcu_struct srcu;
	struct notifier_block *head;
};

struct atomic_notifier_head {
	spinlock_t lock;
	struct notifier_block *head;
};

struct blocking_notifier_head {
	struct rw_semaphore rwsem;
	struct notifier_block *head;
};

struct raw_notifier_head {
	struct notifier_block *head;
};

/* Empty chains. */
#define RAW_INIT_NOTIFIER_HEAD(name) ((void)((name)->head = NULL))
#define RAW_NOTIFIER_HEAD(name) struct raw_notifier_head name = { NULL }
#define BLOCKING_NOTIFIER_HEAD(name) struct blocking_notifier_head name = { __RWSEM_INITIALIZER((name).rwsem), NULL }
#define BLOCKING_INIT_NOTIFIER_HEAD(name)     \
	do {                                  \
		RAW_INIT_NOTIFIER_HEAD(name); \
		init_rwsem(&(name)->rwsem);   \
	} while (0)
#define ATOMIC_NOTIFIER_HEAD(name) struct atomic_notifier_head name = { __SPIN_LOCK_UNLOCKED(name.lock), NULL }
#define ATOMIC_INIT_NOTIFIER_HEAD(name)        \
	do {                                   \
		RAW_INIT_NOTIFIER_HEAD(name);  \
		spin_lock_init(&(name)->lock); \
	} while (0)

__BEGIN_DECLS

/* Registering the same block twice: -EEXIST, and a warning. Removing one that is not there: -ENOENT. */
/* Sleeping readers; synchronize_srcu() after a removal. */
void srcu_init_notifier_head(struct srcu_notifier_head *nh);
#define srcu_cleanup_notifier_head(name) cleanup_srcu_struct(&(name)->srcu)
int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v);
int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb);
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb);

/* The same, and -EBUSY if there is one of its priority. */
int atomic_notifier_chain_register_unique_prio(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_register_unique_prio(struct blocking_notifier_head *nh, struct notifier_block *nb);

int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb);
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb);

/* The last callback's return value, or NOTIFY_DONE for an empty chain. */
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v);
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v);
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v);

/* The same; if a callback stops the chain, those before it are called with val_down. */
int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh, unsigned long val_up, unsigned long val_down,
					void *v);
int raw_notifier_call_chain_robust(struct raw_notifier_head *nh, unsigned long val_up, unsigned long val_down, void *v);

__END_DECLS

#define NOTIFY_DONE	 0x0000
#define NOTIFY_OK	 0x0001
#define NOTIFY_STOP_MASK 0x8000
#define NOTIFY_BAD	 (NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP	 (NOTIFY_OK | NOTIFY_STOP_MASK)

static inline int notifier_from_errno(int err)
{
	return err ? (NOTIFY_STOP_MASK | (NOTIFY_OK - err)) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

#endif
