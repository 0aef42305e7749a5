/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RBTREE_H
#define _LINUX_RBTREE_H

#include <linux/container_of.h>
#include <linux/rbtree_types.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define rb_entry(ptr, type, member) container_of(ptr, type, member)
/* NULL for no node. */
#define rb_entry_safe(node, type, member) ((type *)__rb_object(node, offsetof(type, member)))
static inline void *__rb_object(const struct rb_node *node, size_t offset)
{
	return node ? (char *)node - offset : NULL;
}

/* The word with the parent has the colour in its lowest bits. A node that is in no tree is its own parent. */
static inline struct rb_node *rb_parent(const struct rb_node *node)
{
	return (struct rb_node *)(node->__rb_parent_color & ~3ul);
}

static inline bool RB_EMPTY_NODE(const struct rb_node *node)
{
	return node->__rb_parent_color == (unsigned long)node;
}

static inline void RB_CLEAR_NODE(struct rb_node *node)
{
	node->__rb_parent_color = (unsigned long)node;
}

static inline bool RB_EMPTY_ROOT(const struct rb_root *root)
{
	return !READ_ONCE(root->rb_node);
}

static inline struct rb_node *rb_first_cached(const struct rb_root_cached *root)
{
	return root->rb_leftmost;
}

__BEGIN_DECLS
/* The caller locks. lib/rbtree.cpp */
void rb_insert_color(struct rb_node *node, struct rb_root *root);
void rb_erase(struct rb_node *node, struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_first_postorder(const struct rb_root *root);
struct rb_node *rb_next_postorder(const struct rb_node *node);
void rb_replace_node(struct rb_node *victim, struct rb_node *replacement, struct rb_root *root);
__END_DECLS

static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **rb_link)
{
	node->rb_left = node->rb_right = NULL;
	node->__rb_parent_color = (unsigned long)parent;
	*rb_link = node;
}

/* Once `node` goes: the first node that there is then, if it was the first. */
static inline struct rb_node *__rb_pass_first_on(struct rb_root_cached *tree, const struct rb_node *node)
{
	return tree->rb_leftmost != node ? NULL : (tree->rb_leftmost = rb_next(node));
}

static inline struct rb_node *rb_erase_cached(struct rb_node *node, struct rb_root_cached *tree)
{
	struct rb_node *const new_first = __rb_pass_first_on(tree, node);

	rb_erase(node, &tree->rb_root);
	return new_first;
}

static inline void rb_insert_color_cached(struct rb_node *node, struct rb_root_cached *root, bool leftmost)
{
	rb_insert_color(node, &root->rb_root);
	if (leftmost)
		root->rb_leftmost = node;
}

typedef bool (*__rb_less)(struct rb_node *, const struct rb_node *);
typedef int (*__rb_order)(struct rb_node *, const struct rb_node *);
typedef int (*__rb_order_of_key)(const void *key, const struct rb_node *);

/*
 * A path down a tree: the link that is to be followed next and the node that it is in. Where it ends, the link is empty and
 * a node can be hung onto it.
 */
struct __rb_path {
	struct rb_node *parent;
	struct rb_node **link;
	bool leftmost; /* no turn to the right so far */
};

static __always_inline void __rb_turn(struct __rb_path *path, bool right)
{
	path->parent = *path->link;
	path->link = right ? &path->parent->rb_right : &path->parent->rb_left;
	path->leftmost &= !right;
}

static __always_inline struct __rb_path __rb_descend(struct rb_node *node, struct rb_root *tree, __rb_less less)
{
	struct __rb_path path = { NULL, &tree->rb_node, true };

	while (*path.link)
		__rb_turn(&path, !less(node, *path.link));
	return path;
}

static __always_inline void rb_add(struct rb_node *entry, struct rb_root *root, __rb_less less)
{
	const struct __rb_path end = __rb_descend(entry, root, less);

	rb_link_node(entry, end.parent, end.link);
	rb_insert_color(entry, root);
}

/* The same; gives the node when it has become the leftmost. */
static __always_inline struct rb_node *rb_add_cached(struct rb_node *entry, struct rb_root_cached *root, __rb_less less)
{
	const struct __rb_path end = __rb_descend(entry, &root->rb_root, less);

	rb_link_node(entry, end.parent, end.link);
	rb_insert_color_cached(entry, root, end.leftmost);
	return end.leftmost ? entry : NULL;
}

/* cmp: below, at or above 0 where the key is before, at or behind the node. An equal node that is there already stays. */
static __always_inline struct rb_node *rb_find_add(struct rb_node *entry, struct rb_root *root, __rb_order order)
{
	struct __rb_path path = { NULL, &root->rb_node, true };

	for (int side; *path.link; __rb_turn(&path, side > 0))
		if (!(side = order(entry, *path.link)))
			return *path.link;
	rb_link_node(entry, path.parent, path.link);
	rb_insert_color(entry, root);
	return NULL;
}

static __always_inline struct rb_node *rb_find(const void *key, const struct rb_root *root, __rb_order_of_key order)
{
	struct rb_node *at = root->rb_node;

	for (int side; at && (side = order(key, at)) != 0;)
		at = side > 0 ? at->rb_right : at->rb_left;
	return at;
}

#define rbtree_postorder_for_each_entry_safe(pos, n, root, field)                                                      \
	for (pos = rb_entry_safe(rb_first_postorder(root), __typeof__(*pos), field); pos && ({                         \
		     n = rb_entry_safe(rb_next_postorder(&pos->field), __typeof__(*pos), field);                       \
		     1;                                                                                                \
	     });                                                                                                       \
	     pos = n)

#ifndef __cplusplus
/* The first in order of those that are equal to the key. */
static __always_inline struct rb_node *rb_find_first(const void *key, const struct rb_root *tree,
						     __rb_order_of_key order)
{
	struct rb_node *const *link = &tree->rb_node;
	struct rb_node *first = NULL;

	for (int side; *link; link = side > 0 ? &(*link)->rb_right : &(*link)->rb_left)
		if (!(side = order(key, *link)))
			first = *link;
	return first;
}

static __always_inline struct rb_node *rb_next_match(const void *key, struct rb_node *one, __rb_order_of_key order)
{
	struct rb_node *const next = rb_next(one);

	return next && order(key, next) ? NULL : next;
}

#define rb_for_each(node, key, tree, cmp) \
	for ((node) = rb_find_first((key), (tree), (cmp)); (node); (node) = rb_next_match((key), (node), (cmp)))
#endif

#endif
