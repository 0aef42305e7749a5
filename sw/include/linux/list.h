/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_LIST_H
#define _LINUX_LIST_H

#include <linux/container_of.h>
#include <linux/const.h>
#include <linux/poison.h>
#include <linux/types.h>
#include <asm/barrier.h>

#define LIST_HEAD_INIT(name) { &(name), &(name) }
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)

__BEGIN_DECLS
/* The checks of CONFIG_DEBUG_LIST: they report what is wrong (lib/list_debug.cpp) and the entry is left alone. */
void __list_add_corruption(struct list_head *new_entry, struct list_head *prev, struct list_head *next);
void __list_del_corruption(struct list_head *entry);
__END_DECLS

/*
 * Everything below is made of one step, "`next` comes after `prev`". A chain is a run of entries that are linked among
 * themselves, from its first to its last; a single entry is one.
 */
static inline void __list_join(struct list_head *prev, struct list_head *next)
{
	next->prev = prev;
	WRITE_ONCE(prev->next, next);
}

static inline void __list_insert_chain(struct list_head *first, struct list_head *last, struct list_head *prev,
				       struct list_head *next)
{
	__list_join(last, next);
	__list_join(prev, first);
}

/* A list of its own: an empty one, or an entry that is on none. */
static inline void INIT_LIST_HEAD(struct list_head *list)
{
	WRITE_ONCE(list->prev, list);
	WRITE_ONCE(list->next, list);
}

static inline int list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

static inline int list_is_head(const struct list_head *list, const struct list_head *head)
{
	return head == list;
}

/* ---- entries ---- */

/* The neighbours are next to each other, and the new one is neither of them. */
static inline bool __list_add_valid(struct list_head *entry, struct list_head *prev, struct list_head *next)
{
	if (likely(prev->next == next && next->prev == prev && entry != next && entry != prev))
		return true;
	__list_add_corruption(entry, prev, next);
	return false;
}

static inline void __list_add(struct list_head *entry, struct list_head *prev, struct list_head *next)
{
	if (__list_add_valid(entry, prev, next))
		__list_insert_chain(entry, entry, prev, next);
}

static inline void list_add_tail(struct list_head *entry, struct list_head *head)
{
	__list_add(entry, head->prev, head);
}

static inline void list_add(struct list_head *entry, struct list_head *head)
{
	__list_add(entry, head, head->next);
}

static inline bool __list_del_entry_valid(struct list_head *entry)
{
	if (unlikely(entry->next == LIST_POISON1 || entry->prev == LIST_POISON2 || entry->prev->next != entry ||
		     entry->next->prev != entry)) {
		__list_del_corruption(entry);
		return false;
	}
	return true;
}

static inline void __list_del_entry(struct list_head *entry)
{
	if (__list_del_entry_valid(entry))
		__list_join(entry->prev, entry->next);
}

static inline void __list_del(struct list_head *prev, struct list_head *next)
{
	__list_join(prev, next);
}

static inline void list_del_init(struct list_head *entry)
{
	__list_del_entry(entry);
	INIT_LIST_HEAD(entry);
}

static inline void list_del(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = LIST_POISON2;
	entry->next = LIST_POISON1;
}

/* For a reader without the lock, list_empty_careful(): a reader that sees the entry alone may free it. */
static inline void list_del_init_careful(struct list_head *entry)
{
	__list_del_entry(entry);
	WRITE_ONCE(entry->prev, entry);
	smp_store_release(&entry->next, entry);
}

static inline int list_empty_careful(const struct list_head *head)
{
	return smp_load_acquire(&head->next) == head && READ_ONCE(head->prev) == head;
}

static inline void list_move_tail(struct list_head *list, struct list_head *head)
{
	__list_del_entry(list);
	list_add_tail(list, head);
}

static inline void list_move(struct list_head *list, struct list_head *head)
{
	__list_del_entry(list);
	list_add(list, head);
}

static inline void list_replace(struct list_head *old, struct list_head *entry)
{
	/* One after the other: a head that stands alone gives a head that stands alone. */
	__list_join(entry, old->next);
	__list_join(old->prev, entry);
}

static inline void list_replace_init(struct list_head *old, struct list_head *entry)
{
	list_replace(old, entry);
	INIT_LIST_HEAD(old);
}

/* The second leaves, takes the place of the first, and the first goes where the second was. */
static inline void list_swap(struct list_head *entry1, struct list_head *entry2)
{
	struct list_head *before = entry2->prev == entry1 ? entry2 : entry2->prev;

	__list_del_entry(entry2);
	list_replace(entry1, entry2);
	list_add(entry1, before);
}

/* Where an entry of the list that starts at `head` stands. */
#define list_is_last(list, head) ((int)__list_follows(head, list))
#define list_is_first(list, head) ((int)__list_follows(list, head))

static inline bool __list_follows(const struct list_head *entry, const struct list_head *prev)
{
	return prev->next == entry;
}

static inline int list_is_singular(const struct list_head *head)
{
	return !__list_follows(head, head) && __list_follows(head, head->next);
}

/* ---- whole lists ---- */

static inline void __list_splice(const struct list_head *list, struct list_head *prev, struct list_head *next)
{
	__list_insert_chain(list->next, list->prev, prev, next);
}

static inline void list_splice_tail(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head->prev, head);
}

static inline void list_splice(const struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head, head->next);
}

static inline void list_splice_tail_init(struct list_head *list, struct list_head *head)
{
	list_splice_tail(list, head);
	INIT_LIST_HEAD(list);
}

static inline void list_splice_init(struct list_head *list, struct list_head *head)
{
	list_splice(list, head);
	INIT_LIST_HEAD(list);
}

/* The first becomes the last. */
static inline void list_rotate_left(struct list_head *head)
{
	if (!list_empty(head))
		list_move(head, head->next);
}

/* `list` becomes the first: the head moves in front of it. */
static inline void list_rotate_to_front(struct list_head *list, struct list_head *head)
{
	list_move_tail(head, list);
}

/* Moves the chain from `first` to `last`, which is somewhere in the same list, to the end. */
static inline void list_bulk_move_tail(struct list_head *head, struct list_head *first, struct list_head *last)
{
	__list_join(first->prev, last->next);
	__list_insert_chain(first, last, head->prev, head);
}

/* Moves what stands from the start of `head` up to `entry`, both included, to `list`, regardless of what that was. */
static inline void list_cut_position(struct list_head *list, struct list_head *head, struct list_head *entry)
{
	struct list_head *first = head->next;

	if (first == head)
		return;
	INIT_LIST_HEAD(list);
	if (entry == head)
		return;
	__list_join(head, entry->next);
	__list_insert_chain(first, entry, list, list);
}

/* The same without `entry`. */
static inline void list_cut_before(struct list_head *list, struct list_head *head, struct list_head *entry)
{
	INIT_LIST_HEAD(list);
	if (entry != head->next)
		list_cut_position(list, head, entry->prev);
}

static inline size_t list_count_nodes(struct list_head *head)
{
	size_t count = 0;

	for (struct list_head *at = head->next; at != head; at = at->next)
		count++;
	return count;
}

#define list_entry(ptr, type, member) container_of(ptr, type, member)
#define list_first_entry(ptr, type, member) list_entry((ptr)->next, type, member)
#define list_last_entry(ptr, type, member) list_entry((ptr)->prev, type, member)
#define list_first_entry_or_null(ptr, type, member)                                                                    \
	({                                                                                                             \
		struct list_head *head__ = (ptr);                                                                      \
		struct list_head *pos__ = READ_ONCE(head__->next);                                                     \
		pos__ != head__ ? list_entry(pos__, type, member) : NULL;                                              \
	})
#define list_next_entry(pos, member) list_entry((pos)->member.next, __typeof__(*(pos)), member)
#define list_prev_entry(pos, member) list_entry((pos)->member.prev, __typeof__(*(pos)), member)
#define list_next_entry_circular(pos, head, member)                                                                    \
	(list_is_last(&(pos)->member, head) ? list_first_entry(head, __typeof__(*(pos)), member)                       \
					    : list_next_entry(pos, member))
#define list_prev_entry_circular(pos, head, member)                                                                    \
	(list_is_first(&(pos)->member, head) ? list_last_entry(head, __typeof__(*(pos)), member)                       \
					     : list_prev_entry(pos, member))
#define list_entry_is_head(pos, head, member) (&(pos)->member == (head))

/*
 * Walks. Each is one of three loops: over list_heads, over the structures that they are in, and over those when the loop
 * may remove the one it is at (`n` is the next then). `step` is list_next_entry or list_prev_entry.
 */
#define __list_walk(pos, start, head, link) for (pos = (start); !list_is_head(pos, (head)); pos = pos->link)
#define __list_walk_safe(pos, n, head, link)                                                                           \
	for (pos = (head)->link, n = pos->link; !list_is_head(pos, (head)); pos = n, n = pos->link)
#define __list_walk_entries(pos, start, head, member, step)                                                            \
	for (pos = start; !list_entry_is_head(pos, head, member); pos = step(pos, member))
#define __list_walk_entries_safe(pos, n, start, head, member, step)                                                    \
	for (pos = start, n = step(pos, member); !list_entry_is_head(pos, head, member); pos = n, n = step(n, member))
#define __list_first(pos, head, member) list_first_entry(head, __typeof__(*pos), member)
#define __list_last(pos, head, member) list_last_entry(head, __typeof__(*pos), member)

#define list_for_each(pos, head) __list_walk(pos, (head)->next, head, next)
#define list_for_each_prev(pos, head) __list_walk(pos, (head)->prev, head, prev)
#define list_for_each_continue(pos, head) __list_walk(pos, pos->next, head, next)
#define list_for_each_safe(pos, n, head) __list_walk_safe(pos, n, head, next)
#define list_for_each_prev_safe(pos, n, head) __list_walk_safe(pos, n, head, prev)

#define list_for_each_entry(pos, head, member)                                                                         \
	__list_walk_entries(pos, __list_first(pos, head, member), head, member, list_next_entry)
#define list_for_each_entry_continue(pos, head, member)                                                                \
	__list_walk_entries(pos, list_next_entry(pos, member), head, member, list_next_entry)
#define list_for_each_entry_from(pos, head, member) __list_walk_entries(pos, pos, head, member, list_next_entry)
#define list_for_each_entry_from_reverse(pos, head, member) __list_walk_entries(pos, pos, head, member, list_prev_entry)
#define list_for_each_entry_reverse(pos, head, member)                                                                 \
	__list_walk_entries(pos, __list_last(pos, head, member), head, member, list_prev_entry)
#define list_for_each_entry_continue_reverse(pos, head, member)                                                        \
	__list_walk_entries(pos, list_prev_entry(pos, member), head, member, list_prev_entry)
#define list_for_each_entry_safe(pos, n, head, member)                                                                 \
	__list_walk_entries_safe(pos, n, __list_first(pos, head, member), head, member, list_next_entry)
#define list_for_each_entry_safe_continue(pos, n, head, member)                                                        \
	__list_walk_entries_safe(pos, n, list_next_entry(pos, member), head, member, list_next_entry)
#define list_for_each_entry_safe_from(pos, n, head, member)                                                            \
	__list_walk_entries_safe(pos, n, pos, head, member, list_next_entry)
#define list_for_each_entry_safe_reverse(pos, n, head, member)                                                         \
	__list_walk_entries_safe(pos, n, __list_last(pos, head, member), head, member, list_prev_entry)
#define list_prepare_entry(pos, head, member) ((pos) ?: list_entry(head, __typeof__(*pos), member))
#define list_safe_reset_next(pos, n, member) n = list_next_entry(pos, member)

/* ---- hash lists: the head is one pointer, so an entry knows the place that points to it instead of an entry ---- */

#define HLIST_HEAD_INIT { NULL }
#define HLIST_HEAD(name) struct hlist_head name = HLIST_HEAD_INIT
#define INIT_HLIST_HEAD(ptr) ((ptr)->first = NULL)

static inline void INIT_HLIST_NODE(struct hlist_node *h)
{
	h->pprev = NULL;
	h->next = NULL;
}

/* `place` points to `n` from now on, and `n` knows it. */
static inline void __hlist_hook(struct hlist_node **place, struct hlist_node *n)
{
	WRITE_ONCE(n->pprev, place);
	WRITE_ONCE(*place, n);
}

/* The same for what stood behind something else: it may be nothing. */
static inline void __hlist_hook_rest(struct hlist_node **place, struct hlist_node *rest)
{
	WRITE_ONCE(*place, rest);
	if (rest)
		WRITE_ONCE(rest->pprev, place);
}

static inline int hlist_empty(const struct hlist_head *h)
{
	return READ_ONCE(h->first) == NULL;
}

static inline int hlist_unhashed_lockless(const struct hlist_node *h)
{
	return READ_ONCE(h->pprev) == NULL;
}

static inline int hlist_unhashed(const struct hlist_node *h)
{
	return h->pprev == NULL;
}

static inline void hlist_add_head(struct hlist_node *n, struct hlist_head *h)
{
	__hlist_hook_rest(&n->next, h->first);
	__hlist_hook(&h->first, n);
}

static inline void hlist_add_behind(struct hlist_node *n, struct hlist_node *prev)
{
	__hlist_hook_rest(&n->next, prev->next);
	__hlist_hook(&prev->next, n);
}

static inline void hlist_add_before(struct hlist_node *n, struct hlist_node *next)
{
	struct hlist_node **place = next->pprev;

	__hlist_hook(&n->next, next);
	__hlist_hook(place, n);
}

static inline void __hlist_del(struct hlist_node *n)
{
	__hlist_hook_rest(n->pprev, n->next);
}

static inline void hlist_del_init(struct hlist_node *n)
{
	if (hlist_unhashed(n))
		return;
	__hlist_del(n);
	INIT_HLIST_NODE(n);
}

static inline void hlist_del(struct hlist_node *n)
{
	__hlist_del(n);
	n->pprev = HLIST_POISON2;
	n->next = HLIST_POISON1;
}

static inline void hlist_move_list(struct hlist_head *old, struct hlist_head *to)
{
	__hlist_hook_rest(&to->first, old->first);
	INIT_HLIST_HEAD(old);
}

static inline bool hlist_is_singular_node(struct hlist_node *n, struct hlist_head *h)
{
	return h->first == n && !n->next;
}

/* On no list, and yet hlist_del() may be called. */
static inline void hlist_add_fake(struct hlist_node *n)
{
	n->pprev = &n->next;
}

static inline bool hlist_fake(struct hlist_node *h)
{
	return h->pprev == &h->next;
}

#define hlist_entry(ptr, type, member) container_of(ptr, type, member)
#define hlist_entry_safe(ptr, type, member)                                                                            \
	({                                                                                                             \
		__typeof__(ptr) __node = (ptr);                                                                        \
		__node ? hlist_entry(__node, type, member) : NULL;                                                     \
	})
#define __hlist_entry_at(node, pos, member) hlist_entry_safe(node, __typeof__(*(pos)), member)
/* True, and `n` is what comes after: for loops that may remove the entry they are at. */
#define __hlist_keep_next(n, after) ({ (n) = (after); true; })
#define __hlist_walk_entries(pos, start, member)                                                                       \
	for (pos = __hlist_entry_at(start, pos, member); pos; pos = __hlist_entry_at((pos)->member.next, pos, member))

#define __hlist_walk(pos, head, while_true, after) for (pos = (head)->first; while_true; pos = after)
#define hlist_for_each(pos, head) __hlist_walk(pos, head, pos, pos->next)
#define hlist_for_each_safe(pos, n, head) __hlist_walk(pos, head, pos && __hlist_keep_next(n, pos->next), n)
#define hlist_for_each_entry(pos, head, member) __hlist_walk_entries(pos, (head)->first, member)
#define hlist_for_each_entry_continue(pos, member) __hlist_walk_entries(pos, (pos)->member.next, member)
#define hlist_for_each_entry_from(pos, member)                                                                         \
	for (; pos; pos = __hlist_entry_at((pos)->member.next, pos, member))
#define hlist_for_each_entry_safe(pos, n, head, member)                                                                \
	for (pos = __hlist_entry_at((head)->first, pos, member);                                                       \
	     pos && __hlist_keep_next(n, pos->member.next); pos = __hlist_entry_at(n, pos, member))

#endif
