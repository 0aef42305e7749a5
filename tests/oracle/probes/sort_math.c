// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* sort(), bsearch(), and the mathematics of lib/math. */
#include "probe.h"

#include <linux/bsearch.h>
#include <linux/gcd.h>
#include <linux/lcm.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/rational.h>
#include <linux/reciprocal_div.h>
#include <linux/sort.h>

static int compares, swaps;

static int compare(const void *a, const void *b)
{
	compares++;
	return *(const int *)a - *(const int *)b;
}

static int compare_with(const void *a, const void *b, const void *priv)
{
	return (*(const int *)a - *(const int *)b) * *(const int *)priv;
}

static void exchange(void *a, void *b, int size)
{
	int t = *(int *)a;

	swaps++;
	*(int *)a = *(int *)b;
	*(int *)b = t;
}

static void probe(void)
{
	int numbers[] = {5, 3, 9, 1, 7, 3, 8, 0, 2}, down = -1, key, i;
	unsigned long num, den;
	struct reciprocal_value r;
	s32 rest32;
	u64 left;
	u32 left32;

	sort(numbers, ARRAY_SIZE(numbers), sizeof(int), compare, exchange);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		FACT(numbers[i]);
	FACT(swaps);
	sort_r(numbers, ARRAY_SIZE(numbers), sizeof(int), compare_with, NULL, &down);
	SAY("%d %d %d ... %d", numbers[0], numbers[1], numbers[2], numbers[8]);
	sort(numbers, ARRAY_SIZE(numbers), sizeof(int), compare, NULL);
	compares = 0;
	key = 7;
	FACT((int *)bsearch(&key, numbers, ARRAY_SIZE(numbers), sizeof(int), compare) - numbers);
	FACT(compares);
	key = 6;
	FACT(bsearch(&key, numbers, ARRAY_SIZE(numbers), sizeof(int), compare) == NULL);
	FACT(bsearch(&key, numbers, 0, sizeof(int), compare) == NULL);
	FACT(gcd(12, 18));
	FACT(gcd(0, 5));
	FACT(gcd(7, 0));
	FACT(lcm(4, 6));
	FACT(lcm(0, 6));
	FACT(lcm_not_zero(0, 6));
	FACT(int_sqrt(0));
	FACT(int_sqrt(99));
	FACT(int_sqrt(ULONG_MAX));
	FACT(int_sqrt64(1ULL << 62));
	FACT(int_pow(3, 13));
	FACT(int_pow(2, 64));
	FACT(int_pow(0, 0));
	rational_best_approximation(31415, 10000, 100, 100, &num, &den);
	SAY("%lu/%lu", num, den);
	rational_best_approximation(1, 3, 2, 2, &num, &den);
	SAY("%lu/%lu", num, den);
	r = reciprocal_value(7);
	FACT(reciprocal_divide(1000000, r));
	FACT(div_u64(1000000007, 10));
	FACT(div_u64_rem(1000000007, 10, &left32));
	FACT(left32);
	FACT(div64_u64_rem(~0ULL, 3000000000ULL, &left));
	FACT(left);
	FACT(div_s64(-7, 2));
	FACT(div_s64_rem(-7, 2, &rest32));
	FACT(rest32);
	FACT(div64_s64(-7000000000LL, 2000000000LL));
	FACT(mul_u64_u32_shr(1ULL << 40, 3, 5));
	FACT(mul_u64_u64_div_u64(1ULL << 40, 1ULL << 40, 1ULL << 20));
	FACT(mul_u64_u64_shr(1ULL << 40, 1ULL << 40, 30));
	FACT(iter_div_u64_rem(10, 3, &left));
	FACT(left);
	FACT(DIV_ROUND_CLOSEST(7, 2));
	FACT(DIV_ROUND_CLOSEST(-7, 2));
	FACT(DIV_ROUND_CLOSEST_ULL(7ULL, 4));
	FACT(DIV_ROUND_UP_ULL(7ULL, 4));
	FACT(DIV64_U64_ROUND_CLOSEST(7ULL, 4));
	FACT(roundup(7, 4));
	FACT(rounddown(7, 4));
	FACT(round_up(9, 8));
	FACT(round_down(9, 8));
	FACT(roundup_pow_of_two(17));
	FACT(rounddown_pow_of_two(17));
	FACT(is_power_of_2(0));
	FACT(order_base_2(17));
	FACT(ilog2(1ULL << 33));
	FACT(bits_per(8));
	FACT(abs(-3));
}

static void leave(void)
{
}
