// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Radix trees. */
#include "probe.h"
#include <linux/radix-tree.h>

static RADIX_TREE(tree, GFP_KERNEL);

static void probe(void)
{
	int i, *p = &i;
	void *found[4];
	struct radix_tree_iter iter;
	void __rcu **slot;

	FACT(radix_tree_insert(&tree, 3, p));
	FACT(radix_tree_insert(&tree, 3, p));
	FACT(radix_tree_insert(&tree, 1000, p));
	FACT(radix_tree_lookup(&tree, 3) == p);
	FACT(radix_tree_lookup(&tree, 4) == NULL);
	FACT(radix_tree_gang_lookup(&tree, found, 0, 4));
	FACT(radix_tree_tag_set(&tree, 3, 0) == p);
	FACT(radix_tree_tag_get(&tree, 3, 0));
	FACT(!!radix_tree_tagged(&tree, 0));
	FACT(radix_tree_gang_lookup_tag(&tree, found, 0, 4, 0));
	radix_tree_for_each_slot(slot, &tree, &iter, 0) SAY("at %lu", iter.index);
	FACT(radix_tree_delete(&tree, 3) == p);
	FACT(radix_tree_delete(&tree, 3) == NULL);
	FACT(radix_tree_empty(&tree));
	radix_tree_delete(&tree, 1000);
	FACT(radix_tree_empty(&tree));
}

static void leave(void)
{
}
