// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Lists without locks and lists of hashes: what each call returns, and the order of what is taken. */
#include "probe.h"

#include <linux/hashtable.h>
#include <linux/llist.h>
#include <linux/list_bl.h>
#include <linux/rculist.h>

struct item {
	struct llist_node one;
	struct hlist_node hash;
	struct list_head link;
	int key;
};

static LLIST_HEAD(head);
static struct item items[6];

static void probe(void)
{
	DECLARE_HASHTABLE(table, 3);
	HLIST_HEAD(list);
	LIST_HEAD(a);
	LIST_HEAD(b);
	struct llist_node *taken;
	struct item *i, *n;
	unsigned int bucket;

	for (i = items; i < items + 6; i++)
		i->key = i - items;
	FACT(llist_empty(&head));
	FACT(llist_add(&items[0].one, &head));
	FACT(llist_add(&items[1].one, &head));
	items[2].one.next = &items[3].one;
	FACT(llist_add_batch(&items[2].one, &items[3].one, &head));
	FACT(llist_entry(llist_del_first(&head), struct item, one)->key);
	taken = llist_del_all(&head);
	FACT(llist_empty(&head));
	llist_for_each_entry(i, taken, one)
		SAY("taken %d", i->key);
	taken = llist_reverse_order(taken);
	llist_for_each_entry_safe(i, n, taken, one)
		SAY("reversed %d", i->key);
	FACT(llist_del_all(&head) == NULL);
	FACT(llist_del_first(&head) == NULL);

	hash_init(table);
	FACT(hash_empty(table));
	for (i = items; i < items + 6; i++)
		hash_add(table, &i->hash, i->key % 2);
	hash_for_each_possible(table, i, hash, 1)
		SAY("possible %d", i->key);
	hash_for_each(table, bucket, i, hash)
		SAY("in %d", i->key % 2);
	FACT(hash_hashed(&items[1].hash));
	hash_del(&items[1].hash);
	FACT(hash_hashed(&items[1].hash));
	FACT(HASH_SIZE(table));
	FACT(HASH_BITS(table));
	FACT(hash_32(1, 8));
	FACT(hash_32(0xdeadbeef, 32));
	FACT(hash_64(1, 16));
	FACT(hash_long(12345, 10));
	for (i = items; i < items + 6; i++)
		if (hash_hashed(&i->hash))
			hash_del(&i->hash);

	hlist_add_head(&items[0].hash, &list);
	hlist_add_behind(&items[1].hash, &items[0].hash);
	hlist_add_before(&items[2].hash, &items[1].hash);
	hlist_for_each_entry(i, &list, hash)
		SAY("hlist %d", i->key);
	FACT(hlist_is_singular_node(&items[0].hash, &list));
	FACT(hlist_unhashed(&items[3].hash));
	hlist_add_fake(&items[3].hash);
	FACT(hlist_fake(&items[3].hash));
	FACT(hlist_unhashed(&items[3].hash));

	for (i = items; i < items + 6; i++)
		list_add_tail(&i->link, &a);
	list_rotate_left(&a);
	FACT(list_first_entry(&a, struct item, link)->key);
	list_rotate_to_front(&items[4].link, &a);
	FACT(list_first_entry(&a, struct item, link)->key);
	list_cut_position(&b, &a, &items[0].link);
	list_for_each_entry(i, &b, link)
		SAY("cut %d", i->key);
	list_bulk_move_tail(&b, &items[1].link, &items[2].link);
	list_for_each_entry_reverse(i, &b, link)
		SAY("bulk %d", i->key);
	list_swap(&items[4].link, &items[2].link);
	list_for_each_entry(i, &b, link)
		SAY("swapped %d", i->key);
	FACT(list_is_singular(&a));
	FACT(list_count_nodes(&b));
	list_splice_tail_init(&a, &b);
	FACT(list_empty(&a));
	FACT(list_empty_careful(&b));
	FACT(list_is_last(&items[3].link, &b));
	FACT(list_is_head(&b, &b));
}

static void leave(void)
{
}
