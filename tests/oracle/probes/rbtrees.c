// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Red-black trees: order, postorder, replacing, the cached first; interval trees. */
#include "probe.h"

#include <linux/interval_tree.h>
#include <linux/rbtree.h>

struct item {
	struct rb_node node;
	int key;
};

static struct item items[10], other;

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct item, node)->key < rb_entry(b, struct item, node)->key;
}

static int compare(const void *key, const struct rb_node *node)
{
	return *(const int *)key - rb_entry(node, struct item, node)->key;
}

static void shown(const char *what, struct rb_root *root)
{
	struct item *i, *n;
	struct rb_node *node;
	char line[80];
	int at = 0;

	for (node = rb_first(root); node; node = rb_next(node))
		at += scnprintf(line + at, sizeof(line) - at, " %d", rb_entry(node, struct item, node)->key);
	at += scnprintf(line + at, sizeof(line) - at, " post");
	rbtree_postorder_for_each_entry_safe(i, n, root, node)
		at += scnprintf(line + at, sizeof(line) - at, " %d", i->key);
	SAY("%s:%s", what, line);
}

static void probe(void)
{
	struct rb_root_cached root = RB_ROOT_CACHED, intervals = RB_ROOT_CACHED;
	static struct interval_tree_node spans[5];
	struct interval_tree_node *span;
	int i, key = 4;

	FACT(RB_EMPTY_ROOT(&root.rb_root));
	FACT(rb_first(&root.rb_root) == NULL);
	RB_CLEAR_NODE(&items[0].node);
	FACT(RB_EMPTY_NODE(&items[0].node));
	for (i = 0; i < 10; i++) {
		items[i].key = (i * 7) % 10;
		FACT(rb_add_cached(&items[i].node, &root, less) != NULL);
	}
	shown("all", &root.rb_root);
	FACT(rb_entry(rb_first_cached(&root), struct item, node)->key);
	FACT(rb_entry(rb_last(&root.rb_root), struct item, node)->key);
	FACT(rb_find(&key, &root.rb_root, compare) == &items[2].node);
	key = 40;
	FACT(rb_find(&key, &root.rb_root, compare) == NULL);
	rb_erase_cached(&items[0].node, &root);
	FACT(rb_entry(rb_first_cached(&root), struct item, node)->key);
	other.key = 7;
	rb_replace_node(&items[1].node, &other.node, &root.rb_root);
	shown("replaced", &root.rb_root);
	FACT(rb_next(rb_last(&root.rb_root)) == NULL);
	FACT(rb_prev(rb_first(&root.rb_root)) == NULL);
	for (i = 2; i < 6; i++)
		rb_erase_cached(&items[i].node, &root);
	shown("less", &root.rb_root);

	for (i = 0; i < 5; i++) {
		spans[i].start = i * 10;
		spans[i].last = i * 10 + 15;
		interval_tree_insert(&spans[i], &intervals);
	}
	for (span = interval_tree_iter_first(&intervals, 24, 31); span; span = interval_tree_iter_next(span, 24, 31))
		SAY("span %lu-%lu", span->start, span->last);
	interval_tree_remove(&spans[2], &intervals);
	FACT(interval_tree_iter_first(&intervals, 26, 29) == NULL);
	FACT(interval_tree_iter_first(&intervals, 56, 60) == NULL);
}

static void leave(void)
{
}
