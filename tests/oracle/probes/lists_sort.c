// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* list_sort, sort, bsearch, rbtree order, llist, hlist. */
#include "probe.h"
#include <linux/bsearch.h>
#include <linux/list_sort.h>
#include <linux/llist.h>
#include <linux/rbtree.h>
#include <linux/sort.h>

struct n {
	struct list_head l;
	struct llist_node ll;
	int key, id;
};
static int cmp(void *p, const struct list_head *a, const struct list_head *b)
{
	return list_entry(a, struct n, l)->key > list_entry(b, struct n, l)->key;
}
static int icmp(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void probe(void)
{
	static struct n n[7];
	static const int keys[7] = {5, 3, 5, 1, 3, 9, 1};
	int v[7], i, k;
	LIST_HEAD(h);
	LIST_HEAD(g);
	LLIST_HEAD(ll);
	struct n *p, *q;
	struct llist_node *node;

	for (i = 0; i < 7; i++) {
		n[i].key = v[i] = keys[i];
		n[i].id = i;
		list_add_tail(&n[i].l, &h);
		SAY("llist_add %d", llist_add(&n[i].ll, &ll));
	}
	list_sort(NULL, &h, cmp);
	list_for_each_entry(p, &h, l) SAY("%d id %d", p->key, p->id);
	sort(v, 7, sizeof(int), icmp, NULL);
	SAY("%d %d %d %d %d %d %d", v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
	k = 9;
	SAY("bsearch %d", (int)((int *)bsearch(&k, v, 7, sizeof(int), icmp) - v));
	k = 4;
	FACT(bsearch(&k, v, 7, sizeof(int), icmp) == NULL);
	list_cut_position(&g, &h, h.next->next);
	list_splice_tail_init(&g, &h);
	FACT(list_empty(&g));
	list_for_each_entry(p, &h, l) SAY("%d", p->id);
	list_rotate_left(&h);
	FACT(list_first_entry(&h, struct n, l)->id);
	FACT(list_is_singular(&h));
	list_for_each_entry_safe(p, q, &h, l) list_del_init(&p->l);
	FACT(list_empty(&h));
	node = llist_reverse_order(llist_del_all(&ll));
	llist_for_each_entry(p, node, ll) SAY("ll %d", p->id);
	FACT(llist_empty(&ll));
}

static void leave(void)
{
}
