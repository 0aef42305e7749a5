// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_PORT_LOAD_REGISTERS_H
#define RK3568_PLATFORM_PORT_LOAD_REGISTERS_H

#include <ucontext.h>

// Assembly: all registers, the flags and the stack pointer become those of the gregset_t at RDI.
#define RK3568_LOAD_REGISTERS                                                                                          \
    "movq 0(%rdi), %r8\n\t"                                                                                            \
    "movq 8(%rdi), %r9\n\t"                                                                                            \
    "movq 16(%rdi), %r10\n\t"                                                                                          \
    "movq 24(%rdi), %r11\n\t"                                                                                          \
    "movq 32(%rdi), %r12\n\t"                                                                                          \
    "movq 40(%rdi), %r13\n\t"                                                                                          \
    "movq 48(%rdi), %r14\n\t"                                                                                          \
    "movq 56(%rdi), %r15\n\t"                                                                                          \
    "movq 72(%rdi), %rsi\n\t"                                                                                          \
    "movq 80(%rdi), %rbp\n\t"                                                                                          \
    "movq 88(%rdi), %rbx\n\t"                                                                                          \
    "movq 96(%rdi), %rdx\n\t"                                                                                          \
    "movq 104(%rdi), %rax\n\t"                                                                                         \
    "movq 112(%rdi), %rcx\n\t"                                                                                         \
    "pushq 136(%rdi)\n\t"                                                                                              \
    "popfq\n\t"                                                                                                        \
    "movq 120(%rdi), %rsp\n\t"                                                                                         \
    "movq 64(%rdi), %rdi\n\t"
static_assert(REG_R8 == 0 && REG_R15 == 7 && REG_RDI == 8 && REG_RSI == 9 && REG_RBP == 10 && REG_RBX == 11 &&
              REG_RDX == 12 && REG_RAX == 13 && REG_RCX == 14 && REG_RSP == 15 && REG_RIP == 16 && REG_EFL == 17);

#endif
