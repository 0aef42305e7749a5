// SPDX-License-Identifier: Apache-2.0
//
// Notifier chains. Readers of atomic chains walk without a lock, so an entry is linked in by one store and its memory
// must stay for a grace period.
#include <linux/module.h>
#include <linux/notifier.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/rcupdate.h>

#include "kernel/module/owned.h"
#include "lib/guard.h"

namespace {

// A block belongs to the module that its function is in.
const owned_kind owned_block = {"notifier %s still registered", [](const void *object, char *buf, size_t size) {
                                    const auto *block = static_cast<const notifier_block *>(object);
                                    scnprintf(buf, size, "%ps", reinterpret_cast<const void *>(block->notifier_call));
                                    return static_cast<const char *>(buf);
                                }};

// The name by which reports know it.
noinline void notifier_chain_register(const notifier_block &block) {
    WARN(1, "notifier callback %ps already registered", reinterpret_cast<void *>(block.notifier_call));
}

// What all kinds of chains have in common. `link` is a pointer to the place that names the next block.
class chain {
public:
    explicit chain(notifier_block *&head)
        : head_(&head) {}

    // Behind those of its priority; alone: there must be none.
    int add(notifier_block &block, bool alone = false) {
        if (*place_of(block)) {
            notifier_chain_register(block);
            return -EEXIST;
        }
        notifier_block **link = find([&](const notifier_block &other) { return other.priority < block.priority; });
        if (alone && *find([&](const notifier_block &other) { return other.priority <= block.priority; }) != *link)
            return -EBUSY;
        block.next = *link;
        rcu_assign_pointer(*link, &block);
        const auto code = reinterpret_cast<unsigned long>(block.notifier_call);
        // A module's own chain goes with the module: nothing of it is left.
        if (module *owner = __module_address(code);
            !owner || owner != __module_address(reinterpret_cast<unsigned long>(head_)))
            owned_note_by_code(owned_block, &block, reinterpret_cast<const void *>(block.notifier_call));
        return 0;
    }
    int remove(notifier_block &block) {
        notifier_block **link = place_of(block);
        if (!*link)
            return -ENOENT;
        rcu_assign_pointer(*link, block.next);
        owned_strike(&block);
        return 0;
    }
    // The answer of the last one that was asked: all are, unless one stops it. A block may remove itself meanwhile.
    int call(unsigned long action, void *data) const { return ask(action, data, INT_MAX).last; }
    // If one stops it, those before it are told to take back what they did.
    int call_robust(unsigned long action, unsigned long undo, void *data) const {
        const answers given = ask(action, data, INT_MAX);
        if (given.last & NOTIFY_STOP_MASK)
            ask(undo, data, given.count - 1);
        return given.last;
    }

private:
    struct answers {
        int last = NOTIFY_DONE;
        int count = 0;
    };
    answers ask(unsigned long action, void *data, int most) const {
        answers given;
        notifier_block *block = READ_ONCE(*head_);
        while (block && given.count < most && !(given.last & NOTIFY_STOP_MASK)) {
            notifier_block *next = READ_ONCE(block->next);
            given.last = block->notifier_call(block, action, data);
            given.count++;
            block = next;
        }
        return given;
    }
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

// A reader's section of one SRCU domain; it may sleep.
class srcu_section {
public:
    explicit srcu_section(srcu_struct &domain)
        : domain_(domain)
        , index_(srcu_read_lock(&domain)) {}
    ~srcu_section() { srcu_read_unlock(&domain_, index_); }
    srcu_section(const srcu_section &) = delete;
    srcu_section &operator=(const srcu_section &) = delete;

private:
    srcu_struct &domain_;
    const int index_;
};

} // namespace

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb) {
    const hold_irqsave l(nh->lock);
    return chain(nh->head).add(*nb);
}

int atomic_notifier_chain_register_unique_prio(struct atomic_notifier_head *nh, struct notifier_block *nb) {
    const hold_irqsave l(nh->lock);
    return chain(nh->head).add(*nb, true);
}

// Once this returns, nothing calls the block any more.
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

int blocking_notifier_chain_register_unique_prio(struct blocking_notifier_head *nh, struct notifier_block *nb) {
    const hold_write l(nh->rwsem);
    return chain(nh->head).add(*nb, true);
}

int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb) {
    const hold_write l(nh->rwsem);
    return chain(nh->head).remove(*nb);
}

// An empty chain may be called where sleeping is not allowed.
template <typename Walk>
static int with_readers(blocking_notifier_head &head, Walk walk) {
    if (!READ_ONCE(head.head))
        return NOTIFY_DONE;
    const hold_read l(head.rwsem);
    return walk(chain(head.head));
}

int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v) {
    return with_readers(*nh, [=](auto called) { return called.call(val, v); });
}

int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh, unsigned long up, unsigned long down,
                                        void *v) {
    return with_readers(*nh, [=](auto called) { return called.call_robust(up, down, v); });
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

int raw_notifier_call_chain_robust(struct raw_notifier_head *nh, unsigned long val_up, unsigned long val_down,
                                   void *v) {
    return chain(nh->head).call_robust(val_up, val_down, v);
}

void srcu_init_notifier_head(struct srcu_notifier_head *nh) {
    mutex_init(&nh->mutex);
    if (init_srcu_struct(&nh->srcu) < 0)
        BUG();
    nh->head = nullptr;
}
EXPORT_SYMBOL_GPL(srcu_init_notifier_head);

int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb) {
    const hold l(nh->mutex);
    return chain(nh->head).add(*nb);
}
EXPORT_SYMBOL_GPL(srcu_notifier_chain_register);

int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *nb) {
    int error;
    {
        const hold l(nh->mutex);
        error = chain(nh->head).remove(*nb);
    }
    synchronize_srcu(&nh->srcu);
    return error;
}
EXPORT_SYMBOL_GPL(srcu_notifier_chain_unregister);

int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v) {
    const srcu_section reading(nh->srcu);
    return chain(nh->head).call(val, v);
}
EXPORT_SYMBOL_GPL(srcu_notifier_call_chain);

EXPORT_SYMBOL_GPL(atomic_notifier_chain_register);
EXPORT_SYMBOL_GPL(atomic_notifier_chain_register_unique_prio);
EXPORT_SYMBOL_GPL(blocking_notifier_chain_register_unique_prio);
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain_robust);
EXPORT_SYMBOL_GPL(raw_notifier_call_chain_robust);
EXPORT_SYMBOL_GPL(atomic_notifier_chain_unregister);
EXPORT_SYMBOL_GPL(atomic_notifier_call_chain);
EXPORT_SYMBOL_GPL(blocking_notifier_chain_register);
EXPORT_SYMBOL_GPL(blocking_notifier_chain_unregister);
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain);
EXPORT_SYMBOL_GPL(raw_notifier_chain_register);
EXPORT_SYMBOL_GPL(raw_notifier_chain_unregister);
EXPORT_SYMBOL_GPL(raw_notifier_call_chain);
