/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The device tree (Linux 6.1, include/linux/of.h). The tree is built once at boot and never changes, so node references
 * are not counted; of_node_get and of_node_put are there for the callers. Unless noted, any context.
 */
#ifndef _LINUX_OF_H
#define _LINUX_OF_H

#include <linux/bitops.h>
#include <linux/byteorder.h>
#include <linux/errno.h>
#include <linux/fwnode.h>
#include <linux/kernel.h>
#include <linux/mod_devicetable.h>
#include <linux/property.h>
#include <linux/string.h>
#include <linux/types.h>

struct device;

typedef u32 phandle;
typedef u32 ihandle;

/* The value is the device tree's own bytes (big-endian cells). */
struct property {
	char *name;
	int length;
	void *value;
	struct property *next;
};

/* name: without the unit address; full_name: with it ("gpio@fdd60000"). */
struct device_node {
	const char *name;
	phandle phandle;
	const char *full_name;
	struct fwnode_handle fwnode;
	struct property *properties;
	struct device_node *parent;
	struct device_node *child;
	struct device_node *sibling;
	unsigned long _flags;
	void *data;
};

#define OF_POPULATED	 3 /* a device was made from the node */
#define OF_POPULATED_BUS 4

#define MAX_PHANDLE_ARGS 16
#define of_node_to_nid(node) ((void)(node), NUMA_NO_NODE)
#define OF_BAD_ADDR ((u64)-1) /* of_translate_address: no translation */
struct of_phandle_args {
	struct device_node *np;
	int args_count;
	u32 args[MAX_PHANDLE_ARGS];
};

struct of_phandle_iterator {
	const char *cells_name;
	int cell_count;
	const struct device_node *parent;
	const __be32 *list_end;
	const __be32 *phandle_end;
	const __be32 *cur;
	u32 cur_count;
	phandle phandle;
	struct device_node *node;
};

__BEGIN_DECLS

extern const struct fwnode_operations of_fwnode_ops;
extern struct device_node *of_root;
extern struct device_node *of_chosen;
extern struct device_node *of_aliases;

/* Builds of_root from the tree that the boot loader left (port_boot_info). At boot. */
void unflatten_device_tree(void);

/* Walking. prev/from NULL: start. */
struct device_node *of_find_all_nodes(struct device_node *prev);
struct device_node *of_find_node_by_name(struct device_node *from, const char *name);
struct device_node *of_find_node_by_type(struct device_node *from, const char *type);
struct device_node *of_find_compatible_node(struct device_node *from, const char *type, const char *compat);
struct device_node *of_find_matching_node_and_match(struct device_node *from, const struct of_device_id *matches,
						    const struct of_device_id **match);
struct device_node *of_find_node_with_property(struct device_node *from, const char *prop_name);
/* "/a/b", "alias" or "alias/b"; what follows a ':' is ignored (opts: where it starts, or NULL). */
struct device_node *of_find_node_opts_by_path(const char *path, const char **opts);
struct device_node *of_find_node_by_phandle(phandle handle);
struct device_node *of_get_parent(const struct device_node *node);
struct device_node *of_get_next_parent(struct device_node *node);
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_get_next_available_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_get_child_by_name(const struct device_node *node, const char *name);
struct device_node *of_get_compatible_child(const struct device_node *parent, const char *compatible);
struct device_node *of_get_next_cpu_node(struct device_node *prev);
/* The logical CPU of a cpu node, or -ENODEV. */
int of_cpu_node_to_id(struct device_node *np);
struct device_node *of_get_cpu_node(int cpu, unsigned int *thread);

bool of_node_name_eq(const struct device_node *np, const char *name);
bool of_node_name_prefix(const struct device_node *np, const char *prefix);

/* Properties. */
struct property *of_find_property(const struct device_node *np, const char *name, int *lenp);
const void *of_get_property(const struct device_node *node, const char *name, int *lenp);
bool of_device_is_available(const struct device_node *device);
int of_device_is_compatible(const struct device_node *device, const char *name);
int of_device_compatible_match(struct device_node *device, const char *const *compat);
int of_machine_is_compatible(const char *compat);
const struct of_device_id *of_match_node(const struct of_device_id *matches, const struct device_node *node);
int of_n_addr_cells(struct device_node *np);
int of_n_size_cells(struct device_node *np);

/* 0 or the number of elements read; -EINVAL no such property, -ENODATA no value, -EOVERFLOW too few elements. */
int of_property_count_elems_of_size(const struct device_node *np, const char *propname, int elem_size);
int of_property_read_u32_index(const struct device_node *np, const char *propname, u32 index, u32 *out_value);
int of_property_read_u64_index(const struct device_node *np, const char *propname, u32 index, u64 *out_value);
int of_property_read_variable_u8_array(const struct device_node *np, const char *propname, u8 *out_values,
				       size_t sz_min, size_t sz_max);
int of_property_read_variable_u16_array(const struct device_node *np, const char *propname, u16 *out_values,
					size_t sz_min, size_t sz_max);
int of_property_read_variable_u32_array(const struct device_node *np, const char *propname, u32 *out_values,
					size_t sz_min, size_t sz_max);
int of_property_read_variable_u64_array(const struct device_node *np, const char *propname, u64 *out_values,
					size_t sz_min, size_t sz_max);
int of_property_read_u64(const struct device_node *np, const char *propname, u64 *out_value);
int of_property_read_string(const struct device_node *np, const char *propname, const char **out_string);
/* The index of the string, -ENODATA if it is not in the list. */
int of_property_match_string(const struct device_node *np, const char *propname, const char *string);
int of_property_read_string_helper(const struct device_node *np, const char *propname, const char **out_strs, size_t sz,
				   int index);
const __be32 *of_prop_next_u32(struct property *prop, const __be32 *cur, u32 *pu);
const char *of_prop_next_string(struct property *prop, const char *cur);

/* Lists of references with arguments: 0, -ENOENT (no such entry), -EINVAL (malformed). */
struct device_node *of_parse_phandle(const struct device_node *np, const char *phandle_name, int index);
int __of_parse_phandle_with_args(const struct device_node *np, const char *list_name, const char *cells_name,
				 int cell_count, int index, struct of_phandle_args *out_args);
int of_count_phandle_with_args(const struct device_node *np, const char *list_name, const char *cells_name);
/* Follows STEM-map (interrupt-map's cousin, as in gpio-map) if the node has one. */
int of_parse_phandle_with_args_map(const struct device_node *np, const char *list_name, const char *stem_name,
				   int index, struct of_phandle_args *out_args);

/* The number of an alias of this stem ("gpio"), -ENODEV if the node has none. */
int of_alias_get_id(struct device_node *np, const char *stem);
int of_alias_get_highest_id(const char *stem);

__END_DECLS

static inline bool is_of_node(const struct fwnode_handle *fwnode)
{
	return fwnode && fwnode->ops == &of_fwnode_ops;
}

static inline struct device_node *__to_of_node(const struct fwnode_handle *fwnode)
{
	return is_of_node(fwnode) ? container_of((struct fwnode_handle *)fwnode, struct device_node, fwnode) : NULL;
}

#define to_of_node(fwnode)	 __to_of_node(fwnode)
#define of_fwnode_handle(node)	 (&(node)->fwnode)

static inline void of_node_init(struct device_node *node)
{
	fwnode_init(&node->fwnode, &of_fwnode_ops);
}

static inline struct device_node *of_node_get(struct device_node *node)
{
	return node;
}

static inline void of_node_put(struct device_node *node)
{
}

static inline bool of_have_populated_dt(void)
{
	return of_root != NULL;
}

static inline bool of_node_is_root(const struct device_node *node)
{
	return node && !node->parent;
}

/* Flags of a node, by their bit numbers. */
#define of_node_check_flag(n, flag)	   test_bit(flag, &(n)->_flags)
#define of_node_test_and_set_flag(n, flag) test_and_set_bit(flag, &(n)->_flags)
#define of_node_set_flag(n, flag)	   set_bit(flag, &(n)->_flags)
#define of_node_clear_flag(n, flag)	   clear_bit(flag, &(n)->_flags)

static inline const char *of_node_full_name(const struct device_node *np)
{
	return np ? np->full_name : "<no-node>";
}

/* `size` cells, most significant first. */
static inline u64 of_read_number(const __be32 *cell, int size)
{
	u64 number = 0;
	int i;

	for (i = 0; i < size; i++)
		number = number << 32 | be32_to_cpu(cell[i]);
	return number;
}

#define of_find_node_by_path(path)		  of_find_node_opts_by_path(path, NULL)
#define of_find_matching_node(from, matches)	  of_find_matching_node_and_match(from, matches, NULL)

/*
 * Readers that are others with some arguments given. Each line names the function that it makes; the array readers
 * answer 0 where the variable one says how many it has read.
 */
#define __OF_READ_ARRAY(function, variable, type)                                                                      \
	static inline int function(const struct device_node *np, const char *propname, type *values, size_t sz)        \
	{                                                                                                              \
		const int got = variable(np, propname, values, sz, 0);                                                 \
		return got < 0 ? got : 0;                                                                              \
	}
#define __OF_READ_ONE(function, array_reader, type)                                                                    \
	static inline int function(const struct device_node *np, const char *propname, type *value)                    \
	{                                                                                                              \
		return array_reader(np, propname, value, 1);                                                           \
	}
#define __OF_COUNT(function, element)                                                                                  \
	static inline int function(const struct device_node *np, const char *propname)                                 \
	{                                                                                                              \
		return of_property_count_elems_of_size(np, propname, sizeof(element));                                 \
	}
#define __OF_PRESENT(function)                                                                                         \
	static inline bool function(const struct device_node *np, const char *propname)                                \
	{                                                                                                              \
		return of_find_property(np, propname, NULL) != NULL;                                                   \
	}

__OF_PRESENT(of_property_read_bool)
__OF_PRESENT(of_property_present)

__OF_READ_ARRAY(of_property_read_u8_array, of_property_read_variable_u8_array, u8)
__OF_READ_ARRAY(of_property_read_u16_array, of_property_read_variable_u16_array, u16)
__OF_READ_ARRAY(of_property_read_u32_array, of_property_read_variable_u32_array, u32)
__OF_READ_ARRAY(of_property_read_u64_array, of_property_read_variable_u64_array, u64)

__OF_READ_ONE(of_property_read_u8, of_property_read_u8_array, u8)
__OF_READ_ONE(of_property_read_u16, of_property_read_u16_array, u16)
__OF_READ_ONE(of_property_read_u32, of_property_read_u32_array, u32)

__OF_COUNT(of_property_count_u8_elems, u8)
__OF_COUNT(of_property_count_u16_elems, u16)
__OF_COUNT(of_property_count_u32_elems, u32)
__OF_COUNT(of_property_count_u64_elems, u64)

static inline int of_property_read_s32(const struct device_node *np, const char *propname, s32 *out_value)
{
	return of_property_read_u32(np, propname, (u32 *)out_value);
}

/* Strings: the helper reads `sz` of them from the index on, or counts those where there is no room. */
#define of_property_read_string_array(np, propname, out_strs, sz)                                                      \
	of_property_read_string_helper(np, propname, out_strs, sz, 0)
#define of_property_count_strings(np, propname) of_property_read_string_helper(np, propname, NULL, 0, 0)

static inline int of_property_read_string_index(const struct device_node *np, const char *propname, int index,
						const char **output)
{
	const int got = of_property_read_string_helper(np, propname, output, 1, index);

	return got < 0 ? got : 0;
}

/* References whose node says how many cells follow, or with a number of cells that is known. */
#define of_parse_phandle_with_args(np, list_name, cells_name, index, out_args)                                         \
	__of_parse_phandle_with_args(np, list_name, cells_name, -1, index, out_args)
#define of_parse_phandle_with_fixed_args(np, list_name, cell_count, index, out_args)                                   \
	__of_parse_phandle_with_args(np, list_name, NULL, cell_count, index, out_args)
static inline int of_parse_phandle_with_optional_args(const struct device_node *np, const char *list_name,
						      const char *cells_name, int index,
						      struct of_phandle_args *out_args)
{
	return __of_parse_phandle_with_args(np, list_name, cells_name, 0, index, out_args);
}

/* How many children `next` finds. */
static inline int __of_count_children(const struct device_node *np,
				      struct device_node *(*next)(const struct device_node *, struct device_node *))
{
	struct device_node *at = NULL;
	int found = -1;

	do
		found++;
	while ((at = next(np, at)));
	return found;
}
#define of_get_child_count(np)		 __of_count_children(np, of_get_next_child)
#define of_get_available_child_count(np) __of_count_children(np, of_get_next_available_child)

#define of_match_ptr(_ptr) (_ptr)

#define for_each_property_of_node(dn, pp) for (pp = dn->properties; pp != NULL; pp = pp->next)
/* Walks: `next(np)` finds the node after np, and the first one after NULL (or after a node that is given). */
#define __OF_WALK(dn, begin, next) for (dn = begin; dn; dn = next)
#define for_each_of_allnodes_from(from, dn) __OF_WALK(dn, of_find_all_nodes(from), of_find_all_nodes(dn))
#define for_each_of_allnodes(dn) for_each_of_allnodes_from(NULL, dn)
#define for_each_node_by_name(dn, name) __OF_WALK(dn, of_find_node_by_name(NULL, name), of_find_node_by_name(dn, name))
#define for_each_node_by_type(dn, type) __OF_WALK(dn, of_find_node_by_type(NULL, type), of_find_node_by_type(dn, type))
#define for_each_compatible_node(dn, type, compatible)                                                                 \
	__OF_WALK(dn, of_find_compatible_node(NULL, type, compatible), of_find_compatible_node(dn, type, compatible))
#define for_each_matching_node_and_match(dn, matches, match)                                                           \
	__OF_WALK(dn, of_find_matching_node_and_match(NULL, matches, match),                                           \
		  of_find_matching_node_and_match(dn, matches, match))
#define for_each_matching_node(dn, matches) for_each_matching_node_and_match(dn, matches, NULL)
#define for_each_node_with_property(dn, prop_name)                                                                     \
	__OF_WALK(dn, of_find_node_with_property(NULL, prop_name), of_find_node_with_property(dn, prop_name))
/* The loop's variable is its own, and gives its reference back when the loop is left early. */
#ifndef __cplusplus
static inline void __free_device_node(void *p)
{
	of_node_put(*(struct device_node **)p);
}
#define for_each_child_of_node_scoped(parent, child)                                                                   \
	for (struct device_node *child __cleanup(__free_device_node) = of_get_next_child(parent, NULL); child != NULL; \
	     child = of_get_next_child(parent, child))
#define for_each_available_child_of_node_scoped(parent, child)                                                         \
	for (struct device_node *child __cleanup(__free_device_node) = of_get_next_available_child(parent, NULL);      \
	     child != NULL; child = of_get_next_available_child(parent, child))
#endif
#define for_each_child_of_node(parent, child)                                                                          \
	__OF_WALK(child, of_get_next_child(parent, NULL), of_get_next_child(parent, child))
#define for_each_available_child_of_node(parent, child)                                                                \
	__OF_WALK(child, of_get_next_available_child(parent, NULL), of_get_next_available_child(parent, child))
#define for_each_of_cpu_node(cpu) __OF_WALK(cpu, of_get_next_cpu_node(NULL), of_get_next_cpu_node(cpu))
/* Walks over the elements of a property, which `prop` is set to. */
#define of_property_for_each_u32(np, propname, prop, p, u)                                                             \
	__OF_WALK(p, of_prop_next_u32(prop = of_find_property(np, propname, NULL), NULL, &u), of_prop_next_u32(prop, p, &u))
#define of_property_for_each_string(np, propname, prop, s)                                                             \
	__OF_WALK(s, of_prop_next_string(prop = of_find_property(np, propname, NULL), NULL), of_prop_next_string(prop, s))

/*
 * Tables of (compatible, function) collected by the linker: section NAME_of_table, between __start_ and __stop_
 * NAME_of_table. The function is stored in `data`.
 */
typedef int (*of_init_fn_2)(struct device_node *, struct device_node *);
typedef int (*of_init_fn_1_ret)(struct device_node *);
typedef void (*of_init_fn_1)(struct device_node *);

#ifdef __cplusplus
#define __of_function(fn, type) static_cast<type>(fn)
#else
#define __of_function(fn, type) _Generic((fn), type: (fn))
#endif
#define __OF_TABLE(table)                                                                                              \
	__attribute__((used, section(#table "_of_table"), aligned(__alignof__(struct of_device_id)))) static const
#define _OF_DECLARE(table, name, compat, fn, type)                                                                     \
	__OF_TABLE(table) struct of_device_id __of_table_##name = { "", "", compat, (const void *)__of_function(fn, type) }

#define OF_DECLARE_1(table, name, compat, fn)	  _OF_DECLARE(table, name, compat, fn, of_init_fn_1)
#define OF_DECLARE_1_RET(table, name, compat, fn) _OF_DECLARE(table, name, compat, fn, of_init_fn_1_ret)
#define OF_DECLARE_2(table, name, compat, fn)	  _OF_DECLARE(table, name, compat, fn, of_init_fn_2)

/* The device whose driver switches the board off. */
#define of_device_is_system_power_controller(np) of_property_read_bool(np, "system-power-controller")

#include <linux/kobject.h>

#endif
