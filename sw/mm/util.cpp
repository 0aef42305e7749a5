// SPDX-License-Identifier: Apache-2.0
// Copies in fresh memory, and kvmalloc. A caller that calls these answers for the memory.
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "mm/internal.h"

namespace {

char *copy_string(const char *s, size_t length, gfp_t gfp, unsigned long caller) {
    auto *copy = static_cast<char *>(__kmalloc_track_caller(length + 1, gfp, caller));

    if (copy)
        static_cast<char *>(memcpy(copy, s, length))[length] = '\0';
    return copy;
}

// A large allocation is one of pages in either case here.
void *kvmalloc_for(size_t size, gfp_t flags, unsigned long caller) {
    if (size > KMALLOC_MAX_CACHE_SIZE)
        return large_alloc(size, flags, reinterpret_cast<const void *>(caller));
    return __kmalloc_track_caller(size, flags, caller);
}

} // namespace

char *kstrdup(const char *s, gfp_t gfp) {
    return s ? copy_string(s, strlen(s), gfp, _RET_IP_) : NULL;
}
EXPORT_SYMBOL(kstrdup);

const char *kstrdup_const(const char *s, gfp_t gfp) {
    return s ? copy_string(s, strlen(s), gfp, _RET_IP_) : NULL;
}
EXPORT_SYMBOL(kstrdup_const);

void kfree_const(const void *x) {
    kfree(x);
}
EXPORT_SYMBOL(kfree_const);

char *kstrndup(const char *s, size_t max, gfp_t gfp) {
    return s ? copy_string(s, strnlen(s, max), gfp, _RET_IP_) : NULL;
}
EXPORT_SYMBOL(kstrndup);

void *kmemdup(const void *src, size_t len, gfp_t gfp) {
    void *copy = __kmalloc_track_caller(len, gfp, _RET_IP_);
    return copy ? memcpy(copy, src, len) : NULL;
}
EXPORT_SYMBOL(kmemdup);

char *kmemdup_nul(const char *s, size_t len, gfp_t gfp) {
    return s ? copy_string(s, len, gfp, _RET_IP_) : NULL;
}
EXPORT_SYMBOL(kmemdup_nul);

void *kvmalloc(size_t size, gfp_t flags) {
    return kvmalloc_for(size, flags, _RET_IP_);
}
EXPORT_SYMBOL(kvmalloc);

void *kvzalloc(size_t size, gfp_t flags) {
    return kvmalloc_for(size, flags | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kvzalloc);

void *kvmalloc_array(size_t n, size_t size, gfp_t flags) {
    return kvmalloc_for(size_mul(n, size), flags, _RET_IP_);
}
EXPORT_SYMBOL(kvmalloc_array);

void *kvcalloc(size_t n, size_t size, gfp_t flags) {
    return kvmalloc_for(size_mul(n, size), flags | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kvcalloc);

void kvfree(const void *p) {
    is_vmalloc_addr(p) ? vfree(p) : kfree(p);
}
EXPORT_SYMBOL(kvfree);

void kmem_dump_obj(void *object) {
    const page *of = virt_addr_valid(object) ? virt_to_head_page(object) : nullptr;
    const bool is_slab = of && of->flags & BIT(PAGE_SLAB);
    pr_cont(" %s at %px\n", is_slab ? "slab object" : "non-slab memory", object);
}
EXPORT_SYMBOL_GPL(kmem_dump_obj);

void mem_dump_obj(void *object) {
    if (object)
        kmem_dump_obj(object);
    else
        pr_cont(" NULL pointer.\n");
}
EXPORT_SYMBOL_GPL(mem_dump_obj);

// Pages: nothing is kept that could be given up.
long si_mem_available() {
    return static_cast<long>(nr_free_pages());
}
EXPORT_SYMBOL_GPL(si_mem_available);

// Memory that runs out ends the run with a report: nothing is asked to give some up.
extern "C" {
int register_oom_notifier(notifier_block *) {
    return 0;
}
EXPORT_SYMBOL_GPL(register_oom_notifier);

int unregister_oom_notifier(notifier_block *) {
    return 0;
}
EXPORT_SYMBOL_GPL(unregister_oom_notifier);
}
