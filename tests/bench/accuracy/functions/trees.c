// SPDX-License-Identifier: Apache-2.0
// Trees, heaps, tries, graphs.
#include "bench.h"

struct rb {
	unsigned long parent_colour;
	struct rb *right, *left;
	u32 key;
};
struct rb_root {
	struct rb *node;
};
static struct rb rb_pool[64];
static struct rb_root rb_tree;
static u32 keys[256];

static void sequence_keys(void)
{
	u32 s = 77;
	for (int i = 0; i < 256; i++)
		keys[i] = SEQUENCE(s) >> 8;
}

#define PARENT(n) ((struct rb *)((n)->parent_colour & ~3ul))
#define RED(n)	  (!((n)->parent_colour & 1))

static void put_child(struct rb_root *root, struct rb *old, struct rb *new, struct rb *parent)
{
	if (!parent)
		root->node = new;
	else if (parent->left == old)
		parent->left = new;
	else
		parent->right = new;
}

static noinline void rotate(struct rb_root *root, struct rb *n, int left)
{
	struct rb *p = PARENT(n), *c;
	if (left) {
		c = n->right;
		n->right = c->left;
		if (c->left)
			c->left->parent_colour = (unsigned long)n | (c->left->parent_colour & 1);
		c->left = n;
	} else {
		c = n->left;
		n->left = c->right;
		if (c->right)
			c->right->parent_colour = (unsigned long)n | (c->right->parent_colour & 1);
		c->right = n;
	}
	c->parent_colour = (unsigned long)p | (c->parent_colour & 1);
	put_child(root, n, c, p);
	n->parent_colour = (unsigned long)c | (n->parent_colour & 1);
}

static noinline void rb_fix(struct rb_root *root, struct rb *n)
{
	struct rb *p, *g;
	while ((p = PARENT(n)) && RED(p)) {
		g = PARENT(p);
		int left = p == g->left;
		struct rb *uncle = left ? g->right : g->left;
		if (uncle && RED(uncle)) {
			uncle->parent_colour |= 1;
			p->parent_colour |= 1;
			g->parent_colour &= ~1ul;
			n = g;
			continue;
		}
		if (n == (left ? p->right : p->left)) {
			rotate(root, p, left);
			n = p;
			p = PARENT(n);
		}
		p->parent_colour |= 1;
		g->parent_colour &= ~1ul;
		rotate(root, g, !left);
	}
	root->node->parent_colour |= 1;
}

PREPARE(rb_insert)
{
	sequence_keys();
}
MEASURE(rb_insert)
{
	u64 sum = 0;
	for (int i = 0; i < 64; i++) {
		struct rb **link = &rb_tree.node, *parent = 0, *n = &rb_pool[i];
		n->key = keys[i];
		while (*link) {
			parent = *link;
			link = n->key < parent->key ? &parent->left : &parent->right;
		}
		n->parent_colour = (unsigned long)parent;
		n->left = n->right = 0;
		*link = n;
		rb_fix(&rb_tree, n);
	}
	return sum + (rb_tree.node - rb_pool);
}

static struct rb *rb_first(struct rb *n)
{
	while (n->left)
		n = n->left;
	return n;
}
static noinline struct rb *rb_next(struct rb *n)
{
	if (n->right)
		return rb_first(n->right);
	struct rb *p;
	while ((p = PARENT(n)) && n == p->right)
		n = p;
	return p;
}
PREPARE(rb_walk)
{
	prepare_rb_insert();
	measure_rb_insert();
}
MEASURE(rb_walk)
{
	u64 h = 0;
	for (struct rb *n = rb_first(rb_tree.node); n; n = rb_next(n))
		h = h * 31 + n->key;
	return h >> 7;
}

struct trie {
	struct trie *child[16];
	u32 value;
};
static struct trie trie_pool[400];
static int trie_used;
PREPARE(trie_insert)
{
	sequence_keys();
	trie_used = 1;
}
MEASURE(trie_insert)
{
	for (int i = 0; i < 60; i++) {
		u32 key = keys[i] & 0xffff;
		struct trie *t = trie_pool;
		for (int shift = 12; shift >= 0; shift -= 4) {
			struct trie **slot = &t->child[key >> shift & 15];
			if (!*slot)
				*slot = &trie_pool[trie_used++];
			t = *slot;
		}
		t->value = i;
	}
	return trie_used;
}

/* As an IDR: a radix tree of 64 slots with a bitmap of what is taken in each node. */
struct rnode {
	u64 full;
	void *slot[64];
	struct rnode *parent;
	u8 shift, offset, count;
};
static struct rnode rnodes[16];
static int rnodes_used;
static noinline int idr_alloc(struct rnode *root, void *what)
{
	struct rnode *n = root;
	int id = 0;
	for (;;) {
		u64 left = ~n->full;
		if (!left)
			return -1;
		int at = __builtin_ctzl(left);
		id = id << 6 | at;
		if (!n->shift) {
			n->slot[at] = what;
			n->count++;
			n->full |= 1ul << at;
			for (; n->full == ~0ul && n->parent; n = n->parent)
				n->parent->full |= 1ul << n->offset;
			return id;
		}
		struct rnode *next = n->slot[at];
		if (!next) {
			if (rnodes_used == 16)
				return -2;
			next = &rnodes[rnodes_used++];
			next->shift = n->shift - 6;
			next->parent = n;
			next->offset = at;
			n->slot[at] = next;
			n->count++;
		}
		n = next;
	}
}
PREPARE(idr)
{
	rnodes_used = 1;
	rnodes[0].shift = 6;
}
MEASURE(idr)
{
	u64 sum = 0;
	for (int i = 0; i < 150; i++)
		sum += idr_alloc(rnodes, &keys[i]);
	return sum;
}

static u16 weights[24][24];
static u32 distance[24];
static u8 done[24];
PREPARE(dijkstra)
{
	u32 s = 5;
	for (int i = 0; i < 24; i++)
		for (int j = 0; j < 24; j++)
			weights[i][j] = (SEQUENCE(s) >> 24) < 60 ? 1 + (SEQUENCE(s) >> 26) : 0;
}
MEASURE(dijkstra)
{
	for (int i = 0; i < 24; i++) {
		distance[i] = ~0u;
		done[i] = 0;
	}
	distance[0] = 0;
	for (int round = 0; round < 24; round++) {
		int best = -1;
		for (int i = 0; i < 24; i++)
			if (!done[i] && (best < 0 || distance[i] < distance[best]))
				best = i;
		if (best < 0 || distance[best] == ~0u)
			break;
		done[best] = 1;
		for (int j = 0; j < 24; j++)
			if (weights[best][j] && distance[best] + weights[best][j] < distance[j])
				distance[j] = distance[best] + weights[best][j];
	}
	u64 sum = 0;
	for (int i = 0; i < 24; i++)
		sum += distance[i];
	return sum;
}

static u32 pheap[130];
static int pheap_size;
static void pheap_push(u32 v)
{
	int i = pheap_size++;
	while (i && pheap[(i - 1) / 2] > v) {
		pheap[i] = pheap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	pheap[i] = v;
}
static noinline u32 pheap_pop(void)
{
	u32 top = pheap[0], last = pheap[--pheap_size];
	int i = 0, c;
	while ((c = 2 * i + 1) < pheap_size) {
		if (c + 1 < pheap_size && pheap[c + 1] < pheap[c])
			c++;
		if (last <= pheap[c])
			break;
		pheap[i] = pheap[c];
		i = c;
	}
	pheap[i] = last;
	return top;
}
PREPARE(timer_heap)
{
	sequence_keys();
}
MEASURE(timer_heap)
{
	u64 h = 0;
	for (int i = 0; i < 60; i++)
		pheap_push(keys[i]);
	while (pheap_size)
		h = h * 3 + pheap_pop();
	return h >> 3;
}

static noinline int depth_of(struct rb *n)
{
	if (!n)
		return 0;
	int l = depth_of(n->left), r = depth_of(n->right);
	return 1 + (l > r ? l : r);
}
PREPARE(tree_depth)
{
	prepare_rb_insert();
	measure_rb_insert();
}
MEASURE(tree_depth)
{
	return depth_of(rb_tree.node);
}

static u16 set_of[200];
static u16 find_set(u16 x)
{
	while (set_of[x] != x)
		x = set_of[x] = set_of[set_of[x]];
	return x;
}
PREPARE(union_find)
{
	sequence_keys();
	for (int i = 0; i < 200; i++)
		set_of[i] = i;
}
MEASURE(union_find)
{
	u64 joined = 0;
	for (int i = 0; i + 1 < 160; i += 2) {
		u16 a = find_set(keys[i] % 200), b = find_set(keys[i + 1] % 200);
		if (a != b) {
			set_of[a > b ? a : b] = a > b ? b : a;
			joined++;
		}
	}
	return joined;
}
