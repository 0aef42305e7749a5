/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H

#include <linux/atomic.h>
#include <linux/container_of.h>
#include <linux/stddef.h>
#include <linux/types.h>

/* A stack that any context may push on without a lock; popping single entries needs one consumer. */
struct llist_head {
	struct llist_node *first;
};

struct llist_node {
	struct llist_node *next;
};

#define LLIST_HEAD_INIT(name) { NULL }
#define LLIST_HEAD(name) struct llist_head name = LLIST_HEAD_INIT(name)
#define llist_entry(ptr, type, member) container_of(ptr, type, member)
#define __llist_walk(pos, node, while_true, after) for ((pos) = (node); while_true; (pos) = (after))
#define llist_for_each(pos, node) __llist_walk(pos, node, pos, (pos)->next)
#define llist_for_each_safe(pos, n, node) __llist_walk(pos, node, (pos) && ((n) = (pos)->next, true), n)
/* The structure of no node is as far from NULL as its node is from its start: compared as addresses, not as pointers. */
#define member_address_is_nonnull(ptr, member) ((unsigned long)(ptr) + offsetof(__typeof__(*(ptr)), member) != 0)
#define __llist_entry_at(node, pos, member) llist_entry((node), __typeof__(*(pos)), member)
#define llist_for_each_entry(pos, node, member)                                                                        \
	for ((pos) = __llist_entry_at(node, pos, member); member_address_is_nonnull(pos, member);                      \
	     (pos) = __llist_entry_at((pos)->member.next, pos, member))
#define llist_for_each_entry_safe(pos, n, node, member)                                                                \
	for ((pos) = __llist_entry_at(node, pos, member); member_address_is_nonnull(pos, member) && ({                 \
		     (n) = __llist_entry_at((pos)->member.next, n, member);                                            \
		     true;                                                                                             \
	     });                                                                                                       \
	     (pos) = (n))

__BEGIN_DECLS
struct llist_node *llist_del_first(struct llist_head *head);
struct llist_node *llist_reverse_order(struct llist_node *head);
__END_DECLS

static inline bool llist_empty(const struct llist_head *head)
{
	return !READ_ONCE(head->first);
}

/* Pushes a chain that is linked already. True when the list was empty before. */
static inline bool llist_add_batch(struct llist_node *new_first, struct llist_node *new_last, struct llist_head *head)
{
	/* Once it is pushed the chain is somebody else's, so what was below is kept here. */
	struct llist_node *below = new_last->next = READ_ONCE(head->first);

	while (!try_cmpxchg(&head->first, &below, new_first))
		new_last->next = below;
	return !below;
}

#define llist_add(node, head)                                                                                          \
	({                                                                                                             \
		struct llist_node *__new = (node);                                                                     \
		llist_add_batch(__new, __new, head);                                                                   \
	})

/* All at once, the last pushed first. */
static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, NULL);
}

/* For a list that nothing else can reach. */
static inline bool __llist_add(struct llist_node *node, struct llist_head *head)
{
	const bool was_empty = head->first == NULL;

	node->next = head->first;
	head->first = node;
	return was_empty;
}

static inline void init_llist_head(struct llist_head *list)
{
	list->first = NULL;
}

static inline struct llist_node *__llist_del_all(struct llist_head *head)
{
	struct llist_node *chain = head->first;

	init_llist_head(head);
	return chain;
}

static inline struct llist_node *llist_next(struct llist_node *node)
{
	return node->next;
}

#endif
