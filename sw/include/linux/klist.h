/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists that are walked while entries come and go (Linux's include/linux/klist.h): an entry that is deleted is passed over, and
 * stays linked until the last walker has left it.
 */
#ifndef _LINUX_KLIST_H
#define _LINUX_KLIST_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct klist_node;

struct klist {
	spinlock_t k_lock;
	struct list_head k_list;
	void (*get)(struct klist_node *); /* of what an entry belongs to, or NULL */
	void (*put)(struct klist_node *);
};

struct klist_node {
	void *n_klist; /* its list; bit 0: deleted */
	struct list_head n_node;
	struct kref n_ref; /* the list's, and one of each walker that stands on it */
};

struct klist_iter {
	struct klist *i_klist;
	struct klist_node *i_cur;
};

#define KLIST_INIT(name, _get, _put)                                                                                   \
	{                                                                                                              \
		.k_lock = __SPIN_LOCK_UNLOCKED(name.k_lock), .k_list = LIST_HEAD_INIT(name.k_list), .get = _get,       \
		.put = _put                                                                                            \
	}
#define DEFINE_KLIST(name, _get, _put) struct klist name = KLIST_INIT(name, _get, _put)

__BEGIN_DECLS
void klist_init(struct klist *k, void (*get)(struct klist_node *), void (*put)(struct klist_node *));
void klist_add_tail(struct klist_node *n, struct klist *k);
void klist_add_head(struct klist_node *n, struct klist *k);
void klist_add_behind(struct klist_node *n, struct klist_node *pos);
void klist_add_before(struct klist_node *n, struct klist_node *pos);
void klist_del(struct klist_node *n);
/* Waits until no walker stands on it. May sleep. */
void klist_remove(struct klist_node *n);
int klist_node_attached(struct klist_node *n);

/* A walk begins before the first entry, or on `n`, which is not given out again. */
void klist_iter_init(struct klist *k, struct klist_iter *i);
void klist_iter_init_node(struct klist *k, struct klist_iter *i, struct klist_node *n);
void klist_iter_exit(struct klist_iter *i);
struct klist_node *klist_prev(struct klist_iter *i);
struct klist_node *klist_next(struct klist_iter *i);
__END_DECLS
#endif
