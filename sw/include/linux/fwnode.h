/* SPDX-License-Identifier: Apache-2.0 */
/* A node of the firmware's description of the board, regardless of the firmware (Linux 6.1, include/linux/fwnode.h). */
#ifndef _LINUX_FWNODE_H_
#define _LINUX_FWNODE_H_

#include <linux/list.h>
#include <linux/types.h>

struct device;
struct fwnode_operations;

/* `secondary`: a second description of the same thing, asked where the first has no answer (software nodes). */
struct fwnode_handle {
	struct fwnode_handle *secondary;
	const struct fwnode_operations *ops;
	struct device *dev;
	u8 flags;
};

#define FWNODE_FLAG_INITIALIZED (1 << 2)

#define NR_FWNODE_REFERENCE_ARGS 8

struct fwnode_reference_args {
	struct fwnode_handle *fwnode;
	unsigned int nargs;
	u64 args[NR_FWNODE_REFERENCE_ARGS];
};

/*
 * property_read_int_array and property_read_string_array with a null array answer the number of elements. Errors:
 * -EINVAL no such property, -ENODATA no value, -EPROTO not of that type, -EOVERFLOW fewer elements than asked for.
 */
struct fwnode_operations {
	struct fwnode_handle *(*get)(struct fwnode_handle *fwnode);
	void (*put)(struct fwnode_handle *fwnode);
	bool (*device_is_available)(const struct fwnode_handle *fwnode);
	const void *(*device_get_match_data)(const struct fwnode_handle *fwnode, const struct device *dev);
	bool (*property_present)(const struct fwnode_handle *fwnode, const char *propname);
	int (*property_read_int_array)(const struct fwnode_handle *fwnode, const char *propname, unsigned int elem_size,
				       void *val, size_t nval);
	int (*property_read_string_array)(const struct fwnode_handle *fwnode, const char *propname, const char **val,
					  size_t nval);
	const char *(*get_name)(const struct fwnode_handle *fwnode);
	/* What stands before its name in a path. */
	const char *(*get_name_prefix)(const struct fwnode_handle *fwnode);
	struct fwnode_handle *(*get_parent)(const struct fwnode_handle *fwnode);
	struct fwnode_handle *(*get_next_child_node)(const struct fwnode_handle *fwnode, struct fwnode_handle *child);
	struct fwnode_handle *(*get_named_child_node)(const struct fwnode_handle *fwnode, const char *name);
	int (*get_reference_args)(const struct fwnode_handle *fwnode, const char *prop, const char *nargs_prop,
				  unsigned int nargs, unsigned int index, struct fwnode_reference_args *args);
	int (*irq_get)(const struct fwnode_handle *fwnode, unsigned int index);
};

static inline bool fwnode_has_op(const struct fwnode_handle *fwnode)
{
	return fwnode && fwnode->ops;
}

static inline void fwnode_init(struct fwnode_handle *fwnode, const struct fwnode_operations *ops)
{
	fwnode->ops = ops;
	fwnode->secondary = NULL;
	fwnode->dev = NULL;
	fwnode->flags = 0;
}

#endif
