// SPDX-License-Identifier: Apache-2.0
// A tree of expiries (Linux: lib/timerqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/timerqueue.h>

bool timerqueue_add(struct timerqueue_head *head, struct timerqueue_node *node) {
    WARN_ON_ONCE(!RB_EMPTY_NODE(&node->node));

    rb_node **link = &head->rb_root.rb_root.rb_node;
    rb_node *parent = nullptr;
    bool leftmost = true;
    while (*link) {
        parent = *link;
        if (node->expires < rb_entry(parent, struct timerqueue_node, node)->expires) {
            link = &parent->rb_left;
        } else {
            link = &parent->rb_right;
            leftmost = false;
        }
    }
    rb_link_node(&node->node, parent, link);
    rb_insert_color_cached(&node->node, &head->rb_root, leftmost);
    return leftmost;
}
EXPORT_SYMBOL_GPL(timerqueue_add);

static void take_out(rb_root_cached &queue, rb_node *node) {
    WARN_ON_ONCE(RB_EMPTY_NODE(node));
    rb_erase_cached(node, &queue);
    RB_CLEAR_NODE(node);
}

bool timerqueue_del(struct timerqueue_head *head, struct timerqueue_node *node) {
    take_out(head->rb_root, &node->node);
    return rb_first_cached(&head->rb_root);
}
EXPORT_SYMBOL_GPL(timerqueue_del);

struct timerqueue_node *timerqueue_iterate_next(struct timerqueue_node *node) {
    rb_node *next = node ? rb_next(&node->node) : nullptr;
    return next ? rb_entry(next, struct timerqueue_node, node) : nullptr;
}
EXPORT_SYMBOL_GPL(timerqueue_iterate_next);
