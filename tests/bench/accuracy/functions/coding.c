// SPDX-License-Identifier: Apache-2.0
// Encoders, decoders, ciphers, hashes.
#include "bench.h"

static u8 input[600], output[1200];
static void noise(void)
{
	u32 s = 4711;
	for (int i = 0; i < 600; i++)
		input[i] = SEQUENCE(s) >> 24;
}
static void text(void)
{
	static const char words[] = "interrupt handler thread the of and to a softirq tasklet work queue ";
	for (int i = 0; i < 600; i++)
		input[i] = words[(i * 7 + i / 5) % 67];
}

PREPARE(base64_decode)
{
	static const char d[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	u32 s = 3;
	for (int i = 0; i < 400; i++)
		input[i] = i % 65 == 64 ? '\n' : d[SEQUENCE(s) >> 26];
}
MEASURE(base64_decode)
{
	u32 acc = 0, bits = 0, o = 0;
	for (int i = 0; i < 400; i++) {
		u8 c = input[i];
		int v;
		if (c >= 'A' && c <= 'Z')
			v = c - 'A';
		else if (c >= 'a' && c <= 'z')
			v = c - 'a' + 26;
		else if (c >= '0' && c <= '9')
			v = c - '0' + 52;
		else if (c == '+')
			v = 62;
		else if (c == '/')
			v = 63;
		else
			continue;
		acc = acc << 6 | v;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			output[o++] = acc >> bits;
		}
	}
	return o + output[33];
}

PREPARE(hex_dump)
{
	noise();
}
MEASURE(hex_dump)
{
	u8 *o = output;
	for (int i = 0; i < 128; i++) {
		static const char digit[] = "0123456789abcdef";
		*o++ = digit[input[i] >> 4];
		*o++ = digit[input[i] & 15];
		*o++ = i % 16 == 15 ? '\n' : ' ';
	}
	return o - output + output[77];
}

PREPARE(lz_decode)
{
	/* Tokens: literal run, then offset and length. */
	int i = 0;
	u32 s = 8;
	while (i < 300) {
		u8 literals = 1 + (SEQUENCE(s) >> 29);
		input[i++] = literals << 4 | (SEQUENCE(s) >> 29);
		for (int n = 0; n < literals; n++)
			input[i++] = SEQUENCE(s) >> 24;
		input[i++] = 1;
	}
	input[i] = 0;
}
MEASURE(lz_decode)
{
	u8 *in = input, *out = output, *end = output + 1100;
	while (*in && out < end) {
		unsigned literals = *in >> 4, length = (*in & 15) + 4;
		in++;
		while (literals--)
			*out++ = *in++;
		unsigned offset = *in++;
		if (offset > out - output)
			return 1;
		const u8 *from = out - offset;
		while (length-- && out < end)
			*out++ = *from++;
	}
	return out - output + output[200];
}

static u16 lz_table[256];
PREPARE(lz_encode)
{
	text();
}
MEASURE(lz_encode)
{
	u8 *out = output;
	int anchor = 0, i = 0;
	while (i + 4 < 400) {
		u32 v = input[i] | input[i + 1] << 8 | input[i + 2] << 16 | (u32)input[i + 3] << 24;
		u32 h = v * 2654435761u >> 24;
		int candidate = lz_table[h];
		lz_table[h] = i;
		if (candidate < i && i - candidate < 65536 && input[candidate] == input[i] &&
		    input[candidate + 1] == input[i + 1] && input[candidate + 2] == input[i + 2] &&
		    input[candidate + 3] == input[i + 3]) {
			int length = 4;
			while (i + length < 400 && input[candidate + length] == input[i + length])
				length++;
			for (; anchor < i; anchor++)
				*out++ = input[anchor];
			*out++ = length;
			*out++ = i - candidate;
			i += length;
			anchor = i;
		} else {
			i++;
		}
	}
	return out - output;
}

struct bits {
	const u8 *next, *end;
	u64 hold;
	unsigned count;
};
static inline u32 take(struct bits *b, unsigned n)
{
	while (b->count < n) {
		b->hold |= (u64)(b->next < b->end ? *b->next++ : 0) << b->count;
		b->count += 8;
	}
	u32 v = b->hold & ((1u << n) - 1);
	b->hold >>= n;
	b->count -= n;
	return v;
}
PREPARE(bit_reader)
{
	noise();
}
MEASURE(bit_reader)
{
	struct bits b = {input, input + 200, 0, 0};
	u64 h = 0;
	while (b.next < b.end) {
		unsigned kind = take(&b, 2);
		switch (kind) {
		case 0:
			h += take(&b, 5);
			break;
		case 1:
			h ^= take(&b, 9) << 3;
			break;
		case 2:
			h = h * 3 + take(&b, 3);
			break;
		default:
			h -= take(&b, 13);
		}
	}
	return h;
}

static u16 first_code[16], counts[16], symbols[64];
PREPARE(huffman_decode)
{
	noise();
	/* 4 of 3 bits, 4 of 4 bits, 8 of 5 bits: complete. */
	counts[3] = 4, counts[4] = 4, counts[5] = 8;
	for (int i = 0; i < 16; i++)
		symbols[i] = i * 7 % 16;
}
MEASURE(huffman_decode)
{
	u64 h = 0;
	unsigned bit = 0;
	for (int n = 0; n < 100; n++) {
		int code = 0, first = 0, index = 0, length;
		for (length = 1; length < 16; length++) {
			code |= input[bit >> 3] >> (bit & 7) & 1;
			bit++;
			int count = counts[length];
			if (code - count < first) {
				h = h * 5 + symbols[index + (code - first)];
				break;
			}
			index += count;
			first = (first + count) << 1;
			code <<= 1;
		}
	}
	return h;
}

PREPARE(run_length)
{
	u32 s = 12;
	for (int i = 0, v = 0; i < 500; i++) {
		if (SEQUENCE(s) >> 30 == 0)
			v = SEQUENCE(s) >> 24;
		input[i] = v;
	}
}
MEASURE(run_length)
{
	u8 *o = output;
	for (int i = 0; i < 500;) {
		int n = 1;
		while (i + n < 500 && n < 255 && input[i + n] == input[i])
			n++;
		*o++ = n;
		*o++ = input[i];
		i += n;
	}
	return o - output;
}

#define ROTL32(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define ROTL64(x, n) ((x) << (n) | (x) >> (64 - (n)))
#define QUARTER(a, b, c, d)                                                                                            \
	a += b, d ^= a, d = ROTL32(d, 16), c += d, b ^= c, b = ROTL32(b, 12), a += b, d ^= a, d = ROTL32(d, 8),        \
			c += d, b ^= c, b = ROTL32(b, 7)
static u32 chacha_state[16];
PREPARE(chacha)
{
	u32 s = 1;
	for (int i = 0; i < 16; i++)
		chacha_state[i] = SEQUENCE(s);
}
MEASURE(chacha)
{
	u32 x[16], h = 0;
	for (int block = 0; block < 2; block++) {
		for (int i = 0; i < 16; i++)
			x[i] = chacha_state[i];
		for (int i = 0; i < 10; i++) {
			QUARTER(x[0], x[4], x[8], x[12]);
			QUARTER(x[1], x[5], x[9], x[13]);
			QUARTER(x[2], x[6], x[10], x[14]);
			QUARTER(x[3], x[7], x[11], x[15]);
			QUARTER(x[0], x[5], x[10], x[15]);
			QUARTER(x[1], x[6], x[11], x[12]);
			QUARTER(x[2], x[7], x[8], x[13]);
			QUARTER(x[3], x[4], x[9], x[14]);
		}
		for (int i = 0; i < 16; i++)
			h ^= x[i] + chacha_state[i];
		chacha_state[12]++;
	}
	return h;
}

PREPARE(siphash)
{
	noise();
}
#define SIPROUND                                                                                                       \
	v0 += v1, v1 = ROTL64(v1, 13), v1 ^= v0, v0 = ROTL64(v0, 32), v2 += v3, v3 = ROTL64(v3, 16), v3 ^= v2,         \
		  v0 += v3, v3 = ROTL64(v3, 21), v3 ^= v0, v2 += v1, v1 = ROTL64(v1, 17), v1 ^= v2,                    \
		  v2 = ROTL64(v2, 32)
static noinline u64 siphash(const u8 *p, size_t n)
{
	u64 k0 = 0x0706050403020100, k1 = 0x0f0e0d0c0b0a0908, v0 = k0 ^ 0x736f6d6570736575,
	    v1 = k1 ^ 0x646f72616e646f6d, v2 = k0 ^ 0x6c7967656e657261, v3 = k1 ^ 0x7465646279746573,
	    tail = (u64)n << 56;
	const u8 *end = p + (n & ~7ul);
	for (; p != end; p += 8) {
		u64 m;
		__builtin_memcpy(&m, p, 8);
		v3 ^= m;
		SIPROUND;
		SIPROUND;
		v0 ^= m;
	}
	switch (n & 7) {
	case 7:
		tail |= (u64)p[6] << 48; /* fall through */
	case 6:
		tail |= (u64)p[5] << 40; /* fall through */
	case 5:
		tail |= (u64)p[4] << 32; /* fall through */
	case 4:
		tail |= (u64)p[3] << 24; /* fall through */
	case 3:
		tail |= (u64)p[2] << 16; /* fall through */
	case 2:
		tail |= (u64)p[1] << 8; /* fall through */
	case 1:
		tail |= p[0];
	}
	v3 ^= tail;
	SIPROUND;
	SIPROUND;
	v0 ^= tail;
	v2 ^= 0xff;
	for (int i = 0; i < 4; i++)
		SIPROUND;
	return v0 ^ v1 ^ v2 ^ v3;
}
MEASURE(siphash)
{
	u64 h = 0;
	for (int n = 0; n < 40; n++)
		h ^= siphash(input + n, n);
	return h >> 3;
}

PREPARE(xxhash)
{
	noise();
}
MEASURE(xxhash)
{
	const u32 p1 = 2654435761u, p2 = 2246822519u, p3 = 3266489917u;
	u32 v[4] = {p1 + p2, p2, 0, -p1}, h;
	const u32 *p = (const u32 *)input;
	for (int i = 0; i < 20; i++)
		for (int l = 0; l < 4; l++) {
			v[l] += *p++ * p2;
			v[l] = ROTL32(v[l], 13) * p1;
		}
	h = ROTL32(v[0], 1) + ROTL32(v[1], 7) + ROTL32(v[2], 12) + ROTL32(v[3], 18) + 320;
	h ^= h >> 15;
	h *= p2;
	h ^= h >> 13;
	h *= p3;
	return h ^ h >> 16;
}

PREPARE(djb2)
{
	text();
	input[300] = 0;
}
MEASURE(djb2)
{
	u32 h = 5381;
	for (const u8 *s = input; *s; s++)
		h = h * 33 + *s;
	return h;
}

PREPARE(jhash)
{
	noise();
}
MEASURE(jhash)
{
	u64 sum = 0;
	for (int key = 0; key < 12; key++) {
		const u32 *k = (const u32 *)(input + 4 * key);
		unsigned n = 5 + key;
		u32 a, b, c;
		a = b = c = 0xdeadbeef + (n << 2) + key;
		while (n > 3) {
			a += k[0], b += k[1], c += k[2];
			a -= c, a ^= ROTL32(c, 4), c += b;
			b -= a, b ^= ROTL32(a, 6), a += c;
			c -= b, c ^= ROTL32(b, 8), b += a;
			a -= c, a ^= ROTL32(c, 16), c += b;
			b -= a, b ^= ROTL32(a, 19), a += c;
			c -= b, c ^= ROTL32(b, 4), b += a;
			n -= 3;
			k += 3;
		}
		switch (n) {
		case 3:
			c += k[2]; /* fall through */
		case 2:
			b += k[1]; /* fall through */
		case 1:
			a += k[0];
			c ^= b, c -= ROTL32(b, 14);
			a ^= c, a -= ROTL32(c, 11);
			b ^= a, b -= ROTL32(a, 25);
		}
		sum += c;
	}
	return sum;
}

PREPARE(utf16_to_utf8)
{
	u16 *w = (u16 *)input;
	u32 s = 21;
	for (int i = 0; i < 200; i++) {
		u32 r = SEQUENCE(s) >> 16;
		w[i] = i % 3 ? r & 0x7f : i % 7 ? r & 0x7ff : r;
	}
}
MEASURE(utf16_to_utf8)
{
	const u16 *w = (const u16 *)input;
	u8 *o = output;
	for (int i = 0; i < 200; i++) {
		u32 c = w[i];
		if ((c & 0xfc00) == 0xd800 && i + 1 < 200 && (w[i + 1] & 0xfc00) == 0xdc00) {
			c = 0x10000 + ((c & 0x3ff) << 10 | (w[++i] & 0x3ff));
			*o++ = 0xf0 | c >> 18;
			*o++ = 0x80 | (c >> 12 & 0x3f);
			*o++ = 0x80 | (c >> 6 & 0x3f);
			*o++ = 0x80 | (c & 0x3f);
		} else if (c < 0x80) {
			*o++ = c;
		} else if (c < 0x800) {
			*o++ = 0xc0 | c >> 6;
			*o++ = 0x80 | (c & 0x3f);
		} else {
			*o++ = 0xe0 | c >> 12;
			*o++ = 0x80 | (c >> 6 & 0x3f);
			*o++ = 0x80 | (c & 0x3f);
		}
	}
	return o - output + output[100];
}

PREPARE(varint)
{
	noise();
}
MEASURE(varint)
{
	u64 sum = 0;
	const u8 *p = input, *end = input + 400;
	while (p < end) {
		u64 v = 0;
		int shift = 0;
		do
			v |= (u64)(*p & 0x7f) << shift, shift += 7;
		while (*p++ & 0x80 && p < end && shift < 63);
		sum += v >> 1 ^ -(v & 1);
	}
	return sum;
}

PREPARE(tea)
{
	noise();
}
MEASURE(tea)
{
	u32 v0 = 1, v1 = 2, sum = 0;
	const u32 *k = (const u32 *)input;
	for (int i = 0; i < 32; i++) {
		v0 += ((v1 << 4 ^ v1 >> 5) + v1) ^ (sum + k[sum & 3]);
		sum += 0x9e3779b9;
		v1 += ((v0 << 4 ^ v0 >> 5) + v0) ^ (sum + k[sum >> 11 & 3]);
	}
	return v0 ^ v1;
}

PREPARE(rc4)
{
	noise();
}
static u8 rc4_state[256];
MEASURE(rc4)
{
	u8 j = 0, i = 0, h = 0;
	for (int n = 0; n < 256; n++)
		rc4_state[n] = n;
	for (int n = 0; n < 256; n++) {
		j += rc4_state[n] + input[n & 15];
		u8 t = rc4_state[n];
		rc4_state[n] = rc4_state[j];
		rc4_state[j] = t;
	}
	j = 0;
	for (int n = 0; n < 64; n++) {
		j += rc4_state[++i];
		u8 t = rc4_state[i];
		rc4_state[i] = rc4_state[j];
		rc4_state[j] = t;
		h ^= rc4_state[(u8)(rc4_state[i] + t)];
	}
	return h;
}

/* GF(2^8) of Reed-Solomon, without tables. */
static u8 gmul(u8 a, u8 b)
{
	u8 p = 0;
	for (int i = 0; i < 8; i++) {
		if (b & 1)
			p ^= a;
		u8 carry = a & 0x80;
		a <<= 1;
		if (carry)
			a ^= 0x1d;
		b >>= 1;
	}
	return p;
}
PREPARE(reed_solomon)
{
	noise();
}
MEASURE(reed_solomon)
{
	static const u8 generator[4] = {15, 54, 120, 64};
	u8 parity[4] = {0};
	for (int i = 0; i < 20; i++) {
		u8 feedback = input[i] ^ parity[0];
		for (int j = 0; j < 3; j++)
			parity[j] = parity[j + 1] ^ gmul(feedback, generator[j]);
		parity[3] = gmul(feedback, generator[3]);
	}
	return parity[0] ^ parity[1] << 1 ^ parity[3];
}

PREPARE(manchester)
{
	noise();
}
MEASURE(manchester)
{
	u64 errors = 0, n = 0;
	u32 shift = 0;
	for (int i = 0; i < 80; i++)
		for (int b = 6; b >= 0; b -= 2) {
			unsigned pair = input[i] >> b & 3;
			if (pair == 1)
				shift = shift << 1;
			else if (pair == 2)
				shift = shift << 1 | 1;
			else
				errors++;
			if ((shift & 0xff) == 0x7e)
				n++;
		}
	return errors * 100 + n;
}
