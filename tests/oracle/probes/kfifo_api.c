// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kfifo. */
#include "probe.h"
#include <linux/kfifo.h>

static DEFINE_KFIFO(f, int, 8);
static DECLARE_KFIFO_PTR(p, unsigned char);
static STRUCT_KFIFO_REC_1(16) rec;

static void probe(void)
{
	int v[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, x = 0;
	unsigned char b[16] = "abcdefghijklmno";

	FACT(kfifo_size(&f));
	FACT(kfifo_is_empty(&f));
	FACT(kfifo_put(&f, 5));
	FACT(kfifo_len(&f));
	FACT(kfifo_avail(&f));
	FACT(kfifo_in(&f, v, 10));
	FACT(kfifo_is_full(&f));
	FACT(kfifo_put(&f, 6));
	FACT(kfifo_get(&f, &x));
	FACT(x);
	FACT(kfifo_peek(&f, &x));
	FACT(x);
	FACT(kfifo_out(&f, v, 3));
	FACT(v[2]);
	FACT(kfifo_out_peek(&f, v, 3));
	FACT(v[2]);
	FACT(kfifo_len(&f));
	kfifo_skip(&f);
	FACT(kfifo_len(&f));
	kfifo_reset(&f);
	FACT(kfifo_get(&f, &x));
	FACT(kfifo_alloc(&p, 100, GFP_KERNEL));
	FACT(kfifo_size(&p));
	FACT(kfifo_in(&p, b, 15));
	FACT(kfifo_esize(&p));
	FACT(kfifo_initialized(&p));
	kfifo_free(&p);
	FACT(kfifo_initialized(&p));
	FACT(kfifo_alloc(&p, 1, GFP_KERNEL));
	INIT_KFIFO(rec);
	FACT(kfifo_in(&rec, b, 5));
	FACT(kfifo_in(&rec, b, 5));
	FACT(kfifo_in(&rec, b, 5));
	FACT(kfifo_len(&rec));
	FACT(kfifo_avail(&rec));
	FACT(kfifo_peek_len(&rec));
	FACT(kfifo_out(&rec, b, 3));
	FACT(kfifo_len(&rec));
	FACT(kfifo_out(&rec, b, 16));
	FACT(kfifo_out(&rec, b, 16));
	FACT(kfifo_recsize(&rec));
	FACT(kfifo_in(&rec, b, 16));
}

static void leave(void)
{
}
