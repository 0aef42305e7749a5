// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* seq_file: what each helper prints, an iterator with skipped entries, an entry longer than a page. */
// exec: 5ms cat /proc/oracle_single
// exec: 6ms cat /proc/oracle_iter
// exec: 7ms cat /proc/oracle_long | wc -c
// exec: 8ms head -c 7 /proc/oracle_single
// exec: 9ms cat /proc/oracle_fails
// exec: 10ms echo x > /proc/oracle_single
// exec: 11ms ls /proc/oracle_single
// for: 20ms
#include "probe.h"

#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int single(struct seq_file *m, void *v)
{
	static const u8 bytes[] = {1, 2, 0xab, 'x'};

	seq_puts(m, "puts ");
	seq_putc(m, 'c');
	seq_putc(m, '\n');
	seq_put_decimal_ull(m, " ", 0);
	seq_put_decimal_ull(m, "+", 9);
	seq_put_decimal_ull(m, "", 1234567890123ULL);
	seq_put_decimal_ll(m, "", -42);
	seq_put_decimal_ll(m, " m", 7);
	seq_putc(m, '\n');
	seq_escape(m, "a b\tc\nd\\e", " \t\n\\");
	seq_putc(m, '\n');
	seq_escape_str(m, "q\"\x01z", ESCAPE_ANY, NULL);
	seq_putc(m, '\n');
	seq_pad(m, '|');
	seq_setwidth(m, 20);
	seq_printf(m, "padded");
	seq_pad(m, '\n');
	FACT(seq_write(m, "raw\n", 4));
	seq_hex_dump(m, "dump: ", DUMP_PREFIX_OFFSET, 16, 1, bytes, sizeof(bytes), true);
	FACT(seq_has_overflowed(m));
	FACT(m->size);
	return 0;
}

static void *start(struct seq_file *m, loff_t *pos)
{
	if (*pos == 0)
		return SEQ_START_TOKEN;
	return *pos < 6 ? (void *)(long)(*pos + 1) : NULL;
}

static void *next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return start(m, pos);
}

static void stop(struct seq_file *m, void *v)
{
	SAY("stop with %ld", (long)v);
}

static int show(struct seq_file *m, void *v)
{
	if (v == SEQ_START_TOKEN) {
		seq_puts(m, "head\n");
		return 0;
	}
	seq_printf(m, "entry %ld\n", (long)v);
	return (long)v == 4 ? SEQ_SKIP : 0;
}

static const struct seq_operations iterates = {.start = start, .next = next, .stop = stop, .show = show};

static int longer(struct seq_file *m, void *v)
{
	int i;

	for (i = 0; i < 1000; i++)
		seq_printf(m, "%09d\n", i);
	SAY("overflowed %d of %zu", seq_has_overflowed(m), m->size);
	return 0;
}

static int fails(struct seq_file *m, void *v)
{
	seq_puts(m, "lost\n");
	return -EIO;
}

static void probe(void)
{
	FACT(SEQ_SKIP);
	FACT(proc_create_single("oracle_single", 0444, NULL, single) != NULL);
	FACT(proc_create_seq("oracle_iter", 0, NULL, &iterates) != NULL);
	FACT(proc_create_single("oracle_long", 0, NULL, longer) != NULL);
	FACT(proc_create_single("oracle_fails", 0, NULL, fails) != NULL);
}

static void leave(void)
{
	remove_proc_entry("oracle_single", NULL);
	remove_proc_entry("oracle_iter", NULL);
	remove_proc_entry("oracle_long", NULL);
	remove_proc_entry("oracle_fails", NULL);
}
