/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

/*
 * The whole family of Documentation/core-api/wrappers/atomic_t.rst. What gives a value is fully ordered unless its name
 * says _acquire, _release or _relaxed; what gives none is not ordered. One instruction each (arm64's LSE).
 *
 * ATOMIC_ORDERED defines one operation in the four orders, ATOMIC_FAMILY everything for one counter type.
 */
#define ATOMIC_ORDERED(define, name, type, int_type)                                                                   \
	define(name, type, int_type, , __ATOMIC_SEQ_CST)                                                               \
	define(name, type, int_type, _acquire, __ATOMIC_ACQUIRE)                                                       \
	define(name, type, int_type, _release, __ATOMIC_RELEASE)                                                       \
	define(name, type, int_type, _relaxed, __ATOMIC_RELAXED)

#define ATOMIC_VALUE_OPS(name, type, int_type, suffix, order)                                                          \
	static __always_inline int_type name##_add_return##suffix(int_type i, type *v)                                 \
	{                                                                                                              \
		return __atomic_fetch_add(&v->counter, i, order) + i;                                                  \
	}                                                                                                              \
	static __always_inline int_type name##_sub_return##suffix(int_type i, type *v)                                 \
	{                                                                                                              \
		return __atomic_fetch_sub(&v->counter, i, order) - i;                                                  \
	}                                                                                                              \
	static __always_inline int_type name##_inc_return##suffix(type *v)                                             \
	{                                                                                                              \
		return __atomic_fetch_add(&v->counter, 1, order) + 1;                                                  \
	}                                                                                                              \
	static __always_inline int_type name##_dec_return##suffix(type *v)                                             \
	{                                                                                                              \
		return __atomic_fetch_sub(&v->counter, 1, order) - 1;                                                  \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_add##suffix(int_type i, type *v)                                  \
	{                                                                                                              \
		return __atomic_fetch_add(&v->counter, i, order);                                                      \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_sub##suffix(int_type i, type *v)                                  \
	{                                                                                                              \
		return __atomic_fetch_sub(&v->counter, i, order);                                                      \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_inc##suffix(type *v)                                              \
	{                                                                                                              \
		return __atomic_fetch_add(&v->counter, 1, order);                                                      \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_dec##suffix(type *v)                                              \
	{                                                                                                              \
		return __atomic_fetch_sub(&v->counter, 1, order);                                                      \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_and##suffix(int_type i, type *v)                                  \
	{                                                                                                              \
		return __atomic_fetch_and(&v->counter, i, order);                                                      \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_andnot##suffix(int_type i, type *v)                               \
	{                                                                                                              \
		return __atomic_fetch_and(&v->counter, ~i, order);                                                     \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_or##suffix(int_type i, type *v)                                   \
	{                                                                                                              \
		return __atomic_fetch_or(&v->counter, i, order);                                                       \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_xor##suffix(int_type i, type *v)                                  \
	{                                                                                                              \
		return __atomic_fetch_xor(&v->counter, i, order);                                                      \
	}                                                                                                              \
	static __always_inline int_type name##_xchg##suffix(type *v, int_type n)                                       \
	{                                                                                                              \
		return __atomic_exchange_n(&v->counter, n, order);                                                     \
	}                                                                                                              \
	static __always_inline int_type name##_cmpxchg##suffix(type *v, int_type old, int_type n)                      \
	{                                                                                                              \
		__atomic_compare_exchange_n(&v->counter, &old, n, 0, order, __ATOMIC_RELAXED);                         \
		return old;                                                                                            \
	}                                                                                                              \
	static __always_inline bool name##_try_cmpxchg##suffix(type *v, int_type *old, int_type n)                     \
	{                                                                                                              \
		return __atomic_compare_exchange_n(&v->counter, old, n, 0, order, __ATOMIC_RELAXED);                   \
	}

#define ATOMIC_FAMILY(name, type, int_type)                                                                            \
	static __always_inline int_type name##_read(const type *v)                                                     \
	{                                                                                                              \
		return READ_ONCE(v->counter);                                                                          \
	}                                                                                                              \
	static __always_inline void name##_set(type *v, int_type i)                                                    \
	{                                                                                                              \
		WRITE_ONCE(v->counter, i);                                                                             \
	}                                                                                                              \
	static __always_inline int_type name##_read_acquire(const type *v)                                             \
	{                                                                                                              \
		return smp_load_acquire(&v->counter);                                                                  \
	}                                                                                                              \
	static __always_inline void name##_set_release(type *v, int_type i)                                            \
	{                                                                                                              \
		smp_store_release(&v->counter, i);                                                                     \
	}                                                                                                              \
	ATOMIC_ORDERED(ATOMIC_VALUE_OPS, name, type, int_type)                                                         \
	static __always_inline void name##_add(int_type i, type *v)                                                    \
	{                                                                                                              \
		__atomic_fetch_add(&v->counter, i, __ATOMIC_RELAXED);                                                  \
	}                                                                                                              \
	static __always_inline void name##_sub(int_type i, type *v)                                                    \
	{                                                                                                              \
		__atomic_fetch_sub(&v->counter, i, __ATOMIC_RELAXED);                                                  \
	}                                                                                                              \
	static __always_inline void name##_inc(type *v)                                                                \
	{                                                                                                              \
		__atomic_fetch_add(&v->counter, 1, __ATOMIC_RELAXED);                                                  \
	}                                                                                                              \
	static __always_inline void name##_dec(type *v)                                                                \
	{                                                                                                              \
		__atomic_fetch_sub(&v->counter, 1, __ATOMIC_RELAXED);                                                  \
	}                                                                                                              \
	static __always_inline void name##_and(int_type i, type *v)                                                    \
	{                                                                                                              \
		__atomic_fetch_and(&v->counter, i, __ATOMIC_RELAXED);                                                  \
	}                                                                                                              \
	static __always_inline void name##_andnot(int_type i, type *v)                                                 \
	{                                                                                                              \
		__atomic_fetch_and(&v->counter, ~i, __ATOMIC_RELAXED);                                                 \
	}                                                                                                              \
	static __always_inline void name##_or(int_type i, type *v)                                                     \
	{                                                                                                              \
		__atomic_fetch_or(&v->counter, i, __ATOMIC_RELAXED);                                                   \
	}                                                                                                              \
	static __always_inline void name##_xor(int_type i, type *v)                                                    \
	{                                                                                                              \
		__atomic_fetch_xor(&v->counter, i, __ATOMIC_RELAXED);                                                  \
	}                                                                                                              \
	static __always_inline bool name##_sub_and_test(int_type i, type *v)                                           \
	{                                                                                                              \
		return name##_sub_return(i, v) == 0;                                                                   \
	}                                                                                                              \
	static __always_inline bool name##_dec_and_test(type *v)                                                       \
	{                                                                                                              \
		return name##_dec_return(v) == 0;                                                                      \
	}                                                                                                              \
	static __always_inline bool name##_inc_and_test(type *v)                                                       \
	{                                                                                                              \
		return name##_inc_return(v) == 0;                                                                      \
	}                                                                                                              \
	static __always_inline bool name##_add_negative(int_type i, type *v)                                           \
	{                                                                                                              \
		return name##_add_return(i, v) < 0;                                                                    \
	}                                                                                                              \
	static __always_inline int_type name##_fetch_add_unless(type *v, int_type a, int_type u)                       \
	{                                                                                                              \
		int_type c = name##_read(v);                                                                           \
                                                                                                                       \
		do {                                                                                                   \
			if (unlikely(c == u))                                                                          \
				break;                                                                                 \
		} while (!name##_try_cmpxchg(v, &c, c + a));                                                           \
		return c;                                                                                              \
	}                                                                                                              \
	static __always_inline bool name##_add_unless(type *v, int_type a, int_type u)                                 \
	{                                                                                                              \
		return name##_fetch_add_unless(v, a, u) != u;                                                          \
	}                                                                                                              \
	static __always_inline bool name##_inc_not_zero(type *v)                                                       \
	{                                                                                                              \
		return name##_add_unless(v, 1, 0);                                                                     \
	}                                                                                                              \
	static __always_inline bool name##_inc_unless_negative(type *v)                                                \
	{                                                                                                              \
		int_type c = name##_read(v);                                                                           \
                                                                                                                       \
		do {                                                                                                   \
			if (unlikely(c < 0))                                                                           \
				return false;                                                                          \
		} while (!name##_try_cmpxchg(v, &c, c + 1));                                                           \
		return true;                                                                                           \
	}                                                                                                              \
	static __always_inline bool name##_dec_unless_positive(type *v)                                                \
	{                                                                                                              \
		int_type c = name##_read(v);                                                                           \
                                                                                                                       \
		do {                                                                                                   \
			if (unlikely(c > 0))                                                                           \
				return false;                                                                          \
		} while (!name##_try_cmpxchg(v, &c, c - 1));                                                           \
		return true;                                                                                           \
	}                                                                                                              \
	static __always_inline int_type name##_dec_if_positive(type *v)                                                \
	{                                                                                                              \
		int_type dec, c = name##_read(v);                                                                      \
                                                                                                                       \
		do {                                                                                                   \
			dec = c - 1;                                                                                   \
			if (unlikely(dec < 0))                                                                         \
				break;                                                                                 \
		} while (!name##_try_cmpxchg(v, &c, dec));                                                             \
		return dec;                                                                                            \
	}

ATOMIC_FAMILY(atomic, atomic_t, int)
ATOMIC_FAMILY(atomic64, atomic64_t, s64)

/* As large as s64, and another type for the compiler. */
typedef struct {
	long counter;
} atomic_long_t;
#define ATOMIC64_INIT(i) { (i) }
#define ATOMIC_LONG_INIT(i) { (i) }
ATOMIC_FAMILY(atomic_long, atomic_long_t, long)

#define atomic_cond_read_acquire(v, c) smp_cond_load_acquire(&(v)->counter, (c))
#define atomic_cond_read_relaxed(v, c) smp_cond_load_relaxed(&(v)->counter, (c))
#define atomic_long_cond_read_acquire(v, c) smp_cond_load_acquire(&(v)->counter, (c))
#define atomic64_cond_read_acquire(v, c) smp_cond_load_acquire(&(v)->counter, (c))

#endif
