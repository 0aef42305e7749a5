// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Environments of uevents, ksets. */
// exec: 5ms cat /sys/kernel/okset/obj/uevent
// exec: 6ms ls /sys/kernel/okset
// for: 8ms
#include "probe.h"
#include <linux/kobject.h>

static struct kset *s;
static int filter(struct kobject *k)
{
	SAY("filter %s", kobject_name(k));
	return strcmp(kobject_name(k), "hidden");
}
static const char *name(struct kobject *k)
{
	return "oraclesub";
}
static int ue(struct kobject *k, struct kobj_uevent_env *e)
{
	int i;

	for (i = 0; i < e->envp_idx; i++)
		SAY("env %s", e->envp[i]);
	SAY("add %d", add_uevent_var(e, "ORACLE=%d", 7));
	return 0;
}
static const struct kset_uevent_ops ops = {.filter = filter, .name = name, .uevent = ue};
static void rel(struct kobject *k)
{
	SAY("release %s", kobject_name(k));
}
static struct kobj_type type = {.release = rel, .sysfs_ops = &kobj_sysfs_ops};
static struct kobject obj, hidden;

static void probe(void)
{
	char *extra[] = {"EXTRA=1", NULL};
	struct kobject *f;

	s = kset_create_and_add("okset", &ops, kernel_kobj);
	obj.kset = s;
	FACT(kobject_init_and_add(&obj, &type, NULL, "obj"));
	hidden.kset = s;
	FACT(kobject_init_and_add(&hidden, &type, NULL, "hidden"));
	FACT(kobject_uevent(&obj, KOBJ_ADD));
	FACT(kobject_uevent(&hidden, KOBJ_ADD));
	FACT(kobject_uevent_env(&obj, KOBJ_CHANGE, extra));
	FACT(obj.state_add_uevent_sent);
	f = kset_find_obj(s, "obj");
	FACT(f == &obj);
	kobject_put(f);
	FACT(kset_find_obj(s, "none") == NULL);
	FACT(kobject_set_name(&obj, "other"));
	SAY("%s", kobject_name(&obj));
	FACT(kobject_set_name(&obj, "obj"));
}

static void leave(void)
{
	kobject_put(&hidden);
	kobject_put(&obj);
	kset_unregister(s);
}
