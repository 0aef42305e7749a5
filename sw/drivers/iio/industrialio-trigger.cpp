// SPDX-License-Identifier: Apache-2.0
// IIO triggers (Linux: drivers/iio/industrialio-trigger.c): their names, and nobody who listens.
#include <linux/iio/trigger.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/iio/iio.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

namespace {

DEFINE_IDA(iio_trigger_ida);

iio_trigger *trigger_of(device *dev) {
    return container_of(dev, iio_trigger, dev);
}

ssize_t name_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", trigger_of(dev)->name);
}
DEVICE_ATTR_RO(name);
attribute *trigger_attributes[] = {&dev_attr_name.attr, nullptr};
const attribute_group trigger_group = {.attrs = trigger_attributes};
const attribute_group *trigger_groups[] = {&trigger_group, nullptr};

void trigger_release(device *dev) {
    iio_trigger *trig = trigger_of(dev);

    kfree(trig->name);
    kfree(trig);
}
const device_type trigger_type = {.name = "iio_trigger", .release = trigger_release};

} // namespace

struct iio_trigger *__iio_trigger_alloc(struct device *parent, struct module *, const char *fmt, ...) {
    auto *trig = static_cast<iio_trigger *>(kzalloc(sizeof(iio_trigger), GFP_KERNEL));
    va_list args;

    if (!trig)
        return nullptr;
    va_start(args, fmt);
    trig->name = kvasprintf(GFP_KERNEL, fmt, args);
    va_end(args);
    if (!trig->name) {
        kfree(trig);
        return nullptr;
    }
    device_initialize(&trig->dev);
    trig->dev.parent = parent;
    trig->dev.type = &trigger_type;
    trig->dev.bus = &iio_bus_type;
    trig->dev.groups = trigger_groups;
    return trig;
}
EXPORT_SYMBOL(__iio_trigger_alloc);

void iio_trigger_free(struct iio_trigger *trig) {
    if (trig)
        put_device(&trig->dev);
}
EXPORT_SYMBOL(iio_trigger_free);

int iio_trigger_register(struct iio_trigger *trig) {
    trig->id = ida_alloc(&iio_trigger_ida, GFP_KERNEL);
    if (trig->id < 0)
        return trig->id;
    int error = dev_set_name(&trig->dev, "trigger%d", trig->id);
    if (!error)
        error = device_add(&trig->dev);
    if (error)
        ida_free(&iio_trigger_ida, static_cast<unsigned>(trig->id));
    return error;
}
EXPORT_SYMBOL(iio_trigger_register);

void iio_trigger_unregister(struct iio_trigger *trig) {
    ida_free(&iio_trigger_ida, static_cast<unsigned>(trig->id));
    device_del(&trig->dev);
}
EXPORT_SYMBOL(iio_trigger_unregister);

void iio_trigger_poll(struct iio_trigger *trig) {
    // Those who listen would be called here; the count is of those who are not done.
    WARN_ON(atomic_read(&trig->use_count));
}
EXPORT_SYMBOL(iio_trigger_poll);

void iio_trigger_poll_chained(struct iio_trigger *trig) {
    iio_trigger_poll(trig);
}
EXPORT_SYMBOL(iio_trigger_poll_chained);
