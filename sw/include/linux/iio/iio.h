/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Industrial I/O: /sys/bus/iio/devices/iio:deviceN with a file for each part of each channel (Linux 6.1,
 * include/linux/iio/iio.h). No buffers: a file is read by asking the driver. All functions may sleep.
 */
#ifndef _INDUSTRIAL_IO_H_
#define _INDUSTRIAL_IO_H_

#include <linux/bits.h>
#include <linux/device.h>
#include <linux/iio/types.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/timekeeping.h>

#define INDIO_DIRECT_MODE 0x01
#define INDIO_BUFFER_TRIGGERED 0x02
#define INDIO_BUFFER_SOFTWARE 0x04
#define INDIO_BUFFER_HARDWARE 0x08
#define INDIO_EVENT_TRIGGERED 0x10
#define INDIO_HARDWARE_TRIGGERED 0x20

struct iio_dev;
struct iio_trigger;

/* The masks have a bit for each iio_chan_info_enum: whose file is this channel's, its type's, its direction's, all's.
 */
struct iio_chan_spec {
	enum iio_chan_type type;
	int channel;
	int channel2; /* the modifier, if `modified` */
	unsigned long address;
	int scan_index;
	struct {
		char sign;
		u8 realbits, storagebits, shift, repeat;
		int endianness;
	} scan_type;
	unsigned long info_mask_separate;
	unsigned long info_mask_shared_by_type;
	unsigned long info_mask_shared_by_dir;
	unsigned long info_mask_shared_by_all;
	const char *extend_name;
	const char *datasheet_name;
	unsigned modified : 1;
	unsigned indexed : 1;
	unsigned output : 1;
	unsigned differential : 1;
};

/* Returns of read_raw: IIO_VAL_*, or an error. write_raw takes *val and *val2 as write_raw_get_fmt says, else micro. */
struct iio_info {
	const struct attribute_group *event_attrs;
	const struct attribute_group *attrs;
	int (*read_raw)(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, int *val, int *val2, long mask);
	int (*write_raw)(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, int val, int val2, long mask);
	int (*write_raw_get_fmt)(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, long mask);
	int (*read_label)(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, char *label);
	int (*validate_trigger)(struct iio_dev *indio_dev, struct iio_trigger *trig);
};

struct iio_dev {
	int modes;
	struct device dev;
	struct iio_trigger *trig;
	struct iio_chan_spec const *channels;
	int num_channels;
	const char *name;
	const char *label;
	const struct iio_info *info;
	void *priv;
};

extern struct bus_type iio_bus_type;

struct iio_dev *iio_device_alloc(struct device *parent, int sizeof_priv);
void iio_device_free(struct iio_dev *indio_dev);
struct iio_dev *devm_iio_device_alloc(struct device *parent, int sizeof_priv);
/* -EINVAL without info, without channels' types, or without modes. */
int __iio_device_register(struct iio_dev *indio_dev, struct module *this_mod);
void iio_device_unregister(struct iio_dev *indio_dev);
int __devm_iio_device_register(struct device *dev, struct iio_dev *indio_dev, struct module *this_mod);
#define iio_device_register(indio_dev) __iio_device_register(indio_dev, THIS_MODULE)
#define devm_iio_device_register(dev, indio_dev) __devm_iio_device_register(dev, indio_dev, THIS_MODULE)
/* Nothing but direct reads exists here: no reader is ever in the way. */
int iio_device_claim_direct_mode(struct iio_dev *indio_dev);
void iio_device_release_direct_mode(struct iio_dev *indio_dev);
/* A value as its file shows it, with a newline; bytes. */
ssize_t iio_format_value(char *buf, unsigned int type, int size, int *vals);
/* "12", "-0.5": its whole part, and so many digits of the rest as fract_mult (100000 for micro) has. */
int iio_str_to_fixpoint(const char *str, int fract_mult, int *integer, int *fract);

static inline void *iio_priv(const struct iio_dev *indio_dev) {
	return indio_dev->priv;
}

static inline struct iio_dev *dev_to_iio_dev(struct device *dev) {
	return container_of(dev, struct iio_dev, dev);
}

static inline void iio_device_set_drvdata(struct iio_dev *indio_dev, void *data) {
	dev_set_drvdata(&indio_dev->dev, data);
}

static inline void *iio_device_get_drvdata(const struct iio_dev *indio_dev) {
	return dev_get_drvdata(&indio_dev->dev);
}

static inline s64 iio_get_time_ns(const struct iio_dev *indio_dev) {
	return ktime_get_real_ns();
}

#endif
