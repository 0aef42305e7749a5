// SPDX-License-Identifier: Apache-2.0
//
// Notifier chains. Readers of atomic chains walk without a lock, so an entry is linked in by one store and its memory
// must stay for a grace period.
#include <linux/notifier.h>

#include <linux/export.h>
#include <linux/rcupdate.h>

static int chain_register(struct notifier_block **nl, struct notifier_block *n) {
    for (struct notifier_block *other = *nl; other; other = other->next) {
        if (other == n)
            return -EEXIST;
    }
    while (*nl && (*nl)->priority >= n->priority)
        nl = &(*nl)->next;
    n->next = *nl;
    rcu_assign_pointer(*nl, n);
    return 0;
}

static int chain_unregister(struct notifier_block **nl, struct notifier_block *n) {
    for (; *nl; nl = &(*nl)->next) {
        if (*nl == n) {
            rcu_assign_pointer(*nl, n->next);
            return 0;
        }
    }
    return -ENOENT;
}

static int call_chain(struct notifier_block **nl, unsigned long val, void *v) {
    int result = NOTIFY_DONE;
    for (struct notifier_block *nb = READ_ONCE(*nl); nb;) {
        struct notifier_block *next = READ_ONCE(nb->next); // nb may remove itself
        result = nb->notifier_call(nb, val, v);
        if (result & NOTIFY_STOP_MASK)
            break;
        nb = next;
    }
    return result;
}

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb) {
    unsigned long flags;
    spin_lock_irqsave(&nh->lock, flags);
    int error = chain_register(&nh->head, nb);
    spin_unlock_irqrestore(&nh->lock, flags);
    return error;
}

int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb) {
    unsigned long flags;
    spin_lock_irqsave(&nh->lock, flags);
    int error = chain_unregister(&nh->head, nb);
    spin_unlock_irqrestore(&nh->lock, flags);
    synchronize_rcu();
    return error;
}

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v) {
    rcu_read_lock();
    int result = call_chain(&nh->head, val, v);
    rcu_read_unlock();
    return result;
}

int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb) {
    down_write(&nh->rwsem);
    int error = chain_register(&nh->head, nb);
    up_write(&nh->rwsem);
    return error;
}

int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb) {
    down_write(&nh->rwsem);
    int error = chain_unregister(&nh->head, nb);
    up_write(&nh->rwsem);
    return error;
}

int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v) {
    if (!READ_ONCE(nh->head))
        return NOTIFY_DONE;
    down_read(&nh->rwsem);
    int result = call_chain(&nh->head, val, v);
    up_read(&nh->rwsem);
    return result;
}

int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb) {
    return chain_register(&nh->head, nb);
}

int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb) {
    return chain_unregister(&nh->head, nb);
}

int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v) {
    return call_chain(&nh->head, val, v);
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
