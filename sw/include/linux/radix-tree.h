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
