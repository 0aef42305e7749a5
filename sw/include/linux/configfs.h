/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects that a program makes with mkdir below /sys/kernel/config (Linux 6.1, include/linux/configfs.h). Their files are
 * the type's attributes. kernel/fs/configfs.cpp
 */
#ifndef _CONFIGFS_H_
#define _CONFIGFS_H_

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/stat.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define CONFIGFS_ITEM_NAME_LEN 20

struct config_item;
struct config_item_type;
struct configfs_attribute;
struct configfs_bin_attribute;
struct configfs_group_operations;
struct configfs_item_operations;
struct dentry;
struct module;

/* One directory. */
struct config_item {
	char *ci_name;
	char ci_namebuf[CONFIGFS_ITEM_NAME_LEN];
	struct kref ci_kref;
	struct list_head ci_entry; /* among the children of ci_group */
	struct config_item *ci_parent;
	struct config_group *ci_group;
	const struct config_item_type *ci_type;
	struct dentry *ci_dentry;
};

/* A directory with others in it: some it has from the start, others a program makes. */
struct config_group {
	struct config_item cg_item;
	struct list_head cg_children;
	struct configfs_subsystem *cg_subsys;
	struct list_head default_groups;
	struct list_head group_entry;
};

struct configfs_subsystem {
	struct config_group su_group;
	struct mutex su_mutex; /* held while the group operations below run */
};

struct config_item_type {
	struct module *ct_owner;
	struct configfs_item_operations *ct_item_ops;
	struct configfs_group_operations *ct_group_ops;
	struct configfs_attribute **ct_attrs;
	struct configfs_bin_attribute **ct_bin_attrs;
};

struct configfs_item_operations {
	void (*release)(struct config_item *item);
	int (*allow_link)(struct config_item *src, struct config_item *target);
	void (*drop_link)(struct config_item *src, struct config_item *target);
};

/* What mkdir and rmdir in a group do. A new item is the tree's; an error pointer refuses it. */
struct configfs_group_operations {
	struct config_item *(*make_item)(struct config_group *group, const char *name);
	struct config_group *(*make_group)(struct config_group *group, const char *name);
	int (*commit_item)(struct config_item *item);
	void (*disconnect_notify)(struct config_group *group, struct config_item *item);
	void (*drop_item)(struct config_group *group, struct config_item *item);
};

/* A file. show fills a page, store has a text that ends with NUL; bytes, or an error. */
struct configfs_attribute {
	const char *ca_name;
	struct module *ca_owner;
	umode_t ca_mode;
	ssize_t (*show)(struct config_item *item, char *page);
	ssize_t (*store)(struct config_item *item, const char *page, size_t count);
};

struct configfs_bin_attribute {
	struct configfs_attribute cb_attr;
	void *cb_private;
	size_t cb_max_size;
	ssize_t (*read)(struct config_item *item, void *data, size_t size);
	ssize_t (*write)(struct config_item *item, const void *data, size_t size);
};

#define __CONFIGFS_ATTR(_pfx, _name, _mode, ...)                                                                       \
	static struct configfs_attribute _pfx##attr_##_name = {                                                        \
		.ca_name = __stringify(_name), .ca_owner = THIS_MODULE, .ca_mode = (_mode), __VA_ARGS__                \
	}
#define CONFIGFS_ATTR(_pfx, _name)                                                                                     \
	__CONFIGFS_ATTR(_pfx, _name, S_IRUGO | S_IWUSR, .show = _pfx##_name##_show, .store = _pfx##_name##_store)
#define CONFIGFS_ATTR_RO(_pfx, _name) __CONFIGFS_ATTR(_pfx, _name, S_IRUGO, .show = _pfx##_name##_show)
#define CONFIGFS_ATTR_WO(_pfx, _name) __CONFIGFS_ATTR(_pfx, _name, S_IWUSR, .store = _pfx##_name##_store)

__BEGIN_DECLS
/* 0, or -ENOMEM. */
__printf(2, 3) int config_item_set_name(struct config_item *item, const char *fmt, ...);
void config_item_init_type_name(struct config_item *item, const char *name, const struct config_item_type *type);
void config_group_init(struct config_group *group);
void config_group_init_type_name(struct config_group *group, const char *name, const struct config_item_type *type);
/* The last one calls release. */
struct config_item *config_item_get(struct config_item *item);
struct config_item *config_item_get_unless_zero(struct config_item *item);
void config_item_put(struct config_item *item);
/* A child by name, with a reference; su_mutex is held. */
struct config_item *config_group_find_item(struct config_group *group, const char *name);

/* 0, -EEXIST, -ENOMEM. May sleep, all of them. */
int configfs_register_subsystem(struct configfs_subsystem *subsys);
void configfs_unregister_subsystem(struct configfs_subsystem *subsys);
int configfs_register_group(struct config_group *parent_group, struct config_group *group);
void configfs_unregister_group(struct config_group *group);
struct config_group *configfs_register_default_group(struct config_group *parent_group, const char *name,
						     const struct config_item_type *item_type);
void configfs_unregister_default_group(struct config_group *group);
void configfs_remove_default_groups(struct config_group *group);
/* Until it is undone, rmdir of the item answers -EBUSY. */
int configfs_depend_item(struct configfs_subsystem *subsys, struct config_item *target);
void configfs_undepend_item(struct config_item *target);
__END_DECLS

/* to_X(): the X around one of its parts, NULL of NULL. */
#define __CONFIGFS_AROUND(outer, part, member)                                                                         \
	static inline struct outer *to_##outer(struct part *inner)                                                     \
	{                                                                                                              \
		return inner ? container_of(inner, struct outer, member) : NULL;                                       \
	}
__CONFIGFS_AROUND(config_group, config_item, cg_item)
__CONFIGFS_AROUND(configfs_subsystem, config_group, su_group)
#undef __CONFIGFS_AROUND

/* The name of its directory; the item has it. */
static inline char *config_item_name(struct config_item *item)
{
	return item->ci_name;
}

/* The references of a group are its item's; NULL has none. */
static inline struct config_group *config_group_get(struct config_group *group)
{
	return to_config_group(config_item_get(group ? &group->cg_item : NULL));
}

static inline void config_group_put(struct config_group *group)
{
	config_item_put(&group->cg_item);
}

static inline void configfs_add_default_group(struct config_group *new_group, struct config_group *group)
{
	list_add_tail(&new_group->group_entry, &group->default_groups);
}

#endif
