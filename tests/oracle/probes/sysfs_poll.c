// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What poll says of a file of sysfs that was opened and not read. */
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/poll.h>
#include <linux/sysfs.h>
#include "probe.h"

static struct kobject *folder;

static ssize_t level_show(struct kobject *k, struct kobj_attribute *a, char *text)
{
	return sysfs_emit(text, "1\n");
}
static struct kobj_attribute level = __ATTR_RO(level);

static void probe(void)
{
	struct file *f;

	folder = kobject_create_and_add("oracle_poll", kernel_kobj);
	FACT(sysfs_create_file(folder, &level.attr));
	f = filp_open("/sys/kernel/oracle_poll/level", O_RDONLY, 0);
	if (IS_ERR(f)) {
		SAY("open: %ld", PTR_ERR(f));
		return;
	}
	FACT(vfs_poll(f, NULL));
	FACT(vfs_poll(f, NULL));
	sysfs_notify(folder, NULL, "level");
	FACT(vfs_poll(f, NULL));
	filp_close(f, NULL);
}

static void leave(void)
{
	kobject_put(folder);
}
