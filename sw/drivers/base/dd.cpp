// SPDX-License-Identifier: Apache-2.0
// Binding devices and drivers (Linux: drivers/base/dd.c).
//
//     UNBOUND -> PROBING -> BOUND -> RELEASING -> UNBOUND        and PROBING -> UNBOUND when the probe fails
//
// The state is the device's, under the device's lock; `move` alone changes it, and does what the change brings with it.
// A device whose probe asked for it is deferred besides: it stands in a queue and is probed again whenever some other
// device has been bound.
#include "drivers/base/base.h"

#include <linux/async.h>
#include <linux/debugfs.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "port/order.h"

// Deferral

namespace {

// `waiting`: nothing has changed for them since they deferred. `due`: the work item will probe them again. A device
// moves from one to the other, by wake(); its own successful probe or its removal takes it out.
namespace deferral {

DEFINE_MUTEX(lock);
LIST_HEAD(waiting);
LIST_HEAD(due);
// How often devices were woken: a probe that sees another number than at its start may have missed what it needs.
atomic_t generation = ATOMIC_INIT(0);
// Before all built-in drivers are there, waking is not worth the while.
bool enabled;

void retry(work_struct *work);
DECLARE_WORK(retry_work, retry);

void set_reason(device &dev, char *reason) {
    kfree(dev.deferred_reason);
    dev.deferred_reason = reason;
}

void add(device &dev) {
    hold l(lock);
    if (list_empty(&dev.deferred_node))
        list_add_tail(&dev.deferred_node, &waiting);
}

void remove(device &dev) {
    hold l(lock);
    list_del_init(&dev.deferred_node);
    set_reason(dev, nullptr);
}

void wake() {
    if (!enabled)
        return;
    hold l(lock);
    atomic_inc(&generation);
    list_splice_tail_init(&waiting, &due);
    queue_work(system_unbound_wq, &retry_work);
}

device *take_due() {
    hold l(lock);
    device *dev = first_of<&device::deferred_node>(due);
    if (dev) {
        list_del_init(&dev->deferred_node);
        set_reason(*dev, nullptr);
        get_device(dev);
    }
    return dev;
}

// Without the lock: a probe takes others, and may defer again.
void retry(work_struct *) {
    while (device *dev = take_due()) {
        bus_probe_device(dev);
        put_device(dev);
    }
}

} // namespace deferral

int deferred_devices_show(seq_file *out, void *) {
    hold l(deferral::lock);
    for (const device &dev : list_of<&device::deferred_node>(deferral::waiting))
        seq_printf(out, "%s\t%s", dev_name(&dev), dev.deferred_reason ? dev.deferred_reason : "\n");
    return 0;
}
DEFINE_SHOW_ATTRIBUTE(deferred_devices);

int __init deferred_probe_initcall(void) {
    debugfs_create_file("devices_deferred", 0444, nullptr, nullptr, &deferred_devices_fops);
    deferral::enabled = true;
    // What is bound in the first round may be what others wait for.
    for (int round = 0; round < 2; round++) {
        deferral::wake();
        flush_work(&deferral::retry_work);
    }
    return 0;
}
late_initcall(deferred_probe_initcall);

} // namespace

void driver_deferred_probe_del(device *dev) {
    deferral::remove(*dev);
}

void device_set_deferred_probe_reason(const device *dev, va_format *vaf) {
    char *reason = kasprintf(GFP_KERNEL, "%s: %pV", dev_driver_string(dev), vaf);
    hold l(deferral::lock);
    deferral::set_reason(*const_cast<device *>(dev), reason);
}

int driver_deferred_probe_check_state(device *) {
    return -EPROBE_DEFER;
}
EXPORT_SYMBOL_GPL(driver_deferred_probe_check_state);

// The state

namespace {

enum binding : unsigned char { UNBOUND, PROBING, BOUND, RELEASING };

atomic_t probes_under_way = ATOMIC_INIT(0);
DECLARE_WAIT_QUEUE_HEAD(probe_ended);

int link_both_ways(device &dev) {
    kobject &drv = dev.driver->p->kobj;
    int error = sysfs_create_link(&drv, &dev.kobj, dev_name(&dev));
    if (!error)
        error = sysfs_create_link(&dev.kobj, &drv, "driver");
    return error;
}

void unlink_both_ways(device &dev) {
    sysfs_remove_link(&dev.kobj, "driver");
    sysfs_remove_link(&dev.driver->p->kobj, dev_name(&dev));
}

void forget_driver(device &dev) {
    devres_release_all(&dev);
    dev.driver = nullptr;
    dev_set_drvdata(&dev, nullptr);
}

void on_probing(device &dev) {
    bus_notify(&dev, BUS_NOTIFY_BIND_DRIVER);
}

void on_bound(device &dev) {
    dev.bus->p->members.add(dev.driver_node, dev.driver->p->devices);
    deferral::remove(dev);
    deferral::wake();
    bus_notify(&dev, BUS_NOTIFY_BOUND_DRIVER);
    kobject_uevent(&dev.kobj, KOBJ_BIND);
}

void on_failed(device &dev) {
    unlink_both_ways(dev);
    bus_notify(&dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
    forget_driver(dev);
}

void on_releasing(device &dev) {
    unlink_both_ways(dev);
    bus_notify(&dev, BUS_NOTIFY_UNBIND_DRIVER);
}

void on_released(device &dev) {
    forget_driver(dev);
    dev.bus->p->members.remove(dev.driver_node);
    bus_notify(&dev, BUS_NOTIFY_UNBOUND_DRIVER);
    kobject_uevent(&dev.kobj, KOBJ_UNBIND);
}

constexpr struct {
    binding from, to;
    void (*effect)(device &dev);
} transitions[] = {
    {UNBOUND, PROBING, on_probing},   {PROBING, BOUND, on_bound},        {PROBING, UNBOUND, on_failed},
    {BOUND, RELEASING, on_releasing}, {RELEASING, UNBOUND, on_released},
};

void move(device &dev, binding to) {
    for (const auto &transition : transitions) {
        if (transition.from != dev.binding || transition.to != to)
            continue;
        // States follow each other: what a driver did up to a change is before what the next one does.
        order_tell(received, &dev.binding);
        dev.binding = to;
        transition.effect(dev);
        order_tell(signal, &dev.binding);
        return;
    }
    WARN(1, "device %s: no way from binding state %d to %d\n", dev_name(&dev), dev.binding, to);
}

int call_probe(device *dev) {
    const auto probe = dev->bus->probe ? dev->bus->probe : dev->driver->probe;
    return probe ? probe(dev) : 0;
}

void call_remove(device *dev) {
    const auto by_bus = dev->bus->remove;
    const auto by_driver = by_bus ? nullptr : dev->driver->remove;

    device_remove_groups(dev, dev->driver->dev_groups);
    if (by_bus)
        by_bus(dev);
    if (by_driver)
        by_driver(dev);
}

int start_driver(device *dev) {
    if (int error = link_both_ways(*dev))
        return error;
    if (int error = call_probe(dev)) {
        if (error == -EPROBE_DEFER)
            dev_dbg(dev, "Driver %s requests probe deferral\n", dev->driver->name);
        else if (error == -ENODEV || error == -ENXIO)
            pr_debug("%s: probe of %s rejects match %d\n", dev->driver->name, dev_name(dev), error);
        else
            pr_warn("%s: probe of %s failed with error %d\n", dev->driver->name, dev_name(dev), error);
        return error;
    }
    const int error = device_add_groups(dev, dev->driver->dev_groups);
    if (error) {
        dev_err(dev, "device_add_groups() failed\n");
        call_remove(dev);
    }
    return error;
}

// One driver is tried on one device, whose lock is held. 0: bound.
int probe(device_driver *drv, device *dev) {
    if (dev->registration != DEVICE_PRESENT)
        return -ENODEV;
    if (dev->driver)
        return -EBUSY;
    if (!list_empty(&dev->devres_head)) {
        dev_crit(dev, "Resources present before probing\n");
        return -EBUSY;
    }
    const int generation = atomic_read(&deferral::generation);
    atomic_inc(&probes_under_way);
    dev->driver = drv;
    move(*dev, PROBING);
    const int error = start_driver(dev);
    move(*dev, error ? UNBOUND : BOUND);
    if (error == -EPROBE_DEFER) {
        deferral::add(*dev);
        if (generation != atomic_read(&deferral::generation))
            deferral::wake();
    }
    atomic_dec(&probes_under_way);
    wake_up_all(&probe_ended);
    return error;
}

// Takes the driver off a device whose lock is held.
void release(device *dev) {
    if (dev->binding != BOUND)
        return;
    move(*dev, RELEASING);
    call_remove(dev);
    move(*dev, UNBOUND);
}

} // namespace

bool device_is_bound(device *dev) {
    return dev->binding == BOUND;
}
EXPORT_SYMBOL_GPL(device_is_bound);

void wait_for_device_probe(void) {
    flush_work(&deferral::retry_work);
    wait_event(probe_ended, atomic_read(&probes_under_way) == 0);
    async_synchronize_full();
}
EXPORT_SYMBOL_GPL(wait_for_device_probe);

// Who is tried with whom. A driver that prefers so, or whose module was loaded with async_probe, is probed by a call of
// its own; all others by the call that registers the later of the two.

namespace {

bool is_asynchronous(const device_driver &drv) {
    if (drv.probe_type == PROBE_DEFAULT_STRATEGY)
        return drv.owner && drv.owner->async_probe_requested;
    return drv.probe_type == PROBE_PREFER_ASYNCHRONOUS;
}

// Positive: the two belong together; -EPROBE_DEFER: cannot be said yet, and the device has been deferred.
int match(device_driver *drv, device *dev) {
    const int answer = drv->bus->match ? drv->bus->match(dev, drv) : 1;
    if (answer == -EPROBE_DEFER)
        deferral::add(*dev);
    return answer;
}

// A device looks for its driver.
struct search {
    device *dev;
    bool in_turn;       // asynchronous drivers have a round of their own
    bool for_async;     // this is that round
    bool async_matched; // it is needed
};

int try_driver(device_driver *drv, void *data) {
    auto &s = *static_cast<search *>(data);
    const int matches = match(drv, s.dev);
    if (matches <= 0)
        return matches;
    const bool async = is_asynchronous(*drv);
    s.async_matched |= async;
    if (s.in_turn && async != s.for_async)
        return 0;
    const int error = probe(drv, s.dev);
    return error == -EBUSY || error == -ENODEV ? (s.dev->driver ? 1 : 0) : !error; // a failure: the next one's chance
}

void attach_later(void *data, async_cookie_t) {
    auto *dev = static_cast<device *>(data);
    {
        device_locked l(dev->mutex);
        search s = {dev, true, true, false};
        if (dev->registration == DEVICE_PRESENT && !dev->driver)
            bus_for_each_drv(dev->bus, nullptr, &s, try_driver);
    }
    put_device(dev);
}

// 1: bound; 0: no driver.
int attach(device *dev, bool asynchronous_apart) {
    search s = {dev, asynchronous_apart, false, false};
    {
        device_locked l(dev->mutex);
        if (dev->driver)
            return dev->binding == BOUND || !device_bind_driver(dev);
        const int found = bus_for_each_drv(dev->bus, nullptr, &s, try_driver);
        if (found)
            return found;
    }
    if (asynchronous_apart && s.async_matched)
        async_schedule_dev(attach_later, get_device(dev));
    return 0;
}

// A driver looks for its devices.
void probe_later(void *data, async_cookie_t) {
    auto *dev = static_cast<device *>(data);
    {
        device_locked l(dev->mutex);
        device_driver *drv = dev->async_driver;
        dev->async_driver = nullptr;
        probe(drv, dev);
    }
    put_device(dev);
}

int try_device(device *dev, void *data) {
    auto *drv = static_cast<device_driver *>(data);
    if (match(drv, dev) <= 0)
        return 0;
    device_locked l(dev->mutex);
    if (!is_asynchronous(*drv)) {
        probe(drv, dev);
    } else if (!dev->driver && !dev->async_driver) {
        dev->async_driver = drv;
        async_schedule_dev(probe_later, get_device(dev));
    }
    return 0;
}

} // namespace

int device_attach(device *dev) {
    return attach(dev, false);
}
EXPORT_SYMBOL_GPL(device_attach);

void device_initial_probe(device *dev) {
    attach(dev, true);
}

int driver_attach(device_driver *drv) {
    return bus_for_each_dev(drv->bus, nullptr, drv, try_device);
}
EXPORT_SYMBOL_GPL(driver_attach);

// The caller has chosen: dev->driver is set, and nothing is probed.
int device_bind_driver(device *dev) {
    move(*dev, PROBING);
    const int error = link_both_ways(*dev);
    move(*dev, error ? UNBOUND : BOUND);
    return error;
}
EXPORT_SYMBOL_GPL(device_bind_driver);

// User space has chosen.
int device_driver_attach(device_driver *drv, device *dev) {
    device_locked l(dev->mutex);
    const int error = probe(drv, dev);

    return error == -EPROBE_DEFER ? -EAGAIN : error;
}
EXPORT_SYMBOL_GPL(device_driver_attach);

void device_release_driver(device *dev) {
    device_locked l(dev->mutex);
    release(dev);
}
EXPORT_SYMBOL_GPL(device_release_driver);

// The driver goes: the devices bound last are released first.
void driver_detach(device_driver *drv) {
    if (is_asynchronous(*drv))
        async_synchronize_full();
    for (device &dev : live_walk<&device::driver_node, walk_from::last>(drv->bus->p->members, drv->p->devices)) {
        device_locked l(dev.mutex);
        if (dev.driver == drv)
            release(&dev);
    }
}
