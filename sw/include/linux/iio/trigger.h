/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IIO triggers: /sys/bus/iio/devices/triggerN/name (Linux 6.1, include/linux/iio/trigger.h). Nobody listens to one
 * here, as devices have no buffers: polling it costs what it costs and does nothing.
 */
#ifndef _IIO_TRIGGER_H_
#define _IIO_TRIGGER_H_

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/list.h>

struct iio_trigger;
struct iio_dev;

struct iio_trigger_ops {
	int (*set_trigger_state)(struct iio_trigger *trig, bool state);
	void (*reenable)(struct iio_trigger *trig);
	int (*validate_device)(struct iio_trigger *trig, struct iio_dev *indio_dev);
};

struct iio_trigger {
	const struct iio_trigger_ops *ops;
	int id;
	const char *name;
	struct device dev;
	struct list_head list;
	atomic_t use_count;
};

__printf(3, 4) struct iio_trigger *__iio_trigger_alloc(struct device *parent, struct module *this_mod, const char *fmt,
													   ...);
#define iio_trigger_alloc(parent, fmt, ...) __iio_trigger_alloc((parent), THIS_MODULE, (fmt), ##__VA_ARGS__)
void iio_trigger_free(struct iio_trigger *trig);
int iio_trigger_register(struct iio_trigger *trig);
void iio_trigger_unregister(struct iio_trigger *trig);
/* In hard interrupt context. */
void iio_trigger_poll(struct iio_trigger *trig);
void iio_trigger_poll_chained(struct iio_trigger *trig);

static inline void iio_trigger_set_drvdata(struct iio_trigger *trig, void *data) {
	dev_set_drvdata(&trig->dev, data);
}

static inline void *iio_trigger_get_drvdata(struct iio_trigger *trig) {
	return dev_get_drvdata(&trig->dev);
}

#endif
