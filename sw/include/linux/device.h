/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices, and what belongs to one: its driver, its resources (devres), its attributes (Linux 6.1, include/linux/device.h).
 * Unless noted, functions here may sleep.
 */
#ifndef _DEVICE_H_
#define _DEVICE_H_

#include <linux/compiler.h>
#include <linux/dev_printk.h>
#include <linux/device/bus.h>
#include <linux/device/class.h>
#include <linux/device/driver.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/numa.h>
#include <linux/overflow.h>
#include <linux/pm.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>
#include <linux/types.h>

struct device_node;
struct fwnode_handle;
struct irq_domain;
struct msi_device_data;

struct dev_pm_domain;
struct iommu_group;

/* What a device's DMA can do: the longest segment, and the boundary that none may cross. */
struct device_dma_parameters {
	unsigned int max_segment_size;
	unsigned int min_align_mask;
	unsigned long segment_boundary_mask;
};

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf, size_t count);
};

struct dev_ext_attribute {
	struct device_attribute attr;
	void *var;
};

#define DEVICE_ATTR(_name, _mode, _show, _store)                                                                       \
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RW(_name)	    struct device_attribute dev_attr_##_name = __ATTR_RW(_name)
#define DEVICE_ATTR_ADMIN_RW(_name) struct device_attribute dev_attr_##_name = __ATTR_RW_MODE(_name, 0600)
#define DEVICE_ATTR_RO(_name)	    struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name)	    struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DEVICE_ATTR_ADMIN_RO(_name) struct device_attribute dev_attr_##_name = __ATTR_RO_MODE(_name, 0400)
#define DEVICE_ATTR_PREALLOC(_name, _mode, _show, _store)                                                              \
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store) DEVICE_ATTR(_name, _mode, _show, _store)
#define DEVICE_ULONG_ATTR(_name, _mode, _var)                                                                         \
	struct dev_ext_attribute dev_attr_##_name = { __ATTR(_name, _mode, device_show_ulong, device_store_ulong), &(_var) }
#define DEVICE_BOOL_ATTR(_name, _mode, _var)                                                                          \
	struct dev_ext_attribute dev_attr_##_name = { __ATTR(_name, _mode, device_show_bool, device_store_bool), &(_var) }
#define DEVICE_INT_ATTR(_name, _mode, _var)                                                                            \
	struct dev_ext_attribute dev_attr_##_name = { __ATTR(_name, _mode, device_show_int, device_store_int), &(_var) }

struct device_type {
	const char *name;
	const struct attribute_group **groups;
	int (*uevent)(struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid);
	void (*release)(struct device *dev);
	const struct dev_pm_ops *pm;
};

/* Message interrupts of a device: the domain that makes them, and its descriptors (linux/msi.h). */
struct dev_msi_info {
	struct irq_domain *domain;
	struct msi_device_data *data;
};

/*
 * A device lives until its last reference is gone; then its class's, type's or own release frees it. `mutex` is held
 * around probe and remove.
 */
struct device {
	struct kobject kobj;
	struct device *parent;
	const char *init_name;
	const struct device_type *type;
	struct bus_type *bus;
	struct device_driver *driver;
	void *platform_data;
	void *driver_data;
	struct mutex mutex;
	struct dev_pm_info power;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	u64 bus_dma_limit;
	struct device_dma_parameters *dma_parms;
	struct dev_pm_domain *pm_domain;
	struct dev_msi_info msi;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	dev_t devt;
	u32 id;
	spinlock_t devres_lock;
	struct list_head devres_head;
	__struct_class *__class_member;
	const struct attribute_group **groups;
	void (*release)(struct device *dev);
	bool offline_disabled : 1;
	bool of_node_reused : 1;
	/* The driver core's own. */
	struct list_head bus_node;
	struct list_head driver_node;
	struct list_head class_node;
	struct list_head children;
	struct list_head sibling_node;
	struct list_head deferred_node;
	char *deferred_reason;
	struct device_driver *async_driver; /* will be probed by a call that is under way */
	unsigned char registration;
	unsigned char binding;
};

/* A device that needs another: which of the two goes when, and who lets go of the link. */
enum device_link_state {
	DL_STATE_NONE = -1,
	DL_STATE_DORMANT = 0,
	DL_STATE_AVAILABLE,
	DL_STATE_CONSUMER_PROBE,
	DL_STATE_ACTIVE,
	DL_STATE_SUPPLIER_UNBIND,
};
#define DL_FLAG_STATELESS	    0x001
#define DL_FLAG_AUTOREMOVE_CONSUMER 0x002
#define DL_FLAG_PM_RUNTIME	    0x004
#define DL_FLAG_RPM_ACTIVE	    0x008
#define DL_FLAG_AUTOREMOVE_SUPPLIER 0x010
#define DL_FLAG_AUTOPROBE_CONSUMER  0x020
#define DL_FLAG_MANAGED		    0x040
#define DL_FLAG_SYNC_STATE_ONLY	    0x080

struct device_link {
	struct device *supplier;
	struct device *consumer;
	struct list_head node;
	u32 flags;
	unsigned int users;
};

#define kobj_to_dev(__kobj) container_of(__kobj, struct device, kobj)

__BEGIN_DECLS

ssize_t device_show_ulong(struct device *dev, struct device_attribute *attr, char *buf);
ssize_t device_store_ulong(struct device *dev, struct device_attribute *attr, const char *buf, size_t count);
ssize_t device_show_bool(struct device *dev, struct device_attribute *attr, char *buf);
ssize_t device_store_bool(struct device *dev, struct device_attribute *attr, const char *buf, size_t count);
ssize_t device_show_int(struct device *dev, struct device_attribute *attr, char *buf);
ssize_t device_store_int(struct device *dev, struct device_attribute *attr, const char *buf, size_t count);

int dev_set_name(struct device *dev, const char *name, ...) __printf(2, 3);
const char *dev_driver_string(const struct device *dev);
void device_initialize(struct device *dev);
/* Makes it visible and probes drivers for it. 0, -EINVAL (no name), -EEXIST (the name is taken). */
int __must_check device_add(struct device *dev);
void device_del(struct device *dev);
int __must_check device_register(struct device *dev);
void device_unregister(struct device *dev);
/* Both send KOBJ_MOVE. -EEXIST: there is one of that name. A parent that is NULL: below devices/virtual/CLASS. May sleep. */
int device_rename(struct device *dev, const char *new_name);
int device_move(struct device *dev, struct device *new_parent, enum dpm_order dpm_order);
/* Calls the shutdown methods, of the devices added last first. For the end of the system. */
void device_shutdown(void);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
int device_for_each_child(struct device *dev, void *data, int (*fn)(struct device *dev, void *data));
int device_for_each_child_reverse(struct device *dev, void *data, int (*fn)(struct device *dev, void *data));
struct device *device_find_child(struct device *dev, void *data, int (*match)(struct device *dev, void *data));
struct device *device_find_any_child(struct device *parent);
struct device *device_find_child_by_name(struct device *parent, const char *name);

/* NULL without memory. Two links between the same devices are one, as often as it was asked for. */
struct device_link *device_link_add(struct device *consumer, struct device *supplier, u32 flags);
void device_link_del(struct device_link *link);
void device_link_remove(void *consumer, struct device *supplier);

int __must_check device_attach(struct device *dev);
int __must_check device_bind_driver(struct device *dev);
/* 0, or what the probe says; -EBUSY: it has a driver; -EAGAIN: the probe was deferred. */
int __must_check device_driver_attach(struct device_driver *drv, struct device *dev);
void device_release_driver(struct device *dev);
int __must_check driver_attach(struct device_driver *drv);
int __must_check device_reprobe(struct device *dev);
bool device_is_bound(struct device *dev);

int device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);
int __must_check device_create_bin_file(struct device *dev, const struct bin_attribute *attr);
void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr);
int __must_check device_add_group(struct device *dev, const struct attribute_group *grp);
void device_remove_group(struct device *dev, const struct attribute_group *grp);
int __must_check device_add_groups(struct device *dev, const struct attribute_group **groups);
void device_remove_groups(struct device *dev, const struct attribute_group **groups);
int __must_check devm_device_add_group(struct device *dev, const struct attribute_group *grp);
int __must_check devm_device_add_groups(struct device *dev, const struct attribute_group **groups);
void devm_device_remove_group(struct device *dev, const struct attribute_group *grp);
void devm_device_remove_groups(struct device *dev, const struct attribute_group **groups);

/* A device of a class, with a node in /dev if devt is not 0. ERR_PTR on failure. */
__printf(5, 6) struct device *device_create(__struct_class *cls, struct device *parent, dev_t devt, void *drvdata,
					    const char *fmt, ...);
__printf(6, 7) struct device *device_create_with_groups(__struct_class *cls, struct device *parent, dev_t devt,
							void *drvdata, const struct attribute_group **groups,
							const char *fmt, ...);
void device_destroy(__struct_class *cls, dev_t devt);
struct device *__root_device_register(const char *name, struct module *owner);
#define root_device_register(name) __root_device_register(name, THIS_MODULE)
void root_device_unregister(struct device *root);

void device_set_node(struct device *dev, struct fwnode_handle *fwnode);
void device_set_of_node_from_dev(struct device *dev, const struct device *dev2);
void set_primary_fwnode(struct device *dev, struct fwnode_handle *fwnode);
void set_secondary_fwnode(struct device *dev, struct fwnode_handle *fwnode);

/*
 * Resources that go with the device: released in reverse order when the driver is unbound or its probe fails. Allocating
 * may sleep with GFP_KERNEL; adding and removing may be done in any context.
 */
typedef void (*dr_release_t)(struct device *dev, void *res);
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name);
void devres_free(void *res);
void devres_add(struct device *dev, void *res);
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data);
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release_all(struct device *dev);
void *__must_check devres_open_group(struct device *dev, void *id, gfp_t gfp);
void devres_close_group(struct device *dev, void *id);
void devres_remove_group(struct device *dev, void *id);
int devres_release_group(struct device *dev, void *id);

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp) __malloc;
void *devm_krealloc(struct device *dev, void *ptr, size_t size, gfp_t gfp) __must_check;
__printf(3, 0) char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list ap) __malloc;
unsigned long devm_get_free_pages(struct device *dev, gfp_t gfp, unsigned int order);
void devm_free_pages(struct device *dev, unsigned long addr);
void __percpu *__devm_alloc_percpu(struct device *dev, size_t size, size_t align);
void devm_free_percpu(struct device *dev, void __percpu *pdata);
__printf(3, 4) char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...) __malloc;
void devm_kfree(struct device *dev, const void *p);
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp) __malloc;
const char *devm_kstrdup_const(struct device *dev, const char *s, gfp_t gfp);
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp);
int devm_add_action(struct device *dev, void (*action)(void *), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *), void *data);
void devm_release_action(struct device *dev, void (*action)(void *), void *data);

/* ERR_PTR(-EINVAL) without a resource, -EBUSY if it is taken, -ENOMEM. */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res);
void __iomem *devm_ioremap_resource_wc(struct device *dev, const struct resource *res);
void __iomem *devm_ioremap_wc(struct device *dev, resource_size_t offset, resource_size_t size);
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size);
void devm_iounmap(struct device *dev, void __iomem *addr);
void __iomem *devm_of_iomap(struct device *dev, struct device_node *node, int index, resource_size_t *size);
unsigned long *devm_bitmap_alloc(struct device *dev, unsigned int nbits, gfp_t flags);
unsigned long *devm_bitmap_zalloc(struct device *dev, unsigned int nbits, gfp_t flags);

__END_DECLS

#define devres_alloc(release, size, gfp)		__devres_alloc_node(release, size, gfp, -1, #release)
#define devres_alloc_node(release, size, gfp, nid)	__devres_alloc_node(release, size, gfp, nid, #release)

/* Zeroed memory, arrays, or both: the flags and the size of devm_kmalloc. An array too long for its size is none. */
static inline void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	const size_t bytes = size_mul(n, size);

	return bytes == SIZE_MAX ? NULL : devm_kmalloc(dev, bytes, flags);
}

static inline void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	return devm_kmalloc_array(dev, n, size, flags | __GFP_ZERO);
}

static inline void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kcalloc(dev, 1, size, gfp);
}

/* Where the action cannot be noted it is taken at once. */
static inline int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data)
{
	const int error = devm_add_action(dev, action, data);

	if (error)
		action(data);
	return error;
}

/* What a device has, one field each. */

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name ? dev->init_name : kobject_name(&dev->kobj);
}

static inline const char *dev_bus_name(const struct device *dev)
{
	if (dev->bus)
		return dev->bus->name;
	return dev->__class_member ? dev->__class_member->name : "";
}

#define __DEVICE_FIELD_GETTER(function, type, field)                                                                   \
	static inline type function(const struct device *dev)                                                          \
	{                                                                                                              \
		return dev->field;                                                                                     \
	}
#define __DEVICE_FIELD_SETTER(function, type, field)                                                                   \
	static inline void function(struct device *dev, type value)                                                    \
	{                                                                                                              \
		dev->field = value;                                                                                    \
	}
__DEVICE_FIELD_GETTER(dev_get_drvdata, void *, driver_data)
__DEVICE_FIELD_SETTER(dev_set_drvdata, void *, driver_data)
__DEVICE_FIELD_GETTER(dev_get_platdata, void *, platform_data)
__DEVICE_FIELD_GETTER(dev_get_msi_domain, struct irq_domain *, msi.domain)
__DEVICE_FIELD_SETTER(dev_set_msi_domain, struct irq_domain *, msi.domain)
__DEVICE_FIELD_GETTER(device_is_registered, int, kobj.state_in_sysfs)


static inline struct device_node *dev_of_node(struct device *dev)
{
	return dev ? dev->of_node : NULL;
}

/* One node of memory, where everything is. */
static inline int dev_to_node(struct device *dev)
{
	return NUMA_NO_NODE;
}
static inline void set_dev_node(struct device *dev, int node)
{
}

static inline void dev_set_uevent_suppress(struct device *dev, int val)
{
	dev->kobj.uevent_suppress = val != 0;
}

static inline unsigned int dev_get_uevent_suppress(const struct device *dev)
{
	return dev->kobj.uevent_suppress;
}

/* The lock that is held around probe and remove. */
static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

static inline void device_lock_assert(struct device *dev)
{
	lockdep_assert_held(&dev->mutex);
}

#define MODULE_ALIAS_CHARDEV(major, minor) MODULE_ALIAS("char-major-" __stringify(major) "-" __stringify(minor))

#define devm_alloc_percpu(dev, type) ((__typeof__(type) __percpu *)__devm_alloc_percpu((dev), sizeof(type), __alignof__(type)))

#ifndef __cplusplus
#include <linux/module.h>
#endif

#endif
