/* SPDX-License-Identifier: Apache-2.0 */
/* LEDs and what triggers them (Linux 6.1, include/linux/leds.h). Unless noted, functions here may sleep. */
#ifndef __LINUX_LEDS_H_INCLUDED
#define __LINUX_LEDS_H_INCLUDED

#include <dt-bindings/leds/common.h>
#include <linux/device.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct device_node;
struct fwnode_handle;
struct gpio_desc;
struct led_pattern;
struct platform_device;

enum led_brightness {
	LED_OFF = 0,
	LED_ON = 1,
	LED_HALF = 127,
	LED_FULL = 255,
};

enum led_default_state {
	LEDS_DEFSTATE_OFF = 0,
	LEDS_DEFSTATE_ON = 1,
	LEDS_DEFSTATE_KEEP = 2,
};

/* Where the name of an LED comes from, if its driver gives none. */
struct led_init_data {
	struct fwnode_handle *fwnode;
	const char *default_label;
	const char *devicename;
	bool devname_mandatory;
};

struct led_hw_trigger_type {
	int dummy;
};

/* led_classdev.flags */
#define LED_SUSPENDED		 BIT(0)
#define LED_UNREGISTERING	 BIT(1)
#define LED_CORE_SUSPENDRESUME	 BIT(16)
#define LED_SYSFS_DISABLE	 BIT(17)
#define LED_DEV_CAP_FLASH	 BIT(18)
#define LED_HW_PLUGGABLE	 BIT(19)
#define LED_PANIC_INDICATOR	 BIT(20)
#define LED_BRIGHT_HW_CHANGED	 BIT(21)
#define LED_RETAIN_AT_SHUTDOWN	 BIT(22)
#define LED_INIT_DEFAULT_TRIGGER BIT(23)

/* Bits of led_classdev.work_flags. */
#define LED_BLINK_SW		    0
#define LED_BLINK_ONESHOT	    1
#define LED_BLINK_ONESHOT_STOP	    2
#define LED_BLINK_INVERT	    3
#define LED_BLINK_BRIGHTNESS_CHANGE 4
#define LED_BLINK_DISABLE	    5

/*
 * brightness_set may be called in any context; brightness_set_blocking in a task alone, and the core defers to one.
 * blink_set: times in ms, 0 and 0 for the driver's choice; an error has the core blink in software.
 */
struct led_classdev {
	const char *name;
	unsigned int brightness;
	unsigned int max_brightness;
	int flags;
	unsigned long work_flags;
	void (*brightness_set)(struct led_classdev *led_cdev, enum led_brightness brightness);
	int (*brightness_set_blocking)(struct led_classdev *led_cdev, enum led_brightness brightness);
	enum led_brightness (*brightness_get)(struct led_classdev *led_cdev);
	int (*blink_set)(struct led_classdev *led_cdev, unsigned long *delay_on, unsigned long *delay_off);
	int (*pattern_set)(struct led_classdev *led_cdev, struct led_pattern *pattern, u32 len, int repeat);
	int (*pattern_clear)(struct led_classdev *led_cdev);
	struct device *dev;
	const struct attribute_group **groups;
	struct list_head node;
	const char *default_trigger;
	unsigned long blink_delay_on, blink_delay_off; /* ms */
	struct timer_list blink_timer;
	int blink_brightness;
	int new_blink_brightness;
	void (*flash_resume)(struct led_classdev *led_cdev);
	struct work_struct set_brightness_work;
	int delayed_set_value;
	struct rw_semaphore trigger_lock; /* guards the six below */
	struct led_trigger *trigger;
	struct list_head trig_list;
	void *trigger_data;
	bool activated;
	struct led_hw_trigger_type *trigger_type;
	struct mutex led_access; /* guards brightness against writers in /sys */
};

#define TRIG_NAME_MAX 50

struct led_trigger {
	const char *name;
	int (*activate)(struct led_classdev *led_cdev);
	void (*deactivate)(struct led_classdev *led_cdev);
	enum led_brightness brightness;
	struct led_hw_trigger_type *trigger_type;
	spinlock_t leddev_list_lock;
	struct list_head led_cdevs;
	struct list_head next_trig;
	const struct attribute_group **groups;
};

struct led_info {
	const char *name;
	const char *default_trigger;
	int flags;
};

struct led_platform_data {
	int num_leds;
	struct led_info *leds;
};

struct led_properties {
	u32 color;
	bool color_present;
	const char *function;
	u32 func_enum;
	bool func_enum_present;
	const char *label;
};

typedef int (*gpio_blink_set_t)(struct gpio_desc *desc, int state, unsigned long *delay_on, unsigned long *delay_off);

struct gpio_led {
	const char *name;
	const char *default_trigger;
	unsigned gpio;
	unsigned active_low : 1;
	unsigned retain_state_suspended : 1;
	unsigned panic_indicator : 1;
	unsigned default_state : 2;
	unsigned retain_state_shutdown : 1;
	struct gpio_desc *gpiod;
};
#define LEDS_GPIO_DEFSTATE_OFF	LEDS_DEFSTATE_OFF
#define LEDS_GPIO_DEFSTATE_ON	LEDS_DEFSTATE_ON
#define LEDS_GPIO_DEFSTATE_KEEP LEDS_DEFSTATE_KEEP

struct gpio_led_platform_data {
	int num_leds;
	const struct gpio_led *leds;
	gpio_blink_set_t gpio_blink_set;
};
#define GPIO_LED_NO_BLINK_LOW  0
#define GPIO_LED_NO_BLINK_HIGH 1
#define GPIO_LED_BLINK	       2

struct led_pattern {
	u32 delta_t; /* ms */
	int brightness;
};

__BEGIN_DECLS
int led_classdev_register_ext(struct device *parent, struct led_classdev *led_cdev, struct led_init_data *init_data);
int devm_led_classdev_register_ext(struct device *parent, struct led_classdev *led_cdev,
				   struct led_init_data *init_data);
void led_classdev_unregister(struct led_classdev *led_cdev);
void devm_led_classdev_unregister(struct device *parent, struct led_classdev *led_cdev);
void led_classdev_suspend(struct led_classdev *led_cdev);
void led_classdev_resume(struct led_classdev *led_cdev);

/* Any context: the four below. */
void led_blink_set(struct led_classdev *led_cdev, unsigned long *delay_on, unsigned long *delay_off);
void led_blink_set_oneshot(struct led_classdev *led_cdev, unsigned long *delay_on, unsigned long *delay_off,
			   int invert);
void led_set_brightness(struct led_classdev *led_cdev, unsigned int brightness);
void led_trigger_event(struct led_trigger *trigger, enum led_brightness event);

/* 0, -EBUSY while the LED blinks, -ENOTSUPP without brightness_set_blocking. */
int led_set_brightness_sync(struct led_classdev *led_cdev, unsigned int value);
int led_update_brightness(struct led_classdev *led_cdev);
void led_sysfs_disable(struct led_classdev *led_cdev);
void led_sysfs_enable(struct led_classdev *led_cdev);
int led_compose_name(struct device *dev, struct led_init_data *init_data, char *led_classdev_name);
/* What a trigger pattern is to be, from the node's led-pattern; NULL if it has none. The caller frees it. */
u32 *led_get_default_pattern(struct led_classdev *led_cdev, unsigned int *size);

/* What drivers of the subsystem itself use (Linux: drivers/leds/leds.h). */
void led_stop_software_blink(struct led_classdev *led_cdev);
void led_set_brightness_nopm(struct led_classdev *led_cdev, unsigned int value);
void led_set_brightness_nosleep(struct led_classdev *led_cdev, unsigned int value);
enum led_default_state led_init_default_state_get(struct fwnode_handle *fwnode);

/* -EEXIST: the name is taken. A trigger that LEDs name as their default takes them at once. */
int led_trigger_register(struct led_trigger *trigger);
void led_trigger_unregister(struct led_trigger *trigger);
int devm_led_trigger_register(struct device *dev, struct led_trigger *trigger);
void led_trigger_register_simple(const char *name, struct led_trigger **trigger);
void led_trigger_unregister_simple(struct led_trigger *trigger);
void led_trigger_blink(struct led_trigger *trigger, unsigned long *delay_on, unsigned long *delay_off);
void led_trigger_blink_oneshot(struct led_trigger *trigger, unsigned long *delay_on, unsigned long *delay_off,
			       int invert);
void led_trigger_set_default(struct led_classdev *led_cdev);
/* The caller holds trigger_lock for writing. */
int led_trigger_set(struct led_classdev *led_cdev, struct led_trigger *trigger);
void led_trigger_remove(struct led_classdev *led_cdev);

struct platform_device *gpio_led_register_device(int id, const struct gpio_led_platform_data *pdata);
__END_DECLS

#define DEFINE_LED_TRIGGER(x)	     static struct led_trigger *x;
#define DEFINE_LED_TRIGGER_GLOBAL(x) struct led_trigger *x;
#define led_trigger_get_led(dev)     ((struct led_classdev *)dev_get_drvdata((dev)))
#define led_trigger_get_drvdata(dev) (led_get_trigger_data(led_trigger_get_led(dev)))
#define module_led_trigger(__led_trigger)                                                                              \
	module_driver(__led_trigger, led_trigger_register, led_trigger_unregister)

static inline int led_classdev_register(struct device *parent, struct led_classdev *led_cdev)
{
	return led_classdev_register_ext(parent, led_cdev, NULL);
}

static inline int devm_led_classdev_register(struct device *parent, struct led_classdev *led_cdev)
{
	return devm_led_classdev_register_ext(parent, led_cdev, NULL);
}

static inline bool led_sysfs_is_disabled(struct led_classdev *led_cdev)
{
	return led_cdev->flags & LED_SYSFS_DISABLE;
}

static inline void led_set_trigger_data(struct led_classdev *led_cdev, void *trigger_data)
{
	led_cdev->trigger_data = trigger_data;
}

static inline void *led_get_trigger_data(struct led_classdev *led_cdev)
{
	return led_cdev->trigger_data;
}

static inline enum led_brightness led_trigger_get_brightness(const struct led_trigger *trigger)
{
	return trigger ? trigger->brightness : LED_OFF;
}

/* There are no disks, flash memories or cameras. */
static inline void ledtrig_disk_activity(bool write)
{
}

static inline void ledtrig_mtd_activity(void)
{
}

static inline void ledtrig_flash_ctrl(bool on)
{
}

static inline void ledtrig_torch_ctrl(bool on)
{
}

#endif
