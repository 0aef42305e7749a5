// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* printf: firmware nodes. */
#include "probe.h"
#include <linux/property.h>

static const struct property_entry props[] = {PROPERTY_ENTRY_U32("a", 1), {}};
static const struct software_node root = {.name = "oroot", .properties = props},
				  child = {.name = "ochild", .parent = &root}, *const group[] = {&root, &child, NULL};

static void probe(void)
{
	struct fwnode_handle *r, *c;

	FACT(software_node_register_node_group((const struct software_node **)group));
	r = software_node_fwnode(&root);
	c = software_node_fwnode(&child);
	SAY("[%pfw] [%pfwP] [%pfwf]", r, r, r);
	SAY("[%pfw] [%pfwP]", c, c);
	SAY("[%30pfwP] [%-10pfwP]", c, c);
	SAY("[%pfw]", NULL);
	FACT(fwnode_get_name(c) != NULL);
	SAY("%s", fwnode_get_name(c));
	FACT(fwnode_property_present(r, "a"));
	FACT(fwnode_get_parent(c) == r);
	FACT(fwnode_get_named_child_node(r, "ochild") == c);
	software_node_unregister_node_group((const struct software_node **)group);
}

static void leave(void)
{
}
