// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/sched.h>

#include "lib/result.h"

namespace {

void *stored(void *ptr) {
    return ptr ? ptr : XA_ZERO_ENTRY;
}

// An array is full, a range of numbers has no space left.
int no_number_left(int error) {
    return error == -EBUSY ? -ENOSPC : error;
}

// `end` is the first number that is not allowed; 0 or below: any number may be.
result<u32> alloc_from(struct idr *idr, void *ptr, u32 first, int end, gfp_t gfp) {
    const u32 last = end > 0 ? static_cast<u32>(end) - 1 : INT_MAX;
    u32 number = first;
    const int refused = idr_alloc_u32(idr, ptr, &number, last, gfp);

    return refused ? result<u32>(failure(refused)) : result<u32>(number);
}

int as_int(result<u32> id) {
    return id ? static_cast<int>(*id) : id.error();
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

// The lowest free number from *id to `last`; what it is comes back in *id.
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long last, gfp_t gfp) {
    const unsigned int base = idr->idr_base;
    const auto index_of = [base](u32 number) { return number < base ? 0 : number - base; };
    u32 index;
    const int error =
        xa_alloc(&idr->idr_rt, &index, stored(ptr), XA_LIMIT(index_of(*id), static_cast<u32>(last - base)), gfp);

    if (!error)
        *id = base + index;
    return no_number_left(error);
}
EXPORT_SYMBOL_GPL(idr_alloc_u32);

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp) {
    return WARN_ON_ONCE(start < 0) ? -EINVAL : as_int(alloc_from(idr, ptr, static_cast<u32>(start), end, gfp));
}
EXPORT_SYMBOL_GPL(idr_alloc);

// From the number behind the last one that was given, and then from the start.
int idr_alloc_cyclic(struct idr *numbers, void *entry, int first, int behind, gfp_t gfp) {
    const auto lowest = static_cast<u32>(first);
    const bool used_before = numbers->idr_next > lowest;
    result<u32> id = used_before ? alloc_from(numbers, entry, numbers->idr_next, behind, gfp) : failure(-ENOSPC);

    if (id.error() == -ENOSPC)
        id = alloc_from(numbers, entry, lowest, behind, gfp);
    if (id)
        numbers->idr_next = *id + 1;
    return as_int(id);
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

// What is stored at *nextid or the next number behind it, which then is in *nextid.
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid) {
    unsigned long index = max(*nextid, static_cast<unsigned long>(idr->idr_base)) - idr->idr_base;
    void *found = xa_find(&idr->idr_rt, &index, ULONG_MAX, XA_PRESENT);

    if (found)
        *nextid = idr->idr_base + index;
    return found;
}
EXPORT_SYMBOL(idr_get_next_ul);

void *idr_get_next(struct idr *numbers, int *at) {
    auto number = static_cast<unsigned long>(*at);
    void *const found = idr_get_next_ul(numbers, &number);
    const bool is_int = !found || number <= INT_MAX;

    WARN_ON_ONCE(!is_int);
    *at = found && is_int ? static_cast<int>(number) : *at;
    return is_int ? found : nullptr;
}
EXPORT_SYMBOL(idr_get_next);

int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data) {
    auto *numbers = const_cast<struct idr *>(idr);
    int at = 0, verdict = 0;

    while (void *entry = verdict ? nullptr : idr_get_next(numbers, &at))
        verdict = fn(at++, entry, data);
    return verdict;
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

int ida_alloc_range(struct ida *ida, unsigned int min_id, unsigned int max_id, gfp_t gfp) {
    u32 id;

    if (static_cast<int>(min_id) < 0)
        return -ENOSPC;
    const int error =
        xa_alloc(&ida->xa, &id, xa_mk_value(0), XA_LIMIT(min_id, min(max_id, static_cast<unsigned int>(INT_MAX))), gfp);
    return error ? no_number_left(error) : static_cast<int>(id);
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
