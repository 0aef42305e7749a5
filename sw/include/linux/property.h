/* SPDX-License-Identifier: Apache-2.0 */
/* Properties of a device, wherever they come from: device tree or software nodes (Linux 6.1, include/linux/property.h). */
#ifndef _LINUX_PROPERTY_H_
#define _LINUX_PROPERTY_H_

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/fwnode.h>
#include <linux/types.h>

struct device;

enum dev_dma_attr {
	DEV_DMA_NOT_SUPPORTED,
	DEV_DMA_NON_COHERENT,
	DEV_DMA_COHERENT,
};

enum dev_prop_type {
	DEV_PROP_U8,
	DEV_PROP_U16,
	DEV_PROP_U32,
	DEV_PROP_U64,
	DEV_PROP_STRING,
	DEV_PROP_REF,
};

struct software_node;

struct software_node_ref_args {
	const struct software_node *node;
	unsigned int nargs;
	u64 args[NR_FWNODE_REFERENCE_ARGS];
};

/* `length` in bytes; is_inline: the value is in the entry itself. */
struct property_entry {
	const char *name;
	size_t length;
	bool is_inline;
	enum dev_prop_type type;
	union {
		const void *pointer;
		union {
			u8 u8_data[sizeof(u64) / sizeof(u8)];
			u16 u16_data[sizeof(u64) / sizeof(u16)];
			u32 u32_data[sizeof(u64) / sizeof(u32)];
			u64 u64_data[1];
			const char *str[sizeof(u64) / sizeof(char *)];
		} value;
	};
};

struct software_node {
	const char *name;
	const struct software_node *parent;
	const struct property_entry *properties;
};

#ifndef __cplusplus

#define __PROPERTY_ENTRY_ARRAY_LEN(_name_, _type_, _Type_, _val_, _len_)                                               \
	(struct property_entry)                                                                                        \
	{                                                                                                              \
		.name = _name_, .length = (_len_) * sizeof(_type_), .type = DEV_PROP_##_Type_, { .pointer = _val_ },   \
	}
#define PROPERTY_ENTRY_U8_ARRAY_LEN(_name_, _val_, _len_)  __PROPERTY_ENTRY_ARRAY_LEN(_name_, u8, U8, _val_, _len_)
#define PROPERTY_ENTRY_U16_ARRAY_LEN(_name_, _val_, _len_) __PROPERTY_ENTRY_ARRAY_LEN(_name_, u16, U16, _val_, _len_)
#define PROPERTY_ENTRY_U32_ARRAY_LEN(_name_, _val_, _len_) __PROPERTY_ENTRY_ARRAY_LEN(_name_, u32, U32, _val_, _len_)
#define PROPERTY_ENTRY_U64_ARRAY_LEN(_name_, _val_, _len_) __PROPERTY_ENTRY_ARRAY_LEN(_name_, u64, U64, _val_, _len_)
#define PROPERTY_ENTRY_STRING_ARRAY_LEN(_name_, _val_, _len_)                                                          \
	__PROPERTY_ENTRY_ARRAY_LEN(_name_, const char *, STRING, _val_, _len_)
#define PROPERTY_ENTRY_REF_ARRAY_LEN(_name_, _val_, _len_)                                                             \
	__PROPERTY_ENTRY_ARRAY_LEN(_name_, struct software_node_ref_args, REF, _val_, _len_)
#define PROPERTY_ENTRY_U8_ARRAY(_name_, _val_)	   PROPERTY_ENTRY_U8_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_U16_ARRAY(_name_, _val_)	   PROPERTY_ENTRY_U16_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_U32_ARRAY(_name_, _val_)	   PROPERTY_ENTRY_U32_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_U64_ARRAY(_name_, _val_)	   PROPERTY_ENTRY_U64_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_STRING_ARRAY(_name_, _val_) PROPERTY_ENTRY_STRING_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_REF_ARRAY(_name_, _val_)	   PROPERTY_ENTRY_REF_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))

#define __PROPERTY_ENTRY_ELEMENT(_name_, _elem_, _size_, _Type_, _val_)                                                \
	(struct property_entry)                                                                                        \
	{                                                                                                              \
		.name = _name_, .length = (_size_), .is_inline = true, .type = DEV_PROP_##_Type_,                      \
		{ .value = { ._elem_ = { _val_ } } },                                                                  \
	}
#define PROPERTY_ENTRY_U8(_name_, _val_)     __PROPERTY_ENTRY_ELEMENT(_name_, u8_data, 1, U8, _val_)
#define PROPERTY_ENTRY_U16(_name_, _val_)    __PROPERTY_ENTRY_ELEMENT(_name_, u16_data, 2, U16, _val_)
#define PROPERTY_ENTRY_U32(_name_, _val_)    __PROPERTY_ENTRY_ELEMENT(_name_, u32_data, 4, U32, _val_)
#define PROPERTY_ENTRY_U64(_name_, _val_)    __PROPERTY_ENTRY_ELEMENT(_name_, u64_data, 8, U64, _val_)
#define PROPERTY_ENTRY_STRING(_name_, _val_) __PROPERTY_ENTRY_ELEMENT(_name_, str, sizeof(char *), STRING, _val_)
#define SOFTWARE_NODE_REFERENCE(_ref_, ...)                                                                            \
	(const struct software_node_ref_args)                                                                          \
	{                                                                                                              \
		.node = _ref_, .nargs = sizeof((u64[]){ 0, ##__VA_ARGS__ }) / sizeof(u64) - 1, .args = { __VA_ARGS__ }, \
	}
#define PROPERTY_ENTRY_REF(_name_, _ref_, ...)                                                                         \
	(struct property_entry)                                                                                        \
	{                                                                                                              \
		.name = _name_, .length = sizeof(struct software_node_ref_args), .type = DEV_PROP_REF,                 \
		{ .pointer = &SOFTWARE_NODE_REFERENCE(_ref_, ##__VA_ARGS__), },                                        \
	}
#define PROPERTY_ENTRY_BOOL(_name_)	     (struct property_entry) { .name = _name_, .is_inline = true, }

#endif

__BEGIN_DECLS

/* As of_iomap(). */
void __iomem *fwnode_iomap(struct fwnode_handle *fwnode, int index);
struct fwnode_handle *__dev_fwnode(struct device *dev);
const struct fwnode_handle *__dev_fwnode_const(const struct device *dev);

/* Errors of the readers: see struct fwnode_operations; -ENXIO: the device has no firmware node. */
bool device_property_present(struct device *dev, const char *propname);
int device_property_read_u8_array(struct device *dev, const char *propname, u8 *val, size_t nval);
int device_property_read_u16_array(struct device *dev, const char *propname, u16 *val, size_t nval);
int device_property_read_u32_array(struct device *dev, const char *propname, u32 *val, size_t nval);
int device_property_read_u64_array(struct device *dev, const char *propname, u64 *val, size_t nval);
int device_property_read_string_array(struct device *dev, const char *propname, const char **val, size_t nval);
int device_property_read_string(struct device *dev, const char *propname, const char **val);
int device_property_match_string(struct device *dev, const char *propname, const char *string);

bool fwnode_device_is_available(const struct fwnode_handle *fwnode);
bool fwnode_property_present(const struct fwnode_handle *fwnode, const char *propname);
int fwnode_property_read_u8_array(const struct fwnode_handle *fwnode, const char *propname, u8 *val, size_t nval);
int fwnode_property_read_u16_array(const struct fwnode_handle *fwnode, const char *propname, u16 *val, size_t nval);
int fwnode_property_read_u32_array(const struct fwnode_handle *fwnode, const char *propname, u32 *val, size_t nval);
int fwnode_property_read_u64_array(const struct fwnode_handle *fwnode, const char *propname, u64 *val, size_t nval);
int fwnode_property_read_string_array(const struct fwnode_handle *fwnode, const char *propname, const char **val,
				      size_t nval);
int fwnode_property_read_string(const struct fwnode_handle *fwnode, const char *propname, const char **val);
int fwnode_property_match_string(const struct fwnode_handle *fwnode, const char *propname, const char *string);
int fwnode_property_get_reference_args(const struct fwnode_handle *fwnode, const char *prop, const char *nargs_prop,
				       unsigned int nargs, unsigned int index, struct fwnode_reference_args *args);
struct fwnode_handle *fwnode_find_reference(const struct fwnode_handle *fwnode, const char *name, unsigned int index);

const char *fwnode_get_name(const struct fwnode_handle *fwnode);
const char *fwnode_get_name_prefix(const struct fwnode_handle *fwnode);
struct fwnode_handle *fwnode_get_parent(const struct fwnode_handle *fwnode);
unsigned int fwnode_count_parents(const struct fwnode_handle *fwnode);
struct fwnode_handle *fwnode_get_next_parent(struct fwnode_handle *fwnode);
struct fwnode_handle *fwnode_get_next_child_node(const struct fwnode_handle *fwnode, struct fwnode_handle *child);
struct fwnode_handle *fwnode_get_next_available_child_node(const struct fwnode_handle *fwnode,
							   struct fwnode_handle *child);
struct fwnode_handle *fwnode_get_named_child_node(const struct fwnode_handle *fwnode, const char *childname);
struct fwnode_handle *fwnode_handle_get(struct fwnode_handle *fwnode);
void fwnode_handle_put(struct fwnode_handle *fwnode);
int fwnode_irq_get(const struct fwnode_handle *fwnode, unsigned int index);
int fwnode_irq_get_byname(const struct fwnode_handle *fwnode, const char *name);

struct fwnode_handle *device_get_next_child_node(struct device *dev, struct fwnode_handle *child);
struct fwnode_handle *device_get_named_child_node(struct device *dev, const char *childname);
unsigned int device_get_child_node_count(struct device *dev);
const void *device_get_match_data(const struct device *dev);

/* Software nodes. Registration copies nothing: the node must outlive it. create copies the properties. */
bool is_software_node(const struct fwnode_handle *fwnode);
const struct software_node *to_software_node(const struct fwnode_handle *fwnode);
struct fwnode_handle *software_node_fwnode(const struct software_node *node);
const struct software_node *software_node_find_by_name(const struct software_node *parent, const char *name);
int software_node_register(const struct software_node *node);
void software_node_unregister(const struct software_node *node);
int software_node_register_nodes(const struct software_node *nodes);
void software_node_unregister_nodes(const struct software_node *nodes);
int software_node_register_node_group(const struct software_node **node_group);
void software_node_unregister_node_group(const struct software_node **node_group);
struct fwnode_handle *fwnode_create_software_node(const struct property_entry *properties,
						  const struct fwnode_handle *parent);
void fwnode_remove_software_node(struct fwnode_handle *fwnode);
int device_add_software_node(struct device *dev, const struct software_node *node);
void device_remove_software_node(struct device *dev);
int device_create_managed_software_node(struct device *dev, const struct property_entry *properties,
					const struct software_node *parent);
struct property_entry *property_entries_dup(const struct property_entry *properties);
void property_entries_free(const struct property_entry *properties);

__END_DECLS

/* From the node's parent up to the root. */
#define fwnode_for_each_parent_node(fwnode, parent) \
	for (parent = fwnode_get_parent(fwnode); parent; parent = fwnode_get_next_parent(parent))

#define dev_fwnode(dev) __dev_fwnode((struct device *)(dev))

/*
 * One value is an array of one; the number of values is what an array without room answers. Each line names the function
 * that it makes, and the array's reader that it stands on.
 */
#define __PROPERTY_READ_ONE(function, array_reader, owner, type)                                                       \
	static inline int function(owner *of, const char *propname, type *val)                                         \
	{                                                                                                              \
		return array_reader(of, propname, val, 1);                                                             \
	}
#define __PROPERTY_COUNT(function, array_reader, owner)                                                                \
	static inline int function(owner *of, const char *propname)                                                    \
	{                                                                                                              \
		return array_reader(of, propname, NULL, 0);                                                            \
	}
#define __PROPERTY_BOOL(function, presence, owner)                                                                     \
	static inline bool function(owner *of, const char *propname)                                                   \
	{                                                                                                              \
		return presence(of, propname);                                                                         \
	}

__PROPERTY_READ_ONE(device_property_read_u8, device_property_read_u8_array, struct device, u8)
__PROPERTY_READ_ONE(device_property_read_u16, device_property_read_u16_array, struct device, u16)
__PROPERTY_READ_ONE(device_property_read_u32, device_property_read_u32_array, struct device, u32)
__PROPERTY_READ_ONE(device_property_read_u64, device_property_read_u64_array, struct device, u64)
__PROPERTY_READ_ONE(fwnode_property_read_u8, fwnode_property_read_u8_array, const struct fwnode_handle, u8)
__PROPERTY_READ_ONE(fwnode_property_read_u16, fwnode_property_read_u16_array, const struct fwnode_handle, u16)
__PROPERTY_READ_ONE(fwnode_property_read_u32, fwnode_property_read_u32_array, const struct fwnode_handle, u32)
__PROPERTY_READ_ONE(fwnode_property_read_u64, fwnode_property_read_u64_array, const struct fwnode_handle, u64)

__PROPERTY_COUNT(device_property_count_u8, device_property_read_u8_array, struct device)
__PROPERTY_COUNT(device_property_count_u16, device_property_read_u16_array, struct device)
__PROPERTY_COUNT(device_property_count_u32, device_property_read_u32_array, struct device)
__PROPERTY_COUNT(device_property_count_u64, device_property_read_u64_array, struct device)
__PROPERTY_COUNT(device_property_string_array_count, device_property_read_string_array, struct device)
__PROPERTY_COUNT(fwnode_property_count_u8, fwnode_property_read_u8_array, const struct fwnode_handle)
__PROPERTY_COUNT(fwnode_property_count_u16, fwnode_property_read_u16_array, const struct fwnode_handle)
__PROPERTY_COUNT(fwnode_property_count_u32, fwnode_property_read_u32_array, const struct fwnode_handle)
__PROPERTY_COUNT(fwnode_property_count_u64, fwnode_property_read_u64_array, const struct fwnode_handle)
__PROPERTY_COUNT(fwnode_property_string_array_count, fwnode_property_read_string_array, const struct fwnode_handle)

__PROPERTY_BOOL(device_property_read_bool, device_property_present, struct device)
__PROPERTY_BOOL(fwnode_property_read_bool, fwnode_property_present, const struct fwnode_handle)

/* Walks over the children of a node, the available ones, and those of a device's nodes. */
#define __FWNODE_WALK(child, next, of) for (child = next(of, NULL); child; child = next(of, child))
#define fwnode_for_each_child_node(fwnode, child) __FWNODE_WALK(child, fwnode_get_next_child_node, fwnode)
#define fwnode_for_each_available_child_node(fwnode, child)                                                            \
	__FWNODE_WALK(child, fwnode_get_next_available_child_node, fwnode)
#define device_for_each_child_node(dev, child) __FWNODE_WALK(child, device_get_next_child_node, dev)

#endif
