// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

static int a[64], b[64];

static __attribute__((section(".prepare"))) void fill(void)
{
	u32 seed = 5;

	for (int i = 0; i < 64; i++)
		a[i] = (int)(SEQUENCE(seed) >> 8) - 4000000;
}

PREPARE(sort_insertion)
{
	fill();
}
MEASURE(sort_insertion)
{
	for (int i = 1; i < 64; i++) {
		int v = a[i], k = i;

		while (k > 0 && a[k - 1] > v) {
			a[k] = a[k - 1];
			k--;
		}
		a[k] = v;
	}
	return a[10];
}

PREPARE(sort_heap)
{
	fill();
}
MEASURE(sort_heap)
{
	for (int start = 31, end = 64; end > 1;) {
		int root;

		if (start >= 0) {
			root = start--;
		} else {
			int t = a[--end];

			a[end] = a[0];
			a[0] = t;
			root = 0;
		}
		for (int child; (child = 2 * root + 1) < end; root = child) {
			int t;

			if (child + 1 < end && a[child] < a[child + 1])
				child++;
			if (a[root] >= a[child])
				break;
			t = a[root];
			a[root] = a[child];
			a[child] = t;
		}
	}
	return a[3];
}

static noinline void quick(int *p, int lo, int hi)
{
	while (lo < hi) {
		int pivot = p[(lo + hi) / 2], i = lo, k = hi;

		while (i <= k) {
			while (p[i] < pivot)
				i++;
			while (p[k] > pivot)
				k--;
			if (i <= k) {
				int t = p[i];

				p[i++] = p[k];
				p[k--] = t;
			}
		}
		quick(p, lo, k);
		lo = i;
	}
}

PREPARE(sort_quick)
{
	fill();
}
MEASURE(sort_quick)
{
	quick(a, 0, 63);
	return a[20];
}

PREPARE(sort_merge)
{
	fill();
}
MEASURE(sort_merge)
{
	int *from = a, *to = b;

	for (int width = 1; width < 64; width *= 2) {
		int *t;

		for (int lo = 0; lo < 64; lo += 2 * width) {
			int i = lo, k = lo + width, end = lo + 2 * width;

			for (int at = lo; at < end; at++)
				to[at] = i < lo + width && (k >= end || from[i] <= from[k]) ? from[i++] : from[k++];
		}
		t = from;
		from = to;
		to = t;
	}
	return from[30];
}

PREPARE(search_binary)
{
	for (int i = 0; i < 64; i++)
		a[i] = i * 3;
}
MEASURE(search_binary)
{
	u64 sum = 0;

	for (int key = 0; key < 192; key += 4) {
		int lo = 0, hi = 64;

		while (lo < hi) {
			int mid = (lo + hi) / 2;

			if (a[mid] < key)
				lo = mid + 1;
			else
				hi = mid;
		}
		sum += lo;
	}
	return sum;
}

static int (*volatile order)(int, int);
static noinline int ascending(int x, int y)
{
	return x < y ? -1 : x > y;
}

PREPARE(sort_callback)
{
	fill();
	order = ascending;
}
MEASURE(sort_callback)
{
	int (*cmp)(int, int) = order;

	for (int gap = 29; gap; gap = gap > 1 ? gap / 3 + (gap == 2) : 0)
		for (int i = gap; i < 64; i++) {
			int v = a[i], k = i;

			for (; k >= gap && cmp(a[k - gap], v) > 0; k -= gap)
				a[k] = a[k - gap];
			a[k] = v;
		}
	return a[1];
}
