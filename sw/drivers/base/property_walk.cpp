// SPDX-License-Identifier: Apache-2.0
// Firmware nodes, from one to the next (Linux: drivers/base/property.c).
#include <linux/export.h>
#include <linux/property.h>

// The parent of a node whose reference the caller gives up.
struct fwnode_handle *fwnode_get_next_parent(struct fwnode_handle *fwnode) {
    fwnode_handle *parent = fwnode_get_parent(fwnode);
    fwnode_handle_put(fwnode);
    return parent;
}
EXPORT_SYMBOL_GPL(fwnode_get_next_parent);

unsigned int fwnode_count_parents(const struct fwnode_handle *fwnode) {
    unsigned int count = 0;

    for (fwnode_handle *parent = fwnode_get_parent(fwnode); parent; parent = fwnode_get_next_parent(parent))
        count++;
    return count;
}
EXPORT_SYMBOL_GPL(fwnode_count_parents);
