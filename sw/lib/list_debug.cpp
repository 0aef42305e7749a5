// SPDX-License-Identifier: Apache-2.0
// The reports of CONFIG_DEBUG_LIST; the comparisons are in linux/list.h.
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/list.h>

#include "kernel/oops.h"

void __list_add_corruption(struct list_head *new_entry, struct list_head *prev, struct list_head *next) {
    const auto broken = [](const char *link, const char *wanted, const list_head *want, const list_head *is,
                           const char *of, const list_head *owner) {
        WARN(defect_is(FINDING_list), "list_add corruption. %s should be %s (%px), but was %px. (%s=%px).\n", link,
             wanted, want, is, of, owner);
    };

    if (const list_head *back = next->prev; back != prev)
        broken("next->prev", "prev", prev, back, "next", next);
    else if (const list_head *forth = prev->next; forth != next)
        broken("prev->next", "next", next, forth, "prev", prev);
    else
        WARN(defect_is(FINDING_list), "list_add double add: new=%px, prev=%px, next=%px.\n", new_entry, prev, next);
}
EXPORT_SYMBOL(__list_add_corruption);

void __list_del_corruption(struct list_head *entry) {
    if (entry->next == LIST_POISON1)
        WARN(defect_is(FINDING_list), "list_del corruption, %px->next is LIST_POISON1 (%px)\n", entry, LIST_POISON1);
    else if (entry->prev == LIST_POISON2)
        WARN(defect_is(FINDING_list), "list_del corruption, %px->prev is LIST_POISON2 (%px)\n", entry, LIST_POISON2);
    else if (entry->prev->next != entry)
        WARN(defect_is(FINDING_list), "list_del corruption. prev->next should be %px, but was %px. (prev=%px)\n", entry,
             entry->prev->next, entry->prev);
    else
        WARN(defect_is(FINDING_list), "list_del corruption. next->prev should be %px, but was %px. (next=%px)\n", entry,
             entry->next->prev, entry->next);
}
EXPORT_SYMBOL(__list_del_corruption);
