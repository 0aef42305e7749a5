/* SPDX-License-Identifier: Apache-2.0 */
/* What GPIO controllers implement and use (Linux 6.1, include/linux/gpio/driver.h). */
#ifndef __LINUX_GPIO_DRIVER_H
#define __LINUX_GPIO_DRIVER_H

#include <linux/bits.h>
#include <linux/device.h>
#include <linux/irq.h>
#include <linux/irqchip/chained_irq.h>
#include <linux/irqdomain.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/pinctrl/pinctrl.h>
#include <linux/property.h>
#include <linux/types.h>

struct gpio_desc;
struct of_phandle_args;
struct device_node;
struct gpio_device;
struct gpio_chip;
struct module;

#define GPIO_LINE_DIRECTION_IN	1
#define GPIO_LINE_DIRECTION_OUT 0

/* What a parent domain is asked with. */
union gpio_irq_fwspec {
	struct irq_fwspec fwspec;
};

/*
 * The interrupt half of a chip, for those that let gpiolib make their domain: fill in chip, handler and, for a chained
 * parent, parent_handler and parents before gpiochip_add_data.
 */
struct gpio_irq_chip {
	struct irq_chip *chip;
	struct irq_domain *domain;
	struct fwnode_handle *fwnode;
	/*
	 * Each line has a line of its own in parent_domain: child_to_parent_hwirq says which (0, or an error). How the
	 * parent is asked for it, and what number the line has here, is two cells and its offset unless said otherwise.
	 */
	struct irq_domain *parent_domain;
	int (*child_to_parent_hwirq)(struct gpio_chip *gc, unsigned int child_hwirq, unsigned int child_type,
				     unsigned int *parent_hwirq, unsigned int *parent_type);
	int (*populate_parent_alloc_arg)(struct gpio_chip *gc, union gpio_irq_fwspec *fwspec, unsigned int parent_hwirq,
					 unsigned int parent_type);
	unsigned int (*child_offset_to_irq)(struct gpio_chip *gc, unsigned int pin);
	struct irq_domain_ops child_irq_domain_ops; /* those that are not null stand for gpiolib's own */
	irq_flow_handler_t handler;
	unsigned int default_type;
	irq_flow_handler_t parent_handler;
	union {
		void *parent_handler_data;
		void **parent_handler_data_array;
	};
	unsigned int num_parents;
	unsigned int *parents;
	unsigned int *map;
	bool threaded;
	bool per_parent_data;
	bool initialized;
	int (*init_hw)(struct gpio_chip *gc);
	void (*init_valid_mask)(struct gpio_chip *gc, unsigned long *valid_mask, unsigned int ngpios);
	unsigned long *valid_mask;
	unsigned int first;
	void (*irq_enable)(struct irq_data *data);
	void (*irq_disable)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_mask)(struct irq_data *data);
};

/*
 * A controller with `ngpio` lines from number `base` (-1: gpiolib chooses). can_sleep: the callbacks may sleep, so the
 * lines cannot be used in atomic context. get_direction answers GPIO_LINE_DIRECTION_*; set_config takes packed words of
 * linux/pinctrl/pinconf-generic.h and answers -ENOTSUPP for what it cannot.
 */
struct gpio_chip {
	const char *label;
	struct gpio_device *gpiodev;
	struct device *parent;
	struct fwnode_handle *fwnode;
	struct module *owner;

	int (*request)(struct gpio_chip *gc, unsigned int offset);
	void (*free)(struct gpio_chip *gc, unsigned int offset);
	int (*get_direction)(struct gpio_chip *gc, unsigned int offset);
	int (*direction_input)(struct gpio_chip *gc, unsigned int offset);
	int (*direction_output)(struct gpio_chip *gc, unsigned int offset, int value);
	int (*get)(struct gpio_chip *gc, unsigned int offset);
	int (*get_multiple)(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits);
	void (*set)(struct gpio_chip *gc, unsigned int offset, int value);
	void (*set_multiple)(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits);
	int (*set_config)(struct gpio_chip *gc, unsigned int offset, unsigned long config);
	int (*to_irq)(struct gpio_chip *gc, unsigned int offset);
	void (*dbg_show)(struct seq_file *s, struct gpio_chip *gc);
	int (*init_valid_mask)(struct gpio_chip *gc, unsigned long *valid_mask, unsigned int ngpios);
	int (*add_pin_ranges)(struct gpio_chip *gc);

	int base;
	u16 ngpio;
	u16 offset;
	const char *const *names;
	bool can_sleep;

	/* Of the driver for plain registers (gpio-mmio). */
	unsigned long (*read_reg)(void __iomem *reg);
	void (*write_reg)(void __iomem *reg, unsigned long data);
	bool be_bits;
	void __iomem *reg_dat;
	void __iomem *reg_set;
	void __iomem *reg_clr;
	void __iomem *reg_dir_out;
	void __iomem *reg_dir_in;
	bool bgpio_dir_unreadable;
	int bgpio_bits;
	raw_spinlock_t bgpio_lock;
	unsigned long bgpio_data;
	unsigned long bgpio_dir;

	struct gpio_irq_chip irq;
	unsigned long *valid_mask;

	struct device_node *of_node;
	unsigned int of_gpio_n_cells;
	int (*of_xlate)(struct gpio_chip *gc, const struct of_phandle_args *gpiospec, u32 *flags);
};

struct lock_class_key;

__BEGIN_DECLS

/* 0, -EINVAL, -EBUSY (numbers taken), -ENOMEM. May sleep. */
int gpiochip_add_data_with_key(struct gpio_chip *gc, void *data, struct lock_class_key *lock_key,
			       struct lock_class_key *request_key);
int devm_gpiochip_add_data_with_key(struct device *dev, struct gpio_chip *gc, void *data,
				    struct lock_class_key *lock_key, struct lock_class_key *request_key);
void gpiochip_remove(struct gpio_chip *gc);
void *gpiochip_get_data(struct gpio_chip *gc);
struct gpio_chip *gpiochip_find(void *data, int (*match)(struct gpio_chip *gc, void *data));
const char *gpiochip_is_requested(struct gpio_chip *gc, unsigned int offset);
struct gpio_desc *gpiochip_get_desc(struct gpio_chip *gc, unsigned int hwnum);
struct gpio_desc *gpiochip_request_own_desc(struct gpio_chip *gc, unsigned int hwnum, const char *label,
					    unsigned long lflags, int dflags);
void gpiochip_free_own_desc(struct gpio_desc *desc);
struct gpio_chip *gpiod_to_chip(const struct gpio_desc *desc);
bool gpiochip_line_is_valid(const struct gpio_chip *gc, unsigned int offset);

/* A line as interrupt: it must not be an output, and cannot become one until unlocked. -EIO otherwise. */
int gpiochip_lock_as_irq(struct gpio_chip *gc, unsigned int offset);
void gpiochip_unlock_as_irq(struct gpio_chip *gc, unsigned int offset);
bool gpiochip_line_is_irq(struct gpio_chip *gc, unsigned int offset);
int gpiochip_reqres_irq(struct gpio_chip *gc, unsigned int offset);
void gpiochip_relres_irq(struct gpio_chip *gc, unsigned int offset);
void gpiochip_disable_irq(struct gpio_chip *gc, unsigned int offset);
void gpiochip_enable_irq(struct gpio_chip *gc, unsigned int offset);
int gpiochip_irq_reqres(struct irq_data *data);
void gpiochip_irq_relres(struct irq_data *data);
int gpiochip_irq_map(struct irq_domain *d, unsigned int irq, irq_hw_number_t hwirq);
void gpiochip_irq_unmap(struct irq_domain *d, unsigned int irq);
int gpiochip_irq_domain_activate(struct irq_domain *domain, struct irq_data *data, bool reserve);
void gpiochip_irq_domain_deactivate(struct irq_domain *domain, struct irq_data *data);
int gpiochip_irqchip_add_domain(struct gpio_chip *gc, struct irq_domain *domain);
bool gpiochip_irqchip_irq_valid(const struct gpio_chip *gc, unsigned int offset);

/* Ask a parent with two or with four cells (hwirq and type, or 0, hwirq, 0 and type). */
int gpiochip_populate_parent_fwspec_twocell(struct gpio_chip *gc, union gpio_irq_fwspec *gfwspec,
					    unsigned int parent_hwirq, unsigned int parent_type);
int gpiochip_populate_parent_fwspec_fourcell(struct gpio_chip *gc, union gpio_irq_fwspec *gfwspec,
					     unsigned int parent_hwirq, unsigned int parent_type);

bool gpiochip_line_is_open_drain(struct gpio_chip *gc, unsigned int offset);
bool gpiochip_line_is_open_source(struct gpio_chip *gc, unsigned int offset);

/* There is no pin controller to ask: pins are always the chip's. */
int gpiochip_generic_request(struct gpio_chip *gc, unsigned int offset);
void gpiochip_generic_free(struct gpio_chip *gc, unsigned int offset);
int gpiochip_generic_config(struct gpio_chip *gc, unsigned int offset, unsigned long config);
int gpiochip_add_pin_range(struct gpio_chip *gc, const char *pinctl_name, unsigned int gpio_offset,
			   unsigned int pin_offset, unsigned int npins);
void gpiochip_remove_pin_ranges(struct gpio_chip *gc);

__END_DECLS

/* Registers of plain chips, for bgpio_init(): Linux's drivers/gpio/gpio-mmio.c. */
struct bgpio_pdata {
	const char *label;
	int base;
	int ngpio;
};
#define BGPIOF_BIG_ENDIAN	      BIT(0)
#define BGPIOF_UNREADABLE_REG_SET     BIT(1)
#define BGPIOF_UNREADABLE_REG_DIR     BIT(2)
#define BGPIOF_BIG_ENDIAN_BYTE_ORDER  BIT(3)
#define BGPIOF_READ_OUTPUT_REG_SET    BIT(4)
#define BGPIOF_NO_OUTPUT	      BIT(5)
#define BGPIOF_NO_SET_ON_INPUT	      BIT(6)
__BEGIN_DECLS
int bgpio_init(struct gpio_chip *gc, struct device *dev, unsigned long sz, void __iomem *dat, void __iomem *set,
	       void __iomem *clr, void __iomem *dirout, void __iomem *dirin, unsigned long flags);
__END_DECLS

#define gpiochip_add_data(gc, data)		gpiochip_add_data_with_key(gc, data, NULL, NULL)
#define devm_gpiochip_add_data(dev, gc, data)	devm_gpiochip_add_data_with_key(dev, gc, data, NULL, NULL)

/* The lines from base to base + size that somebody has requested, with what they are called. */
#define for_each_requested_gpio_in_range(chip, i, base, size, label)                                                   \
	for (i = 0; i < (size); i++)                                                                                   \
		if (((label) = gpiochip_is_requested(chip, (base) + (i))) == NULL) {                                   \
		} else
#define for_each_requested_gpio(chip, i, label) for_each_requested_gpio_in_range(chip, i, 0, (chip)->ngpio, label)

static inline int gpiochip_add(struct gpio_chip *gc)
{
	return gpiochip_add_data(gc, NULL);
}

static inline void gpio_irq_chip_set_chip(struct gpio_irq_chip *girq, const struct irq_chip *chip)
{
	girq->chip = (struct irq_chip *)chip;
}

#define GPIOCHIP_IRQ_RESOURCE_HELPERS                                                                                  \
	.irq_request_resources = gpiochip_irq_reqres, .irq_release_resources = gpiochip_irq_relres

#endif
