// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Sets of objects: members, names, parents, other names, and what is found. */
#include "probe.h"

#include <linux/kobject.h>

static struct kset *set;

static void gone(struct kobject *k)
{
	SAY("release %s", kobject_name(k));
	kfree(k);
}

static struct kobj_type type = {.release = gone};

static struct kobject *object(const char *name, struct kobject *parent)
{
	struct kobject *k = kzalloc(sizeof(*k), GFP_KERNEL);

	k->kset = set;
	SAY("%s: %d", name, kobject_init_and_add(k, &type, parent, "%s", name));
	return k;
}

static void path(struct kobject *k)
{
	char *text = kobject_get_path(k, GFP_KERNEL);

	SAY("%s", text);
	kfree(text);
}

static void probe(void)
{
	struct kobject *a, *b, *c, *found;

	set = kset_create_and_add("oracle-set", NULL, kernel_kobj);
	FACT(set != NULL);
	a = object("a", NULL);
	b = object("b", a);
	c = object("a", NULL);
	kobject_put(c);
	path(b);
	found = kset_find_obj(set, "b");
	FACT(found == b);
	kobject_put(found);
	FACT(kset_find_obj(set, "c") == NULL);
	FACT(kobject_rename(b, "renamed"));
	path(b);
	FACT(kobject_rename(a, "a"));
	FACT(kobject_move(b, &set->kobj));
	path(b);
	FACT(kobject_move(b, NULL));
	path(b);
	FACT(kref_read(&a->kref));
	FACT(kobject_get_unless_zero(a) == a);
	FACT(kref_read(&a->kref));
	kobject_put(a);
	FACT(kobject_set_name(b, "%s/%d", "slash", 5));
	SAY("%s", kobject_name(b));
	kobject_del(b);
	kobject_put(b);
	kobject_del(a);
	FACT(a->parent == NULL);
	kobject_put(a);
	c = kobject_create_and_add("none", &set->kobj);
	path(c);
	kobject_put(c);
	kset_unregister(set);
}

static void leave(void)
{
}
