// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kobjects, ksets, klist: life and release. */
#include "probe.h"
#include <linux/kobject.h>

static void rel(struct kobject *k)
{
	SAY("release %s", kobject_name(k));
	kfree(k);
}
static struct kobj_type type = {.release = rel, .sysfs_ops = &kobj_sysfs_ops};

static void probe(void)
{
	struct kobject *a = kzalloc(sizeof(*a), GFP_KERNEL), *b = kzalloc(sizeof(*b), GFP_KERNEL), *f;
	struct kset *s = kset_create_and_add("oracle_set", NULL, kernel_kobj);

	kobject_init(a, &type);
	a->kset = s;
	FACT(kobject_add(a, NULL, "a%d", 1));
	SAY("%s parent %s", kobject_name(a), a->parent->name);
	FACT(kobject_init_and_add(b, &type, a, "b"));
	FACT(kref_read(&a->kref));
	f = kset_find_obj(s, "a1");
	FACT(f == a);
	kobject_put(f);
	FACT(kset_find_obj(s, "zz") == NULL);
	SAY("path %s", kobject_get_path(b, GFP_KERNEL));
	kobject_put(b);
	FACT(kref_read(&a->kref));
	kobject_del(a);
	FACT(a->state_in_sysfs);
	SAY("parent %s", a->parent ? "yes" : "no");
	kobject_put(a);
	kset_unregister(s);
	a = kzalloc(sizeof(*a), GFP_KERNEL);
	kobject_init(a, &type);
	FACT(kobject_add(a, kernel_kobj, "x/y"));
	SAY("%s", kobject_name(a));
	kobject_put(a);
}

static void leave(void)
{
}
