// SPDX-License-Identifier: Apache-2.0
#include "bench.h"
static u8 in[512], out[1024];
static u32 w[64];
static volatile int vz;
static void fill(void)
{
	u32 s = 99;
	for (int i = 0; i < 512; i++)
		in[i] = SEQUENCE(s) >> 24;
	for (int i = 0; i < 64; i++)
		w[i] = SEQUENCE(s);
}

PREPARE(base64)
{
	fill();
}
MEASURE(base64)
{
	static const char d[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t o = 0;
	for (size_t i = 0; i + 3 <= 300; i += 3) {
		u32 v = in[i] << 16 | in[i + 1] << 8 | in[i + 2];
		out[o++] = d[v >> 18];
		out[o++] = d[v >> 12 & 63];
		out[o++] = d[v >> 6 & 63];
		out[o++] = d[v & 63];
	}
	return o + out[17];
}

PREPARE(utf8)
{
	fill();
}
MEASURE(utf8)
{
	u64 n = 0, bad = 0;
	for (size_t i = 0; i < 500;) {
		u8 c = in[i];
		int k;
		if (c < 0x80)
			k = 0;
		else if (c >= 0xc2 && c < 0xe0)
			k = 1;
		else if (c >= 0xe0 && c < 0xf0)
			k = 2;
		else if (c >= 0xf0 && c < 0xf5)
			k = 3;
		else {
			bad++;
			i++;
			continue;
		}
		i++;
		while (k && i < 500 && (in[i] & 0xc0) == 0x80) {
			i++;
			k--;
		}
		if (k)
			bad++;
		else
			n++;
	}
	return n * 1000 + bad;
}

PREPARE(sha_rounds)
{
	fill();
}
MEASURE(sha_rounds)
{
	u32 a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
	for (int i = 0; i < 64; i++) {
		u32 s1 = (e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7), ch = (e & f) ^ (~e & g),
		    t1 = h + s1 + ch + w[i], s0 = (a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10),
		    mj = (a & b) ^ (a & c) ^ (b & c);
		h = g;
		g = f;
		f = e;
		e = d + t1;
		d = c;
		c = b;
		b = a;
		a = t1 + s0 + mj;
	}
	return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
}

PREPARE(lz_decode)
{
	int o = 0;
	for (int i = 0; i < 60; i++) {
		in[o++] = i % 7 == 3 ? 0x80 | (i % 5 + 3) : i % 4 + 1;
		if (i % 7 == 3)
			in[o++] = i % 9 + 1;
		else
			for (int k = 0; k < i % 4 + 1; k++)
				in[o++] = i * k;
	}
	in[o] = 0;
}
MEASURE(lz_decode)
{
	const u8 *p = in;
	u8 *q = out;
	while (*p && q < out + 900) {
		u8 c = *p++;
		if (c & 0x80) {
			int n = c & 0x7f;
			u8 back = *p++;
			const u8 *s = q - back;
			if (s < out)
				s = out;
			while (n--)
				*q++ = *s++;
		} else {
			while (c--)
				*q++ = *p++;
		}
	}
	return q - out;
}

PREPARE(mul128)
{
	fill();
}
MEASURE(mul128)
{
	unsigned __int128 a = 1;
	for (int i = 0; i < 64; i++)
		a = a * w[i] + (w[i] >> 3);
	return (u64)(a >> 64) ^ (u64)a;
}

PREPARE(div_const)
{
	fill();
}
MEASURE(div_const)
{
	u64 s = 0;
	for (int i = 0; i < 64; i++)
		s += w[i] / 10 + w[i] % 1000 + (int)w[i] / 7;
	return s;
}
enum { A, B, C, D, E, F };
static noinline int classify(int c)
{
	switch (c) {
	case ' ':
	case '\t':
	case '\n':
	case '\r':
		return A;
	case '0' ... '9':
		return B;
	case 'a' ... 'z':
	case 'A' ... 'Z':
	case '_':
		return C;
	case '(':
	case ')':
	case '{':
	case '}':
	case '[':
	case ']':
		return D;
	case '+':
	case '-':
	case '*':
	case '/':
	case '%':
		return E;
	default:
		return F;
	}
}

PREPARE(lexer)
{
	fill();
	for (int i = 0; i < 400; i++)
		in[i] = "foo bar_1 = (x + 42) * y[3]; "[i % 29];
}
MEASURE(lexer)
{
	u64 n[6] = {0};
	for (int i = 0; i < 400; i++)
		n[classify(in[i])]++;
	return n[0] + n[1] * 3 + n[2] * 5 + n[3] * 7 + n[4] * 11 + n[5] * 13;
}

PREPARE(bubble)
{
	fill();
}
MEASURE(bubble)
{
	int swapped = 1, n = 64;
	u64 c = 0;
	while (swapped) {
		swapped = 0;
		for (int i = 1; i < n; i++)
			if (w[i - 1] > w[i]) {
				u32 t = w[i];
				w[i] = w[i - 1];
				w[i - 1] = t;
				swapped = 1;
				c++;
			}
		n--;
	}
	return c;
}

PREPARE(memmove_like)
{
	fill();
}
MEASURE(memmove_like)
{
	u64 s = 0;
	for (int k = 0; k < 20; k++) {
		u8 *d = in + 20 + k, *f = in + 10;
		size_t n = 30 + k;
		if (d < f)
			while (n--)
				*d++ = *f++;
		else {
			d += n;
			f += n;
			while (n--)
				*--d = *--f;
		}
		s += in[30];
	}
	return s;
}

PREPARE(saturate)
{
	fill();
}
MEASURE(saturate)
{
	u64 s = 0;
	for (int i = 0; i < 64; i++) {
		int v = (int)w[i] >> 20;
		if (v > 127)
			v = 127;
		if (v < -128)
			v = -128;
		s += (u8)v;
		if (i & 1)
			s ^= v < 0 ? -v : v;
	}
	return s;
}

PREPARE(goto_machine)
{
	fill();
}
MEASURE(goto_machine)
{
	u64 n = 0;
	size_t i = 0;
s0:
	if (i >= 400)
		return n;
	if (in[i++] & 1)
		goto s1;
	n += 1;
	goto s2;
s1:
	if (i >= 400)
		return n;
	if (in[i++] & 2)
		goto s2;
	n += 2;
	goto s0;
s2:
	if (i >= 400)
		return n;
	if (in[i++] & 4)
		goto s0;
	n += 3;
	goto s1;
}
struct rb {
	struct rb *l, *r, *p;
	int red, key;
};
static struct rb nodes[40], *root;
static noinline void rotl(struct rb *x)
{
	struct rb *y = x->r;
	x->r = y->l;
	if (y->l)
		y->l->p = x;
	y->p = x->p;
	if (!x->p)
		root = y;
	else if (x == x->p->l)
		x->p->l = y;
	else
		x->p->r = y;
	y->l = x;
	x->p = y;
}
static noinline void rotr(struct rb *x)
{
	struct rb *y = x->l;
	x->l = y->r;
	if (y->r)
		y->r->p = x;
	y->p = x->p;
	if (!x->p)
		root = y;
	else if (x == x->p->r)
		x->p->r = y;
	else
		x->p->l = y;
	y->r = x;
	x->p = y;
}

PREPARE(rbtree)
{
	fill();
}
MEASURE(rbtree)
{
	for (int i = 0; i < 40; i++) {
		struct rb *z = &nodes[i], *y = 0, *x = root;
		z->key = w[i] >> 20;
		z->l = z->r = 0;
		while (x) {
			y = x;
			x = z->key < x->key ? x->l : x->r;
		}
		z->p = y;
		if (!y)
			root = z;
		else if (z->key < y->key)
			y->l = z;
		else
			y->r = z;
		z->red = 1;
		while (z->p && z->p->red) {
			struct rb *g = z->p->p;
			if (z->p == g->l) {
				struct rb *u = g->r;
				if (u && u->red) {
					z->p->red = 0;
					u->red = 0;
					g->red = 1;
					z = g;
				} else {
					if (z == z->p->r) {
						z = z->p;
						rotl(z);
					}
					z->p->red = 0;
					g = z->p->p;
					g->red = 1;
					rotr(g);
				}
			} else {
				struct rb *u = g->l;
				if (u && u->red) {
					z->p->red = 0;
					u->red = 0;
					g->red = 1;
					z = g;
				} else {
					if (z == z->p->l) {
						z = z->p;
						rotr(z);
					}
					z->p->red = 0;
					g = z->p->p;
					g->red = 1;
					rotl(g);
				}
			}
		}
		root->red = 0;
	}
	return root->key;
}

PREPARE(bswap)
{
	fill();
}
MEASURE(bswap)
{
	u64 s = 0;
	for (int i = 0; i < 64; i++)
		s += __builtin_bswap32(w[i]) ^ __builtin_bswap16(w[i]);
	return s;
}

PREPARE(zeroing)
{
	fill();
}
MEASURE(zeroing)
{
	struct {
		u64 a[9];
		u8 c[13];
	} t;
	u64 s = 0;
	for (int i = 0; i < 20; i++) {
		__builtin_memset(&t, 0, sizeof t);
		t.c[i % 13] = i;
		t.a[i % 9] = i;
		__asm__ volatile("" ::"r"(&t) : "memory");
		s += t.a[3] + t.c[4];
	}
	return s;
}

PREPARE(isprime)
{
	fill();
}
MEASURE(isprime)
{
	u64 n = 0;
	for (u32 i = 2; i < 300; i++) {
		int p = 1;
		for (u32 k = 2; k * k <= i; k++)
			if (i % k == 0) {
				p = 0;
				break;
			}
		n += p;
	}
	return n;
}

PREPARE(strcasecmp_)
{
	for (int i = 0; i < 200; i++) {
		in[i] = "Some Text"[i % 9];
		out[i] = "sOME tEXT"[i % 9];
	}
	in[199] = 0;
	out[199] = 0;
}
MEASURE(strcasecmp_)
{
	const u8 *a = in, *b = out;
	int x, y;
	do {
		x = *a++;
		y = *b++;
		if (x >= 'A' && x <= 'Z')
			x += 32;
		if (y >= 'A' && y <= 'Z')
			y += 32;
	} while (x && x == y);
	return x - y;
}

PREPARE(atomics)
{
}
MEASURE(atomics)
{
	static int ref = 1;
	u64 s = 0;
	for (int i = 0; i < 50; i++) {
		int old = __atomic_load_n(&ref, __ATOMIC_RELAXED);
		do {
			if (!old)
				break;
		} while (!__atomic_compare_exchange_n(&ref, &old, old + 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
		s += __atomic_fetch_add(&ref, 3, __ATOMIC_SEQ_CST);
		__atomic_or_fetch(&ref, 2, __ATOMIC_RELEASE);
	}
	return s;
}
