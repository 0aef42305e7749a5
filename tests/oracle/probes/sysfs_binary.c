// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Binary attributes, modes, writes of several kinds, notify, links in groups. */
// exec: 5ms cat /sys/kernel/obin/bytes
// exec: 6ms echo abcdefghij > /sys/kernel/obin/bytes
// exec: 8ms cat /sys/kernel/obin/long
// exec: 9ms echo > /sys/kernel/obin/num
// exec: 10ms echo 12 > /sys/kernel/obin/num
// exec: 11ms cat /sys/kernel/obin/num
// exec: 15ms cat /sys/kernel/obin
// for: 18ms
#include "probe.h"
#include <linux/kobject.h>
#include <linux/sysfs.h>

static char store[8] = "ABCDEFG\n";
static ssize_t rd(struct file *f, struct kobject *k, struct bin_attribute *a, char *b, loff_t off, size_t n)
{
	SAY("bin read off %lld n %zu", off, n > 8 ? 9 : n);
	return memory_read_from_buffer(b, n, &off, store, sizeof(store));
}
static ssize_t wr(struct file *f, struct kobject *k, struct bin_attribute *a, char *b, loff_t off, size_t n)
{
	SAY("bin write off %lld n %zu", off, n);
	memcpy(store + off, b, n);
	return n;
}
static BIN_ATTR(bytes, 0644, rd, wr, 8);
static int num;
static ssize_t nshow(struct kobject *k, struct kobj_attribute *a, char *b)
{
	return sysfs_emit(b, "%d\n", num);
}
static ssize_t nstore(struct kobject *k, struct kobj_attribute *a, const char *b, size_t n)
{
	int e = kstrtoint(b, 0, &num);

	SAY("store n %zu error %d", n, e);
	return e ?: n;
}
static struct kobj_attribute number = __ATTR(num, 0600, nshow, nstore);
static ssize_t lshow(struct kobject *k, struct kobj_attribute *a, char *b)
{
	int n = 0;

	while (n < PAGE_SIZE - 10)
		n += sysfs_emit_at(b, n, "x");
	SAY("long %d", n);
	return sysfs_emit(b, "short\n");
}
static struct kobj_attribute lng = __ATTR(long, 0444, lshow, NULL);
static struct kobject *k;

static void probe(void)
{
	k = kobject_create_and_add("obin", kernel_kobj);
	FACT(sysfs_create_bin_file(k, &bin_attr_bytes));
	FACT(sysfs_create_file(k, &number.attr));
	FACT(sysfs_create_file(k, &lng.attr));
	FACT(sysfs_chmod_file(k, &number.attr, 0640));
	sysfs_notify(k, NULL, "num");
}

static void leave(void)
{
	kobject_put(k);
}
