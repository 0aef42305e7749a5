// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/context.h"

#include <boost/context/detail/fcontext.hpp>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RK3568_ASAN 1
#include <sanitizer/common_interface_defs.h>
#endif
#endif

namespace rk3568 {

namespace {

using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

// The two ends of the switch that is under way. One OS thread runs everything, so there is one at a time.
context *s_from;
context *s_to;

} // namespace

// The machine state of a context changes hands at the switch; everything else is bookkeeping for sanitizers.
struct context::transfer {
    static void start(transfer_t t) {
        finish(t.fctx);
        context *self = s_to;
        self->m_entry(self->m_arg);
        __builtin_trap();
    }

    static void begin([[maybe_unused]] context &from, [[maybe_unused]] context &to) {
#ifdef RK3568_ASAN
        __sanitizer_start_switch_fiber(&from.m_fake, to.m_stack, to.m_size);
#endif
    }

    static void finish(void *left_state) {
        s_from->m_state = left_state;
#ifdef RK3568_ASAN
        const void *bottom = nullptr;
        size_t size = 0;
        __sanitizer_finish_switch_fiber(s_to->m_fake, &bottom, &size);
        if (!s_from->m_stack) { // a context that nobody created: now its stack is known
            s_from->m_stack = bottom;
            s_from->m_size = size;
        }
#endif
    }
};

context::context(void (*entry)(void *), void *arg, void *stack, size_t size)
    : m_state(make_fcontext(static_cast<char *>(stack) + size, size, &transfer::start))
    , m_entry(entry)
    , m_arg(arg)
    , m_stack(stack)
    , m_size(size) {}

void context::jump(context &from, context &to) {
    s_from = &from;
    s_to = &to;
    transfer::begin(from, to);
    const transfer_t back = jump_fcontext(to.m_state, nullptr);
    transfer::finish(back.fctx);
}

} // namespace rk3568
