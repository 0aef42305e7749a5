/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel that a crashed one has started (Linux 6.1, include/linux/crash_dump.h): this never is one. */
#ifndef LINUX_CRASH_DUMP_H
#define LINUX_CRASH_DUMP_H

#include <linux/errno.h>
#include <linux/types.h>

#define ELFCORE_ADDR_MAX (-1ULL)
#define ELFCORE_ADDR_ERR (-2ULL)

/* What a driver would add to the dump of the crashed kernel. */
struct vmcoredd_data {
	char dump_name[44];
	unsigned int size;
	int (*vmcoredd_callback)(struct vmcoredd_data *data, void *buf);
};

static inline bool is_kdump_kernel(void)
{
	return false;
}

static inline int vmcore_add_device_dump(struct vmcoredd_data *data)
{
	return -EOPNOTSUPP;
}

#endif
