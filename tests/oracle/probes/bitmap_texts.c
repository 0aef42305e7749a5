// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Bitmaps as text: lists and masks that are read, what is refused, and what moves bits. */
#include "probe.h"

#include <linux/bitmap.h>
#include <linux/cpumask.h>

#define BITS 40
static DECLARE_BITMAP(map, BITS);

static void list(const char *text)
{
	int ret;

	bitmap_zero(map, BITS);
	ret = bitmap_parselist(text, map, BITS);
	SAY("list %s: %d %*pbl", text, ret, BITS, map);
}

static void mask(const char *text)
{
	int ret;

	bitmap_zero(map, BITS);
	ret = bitmap_parse(text, strlen(text), map, BITS);
	SAY("mask %s: %d %*pb", text, ret, BITS, map);
}

static void probe(void)
{
	DECLARE_BITMAP(a, BITS);
	DECLARE_BITMAP(b, BITS);
	DECLARE_BITMAP(c, BITS);
	char text[80];
	u32 words[2];

	list("0-3,7");
	list("");
	list("39");
	list("40");
	list("3-1");
	list("0-9:2/4");
	list("0-9:0/4");
	list("0-9:5/4");
	list("0-9:2/0");
	list("all");
	list("N");
	list("0-N");
	list("N-3");
	list("ALL");
	list("all:1/2");
	list("a");
	list("1,");
	list(",1");
	list("1 2");
	list("1\n3");
	list(" 5 , 6 ");
	list("-1");
	list("1-");
	list("0x3");
	list("99999999999");
	mask("f");
	mask("ff,00000001");
	mask("100,0");
	mask("1ff,0");
	mask("");
	mask("g");
	mask("0x1");
	mask("123456789");
	mask("f\n");
	mask(",f");
	mask("f,");
	mask(" f");
	bitmap_zero(a, BITS);
	bitmap_set(a, 3, 5);
	bitmap_set(a, 30, 10);
	FACT(bitmap_print_to_pagebuf(true, text, a, BITS) == 0);
	FACT(bitmap_weight(a, BITS));
	bitmap_shift_left(b, a, 5, BITS);
	SAY("left %*pbl", BITS, b);
	bitmap_shift_right(b, a, 5, BITS);
	SAY("right %*pbl", BITS, b);
	bitmap_cut(b, a, 4, 3, BITS);
	SAY("cut %*pbl", BITS, b);
	bitmap_complement(b, a, BITS);
	SAY("complement %*pbl", BITS, b);
	FACT(bitmap_and(c, a, b, BITS));
	FACT(bitmap_andnot(c, a, b, BITS));
	bitmap_xor(c, a, b, BITS);
	FACT(bitmap_full(c, BITS));
	FACT(bitmap_subset(a, c, BITS));
	FACT(bitmap_intersects(a, b, BITS));
	bitmap_zero(c, BITS);
	FACT(bitmap_find_free_region(c, BITS, 2));
	FACT(bitmap_find_free_region(c, BITS, 3));
	FACT(bitmap_allocate_region(c, 4, 2));
	FACT(bitmap_allocate_region(c, 4, 2));
	bitmap_release_region(c, 0, 2);
	FACT(bitmap_find_free_region(c, BITS, 0));
	FACT(bitmap_find_free_region(c, BITS, 5));
	SAY("regions %*pbl", BITS, c);
	FACT(bitmap_find_next_zero_area(a, BITS, 0, 6, 7));
	FACT(bitmap_find_next_zero_area(a, BITS, 0, 30, 0));
	bitmap_to_arr32(words, a, BITS);
	SAY("words %#x %#x", words[0], words[1]);
	words[1] = 0xffffffff;
	bitmap_from_arr32(b, words, BITS);
	SAY("from words %*pbl", BITS, b);
	FACT(find_first_bit(a, BITS));
	FACT(find_next_zero_bit(a, BITS, 3));
	FACT(find_last_bit(a, BITS));
	FACT(find_next_bit(a, BITS, 40));
	FACT(find_nth_bit(a, BITS, 5));
	FACT(find_nth_bit(a, BITS, 15));
}

static void leave(void)
{
}
