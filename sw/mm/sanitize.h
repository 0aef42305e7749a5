// SPDX-License-Identifier: Apache-2.0
// For builds in which AddressSanitizer looks at the kernel itself (RK3568_SANITIZE): whose memory is whose. Nothing
// otherwise. KASAN, which looks at modules, needs none of this.
#ifndef MM_SANITIZE_H
#define MM_SANITIZE_H

#include <linux/types.h>

#ifdef RK3568_SANITIZED_BY_OTHERS // the allocators' own code is left alone
extern "C" void __asan_poison_memory_region(const volatile void *p, size_t size);
extern "C" void __asan_unpoison_memory_region(const volatile void *p, size_t size);
#else
static inline void __asan_poison_memory_region(const volatile void *, size_t) {}
static inline void __asan_unpoison_memory_region(const volatile void *, size_t) {}
#endif

// [p, p + size) is nobody's, and somebody's. `p` and the end are multiples of 8, or the last bytes are not looked at.
static inline void memory_is_free(const void *p, size_t size) {
    __asan_poison_memory_region(p, size);
}
static inline void memory_is_used(const void *p, size_t size) {
    __asan_unpoison_memory_region(p, size);
}

#endif
