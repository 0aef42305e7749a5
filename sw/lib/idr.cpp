// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/sched.h>

namespace {

void *stored(void *ptr) {
    return ptr ? ptr : XA_ZERO_ENTRY;
}

} // namespace

void idr_init_base(struct idr *idr, int base) {
    xa_init_flags(&idr->idr_rt, XA_FLAGS_ALLOC);
    idr->idr_base = base;
    idr->idr_next = 0;
}
EXPORT_SYMBOL(idr_init_base);

// Linux fills a per-CPU store of nodes here, so that the allocation below a spinlock succeeds; nodes come from the slab
// directly here, and only the other half of the contract is left: preemption stays off until idr_preload_end().
void idr_preload(gfp_t gfp) {
    might_sleep_if(gfpflags_allow_blocking(gfp));
    preempt_disable();
}
EXPORT_SYMBOL(idr_preload);

int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp) {
    unsigned int base = idr->idr_base;
    u32 first = *id < base ? 0 : *id - base;
    u32 number;
    int error = xa_alloc(&idr->idr_rt, &number, stored(ptr), XA_LIMIT(first, static_cast<u32>(max - base)), gfp);

    if (error)
        return error == -EBUSY ? -ENOSPC : error;
    *id = number + base;
    return 0;
}
EXPORT_SYMBOL_GPL(idr_alloc_u32);

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp) {
    u32 id = start;

    if (WARN_ON_ONCE(start < 0))
        return -EINVAL;
    int error = idr_alloc_u32(idr, ptr, &id, end > 0 ? end - 1 : INT_MAX, gfp);
    return error ? error : static_cast<int>(id);
}
EXPORT_SYMBOL_GPL(idr_alloc);

int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp) {
    u32 id = max(static_cast<u32>(start), idr->idr_next);
    unsigned long last = end > 0 ? end - 1 : INT_MAX;
    int error = idr_alloc_u32(idr, ptr, &id, last, gfp);

    if (error == -ENOSPC && id > static_cast<u32>(start)) {
        id = start;
        error = idr_alloc_u32(idr, ptr, &id, last, gfp);
    }
    if (error)
        return error;
    idr->idr_next = id + 1;
    return id;
}
EXPORT_SYMBOL(idr_alloc_cyclic);

void *idr_remove(struct idr *idr, unsigned long id) {
    return xa_erase(&idr->idr_rt, id - idr->idr_base);
}
EXPORT_SYMBOL_GPL(idr_remove);

void *idr_find(const struct idr *idr, unsigned long id) {
    return xa_load(const_cast<struct xarray *>(&idr->idr_rt), id - idr->idr_base);
}
EXPORT_SYMBOL_GPL(idr_find);

void *idr_get_next_ul(struct idr *idr, unsigned long *nextid) {
    unsigned long index = *nextid < idr->idr_base ? 0 : *nextid - idr->idr_base;
    void *entry = xa_find(&idr->idr_rt, &index, ULONG_MAX, XA_PRESENT);

    if (entry)
        *nextid = index + idr->idr_base;
    return entry;
}
EXPORT_SYMBOL(idr_get_next_ul);

void *idr_get_next(struct idr *idr, int *nextid) {
    unsigned long id = *nextid;
    void *entry = idr_get_next_ul(idr, &id);

    if (!entry || WARN_ON_ONCE(id > INT_MAX))
        return NULL;
    *nextid = static_cast<int>(id);
    return entry;
}
EXPORT_SYMBOL(idr_get_next);

int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data) {
    int id = 0;

    for (void *entry; (entry = idr_get_next(const_cast<struct idr *>(idr), &id)); id++) {
        int error = fn(id, entry, data);

        if (error)
            return error;
    }
    return 0;
}
EXPORT_SYMBOL(idr_for_each);

void *idr_replace(struct idr *idr, void *ptr, unsigned long id) {
    struct xarray *xa = &idr->idr_rt;
    unsigned long index = id - idr->idr_base;
    unsigned long flags;

    xa_lock_irqsave(xa, flags);
    // An insertion that fails says that somebody has the number, which is what is wanted.
    int error = __xa_insert(xa, index, XA_ZERO_ENTRY, GFP_NOWAIT);
    void *old = error == -EBUSY ? __xa_store(xa, index, stored(ptr), GFP_NOWAIT) : __xa_erase(xa, index);
    xa_unlock_irqrestore(xa, flags);
    return error == -EBUSY ? old : ERR_PTR(-ENOENT);
}
EXPORT_SYMBOL(idr_replace);

void idr_destroy(struct idr *idr) {
    xa_destroy(&idr->idr_rt);
    idr->idr_next = 0;
}
EXPORT_SYMBOL(idr_destroy);

void ida_init(struct ida *ida) {
    xa_init_flags(&ida->xa, XA_FLAGS_ALLOC);
}

int ida_alloc_range(struct ida *ida, unsigned int min_id, unsigned int max_id, gfp_t gfp) {
    u32 id;

    if (static_cast<int>(min_id) < 0)
        return -ENOSPC;
    int error =
        xa_alloc(&ida->xa, &id, xa_mk_value(0), XA_LIMIT(min_id, min(max_id, static_cast<unsigned int>(INT_MAX))), gfp);
    if (error)
        return error == -EBUSY ? -ENOSPC : error;
    return id;
}
EXPORT_SYMBOL(ida_alloc_range);

void ida_free(struct ida *ida, unsigned int id) {
    if (static_cast<int>(id) < 0)
        return;
    if (!xa_erase(&ida->xa, id))
        WARN(1, "ida_free called for id=%d which is not allocated.\n", id);
}
EXPORT_SYMBOL(ida_free);

void ida_destroy(struct ida *ida) {
    xa_destroy(&ida->xa);
}
EXPORT_SYMBOL(ida_destroy);
