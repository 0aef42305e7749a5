// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Attributes in /sys: what a store may return, what is not readable or writable, groups that are shown in part. */
// exec: 5ms ls /sys/kernel/oracle_stores
// exec: 6ms echo 1 > /sys/kernel/oracle_stores/refuses
// exec: 7ms echo abc > /sys/kernel/oracle_stores/part
// exec: 8ms cat /sys/kernel/oracle_stores/writeonly
// exec: 9ms echo 1 > /sys/kernel/oracle_stores/readonly
// exec: 10ms cat /sys/kernel/oracle_stores/fails
// exec: 11ms cat /sys/kernel/oracle_stores/empty
// exec: 12ms ls /sys/kernel/oracle_stores/group
// exec: 13ms echo -n "" > /sys/kernel/oracle_stores/part
// exec: 14ms cat /sys/kernel/oracle_stores/link/readonly
// exec: 15ms cat /sys/kernel/oracle_stores/long | wc -c
// exec: 16ms echo x > /sys/kernel/oracle_stores/nothing
// exec: 17ms cat /sys/kernel/oracle_stores
// exec: 18ms cat /sys/kernel/oracle_stores/writeless
// exec: 19ms echo 5 > /sys/kernel/oracle_stores/writeless
// for: 40ms
#include "probe.h"

#include <linux/kobject.h>
#include <linux/sysfs.h>

static struct kobject *top;

static ssize_t show(struct kobject *k, struct kobj_attribute *a, char *buf)
{
	if (!strcmp(a->attr.name, "fails"))
		return -EPERM;
	if (!strcmp(a->attr.name, "empty"))
		return 0;
	if (!strcmp(a->attr.name, "long")) {
		memset(buf, 'x', PAGE_SIZE - 1);
		buf[PAGE_SIZE - 1] = 0;
		FACT(sysfs_emit_at(buf, PAGE_SIZE - 4, "%s", "abcdefgh"));
		return PAGE_SIZE - 1;
	}
	return sysfs_emit(buf, "%s\n", a->attr.name);
}

static ssize_t store(struct kobject *k, struct kobj_attribute *a, const char *buf, size_t size)
{
	SAY("store %s: %zu, ends with %d", a->attr.name, size, size ? buf[size - 1] : -1);
	if (!strcmp(a->attr.name, "refuses"))
		return -EDOM;
	return size > 2 ? 2 : size;
}

static struct kobj_attribute refuses = __ATTR(refuses, 0200, NULL, store), part = __ATTR(part, 0644, show, store),
			     writeonly = __ATTR(writeonly, 0200, NULL, store),
			     readonly = __ATTR(readonly, 0444, show, NULL), fails = __ATTR(fails, 0444, show, NULL),
			     empty = __ATTR(empty, 0444, show, NULL), longer = __ATTR(long, 0444, show, NULL),
			     writeless = __ATTR(writeless, 0644, NULL, NULL);
static struct attribute *attributes[] = {&refuses.attr, &part.attr,  &writeonly.attr, &readonly.attr, &fails.attr,
					 &empty.attr,	&longer.attr, &writeless.attr, NULL};
static const struct attribute_group plain = {.attrs = attributes};

static umode_t visible(struct kobject *k, struct attribute *a, int n)
{
	return n % 2 ? 0 : n ? 0400 : a->mode;
}
static const struct attribute_group named = {.name = "group", .attrs = attributes, .is_visible = visible};
static struct attribute unnamed_mode = {.name = "none"};

static void probe(void)
{
	top = kobject_create_and_add("oracle_stores", kernel_kobj);
	FACT(top != NULL);
	FACT(sysfs_create_group(top, &plain));
	FACT(sysfs_create_group(top, &plain));
	FACT(sysfs_create_group(top, &plain));
	FACT(sysfs_create_group(top, &named));
	FACT(sysfs_create_group(top, &named));
	FACT(sysfs_update_group(top, &named));
	FACT(sysfs_create_link(top, top, "link"));
	FACT(sysfs_create_link(top, top, "link"));
	FACT(sysfs_create_file(top, &readonly.attr));
	FACT(sysfs_create_file(top, &unnamed_mode));
	FACT(sysfs_add_file_to_group(top, &readonly.attr, "group"));
	FACT(sysfs_add_file_to_group(top, &readonly.attr, "no group"));
	FACT(sysfs_chmod_file(top, &readonly.attr, 0400));
	FACT(sysfs_merge_group(top, &(struct attribute_group){.name = "no group", .attrs = attributes}));
	sysfs_remove_file(top, &unnamed_mode);
	sysfs_notify(top, NULL, "part");
	sysfs_notify(top, NULL, "nothing");
}

static void leave(void)
{
	sysfs_remove_group(top, &named);
	sysfs_remove_group(top, &named);
	sysfs_remove_link(top, "link");
	kobject_put(top);
}
