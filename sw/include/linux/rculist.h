/* SPDX-License-Identifier: Apache-2.0 */
/* Lists that readers walk while they change (Linux's include/linux/rculist.h). Writers exclude each other; readers are RCU readers. */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

#define list_next_rcu(list) (*((struct list_head **)(&(list)->next)))

static inline void INIT_LIST_HEAD_RCU(struct list_head *list)
{
	INIT_LIST_HEAD(list);
}

static inline void __list_add_rcu(struct list_head *entry, struct list_head *prev, struct list_head *next)
{
	entry->prev = prev;
	entry->next = next;
	/* The entry is whole before a reader can reach it. */
	rcu_assign_pointer(prev->next, entry);
	next->prev = entry;
}

static inline void list_add_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head, head->next);
}

static inline void list_add_tail_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head->prev, head);
}

/* Readers may still stand on the entry: its next pointer stays. */
static inline void list_del_rcu(struct list_head *entry)
{
	__list_join(entry->prev, entry->next);
	entry->prev = (struct list_head *)LIST_POISON2;
}

static inline void list_replace_rcu(struct list_head *old, struct list_head *entry)
{
	__list_add_rcu(entry, old->prev, old->next);
	old->prev = (struct list_head *)LIST_POISON2;
}

/*
 * What `list` holds goes to the front of `head`. Who walks `list` meanwhile still ends at it: the last entry leads there
 * until `sync` has waited for them. May sleep.
 */
#define list_splice_init_rcu(list, head, sync)                                                                         \
	do {                                                                                                           \
		struct list_head *__from = (list), *__to = (head);                                                     \
		struct list_head *__front = __from->next, *__back = __from->prev;                                      \
		if (__front == __from)                                                                                 \
			break;                                                                                         \
		WRITE_ONCE(__from->next, __from);                                                                      \
		WRITE_ONCE(__from->prev, __from);                                                                      \
		sync();                                                                                                \
		__back->next = __to->next;                                                                             \
		__to->next->prev = __back;                                                                             \
		__front->prev = __to;                                                                                  \
		rcu_assign_pointer(list_next_rcu(__to), __front);                                                      \
	} while (0)
#define hlist_first_rcu(head) (*((struct hlist_node **)(&(head)->first)))
#define hlist_next_rcu(node) (*((struct hlist_node **)(&(node)->next)))
#define hlist_pprev_rcu(node) (*((struct hlist_node **)((node)->pprev)))
#define list_entry_rcu(ptr, type, member) container_of(READ_ONCE(ptr), type, member)
#define list_entry_lockless(ptr, type, member) list_entry_rcu(ptr, type, member)
/* What is behind `at` on a list; NULL at its end. */
static inline struct list_head *__list_behind_rcu(const struct list_head *head, const struct list_head *at)
{
	struct list_head *const next = READ_ONCE(at->next);

	return likely(next != head) ? next : NULL;
}
#define __list_entry_or_null(link, type, member)                                                                       \
	({                                                                                                             \
		struct list_head *__link = (link);                                                                     \
		__link ? container_of(__link, type, member) : NULL;                                                    \
	})
#define list_first_or_null_rcu(head, type, member) list_next_or_null_rcu(head, head, type, member)
#define list_next_or_null_rcu(head, at, type, member) __list_entry_or_null(__list_behind_rcu(head, at), type, member)

/* The fourth argument, a lockdep condition, is optional. */
#define list_for_each_entry_rcu(pos, head, member, ...)                                                                \
	for (pos = list_entry_rcu((head)->next, __typeof__(*pos), member); &pos->member != (head);                     \
	     pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_srcu(pos, head, member, cond) list_for_each_entry_rcu(pos, head, member)
#define list_for_each_entry_lockless(pos, head, member) list_for_each_entry_rcu(pos, head, member)
#define list_for_each_entry_continue_rcu(pos, head, member)                                                            \
	for (pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member); &pos->member != (head);                 \
	     pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_from_rcu(pos, head, member)                                                                \
	for (; &(pos)->member != (head); pos = list_entry_rcu(pos->member.next, __typeof__(*(pos)), member))

static inline void hlist_del_rcu(struct hlist_node *n)
{
	__hlist_del(n);
	n->pprev = (struct hlist_node **)LIST_POISON2;
}

static inline void hlist_del_init_rcu(struct hlist_node *n)
{
	if (hlist_unhashed(n))
		return;
	__hlist_del(n);
	n->pprev = NULL;
}

static inline void hlist_add_head_rcu(struct hlist_node *n, struct hlist_head *h)
{
	n->pprev = &h->first;
	__hlist_hook_rest(&n->next, h->first);
	rcu_assign_pointer(h->first, n);
}

#define hlist_for_each_entry_rcu(pos, head, member, ...)                                                               \
	for (pos = hlist_entry_safe(READ_ONCE((head)->first), __typeof__(*(pos)), member); pos;                        \
	     pos = hlist_entry_safe(READ_ONCE((pos)->member.next), __typeof__(*(pos)), member))
#define hlist_for_each_entry_rcu_notrace(pos, head, member) hlist_for_each_entry_rcu(pos, head, member)

#endif
