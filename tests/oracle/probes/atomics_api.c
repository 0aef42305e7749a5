// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Atomics: what each form answers. */
#include "probe.h"
#include <linux/atomic.h>

static void probe(void)
{
	atomic_t a = ATOMIC_INIT(5);
	atomic64_t b = ATOMIC64_INIT(1LL << 40);
	unsigned long bits = 0;
	int old = 4, x = 1;

	FACT(atomic_add_return(2, &a));
	FACT(atomic_fetch_add(2, &a));
	FACT(atomic_sub_and_test(9, &a));
	FACT(atomic_dec_if_positive(&a));
	FACT(atomic_inc_not_zero(&a));
	FACT(atomic_add_unless(&a, 3, 0));
	FACT(atomic_add_unless(&a, 3, 7));
	FACT(atomic_fetch_add_unless(&a, 3, 3));
	FACT(atomic_cmpxchg(&a, 3, 4));
	FACT(atomic_try_cmpxchg(&a, &old, 9));
	FACT(atomic_try_cmpxchg(&a, &old, 1));
	FACT(old);
	FACT(atomic_xchg(&a, -1));
	FACT(atomic_inc_and_test(&a));
	FACT(atomic_add_negative(-3, &a));
	FACT(atomic_inc_unless_negative(&a));
	FACT(atomic_dec_unless_positive(&a));
	FACT(atomic_fetch_or(8, &a));
	FACT(atomic_fetch_and(0xf, &a));
	FACT(atomic_fetch_xor(3, &a));
	FACT(atomic_fetch_andnot(1, &a));
	FACT(atomic_read(&a));
	FACT(atomic64_add_return(1, &b));
	FACT(atomic64_fetch_sub(1, &b));
	FACT(atomic64_dec_if_positive(&b));
	FACT(atomic64_cmpxchg(&b, 0, 1));
	FACT(test_and_set_bit(3, &bits));
	FACT(test_and_set_bit(3, &bits));
	FACT(test_and_clear_bit(3, &bits));
	FACT(test_and_change_bit(1, &bits));
	FACT(xchg(&x, 7));
	FACT(cmpxchg(&x, 7, 8));
	FACT(cmpxchg(&x, 7, 9));
	FACT(x);
	FACT(test_and_set_bit_lock(2, &bits));
	clear_bit_unlock(2, &bits);
	assign_bit(5, &bits, true);
	FACT(bits);
	FACT(INT_MAX);
	atomic_set(&a, INT_MAX);
	FACT(atomic_inc_return(&a));
}

static void leave(void)
{
}
