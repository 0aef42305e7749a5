// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Bitmaps: parsing, printing, searching. */
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include "probe.h"

static void parse(const char *text)
{
	DECLARE_BITMAP(m, 70);
	int e;

	bitmap_zero(m, 70);
	e = bitmap_parselist(text, m, 70);
	SAY("parselist [%s]: %d [%*pbl]", text, e, 70, m);
	bitmap_zero(m, 70);
	e = bitmap_parse(text, strlen(text), m, 70);
	SAY("parse [%s]: %d [%*pb]", text, e, 70, m);
}

static void probe(void)
{
	static const char *const texts[] = {"0",
					    "1-3",
					    "1,3,5",
					    "0-69",
					    "0-70",
					    "70",
					    "3-1",
					    "",
					    ",",
					    "1,",
					    ",1",
					    "0-10:2/4",
					    "0-10:4/2",
					    "all",
					    "N",
					    "0-N",
					    "a-b",
					    "ff",
					    "ff,00000001",
					    "123456789",
					    "-1",
					    " 1",
					    "1 2",
					    "1\n",
					    "0-10:0/4",
					    "5-",
					    "-5",
					    "1-2-3",
					    "3f,ffffffff,ffffffff",
					    "7f,ffffffff,ffffffff"};
	DECLARE_BITMAP(a, 70);
	DECLARE_BITMAP(b, 70);
	int i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		parse(texts[i]);
	bitmap_zero(a, 70);
	bitmap_set(a, 3, 5);
	bitmap_set(a, 60, 8);
	FACT(bitmap_weight(a, 70));
	FACT(find_first_bit(a, 70));
	FACT(find_next_bit(a, 70, 8));
	FACT(find_first_zero_bit(a, 70));
	FACT(find_next_zero_bit(a, 70, 60));
	FACT(find_last_bit(a, 70));
	FACT(bitmap_find_next_zero_area(a, 70, 0, 10, 0));
	FACT(bitmap_find_next_zero_area(a, 70, 0, 10, 7));
	FACT(bitmap_find_next_zero_area(a, 70, 50, 11, 0));
	bitmap_shift_left(b, a, 2, 70);
	SAY("left [%*pbl]", 70, b);
	bitmap_shift_right(b, a, 4, 70);
	SAY("right [%*pbl]", 70, b);
	bitmap_complement(b, a, 70);
	SAY("complement [%*pbl]", 70, b);
	FACT(bitmap_intersects(a, b, 70));
	FACT(bitmap_subset(a, b, 70));
	FACT(bitmap_find_free_region(a, 70, 2));
	bitmap_release_region(a, 12, 2);
	FACT(bitmap_allocate_region(a, 64, 1));
	SAY("cpus possible %*pbl online %*pbl present %*pbl", cpumask_pr_args(cpu_possible_mask),
	    cpumask_pr_args(cpu_online_mask), cpumask_pr_args(cpu_present_mask));
	FACT(cpumask_first(cpu_online_mask));
	FACT(cpumask_next(3, cpu_online_mask) >= nr_cpu_ids);
	FACT(cpumask_weight(cpu_online_mask));
	FACT(cpumask_any_but(cpu_online_mask, 0));
	FACT(num_online_cpus());
}

static void leave(void)
{
}
