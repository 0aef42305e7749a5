// SPDX-License-Identifier: Apache-2.0
// node_list holds all nodes in order; prio_list the first node of each priority, so that adding costs one step a
// priority.
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/plist.h>

void plist_add(struct plist_node *node, struct plist_head *head) {
    struct plist_node *first, *iter, *same = NULL;
    struct list_head *before = &head->node_list;

    WARN_ON(!plist_node_empty(node));
    WARN_ON(!list_empty(&node->prio_list));
    if (!plist_head_empty(head)) {
        first = iter = plist_first(head);
        do {
            if (node->prio < iter->prio) {
                before = &iter->node_list;
                break;
            }
            same = iter;
            iter = list_entry(iter->prio_list.next, struct plist_node, prio_list);
        } while (iter != first);
        if (!same || same->prio != node->prio)
            list_add_tail(&node->prio_list, &iter->prio_list);
    }
    list_add_tail(&node->node_list, before);
}
EXPORT_SYMBOL_GPL(plist_add);

void plist_del(struct plist_node *node, struct plist_head *head) {
    if (!list_empty(&node->prio_list)) {
        if (node->node_list.next != &head->node_list) {
            struct plist_node *next = list_entry(node->node_list.next, struct plist_node, node_list);

            // The next one of the same priority takes over as its first.
            if (list_empty(&next->prio_list))
                list_add(&next->prio_list, &node->prio_list);
        }
        list_del_init(&node->prio_list);
    }
    list_del_init(&node->node_list);
}
EXPORT_SYMBOL_GPL(plist_del);

void plist_requeue(struct plist_node *node, struct plist_head *head) {
    plist_del(node, head);
    plist_add(node, head);
}
