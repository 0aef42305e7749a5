// SPDX-License-Identifier: Apache-2.0
//
// A stack and what runs on it. Switching costs a few nanoseconds and knows nothing of cores or time. Sanitizers are
// told of every switch.
#ifndef RK3568_HW_CORTEX_A55_CONTEXT_H
#define RK3568_HW_CORTEX_A55_CONTEXT_H

#include <cstddef>

namespace rk3568 {

class context {
public:
    // Of whatever calls: filled in by the first switch away from it.
    context() = default;
    // Runs entry(arg) on [stack, stack + size) when it is first switched to. entry must not return.
    context(void (*entry)(void *), void *arg, void *stack, size_t size);
    context(const context &) = delete;
    context &operator=(const context &) = delete;

    // Leaves `from`, which must be the running context, and resumes `to`.
    static void jump(context &from, context &to);

private:
    struct transfer;

    void *m_state = nullptr;
    void (*m_entry)(void *) = nullptr;
    void *m_arg = nullptr;
    // For the sanitizers: the stack this context runs on, and its fake stack while it does not run.
    [[maybe_unused]] const void *m_stack = nullptr;
    [[maybe_unused]] size_t m_size = 0;
    [[maybe_unused]] void *m_fake = nullptr;
};

} // namespace rk3568

#endif
