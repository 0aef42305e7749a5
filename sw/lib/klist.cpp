// SPDX-License-Identifier: Apache-2.0
// An entry is linked while its count is not 0. The list's own count goes with klist_del().
#include <linux/klist.h>

#include <linux/export.h>
#include <linux/wait_bit.h>

#include "lib/guard.h"

namespace {

constexpr unsigned long deleted = 1;

using owner_call = void(klist_node *); // takes or gives up a reference to what an entry belongs to

klist *list_of(const klist_node *n) {
    return reinterpret_cast<klist *>(reinterpret_cast<unsigned long>(n->n_klist) & ~deleted);
}

bool is_deleted(const klist_node *n) {
    return reinterpret_cast<unsigned long>(n->n_klist) & deleted;
}

void begin(klist_node *n, klist *k) {
    INIT_LIST_HEAD(&n->n_node);
    kref_init(&n->n_ref);
    n->n_klist = k;
    if (k->get)
        k->get(n);
}

// k_lock is held: out of the list, when the last one lets go.
void unlink(kref *ref) {
    klist_node *n = container_of(ref, klist_node, n_ref);
    list_del(&n->n_node);
    n->n_klist = nullptr;
    wake_up_var(&n->n_klist);
}

// Gives up a reference; `kill`: the list's own. The owner hears of the end without the lock.
void let_go(klist_node *n, bool kill) {
    klist *const k = list_of(n);
    bool last;
    {
        hold l(k->k_lock);
        if (kill) {
            WARN_ON(is_deleted(n));
            n->n_klist = reinterpret_cast<void *>(reinterpret_cast<unsigned long>(k) | deleted);
        }
        last = kref_put(&n->n_ref, unlink);
    }
    if (last && k->put)
        k->put(n);
}

klist_node *entry_of(list_head *link) {
    return container_of(link, klist_node, n_node);
}

// From where the walker stands to the next living entry in one direction, which `step` goes.
template <typename Step>
klist_node *walk(klist_iter *i, Step step) {
    klist *const k = i->i_klist;
    klist_node *const from = i->i_cur;
    {
        hold_irqsave l(k->k_lock);
        list_head *at = step(from ? &from->n_node : &k->k_list);
        while (at != &k->k_list && is_deleted(entry_of(at)))
            at = step(at);
        i->i_cur = at == &k->k_list ? nullptr : entry_of(at);
        if (i->i_cur)
            kref_get(&i->i_cur->n_ref);
    }
    if (from)
        let_go(from, false);
    return i->i_cur;
}

} // namespace

// Empty, as KLIST_INIT() has it; only the lock's class is that of this place.
void klist_init(struct klist *k, owner_call *get, owner_call *put) {
    *k = klist KLIST_INIT((*k), get, put);
    spin_lock_init(&k->k_lock);
}
EXPORT_SYMBOL_GPL(klist_init);

void klist_add_tail(struct klist_node *n, struct klist *k) {
    begin(n, k);
    hold l(k->k_lock);
    list_add_tail(&n->n_node, &k->k_list);
}
EXPORT_SYMBOL_GPL(klist_add_tail);

void klist_add_head(struct klist_node *n, struct klist *k) {
    begin(n, k);
    hold l(k->k_lock);
    list_add(&n->n_node, &k->k_list);
}
EXPORT_SYMBOL_GPL(klist_add_head);

void klist_add_behind(struct klist_node *n, struct klist_node *pos) {
    klist *const k = list_of(pos);
    begin(n, k);
    hold l(k->k_lock);
    list_add(&n->n_node, &pos->n_node);
}
EXPORT_SYMBOL_GPL(klist_add_behind);

void klist_add_before(struct klist_node *n, struct klist_node *pos) {
    klist *const k = list_of(pos);
    begin(n, k);
    hold l(k->k_lock);
    list_add_tail(&n->n_node, &pos->n_node);
}
EXPORT_SYMBOL_GPL(klist_add_before);

void klist_del(struct klist_node *n) {
    let_go(n, true);
}
EXPORT_SYMBOL_GPL(klist_del);

void klist_remove(struct klist_node *n) {
    klist_del(n);
    wait_var_event(&n->n_klist, !READ_ONCE(n->n_klist));
}
EXPORT_SYMBOL_GPL(klist_remove);

int klist_node_attached(struct klist_node *n) {
    return n->n_klist != nullptr;
}
EXPORT_SYMBOL_GPL(klist_node_attached);

void klist_iter_init(struct klist *k, struct klist_iter *i) {
    klist_iter_init_node(k, i, nullptr);
}
EXPORT_SYMBOL_GPL(klist_iter_init);

void klist_iter_init_node(struct klist *k, struct klist_iter *i, struct klist_node *n) {
    *i = {k, n && kref_get_unless_zero(&n->n_ref) ? n : nullptr};
}
EXPORT_SYMBOL_GPL(klist_iter_init_node);

void klist_iter_exit(struct klist_iter *i) {
    if (i->i_cur)
        let_go(i->i_cur, false);
    i->i_cur = nullptr;
}
EXPORT_SYMBOL_GPL(klist_iter_exit);

struct klist_node *klist_next(struct klist_iter *i) {
    return walk(i, [](list_head *at) { return at->next; });
}
EXPORT_SYMBOL_GPL(klist_next);

struct klist_node *klist_prev(struct klist_iter *i) {
    return walk(i, [](list_head *at) { return at->prev; });
}
EXPORT_SYMBOL_GPL(klist_prev);
