// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

static u8 input[256];
static u16 regs[16];
static u32 heap[64], heap_size;

static __attribute__((section(".prepare"))) void fill(void)
{
	u32 seed = 77;

	for (int i = 0; i < 256; i++)
		input[i] = SEQUENCE(seed) >> 25;
}

PREPARE(protocol)
{
	fill();
}
MEASURE(protocol)
{
	int state = 0, length = 0, sum = 0;
	u64 frames = 0;

	for (int i = 0; i < 256; i++) {
		u8 c = input[i];

		switch (state) {
		case 0:
			if (c & 1)
				state = 1;
			break;
		case 1:
			length = c & 7;
			sum = c;
			state = length ? 2 : 4;
			break;
		case 2:
			sum += c;
			if (!--length)
				state = 3;
			break;
		case 3:
			frames += ((sum ^ c) & 3) == 0;
			state = 0;
			break;
		default:
			state = c == 0 ? 0 : 4 - (c & 4);
			break;
		}
	}
	return frames * 100 + state;
}

PREPARE(interpreter)
{
	fill();
}
MEASURE(interpreter)
{
	u64 acc = 1, other = 2;
	unsigned pc = 0, steps = 0;

	while (steps++ < 200) {
		u8 op = input[pc++ & 255];

		switch (op & 15) {
		case 0:
			acc += other;
			break;
		case 1:
			acc -= other;
			break;
		case 2:
			acc ^= other << 3;
			break;
		case 3:
			other = acc >> 2;
			break;
		case 4:
			acc = acc * 5 + 1;
			break;
		case 5:
			acc |= op;
			break;
		case 6:
			other += op;
			break;
		case 7:
			if (acc & 1)
				pc += 2;
			break;
		case 8:
			if (other > acc)
				pc++;
			break;
		case 9:
			acc = ~acc;
			break;
		case 10:
			other ^= acc;
			break;
		case 11:
			acc &= 0xffffffff;
			break;
		case 12:
			regs[op >> 4 & 7] = acc;
			break;
		case 13:
			acc += regs[op >> 4 & 7];
			break;
		case 14:
			other = other << 1 | other >> 63;
			break;
		default:
			break;
		}
	}
	return acc ^ other;
}

PREPARE(debounce)
{
	fill();
}
MEASURE(debounce)
{
	u32 stable = 0, count[8] = {0};
	u64 edges = 0;

	for (int i = 0; i < 64; i++) {
		u32 sample = input[i];

		for (int k = 0; k < 8; k++) {
			u32 bit = sample >> k & 1;

			if (bit == (stable >> k & 1)) {
				count[k] = 0;
			} else if (++count[k] >= 2) {
				stable ^= 1u << k;
				count[k] = 0;
				edges++;
			}
		}
	}
	return edges;
}

PREPARE(timer_wheel)
{
	fill();
}
MEASURE(timer_wheel)
{
	u32 slots[4][16] = {{0}};
	u64 fired = 0;

	for (int i = 0; i < 64; i++) {
		u32 expires = input[i] * 37u;
		int level = expires < 16 ? 0 : expires < 256 ? 1 : expires < 4096 ? 2 : 3;

		slots[level][expires >> 4 * level & 15]++;
	}
	for (u32 now = 0; now < 64; now++) {
		if (unlikely(!(now & 15)))
			fired += slots[1][now >> 4 & 15] * 2;
		fired += slots[0][now & 15];
	}
	return fired;
}

static inline void sift_up(unsigned at)
{
	while (at && heap[(at - 1) / 2] > heap[at]) {
		u32 t = heap[at];

		heap[at] = heap[(at - 1) / 2];
		heap[(at - 1) / 2] = t;
		at = (at - 1) / 2;
	}
}

PREPARE(priority_queue)
{
	fill();
	heap_size = 0;
}
MEASURE(priority_queue)
{
	u64 sum = 0;

	for (int i = 0; i < 60; i++) {
		heap[heap_size] = input[i] * 1000u + i;
		sift_up(heap_size++);
	}
	while (heap_size) {
		unsigned at = 0, child;

		sum = sum * 31 + heap[0];
		heap[0] = heap[--heap_size];
		while ((child = 2 * at + 1) < heap_size) {
			u32 t;

			if (child + 1 < heap_size && heap[child + 1] < heap[child])
				child++;
			if (heap[at] <= heap[child])
				break;
			t = heap[at];
			heap[at] = heap[child];
			heap[child] = t;
			at = child;
		}
	}
	return sum;
}

struct tree {
	struct tree *left, *right;
	u32 key;
};
static struct tree trees[64];

PREPARE(tree_insert_find)
{
	fill();
}
MEASURE(tree_insert_find)
{
	struct tree *root = 0;
	u64 depth = 0;

	for (int i = 0; i < 64; i++) {
		struct tree **at = &root;

		trees[i].key = input[i] * 5u + i % 3;
		while (*at) {
			at = trees[i].key < (*at)->key ? &(*at)->left : &(*at)->right;
			depth++;
		}
		*at = &trees[i];
	}
	for (u32 key = 0; key < 600; key += 20)
		for (struct tree *t = root; t && t->key != key; t = key < t->key ? t->left : t->right)
			depth++;
	return depth;
}

PREPARE(divide_ns)
{
	fill();
}
MEASURE(divide_ns)
{
	u64 sum = 0;

	for (u64 i = 1; i < 60; i++) {
		u64 ns = i * 123456789123ull, s = ns / 1000000000u, rest = ns % 1000000000u;

		sum += s * 24000000 + rest * 24 / 1000 + ns / (input[i] + 1);
	}
	return sum;
}

static noinline u64 fib(unsigned n)
{
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
static volatile unsigned depth_of = 10;

PREPARE(recursion)
{
}
MEASURE(recursion)
{
	return fib(depth_of);
}

struct op {
	u64 (*run)(u64, u64);
};
static noinline u64 op_add(u64 a, u64 b)
{
	return a + b;
}
static noinline u64 op_rot(u64 a, u64 b)
{
	return a << (b & 63) | a >> (64 - b & 63);
}
static noinline u64 op_max(u64 a, u64 b)
{
	return a > b ? a : b;
}
static struct op ops[4];

PREPARE(indirect_calls)
{
	fill();
	ops[0].run = ops[3].run = op_add;
	ops[1].run = op_rot;
	ops[2].run = op_max;
}
MEASURE(indirect_calls)
{
	u64 acc = 3;

	for (int i = 0; i < 96; i++)
		acc = ops[input[i] & 3].run(acc, i);
	return acc;
}

static u32 matrix[8][8], product[8][8];
PREPARE(matrix_multiply)
{
	for (int i = 0; i < 64; i++)
		matrix[i / 8][i % 8] = i;
}
MEASURE(matrix_multiply)
{
	for (int i = 0; i < 8; i++)
		for (int k = 0; k < 8; k++) {
			u32 sum = 0;

			for (int j = 0; j < 8; j++)
				sum += matrix[i][j] * matrix[j][k];
			product[i][k] = sum;
		}
	return product[3][4];
}

PREPARE(ewma_clamp)
{
	fill();
}
MEASURE(ewma_clamp)
{
	s64 average = 0;
	u64 over = 0;

	for (int i = 0; i < 256; i++) {
		s64 sample = (s64)input[i] - 64;

		sample = sample < -50 ? -50 : sample > 50 ? 50 : sample;
		average += (sample * 256 - average) / 8;
		over += average > 2000;
	}
	return average + over;
}

static volatile u32 status_register = 0x8421, lock_word;
PREPARE(irq_demux)
{
}
MEASURE(irq_demux)
{
	u64 handled = 0;

	for (int round = 0; round < 32; round++) {
		u32 pending = status_register * (round + 1);

		while (__atomic_exchange_n(&lock_word, 1, __ATOMIC_ACQUIRE))
			;
		while (pending) {
			int bit = __builtin_ctz(pending);

			pending &= pending - 1;
			if (unlikely(bit == 31))
				handled += 1000;
			else
				handled += bit;
		}
		__atomic_store_n(&lock_word, 0, __ATOMIC_RELEASE);
	}
	return handled;
}
