// SPDX-License-Identifier: Apache-2.0
// /sys/kernel/debug/input/eventN: the last events of a device as text, as evtest prints them. A handler that opens
// every device and keeps it open, as a program on a board would.
#include "drivers/input/internal.h"

#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>

#include "lib/guard.h"

namespace {

struct record {
    ktime_t at;
    input_value value;
};

struct recorder {
    static constexpr unsigned most = 256;
    input_handle handle;
    record ring[most];
    unsigned written;
    dentry *file;
};

dentry *folder;

const char *type_name(unsigned type) {
    static const struct {
        unsigned type;
        const char *name;
    } names[] = {{EV_KEY, "EV_KEY"}, {EV_REL, "EV_REL"}, {EV_ABS, "EV_ABS"}, {EV_MSC, "EV_MSC"}, {EV_SW, "EV_SW"},
                 {EV_LED, "EV_LED"}, {EV_SND, "EV_SND"}, {EV_REP, "EV_REP"}, {EV_FF, "EV_FF"},   {EV_PWR, "EV_PWR"}};
    for (const auto &n : names)
        if (n.type == type)
            return n.name;
    return "?";
}

int recorder_show(seq_file *m, void *) {
    auto *r = static_cast<recorder *>(m->private_);
    hold_irq lock(r->handle.dev->event_lock);
    const unsigned first = r->written > r->most ? r->written - r->most : 0;
    for (unsigned i = first; i < r->written; i++) {
        const auto &[at, value] = r->ring[i % r->most];
        const u64 us = static_cast<u64>(ktime_to_us(at));
        seq_printf(m, "Event: time %llu.%06llu, ", us / USEC_PER_SEC, us % USEC_PER_SEC);
        if (value.type == EV_SYN)
            seq_puts(m, "-------------- SYN_REPORT ------------\n");
        else
            seq_printf(m, "type %u (%s), code %u, value %d\n", value.type, type_name(value.type), value.code,
                       value.value);
    }
    return 0;
}
DEFINE_SHOW_ATTRIBUTE(recorder);

void record_packet(input_handle *handle, const input_value *values, unsigned count) {
    recorder *r = container_of(handle, recorder, handle);
    const ktime_t at = input_get_timestamp(handle->dev)[INPUT_CLK_MONO];
    for (unsigned i = 0; i < count; i++)
        r->ring[r->written++ % r->most] = {at, values[i]};
}

recorder *make_recorder(input_handler *handler, input_dev *dev) {
    auto *made = static_cast<recorder *>(kzalloc(sizeof(recorder), GFP_KERNEL));

    if (made) {
        made->handle.name = "recorder";
        made->handle.handler = handler;
        made->handle.dev = dev;
    }
    return made;
}

// A device that its driver cannot open yet stays closed; its file is then empty.
void start_recording(recorder &r) {
    input_dev *dev = r.handle.dev;
    char name[16];

    if (const int error = input_open_device(&r.handle))
        pr_err("input: %s cannot be opened: %d\n", dev_name(&dev->dev), error);
    scnprintf(name, sizeof(name), "event%u", dev->dev.id);
    r.file = debugfs_create_file(name, 0444, folder, &r, &recorder_fops);
}

int connect(input_handler *handler, input_dev *dev, const input_device_id *) {
    recorder *r = make_recorder(handler, dev);
    const int error = r ? input_register_handle(&r->handle) : -ENOMEM;

    error ? kfree(r) : start_recording(*r);
    return error;
}

void disconnect(input_handle *handle) {
    recorder *r = container_of(handle, recorder, handle);
    debugfs_remove(r->file);
    if (handle->open)
        input_close_device(handle);
    input_unregister_handle(handle);
    kfree(r);
}

const input_device_id every_device[] = {{.driver_info = 1}, {}};
input_handler handler = {.events = record_packet,
                         .connect = connect,
                         .disconnect = disconnect,
                         .name = "recorder",
                         .id_table = every_device};

int __init recorder_init(void) {
    folder = debugfs_create_dir("input", nullptr);
    return input_register_handler(&handler);
}
fs_initcall(recorder_init);

} // namespace
