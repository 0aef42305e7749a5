/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts in the device tree (Linux 6.1, include/linux/of_irq.h). May sleep where a mapping is made. */
#ifndef __OF_IRQ_H
#define __OF_IRQ_H

#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/of.h>

typedef int (*of_irq_init_cb_t)(struct device_node *, struct device_node *);

__BEGIN_DECLS

void of_irq_init(const struct of_device_id *matches);
/* The specifier of a node's index-th interrupt, after interrupt-map. 0, -EINVAL, -ENOENT. */
int of_irq_parse_one(struct device_node *device, int index, struct of_phandle_args *out_irq);
int of_irq_parse_raw(const __be32 *addr, struct of_phandle_args *out_irq);
unsigned int irq_create_of_mapping(struct of_phandle_args *irq_data);
/* The virq; 0 if there is none. */
unsigned int irq_of_parse_and_map(struct device_node *node, int index);
int of_irq_to_resource(struct device_node *dev, int index, struct resource *r);
int of_irq_count(struct device_node *dev);
/* The virq; -EPROBE_DEFER if its controller is not there yet; other errors. */
int of_irq_get(struct device_node *dev, int index);
int of_irq_get_byname(struct device_node *dev, const char *name);
int of_irq_to_resource_table(struct device_node *dev, struct resource *res, int nr_irqs);
struct device_node *of_irq_find_parent(struct device_node *child);
/* The domain of a node's msi-parent, NULL if there is none (yet); and that as a device's domain. */
struct irq_domain *of_msi_get_domain(struct device *dev, struct device_node *np, enum irq_domain_bus_token token);
void of_msi_configure(struct device *dev, struct device_node *np);

__END_DECLS

#endif
