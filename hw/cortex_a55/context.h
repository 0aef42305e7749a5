// SPDX-License-Identifier: Apache-2.0
//
// A stack and what runs on it. Switching costs a few nanoseconds and knows nothing of cores or time. Sanitizers are
// told of every switch.
//
// The switch is ours and inline, not Boost.Context's: four busy cores switch at every basic block, and a library's
// switch is a call that saves every register and whose return the processor never predicts, as it returns to somewhere
// else than it came from. Here the compiler saves what is alive, and nothing returns.
#ifndef RK3568_HW_CORTEX_A55_CONTEXT_H
#define RK3568_HW_CORTEX_A55_CONTEXT_H

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RK3568_CONTEXT_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define RK3568_CONTEXT_ASAN 1
#endif
#ifndef RK3568_CONTEXT_ASAN
#define RK3568_CONTEXT_ASAN 0
#endif

namespace rk3568 {

class context {
public:
    // Of the calling code: filled in by the first switch away from it.
    context() = default;
    // Runs entry(arg) on [stack, stack + size) when it is first switched to. entry must not return.
    context(void (*entry)(void *), void *arg, void *stack, size_t size);
    context(const context &) = delete;
    context &operator=(const context &) = delete;

    // Leaves `from`, which must be the running context, and resumes `to`.
    static void jump(context &from, context &to) {
        before(from, to);
        swap(&from.m_stack_pointer, to.m_stack_pointer, &to);
        after();
    }

private:
    [[noreturn]] static void start(context *self);

    // What a suspended context's stack pointer points at is where it goes on. The 128 bytes are the red zone of the
    // caller. SSE's and the x87's control words do not change.
    [[gnu::always_inline]] static inline void swap(void **from, void *to, context *self) {
#ifndef __x86_64__
#error "expected an x86-64 host: the switch between stacks is written for it"
#endif
        asm volatile("leaq -128(%%rsp), %%rsp\n\t"
                     "pushq %%rbp\n\t"
                     "pushq %%rbx\n\t"
                     "leaq 1f(%%rip), %%rcx\n\t"
                     "pushq %%rcx\n\t"
                     "movq %%rsp, (%%rax)\n\t"
                     "movq %%rdx, %%rsp\n\t"
                     "popq %%rcx\n\t"
                     "jmpq *%%rcx\n"
                     "1:\n\t"
                     "popq %%rbx\n\t"
                     "popq %%rbp\n\t"
                     "leaq 128(%%rsp), %%rsp\n\t"
                     : "+a"(from), "+d"(to), "+D"(self)
                     :
                     : "rcx", "rsi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "xmm0", "xmm1", "xmm2",
                       "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13",
                       "xmm14", "xmm15", "cc", "memory");
    }

#if RK3568_CONTEXT_ASAN
    static void before(context &from, context &to);
    static void after();
#else
    static void before(context &, context &) {}
    static void after() {}
#endif

    void *m_stack_pointer = nullptr;
    void (*m_entry)(void *) = nullptr;
    void *m_arg = nullptr;
    // For the sanitizers: the stack this context runs on, and its fake stack while it does not run.
    [[maybe_unused]] const void *m_stack = nullptr;
    [[maybe_unused]] size_t m_size = 0;
    [[maybe_unused]] void *m_fake = nullptr;
};

} // namespace rk3568

#endif
