// SPDX-License-Identifier: Apache-2.0
//
// Notifier chains. Readers of atomic chains walk without a lock, so an entry is linked in by one store and its memory
// must stay for a grace period.
#include <linux/notifier.h>

#include <linux/export.h>
#include <linux/rcupdate.h>

#include "lib/guard.h"

namespace {

// What all kinds of chains have in common. `link` is a pointer to the place that names the next block.
class chain {
public:
    explicit chain(notifier_block *&head)
        : head_(&head) {}

    int add(notifier_block &block) {
        if (*place_of(block))
            return -EEXIST;
        notifier_block **link = find([&](const notifier_block &other) { return other.priority < block.priority; });
        block.next = *link;
        rcu_assign_pointer(*link, &block);
        return 0;
    }
    int remove(notifier_block &block) {
        notifier_block **link = place_of(block);
        if (!*link)
            return -ENOENT;
        rcu_assign_pointer(*link, block.next);
        return 0;
    }
    // The answer of the last one that was asked. A block may remove itself meanwhile.
    int call(unsigned long action, void *data) const {
        int answer = NOTIFY_DONE;
        for (notifier_block *block = READ_ONCE(*head_), *next; block && !(answer & NOTIFY_STOP_MASK); block = next) {
            next = READ_ONCE(block->next);
            answer = block->notifier_call(block, action, data);
        }
        return answer;
    }

private:
    // The first link to a block that `wanted` accepts, or the last one, which is null.
    template <typename Wanted>
    notifier_block **find(Wanted wanted) const {
        notifier_block **link = head_;
        while (*link && !wanted(**link))
            link = &(*link)->next;
        return link;
    }
    notifier_block **place_of(const notifier_block &block) const {
        return find([&](const notifier_block &other) { return &other == &block; });
    }
    notifier_block **head_;
};

} // namespace

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb) {
    const hold_irqsave l(nh->lock);
    return chain(nh->head).add(*nb);
}

// Once this returns, nobody calls the block any more.
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb) {
    int error;
    {
        const hold_irqsave l(nh->lock);
        error = chain(nh->head).remove(*nb);
    }
    synchronize_rcu();
    return error;
}

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v) {
    const rcu_section reading;
    return chain(nh->head).call(val, v);
}

int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb) {
    const hold_write l(nh->rwsem);
    return chain(nh->head).add(*nb);
}

int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb) {
    const hold_write l(nh->rwsem);
    return chain(nh->head).remove(*nb);
}

// An empty chain may be called where sleeping is not allowed.
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v) {
    if (!READ_ONCE(nh->head))
        return NOTIFY_DONE;
    const hold_read l(nh->rwsem);
    return chain(nh->head).call(val, v);
}

int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb) {
    return chain(nh->head).add(*nb);
}

int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb) {
    return chain(nh->head).remove(*nb);
}

int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v) {
    return chain(nh->head).call(val, v);
}

EXPORT_SYMBOL_GPL(atomic_notifier_chain_register);
EXPORT_SYMBOL_GPL(atomic_notifier_chain_unregister);
EXPORT_SYMBOL_GPL(atomic_notifier_call_chain);
EXPORT_SYMBOL_GPL(blocking_notifier_chain_register);
EXPORT_SYMBOL_GPL(blocking_notifier_chain_unregister);
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain);
EXPORT_SYMBOL_GPL(raw_notifier_chain_register);
EXPORT_SYMBOL_GPL(raw_notifier_chain_unregister);
EXPORT_SYMBOL_GPL(raw_notifier_call_chain);
