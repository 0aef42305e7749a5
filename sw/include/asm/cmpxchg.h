/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H

#include <linux/compiler.h>

/* On any object of 1, 2, 4 or 8 bytes; the old value comes back. */
#define __xchg_order(ptr, n, order)                                                                                    \
	({                                                                                                             \
		__unqual_scalar_typeof(*(ptr)) __xchg_new = (__unqual_scalar_typeof(*(ptr)))(n), __xchg_old;           \
		__atomic_exchange((ptr), &__xchg_new, &__xchg_old, order);                                             \
		__xchg_old;                                                                                            \
	})
#define __cmpxchg_order(ptr, o, n, order)                                                                              \
	({                                                                                                             \
		__unqual_scalar_typeof(*(ptr)) __cmpxchg_old = (__unqual_scalar_typeof(*(ptr)))(o);                    \
		__unqual_scalar_typeof(*(ptr)) __cmpxchg_new = (__unqual_scalar_typeof(*(ptr)))(n);                    \
		__atomic_compare_exchange((ptr), &__cmpxchg_old, &__cmpxchg_new, 0, order, __ATOMIC_RELAXED);          \
		__cmpxchg_old;                                                                                         \
	})

#define xchg(ptr, n) __xchg_order(ptr, n, __ATOMIC_SEQ_CST)
#define xchg_acquire(ptr, n) __xchg_order(ptr, n, __ATOMIC_ACQUIRE)
#define xchg_release(ptr, n) __xchg_order(ptr, n, __ATOMIC_RELEASE)
#define xchg_relaxed(ptr, n) __xchg_order(ptr, n, __ATOMIC_RELAXED)
#define cmpxchg(ptr, o, n) __cmpxchg_order(ptr, o, n, __ATOMIC_SEQ_CST)
#define cmpxchg_acquire(ptr, o, n) __cmpxchg_order(ptr, o, n, __ATOMIC_ACQUIRE)
#define cmpxchg_release(ptr, o, n) __cmpxchg_order(ptr, o, n, __ATOMIC_RELEASE)
#define cmpxchg_relaxed(ptr, o, n) __cmpxchg_order(ptr, o, n, __ATOMIC_RELAXED)
#define cmpxchg_local(ptr, o, n) __cmpxchg_order(ptr, o, n, __ATOMIC_RELAXED)
#define cmpxchg64(ptr, o, n) cmpxchg(ptr, o, n)
#define cmpxchg64_relaxed(ptr, o, n) cmpxchg_relaxed(ptr, o, n)

/* True when it was exchanged; otherwise *oldp is what was found. */
#define __try_cmpxchg_order(ptr, oldp, n, order)                                                                       \
	({                                                                                                             \
		__unqual_scalar_typeof(*(ptr)) __cmpxchg_new = (n);                                                    \
		__atomic_compare_exchange((ptr), (oldp), &__cmpxchg_new, 0, order, __ATOMIC_RELAXED);                  \
	})
#define try_cmpxchg(ptr, oldp, n) __try_cmpxchg_order(ptr, oldp, n, __ATOMIC_SEQ_CST)
#define try_cmpxchg_acquire(ptr, oldp, n) __try_cmpxchg_order(ptr, oldp, n, __ATOMIC_ACQUIRE)
#define try_cmpxchg_release(ptr, oldp, n) __try_cmpxchg_order(ptr, oldp, n, __ATOMIC_RELEASE)
#define try_cmpxchg_relaxed(ptr, oldp, n) __try_cmpxchg_order(ptr, oldp, n, __ATOMIC_RELAXED)

#endif
