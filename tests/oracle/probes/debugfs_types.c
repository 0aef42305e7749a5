// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* debugfs: each kind of file. */
// exec: 5ms ls /sys/kernel/debug/oracle
// exec: 6.0ms cat /sys/kernel/debug/oracle/u8
// exec: 6.1ms cat /sys/kernel/debug/oracle/u32
// exec: 6.2ms cat /sys/kernel/debug/oracle/x16
// exec: 6.3ms cat /sys/kernel/debug/oracle/x64
// exec: 6.4ms cat /sys/kernel/debug/oracle/bool
// exec: 6.5ms cat /sys/kernel/debug/oracle/atomic
// exec: 6.6ms cat /sys/kernel/debug/oracle/size
// exec: 6.7ms cat /sys/kernel/debug/oracle/blob
// exec: 6.8ms cat /sys/kernel/debug/oracle/array
// exec: 7ms echo 300 > /sys/kernel/debug/oracle/u8
// exec: 8ms cat /sys/kernel/debug/oracle/u8
// exec: 9ms echo n > /sys/kernel/debug/oracle/bool
// exec: 10ms cat /sys/kernel/debug/oracle/bool
// exec: 11ms echo zz > /sys/kernel/debug/oracle/u32
// exec: 12ms echo 0x1F > /sys/kernel/debug/oracle/u32
// exec: 13ms cat /sys/kernel/debug/oracle/u32
// exec: 14ms cat /sys/kernel/debug/oracle/attr
// exec: 15ms echo 5 > /sys/kernel/debug/oracle/attr
// exec: 16ms echo q > /sys/kernel/debug/oracle/bool
// for: 20ms
#include "probe.h"
#include <linux/debugfs.h>

static struct dentry *d;
static u8 a = 7;
static u16 b = 0xab;
static u32 c = 99;
static u64 e = 0x1234567890ULL;
static bool f = true;
static atomic_t at = ATOMIC_INIT(-3);
static size_t sz = 12;
static struct debugfs_blob_wrapper blob = {"blobtext\n", 9};
static u32 arr[3] = {1, 2, 30};
static struct debugfs_u32_array array = {arr, 3};
static int get(void *x, u64 *v)
{
	*v = 77;
	return 0;
}
static int set(void *x, u64 v)
{
	SAY("set %llu", v);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(attr, get, set, "%llu units\n");

static void probe(void)
{
	d = debugfs_create_dir("oracle", NULL);
	debugfs_create_u8("u8", 0644, d, &a);
	debugfs_create_u32("u32", 0644, d, &c);
	debugfs_create_x16("x16", 0444, d, &b);
	debugfs_create_x64("x64", 0444, d, &e);
	debugfs_create_bool("bool", 0644, d, &f);
	debugfs_create_atomic_t("atomic", 0444, d, &at);
	debugfs_create_size_t("size", 0444, d, &sz);
	debugfs_create_blob("blob", 0444, d, &blob);
	debugfs_create_u32_array("array", 0444, d, &array);
	debugfs_create_file("attr", 0644, d, NULL, &attr);
	SAY("%d", IS_ERR(debugfs_create_dir("oracle", NULL)));
	SAY("%d", debugfs_initialized());
}

static void leave(void)
{
	FACT(a);
	FACT(c);
	FACT(f);
	debugfs_remove_recursive(d);
}
