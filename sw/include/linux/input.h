/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Input devices (Linux 6.1, include/linux/input.h). A device reports values; handlers that match it get them, a packet
 * at a time. Every device has /dev/input/eventN, and its last events can be read as text, in the words of evtest, in
 * /sys/kernel/debug/input/eventN, which keeps it open.
 */
#ifndef _INPUT_H
#define _INPUT_H

#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/time.h>
#include <linux/timer.h>
#include <uapi/linux/input.h>
#include <uapi/linux/input-event-codes.h>

#define ABS_MT_FIRST ABS_MT_TOUCH_MAJOR
#define ABS_MT_LAST  ABS_MT_TOOL_Y

struct ff_device;
struct ff_effect;
struct input_dev;
struct input_dev_poller;
struct input_handle;
struct input_mt;

struct input_value {
	__u16 type;
	__u16 code;
	__s32 value;
};

enum input_clock_type {
	INPUT_CLK_REAL = 0,
	INPUT_CLK_MONO,
	INPUT_CLK_BOOT,
	INPUT_CLK_MAX
};

/*
 * The driver fills in what the device has (the bits), and its methods. event_lock orders what is reported; mutex opening,
 * closing and going away. rep: delay and period of automatic repeat in ms; a driver that sets both before it registers
 * the device repeats keys itself.
 */
struct input_dev {
	const char *name;
	const char *phys;
	const char *uniq;
	struct input_id id;
	unsigned long propbit[BITS_TO_LONGS(INPUT_PROP_CNT)];
	unsigned long evbit[BITS_TO_LONGS(EV_CNT)];
	unsigned long keybit[BITS_TO_LONGS(KEY_CNT)];
	unsigned long relbit[BITS_TO_LONGS(REL_CNT)];
	unsigned long absbit[BITS_TO_LONGS(ABS_CNT)];
	unsigned long mscbit[BITS_TO_LONGS(MSC_CNT)];
	unsigned long ledbit[BITS_TO_LONGS(LED_CNT)];
	unsigned long sndbit[BITS_TO_LONGS(SND_CNT)];
	unsigned long ffbit[BITS_TO_LONGS(FF_CNT)];
	unsigned long swbit[BITS_TO_LONGS(SW_CNT)];
	unsigned int hint_events_per_packet;
	unsigned int keycodemax;
	unsigned int keycodesize;
	void *keycode;
	int (*setkeycode)(struct input_dev *dev, const struct input_keymap_entry *ke, unsigned int *old_keycode);
	int (*getkeycode)(struct input_dev *dev, struct input_keymap_entry *ke);
	struct ff_device *ff;
	struct input_dev_poller *poller;
	unsigned int repeat_key;
	struct timer_list timer;
	int rep[REP_CNT];
	struct input_mt *mt;
	struct input_absinfo *absinfo;
	unsigned long key[BITS_TO_LONGS(KEY_CNT)];
	unsigned long led[BITS_TO_LONGS(LED_CNT)];
	unsigned long snd[BITS_TO_LONGS(SND_CNT)];
	unsigned long sw[BITS_TO_LONGS(SW_CNT)];
	int (*open)(struct input_dev *dev);
	void (*close)(struct input_dev *dev);
	int (*flush)(struct input_dev *dev, struct file *file);
	int (*event)(struct input_dev *dev, unsigned int type, unsigned int code, int value);
	struct input_handle *grab;
	spinlock_t event_lock;
	struct mutex mutex;
	unsigned int users;
	bool going_away;
	struct device dev;
	struct list_head h_list;
	struct list_head node;
	unsigned int num_vals;
	unsigned int max_vals;
	struct input_value *vals;
	bool devres_managed;
	ktime_t timestamp[INPUT_CLK_MAX];
	bool inhibited;
};
#define to_input_dev(d) container_of(d, struct input_dev, dev)

#define INPUT_DEVICE_ID_MATCH_DEVICE (INPUT_DEVICE_ID_MATCH_BUS | INPUT_DEVICE_ID_MATCH_VENDOR | INPUT_DEVICE_ID_MATCH_PRODUCT)
#define INPUT_DEVICE_ID_MATCH_DEVICE_AND_VERSION (INPUT_DEVICE_ID_MATCH_DEVICE | INPUT_DEVICE_ID_MATCH_VERSION)

#ifdef __cplusplus
#define __input_private private_
#else
#define __input_private private
#endif

/*
 * One that wants events of all devices that id_table matches. filter, event and events are called with interrupts
 * masked under the device's event_lock; a value for which filter returns true goes to no other handle. connect and disconnect
 * may sleep.
 */
struct input_handler {
	void *__input_private;
	void (*event)(struct input_handle *handle, unsigned int type, unsigned int code, int value);
	void (*events)(struct input_handle *handle, const struct input_value *vals, unsigned int count);
	bool (*filter)(struct input_handle *handle, unsigned int type, unsigned int code, int value);
	bool (*match)(struct input_handler *handler, struct input_dev *dev);
	int (*connect)(struct input_handler *handler, struct input_dev *dev, const struct input_device_id *id);
	void (*disconnect)(struct input_handle *handle);
	void (*start)(struct input_handle *handle);
	bool legacy_minors;
	int minor;
	const char *name;
	const struct input_device_id *id_table;
	struct list_head h_list;
	struct list_head node;
};

/* A device and one of its handlers. */
struct input_handle {
	void *__input_private;
	int open;
	const char *name;
	struct input_dev *dev;
	struct input_handler *handler;
	struct list_head d_node;
	struct list_head h_node;
};

/* Force feedback: Linux's drivers/input/ff-core.c. */
struct ff_device {
	int (*upload)(struct input_dev *dev, struct ff_effect *effect, struct ff_effect *old);
	int (*erase)(struct input_dev *dev, int effect_id);
	int (*playback)(struct input_dev *dev, int effect_id, int value);
	void (*set_gain)(struct input_dev *dev, u16 gain);
	void (*set_autocenter)(struct input_dev *dev, u16 magnitude);
	void (*destroy)(struct ff_device *);
	void *__input_private;
	unsigned long ffbit[BITS_TO_LONGS(FF_CNT)];
	struct mutex mutex;
	int max_effects;
	struct ff_effect *effects;
	struct file *effect_owners[];
};

__BEGIN_DECLS
/* May sleep. */
struct input_dev __must_check *input_allocate_device(void);
struct input_dev __must_check *devm_input_allocate_device(struct device *dev);
void input_free_device(struct input_dev *dev);
int __must_check input_register_device(struct input_dev *dev);
void input_unregister_device(struct input_dev *dev);
void input_reset_device(struct input_dev *dev);
int __must_check input_register_handler(struct input_handler *handler);
void input_unregister_handler(struct input_handler *handler);
int __must_check input_get_new_minor(int legacy_base, unsigned int legacy_num, bool allow_dynamic);
void input_free_minor(unsigned int minor);
int input_handler_for_each_handle(struct input_handler *handler, void *data, int (*fn)(struct input_handle *, void *));
int input_register_handle(struct input_handle *handle);
void input_unregister_handle(struct input_handle *handle);
/* -EBUSY: another handle has the device for itself. */
int input_grab_device(struct input_handle *handle);
void input_release_device(struct input_handle *handle);
int input_open_device(struct input_handle *handle);
void input_close_device(struct input_handle *handle);
int input_flush_device(struct input_handle *handle, struct file *file);
void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code);
void input_alloc_absinfo(struct input_dev *dev);
void input_set_abs_params(struct input_dev *dev, unsigned int axis, int min, int max, int fuzz, int flat);
void input_copy_abs(struct input_dev *dst, unsigned int dst_axis, const struct input_dev *src, unsigned int src_axis);
/* Calls poll_fn every interval, in a task, while the device is open. */
int input_setup_polling(struct input_dev *dev, void (*poll_fn)(struct input_dev *dev));
void input_set_poll_interval(struct input_dev *dev, unsigned int interval);
void input_set_max_poll_interval(struct input_dev *dev, unsigned int interval);
void input_set_min_poll_interval(struct input_dev *dev, unsigned int interval);
int input_get_poll_interval(struct input_dev *dev);
/* Which key a scan code is. */
int input_scancode_to_scalar(const struct input_keymap_entry *ke, unsigned int *scancode);
int input_get_keycode(struct input_dev *dev, struct input_keymap_entry *ke);
int input_set_keycode(struct input_dev *dev, const struct input_keymap_entry *ke);
bool input_match_device_id(const struct input_dev *dev, const struct input_device_id *id);
void input_enable_softrepeat(struct input_dev *dev, int delay, int period);
bool input_device_enabled(struct input_dev *dev);
/* Any context. */
void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value);
void input_inject_event(struct input_handle *handle, unsigned int type, unsigned int code, int value);
void input_set_timestamp(struct input_dev *dev, ktime_t timestamp);
ktime_t *input_get_timestamp(struct input_dev *dev);
/* Of Linux's own files. */
int input_ff_create(struct input_dev *dev, unsigned int max_effects);
void input_ff_destroy(struct input_dev *dev);
int input_ff_event(struct input_dev *dev, unsigned int type, unsigned int code, int value);
int input_ff_upload(struct input_dev *dev, struct ff_effect *effect, struct file *file);
int input_ff_erase(struct input_dev *dev, int effect_id, struct file *file);
int input_ff_flush(struct input_dev *dev, struct file *file);
int input_ff_create_memless(struct input_dev *dev, void *data,
			    int (*play_effect)(struct input_dev *, void *, struct ff_effect *));
__END_DECLS

static inline void input_set_drvdata(struct input_dev *dev, void *data)
{
	dev_set_drvdata(&dev->dev, data);
}

static inline void *input_get_drvdata(struct input_dev *dev)
{
	return dev_get_drvdata(&dev->dev);
}

static inline void input_put_device(struct input_dev *dev)
{
	if (dev)
		put_device(&dev->dev);
}

static inline struct input_dev *input_get_device(struct input_dev *dev)
{
	if (dev)
		get_device(&dev->dev);
	return dev;
}

/* The events that have a function of their own: its name, the type, and how the value is passed on. */
#define __INPUT_REPORT(name, type, passed)                                                         \
	static inline void name(struct input_dev *dev, unsigned int code, int value)               \
	{                                                                                          \
		input_event(dev, type, code, passed);                                              \
	}
__INPUT_REPORT(input_report_abs, EV_ABS, value)
__INPUT_REPORT(input_report_rel, EV_REL, value)
__INPUT_REPORT(input_report_ff_status, EV_FF_STATUS, value)
__INPUT_REPORT(input_report_key, EV_KEY, value != 0)
__INPUT_REPORT(input_report_switch, EV_SW, value != 0)
#undef __INPUT_REPORT

static inline void input_mt_sync(struct input_dev *dev)
{
	input_event(dev, EV_SYN, SYN_MT_REPORT, 0);
}

static inline void input_sync(struct input_dev *dev)
{
	input_event(dev, EV_SYN, SYN_REPORT, 0);
}

static inline void input_set_events_per_packet(struct input_dev *dev, int n_events)
{
	dev->hint_events_per_packet = (unsigned int)n_events;
}

/* What is known of an axis, NULL where nothing is: it then reads as 0. */
static inline struct input_absinfo *__input_axis(struct input_dev *dev, unsigned int axis)
{
	return dev->absinfo ? dev->absinfo + axis : NULL;
}

#define __INPUT_ABS_ACCESSORS(name, field)                                                         \
	static inline void input_abs_set_##name(struct input_dev *dev, unsigned int axis, int to)  \
	{                                                                                          \
		struct input_absinfo *known;                                                       \
                                                                                                   \
		input_alloc_absinfo(dev);                                                          \
		known = __input_axis(dev, axis);                                                   \
		if (known)                                                                         \
			known->field = to;                                                         \
	}                                                                                          \
	static inline int input_abs_get_##name(struct input_dev *dev, unsigned int axis)           \
	{                                                                                          \
		const struct input_absinfo *known = __input_axis(dev, axis);                       \
                                                                                                   \
		return known ? known->field : 0;                                                   \
	}
__INPUT_ABS_ACCESSORS(val, value)
__INPUT_ABS_ACCESSORS(min, minimum)
__INPUT_ABS_ACCESSORS(max, maximum)
__INPUT_ABS_ACCESSORS(fuzz, fuzz)
__INPUT_ABS_ACCESSORS(flat, flat)
__INPUT_ABS_ACCESSORS(res, resolution)

#endif
