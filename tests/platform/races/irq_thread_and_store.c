// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A threaded handler computes with two limits that a write to sysfs changes one after the other.
// races: limits_store / thread
// exec: 5ms echo 3 > /sys/kernel/planted/limits
#include "planted.h"

static __maybe_unused DEFINE_MUTEX(lock);
static struct kobject *folder;
static int low = 1, high = 2, inside;

static ssize_t limits_store(struct kobject *k, struct kobj_attribute *a, const char *buf, size_t n)
{
	int value;

	if (kstrtoint(buf, 0, &value))
		return -EINVAL;
#ifdef CORRECT
	mutex_lock(&lock);
#endif
	low = value;
	high = value + 1;
#ifdef CORRECT
	mutex_unlock(&lock);
#endif
	return n;
}
static struct kobj_attribute limits = __ATTR_WO(limits);

static irqreturn_t thread(int irq, void *d)
{
#ifdef CORRECT
	mutex_lock(&lock);
#endif
	inside += high - low;
#ifdef CORRECT
	mutex_unlock(&lock);
#endif
	return IRQ_HANDLED;
}

static int __init planted_init(void)
{
	folder = kobject_create_and_add("planted", kernel_kobj);
	if (!folder || sysfs_create_file(folder, &limits.attr))
		return -ENOMEM;
	return button_irq(NULL, thread, &low);
}

static void __exit planted_exit(void)
{
	button_free(&low);
	kobject_put(folder);
}
module_init(planted_init);
module_exit(planted_exit);
