// SPDX-License-Identifier: Apache-2.0
// The ledger of a device: what its driver took, in the order of taking; it is given back in the opposite one (Linux:
// drivers/base/devres.c).
//
// Each entry has a number that no other ever had. A group is an entry too and stands for an interval of numbers, from
// its own to the last one that was in the ledger when it was closed, or without an end while it is open.
#include "drivers/base/base.h"

#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "drivers/base/managed.h"

namespace {

constexpr u64 without_end = ~0ull;

struct entry {
    list_head line;
    u64 number;
    dr_release_t release; // null: a group
    size_t size;
    alignas(16) u8 data[];
};

struct group {
    u64 last;
    void *id;
};

entry *entry_of(const void *data) {
    return container_of(const_cast<u8 *>(static_cast<const u8 *>(data)), entry, data[0]);
}

group *as_group(entry &e) {
    return e.release ? nullptr : reinterpret_cast<group *>(e.data);
}

entry *new_entry(dr_release_t release, size_t size, gfp_t gfp) {
    auto *e = static_cast<entry *>(kzalloc(sizeof(entry) + size, gfp));

    if (e) {
        INIT_LIST_HEAD(&e->line);
        e->release = release;
        e->size = size;
    }
    return e;
}

// The ledger of one device while its lock is held.
class ledger {
public:
    explicit ledger(device *dev)
        : dev_(dev)
        , held_(dev->devres_lock) {}

    void write(entry *e) {
        BUG_ON(!list_empty(&e->line));
        e->number = next_number_();
        list_add_tail(&e->line, &dev_->devres_head);
    }

    // The newest entry that `wanted` accepts.
    template <typename Wanted>
    entry *newest(Wanted wanted) {
        for (entry &e : backwards_of<&entry::line>(dev_->devres_head))
            if (wanted(e))
                return &e;
        return nullptr;
    }
    entry *newest(dr_release_t release, dr_match_t match, void *match_data) {
        return newest([&](entry &e) { return e.release == release && (!match || match(dev_, e.data, match_data)); });
    }
    // The newest like `offered`; if there is none, that is written down itself.
    entry *present_or(entry *offered, dr_match_t match, void *match_data) {
        entry *present = newest(offered->release, match, match_data);
        if (!present)
            write(offered);
        return present ? present : offered;
    }
    // By its id, or the newest that is open.
    group *find_group(void *id) {
        entry *e = newest([&](entry &candidate) {
            const group *g = as_group(candidate);
            return g && (id ? g->id == id : g->last == without_end);
        });
        return e ? as_group(*e) : nullptr;
    }
    u64 last_number() const { return last_of<&entry::line>(dev_->devres_head)->number; }

    // Takes the entries that `wanted` accepts over to `out`, in their order.
    template <typename Wanted>
    void take_out(list_head &out, Wanted wanted) {
        for (entry &e : taking<&entry::line>(dev_->devres_head))
            if (wanted(e))
                list_move_tail(&e.line, &out);
    }

private:
    static u64 next_number_() {
        static atomic64_t numbers = ATOMIC64_INIT(0);
        return static_cast<u64>(atomic64_inc_return(&numbers));
    }

    device *dev_;
    hold_irqsave<spinlock_t> held_;
};

// Gives everything on a list back, the newest first. No lock is held: it may sleep.
int give_back(device *dev, list_head &entries) {
    int resources = 0;

    while (entry *e = last_of<&entry::line>(entries)) {
        list_del_init(&e->line);
        if (e->release) {
            e->release(dev, e->data);
            resources++;
        }
        kfree(e);
    }
    return resources;
}

} // namespace

void devres_init(device *dev) {
    spin_lock_init(&dev->devres_lock);
    INIT_LIST_HEAD(&dev->devres_head);
}

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int, const char *) {
    entry *e = new_entry(release, size, gfp);
    return e ? e->data : nullptr;
}
EXPORT_SYMBOL_GPL(__devres_alloc_node);

void devres_free(void *res) {
    if (!res)
        return;
    BUG_ON(!list_empty(&entry_of(res)->line));
    kfree(entry_of(res));
}
EXPORT_SYMBOL_GPL(devres_free);

void devres_add(device *dev, void *res) {
    ledger(dev).write(entry_of(res));
}
EXPORT_SYMBOL_GPL(devres_add);

void *devres_find(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    entry *e = ledger(dev).newest(release, match, match_data);
    return e ? e->data : nullptr;
}
EXPORT_SYMBOL_GPL(devres_find);

// The one that is there, or new_res, which is written down; the one of the two that is not used is freed.
void *devres_get(device *dev, void *new_res, dr_match_t match, void *match_data) {
    entry *offered = entry_of(new_res), *kept = ledger(dev).present_or(offered, match, match_data);

    if (kept != offered)
        kfree(offered);
    return kept->data;
}
EXPORT_SYMBOL_GPL(devres_get);

void *devres_remove(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    ledger book(dev);

    if (entry *e = book.newest(release, match, match_data)) {
        list_del_init(&e->line);
        return e->data;
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(devres_remove);

// Forgets the resource without releasing it. 0, -ENOENT.
// Takes the youngest entry that matches out of the ledger; its release is called before it is freed, if there is one.
static int strike_out(device *dev, void *res, dr_release_t give_back) {
    if (res && give_back)
        give_back(dev, res);
    devres_free(res);
    return res ? 0 : -ENOENT;
}

int devres_destroy(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    return strike_out(dev, devres_remove(dev, release, match, match_data), nullptr);
}
EXPORT_SYMBOL_GPL(devres_destroy);

int devres_release(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    return strike_out(dev, devres_remove(dev, release, match, match_data), release);
}
EXPORT_SYMBOL_GPL(devres_release);

int devres_release_all(device *dev) {
    LIST_HEAD(out);

    if (list_empty(&dev->devres_head))
        return 0;
    ledger(dev).take_out(out, [](entry &) { return true; });
    return give_back(dev, out);
}

// Groups

void *devres_open_group(device *dev, void *id, gfp_t gfp) {
    entry *e = new_entry(nullptr, sizeof(group), gfp);

    if (!e)
        return nullptr;
    group *g = as_group(*e);
    *g = {without_end, id ? id : g};
    ledger(dev).write(e);
    return g->id;
}
EXPORT_SYMBOL_GPL(devres_open_group);

void devres_close_group(device *dev, void *id) {
    ledger book(dev);

    if (group *g = book.find_group(id))
        g->last = book.last_number();
    else
        WARN_ON(1);
}
EXPORT_SYMBOL_GPL(devres_close_group);

// Forgets the group; what was in it stays with the device.
void devres_remove_group(device *dev, void *id) {
    entry *e = nullptr;
    {
        ledger book(dev);
        if (group *g = book.find_group(id)) {
            e = entry_of(g);
            list_del(&e->line);
        }
    }
    WARN_ON(!e);
    kfree(e);
}
EXPORT_SYMBOL_GPL(devres_remove_group);

// Gives back what is in the group, with the groups that lie within. The number of resources.
int devres_release_group(device *dev, void *id) {
    LIST_HEAD(out);
    {
        ledger book(dev);
        const group *g = book.find_group(id);

        if (WARN_ON(!g))
            return 0;
        const u64 from = entry_of(g)->number, to = g->last;
        book.take_out(out, [=](entry &e) {
            const group *inner = as_group(e);
            return e.number >= from && (inner ? inner->last : e.number) <= to;
        });
    }
    return give_back(dev, out);
}
EXPORT_SYMBOL_GPL(devres_release_group);

// Actions

namespace {

struct action {
    void (*function)(void *);
    void *data;
    bool operator==(const action &other) const { return function == other.function && data == other.data; }
};

void act(device *, action &a) {
    a.function(a.data);
}
using managed_action = managed<action, act>;

int nothing_to_do() {
    return 0;
}

} // namespace

int devm_add_action(device *dev, void (*function)(void *), void *data) {
    return managed_action::acquire(dev, action{function, data}, nothing_to_do);
}
EXPORT_SYMBOL_GPL(devm_add_action);

void devm_remove_action(device *dev, void (*function)(void *), void *data) {
    WARN_ON(!managed_action::forget(dev, {function, data}));
}
EXPORT_SYMBOL_GPL(devm_remove_action);

void devm_release_action(device *dev, void (*function)(void *), void *data) {
    WARN_ON(!managed_action::give_back(dev, {function, data}));
}
EXPORT_SYMBOL_GPL(devm_release_action);

// Memory: an entry's own bytes, for which nothing is to be done at the end.

namespace {

void memory_goes(device *, void *) {}

int is_at(device *, void *res, void *address) {
    return res == address;
}

} // namespace

void *devm_kmalloc(device *dev, size_t size, gfp_t gfp) {
    entry *e = size ? new_entry(memory_goes, size, gfp) : nullptr;

    if (e)
        ledger(dev).write(e);
    return e ? e->data : size ? nullptr : ZERO_SIZE_PTR;
}
EXPORT_SYMBOL_GPL(devm_kmalloc);

void devm_kfree(device *dev, const void *p) {
    if (!ZERO_OR_NULL_PTR(p))
        WARN_ON(devres_destroy(dev, memory_goes, is_at, const_cast<void *>(p)));
}
EXPORT_SYMBOL_GPL(devm_kfree);

void *devm_krealloc(device *dev, void *ptr, size_t new_size, gfp_t gfp) {
    const size_t old_size = ZERO_OR_NULL_PTR(ptr) ? 0 : entry_of(ptr)->size;

    if (new_size && new_size <= old_size)
        return ptr;
    void *moved = devm_kmalloc(dev, new_size, gfp);
    if (moved && old_size) {
        memcpy(moved, ptr, min(old_size, new_size));
        devm_kfree(dev, ptr);
    }
    return moved;
}
EXPORT_SYMBOL_GPL(devm_krealloc);

void *devm_kmemdup(device *dev, const void *src, size_t len, gfp_t gfp) {
    void *copy = devm_kmalloc(dev, len, gfp);

    return copy ? memcpy(copy, src, len) : nullptr;
}
EXPORT_SYMBOL_GPL(devm_kmemdup);

char *devm_kstrdup(device *dev, const char *s, gfp_t gfp) {
    return s ? static_cast<char *>(devm_kmemdup(dev, s, strlen(s) + 1, gfp)) : nullptr;
}
EXPORT_SYMBOL_GPL(devm_kstrdup);

const char *devm_kstrdup_const(device *dev, const char *s, gfp_t gfp) {
    return devm_kstrdup(dev, s, gfp);
}
EXPORT_SYMBOL_GPL(devm_kstrdup_const);

char *devm_kvasprintf(device *dev, gfp_t gfp, const char *fmt, va_list ap) {
    char *text = kvasprintf(gfp, fmt, ap);
    finally not_ours([text] { kfree(text); });

    return devm_kstrdup(dev, text, gfp);
}
EXPORT_SYMBOL(devm_kvasprintf);

char *devm_kasprintf(device *dev, gfp_t gfp, const char *fmt, ...) {
    VARARGS(args, fmt);
    return devm_kvasprintf(dev, gfp, fmt, args);
}
EXPORT_SYMBOL_GPL(devm_kasprintf);

// Pages, and memory of each CPU: the entry holds where they are.

namespace {

struct pages {
    unsigned long address;
    unsigned int order;
    // Who gives them back knows where they are, and not how many.
    bool operator==(const pages &other) const { return address == other.address; }
};

void pages_go(device *, pages &of) {
    free_pages(of.address, of.order);
}
using managed_pages = managed<pages, pages_go>;

void percpu_goes(device *, void *&memory) {
    free_percpu(memory);
}
using managed_percpu = managed<void *, percpu_goes>;

} // namespace

unsigned long devm_get_free_pages(device *dev, gfp_t gfp, unsigned int order) {
    return managed_pages::obtain(dev, [=] { return pages{__get_free_pages(gfp, order), order}; }).address;
}
EXPORT_SYMBOL_GPL(devm_get_free_pages);

void devm_free_pages(device *dev, unsigned long address) {
    WARN_ON(!managed_pages::give_back(dev, {address, 0}));
}
EXPORT_SYMBOL_GPL(devm_free_pages);

void __percpu *__devm_alloc_percpu(device *dev, size_t size, size_t align) {
    return managed_percpu::obtain(dev, [=] { return __alloc_percpu(size, align); });
}
EXPORT_SYMBOL_GPL(__devm_alloc_percpu);

void devm_free_percpu(device *dev, void __percpu *memory) {
    WARN_ON(!managed_percpu::give_back(dev, memory));
}
EXPORT_SYMBOL_GPL(devm_free_percpu);

// Bitmaps

unsigned long *devm_bitmap_alloc(device *dev, unsigned int nbits, gfp_t flags) {
    return static_cast<unsigned long *>(devm_kmalloc_array(dev, BITS_TO_LONGS(nbits), sizeof(long), flags));
}
EXPORT_SYMBOL_GPL(devm_bitmap_alloc);

unsigned long *devm_bitmap_zalloc(device *dev, unsigned int nbits, gfp_t flags) {
    return devm_bitmap_alloc(dev, nbits, flags | __GFP_ZERO);
}
EXPORT_SYMBOL_GPL(devm_bitmap_zalloc);
