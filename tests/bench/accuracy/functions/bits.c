// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

static u64 map[16];
static u32 values[64];

static __attribute__((section(".prepare"))) void fill(void)
{
	u32 seed = 23;

	for (int i = 0; i < 16; i++)
		map[i] = (u64)SEQUENCE(seed) << 32 & ((u64)SEQUENCE(seed) << 29 | 1ul << i * 3);
	for (int i = 0; i < 64; i++)
		values[i] = SEQUENCE(seed);
}

PREPARE(bits_next_set)
{
	fill();
}
MEASURE(bits_next_set)
{
	u64 sum = 0;
	unsigned at = 0;

	for (;;) {
		unsigned word = at / 64;
		u64 rest;

		if (at >= 1024)
			return sum;
		rest = map[word] & ~0ul << at % 64;
		while (!rest) {
			if (++word == 16)
				return sum;
			rest = map[word];
		}
		at = word * 64 + __builtin_ctzl(rest);
		sum += at++;
	}
}

PREPARE(bits_for_each)
{
	fill();
}
MEASURE(bits_for_each)
{
	u64 sum = 0;

	for (int i = 0; i < 16; i++)
		for (u64 w = map[i]; w; w &= w - 1)
			sum += i * 64 + __builtin_ctzl(w);
	return sum;
}

PREPARE(bits_weight)
{
	fill();
}
MEASURE(bits_weight)
{
	u64 sum = 0;

	for (int i = 0; i < 64; i++) {
		u32 v = values[i];

		v -= v >> 1 & 0x55555555;
		v = (v & 0x33333333) + (v >> 2 & 0x33333333);
		sum += ((v + (v >> 4) & 0x0f0f0f0f) * 0x01010101) >> 24;
	}
	return sum;
}

PREPARE(bits_reverse)
{
	fill();
}
MEASURE(bits_reverse)
{
	u64 sum = 0;

	for (int i = 0; i < 64; i++) {
		u32 v = values[i], r = 0;

		for (int k = 0; k < 32; k += 4)
			r = r << 4 | (v >> k & 15);
		sum ^= r + i;
	}
	return sum;
}

PREPARE(log2_classes)
{
	fill();
}
MEASURE(log2_classes)
{
	u32 count[32] = {0};
	u64 sum = 0;

	for (int i = 0; i < 64; i++)
		count[31 - __builtin_clz(values[i] | 1)]++;
	for (int i = 0; i < 32; i++)
		sum = sum * 5 + count[i];
	return sum;
}

PREPARE(gcd_binary)
{
	fill();
}
MEASURE(gcd_binary)
{
	u64 sum = 0;

	for (int i = 0; i + 1 < 32; i += 2) {
		u32 a = values[i] | 1, b = values[i + 1] | 1;

		while (a != b) {
			if (a < b) {
				u32 t = a;
				a = b;
				b = t;
			}
			a -= b;
			a >>= __builtin_ctz(a);
		}
		sum += a;
	}
	return sum;
}
