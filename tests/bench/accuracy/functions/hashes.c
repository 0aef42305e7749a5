// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

static u8 text[256];
static u32 words[96];

static __attribute__((section(".prepare"))) void fill(void)
{
	u32 seed = 11;

	for (int i = 0; i < 256; i++)
		text[i] = SEQUENCE(seed) >> 24;
	for (int i = 0; i < 96; i++)
		words[i] = SEQUENCE(seed);
}

PREPARE(hash_fnv)
{
	fill();
}
MEASURE(hash_fnv)
{
	u32 h = 2166136261u;

	for (size_t i = 0; i < sizeof text; i++)
		h = (h ^ text[i]) * 16777619u;
	return h;
}

static inline u32 rotate(u32 x, unsigned n)
{
	return x << n | x >> (32 - n);
}

PREPARE(hash_mix)
{
	fill();
}
MEASURE(hash_mix)
{
	u32 a = 0xdeadbeef, b = 0x12345678, c = 0x9e3779b9;

	for (int i = 0; i + 3 <= 96; i += 3) {
		a += words[i];
		b += words[i + 1];
		c += words[i + 2];
		a -= c;
		a ^= rotate(c, 4);
		c += b;
		b -= a;
		b ^= rotate(a, 6);
		a += c;
		c -= b;
		c ^= rotate(b, 8);
		b += a;
	}
	return a ^ b ^ c;
}

struct entry {
	struct entry *next;
	u64 key, value;
};
static struct entry entries[64], *buckets[32];

static inline u32 slot(u64 key)
{
	return key * 0x61c8864680b583ebull >> 59;
}

PREPARE(hash_lookup)
{
	u32 seed = 3;

	for (int i = 0; i < 64; i++) {
		entries[i].key = SEQUENCE(seed);
		entries[i].value = i;
		entries[i].next = buckets[slot(entries[i].key)];
		buckets[slot(entries[i].key)] = &entries[i];
	}
}
MEASURE(hash_lookup)
{
	u64 sum = 0;

	for (int i = 0; i < 64; i += 2) {
		u64 key = entries[i].key + (i & 8 ? 1 : 0);

		for (struct entry *e = buckets[slot(key)]; e; e = e->next)
			if (e->key == key) {
				sum += e->value;
				break;
			}
	}
	return sum;
}

PREPARE(checksum_internet)
{
	fill();
}
MEASURE(checksum_internet)
{
	const u16 *p = (const u16 *)text;
	u64 sum = 0;

	for (int i = 0; i < 128; i++)
		sum += p[i];
	sum = (sum >> 16) + (sum & 0xffff);
	sum += sum >> 16;
	return (u16)~sum;
}

static u32 table[256];
PREPARE(crc32_table)
{
	fill();
	for (u32 i = 0; i < 256; i++) {
		u32 c = i;

		for (int k = 0; k < 8; k++)
			c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
		table[i] = c;
	}
}
MEASURE(crc32_table)
{
	u32 crc = ~0u;

	for (size_t i = 0; i < sizeof text; i++)
		crc = table[(crc ^ text[i]) & 255] ^ crc >> 8;
	return ~crc;
}

PREPARE(crc16_bits)
{
	fill();
}
MEASURE(crc16_bits)
{
	u16 crc = 0xffff;

	for (int i = 0; i < 64; i++) {
		crc ^= (u16)text[i] << 8;
		for (int k = 0; k < 8; k++)
			crc = crc & 0x8000 ? (u16)(crc << 1 ^ 0x1021) : (u16)(crc << 1);
	}
	return crc;
}

PREPARE(adler)
{
	fill();
}
MEASURE(adler)
{
	u32 a = 1, b = 0;

	for (size_t i = 0; i < sizeof text; i++) {
		a += text[i];
		if (a >= 65521)
			a -= 65521;
		b += a;
		if (b >= 65521)
			b -= 65521;
	}
	return b << 16 | a;
}
