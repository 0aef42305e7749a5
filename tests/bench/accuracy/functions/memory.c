// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

static u64 from[128], to[128];
static u8 bytes[1024];
static u32 ring[64];

PREPARE(copy_words)
{
	for (int i = 0; i < 128; i++)
		from[i] = i;
}
MEASURE(copy_words)
{
	for (int i = 0; i < 128; i++)
		((volatile u64 *)to)[i] = from[i];
	return to[5];
}

PREPARE(copy_pairs)
{
	for (int i = 0; i < 128; i++)
		from[i] = i * 3;
}
MEASURE(copy_pairs)
{
	u64 *t = to;
	const u64 *f = from;

	for (int left = 128; left >= 4; left -= 4, t += 4, f += 4) {
		u64 a = f[0], b = f[1], c = f[2], d = f[3];

		t[0] = a;
		t[1] = b;
		t[2] = c;
		t[3] = d;
		__asm__ volatile("" ::: "memory");
	}
	return to[7];
}

PREPARE(find_byte)
{
	for (int i = 0; i < 1024; i++)
		bytes[i] = i % 250;
	bytes[700] = 255;
}
MEASURE(find_byte)
{
	for (size_t i = 0; i < sizeof bytes; i++)
		if (bytes[i] == 255)
			return i;
	return -1;
}

PREPARE(memory_is_zero)
{
	bytes[1000] = 1;
}
MEASURE(memory_is_zero)
{
	const u64 *p = (const u64 *)bytes;

	for (int i = 0; i < 128; i++)
		if (p[i])
			return i;
	return 128;
}

struct record {
	u32 id;
	u8 flags, kind;
	u16 length;
	u64 stamp;
};
static struct record records[48];

PREPARE(copy_structs)
{
	for (int i = 0; i < 48; i++)
		records[i] = (struct record){i, i & 7, i & 3, i * 5, i * 99};
}
MEASURE(copy_structs)
{
	u64 kept = 0;

	for (int i = 0; i < 48; i++)
		if (records[i].flags & 2)
			records[kept++] = records[i];
	return kept;
}

PREPARE(ring_produce_consume)
{
}
MEASURE(ring_produce_consume)
{
	u32 head = 0, tail = 0, sum = 0;

	for (u32 i = 0; i < 200; i++) {
		if (head - tail < 64)
			ring[head++ & 63] = i * 7;
		if (i % 3 == 2)
			while (tail != head && tail % 5 != 4)
				sum += ring[tail++ & 63];
		if (tail != head)
			sum ^= ring[tail++ & 63];
	}
	return sum;
}

static u8 heap_map[64];
PREPARE(first_fit)
{
}
MEASURE(first_fit)
{
	u64 sum = 0;

	for (int round = 0; round < 24; round++) {
		int want = 1 + round % 4, run = 0, at = -1;

		for (int i = 0; i < 64; i++) {
			run = heap_map[i] ? 0 : run + 1;
			if (run == want) {
				at = i - want + 1;
				break;
			}
		}
		if (at >= 0)
			for (int i = 0; i < want; i++)
				heap_map[at + i] = round + 1;
		if (round % 5 == 4)
			for (int i = 0; i < 64; i++)
				if (heap_map[i] == round - 2)
					heap_map[i] = 0;
		sum = sum * 3 + at;
	}
	return sum;
}
