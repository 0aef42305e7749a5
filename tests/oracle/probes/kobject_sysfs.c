// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kobjects, attributes, their files and errors. */
// exec: 5ms ls /sys/kernel/kprobe_dir
// exec: 6ms cat /sys/kernel/kprobe_dir/rw
// exec: 7ms echo abc > /sys/kernel/kprobe_dir/rw
// exec: 8ms cat /sys/kernel/kprobe_dir/rw
// exec: 9ms echo fail > /sys/kernel/kprobe_dir/rw
// exec: 10ms cat /sys/kernel/kprobe_dir/wo
// exec: 11ms echo 1 > /sys/kernel/kprobe_dir/ro
// exec: 12ms cat /sys/kernel/kprobe_dir/group/a
// exec: 13ms cat /sys/kernel/kprobe_dir/bin
// exec: 14ms ls /sys/kernel/kprobe_dir/group
// exec: 15ms cat /sys/kernel/kprobe_dir/noshow
// for: 20ms
#include "probe.h"
#include <linux/kobject.h>
#include <linux/sysfs.h>

static struct kobject *k;
static ssize_t rw_show(struct kobject *o, struct kobj_attribute *a, char *b)
{
	return sysfs_emit(b, "show %s\n", a->attr.name);
}
static ssize_t rw_store(struct kobject *o, struct kobj_attribute *a, const char *b, size_t n)
{
	SAY("store %zu [%.*s]", n, (int)n - 1, b);
	return strncmp(b, "fail", 4) ? n : -EBUSY;
}
static struct kobj_attribute rw = __ATTR_RW(rw);
static struct kobj_attribute wo = __ATTR(wo, 0200, NULL, rw_store);
static struct kobj_attribute ro = __ATTR(ro, 0444, rw_show, NULL);
static struct kobj_attribute noshow = __ATTR(noshow, 0444, NULL, NULL);
static struct kobj_attribute ga = __ATTR(a, 0444, rw_show, NULL), gb = __ATTR(b, 0444, rw_show, NULL);
static struct attribute *list[] = {&ga.attr, &gb.attr, NULL};
static umode_t visible(struct kobject *o, struct attribute *a, int i)
{
	SAY("visible %d", i);
	return i ? 0 : a->mode;
}
static const struct attribute_group group = {.name = "group", .attrs = list, .is_visible = visible};

static void probe(void)
{
	k = kobject_create_and_add("kprobe_dir", kernel_kobj);
	FACT(sysfs_create_file(k, &rw.attr));
	FACT(sysfs_create_file(k, &wo.attr));
	FACT(sysfs_create_file(k, &ro.attr));
	FACT(sysfs_create_file(k, &noshow.attr));
	FACT(sysfs_create_file(k, &rw.attr));
	FACT(sysfs_create_group(k, &group));
	FACT(kobject_rename(k, "kprobe_dir2"));
	FACT(kobject_rename(k, "kprobe_dir"));
	SAY("%s refs %u", kobject_name(k), kref_read(&k->kref));
	FACT(k->state_in_sysfs);
	FACT(k->state_initialized);
	FACT(k->parent == kernel_kobj);
	SAY("path %s", kobject_get_path(k, GFP_KERNEL));
}

static void leave(void)
{
	sysfs_remove_group(k, &group);
	kobject_put(k);
}
