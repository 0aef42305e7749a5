// SPDX-License-Identifier: Apache-2.0
// Input devices (Linux: drivers/input/input.c, input-poller.c). A registered device is open; what it reports stands in
// /sys/kernel/debug/input/eventN, one line an event, as evtest prints them.
#include <linux/input.h>

#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched/clock.h>
#include <linux/seq_file.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "kernel/module/owned.h"

struct input_event_record {
    u64 at_ns;
    u16 type, code;
    s32 value;
};

struct input_dev_core {
    static constexpr unsigned most_records = 256;
    input_event_record records[most_records]; // a ring
    unsigned written;
    int number;
    dentry *file;
    void (*poll)(input_dev *dev);
    unsigned poll_ms;
    delayed_work poll_work;
    input_dev *dev;
};

namespace {

DEFINE_IDA(input_ida);
DEFINE_IDA(event_ida);
dentry *input_folder;

class_ input_class = {.name = "input"};

void input_dev_release(device *dev) {
    input_dev *input = to_input_dev(dev);
    kfree(input->absinfo);
    kfree(input->core);
    ida_free(&input_ida, dev->id);
    kfree(input);
}

ssize_t name_show(device *dev, device_attribute *, char *buf) {
    const char *name = to_input_dev(dev)->name;
    return sysfs_emit(buf, "%s\n", name ? name : "");
}
DEVICE_ATTR_RO(name);
attribute *input_attributes[] = {&dev_attr_name.attr, nullptr};
const attribute_group input_group = {.attrs = input_attributes};
const attribute_group *input_groups[] = {&input_group, nullptr};
const device_type input_type = {.name = nullptr, .groups = input_groups, .release = input_dev_release};

const char *type_name(unsigned type) {
    switch (type) {
    case EV_KEY:
        return "EV_KEY";
    case EV_REL:
        return "EV_REL";
    case EV_ABS:
        return "EV_ABS";
    case EV_MSC:
        return "EV_MSC";
    case EV_SW:
        return "EV_SW";
    default:
        return "?";
    }
}

int input_events_show(seq_file *m, void *) {
    auto *core = static_cast<input_dev_core *>(m->private_);
    const unsigned first = core->written > core->most_records ? core->written - core->most_records : 0;
    for (unsigned i = first; i < core->written; i++) {
        const input_event_record &r = core->records[i % core->most_records];
        const unsigned long long us = r.at_ns / 1000;
        seq_printf(m, "Event: time %llu.%06llu, ", us / 1000000, us % 1000000);
        if (r.type == EV_SYN)
            seq_puts(m, "-------------- SYN_REPORT ------------\n");
        else
            seq_printf(m, "type %u (%s), code %u, value %d\n", r.type, type_name(r.type), r.code, r.value);
    }
    return 0;
}
DEFINE_SHOW_ATTRIBUTE(input_events);

void poll_once(work_struct *work) {
    input_dev_core *core = container_of(to_delayed_work(work), input_dev_core, poll_work);
    core->poll(core->dev);
    queue_delayed_work(system_freezable_wq, &core->poll_work, msecs_to_jiffies(core->poll_ms));
}

// Whether the event changes anything that a reader would see.
bool passes(input_dev *dev, unsigned type, unsigned code, int value) {
    if (type > EV_MAX || !test_bit(type, dev->evbit))
        return false;
    switch (type) {
    case EV_KEY:
        if (code > KEY_MAX || !test_bit(code, dev->keybit))
            return false;
        if (value == 2)
            return true;
        if (!!test_bit(code, dev->key) == !!value)
            return false;
        __change_bit(code, dev->key);
        return true;
    case EV_SW:
        if (code > SW_MAX || !test_bit(code, dev->swbit) || !!test_bit(code, dev->sw) == !!value)
            return false;
        __change_bit(code, dev->sw);
        return true;
    case EV_REL:
        return code <= REL_MAX && test_bit(code, dev->relbit) && value;
    case EV_ABS:
        if (code > ABS_MAX || !test_bit(code, dev->absbit))
            return false;
        if (dev->absinfo) {
            if (dev->absinfo[code].value == value)
                return false;
            dev->absinfo[code].value = value;
        }
        return true;
    case EV_MSC:
        return code <= MSC_MAX && test_bit(code, dev->mscbit);
    default:
        return true;
    }
}

int __init input_init(void) {
    const int error = class_register(&input_class);
    input_folder = debugfs_create_dir("input", nullptr);
    return error;
}
subsys_initcall(input_init);

} // namespace

struct input_dev *input_allocate_device(void) {
    auto *dev = static_cast<input_dev *>(kzalloc(sizeof(input_dev), GFP_KERNEL));
    auto *core = static_cast<input_dev_core *>(kzalloc(sizeof(input_dev_core), GFP_KERNEL));
    if (!dev || !core) {
        kfree(dev);
        kfree(core);
        return nullptr;
    }
    dev->core = core;
    core->dev = dev;
    core->poll_ms = 500;
    mutex_init(&dev->mutex);
    spin_lock_init(&dev->event_lock);
    __set_bit(EV_SYN, dev->evbit);
    device_initialize(&dev->dev);
    dev->dev.type = &input_type;
    dev->dev.class_ = &input_class;
    const int id = ida_alloc(&input_ida, GFP_KERNEL);
    dev->dev.id = static_cast<u32>(max(id, 0));
    dev_set_name(&dev->dev, "input%d", id);
    return dev;
}
EXPORT_SYMBOL(input_allocate_device);

void input_free_device(struct input_dev *dev) {
    if (dev)
        input_put_device(dev);
}
EXPORT_SYMBOL(input_free_device);

struct input_dev *devm_input_allocate_device(struct device *dev) {
    input_dev *input = input_allocate_device();
    const auto put = [](void *p) { input_put_device(static_cast<input_dev *>(p)); };
    if (!input || devm_add_action_or_reset(dev, put, input))
        return nullptr;
    input->dev.parent = dev;
    input->devres_managed = true;
    return input;
}
EXPORT_SYMBOL(devm_input_allocate_device);

static void close_and_remove(input_dev *dev) {
    input_dev_core *core = dev->core;
    mutex_lock(&dev->mutex);
    dev->going_away = true;
    mutex_unlock(&dev->mutex);
    if (core->poll)
        cancel_delayed_work_sync(&core->poll_work);
    if (dev->users && dev->close)
        dev->close(dev);
    dev->users = 0;
    debugfs_remove(core->file);
    ida_free(&event_ida, static_cast<unsigned>(core->number));
    device_del(&dev->dev);
}

int input_register_device(struct input_dev *dev) {
    input_dev_core *core = dev->core;
    int error = device_add(&dev->dev);
    if (error)
        return error;
    core->number = ida_alloc(&event_ida, GFP_KERNEL);
    char name[16];
    scnprintf(name, sizeof(name), "event%d", core->number);
    core->file = debugfs_create_file(name, 0444, input_folder, core, &input_events_fops);
    char *path = kobject_get_path(&dev->dev.kobj, GFP_KERNEL);
    pr_info("input: %s as %s\n", dev->name ? dev->name : "Unspecified device", path ? path : "N/A");
    kfree(path);
    // A reader that is always there: it opens the device, and polling begins.
    mutex_lock(&dev->mutex);
    error = dev->open ? dev->open(dev) : 0;
    dev->users = error ? 0 : 1;
    mutex_unlock(&dev->mutex);
    if (error) {
        close_and_remove(dev);
        return error;
    }
    if (core->poll)
        queue_delayed_work(system_freezable_wq, &core->poll_work, msecs_to_jiffies(core->poll_ms));
    owned_note(owned_device, &dev->dev);
    if (dev->devres_managed)
        return devm_add_action_or_reset(
            dev->dev.parent, [](void *p) { close_and_remove(static_cast<input_dev *>(p)); }, dev);
    return 0;
}
EXPORT_SYMBOL(input_register_device);

void input_unregister_device(struct input_dev *dev) {
    close_and_remove(dev);
    if (!dev->devres_managed)
        put_device(&dev->dev);
}
EXPORT_SYMBOL(input_unregister_device);

void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code) {
    unsigned long *bits = nullptr;
    switch (type) {
    case EV_KEY:
        bits = dev->keybit;
        break;
    case EV_REL:
        bits = dev->relbit;
        break;
    case EV_ABS:
        input_alloc_absinfo(dev);
        bits = dev->absbit;
        break;
    case EV_MSC:
        bits = dev->mscbit;
        break;
    case EV_SW:
        bits = dev->swbit;
        break;
    case EV_LED:
        bits = dev->ledbit;
        break;
    case EV_SND:
        bits = dev->sndbit;
        break;
    default:
        pr_err("input: %s: unknown type %u (code %u)\n", __func__, type, code);
        dump_stack();
        return;
    }
    __set_bit(code, bits);
    __set_bit(type, dev->evbit);
}
EXPORT_SYMBOL(input_set_capability);

void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value) {
    input_dev_core *core = dev->core;
    unsigned long flags;

    spin_lock_irqsave(&dev->event_lock, flags);
    if (dev->users && passes(dev, type, code, value)) {
        // A report of nothing is not passed on.
        const bool empty = type == EV_SYN &&
                           (!core->written || core->records[(core->written - 1) % core->most_records].type == EV_SYN);
        if (!empty)
            core->records[core->written++ % core->most_records] = {ktime_get_ns(), static_cast<u16>(type),
                                                                   static_cast<u16>(code), value};
    }
    spin_unlock_irqrestore(&dev->event_lock, flags);
}
EXPORT_SYMBOL(input_event);

void input_alloc_absinfo(struct input_dev *dev) {
    if (!dev->absinfo)
        dev->absinfo = static_cast<input_absinfo *>(kcalloc(ABS_CNT, sizeof(input_absinfo), GFP_KERNEL));
}
EXPORT_SYMBOL(input_alloc_absinfo);

void input_set_abs_params(struct input_dev *dev, unsigned int axis, int min_value, int max_value, int fuzz, int flat) {
    __set_bit(EV_ABS, dev->evbit);
    __set_bit(axis, dev->absbit);
    input_alloc_absinfo(dev);
    if (!dev->absinfo)
        return;
    dev->absinfo[axis].minimum = min_value;
    dev->absinfo[axis].maximum = max_value;
    dev->absinfo[axis].fuzz = fuzz;
    dev->absinfo[axis].flat = flat;
}
EXPORT_SYMBOL(input_set_abs_params);

int input_setup_polling(struct input_dev *dev, void (*poll_fn)(struct input_dev *dev)) {
    dev->core->poll = poll_fn;
    INIT_DELAYED_WORK(&dev->core->poll_work, poll_once);
    return 0;
}
EXPORT_SYMBOL(input_setup_polling);

void input_set_poll_interval(struct input_dev *dev, unsigned int interval) {
    dev->core->poll_ms = interval;
}
EXPORT_SYMBOL(input_set_poll_interval);

void input_set_max_poll_interval(struct input_dev *, unsigned int) {}
EXPORT_SYMBOL(input_set_max_poll_interval);

void input_set_min_poll_interval(struct input_dev *, unsigned int) {}
EXPORT_SYMBOL(input_set_min_poll_interval);

int input_get_poll_interval(struct input_dev *dev) {
    return static_cast<int>(dev->core->poll_ms);
}
EXPORT_SYMBOL(input_get_poll_interval);

bool input_device_enabled(struct input_dev *dev) {
    return !dev->inhibited && dev->users > 0;
}
EXPORT_SYMBOL_GPL(input_device_enabled);
