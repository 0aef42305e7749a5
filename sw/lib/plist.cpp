// SPDX-License-Identifier: Apache-2.0
// Lists by priority (Linux: lib/plist.c). node_list is the list. Those nodes that are the first of their priority are
// on a ring as well, prio_list, on which a place is found in one step a priority.
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/plist.h>

namespace {

// With others: a ring of one looks as no ring does, and needs no care either.
bool on_ring(const plist_node &node) {
    return !list_empty(&node.prio_list);
}

plist_node &next_leader(plist_node &leader) {
    return *list_entry(leader.prio_list.next, plist_node, prio_list);
}

// The first node behind all whose priority is `prio` or better; null: that is the end of the list.
plist_node *first_worse(plist_head &head, int prio) {
    plist_node &best = *plist_first(&head);

    if (prio < best.prio)
        return &best;
    for (plist_node *at = &next_leader(best); at != &best; at = &next_leader(*at))
        if (prio < at->prio)
            return at;
    return nullptr;
}

// Its place on the ring, to the next one of the same priority.
void pass_on(plist_node &leader, plist_node &next) {
    if (next.prio == leader.prio)
        list_replace_init(&leader.prio_list, &next.prio_list);
}

} // namespace

void plist_add(struct plist_node *node, struct plist_head *head) {
    WARN_ON(!plist_node_empty(node) || on_ring(*node));
    if (plist_head_empty(head)) {
        list_add(&node->node_list, &head->node_list);
        return; // a ring of one
    }
    plist_node *behind = first_worse(*head, node->prio);
    plist_node &first = *plist_first(head);
    list_head *place = behind ? &behind->node_list : &head->node_list;

    list_add_tail(&node->node_list, place);
    // The node in front has the same priority, or this node is the first that has it.
    const bool follows = node->node_list.prev != &head->node_list && plist_prev(node)->prio == node->prio;
    if (!follows)
        list_add_tail(&node->prio_list, behind ? &behind->prio_list : &first.prio_list);
}

void plist_del(struct plist_node *node, struct plist_head *head) {
    const list_head *behind = node->node_list.next;
    list_head *const links[] = {&node->prio_list, &node->node_list};

    if (on_ring(*node) && behind != &head->node_list)
        pass_on(*node, *plist_next(node));
    for (list_head *link : links)
        list_del_init(link);
}

void plist_requeue(struct plist_node *node, struct plist_head *head) {
    plist_del(node, head);
    plist_add(node, head);
}
