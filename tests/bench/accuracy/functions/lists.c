// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

struct link {
	struct link *next, *prev;
};
struct item {
	u32 key;
	struct link link;
	u64 value;
};
#define item_of(l) ((struct item *)((char *)(l) - __builtin_offsetof(struct item, link)))

static struct item items[64];
static struct link head, other;

static inline void link_between(struct link *n, struct link *prev, struct link *next)
{
	next->prev = n;
	n->next = next;
	n->prev = prev;
	prev->next = n;
}

static inline void unlink(struct link *n)
{
	n->next->prev = n->prev;
	n->prev->next = n->next;
	n->next = n->prev = 0;
}

static __attribute__((section(".prepare"))) void fill(void)
{
	u32 seed = 7;

	head.next = head.prev = &head;
	other.next = other.prev = &other;
	for (int i = 0; i < 64; i++) {
		items[i].key = SEQUENCE(seed) >> 20;
		items[i].value = i;
		link_between(&items[i].link, head.prev, &head);
	}
}

PREPARE(list_find)
{
	fill();
}
MEASURE(list_find)
{
	u64 found = 0;

	for (u32 key = 0; key < 8; key++)
		for (struct link *l = head.next; l != &head; l = l->next)
			if (item_of(l)->key == items[key * 8].key) {
				found += item_of(l)->value;
				break;
			}
	return found;
}

PREPARE(list_sum)
{
	fill();
}
MEASURE(list_sum)
{
	u64 sum = 0;

	for (struct link *l = head.next; l != &head; l = l->next)
		sum += item_of(l)->value;
	return sum;
}

PREPARE(list_partition)
{
	fill();
}
MEASURE(list_partition)
{
	u64 moved = 0;

	for (struct link *l = head.next, *n; l != &head; l = n) {
		n = l->next;
		if (item_of(l)->key & 1) {
			unlink(l);
			link_between(l, &other, other.next);
			moved++;
		}
	}
	return moved;
}

PREPARE(list_insert_sorted)
{
	fill();
}
MEASURE(list_insert_sorted)
{
	u64 steps = 0;

	while (head.next != &head) {
		struct link *l = head.next, *at;

		unlink(l);
		for (at = other.next; at != &other; at = at->next) {
			steps++;
			if (item_of(at)->key > item_of(l)->key)
				break;
		}
		link_between(l, at->prev, at);
	}
	return steps;
}

struct single {
	struct single *next;
	u32 key;
};
static struct single nodes[128], *first;

PREPARE(list_reverse)
{
	for (int i = 0; i < 128; i++) {
		nodes[i].next = i < 127 ? &nodes[i + 1] : 0;
		nodes[i].key = i;
	}
	first = nodes;
}
MEASURE(list_reverse)
{
	struct single *reversed = 0, *at = first;

	while (at) {
		struct single *next = at->next;

		at->next = reversed;
		reversed = at;
		at = next;
	}
	first = reversed;
	return reversed->key;
}
