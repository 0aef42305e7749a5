// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* fwnodes of software: children, references with arguments, a graph, what is missing. */
#include "probe.h"

#include <linux/property.h>

static const struct software_node parent;
static const u32 numbers[] = {1, 2, 3};
static const char *const words[] = {"one", "two"};
static const struct property_entry parent_props[] = {PROPERTY_ENTRY_U32_ARRAY("numbers", numbers),
						     PROPERTY_ENTRY_STRING_ARRAY("words", words),
						     PROPERTY_ENTRY_U8("byte", 200),
						     PROPERTY_ENTRY_U64("wide", 1ULL << 40),
						     PROPERTY_ENTRY_BOOL("flag"),
						     {}};
static const struct software_node parent = {"oracle-parent", NULL, parent_props};
static const struct property_entry child_props[] = {PROPERTY_ENTRY_REF("ref", &parent, 7, 8), {}};
static const struct software_node child = {"child@1", &parent, child_props};
static const struct software_node second = {"other", &parent, NULL};
static const struct software_node *nodes[] = {&parent, &child, &second, NULL};

static void probe(void)
{
	struct fwnode_handle *fw, *c;
	struct fwnode_reference_args args;
	u32 values[4] = {};
	const char *text[3] = {};
	u8 byte = 0;
	u16 half = 0;
	u64 wide = 0;

	FACT(software_node_register_node_group(nodes));
	fw = software_node_fwnode(&parent);
	FACT(is_software_node(fw));
	FACT(fwnode_device_is_available(fw));
	SAY("%s %pfwf %pfwP", fwnode_get_name(fw), fw, fw);
	FACT(fwnode_property_present(fw, "flag"));
	FACT(fwnode_property_read_bool(fw, "none"));
	FACT(fwnode_property_count_u32(fw, "numbers"));
	FACT(fwnode_property_count_u8(fw, "numbers"));
	FACT(fwnode_property_read_u32_array(fw, "numbers", values, 3));
	FACT(values[2]);
	FACT(fwnode_property_read_u32_array(fw, "numbers", values, 4));
	FACT(fwnode_property_read_u32_array(fw, "none", values, 1));
	FACT(fwnode_property_read_u32(fw, "byte", values));
	FACT(fwnode_property_read_u8(fw, "byte", &byte));
	FACT(byte);
	FACT(fwnode_property_read_u8(fw, "numbers", &byte));
	FACT(fwnode_property_read_u16(fw, "byte", &half));
	FACT(fwnode_property_read_u64(fw, "wide", &wide));
	FACT(wide);
	FACT(fwnode_property_read_string_array(fw, "words", text, 3));
	FACT(fwnode_property_read_string_array(fw, "words", text, 1));
	FACT(fwnode_property_string_array_count(fw, "words"));
	FACT(fwnode_property_read_string(fw, "words", text));
	SAY("%s", text[0]);
	FACT(fwnode_property_match_string(fw, "words", "two"));
	FACT(fwnode_property_match_string(fw, "words", "three"));
	FACT(fwnode_property_match_string(fw, "none", "three"));
	fwnode_for_each_child_node(fw, c)
		SAY("child %s %pfw", fwnode_get_name(c), c);
	c = fwnode_get_named_child_node(fw, "child");
	SAY("named %pfw", c);
	fwnode_handle_put(c);
	c = fwnode_get_named_child_node(fw, "child@1");
	FACT(c != NULL);
	fwnode_handle_put(c);
	c = software_node_fwnode(&child);
	FACT(fwnode_property_get_reference_args(c, "ref", NULL, 2, 0, &args));
	FACT(args.nargs);
	FACT(args.args[1]);
	FACT(args.fwnode == fw);
	FACT(fwnode_property_get_reference_args(c, "ref", NULL, 2, 1, &args));
	FACT(fwnode_property_get_reference_args(c, "ref", "#cells", 0, 0, &args));
	FACT(fwnode_property_get_reference_args(c, "none", NULL, 0, 0, &args));
	FACT(PTR_ERR_OR_ZERO(fwnode_find_reference(c, "none", 0)));
	FACT(fwnode_get_parent(c) == fw);
	FACT(fwnode_count_parents(c));
	FACT(fwnode_irq_get(c, 0));
	FACT(fwnode_irq_get_byname(c, "none"));
	FACT(fwnode_irq_get_byname(c, NULL));
	FACT(software_node_register_node_group(nodes));
	FACT(software_node_fwnode(&parent) == NULL);
}

static void leave(void)
{
}
