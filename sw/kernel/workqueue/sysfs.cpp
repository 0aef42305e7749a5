// SPDX-License-Identifier: Apache-2.0
// /sys/devices/virtual/workqueue: `cpumask`, the CPUs that unbound queues may use, and a folder for each WQ_SYSFS queue
// with its max_active and, for unbound ones, its attributes (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/slab.h>

#include "drivers/base/base.h"
#include "kernel/workqueue/cmwq.h"

namespace {

__struct_class *wq_class;

workqueue_struct *wq_of(device *dev) {
    return static_cast<workqueue_struct *>(dev_get_drvdata(dev));
}

ssize_t per_cpu_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", !(wq_of(dev)->flags & WQ_UNBOUND));
}

ssize_t max_active_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", wq_of(dev)->saved_max_active);
}

ssize_t max_active_store(device *dev, device_attribute *, const char *buf, size_t count) {
    int asked = 0;
    const bool usable = !kstrtoint(buf, 0, &asked) && asked > 0;
    if (usable)
        workqueue_set_max_active(wq_of(dev), asked);
    return usable ? static_cast<ssize_t>(count) : -EINVAL;
}

ssize_t pool_ids_show(device *dev, device_attribute *, char *buf) {
    const rcu_section reading;
    return sysfs_emit(buf, "0:%d\n", READ_ONCE(wq_of(dev)->dfl_pwq)->pool->id); // node 0 is all there is
}

// One attribute changed, the others as they are.
template <typename F>
ssize_t change_attrs(workqueue_struct *wq, size_t count, F change) {
    workqueue_attrs *attrs = alloc_workqueue_attrs();
    if (!attrs)
        return -ENOMEM;
    int error;
    {
        const hold l(wq_pool_mutex);
        copy_workqueue_attrs(attrs, wq->unbound_attrs);
        error = change(attrs) ?: wq_backend->apply_attrs(wq, attrs);
    }
    free_workqueue_attrs(attrs);
    return error ?: static_cast<ssize_t>(count);
}

ssize_t nice_show(device *dev, device_attribute *, char *buf) {
    const hold l(wq_pool_mutex);
    return sysfs_emit(buf, "%d\n", wq_of(dev)->unbound_attrs->nice);
}

ssize_t nice_store(device *dev, device_attribute *, const char *buf, size_t count) {
    return change_attrs(wq_of(dev), count, [buf](workqueue_attrs *attrs) {
        return kstrtoint(buf, 0, &attrs->nice) || attrs->nice < MIN_NICE || attrs->nice > MAX_NICE ? -EINVAL : 0;
    });
}

ssize_t cpumask_show(device *dev, device_attribute *, char *buf) {
    const hold l(wq_pool_mutex);
    return sysfs_emit(buf, "%*pb\n", cpumask_pr_args(wq_of(dev)->unbound_attrs->cpumask));
}

ssize_t cpumask_store(device *dev, device_attribute *, const char *buf, size_t count) {
    return change_attrs(wq_of(dev), count,
                        [buf](workqueue_attrs *attrs) { return cpumask_parse(buf, attrs->cpumask); });
}

// There is one memory node, so that it makes no difference.
ssize_t numa_show(device *dev, device_attribute *, char *buf) {
    const hold l(wq_pool_mutex);
    return sysfs_emit(buf, "%d\n", !wq_of(dev)->unbound_attrs->no_numa);
}

ssize_t numa_store(device *dev, device_attribute *, const char *buf, size_t count) {
    return change_attrs(wq_of(dev), count, [buf](workqueue_attrs *attrs) {
        int wanted = 0;
        const int error = kstrtoint(buf, 0, &wanted);
        attrs->no_numa = !wanted;
        return error ? -EINVAL : 0;
    });
}

device_attribute per_cpu_attr = {{"per_cpu", 0444}, per_cpu_show, nullptr};
device_attribute max_active_attr = {{"max_active", 0644}, max_active_show, max_active_store};
device_attribute pool_ids_attr = {{"pool_ids", 0444}, pool_ids_show, nullptr};
device_attribute nice_attr = {{"nice", 0644}, nice_show, nice_store};
device_attribute numa_attr = {{"numa", 0644}, numa_show, numa_store};
device_attribute cpumask_attr = {{"cpumask", 0644}, cpumask_show, cpumask_store};

const device_attribute *const common[] = {&per_cpu_attr, &max_active_attr};
const device_attribute *const of_unbound[] = {&pool_ids_attr, &nice_attr, &cpumask_attr, &numa_attr};

template <size_t N>
int create_files(device *dev, const device_attribute *const (&attributes)[N]) {
    for (const device_attribute *attribute : attributes) {
        if (const int error = device_create_file(dev, attribute))
            return error;
    }
    return 0;
}

ssize_t unbound_cpumask_show(kobject *, kobj_attribute *, char *buf) {
    const hold l(wq_pool_mutex);
    return sysfs_emit(buf, "%*pb\n", cpumask_pr_args(wq_unbound_cpumask));
}

ssize_t unbound_cpumask_store(kobject *, kobj_attribute *, const char *buf, size_t count) {
    cpumask_var_t asked;
    const int error = cpumask_parse(buf, asked) ?: workqueue_set_unbound_cpumask(asked);
    return error ?: static_cast<ssize_t>(count);
}

kobj_attribute unbound_cpumask_attr = {{"cpumask", 0644}, unbound_cpumask_show, unbound_cpumask_store};

int workqueue_sysfs_init() {
    wq_class = class_create(nullptr, "workqueue");
    if (IS_ERR(wq_class))
        return PTR_ERR_OR_ZERO(wq_class);
    return sysfs_create_file(virtual_device_parent(wq_class), &unbound_cpumask_attr.attr);
}

} // namespace

core_initcall(workqueue_sysfs_init);

int workqueue_sysfs_register(workqueue_struct *wq) {
    // max_active or other attributes would break the order.
    if (WARN_ON(wq->flags & __WQ_ORDERED_EXPLICIT) || IS_ERR_OR_NULL(wq_class))
        return -EINVAL;
    device *dev = device_create(wq_class, nullptr, 0, wq, "%s", wq->name);
    if (IS_ERR(dev))
        return static_cast<int>(PTR_ERR(dev));
    wq->dev = dev;
    const int error = create_files(dev, common);
    return error || !wq->unbound_attrs ? error : create_files(dev, of_unbound);
}

void workqueue_sysfs_unregister(workqueue_struct *wq) {
    if (wq->dev)
        device_unregister(wq->dev);
    wq->dev = nullptr;
}
