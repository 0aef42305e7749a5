/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a pin controller's driver registers (Linux 6.1, include/linux/pinctrl/pinctrl.h). Every pin of a bank is a GPIO here:
 * nothing asks a controller to switch or to configure one. drivers/pinctrl/core.cpp
 */
#ifndef __LINUX_PINCTRL_PINCTRL_H
#define __LINUX_PINCTRL_PINCTRL_H

#include <linux/list.h>
#include <linux/radix-tree.h>
#include <linux/seq_file.h>
#include <linux/types.h>

struct device;
struct device_node;
struct gpio_chip;
struct module;
struct pinconf_generic_params;
struct pinconf_ops;
struct pin_config_item;
struct pinctrl_dev;
struct pinctrl_map;
struct pinmux_ops;

struct pinctrl_pin_desc {
	unsigned int number; /* among all pins of the controller */
	const char *name;
	void *drv_data;
};

#define PINCTRL_PIN(a, b) { .number = a, .name = b }
#define PINCTRL_PIN_ANON(a) { .number = a }

/* Lines of a GPIO chip, from `base` on, that are pins of the controller: from `pin_base` on, or those of `pins`. */
struct pinctrl_gpio_range {
	struct list_head node;
	const char *name;
	unsigned int id, base, pin_base, npins;
	const unsigned int *pins;
	struct gpio_chip *gc;
};

struct pinctrl_ops {
	int (*get_groups_count)(struct pinctrl_dev *pctldev);
	const char *(*get_group_name)(struct pinctrl_dev *pctldev, unsigned int selector);
	int (*get_group_pins)(struct pinctrl_dev *pctldev, unsigned int selector, const unsigned int **pins,
			      unsigned int *num_pins);
	void (*pin_dbg_show)(struct pinctrl_dev *pctldev, struct seq_file *s, unsigned int offset);
	int (*dt_node_to_map)(struct pinctrl_dev *pctldev, struct device_node *np_config, struct pinctrl_map **map,
			      unsigned int *num_maps);
	void (*dt_free_map)(struct pinctrl_dev *pctldev, struct pinctrl_map *map, unsigned int num_maps);
};

struct pinctrl_desc {
	const char *name;
	const struct pinctrl_pin_desc *pins;
	unsigned int npins;
	const struct pinctrl_ops *pctlops;
	const struct pinmux_ops *pmxops;
	const struct pinconf_ops *confops;
	struct module *owner;
#ifdef CONFIG_GENERIC_PINCONF
	unsigned int num_custom_params;
	const struct pinconf_generic_params *custom_params;
	const struct pin_config_item *custom_conf_items;
#endif
	bool link_consumers;
};

__BEGIN_DECLS
/* The descriptor and the driver's data must live until the controller is gone. An error pointer without memory. May sleep. */
struct pinctrl_dev *pinctrl_register(struct pinctrl_desc *pctldesc, struct device *dev, void *driver_data);
struct pinctrl_dev *devm_pinctrl_register(struct device *dev, struct pinctrl_desc *pctldesc, void *driver_data);
void pinctrl_unregister(struct pinctrl_dev *pctldev);
/* The controller of a node of the device tree, NULL: none has registered yet. */
struct pinctrl_dev *of_pinctrl_get(struct device_node *np);
const char *pinctrl_dev_get_name(struct pinctrl_dev *pctldev);
const char *pinctrl_dev_get_devname(struct pinctrl_dev *pctldev);
void *pinctrl_dev_get_drvdata(struct pinctrl_dev *pctldev);
__END_DECLS

#endif
