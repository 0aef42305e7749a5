// SPDX-License-Identifier: Apache-2.0
// Remote controls: the device and its input device (Linux: drivers/media/rc/rc-main.c).
#include <media/rc-core.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "drivers/media/rc-core-priv.h"

namespace {

DEFINE_IDA(rc_ida);
class_ *rc_class;

ssize_t protocols_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", to_rc_dev(dev)->allowed_protocols & RC_PROTO_BIT_NEC ? "[nec]" : "");
}
DEVICE_ATTR_RO(protocols);
attribute *rc_attributes[] = {&dev_attr_protocols.attr, nullptr};
const attribute_group rc_group = {.attrs = rc_attributes};
const attribute_group *rc_groups[] = {&rc_group, nullptr};

void rc_release(device *dev) {
    kfree(to_rc_dev(dev));
}
const device_type rc_type = {.name = "rc", .groups = rc_groups, .release = rc_release};

int __init rc_core_init(void) {
    rc_class = class_create(nullptr, "rc");
    return PTR_ERR_OR_ZERO(rc_class);
}
subsys_initcall(rc_core_init);

int register_input(rc_dev *dev) {
    input_dev *input = dev->input_dev;

    input->name = dev->device_name;
    input->phys = dev->input_phys;
    input->id = dev->input_id;
    input->dev.parent = &dev->dev;
    input_set_capability(input, EV_MSC, MSC_SCAN);
    return input_register_device(input);
}

} // namespace

struct rc_dev *rc_allocate_device(enum rc_driver_type type) {
    auto *dev = static_cast<rc_dev *>(kzalloc(sizeof(rc_dev), GFP_KERNEL));

    if (!dev)
        return nullptr;
    dev->input_dev = type == RC_DRIVER_IR_RAW_TX ? nullptr : input_allocate_device();
    if (type != RC_DRIVER_IR_RAW_TX && !dev->input_dev) {
        kfree(dev);
        return nullptr;
    }
    dev->driver_type = type;
    dev->timeout = IR_DEFAULT_TIMEOUT;
    device_initialize(&dev->dev);
    dev->dev.type = &rc_type;
    return dev;
}
EXPORT_SYMBOL_GPL(rc_allocate_device);

void rc_free_device(struct rc_dev *dev) {
    if (!dev)
        return;
    input_free_device(dev->input_dev);
    put_device(&dev->dev);
}
EXPORT_SYMBOL_GPL(rc_free_device);

struct rc_dev *devm_rc_allocate_device(struct device *dev, enum rc_driver_type type) {
    rc_dev *rc = rc_allocate_device(type);

    if (!rc)
        return nullptr;
    rc->dev.parent = dev;
    // What has been registered goes with its unregistration.
    const int error = devm_add_action_or_reset(
        dev,
        [](void *p) {
            rc_dev *one = static_cast<rc_dev *>(p);
            if (one->input_dev)
                rc_free_device(one);
            else
                put_device(&one->dev);
        },
        rc);
    return error ? nullptr : rc;
}
EXPORT_SYMBOL_GPL(devm_rc_allocate_device);

int rc_register_device(struct rc_dev *dev) {
    const int minor = ida_alloc(&rc_ida, GFP_KERNEL);

    if (minor < 0)
        return minor;
    dev->minor = static_cast<unsigned>(minor);
    dev->dev.class_ = rc_class;
    int error = dev_set_name(&dev->dev, "rc%u", dev->minor);
    error = error ?: (dev->driver_type == RC_DRIVER_IR_RAW ? ir_raw_event_prepare(dev) : 0);
    error = error ?: device_add(&dev->dev);
    if (error) {
        ir_raw_event_free(dev);
        ida_free(&rc_ida, dev->minor);
        return error;
    }
    dev_info(&dev->dev, "%s as %s\n", dev->device_name ?: "Unspecified device", kobject_name(&dev->dev.kobj));
    error = dev->input_dev ? register_input(dev) : 0;
    if (error) {
        device_del(&dev->dev);
        ir_raw_event_free(dev);
        ida_free(&rc_ida, dev->minor);
        return error;
    }
    dev->enabled_protocols = dev->allowed_protocols;
    dev->registered = true;
    return 0;
}
EXPORT_SYMBOL_GPL(rc_register_device);

int devm_rc_register_device(struct device *parent, struct rc_dev *dev) {
    const int error = rc_register_device(dev);

    return error
               ?: devm_add_action_or_reset(
                      parent,
                      [](void *p) {
                          rc_dev *one = static_cast<rc_dev *>(p);
                          get_device(&one->dev); // the allocation's is another action's to give back
                          rc_unregister_device(one);
                      },
                      dev);
}
EXPORT_SYMBOL_GPL(devm_rc_register_device);

void rc_unregister_device(struct rc_dev *dev) {
    if (!dev)
        return;
    dev->registered = false;
    ir_raw_event_free(dev);
    if (dev->input_dev)
        input_unregister_device(dev->input_dev);
    dev->input_dev = nullptr;
    device_del(&dev->dev);
    ida_free(&rc_ida, dev->minor);
    put_device(&dev->dev);
}
EXPORT_SYMBOL_GPL(rc_unregister_device);

void rc_keydown(struct rc_dev *dev, enum rc_proto, u64 scancode, u8) {
    input_event(dev->input_dev, EV_MSC, MSC_SCAN, static_cast<int>(scancode));
    input_sync(dev->input_dev);
}
EXPORT_SYMBOL_GPL(rc_keydown);
