// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/llist.h>

struct llist_node *llist_del_first(struct llist_head *head) {
    llist_node *top = smp_load_acquire(&head->first);

    while (top && !try_cmpxchg(&head->first, &top, READ_ONCE(top->next)))
        ;
    return top;
}
EXPORT_SYMBOL_GPL(llist_del_first);

struct llist_node *llist_reverse_order(struct llist_node *head) {
    struct llist_node *reversed = NULL;

    while (head) {
        struct llist_node *next = head->next;

        head->next = reversed;
        reversed = head;
        head = next;
    }
    return reversed;
}
EXPORT_SYMBOL_GPL(llist_reverse_order);
