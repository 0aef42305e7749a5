/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/compiler_types.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define likely_notrace(x) likely(x)
#define unlikely_notrace(x) unlikely(x)

/* Only the compiler is held back: memory accesses do not move across it. */
#define barrier() __asm__ __volatile__("" ::: "memory")
#define barrier_data(ptr) __asm__ __volatile__("" ::"r"(ptr) : "memory")
#define barrier_before_unreachable() do { } while (0)
#define unreachable() __builtin_unreachable()
#define OPTIMIZER_HIDE_VAR(var) __asm__("" : "=r"(var) : "0"(var))
#define RELOC_HIDE(ptr, off) ((__typeof__(ptr))((unsigned long)(ptr) + (off)))
#define __is_constexpr(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
#define __ADDRESSABLE(sym) \
	static void *__used __section(".discard.addressable") __UNIQUE_ID(__addressable_##sym) = (void *)&sym;

#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)
#define __UNIQUE_ID(prefix) __PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

#define _RET_IP_ ((unsigned long)__builtin_return_address(0))
#define _THIS_IP_ ({ __label__ __here; __here: (unsigned long)&&__here; })

#ifdef __cplusplus
#define __must_be_array(a) 0
#else
#define __must_be_array(a) (sizeof(char[1 - 2 * !!__same_type((a), &(a)[0])]) - 1)
#endif

#include <asm/rwonce.h>
#include <linux/kcsan-checks.h>

#endif
