// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Files of /proc: seq_file, single, write, removal. */
// exec: 5ms cat /proc/oracle/single
// exec: 6ms cat /proc/oracle/seq
// exec: 7ms echo hello > /proc/oracle/own
// exec: 8ms cat /proc/oracle/own
// exec: 9ms ls /proc/oracle
// exec: 10ms echo x > /proc/oracle/single
// exec: 11ms cat /proc/oracle/empty
// exec: 12ms ls /proc/oracle/dir
// for: 15ms
#include "probe.h"
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

static struct proc_dir_entry *d;
static int show(struct seq_file *m, void *v)
{
	seq_printf(m, "private %ld\n", (long)m->private);
	seq_puts(m, "puts\n");
	seq_putc(m, 'c');
	seq_write(m, "wr\n", 3);
	seq_put_decimal_ull(m, "dec ", 42);
	seq_put_decimal_ll(m, " ", -7);
	seq_putc(m, '\n');
	seq_escape(m, "a\nb\tc", "\n\t");
	seq_putc(m, '\n');
	seq_pad(m, '\n');
	seq_hex_dump(m, "hex ", DUMP_PREFIX_OFFSET, 16, 1, "0123456789", 10, true);
	seq_printf(m, "%*s|\n", 5, "x");
	return 0;
}
static void *start(struct seq_file *m, loff_t *pos)
{
	return *pos < 3 ? (void *)(*pos + 1) : NULL;
}
static void *next(struct seq_file *m, void *v, loff_t *pos)
{
	return ++*pos < 3 ? (void *)(*pos + 1) : NULL;
}
static void stop(struct seq_file *m, void *v)
{
}
static int item(struct seq_file *m, void *v)
{
	if ((long)v == 2)
		return SEQ_SKIP;
	seq_printf(m, "item %ld\n", (long)v);
	return 0;
}
static const struct seq_operations sops = {start, stop, next, item};
static ssize_t rd(struct file *f, char __user *b, size_t n, loff_t *pos)
{
	return simple_read_from_buffer(b, n, pos, "own text\n", 9);
}
static ssize_t wr(struct file *f, const char __user *b, size_t n, loff_t *pos)
{
	char t[16] = "";
	ssize_t r = simple_write_to_buffer(t, sizeof(t) - 1, pos, b, n);

	SAY("written %zd of %zu [%s]", r, n, strim(t));
	return r;
}
static const struct proc_ops pops = {.proc_read = rd, .proc_write = wr};
static int empty(struct seq_file *m, void *v)
{
	return 0;
}

static void probe(void)
{
	d = proc_mkdir("oracle", NULL);
	SAY("%d", !!proc_create_single_data("single", 0444, d, show, (void *)5));
	SAY("%d", !!proc_create_seq("seq", 0444, d, &sops));
	SAY("%d", !!proc_create("own", 0644, d, &pops));
	SAY("%d", !!proc_create_single("empty", 0400, d, empty));
	SAY("%d", !!proc_mkdir("dir", d));
	SAY("%d", !!proc_mkdir("oracle", NULL));
	SAY("%d", !!proc_create("nodir/x", 0644, d, &pops));
}

static void leave(void)
{
	remove_proc_entry("none", d);
	remove_proc_subtree("oracle", NULL);
}
