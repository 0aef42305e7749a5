// SPDX-License-Identifier: Apache-2.0
// A radix tree with 64 slots a node. Writers hold xa_lock; readers walk it under RCU, for a node is published when it
// is complete and freed a grace period after it was taken out. The root covers all indices up to the highest in use.
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/xarray.h>

struct xa_node {
    unsigned int shift; // of the index bits that select a slot here; 0 in a leaf
    unsigned int count; // slots in use
    unsigned long marks[XA_MAX_MARKS];
    void *slots[XA_CHUNK_SIZE];
    struct rcu_head rcu;
};

namespace {

constexpr unsigned int max_depth = 11;

void *error_entry(int error) {
    return reinterpret_cast<void *>((static_cast<long>(error) << 2) | 2);
}

void *visible(void *entry) {
    return entry == XA_ZERO_ENTRY ? NULL : entry;
}

unsigned long highest(const xa_node *node) {
    unsigned int bits = node->shift + XA_CHUNK_SHIFT;

    return bits >= BITS_PER_LONG ? ~0UL : (1UL << bits) - 1;
}

unsigned int slot_of(const xa_node *node, unsigned long index) {
    return (index >> node->shift) & XA_CHUNK_MASK;
}

xa_node *child(const xa_node *node, unsigned int slot) {
    return static_cast<xa_node *>(READ_ONCE(node->slots[slot]));
}

// The first index of the next block as large as what one node covers; 0 when there is none.
unsigned long next_block(const xa_node *node, unsigned long index) {
    return node->shift + XA_CHUNK_SHIFT >= BITS_PER_LONG ? 0 : (index | highest(node)) + 1;
}

// xa_lock is held: allocating must not sleep, regardless of what the caller allows for the whole.
xa_node *allocate_node(unsigned int shift) {
    xa_node *node = static_cast<xa_node *>(kzalloc(sizeof(xa_node), GFP_NOWAIT));

    if (node)
        node->shift = shift;
    return node;
}

void free_node_rcu(struct rcu_head *head) {
    kfree(container_of(head, xa_node, rcu));
}

// The way from the root to the leaf of an index.
struct path {
    xa_node *node[max_depth];
    int depth = 0; // 0: no leaf there
};

path find_path(const struct xarray *xa, unsigned long index) {
    path p;
    xa_node *node = xa->root;

    if (!node || index > highest(node))
        return p;
    for (;;) {
        p.node[p.depth++] = node;
        if (!node->shift)
            return p;
        node = child(node, slot_of(node, index));
        if (!node) {
            p.depth = 0;
            return p;
        }
    }
}

// Makes the tree reach `index`; NULL without memory.
xa_node *make_leaf(struct xarray *xa, unsigned long index) {
    if (!xa->root) {
        unsigned int shift = 0;

        while (shift + XA_CHUNK_SHIFT < BITS_PER_LONG && index >> (shift + XA_CHUNK_SHIFT))
            shift += XA_CHUNK_SHIFT;
        xa_node *root = allocate_node(shift);
        if (!root)
            return NULL;
        smp_store_release(&xa->root, root);
    }
    while (index > highest(xa->root)) {
        xa_node *root = allocate_node(xa->root->shift + XA_CHUNK_SHIFT);

        if (!root)
            return NULL;
        root->slots[0] = xa->root;
        root->count = 1;
        for (unsigned int mark = 0; mark < XA_MAX_MARKS; mark++)
            root->marks[mark] = xa->root->marks[mark] != 0;
        smp_store_release(&xa->root, root);
    }
    xa_node *node = xa->root;
    while (node->shift) {
        unsigned int slot = slot_of(node, index);
        xa_node *next = child(node, slot);

        if (!next) {
            next = allocate_node(node->shift - XA_CHUNK_SHIFT);
            if (!next)
                return NULL;
            node->count++;
            smp_store_release(&node->slots[slot], static_cast<void *>(next));
        }
        node = next;
    }
    return node;
}

void clear_mark(const path &p, unsigned long index, xa_mark_t mark) {
    for (int level = p.depth; level-- > 0;) {
        __clear_bit(slot_of(p.node[level], index), &p.node[level]->marks[mark]);
        if (p.node[level]->marks[mark])
            return;
    }
}

void *erase(struct xarray *xa, unsigned long index) {
    path p = find_path(xa, index);

    if (!p.depth)
        return NULL;
    xa_node *leaf = p.node[p.depth - 1];
    unsigned int slot = slot_of(leaf, index);
    void *old = leaf->slots[slot];
    if (!old)
        return NULL;
    for (unsigned int mark = 0; mark < XA_MAX_MARKS; mark++)
        clear_mark(p, index, mark);
    WRITE_ONCE(leaf->slots[slot], NULL);
    leaf->count--;
    for (int level = p.depth - 1; !p.node[level]->count; level--) {
        if (level) {
            WRITE_ONCE(p.node[level - 1]->slots[slot_of(p.node[level - 1], index)], NULL);
            p.node[level - 1]->count--;
        } else
            WRITE_ONCE(xa->root, NULL);
        call_rcu(&p.node[level]->rcu, free_node_rcu);
        if (!level)
            break;
    }
    return old;
}

void *store(struct xarray *xa, unsigned long index, void *entry) {
    if (!entry)
        return erase(xa, index);
    xa_node *leaf = make_leaf(xa, index);
    if (!leaf)
        return error_entry(-ENOMEM);
    unsigned int slot = slot_of(leaf, index);
    void *old = leaf->slots[slot];
    if (!old)
        leaf->count++;
    smp_store_release(&leaf->slots[slot], entry);
    return old;
}

// What is stored, reservations included.
void *load_raw(const struct xarray *xa, unsigned long index) {
    const xa_node *node = READ_ONCE(xa->root);

    if (!node || index > highest(node))
        return NULL;
    while (node && node->shift)
        node = child(node, slot_of(node, index));
    return node ? READ_ONCE(node->slots[slot_of(node, index)]) : NULL;
}

// The first entry at or behind *index (up to max).
void *find(const struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter) {
    unsigned long at = *index;

    while (at <= max) {
        const xa_node *node = READ_ONCE(xa->root);

        if (!node || at > highest(node))
            return NULL;
        for (;;) {
            unsigned int first = slot_of(node, at), slot = first;

            while (slot < XA_CHUNK_SIZE && !(filter < XA_MAX_MARKS ? test_bit(slot, &node->marks[filter])
                                                                   : READ_ONCE(node->slots[slot]) != NULL))
                slot++;
            if (slot == XA_CHUNK_SIZE) {
                at = next_block(node, at);
                if (!at)
                    return NULL;
                break;
            }
            if (slot != first)
                at = ((at >> node->shift) + (slot - first)) << node->shift;
            if (at > max)
                return NULL;
            void *entry = READ_ONCE(node->slots[slot]);
            if (!node->shift) {
                entry = visible(entry);
                if (entry) {
                    *index = at;
                    return entry;
                }
                if (!++at)
                    return NULL;
                break;
            }
            if (!entry)
                break; // taken out meanwhile: look again
            node = static_cast<const xa_node *>(entry);
        }
    }
    return NULL;
}

// The lowest free index from min to max.
bool find_free(const struct xarray *xa, unsigned long min_index, unsigned long max, unsigned long *index) {
    unsigned long at = min_index;

    while (at <= max) {
        const xa_node *node = xa->root;

        if (!node || at > highest(node))
            break;
        while (node->shift) {
            const xa_node *next = child(node, slot_of(node, at));

            if (!next) {
                *index = at;
                return true;
            }
            node = next;
        }
        for (unsigned int slot = slot_of(node, at); slot < XA_CHUNK_SIZE && at <= max; slot++, at++) {
            if (!node->slots[slot]) {
                *index = at;
                return true;
            }
        }
        if (!at)
            return false;
    }
    *index = at;
    return at <= max;
}

void free_tree(xa_node *node) {
    if (node->shift)
        for (void *slot : node->slots)
            if (slot)
                free_tree(static_cast<xa_node *>(slot));
    call_rcu(&node->rcu, free_node_rcu);
}

class locked {
public:
    explicit locked(struct xarray *xa)
        : xa_(xa) {
        xa_lock_irqsave(xa_, flags_);
    }
    ~locked() { xa_unlock_irqrestore(xa_, flags_); }

private:
    struct xarray *xa_;
    unsigned long flags_;
};

void may_block(gfp_t gfp) {
    might_sleep_if(gfpflags_allow_blocking(gfp));
}

} // namespace

void xa_init_flags(struct xarray *xa, gfp_t flags) {
    spin_lock_init(&xa->xa_lock);
    xa->xa_flags = flags;
    xa->root = NULL;
}
EXPORT_SYMBOL(xa_init_flags);

void *xa_load(struct xarray *xa, unsigned long index) {
    rcu_read_lock();
    void *entry = visible(load_raw(xa, index));
    rcu_read_unlock();
    return entry;
}
EXPORT_SYMBOL(xa_load);

noinline void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp) {
    if (WARN_ON_ONCE(xa_is_advanced(entry)))
        return error_entry(-EINVAL);
    return visible(store(xa, index, entry));
}
EXPORT_SYMBOL(__xa_store);

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp) {
    may_block(gfp);
    locked lock(xa);
    return __xa_store(xa, index, entry, gfp);
}
EXPORT_SYMBOL(xa_store);

void *__xa_erase(struct xarray *xa, unsigned long index) {
    return visible(erase(xa, index));
}
EXPORT_SYMBOL(__xa_erase);

void *xa_erase(struct xarray *xa, unsigned long index) {
    locked lock(xa);
    return __xa_erase(xa, index);
}
EXPORT_SYMBOL(xa_erase);

// Stores the entry where `old` is. What was there: `old` if it was done; or an error.
static void *store_if(xarray *xa, unsigned long index, void *old, void *entry) {
    void *const found = load_raw(xa, index);

    if (found != old)
        return found;
    void *const error = store(xa, index, entry);
    return xa_is_err(error) ? error : found;
}

void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp) {
    may_block(gfp);
    locked lock(xa);
    return visible(store_if(xa, index, old, entry));
}
EXPORT_SYMBOL(xa_cmpxchg);

int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp) {
    void *const found = store_if(xa, index, nullptr, entry ? entry : XA_ZERO_ENTRY);

    return xa_is_err(found) ? xa_err(found) : found ? -EBUSY : 0;
}
EXPORT_SYMBOL(__xa_insert);

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp) {
    may_block(gfp);
    locked lock(xa);
    return __xa_insert(xa, index, entry, gfp);
}
EXPORT_SYMBOL(xa_insert);

int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp) {
    unsigned long index;

    if (!limit.min && (xa->xa_flags & XA_FLAGS_ZERO_BUSY))
        limit.min = 1;
    if (!find_free(xa, limit.min, limit.max, &index))
        return -EBUSY;
    int error = xa_err(store(xa, index, entry ? entry : XA_ZERO_ENTRY));
    if (!error)
        *id = static_cast<u32>(index);
    return error;
}
EXPORT_SYMBOL(__xa_alloc);

int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp) {
    may_block(gfp);
    locked lock(xa);
    return __xa_alloc(xa, id, entry, limit, gfp);
}
EXPORT_SYMBOL(xa_alloc);

// From *next on, and, if there is no room up to the end, once from the beginning: then the answer is 1.
int xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next, gfp_t gfp) {
    may_block(gfp);
    locked lock(xa);
    const u32 starts[] = {max(limit.min, *next), limit.min};
    int error = -EBUSY, rounds = 0;

    for (u32 start : starts) {
        if (error != -EBUSY || (rounds && start == starts[0]))
            break;
        error = __xa_alloc(xa, id, entry, {.max = limit.max, .min = start}, gfp);
        rounds++;
    }
    if (error)
        return error;
    *next = *id + 1;
    return rounds - 1;
}
EXPORT_SYMBOL(xa_alloc_cyclic);

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter) {
    rcu_read_lock();
    void *entry = find(xa, index, max, filter);
    rcu_read_unlock();
    return entry;
}
EXPORT_SYMBOL(xa_find);

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter) {
    unsigned long next = *index + 1;

    if (!next)
        return NULL;
    void *entry = xa_find(xa, &next, max, filter);
    if (entry)
        *index = next;
    return entry;
}
EXPORT_SYMBOL(xa_find_after);

bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark) {
    rcu_read_lock();
    path p = find_path(xa, index);
    bool set = p.depth && test_bit(slot_of(p.node[p.depth - 1], index), &p.node[p.depth - 1]->marks[mark]);
    rcu_read_unlock();
    return set;
}
EXPORT_SYMBOL(xa_get_mark);

void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark) {
    locked lock(xa);
    path p = find_path(xa, index);

    if (!p.depth || !load_raw(xa, index))
        return;
    for (int level = 0; level < p.depth; level++)
        __set_bit(slot_of(p.node[level], index), &p.node[level]->marks[mark]);
}
EXPORT_SYMBOL(xa_set_mark);

void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark) {
    locked lock(xa);
    clear_mark(find_path(xa, index), index, mark);
}
EXPORT_SYMBOL(xa_clear_mark);

void xa_destroy(struct xarray *xa) {
    locked lock(xa);
    xa_node *root = xa->root;

    WRITE_ONCE(xa->root, NULL);
    if (root)
        free_tree(root);
}
EXPORT_SYMBOL(xa_destroy);
