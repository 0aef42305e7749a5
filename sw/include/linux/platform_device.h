/* SPDX-License-Identifier: Apache-2.0 */
/* Devices without a bus that could find them (Linux 6.1, include/linux/platform_device.h). May sleep unless inline. */
#ifndef _PLATFORM_DEVICE_H_
#define _PLATFORM_DEVICE_H_

#include <linux/device.h>
#include <linux/mod_devicetable.h>

struct irq_affinity;
struct mfd_cell;
struct property_entry;

#define PLATFORM_DEVID_NONE (-1)
#define PLATFORM_DEVID_AUTO (-2)

struct platform_device {
	const char *name;
	int id;
	bool id_auto;
	struct device dev;
	u64 platform_dma_mask;
	u32 num_resources;
	struct resource *resource;
	const struct platform_device_id *id_entry;
	const char *driver_override;
	struct mfd_cell *mfd_cell;
};

#define to_platform_device(x) container_of((x), struct platform_device, dev)
#define platform_get_device_id(pdev) ((pdev)->id_entry)

struct platform_device_info {
	struct device *parent;
	struct fwnode_handle *fwnode;
	bool of_node_reused;
	const char *name;
	int id;
	const struct resource *res;
	unsigned int num_res;
	const void *data;
	size_t size_data;
	u64 dma_mask;
	const struct property_entry *properties;
};

struct platform_driver {
	int (*probe)(struct platform_device *);
	int (*remove)(struct platform_device *);
	void (*remove_new)(struct platform_device *); /* instead of remove */
	void (*shutdown)(struct platform_device *);
	int (*suspend)(struct platform_device *, pm_message_t state);
	int (*resume)(struct platform_device *);
	struct device_driver driver;
	const struct platform_device_id *id_table;
	bool prevent_deferred_probe;
};

#define to_platform_driver(drv) container_of((drv), struct platform_driver, driver)

__BEGIN_DECLS

extern struct bus_type platform_bus_type;
extern struct device platform_bus;

int platform_device_register(struct platform_device *);
void platform_device_unregister(struct platform_device *);
struct platform_device *platform_device_alloc(const char *name, int id);
int platform_device_add_resources(struct platform_device *pdev, const struct resource *res, unsigned int num);
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size);
int platform_device_add(struct platform_device *pdev);
void platform_device_del(struct platform_device *pdev);
void platform_device_put(struct platform_device *pdev);
struct platform_device *platform_device_register_full(const struct platform_device_info *pdevinfo);
int platform_add_devices(struct platform_device **, int);

struct resource *platform_get_resource(struct platform_device *, unsigned int type, unsigned int num);
struct resource *platform_get_mem_or_io(struct platform_device *, unsigned int);
struct resource *platform_get_resource_byname(struct platform_device *, unsigned int type, const char *name);
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index);
void __iomem *devm_platform_ioremap_resource_byname(struct platform_device *pdev, const char *name);
void __iomem *devm_platform_get_and_ioremap_resource(struct platform_device *pdev, unsigned int index,
						     struct resource **res);
/* The virq, or an error: -ENXIO no such interrupt, -EPROBE_DEFER controller not there yet. _optional says nothing. */
int platform_get_irq(struct platform_device *, unsigned int);
int platform_get_irq_optional(struct platform_device *, unsigned int);
int platform_irq_count(struct platform_device *);
int platform_get_irq_byname(struct platform_device *dev, const char *name);
int platform_get_irq_byname_optional(struct platform_device *dev, const char *name);

int __platform_driver_register(struct platform_driver *, struct module *);
void platform_driver_unregister(struct platform_driver *);
int __platform_driver_probe(struct platform_driver *driver, int (*probe)(struct platform_device *),
			    struct module *module);
int __platform_register_drivers(struct platform_driver *const *drivers, unsigned int count, struct module *owner);
void platform_unregister_drivers(struct platform_driver *const *drivers, unsigned int count);

__END_DECLS

#define platform_driver_register(drv)	     __platform_driver_register(drv, THIS_MODULE)
#define platform_register_drivers(drivers, count) __platform_register_drivers(drivers, count, THIS_MODULE)
#define platform_driver_probe(drv, probe)    __platform_driver_probe(drv, probe, THIS_MODULE)
#define module_platform_driver(drv)	     module_driver(drv, platform_driver_register, platform_driver_unregister)
#define builtin_platform_driver(drv)	     builtin_driver(drv, platform_driver_register)
#define module_platform_driver_probe(drv, probe)                                                                       \
	__module_ends(drv, platform_driver_probe(&(drv), probe), platform_driver_unregister(&(drv)))
#define builtin_platform_driver_probe(drv, probe)		\
	static int __init drv##_init(void)			\
	{							\
		return platform_driver_probe(&(drv), probe);	\
	}							\
	device_initcall(drv##_init)

/* Devices made in one go: what they are is a platform_device_info, of which each form fills in a part. */
static inline struct platform_device *platform_device_register_simple(const char *name, int id,
								      const struct resource *res, unsigned int num)
{
	const struct platform_device_info info = { .name = name, .id = id, .res = res, .num_res = num };

	return platform_device_register_full(&info);
}

static inline struct platform_device *platform_device_register_data(struct device *parent, const char *name, int id,
								    const void *data, size_t size)
{
	struct platform_device_info info = { .parent = parent };

	info.id = id;
	info.name = name;
	info.size_data = size;
	info.data = data;
	return platform_device_register_full(&info);
}

static inline struct platform_device *platform_device_register_resndata(struct device *parent, const char *name, int id,
									const struct resource *res, unsigned int num,
									const void *data, size_t size)
{
	const struct platform_device_info info = { .parent = parent, .name = name,  .id = id,	      .res = res,
						   .num_res = num,   .data = data, .size_data = size };

	return platform_device_register_full(&info);
}

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

#endif
