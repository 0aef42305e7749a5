/* SPDX-License-Identifier: Apache-2.0 */
/* Register windows in the device tree (Linux 6.1, include/linux/of_address.h). */
#ifndef __OF_ADDRESS_H
#define __OF_ADDRESS_H

#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/of.h>

__BEGIN_DECLS

/* 0, or -EINVAL: no such entry, or no translation to CPU addresses. */
int of_address_to_resource(struct device_node *dev, int index, struct resource *r);
u64 of_translate_address(struct device_node *dev, const __be32 *addr);
const __be32 *of_get_address(struct device_node *dev, int index, u64 *size, unsigned int *flags);
void __iomem *of_iomap(struct device_node *node, int index);
void __iomem *of_io_request_and_map(struct device_node *device, int index, const char *name);

__END_DECLS

#endif
