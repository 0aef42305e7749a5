// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* debugfs: what is refused, and what the calls make of an error that they are given. */
// exec: 5ms ls /sys/kernel/debug/oracle
// exec: 6ms cat /sys/kernel/debug/oracle/moved
// exec: 7ms echo 300 > /sys/kernel/debug/oracle/byte
// exec: 8ms cat /sys/kernel/debug/oracle/byte
// exec: 9ms echo yes > /sys/kernel/debug/oracle/flag
// exec: 10ms cat /sys/kernel/debug/oracle/flag
// exec: 11ms echo 5 > /sys/kernel/debug/oracle/readonly
// exec: 12ms echo x > /sys/kernel/debug/oracle/byte
// exec: 13ms cat /sys/kernel/debug/oracle/writeonly
// exec: 14ms cat /sys/kernel/debug/oracle/link
// exec: 15ms cat /sys/kernel/debug/oracle/set
// exec: 16ms cat /sys/kernel/debug/oracle/array
// exec: 17ms echo 9 > /sys/kernel/debug/oracle/writeonly
// exec: 18ms echo 8 > /sys/kernel/debug/oracle/writeonly
// for: 30ms
#include "probe.h"

#include <linux/dcache.h>
#include <linux/debugfs.h>

static struct dentry *top;
static u8 byte = 7;
static u32 word = 0xabc, words[3] = {1, 22, 333};
static bool flag;
static struct debugfs_u32_array array = {.array = words, .n_elements = 3};

static int get(void *data, u64 *value)
{
	*value = 77;
	return 0;
}

DEFINE_DEBUGFS_ATTRIBUTE(readonly_ops, get, NULL, "<%llu>\n");
static int put(void *data, u64 value)
{
	SAY("put %lld", value);
	return value == 9 ? -ERANGE : 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(writeonly_ops, NULL, put, "%llu\n");
static int shown_show(struct seq_file *m, void *v)
{
	seq_puts(m, "shown\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(shown);

static void probe(void)
{
	struct dentry *d;

	FACT(debugfs_initialized());
	top = debugfs_create_dir("oracle", NULL);
	FACT(PTR_ERR_OR_ZERO(top));
	FACT(PTR_ERR_OR_ZERO(debugfs_create_dir("oracle", NULL)));
	d = debugfs_create_dir("under", ERR_PTR(-ENOMEM));
	FACT(PTR_ERR_OR_ZERO(d));
	debugfs_create_u8("byte", 0600, top, &byte);
	FACT(PTR_ERR_OR_ZERO(debugfs_create_file("byte", 0600, top, NULL, NULL)));
	debugfs_create_x32("word", 0400, top, &word);
	debugfs_create_bool("flag", 0600, top, &flag);
	debugfs_create_file("readonly", 0600, top, NULL, &readonly_ops);
	debugfs_create_file("writeonly", 0600, top, NULL, &writeonly_ops);
	debugfs_create_file("set", 0400, top, NULL, &shown_fops);
	debugfs_create_u32_array("array", 0400, top, &array);
	d = debugfs_lookup("word", top);
	FACT(d != NULL);
	FACT(PTR_ERR_OR_ZERO(debugfs_rename(top, d, top, "moved")));
	FACT(PTR_ERR_OR_ZERO(debugfs_rename(top, d, top, "byte")));
	dput(d);
	dput(NULL);
	FACT(debugfs_lookup("nothing", top) == NULL);
	FACT(PTR_ERR_OR_ZERO(debugfs_create_symlink("link", top, "byte")));
	debugfs_remove(NULL);
	debugfs_remove(ERR_PTR(-ENODEV));
}

static void leave(void)
{
	debugfs_remove_recursive(top);
	FACT(debugfs_lookup("oracle", NULL) == NULL);
	FACT(byte);
	FACT(flag);
}
