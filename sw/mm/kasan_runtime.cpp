// SPDX-License-Identifier: Apache-2.0
// What the instrumentation of modules calls (compiler-rt's names). Where the kernel itself is sanitized these are the
// host's runtime, and this file is left out.
#include <linux/export.h>
#include <linux/string.h>

#include "mm/kasan.h"

extern "C" {

#define DEFINE_ACCESS(size)                                                                                            \
    void __asan_load##size##_noabort(const void *address) {                                                            \
        kasan_check(address, size, false, __builtin_return_address(0));                                                \
    }                                                                                                                  \
    EXPORT_SYMBOL(__asan_load##size##_noabort);                                                                        \
    void __asan_store##size##_noabort(const void *address) {                                                           \
        kasan_check(address, size, true, __builtin_return_address(0));                                                 \
    }                                                                                                                  \
    EXPORT_SYMBOL(__asan_store##size##_noabort);
DEFINE_ACCESS(1)
DEFINE_ACCESS(2)
DEFINE_ACCESS(4)
DEFINE_ACCESS(8)
DEFINE_ACCESS(16)

void __asan_loadN_noabort(const void *address, size_t size) {
    kasan_check(address, size, false, __builtin_return_address(0));
}
EXPORT_SYMBOL(__asan_loadN_noabort);

void __asan_storeN_noabort(const void *address, size_t size) {
    kasan_check(address, size, true, __builtin_return_address(0));
}
EXPORT_SYMBOL(__asan_storeN_noabort);

void *__asan_memset(void *to, int value, size_t size) {
    kasan_check(to, size, true, __builtin_return_address(0));
    return memset(to, value, size);
}
EXPORT_SYMBOL(__asan_memset);

void *__asan_memcpy(void *to, const void *from, size_t size) {
    kasan_check(from, size, false, __builtin_return_address(0));
    kasan_check(to, size, true, __builtin_return_address(0));
    return memcpy(to, from, size);
}
EXPORT_SYMBOL(__asan_memcpy);

void *__asan_memmove(void *to, const void *from, size_t size) {
    kasan_check(from, size, false, __builtin_return_address(0));
    kasan_check(to, size, true, __builtin_return_address(0));
    return memmove(to, from, size);
}
EXPORT_SYMBOL(__asan_memmove);

void __asan_handle_no_return(void) {}
EXPORT_SYMBOL(__asan_handle_no_return);

void __asan_register_globals(const asan_global *array, size_t count) {
    kasan_add_globals(array, count);
}
EXPORT_SYMBOL(__asan_register_globals);

void __asan_unregister_globals(const asan_global *array, size_t count) {
    kasan_remove_globals(array, count);
}
EXPORT_SYMBOL(__asan_unregister_globals);
}
