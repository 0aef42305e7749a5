/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A red-black tree ordered by expiry, first in first out among equals, with its earliest node at hand
 * (Linux: include/linux/timerqueue.h). The caller serialises.
 */
#ifndef _LINUX_TIMERQUEUE_H
#define _LINUX_TIMERQUEUE_H

#include <linux/rbtree.h>
#include <linux/ktime.h>

struct timerqueue_node {
	struct rb_node node;
	ktime_t expires;
};

struct timerqueue_head {
	struct rb_root_cached rb_root;
};

__BEGIN_DECLS
/* True if the node is now the earliest. */
bool timerqueue_add(struct timerqueue_head *head, struct timerqueue_node *node);
/* True if the queue is not empty now. */
bool timerqueue_del(struct timerqueue_head *head, struct timerqueue_node *node);
struct timerqueue_node *timerqueue_iterate_next(struct timerqueue_node *node);
__END_DECLS

/* The earliest, or NULL. */
static inline struct timerqueue_node *timerqueue_getnext(struct timerqueue_head *head)
{
	struct rb_node *leftmost = rb_first_cached(&head->rb_root);

	return leftmost ? rb_entry(leftmost, struct timerqueue_node, node) : (struct timerqueue_node *)NULL;
}

static inline void timerqueue_init(struct timerqueue_node *node)
{
	RB_CLEAR_NODE(&node->node);
}

static inline bool timerqueue_node_queued(struct timerqueue_node *node)
{
	return !RB_EMPTY_NODE(&node->node);
}

static inline void timerqueue_init_head(struct timerqueue_head *head)
{
	head->rb_root = RB_ROOT_CACHED;
}

#endif
