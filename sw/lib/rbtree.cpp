// SPDX-License-Identifier: Apache-2.0
// Red-black trees after Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", with null leaves.
#include <linux/export.h>
#include <linux/rbtree.h>

namespace {

constexpr unsigned long black = 1;

bool is_red(const rb_node *n) {
    return n && !(n->__rb_parent_color & black);
}

void set_parent(rb_node *n, rb_node *parent) {
    n->__rb_parent_color = reinterpret_cast<unsigned long>(parent) | (n->__rb_parent_color & black);
}

void set_red(rb_node *n) {
    n->__rb_parent_color &= ~black;
}

void set_black(rb_node *n) {
    n->__rb_parent_color |= black;
}

// Puts `child` where `old` hangs below `parent`.
void replace_child(rb_root *root, rb_node *parent, rb_node *old, rb_node *child) {
    if (!parent)
        root->rb_node = child;
    else if (parent->rb_left == old)
        parent->rb_left = child;
    else
        parent->rb_right = child;
}

// What is told of each rotation: who was above, and who is now. Trees that keep something of their subtrees listen.
struct nothing {
    void operator()(rb_node *, rb_node *) const {}
};

// The child on one side takes the place of n, which becomes its child on the other side.
template <typename Told>
void rotate(rb_root *root, rb_node *n, rb_node *rb_node::*from, rb_node *rb_node::*to, Told told) {
    rb_node *up = n->*from, *parent = rb_parent(n);

    n->*from = up->*to;
    if (up->*to)
        set_parent(up->*to, n);
    replace_child(root, parent, n, up);
    set_parent(up, parent);
    up->*to = n;
    set_parent(n, up);
    told(n, up);
}

// The subtree at `n` (perhaps empty) below `parent` has one black node too few on each path.
template <typename Told>
void fix_erase(rb_root *root, rb_node *n, rb_node *parent, Told told) {
    while (parent && !is_red(n)) {
        bool n_is_left = parent->rb_left == n;
        rb_node *rb_node::*near = n_is_left ? &rb_node::rb_left : &rb_node::rb_right;
        rb_node *rb_node::*far = n_is_left ? &rb_node::rb_right : &rb_node::rb_left;
        rb_node *sibling = parent->*far;

        if (is_red(sibling)) {
            set_black(sibling);
            set_red(parent);
            rotate(root, parent, far, near, told);
            sibling = parent->*far;
        }
        if (!is_red(sibling->*near) && !is_red(sibling->*far)) {
            set_red(sibling);
            n = parent;
            parent = rb_parent(n);
            continue;
        }
        if (!is_red(sibling->*far)) {
            set_black(sibling->*near);
            set_red(sibling);
            rotate(root, sibling, near, far, told);
            sibling = parent->*far;
        }
        if (is_red(parent))
            set_red(sibling);
        else
            set_black(sibling);
        set_black(parent);
        set_black(sibling->*far);
        rotate(root, parent, far, near, told);
        return;
    }
    if (n)
        set_black(n);
}

rb_node *outermost(const rb_node *n, rb_node *rb_node::*side) {
    if (!n)
        return NULL;
    while (n->*side)
        n = n->*side;
    return const_cast<rb_node *>(n);
}

rb_node *neighbour(const rb_node *n, rb_node *rb_node::*towards, rb_node *rb_node::*away) {
    if (RB_EMPTY_NODE(n))
        return NULL;
    if (n->*towards)
        return outermost(n->*towards, away);
    rb_node *parent;
    while ((parent = rb_parent(n)) && parent->*towards == n)
        n = parent;
    return parent;
}

rb_node *deepest_left(rb_node *n) {
    while (rb_node *child = n->rb_left ? n->rb_left : n->rb_right)
        n = child;
    return n;
}

// A new red leaf may have a red parent.
template <typename Told>
void fix_insert(rb_node *n, rb_root *root, Told told) {
    rb_node *parent;

    while (is_red(parent = rb_parent(n))) {
        rb_node *grandparent = rb_parent(parent);
        bool left = parent == grandparent->rb_left;
        rb_node *rb_node::*outer = left ? &rb_node::rb_left : &rb_node::rb_right;
        rb_node *rb_node::*inner = left ? &rb_node::rb_right : &rb_node::rb_left;
        rb_node *uncle = grandparent->*inner;

        if (is_red(uncle)) {
            set_black(parent);
            set_black(uncle);
            set_red(grandparent);
            n = grandparent;
            continue;
        }
        if (n == parent->*inner) {
            rotate(root, parent, inner, outer, told);
            parent = n;
        }
        set_black(parent);
        set_red(grandparent);
        rotate(root, grandparent, outer, inner, told);
        break;
    }
    set_black(root->rb_node);
}

} // namespace

void rb_insert_color(struct rb_node *n, struct rb_root *root) {
    fix_insert(n, root, nothing());
}
EXPORT_SYMBOL(rb_insert_color);

void rb_erase(struct rb_node *node, struct rb_root *root) {
    rb_node *child, *parent;
    bool was_black;

    if (node->rb_left && node->rb_right) {
        // The successor, which has no left child, leaves its place and takes the node's.
        rb_node *successor = outermost(node->rb_right, &rb_node::rb_left);

        child = successor->rb_right;
        parent = rb_parent(successor);
        was_black = !is_red(successor);
        if (parent == node)
            parent = successor;
        else {
            if (child)
                set_parent(child, parent);
            parent->rb_left = child;
            successor->rb_right = node->rb_right;
            set_parent(node->rb_right, successor);
        }
        replace_child(root, rb_parent(node), node, successor);
        successor->__rb_parent_color = node->__rb_parent_color;
        successor->rb_left = node->rb_left;
        set_parent(node->rb_left, successor);
    } else {
        child = node->rb_left ? node->rb_left : node->rb_right;
        parent = rb_parent(node);
        was_black = !is_red(node);
        if (child)
            set_parent(child, parent);
        replace_child(root, parent, node, child);
    }
    if (was_black)
        fix_erase(root, child, parent, nothing());
}
EXPORT_SYMBOL(rb_erase);

struct rb_node *rb_first(const struct rb_root *root) {
    return outermost(root->rb_node, &rb_node::rb_left);
}
EXPORT_SYMBOL(rb_first);

struct rb_node *rb_last(const struct rb_root *root) {
    return outermost(root->rb_node, &rb_node::rb_right);
}
EXPORT_SYMBOL(rb_last);

struct rb_node *rb_next(const struct rb_node *node) {
    return neighbour(node, &rb_node::rb_right, &rb_node::rb_left);
}
EXPORT_SYMBOL(rb_next);

struct rb_node *rb_prev(const struct rb_node *node) {
    return neighbour(node, &rb_node::rb_left, &rb_node::rb_right);
}
EXPORT_SYMBOL(rb_prev);

struct rb_node *rb_first_postorder(const struct rb_root *root) {
    return root->rb_node ? deepest_left(root->rb_node) : NULL;
}
EXPORT_SYMBOL(rb_first_postorder);

struct rb_node *rb_next_postorder(const struct rb_node *node) {
    rb_node *parent = node ? rb_parent(node) : nullptr;
    // Behind a left child comes what is below its sibling, behind a right one their parent.
    const bool sibling_next = parent && parent->rb_left == node && parent->rb_right;

    return sibling_next ? deepest_left(parent->rb_right) : parent;
}
EXPORT_SYMBOL(rb_next_postorder);

void rb_replace_node(struct rb_node *victim, struct rb_node *replacement, struct rb_root *root) {
    replace_child(root, rb_parent(victim), victim, replacement);
    rb_node *const children[] = {victim->rb_left, victim->rb_right};
    for (rb_node *child : children)
        if (child)
            set_parent(child, replacement);
    *replacement = *victim;
}
EXPORT_SYMBOL(rb_replace_node);

// For Linux's rbtree_augmented.h, whose inline functions do the rest.
extern "C" {
void __rb_insert_augmented(rb_node *node, rb_root *root, void (*augment_rotate)(rb_node *was, rb_node *is)) {
    fix_insert(node, root, augment_rotate);
}
EXPORT_SYMBOL(__rb_insert_augmented);

void __rb_erase_color(rb_node *parent, rb_root *root, void (*augment_rotate)(rb_node *was, rb_node *is)) {
    fix_erase(root, static_cast<rb_node *>(nullptr), parent, augment_rotate);
}
EXPORT_SYMBOL(__rb_erase_color);
}
