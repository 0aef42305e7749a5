// SPDX-License-Identifier: Apache-2.0
// Dispatch, recursion, sorts, loops left early.
#include "bench.h"

typedef int (*operation)(int, int);
static int op_add(int a, int b)
{
	return a + b;
}
static int op_sub(int a, int b)
{
	return a - b;
}
static int op_and(int a, int b)
{
	return a & b;
}
static int op_shift(int a, int b)
{
	return a << (b & 7);
}
static const operation operations[] = {op_add, op_sub, op_and, op_shift};
PREPARE(dispatch_table)
{
}
MEASURE(dispatch_table)
{
	int acc = 1;
	u32 s = 19;
	for (int i = 0; i < 100; i++)
		acc = operations[SEQUENCE(s) >> 30](acc, i) | 1;
	return acc;
}

static noinline u32 ackermann(u32 m, u32 n)
{
	if (!m)
		return n + 1;
	if (!n)
		return ackermann(m - 1, 1);
	return ackermann(m - 1, ackermann(m, n - 1));
}
PREPARE(ackermann)
{
}
MEASURE(ackermann)
{
	return ackermann(2, 4);
}

static u8 board[8];
static noinline int queens(int row, u32 columns, u32 left, u32 right)
{
	if (row == 5)
		return 1;
	int n = 0;
	for (u32 open = ~(columns | left | right) & 31; open; open &= open - 1) {
		u32 bit = open & -open;
		board[row] = bit;
		n += queens(row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1);
	}
	return n;
}
PREPARE(queens)
{
}
MEASURE(queens)
{
	return queens(0, 0, 0, 0);
}

static char permuted[8];
static u64 permutations;
static noinline void permute(int n)
{
	if (n == 1) {
		permutations = permutations * 31 + permuted[0] * 5 + permuted[3];
		return;
	}
	for (int i = 0; i < n; i++) {
		permute(n - 1);
		int j = n & 1 ? 0 : i;
		char t = permuted[j];
		permuted[j] = permuted[n - 1];
		permuted[n - 1] = t;
	}
}
PREPARE(permute)
{
	for (int i = 0; i < 8; i++)
		permuted[i] = i;
}
MEASURE(permute)
{
	permute(5);
	return permutations;
}

static u32 shell[100];
PREPARE(sort_shell)
{
	u32 s = 88;
	for (int i = 0; i < 100; i++)
		shell[i] = SEQUENCE(s) >> 10;
}
MEASURE(sort_shell)
{
	for (int gap = 40; gap; gap /= 3)
		for (int i = gap; i < 100; i++) {
			u32 v = shell[i];
			int j = i;
			for (; j >= gap && shell[j - gap] > v; j -= gap)
				shell[j] = shell[j - gap];
			shell[j] = v;
		}
	return shell[50];
}

PREPARE(sort_counting)
{
	prepare_sort_shell();
}
MEASURE(sort_counting)
{
	u16 count[64] = {0};
	u64 h = 0;
	for (int i = 0; i < 100; i++)
		count[shell[i] & 63]++;
	for (int i = 1; i < 64; i++)
		count[i] += count[i - 1];
	for (int i = 99; i >= 0; i--)
		h += (u64)--count[shell[i] & 63] * i;
	return h;
}

PREPARE(bubble)
{
	prepare_sort_shell();
}
MEASURE(bubble)
{
	int swapped, n = 40;
	do {
		swapped = 0;
		for (int i = 1; i < n; i++)
			if (shell[i - 1] > shell[i]) {
				u32 t = shell[i];
				shell[i] = shell[i - 1];
				shell[i - 1] = t;
				swapped = 1;
			}
		n--;
	} while (swapped);
	return shell[20];
}

PREPARE(early_exit)
{
	prepare_sort_shell();
}
MEASURE(early_exit)
{
	u64 pairs = 0;
	for (int i = 0; i < 100; i++)
		for (int j = i + 1; j < 100; j++) {
			if ((shell[i] ^ shell[j]) % 64 == 5) {
				pairs++;
				if (pairs > 30)
					goto out;
				break;
			}
			if (shell[j] % 29 == 0)
				break;
		}
out:
	return pairs;
}
