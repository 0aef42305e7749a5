/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of kernel objects as files under /sys (Linux's include/linux/sysfs.h). Process context. */
#ifndef _LINUX_SYSFS_H
#define _LINUX_SYSFS_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/idr.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/stat.h>
#include <linux/stringify.h>
#include <linux/types.h>

struct bin_attribute;
struct file;
struct kobject;
struct module;
struct vm_area_struct;

struct attribute {
	const char *name;
	umode_t mode;
};

#define sysfs_attr_init(attr)	  do { } while (0)
#define sysfs_bin_attr_init(attr) do { } while (0)

struct attribute_group {
	const char *name; /* NULL: the object's own directory */
	/* The mode of one attribute, 0 to leave it out. */
	umode_t (*is_visible)(struct kobject *kobj, struct attribute *attr, int index);
	umode_t (*is_bin_visible)(struct kobject *kobj, struct bin_attribute *attr, int index);
	struct attribute **attrs; /* ends with NULL */
	struct bin_attribute **bin_attrs;
};

struct bin_attribute {
	struct attribute attr;
	size_t size;
#ifdef __cplusplus
	void *private_;
#else
	void *private;
#endif
	ssize_t (*read)(struct file *, struct kobject *, struct bin_attribute *, char *, loff_t, size_t);
	ssize_t (*write)(struct file *, struct kobject *, struct bin_attribute *, char *, loff_t, size_t);
	int (*mmap)(struct file *, struct kobject *, struct bin_attribute *, struct vm_area_struct *);
};

/* show fills at most PAGE_SIZE bytes; store gets the text with a NUL behind it and returns how much it consumed. */
struct sysfs_ops {
	ssize_t (*show)(struct kobject *kobj, struct attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct attribute *attr, const char *buf, size_t count);
};

#define SYSFS_PREALLOC 010000

#ifdef __cplusplus
#define __ATTR(_name, _mode, _show, _store)	   {{__stringify(_name), _mode}, _show, _store}
#define __ATTR_PREALLOC(_name, _mode, _show, _store) {{__stringify(_name), SYSFS_PREALLOC | (_mode)}, _show, _store}
#define __ATTR_RO(_name)			   {{__stringify(_name), 0444}, _name##_show, NULL}
#define __ATTR_RO_MODE(_name, _mode)		   {{__stringify(_name), _mode}, _name##_show, NULL}
#define __ATTR_WO(_name)			   {{__stringify(_name), 0200}, NULL, _name##_store}
#else
#define __ATTR(_name, _mode, _show, _store)                                   \
	{                                                                     \
		.attr = {.name = __stringify(_name), .mode = (_mode)},        \
		.show = _show, .store = _store,                               \
	}
#define __ATTR_PREALLOC(_name, _mode, _show, _store) __ATTR(_name, SYSFS_PREALLOC | (_mode), _show, _store)
#define __ATTR_RO_MODE(_name, _mode)                                          \
	{                                                                     \
		.attr = {.name = __stringify(_name), .mode = (_mode)},        \
		.show = _name##_show,                                         \
	}
#define __ATTR_RO(_name) __ATTR_RO_MODE(_name, 0444)
#define __ATTR_WO(_name)                                                      \
	{                                                                     \
		.attr = {.name = __stringify(_name), .mode = 0200},           \
		.store = _name##_store,                                       \
	}
#endif
#define __ATTR_RW_MODE(_name, _mode) __ATTR(_name, _mode, _name##_show, _name##_store)
#define __ATTR_RW(_name)	     __ATTR(_name, 0644, _name##_show, _name##_store)
#define __ATTR_NULL		     {{NULL, 0}, NULL, NULL}
#define __ATTR_IGNORE_LOCKDEP	     __ATTR

#define __ATTRIBUTE_GROUPS(_name)                                              \
	static const struct attribute_group *_name##_groups[] = {              \
		&_name##_group,                                                \
		NULL,                                                          \
	}
#ifdef __cplusplus
#define ATTRIBUTE_GROUPS(_name)                                                             \
	static const struct attribute_group _name##_group = {NULL, NULL, NULL, _name##_attrs, NULL}; \
	__ATTRIBUTE_GROUPS(_name)
#else
#define ATTRIBUTE_GROUPS(_name)                                                \
	static const struct attribute_group _name##_group = {                  \
		.attrs = _name##_attrs,                                        \
	};                                                                     \
	__ATTRIBUTE_GROUPS(_name)
#endif

#ifdef __cplusplus
#define __BIN_ATTR(_name, _mode, _read, _write, _size) {{__stringify(_name), _mode}, _size, NULL, _read, _write, NULL}
#else
#define __BIN_ATTR(_name, _mode, _read, _write, _size)                         \
	{                                                                      \
		.attr = {.name = __stringify(_name), .mode = _mode},           \
		.read = _read, .write = _write, .size = _size,                 \
	}
#endif
#define BIN_ATTR(_name, _mode, _read, _write, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR(_name, _mode, _read, _write, _size)
#define BIN_ATTR_RO(_name, _size) BIN_ATTR(_name, 0444, _name##_read, NULL, _size)
#define BIN_ATTR_RW(_name, _size) BIN_ATTR(_name, 0644, _name##_read, _name##_write, _size)

__BEGIN_DECLS

int sysfs_create_dir_ns(struct kobject *kobj, const void *ns);
void sysfs_remove_dir(struct kobject *kobj);
int sysfs_rename_dir_ns(struct kobject *kobj, const char *new_name, const void *new_ns);
int sysfs_move_dir_ns(struct kobject *kobj, struct kobject *new_parent, const void *new_ns);
int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name);
void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name);

/* -EEXIST (with a warning) for a name that is taken. */
int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns);
int sysfs_create_files(struct kobject *kobj, const struct attribute *const *attr);
int sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr, umode_t mode);
void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns);
void sysfs_remove_files(struct kobject *kobj, const struct attribute *const *attr);
int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr);
void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr);
int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name);
int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name);
void sysfs_remove_link(struct kobject *kobj, const char *name);

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp);
int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups);
int sysfs_update_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups);
int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group);
/* Into, or out of, the folder of a group that is there: -ENOENT if it is not. */
int sysfs_merge_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_unmerge_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr, const char *group);

/* Wakes those who poll the attribute. */
void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr);

/* sprintf for show methods: buf is the page that show was given. */
__printf(2, 3) int sysfs_emit(char *buf, const char *fmt, ...);
__printf(3, 4) int sysfs_emit_at(char *buf, int at, const char *fmt, ...);
/* Compares and takes a trailing newline for nothing. */
bool sysfs_streq(const char *s1, const char *s2);

int sysfs_init(void);

__END_DECLS

static inline int __must_check sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
{
	return sysfs_create_file_ns(kobj, attr, NULL);
}

static inline void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	sysfs_remove_file_ns(kobj, attr, NULL);
}

static inline int sysfs_rename_dir(struct kobject *kobj, const char *new_name)
{
	return sysfs_rename_dir_ns(kobj, new_name, NULL);
}

#endif
