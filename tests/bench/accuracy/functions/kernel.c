// SPDX-License-Identifier: Apache-2.0
// What kernels do with lists, rings, callbacks, locks and tables.
#include "bench.h"

struct list {
	struct list *next, *prev;
};
struct item {
	struct list link;
	u32 key, flags;
	u64 expires;
	void (*call)(struct item *);
};
#define item_of(l) ((struct item *)((char *)(l) - __builtin_offsetof(struct item, link)))
static struct item items[80];
static struct list head, other;
static u64 called;
static void call_a(struct item *i)
{
	called += i->key;
}
static void call_b(struct item *i)
{
	called ^= i->key;
}
static void call_c(struct item *i)
{
	i->flags++;
}

static void list_init(struct list *l)
{
	l->next = l->prev = l;
}
static void list_add_tail(struct list *n, struct list *h)
{
	n->prev = h->prev;
	n->next = h;
	h->prev->next = n;
	h->prev = n;
}
static void list_del(struct list *n)
{
	n->prev->next = n->next;
	n->next->prev = n->prev;
}
static void setup(void)
{
	u32 s = 6;
	list_init(&head);
	list_init(&other);
	for (int i = 0; i < 80; i++) {
		items[i].key = SEQUENCE(s) >> 12;
		items[i].flags = SEQUENCE(s) >> 28;
		items[i].expires = SEQUENCE(s) >> 20;
		items[i].call = i % 3 == 0 ? call_a : i % 3 == 1 ? call_b : call_c;
		list_add_tail(&items[i].link, &head);
	}
}

PREPARE(list_splice_filter)
{
	setup();
}
MEASURE(list_splice_filter)
{
	u64 moved = 0;
	for (struct list *l = head.next, *n; l != &head; l = n) {
		n = l->next;
		if (item_of(l)->flags & 4) {
			list_del(l);
			list_add_tail(l, &other);
			moved++;
		}
	}
	if (other.next != &other) {
		head.prev->next = other.next;
		other.next->prev = head.prev;
		head.prev = other.prev;
		other.prev->next = &head;
	}
	return moved;
}

PREPARE(run_callbacks)
{
	setup();
}
MEASURE(run_callbacks)
{
	for (struct list *l = head.next; l != &head; l = l->next) {
		struct item *i = item_of(l);
		if (i->call && !(i->flags & 8))
			i->call(i);
	}
	return called;
}

PREPARE(list_merge_sort)
{
	setup();
	head.prev->next = 0;
}
static noinline struct list *merge(struct list *a, struct list *b)
{
	struct list *result = 0, **tail = &result;
	for (;;) {
		if (item_of(a)->key <= item_of(b)->key) {
			*tail = a;
			tail = &a->next;
			a = a->next;
			if (!a) {
				*tail = b;
				break;
			}
		} else {
			*tail = b;
			tail = &b->next;
			b = b->next;
			if (!b) {
				*tail = a;
				break;
			}
		}
	}
	return result;
}
MEASURE(list_merge_sort)
{
	struct list *pending[8] = {0}, *l = head.next;
	while (l) {
		struct list *n = l->next;
		l->next = 0;
		int i = 0;
		for (; i < 7 && pending[i]; i++) {
			l = merge(pending[i], l);
			pending[i] = 0;
		}
		pending[i] = l;
		l = n;
	}
	struct list *all = 0;
	for (int i = 0; i < 8; i++)
		if (pending[i])
			all = all ? merge(pending[i], all) : pending[i];
	u64 h = 0;
	for (; all; all = all->next)
		h = h * 3 + item_of(all)->key;
	return h >> 9;
}

struct hnode {
	struct hnode *next, **pprev;
	u32 key, value;
};
static struct hnode *buckets[32], nodes[100];
static void hadd(struct hnode *n, struct hnode **b)
{
	n->next = *b;
	if (*b)
		(*b)->pprev = &n->next;
	*b = n;
	n->pprev = b;
}
PREPARE(hash_table)
{
	for (int i = 0; i < 100; i++)
		nodes[i].key = i * 2654435761u;
}
MEASURE(hash_table)
{
	u64 found = 0;
	for (int i = 0; i < 100; i++)
		hadd(&nodes[i], &buckets[nodes[i].key * 0x61c88647u >> 27]);
	for (int i = 0; i < 100; i += 3) {
		struct hnode *n = &nodes[i];
		*n->pprev = n->next;
		if (n->next)
			n->next->pprev = n->pprev;
	}
	for (u32 k = 0; k < 60; k++)
		for (struct hnode *n = buckets[(k * 2654435761u) * 0x61c88647u >> 27]; n; n = n->next)
			if (n->key == k * 2654435761u) {
				found += n - nodes;
				break;
			}
	return found;
}

struct kfifo {
	unsigned in, out, mask;
	u8 data[64];
};
static struct kfifo fifo = {.mask = 63};
static u8 chunk[64];
static noinline unsigned fifo_put(struct kfifo *f, const u8 *from, unsigned n)
{
	unsigned room = f->mask + 1 - (f->in - f->out);
	if (n > room)
		n = room;
	for (unsigned i = 0; i < n; i++)
		f->data[(f->in + i) & f->mask] = from[i];
	f->in += n;
	return n;
}
static noinline unsigned fifo_get(struct kfifo *f, u8 *to, unsigned n)
{
	unsigned have = f->in - f->out;
	if (n > have)
		n = have;
	unsigned at = f->out & f->mask, first = f->mask + 1 - at;
	if (first > n)
		first = n;
	for (unsigned i = 0; i < first; i++)
		to[i] = f->data[at + i];
	for (unsigned i = first; i < n; i++)
		to[i] = f->data[i - first];
	f->out += n;
	return n;
}
PREPARE(kfifo)
{
	for (int i = 0; i < 64; i++)
		chunk[i] = i * 3;
}
MEASURE(kfifo)
{
	u64 n = 0;
	for (unsigned i = 0; i < 40; i++) {
		n += fifo_put(&fifo, chunk, i % 23);
		n += fifo_get(&fifo, chunk, i % 19) * 100;
	}
	return n;
}

struct big {
	u32 words[20];
	u64 sum;
	char name[12];
};
static struct big bigs[6];
static noinline struct big make_big(u32 seed)
{
	struct big b;
	b.sum = 0;
	for (int i = 0; i < 20; i++)
		b.sum += b.words[i] = SEQUENCE(seed);
	for (int i = 0; i < 12; i++)
		b.name[i] = 'a' + i;
	return b;
}
PREPARE(big_structs)
{
}
MEASURE(big_structs)
{
	u64 h = 0;
	for (int i = 0; i < 6; i++) {
		bigs[i] = make_big(i);
		if (i && bigs[i].sum < bigs[i - 1].sum) {
			struct big t = bigs[i];
			bigs[i] = bigs[i - 1];
			bigs[i - 1] = t;
		}
		h ^= bigs[i].sum;
	}
	return h + bigs[2].name[4];
}

/* Buddy allocator: orders, free lists as bitmaps. */
static u64 free_map[6];
static noinline int buddy_alloc(int order)
{
	for (int o = order; o < 6; o++) {
		if (!free_map[o])
			continue;
		int at = __builtin_ctzl(free_map[o]);
		free_map[o] &= free_map[o] - 1;
		while (o > order) {
			o--;
			at <<= 1;
			free_map[o] |= 1ul << (at | 1);
		}
		return at << order;
	}
	return -1;
}
static noinline void buddy_free(int page, int order)
{
	u64 at = page >> order;
	while (order < 5 && free_map[order] & 1ul << (at ^ 1)) {
		free_map[order] &= ~(1ul << (at ^ 1));
		at >>= 1;
		order++;
	}
	free_map[order] |= 1ul << at;
}
PREPARE(buddy)
{
	free_map[5] = 3;
}
MEASURE(buddy)
{
	int got[24];
	u64 h = 0;
	for (int i = 0; i < 24; i++)
		h = h * 3 + (got[i] = buddy_alloc(i % 3));
	for (int i = 0; i < 24; i++)
		if (got[i] >= 0)
			buddy_free(got[i], i % 3);
	return h + free_map[5];
}

/* LRU of pages with a reference bit. */
static u8 frame[16], referenced[16];
static u8 string_of_pages[200];
PREPARE(clock_replacement)
{
	u32 s = 15;
	for (int i = 0; i < 200; i++)
		string_of_pages[i] = (SEQUENCE(s) >> 24) % 24;
}
MEASURE(clock_replacement)
{
	u64 faults = 0;
	int hand = 0;
	for (int i = 0; i < 16; i++)
		frame[i] = 255;
	for (int i = 0; i < 200; i++) {
		int hit = 0;
		for (int f = 0; f < 16; f++)
			if (frame[f] == string_of_pages[i]) {
				referenced[f] = 1;
				hit = 1;
				break;
			}
		if (hit)
			continue;
		faults++;
		while (referenced[hand]) {
			referenced[hand] = 0;
			hand = (hand + 1) % 16;
		}
		frame[hand] = string_of_pages[i];
		referenced[hand] = 1;
		hand = (hand + 1) % 16;
	}
	return faults;
}

/* Run queue: weights, virtual run time, the one with least goes next. */
struct entity {
	u64 vruntime;
	u32 weight, inverse;
	u8 runnable;
};
static struct entity entities[10];
PREPARE(fair_pick)
{
	for (int i = 0; i < 10; i++) {
		entities[i].weight = 15 + i * 101;
		entities[i].inverse = 0xffffffffu / entities[i].weight;
		entities[i].runnable = i % 4 != 3;
	}
}
MEASURE(fair_pick)
{
	u64 h = 0;
	for (int tick = 0; tick < 40; tick++) {
		struct entity *best = 0;
		for (int i = 0; i < 10; i++) {
			struct entity *e = &entities[i];
			if (e->runnable && (!best || (s64)(e->vruntime - best->vruntime) < 0))
				best = e;
		}
		if (!best)
			break;
		best->vruntime += (4000000ul * 1024 * best->inverse) >> 32;
		if (tick % 7 == 3)
			entities[tick % 10].runnable ^= 1;
		h = h * 5 + (best - entities);
	}
	return h;
}

/* Device registers: read-modify-write with fields, polled until ready. */
static volatile u32 registers[16];
static inline void update(unsigned r, u32 mask, u32 value)
{
	registers[r] = (registers[r] & ~mask) | (value & mask);
}
PREPARE(register_setup)
{
	for (int i = 0; i < 16; i++)
		registers[i] = i * 0x11111111u;
}
MEASURE(register_setup)
{
	u64 waits = 0;
	for (int pin = 0; pin < 32; pin++) {
		update(pin / 16, 1u << pin % 16, pin & 1 ? ~0u : 0);
		update(2 + pin / 16, 1u << pin % 16 | 1u << (16 + pin % 16), ~0u);
		registers[4] = pin;
		while (registers[4] & 3 && waits < 200) {
			registers[4] -= 1;
			waits++;
		}
		if (pin % 8 == 7)
			registers[6] = registers[0] ^ registers[2];
	}
	return waits;
}

static noinline void *copy(void *to, const void *from, size_t n)
{
	u8 *d = to;
	const u8 *s = from;
	if (n >= 16 && !(((unsigned long)d | (unsigned long)s) & 7))
		for (; n >= 8; n -= 8, d += 8, s += 8)
			*(u64 *)d = *(const u64 *)s;
	while (n--)
		*d++ = *s++;
	return to;
}
static u8 from_area[256], to_area[256];
PREPARE(copy_sizes)
{
	for (int i = 0; i < 256; i++)
		from_area[i] = i;
}
MEASURE(copy_sizes)
{
	for (size_t n = 0; n < 50; n += 3)
		copy(to_area + n % 16, from_area + n % 8, n);
	return to_area[20];
}

static noinline void *move(void *to, const void *from, size_t n)
{
	u8 *d = to;
	const u8 *s = from;
	if (d <= s) {
		while (n--)
			*d++ = *s++;
	} else {
		d += n;
		s += n;
		while (n--)
			*--d = *--s;
	}
	return to;
}
PREPARE(move_overlapping)
{
	prepare_copy_sizes();
}
MEASURE(move_overlapping)
{
	for (size_t n = 1; n < 60; n += 7) {
		move(from_area + 3, from_area, n);
		move(from_area, from_area + 5, n);
	}
	return from_area[9];
}

static noinline void set(void *to, int c, size_t n)
{
	u8 *d = to;
	u64 v = (u8)c * 0x0101010101010101ul;
	while (n && (unsigned long)d & 7)
		*d++ = c, n--;
	for (; n >= 16; n -= 16, d += 16)
		((u64 *)d)[0] = v, ((u64 *)d)[1] = v;
	while (n--)
		*d++ = c;
}
PREPARE(set_sizes)
{
}
MEASURE(set_sizes)
{
	for (size_t n = 0; n < 80; n += 9)
		set(to_area + n % 11, n, n);
	return to_area[17];
}

PREPARE(compare_memory)
{
	prepare_copy_sizes();
	for (int i = 0; i < 256; i++)
		to_area[i] = i == 200 ? 0 : i;
}
static noinline int compare(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;
	for (; n >= 8; n -= 8, x += 8, y += 8) {
		u64 p = *(const u64 *)x, q = *(const u64 *)y;
		if (p != q) {
			p = __builtin_bswap64(p);
			q = __builtin_bswap64(q);
			return p < q ? -1 : 1;
		}
	}
	for (; n--; x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}
MEASURE(compare_memory)
{
	u64 h = 0;
	for (size_t n = 0; n < 256; n += 21)
		h = h * 3 + compare(from_area, to_area, n);
	return h;
}

/* Atomic operations as a seqlock and a reference count use them. */
static u32 sequence_number, refcount;
PREPARE(seqlock)
{
	refcount = 1;
}
MEASURE(seqlock)
{
	u64 sum = 0;
	for (int i = 0; i < 40; i++) {
		__atomic_store_n(&sequence_number, sequence_number + 1, __ATOMIC_RELAXED);
		from_area[i] = i;
		__atomic_store_n(&sequence_number, sequence_number + 1, __ATOMIC_RELEASE);
		u32 start;
		do {
			start = __atomic_load_n(&sequence_number, __ATOMIC_ACQUIRE);
			sum += from_area[i];
		} while (start & 1 || start != __atomic_load_n(&sequence_number, __ATOMIC_RELAXED));
	}
	return sum;
}

PREPARE(token_bucket)
{
}
MEASURE(token_bucket)
{
	u64 tokens = 10, last = 0, missed = 0, now = 0;
	u32 s = 3;
	for (int i = 0; i < 100; i++) {
		now += SEQUENCE(s) >> 26;
		u64 add = (now - last) * 3 / 100;
		if (add) {
			tokens += add;
			if (tokens > 10)
				tokens = 10;
			last = now;
		}
		if (tokens)
			tokens--;
		else
			missed++;
	}
	return missed * 256 + tokens;
}

PREPARE(sleep_list)
{
	setup();
}
MEASURE(sleep_list)
{
	u64 next = ~0ul, fired = 0;
	for (u64 now = 0; now < 4096; now += 500) {
		next = ~0ul;
		for (struct list *l = head.next, *n; l != &head; l = n) {
			struct item *i = item_of(l);
			n = l->next;
			if (i->expires <= now) {
				list_del(l);
				l->next = l->prev = 0;
				fired += i->key & 15;
			} else if (i->expires < next) {
				next = i->expires;
			}
		}
	}
	return fired + next;
}
