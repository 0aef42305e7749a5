// SPDX-License-Identifier: Apache-2.0
// /dev/watchdogN, /sys/class/watchdog, and the pings that the core does for what the hardware cannot wait for (Linux:
// drivers/watchdog/watchdog_dev.c).
#include "drivers/watchdog/watchdog_core.h"

#include <linux/cdev.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

// Lives until the device is unregistered and nobody has it open. `lock` guards wdd, which is NULL once it is gone.
struct watchdog_core_data {
    device dev;
    cdev chr;
    watchdog_device *wdd;
    mutex lock;
    ktime_t last_keepalive;    // by the program
    ktime_t last_hw_keepalive; // to the hardware
    hrtimer timer;
    kthread_work work;
    unsigned long status;
};

namespace {

// Bits of watchdog_core_data.status.
enum { core_dev_open, core_allow_release, core_keepalive };

dev_t watchdog_devt;
class_ *watchdog_class;
kthread_worker *watchdog_kworker;
watchdog_core_data *old_wd_data; // behind /dev/watchdog

// Whether somebody must ping who is not the program: the hardware waits less than the timeout, or nobody has it open.
bool needs_worker(watchdog_device *wdd) {
    const unsigned hardware = wdd->max_hw_heartbeat_ms, timeout = wdd->timeout * 1000;

    return (hardware && watchdog_active(wdd) && timeout > hardware) ||
           (timeout && !watchdog_active(wdd) && watchdog_hw_running(wdd));
}

// Half of what the hardware waits, but so that the last ping leaves the hardware to expire when the timeout is over.
ktime_t next_keepalive(watchdog_device *wdd) {
    const unsigned timeout = wdd->timeout * 1000;
    const unsigned hardware = wdd->max_hw_heartbeat_ms ? min(timeout, wdd->max_hw_heartbeat_ms) : timeout;
    const ktime_t interval = ms_to_ktime(hardware / 2);

    if (!watchdog_active(wdd))
        return interval;
    const ktime_t expires = ktime_add(wdd->wd_data->last_keepalive, ms_to_ktime(timeout));
    const ktime_t latest = ktime_sub(ktime_sub(expires, ms_to_ktime(hardware)), ktime_get());
    return latest < interval ? latest : interval;
}

void update_worker(watchdog_device *wdd) {
    watchdog_core_data *data = wdd->wd_data;

    if (!needs_worker(wdd)) {
        hrtimer_cancel(&data->timer);
        return;
    }
    const ktime_t t = next_keepalive(wdd);
    if (t > 0)
        hrtimer_start(&data->timer, t, HRTIMER_MODE_REL_HARD);
}

int ping_hardware(watchdog_device *wdd) {
    watchdog_core_data *data = wdd->wd_data;
    const ktime_t now = ktime_get();
    const ktime_t earliest = ktime_add(data->last_hw_keepalive, ms_to_ktime(wdd->min_hw_heartbeat_ms));

    if (ktime_after(earliest, now)) {
        hrtimer_start(&data->timer, ktime_sub(earliest, now), HRTIMER_MODE_REL_HARD);
        return 0;
    }
    data->last_hw_keepalive = now;
    const int error = wdd->ops->ping ? wdd->ops->ping(wdd) : wdd->ops->start(wdd);
    update_worker(wdd);
    return error;
}

int ping(watchdog_device *wdd) {
    watchdog_core_data *data = wdd->wd_data;

    if (!watchdog_active(wdd) && !watchdog_hw_running(wdd))
        return 0;
    set_bit(core_keepalive, &data->status);
    data->last_keepalive = ktime_get();
    return ping_hardware(wdd);
}

int start(watchdog_device *wdd) {
    watchdog_core_data *data = wdd->wd_data;

    if (watchdog_active(wdd))
        return 0;
    set_bit(core_keepalive, &data->status);
    const ktime_t started = ktime_get();
    int error;
    if (watchdog_hw_running(wdd) && wdd->ops->ping) {
        error = ping_hardware(wdd);
        if (!error) {
            set_bit(WDOG_ACTIVE, &wdd->status);
            data->last_keepalive = started;
            update_worker(wdd);
        }
    } else {
        error = wdd->ops->start(wdd);
        if (!error) {
            set_bit(WDOG_ACTIVE, &wdd->status);
            data->last_keepalive = data->last_hw_keepalive = started;
            update_worker(wdd);
        }
    }
    return error;
}

int stop(watchdog_device *wdd) {
    if (!watchdog_active(wdd))
        return 0;
    if (test_bit(WDOG_NO_WAY_OUT, &wdd->status)) {
        pr_info("watchdog: watchdog%d: nowayout prevents watchdog being stopped!\n", wdd->id);
        return -EBUSY;
    }
    int error = 0;
    if (wdd->ops->stop) {
        clear_bit(WDOG_HW_RUNNING, &wdd->status);
        error = wdd->ops->stop(wdd);
    } else {
        set_bit(WDOG_HW_RUNNING, &wdd->status);
    }
    if (!error) {
        clear_bit(WDOG_ACTIVE, &wdd->status);
        update_worker(wdd);
    }
    return error;
}

int set_timeout(watchdog_device *wdd, unsigned timeout) {
    int error = 0;

    if (!(wdd->info->options & WDIOF_SETTIMEOUT))
        return -EOPNOTSUPP;
    if (watchdog_timeout_invalid(wdd, timeout))
        return -EINVAL;
    if (wdd->ops->set_timeout) {
        error = wdd->ops->set_timeout(wdd, timeout);
    } else {
        wdd->timeout = timeout;
        if (wdd->pretimeout >= wdd->timeout)
            wdd->pretimeout = 0;
    }
    update_worker(wdd);
    return error;
}

int set_pretimeout(watchdog_device *wdd, unsigned timeout) {
    const bool could = wdd->info->options & WDIOF_PRETIMEOUT;

    if (!could)
        return -EOPNOTSUPP;
    if (watchdog_pretimeout_invalid(wdd, timeout))
        return -EINVAL;
    if (wdd->ops->set_pretimeout && wdd->info->options & WDIOF_PRETIMEOUT)
        return wdd->ops->set_pretimeout(wdd, timeout);
    wdd->pretimeout = timeout;
    return 0;
}

unsigned status_of(watchdog_device *wdd) {
    unsigned status = wdd->ops->status
                          ? wdd->ops->status(wdd)
                          : wdd->bootstatus & (WDIOF_CARDRESET | WDIOF_OVERHEAT | WDIOF_FANFAULT | WDIOF_EXTERN1 |
                                               WDIOF_EXTERN2 | WDIOF_POWERUNDER | WDIOF_POWEROVER);

    if (test_bit(core_allow_release, &wdd->wd_data->status))
        status |= WDIOF_MAGICCLOSE;
    if (test_and_clear_bit(core_keepalive, &wdd->wd_data->status))
        status |= WDIOF_KEEPALIVEPING;
    return status;
}

void worker_ping(kthread_work *work) {
    watchdog_core_data *data = container_of(work, watchdog_core_data, work);

    mutex_lock(&data->lock);
    watchdog_device *wdd = data->wdd;
    if (wdd && (watchdog_active(wdd) || watchdog_hw_running(wdd)))
        ping_hardware(wdd);
    mutex_unlock(&data->lock);
}

enum hrtimer_restart timer_expired(hrtimer *timer) {
    watchdog_core_data *data = container_of(timer, watchdog_core_data, timer);

    kthread_queue_work(watchdog_kworker, &data->work);
    return HRTIMER_NORESTART;
}

// The character device

ssize_t watchdog_write(file *file, const char __user *user, size_t len, loff_t *) {
    auto *data = static_cast<watchdog_core_data *>(file->private_data);

    if (!len)
        return 0;
    // A 'V' among what is written lets the next close stop it.
    clear_bit(core_allow_release, &data->status);
    for (size_t i = 0; i < len; i++) {
        char c;
        if (get_user(c, user + i))
            return -EFAULT;
        if (c == 'V')
            set_bit(core_allow_release, &data->status);
    }
    mutex_lock(&data->lock);
    const int error = data->wdd ? ping(data->wdd) : -ENODEV;
    mutex_unlock(&data->lock);
    return error < 0 ? error : static_cast<ssize_t>(len);
}

long do_ioctl(watchdog_device *wdd, unsigned cmd, unsigned long arg) {
    auto *p = reinterpret_cast<int __user *>(arg);
    unsigned value;
    int error;

    switch (cmd) {
    case WDIOC_GETSUPPORT:
        return copy_to_user(reinterpret_cast<void __user *>(arg), wdd->info, sizeof(watchdog_info)) ? -EFAULT : 0;
    case WDIOC_GETSTATUS:
        return put_user(static_cast<int>(status_of(wdd)), p);
    case WDIOC_GETBOOTSTATUS:
        return put_user(static_cast<int>(wdd->bootstatus), p);
    case WDIOC_SETOPTIONS:
        if (get_user(value, p))
            return -EFAULT;
        error = value & WDIOS_DISABLECARD ? stop(wdd) : 0;
        return !error && value & WDIOS_ENABLECARD ? start(wdd) : error;
    case WDIOC_KEEPALIVE:
        return wdd->info->options & WDIOF_KEEPALIVEPING ? ping(wdd) : -EOPNOTSUPP;
    case WDIOC_SETTIMEOUT:
        if (get_user(value, p))
            return -EFAULT;
        error = set_timeout(wdd, value);
        if (!error)
            error = ping(wdd); // a new timeout begins at once
        if (error)
            return error;
        fallthrough;
    case WDIOC_GETTIMEOUT:
        return wdd->timeout ? put_user(static_cast<int>(wdd->timeout), p) : -EOPNOTSUPP;
    case WDIOC_GETTIMELEFT:
        return wdd->ops->get_timeleft ? put_user(static_cast<int>(wdd->ops->get_timeleft(wdd)), p) : -EOPNOTSUPP;
    case WDIOC_SETPRETIMEOUT:
        if (get_user(value, p))
            return -EFAULT;
        return set_pretimeout(wdd, value);
    case WDIOC_GETPRETIMEOUT:
        return put_user(static_cast<int>(wdd->pretimeout), p);
    default:
        return -ENOTTY;
    }
}

long watchdog_ioctl(file *file, unsigned cmd, unsigned long arg) {
    auto *data = static_cast<watchdog_core_data *>(file->private_data);

    mutex_lock(&data->lock);
    watchdog_device *wdd = data->wdd;
    long result = wdd ? -ENOIOCTLCMD : -ENODEV;
    if (wdd && wdd->ops->ioctl)
        result = wdd->ops->ioctl(wdd, cmd, arg);
    if (result == -ENOIOCTLCMD)
        result = do_ioctl(wdd, cmd, arg);
    mutex_unlock(&data->lock);
    return result;
}

int watchdog_open(inode *inode, file *file) {
    watchdog_core_data *data =
        imajor(inode) == MISC_MAJOR ? old_wd_data : container_of(inode->i_cdev, watchdog_core_data, chr);

    if (test_and_set_bit(core_dev_open, &data->status))
        return -EBUSY;
    watchdog_device *wdd = data->wdd;
    // A watchdog that cannot be stopped keeps its module once, not at each open.
    const bool running = watchdog_hw_running(wdd);
    int error = running || try_module_get(wdd->ops->owner) ? 0 : -EBUSY;
    if (!error) {
        mutex_lock(&data->lock);
        error = start(wdd);
        mutex_unlock(&data->lock);
        if (error < 0 && !running)
            module_put(wdd->ops->owner);
    }
    if (error < 0) {
        clear_bit(core_dev_open, &data->status);
        return error;
    }
    file->private_data = data;
    if (!running)
        get_device(&data->dev);
    return stream_open(inode, file);
}

int watchdog_release(inode *, file *file) {
    auto *data = static_cast<watchdog_core_data *>(file->private_data);

    mutex_lock(&data->lock);
    watchdog_device *wdd = data->wdd;
    bool running = false;
    if (wdd) {
        int error = -EBUSY;
        if (!watchdog_active(wdd))
            error = 0;
        else if (test_and_clear_bit(core_allow_release, &data->status) || !(wdd->info->options & WDIOF_MAGICCLOSE))
            error = stop(wdd);
        if (error < 0) {
            pr_crit("watchdog: watchdog%d: watchdog did not stop!\n", wdd->id);
            ping(wdd);
        }
        update_worker(wdd);
        running = watchdog_hw_running(wdd);
    }
    clear_bit(core_dev_open, &data->status);
    mutex_unlock(&data->lock);
    if (wdd && !running)
        module_put(wdd->ops->owner);
    if (!running)
        put_device(&data->dev);
    return 0;
}

const file_operations watchdog_fops = {
    .owner = THIS_MODULE,
    .write = watchdog_write,
    .unlocked_ioctl = watchdog_ioctl,
    .open = watchdog_open,
    .release = watchdog_release,
};

miscdevice watchdog_miscdev = {.minor = WATCHDOG_MINOR, .name = "watchdog", .fops = &watchdog_fops};

// /sys/class/watchdog/watchdogN

watchdog_device *wdd_of(device *dev) {
    return static_cast<watchdog_device *>(dev_get_drvdata(dev));
}

ssize_t nowayout_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", !!test_bit(WDOG_NO_WAY_OUT, &wdd_of(dev)->status));
}
ssize_t nowayout_store(device *dev, device_attribute *, const char *buf, size_t len) {
    unsigned value;
    const int error = kstrtouint(buf, 0, &value);

    if (error)
        return error;
    if (value > 1)
        return -EINVAL;
    if (!value && test_bit(WDOG_NO_WAY_OUT, &wdd_of(dev)->status))
        return -EPERM;
    watchdog_set_nowayout(wdd_of(dev), value);
    return static_cast<ssize_t>(len);
}
ssize_t status_show(device *dev, device_attribute *, char *buf) {
    watchdog_device *wdd = wdd_of(dev);

    mutex_lock(&wdd->wd_data->lock);
    const unsigned status = status_of(wdd);
    mutex_unlock(&wdd->wd_data->lock);
    return sysfs_emit(buf, "0x%x\n", status);
}
ssize_t bootstatus_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", wdd_of(dev)->bootstatus);
}
ssize_t timeleft_show(device *dev, device_attribute *, char *buf) {
    watchdog_device *wdd = wdd_of(dev);

    return wdd->ops->get_timeleft ? sysfs_emit(buf, "%u\n", wdd->ops->get_timeleft(wdd)) : -EOPNOTSUPP;
}
ssize_t timeout_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", wdd_of(dev)->timeout);
}
ssize_t min_timeout_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", wdd_of(dev)->min_timeout);
}
ssize_t max_timeout_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", wdd_of(dev)->max_timeout);
}
ssize_t pretimeout_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", wdd_of(dev)->pretimeout);
}
ssize_t identity_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", reinterpret_cast<const char *>(wdd_of(dev)->info->identity));
}
ssize_t state_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", watchdog_active(wdd_of(dev)) ? "active" : "inactive");
}
DEVICE_ATTR_RW(nowayout);
DEVICE_ATTR_RO(status);
DEVICE_ATTR_RO(bootstatus);
DEVICE_ATTR_RO(timeleft);
DEVICE_ATTR_RO(timeout);
DEVICE_ATTR_RO(min_timeout);
DEVICE_ATTR_RO(max_timeout);
DEVICE_ATTR_RO(pretimeout);
DEVICE_ATTR_RO(identity);
DEVICE_ATTR_RO(state);
attribute *watchdog_attributes[] = {&dev_attr_state.attr,
                                    &dev_attr_identity.attr,
                                    &dev_attr_timeout.attr,
                                    &dev_attr_min_timeout.attr,
                                    &dev_attr_max_timeout.attr,
                                    &dev_attr_pretimeout.attr,
                                    &dev_attr_timeleft.attr,
                                    &dev_attr_bootstatus.attr,
                                    &dev_attr_status.attr,
                                    &dev_attr_nowayout.attr,
                                    nullptr};

umode_t is_visible(kobject *kobj, attribute *attr, int) {
    watchdog_device *wdd = wdd_of(kobj_to_dev(kobj));

    if (attr == &dev_attr_timeleft.attr && !wdd->ops->get_timeleft)
        return 0;
    if (attr == &dev_attr_pretimeout.attr && !(wdd->info->options & WDIOF_PRETIMEOUT))
        return 0;
    return attr->mode;
}
const attribute_group watchdog_group = {.is_visible = is_visible, .attrs = watchdog_attributes};
const attribute_group *watchdog_groups[] = {&watchdog_group, nullptr};

void core_data_release(device *dev) {
    kfree(container_of(dev, watchdog_core_data, dev));
}

} // namespace

// The thread that pings is there from the first watchdog on.
static int start_worker() {
    if (watchdog_kworker)
        return 0;
    kthread_worker *worker = kthread_create_worker(0, "watchdogd");
    if (IS_ERR(worker))
        return static_cast<int>(PTR_ERR(worker));
    sched_set_fifo(worker->task);
    watchdog_kworker = worker;
    return 0;
}

int watchdog_dev_register(struct watchdog_device *wdd) {
    int error = start_worker();
    if (error)
        return error;
    auto *data = static_cast<watchdog_core_data *>(kzalloc(sizeof(watchdog_core_data), GFP_KERNEL));
    if (!data)
        return -ENOMEM;
    mutex_init(&data->lock);
    data->wdd = wdd;
    wdd->wd_data = data;
    kthread_init_work(&data->work, worker_ping);
    hrtimer_init(&data->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
    data->timer.function = timer_expired;
    device_initialize(&data->dev);
    data->dev.devt = MKDEV(MAJOR(watchdog_devt), wdd->id);
    data->dev.class_ = watchdog_class;
    data->dev.parent = wdd->parent;
    data->dev.groups = wdd->groups;
    data->dev.release = core_data_release;
    dev_set_drvdata(&data->dev, wdd);
    dev_set_name(&data->dev, "watchdog%d", wdd->id);
    if (wdd->id == 0) {
        old_wd_data = data;
        watchdog_miscdev.parent = wdd->parent;
        error = misc_register(&watchdog_miscdev);
        if (error) {
            pr_err("watchdog: %s: cannot register miscdev on minor=%d (err=%d).\n",
                   reinterpret_cast<const char *>(wdd->info->identity), WATCHDOG_MINOR, error);
            old_wd_data = nullptr;
            put_device(&data->dev);
            return error;
        }
    }
    cdev_init(&data->chr, &watchdog_fops);
    data->chr.owner = wdd->ops->owner;
    error = cdev_device_add(&data->chr, &data->dev);
    if (error) {
        if (wdd->id == 0) {
            misc_deregister(&watchdog_miscdev);
            old_wd_data = nullptr;
        }
        put_device(&data->dev);
        return error;
    }
    // The hardware counts since before now.
    data->last_hw_keepalive = ktime_sub(ktime_get(), ms_to_ktime(wdd->min_hw_heartbeat_ms));
    if (watchdog_hw_running(wdd)) {
        __module_get(wdd->ops->owner);
        get_device(&data->dev);
        hrtimer_start(&data->timer, 0, HRTIMER_MODE_REL_HARD);
    }
    return 0;
}

void watchdog_dev_unregister(struct watchdog_device *wdd) {
    watchdog_core_data *data = wdd->wd_data;

    if (wdd->id == 0) {
        misc_deregister(&watchdog_miscdev);
        old_wd_data = nullptr;
    }
    cdev_device_del(&data->chr, &data->dev);
    if (watchdog_active(wdd) && test_bit(WDOG_STOP_ON_UNREGISTER, &wdd->status))
        stop(wdd);
    mutex_lock(&data->lock);
    data->wdd = nullptr;
    wdd->wd_data = nullptr;
    mutex_unlock(&data->lock);
    hrtimer_cancel(&data->timer);
    kthread_cancel_work_sync(&data->work);
    put_device(&data->dev);
}

int watchdog_set_last_hw_keepalive(struct watchdog_device *wdd, unsigned int last_ping_ms) {
    wdd->wd_data->last_hw_keepalive = ktime_sub(ktime_get(), ms_to_ktime(last_ping_ms));
    if (watchdog_hw_running(wdd) && watchdog_active(wdd))
        return ping_hardware(wdd);
    return 0;
}
EXPORT_SYMBOL_GPL(watchdog_set_last_hw_keepalive);

int __init watchdog_dev_init(void) {
    watchdog_class = class_create(nullptr, "watchdog");
    if (IS_ERR(watchdog_class))
        return static_cast<int>(PTR_ERR(watchdog_class));
    watchdog_class->dev_groups = watchdog_groups;
    return alloc_chrdev_region(&watchdog_devt, 0, 32, "watchdog");
}
