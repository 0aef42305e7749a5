/* SPDX-License-Identifier: Apache-2.0 */
/* Files of an IIO device that the driver makes itself (Linux 6.1, include/linux/iio/sysfs.h). */
#ifndef _INDUSTRIAL_IO_SYSFS_H_
#define _INDUSTRIAL_IO_SYSFS_H_

#include <linux/device.h>
#include <linux/list.h>
#include <linux/types.h>

struct iio_chan_spec;

struct iio_dev_attr {
	struct device_attribute dev_attr;
	u64 address;
	struct list_head l;
	struct iio_chan_spec const *c;
};

#define to_iio_dev_attr(_dev_attr) container_of(_dev_attr, struct iio_dev_attr, dev_attr)

#define IIO_ATTR(_name, _mode, _show, _store, _addr)                                                                   \
	{ .dev_attr = __ATTR(_name, _mode, _show, _store), .address = _addr }
#define IIO_DEVICE_ATTR(_name, _mode, _show, _store, _addr)                                                            \
	struct iio_dev_attr iio_dev_attr_##_name = IIO_ATTR(_name, _mode, _show, _store, _addr)
#define IIO_DEVICE_ATTR_NAMED(_vname, _name, _mode, _show, _store, _addr)                                              \
	struct iio_dev_attr iio_dev_attr_##_vname = IIO_ATTR(_name, _mode, _show, _store, _addr)

#endif
