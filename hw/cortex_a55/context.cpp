// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/context.h"

#include <cstdint>

#if RK3568_CONTEXT_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace rk3568 {

// A new stack holds where it starts, and above that the return address that the ABI expects under a called function.
context::context(void (*entry)(void *), void *arg, void *stack, size_t size)
    : m_entry(entry)
    , m_arg(arg)
    , m_stack(stack)
    , m_size(size) {
#if RK3568_CONTEXT_ASAN
    ASAN_UNPOISON_MEMORY_REGION(stack, size); // what ran here before may never have returned
#endif
    auto top = (reinterpret_cast<uintptr_t>(stack) + size) & ~uintptr_t{15};
    auto *words = reinterpret_cast<uintptr_t *>(top) - 2;
    words[0] = reinterpret_cast<uintptr_t>(&start);
    words[1] = 0;
    m_stack_pointer = words;
}

void context::start(context *self) {
    after();
    self->m_entry(self->m_arg);
    __builtin_trap();
}

#if RK3568_CONTEXT_ASAN

namespace {

// The two ends of the switch that is under way. One OS thread runs everything, so there is one at a time.
context *s_from;
context *s_to;

} // namespace

void context::before(context &from, context &to) {
    s_from = &from;
    s_to = &to;
    __sanitizer_start_switch_fiber(&from.m_fake, to.m_stack, to.m_size);
}

void context::after() {
    const void *bottom = nullptr;
    size_t size = 0;
    __sanitizer_finish_switch_fiber(s_to->m_fake, &bottom, &size);
    if (!s_from->m_stack) { // a context that nothing created: now its stack is known
        s_from->m_stack = bottom;
        s_from->m_size = size;
    }
}

#endif

} // namespace rk3568
