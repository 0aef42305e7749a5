/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Remote controls: /sys/class/rc/rcN, and an input device that reports scancodes (Linux 6.1, include/media/rc-core.h).
 * Receivers of raw edges and the NEC protocol; no key maps: a scancode is reported as MSC_SCAN.
 */
#ifndef _RC_CORE
#define _RC_CORE

#include <linux/device.h>
#include <linux/input.h>
#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <media/rc-map.h>

#define US_TO_NS(usec) ((usec)*1000)
#define MS_TO_US(msec) ((msec)*1000)
#define IR_DEFAULT_TIMEOUT MS_TO_US(125)
#define IR_MAX_TIMEOUT 500000
#define MAX_IR_EVENT_SIZE 512

enum rc_driver_type {
	RC_DRIVER_SCANCODE,
	RC_DRIVER_IR_RAW,
	RC_DRIVER_IR_RAW_TX,
};

struct ir_raw_event {
	u32 duration; /* us */
	u8 duty_cycle;
	unsigned pulse : 1;
	unsigned overflow : 1;
	unsigned timeout : 1;
};

struct ir_raw_event_ctrl;

/* Of the fields the driver sets those from device_name to max_timeout, times in us. */
struct rc_dev {
	struct device dev;
	struct ir_raw_event_ctrl *raw;
	struct input_dev *input_dev;
	const char *device_name;
	const char *input_phys;
	struct input_id input_id;
	const char *driver_name;
	const char *map_name;
	enum rc_driver_type driver_type;
	u64 allowed_protocols;
	u64 enabled_protocols;
	void *priv;
	u32 timeout;
	u32 min_timeout;
	u32 max_timeout;
	bool registered;
	bool idle;
	unsigned int minor;
	int (*open)(struct rc_dev *dev);
	void (*close)(struct rc_dev *dev);
};

#define to_rc_dev(d) container_of(d, struct rc_dev, dev)

/* May sleep. */
struct rc_dev *rc_allocate_device(enum rc_driver_type type);
struct rc_dev *devm_rc_allocate_device(struct device *dev, enum rc_driver_type type);
void rc_free_device(struct rc_dev *dev);
int rc_register_device(struct rc_dev *dev);
int devm_rc_register_device(struct device *parent, struct rc_dev *dev);
void rc_unregister_device(struct rc_dev *dev);

/* A scancode has been received. Any context. */
void rc_keydown(struct rc_dev *dev, enum rc_proto protocol, u64 scancode, u8 toggle);

/*
 * From an interrupt handler at each edge: `pulse` says what begins. 15 ms after the last one, or the device's timeout
 * after it, what has come is decoded. -EINVAL: not a raw device; -ENOSPC: too many edges since the last decoding.
 */
int ir_raw_event_store_edge(struct rc_dev *dev, bool pulse);
int ir_raw_event_store(struct rc_dev *dev, struct ir_raw_event *ev);
int ir_raw_event_store_with_timeout(struct rc_dev *dev, struct ir_raw_event *ev);
void ir_raw_event_handle(struct rc_dev *dev);

#endif
