// SPDX-License-Identifier: Apache-2.0
// Edges of an infrared receiver, collected in its interrupt handler and decoded by a task a little later (Linux:
// drivers/media/rc/rc-ir-raw.c).
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#include "drivers/media/rc-core-priv.h"

namespace {

void decode(work_struct *work) {
    ir_raw_event_ctrl *raw = container_of(work, ir_raw_event_ctrl, work);

    while (raw->out != smp_load_acquire(&raw->in)) {
        ir_nec_decode(raw->dev, raw->events[raw->out % MAX_IR_EVENT_SIZE]);
        smp_store_release(&raw->out, raw->out + 1);
    }
}

// 15 ms after the last edge, to decode what there is; and once more when nothing came for the device's timeout.
void edge_handle(timer_list *t) {
    ir_raw_event_ctrl *raw = from_timer(raw, t, edge_handle);
    rc_dev *dev = raw->dev;
    unsigned long flags;

    spin_lock_irqsave(&raw->edge_spinlock, flags);
    const s64 interval = ktime_us_delta(ktime_get(), raw->last_event);
    if (interval >= dev->timeout) {
        ir_raw_event ev = {.duration = static_cast<u32>(min_t(s64, interval, IR_MAX_TIMEOUT)), .timeout = true};
        ir_raw_event_store(dev, &ev);
    } else {
        mod_timer(&raw->edge_handle, jiffies + usecs_to_jiffies(dev->timeout - static_cast<u32>(interval)));
    }
    spin_unlock_irqrestore(&raw->edge_spinlock, flags);
    ir_raw_event_handle(dev);
}

} // namespace

int ir_raw_event_prepare(struct rc_dev *dev) {
    auto *raw = static_cast<ir_raw_event_ctrl *>(kzalloc(sizeof(ir_raw_event_ctrl), GFP_KERNEL));

    if (!raw)
        return -ENOMEM;
    raw->dev = dev;
    spin_lock_init(&raw->edge_spinlock);
    timer_setup(&raw->edge_handle, edge_handle, 0);
    INIT_WORK(&raw->work, decode);
    dev->raw = raw;
    return 0;
}

void ir_raw_event_free(struct rc_dev *dev) {
    ir_raw_event_ctrl *raw = dev->raw;

    if (!raw)
        return;
    dev->raw = nullptr;
    del_timer_sync(&raw->edge_handle);
    cancel_work_sync(&raw->work);
    kfree(raw);
}

int ir_raw_event_store(struct rc_dev *dev, struct ir_raw_event *ev) {
    ir_raw_event_ctrl *raw = dev->raw;

    if (!raw)
        return -EINVAL;
    if (raw->in - smp_load_acquire(&raw->out) == MAX_IR_EVENT_SIZE) {
        dev_err(&dev->dev, "IR event FIFO is full!\n");
        return -ENOSPC;
    }
    raw->events[raw->in % MAX_IR_EVENT_SIZE] = *ev;
    smp_store_release(&raw->in, raw->in + 1);
    return 0;
}
EXPORT_SYMBOL_GPL(ir_raw_event_store);

int ir_raw_event_store_with_timeout(struct rc_dev *dev, struct ir_raw_event *ev) {
    ir_raw_event_ctrl *raw = dev->raw;
    unsigned long flags;
    int error = 0;

    if (!raw)
        return -EINVAL;
    const ktime_t now = ktime_get();
    spin_lock_irqsave(&raw->edge_spinlock, flags);
    if (ev->duration >= dev->timeout && !ev->pulse) { // silence: whatever was under way is over
        ir_raw_event end = {.duration = ev->duration, .timeout = true};
        error = ir_raw_event_store(dev, &end);
    } else {
        error = ir_raw_event_store(dev, ev);
    }
    raw->last_event = now;
    const unsigned long due = jiffies + usecs_to_jiffies(MS_TO_US(15));
    if (!timer_pending(&raw->edge_handle) || time_after(raw->edge_handle.expires, due))
        mod_timer(&raw->edge_handle, due);
    spin_unlock_irqrestore(&raw->edge_spinlock, flags);
    return error;
}
EXPORT_SYMBOL_GPL(ir_raw_event_store_with_timeout);

int ir_raw_event_store_edge(struct rc_dev *dev, bool pulse) {
    if (!dev->raw)
        return -EINVAL;
    const s64 duration = ktime_us_delta(ktime_get(), dev->raw->last_event);
    ir_raw_event ev = {.duration = static_cast<u32>(min_t(s64, duration, IR_MAX_TIMEOUT)), .pulse = !pulse};
    return ir_raw_event_store_with_timeout(dev, &ev);
}
EXPORT_SYMBOL_GPL(ir_raw_event_store_edge);

void ir_raw_event_handle(struct rc_dev *dev) {
    if (dev->raw)
        schedule_work(&dev->raw->work);
}
EXPORT_SYMBOL_GPL(ir_raw_event_handle);
