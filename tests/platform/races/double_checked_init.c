// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Something is made by the one that needs it first; others see the pointer before they see what it points to.
// races: sum_show / sum_show
// exec: 5ms cat /sys/kernel/planted/sum
// exec: 6ms cat /sys/kernel/planted/sum
#include "planted.h"

static __maybe_unused DEFINE_MUTEX(lock);
static struct kobject *folder;
static struct table { int sum; } *table;

static struct table *table_of(void)
{
#ifdef CORRECT
	struct table *t = smp_load_acquire(&table);
#else
	struct table *t = READ_ONCE(table);
#endif

	if (!t) {
		mutex_lock(&lock);
		t = table;
		if (!t) {
			t = kzalloc(sizeof(*t), GFP_KERNEL);
			t->sum = 7;
#ifdef CORRECT
			smp_store_release(&table, t);
#else
			WRITE_ONCE(table, t);
#endif
		}
		mutex_unlock(&lock);
	}
	return t->sum ? t : NULL;
}

static ssize_t sum_show(struct kobject *k, struct kobj_attribute *a, char *buf)
{
	return sprintf(buf, "%d\n", table_of()->sum);
}
static struct kobj_attribute sum = __ATTR_RO(sum);

static int __init planted_init(void)
{
	folder = kobject_create_and_add("planted", kernel_kobj);
	return folder ? sysfs_create_file(folder, &sum.attr) : -ENOMEM;
}

static void __exit planted_exit(void)
{
	kobject_put(folder);
	kfree(table);
}
module_init(planted_init);
module_exit(planted_exit);
