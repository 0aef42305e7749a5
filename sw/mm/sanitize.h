// SPDX-License-Identifier: Apache-2.0
// For builds in which AddressSanitizer looks at the kernel itself (RK3568_SANITIZE): whose memory is whose. Nothing
// otherwise. KASAN, which looks at modules, needs none of this.
#ifndef MM_SANITIZE_H
#define MM_SANITIZE_H

#include <linux/types.h>

// [p, p + size) has no owner, and has one. The end is a multiple of 8, or the last bytes are not looked at.
#ifdef RK3568_SANITIZED // the allocators' own code is left alone
extern "C" void memory_is_free(const void *p, size_t size) __asm__("__asan_poison_memory_region");
extern "C" void memory_is_used(const void *p, size_t size) __asm__("__asan_unpoison_memory_region");
#else
static inline void memory_is_free(const void *, size_t) {}
static inline void memory_is_used(const void *, size_t) {}
#endif

#endif
