// SPDX-License-Identifier: Apache-2.0
#ifndef DRIVERS_OF_OF_PRIVATE_H
#define DRIVERS_OF_OF_PRIVATE_H

#include <linux/of.h>

// fdt.cpp: memory for the tree, which is built before there is an allocator; zeroed, never returned. Panics without
// memory.
void *of_boot_alloc(size_t bytes);

// base.cpp: called once, when the tree is complete.
void of_tree_ready();

// The node after `np` in document order, within the tree below `root`; null at the end.
device_node *of_next_in_tree(const device_node *root, const device_node *np);

#endif
