/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/err.h>
#include <linux/xarray.h>

/* The old names of the xarray. The caller locks; the tree's own lock is taken as well. */
#define radix_tree_root xarray
#define RADIX_TREE_INIT(name, mask) XARRAY_INIT(name, 0)
#define RADIX_TREE(name, mask) struct xarray name = RADIX_TREE_INIT(name, mask)
#define INIT_RADIX_TREE(root, mask) xa_init(root)

struct radix_tree_iter {
	unsigned long index;
	void *entry;
};

static inline int radix_tree_insert(struct xarray *root, unsigned long index, void *item)
{
	int ret = xa_insert(root, index, item, GFP_ATOMIC);

	return ret == -EBUSY ? -EEXIST : ret;
}

static inline void *radix_tree_lookup(const struct xarray *root, unsigned long index)
{
	return xa_load((struct xarray *)root, index);
}

static inline void *radix_tree_delete(struct xarray *root, unsigned long index)
{
	return xa_erase(root, index);
}

static inline void *radix_tree_delete_item(struct xarray *root, unsigned long index, void *item)
{
	if (item && xa_load(root, index) != item)
		return NULL;
	return xa_erase(root, index);
}

static inline bool radix_tree_empty(const struct xarray *root)
{
	return xa_empty(root);
}

/* Tags are the array's marks. */
static inline void *radix_tree_tag_set(struct xarray *root, unsigned long index, unsigned int tag)
{
	xa_set_mark(root, index, tag);
	return xa_load(root, index);
}

static inline void *radix_tree_tag_clear(struct xarray *root, unsigned long index, unsigned int tag)
{
	xa_clear_mark(root, index, tag);
	return xa_load(root, index);
}

#define radix_tree_tag_get(root, index, tag) ((int)xa_get_mark(root, index, tag))
#define radix_tree_tagged(root, tag) ((int)xa_marked(root, tag))

/* Up to `max` entries from an index on; how many. */
static inline unsigned int __radix_tree_collect(struct xarray *root, void **results, unsigned long first,
						unsigned int max, xa_mark_t filter)
{
	unsigned int n = 0;
	void *entry = max ? xa_find(root, &first, ULONG_MAX, filter) : NULL;

	while (entry) {
		results[n++] = entry;
		entry = n < max ? xa_find_after(root, &first, ULONG_MAX, filter) : NULL;
	}
	return n;
}

#define radix_tree_gang_lookup(root, results, first, max) __radix_tree_collect(root, results, first, max, XA_PRESENT)
#define radix_tree_gang_lookup_tag(root, results, first, max, tag) __radix_tree_collect(root, results, first, max, tag)

static inline void **radix_tree_iter_step(struct xarray *root, struct radix_tree_iter *iter, bool first,
					  unsigned long start)
{
	iter->index = start;
	iter->entry = first ? xa_find(root, &iter->index, ULONG_MAX, XA_PRESENT)
			    : xa_find_after(root, &iter->index, ULONG_MAX, XA_PRESENT);
	return iter->entry ? &iter->entry : NULL;
}

#define radix_tree_deref_slot(slot) (*(slot))
#define radix_tree_for_each_slot(slot, root, iter, start)                                                              \
	for (slot = radix_tree_iter_step(root, iter, true, start); slot;                                               \
	     slot = radix_tree_iter_step(root, iter, false, (iter)->index))

#endif
