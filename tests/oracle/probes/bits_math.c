// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Bit operations and arithmetic helpers. */
#include <linux/bitfield.h>
#include <linux/bitrev.h>
#include <linux/crc32.h>
#include <linux/gcd.h>
#include <linux/hash.h>
#include <linux/jhash.h>
#include <linux/lcm.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/reciprocal_div.h>
#include "probe.h"

static void probe(void)
{
	FACT(fls(0));
	FACT(fls(1));
	FACT(fls(0x80000000));
	FACT(fls64(0));
	FACT(fls64(1ULL << 40));
	FACT(ffs(0));
	FACT(ffs(8));
	FACT(__ffs(8));
	FACT(ffz(7));
	FACT(hweight32(0xf0f0));
	FACT(hweight64(~0ULL));
	FACT(ilog2(1000));
	FACT(roundup_pow_of_two(1000));
	FACT(rounddown_pow_of_two(1000));
	FACT(order_base_2(1000));
	FACT(is_power_of_2(0));
	FACT(is_power_of_2(64));
	FACT(get_order(5000));
	FACT(get_order(4096));
	FACT(get_order(1));
	FACT(gcd(12, 18));
	FACT(gcd(0, 5));
	FACT(lcm(4, 6));
	FACT(int_sqrt(99));
	FACT(int_sqrt(100));
	FACT(bitrev8(0x12));
	FACT(bitrev32(0x12345678));
	FACT(DIV_ROUND_CLOSEST(7, 2));
	FACT(DIV_ROUND_CLOSEST(-7, 2));
	FACT(DIV_ROUND_UP(7, 2));
	FACT(roundup(7, 4));
	FACT(rounddown(7, 4));
	FACT(round_up(7, 4));
	FACT(mult_frac(1000, 3, 7));
	FACT(abs(-5));
	FACT(clamp(5, 1, 3));
	FACT(min_t(int, -1, 2));
	FACT(max3(1, 5, 3));
	FACT(swab32(0x12345678));
	FACT(sign_extend32(0xff, 7));
	FACT(sign_extend64(0x800, 11));
	FACT(FIELD_GET(GENMASK(7, 4), 0xabc));
	FACT(FIELD_PREP(GENMASK(7, 4), 5));
	FACT(GENMASK(5, 2));
	FACT(BIT(5));
	FACT(div_u64(1000000007ULL, 13));
	FACT(div64_s64(-7, 2));
	FACT(mul_u64_u32_shr(1ULL << 40, 1000, 10));
	FACT(DIV64_U64_ROUND_UP(7, 2));
	FACT(hash_32(1234, 10));
	FACT(hash_64(1234, 10));
	FACT(jhash("abc", 3, 0));
	FACT(jhash_1word(7, 3));
	FACT(crc32(0, "123456789", 9));
	FACT(crc32_le(~0, "123456789", 9) ^ 0xffffffff);
	FACT(rol32(0x80000001, 4));
	FACT(ror32(0x80000001, 4));
	FACT(upper_32_bits(0x123456789abcULL));
	FACT(lower_32_bits(0x123456789abcULL));
	FACT(reciprocal_divide(1000, reciprocal_value(7)));
}

static void leave(void)
{
}
