// SPDX-License-Identifier: Apache-2.0
// What gpiolib's files share: a line and its state, a registered chip. The page is docs/design/gpio.md.
#ifndef DRIVERS_GPIO_GPIOLIB_H
#define DRIVERS_GPIO_GPIOLIB_H

#include <linux/bitops.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#include "kernel/module/owned.h"
#include "lib/result.h"

// Bits of gpio_desc.flags.
enum {
    FLAG_REQUESTED = 0,
    FLAG_IS_OUT = 1,
    FLAG_EXPORT = 2, // has a directory in /sys/class/gpio
    FLAG_SYSFS = 3,  // and is requested by who wrote into `export`
    FLAG_ACTIVE_LOW = 6,
    FLAG_OPEN_DRAIN = 7,
    FLAG_OPEN_SOURCE = 8,
    FLAG_USED_AS_IRQ = 9,
    FLAG_IRQ_IS_ENABLED = 10,
    FLAG_IS_HOGGED = 11,
    FLAG_TRANSITORY = 12,
    FLAG_PULL_UP = 13,
    FLAG_PULL_DOWN = 14,
    FLAG_BIAS_DISABLE = 15,
    FLAG_WAS_FREED = 31, // and not requested since
};

// A registered chip; outlives it while somebody holds a line. Up to `list`, and in gpio_desc all, the members stand as
// in Linux's drivers/gpio/gpiolib.h: gpio-sim looks at them.
struct gpio_device {
    int id;
    device dev;
    cdev chrdev;     // of Linux's layout: there are no character devices for chips
    device *mockdev; // and so is this
    module *owner;
    gpio_chip *chip; // null once it is gone
    gpio_desc *descs;
    int base;
    u16 ngpio;
    char *label;
    void *data;
    list_head list;
    u8 irq_steps; // of its interrupt side that stand (gpiolib_irq.cpp)

    int end() const { return base + ngpio; }
};

// One line. Its state is three things that change apart from each other: whether somebody has requested it, what the
// pin drives, and whether it is locked as an interrupt, which then is enabled or not.
struct gpio_desc {
    gpio_device *gdev;
    unsigned long flags;
    const char *label; // who has it
    const char *name;  // "GPIO3_A5"

    unsigned int offset() const { return this - gdev->descs; }
    int number() const { return gdev->base + static_cast<int>(offset()); }
    gpio_chip *chip() const { return gdev->chip; }

    bool is(int flag) const { return test_bit(flag, &flags); }
    void set(int flag) { set_bit(flag, &flags); }
    void clear(int flag) { clear_bit(flag, &flags); }

    // Freed, and used all the same.
    bool stale() const { return is(FLAG_WAS_FREED); }
    bool can_float() const { return is(FLAG_OPEN_DRAIN); }
    // Drives its pin all the time: no interrupt can come.
    bool drives() const { return is(FLAG_IS_OUT) && !can_float(); }
    bool interrupts() const { return is(FLAG_USED_AS_IRQ) && is(FLAG_IRQ_IS_ENABLED); }
};

// Reports a stale line, if the driver that now uses it is the one that freed it. `driver`: code of it, or null.
void gpiod_report_stale(const gpio_desc &line, const void *driver) __cold;

// Guards the list of chips, and who has requested which line. Interrupts masked.
extern spinlock_t gpio_lock;
extern list_head gpio_devices; // by number

inline int gpio_chip_hwgpio(const gpio_desc *desc) {
    return static_cast<int>(desc->offset());
}

#define gpiod_say(level, desc, fmt, ...)                                                                               \
    pr_##level("gpio-%d (%s): " fmt, (desc)->number(), (desc)->label ? (desc)->label : "?", ##__VA_ARGS__)
#define gpiod_err(desc, fmt, ...) gpiod_say(err, desc, fmt, ##__VA_ARGS__)
#define gpiod_warn(desc, fmt, ...) gpiod_say(warn, desc, fmt, ##__VA_ARGS__)
#define chip_err(gc, fmt, ...) dev_err(&(gc)->gpiodev->dev, "(%s): " fmt, (gc)->label, ##__VA_ARGS__)
#define chip_warn(gc, fmt, ...) dev_warn(&(gc)->gpiodev->dev, "(%s): " fmt, (gc)->label, ##__VA_ARGS__)

inline gpio_desc *gpiod_error(int error) {
    return static_cast<gpio_desc *>(ERR_PTR(error));
}
inline bool gpiod_not_found(const gpio_desc *desc) {
    return IS_ERR(desc) && PTR_ERR(desc) == -ENOENT;
}

// A chip's module, for as long as somebody uses a line of it. Given back at the end of the scope unless it is kept.
class module_use {
public:
    explicit module_use(const gpio_device &gdev)
        : owner_(gdev.owner)
        , held_(try_module_get(owner_)) {}
    ~module_use() {
        if (held_)
            module_put(owner_);
    }
    module_use(const module_use &) = delete;
    module_use &operator=(const module_use &) = delete;
    explicit operator bool() const { return held_; }
    void keep() { held_ = false; }

private:
    module *owner_;
    bool held_;
};

// 1: usable. 0: no line, which consumers may pass as "not there": nothing is to be done. Else an error.
int validate_desc(const gpio_desc *desc, const char *func);

// What `deed` says of a line that a consumer has passed, if that is one.
template <typename Desc, typename Deed>
__always_inline int on_line(Desc *desc, const char *func, Deed deed) {
    const int usable = validate_desc(desc, func);
    return usable > 0 ? deed(*desc) : usable;
}

// gpiolib.cpp
int gpiod_request(gpio_desc *desc, const char *label);
// A line that the exported function with this frame has taken for its caller; errors and no line are none.
gpio_desc *gpiod_note(gpio_desc *desc, const void *frame);
void gpiod_free(gpio_desc *desc);
gpio_desc *gpio_name_to_desc(const char *name);
gpio_chip *find_chip_by_name(const char *label);

// gpiolib_line.cpp: a setting for the chip, -ENOTSUPP if it knows none; flags of a request (enum gpiod_flags) and of
// where the line was found (enum gpio_lookup_flags).
int gpio_set_config(gpio_desc &line, pin_config_param param, u32 argument = 0);
int gpiod_configure_flags(gpio_desc *desc, const char *con_id, unsigned long lflags, int dflags);

// gpiolib_lookup.cpp
void gpiochip_machine_hog_all(gpio_chip *gc);
void gpiochip_free_hogs(gpio_device &gdev);

// gpiolib_irq.cpp
result<void> raise_irq_side(gpio_chip &gc); // or nothing of it stands (Linux: gpiochip_add_irqchip)
void lower_irq_side(gpio_chip &gc);         // (Linux: gpiochip_irqchip_remove)

// gpiolib_sysfs.cpp: a chip's directory, and the lines that somebody has exported through /sys.
void gpiochip_sysfs_register(gpio_device &gdev);
void gpiochip_sysfs_unregister(gpio_device &gdev);

#endif
