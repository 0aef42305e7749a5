// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* hlist, llist, klist, rbtree, timerqueue, list_sort: order and ends. */
#include "probe.h"
#include <linux/klist.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/rbtree.h>
#include <linux/sort.h>
#include <linux/bsearch.h>

struct item {
	int v;
	struct list_head l;
	struct hlist_node h;
	struct llist_node ll;
	struct rb_node rb;
	struct klist_node k;
};
static struct item it[5] = {{3}, {1}, {4}, {1}, {5}};
static LIST_HEAD(list);
static HLIST_HEAD(hl);
static LLIST_HEAD(lll);
static struct rb_root_cached root = RB_ROOT_CACHED;
static DEFINE_KLIST(kl, NULL, NULL);
static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct item, rb)->v < rb_entry(b, struct item, rb)->v;
}
static int cmp(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void probe(void)
{
	struct item *i, *n;
	struct klist_iter ki;
	struct klist_node *kn;
	struct llist_node *first;
	LIST_HEAD(other);
	int k, v[5] = {5, 2, 9, 1, 2}, key = 9;

	for (k = 0; k < 5; k++) {
		list_add_tail(&it[k].l, &list);
		hlist_add_head(&it[k].h, &hl);
		SAY("llist was empty %d", llist_add(&it[k].ll, &lll));
		SAY("leftmost %d", rb_add_cached(&it[k].rb, &root, less) != NULL);
		klist_add_tail(&it[k].k, &kl);
	}
	hlist_for_each_entry(i, &hl, h) SAY("hlist %d", i->v);
	first = llist_del_all(&lll);
	FACT(llist_empty(&lll));
	llist_for_each_entry(i, llist_reverse_order(first), ll) SAY("llist %d", i->v);
	FACT(rb_entry(rb_first_cached(&root), struct item, rb)->v);
	FACT(rb_entry(rb_last(&root.rb_root), struct item, rb)->v);
	rbtree_postorder_for_each_entry_safe(i, n, &root.rb_root, rb) SAY("post %d", i->v);
	rb_erase_cached(&it[1].rb, &root);
	FACT(rb_first_cached(&root) == &it[3].rb);
	FACT(RB_EMPTY_ROOT(&root.rb_root));
	klist_iter_init(&kl, &ki);
	while ((kn = klist_next(&ki)))
		SAY("klist %d", container_of(kn, struct item, k)->v);
	klist_iter_exit(&ki);
	klist_remove(&it[0].k);
	FACT(klist_node_attached(&it[0].k));
	FACT(klist_node_attached(&it[1].k));
	list_cut_position(&other, &list, &it[1].l);
	list_for_each_entry(i, &other, l) SAY("cut %d", i->v);
	list_splice_tail_init(&other, &list);
	FACT(list_empty(&other));
	list_rotate_left(&list);
	list_move(&it[4].l, &list);
	list_swap(&it[2].l, &it[3].l);
	list_bulk_move_tail(&list, &it[4].l, &it[4].l);
	list_for_each_entry_reverse(i, &list, l) SAY("reverse %d", i->v);
	FACT(list_is_singular(&list));
	FACT(list_is_last(&it[4].l, &list));
	FACT(list_is_first(&it[3].l, &list));
	list_del(&it[0].l);
	FACT((unsigned long)it[0].l.next == (unsigned long)LIST_POISON1);
	FACT((unsigned long)it[0].l.prev & 0xfff);
	list_del_init(&it[1].l);
	FACT(list_empty(&it[1].l));
	FACT(list_empty_careful(&list));
	sort(v, 5, sizeof(int), cmp, NULL);
	SAY("%d %d %d %d %d", v[0], v[1], v[2], v[3], v[4]);
	FACT((int *)bsearch(&key, v, 5, sizeof(int), cmp) - v);
	key = 3;
	FACT(bsearch(&key, v, 5, sizeof(int), cmp) == NULL);
}

static void leave(void)
{
}
