// SPDX-License-Identifier: Apache-2.0
// Pulse-per-second sources (Linux: drivers/pps/kapi.c, sysfs.c): /sys/class/pps/ppsN/{assert,clear,name,mode}.
#include <linux/pps_kernel.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

namespace {

DEFINE_IDA(pps_ida);
class_ *pps_class;

pps_device *pps_of(device *dev) {
    return static_cast<pps_device *>(dev_get_drvdata(dev));
}

ssize_t show_time(char *buf, const timespec64 &time, u32 sequence) {
    return sysfs_emit(buf, "%lld.%09ld#%u\n", static_cast<long long>(time.tv_sec), time.tv_nsec, sequence);
}

ssize_t assert_show(device *dev, device_attribute *, char *buf) {
    pps_device *pps = pps_of(dev);
    return pps->info.mode & PPS_CAPTUREASSERT ? show_time(buf, pps->assert_tu, pps->assert_sequence) : 0;
}
ssize_t clear_show(device *dev, device_attribute *, char *buf) {
    pps_device *pps = pps_of(dev);
    return pps->info.mode & PPS_CAPTURECLEAR ? show_time(buf, pps->clear_tu, pps->clear_sequence) : 0;
}
ssize_t mode_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%4x\n", static_cast<unsigned>(pps_of(dev)->info.mode));
}
ssize_t name_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", pps_of(dev)->info.name);
}
device_attribute attr_assert = __ATTR(assert, 0444, assert_show, nullptr);
DEVICE_ATTR_RO(clear);
DEVICE_ATTR_RO(mode);
DEVICE_ATTR_RO(name);
attribute *pps_attributes[] = {&attr_assert.attr, &dev_attr_clear.attr, &dev_attr_mode.attr, &dev_attr_name.attr,
                               nullptr};
const attribute_group pps_group = {.attrs = pps_attributes};
const attribute_group *pps_groups[] = {&pps_group, nullptr};

int __init pps_init(void) {
    pps_class = class_create(nullptr, "pps");
    return PTR_ERR_OR_ZERO(pps_class);
}
subsys_initcall(pps_init);

} // namespace

struct pps_device *pps_register_source(struct pps_source_info *info, int default_params) {
    if ((info->mode & default_params) != default_params) {
        pr_err("pps_core: %s: unsupported default parameters\n", info->name);
        return static_cast<pps_device *>(ERR_PTR(-EINVAL));
    }
    if (!(info->mode & (PPS_TSFMT_TSPEC | PPS_TSFMT_NTPFP))) {
        pr_err("pps_core: %s: unspecified time format\n", info->name);
        return static_cast<pps_device *>(ERR_PTR(-EINVAL));
    }
    auto *pps = static_cast<pps_device *>(kzalloc(sizeof(pps_device), GFP_KERNEL));
    if (!pps)
        return static_cast<pps_device *>(ERR_PTR(-ENOMEM));
    pps->params.api_version = PPS_API_VERS;
    pps->params.mode = default_params;
    pps->info = *info;
    spin_lock_init(&pps->lock);
    const int id = ida_alloc_max(&pps_ida, PPS_MAX_SOURCES - 1, GFP_KERNEL);
    pps->id = static_cast<unsigned>(id);
    pps->dev = id < 0 ? static_cast<device *>(ERR_PTR(id))
                      : device_create_with_groups(pps_class, info->dev, 0, pps, pps_groups, "pps%d", id);
    if (IS_ERR(pps->dev)) {
        const long error = PTR_ERR(pps->dev);
        if (id >= 0)
            ida_free(&pps_ida, pps->id);
        kfree(pps);
        return static_cast<pps_device *>(ERR_PTR(error));
    }
    dev_info(pps->dev, "new PPS source %s\n", info->name);
    return pps;
}
EXPORT_SYMBOL(pps_register_source);

void pps_unregister_source(struct pps_device *pps) {
    device_unregister(pps->dev);
    ida_free(&pps_ida, pps->id);
    kfree(pps);
}
EXPORT_SYMBOL(pps_unregister_source);

void pps_event(struct pps_device *pps, struct pps_event_time *ts, int event, void *data) {
    unsigned long flags;

    BUG_ON(!(event & (PPS_CAPTUREASSERT | PPS_CAPTURECLEAR)));
    spin_lock_irqsave(&pps->lock, flags);
    if ((pps->params.mode & (PPS_ECHOASSERT | PPS_ECHOCLEAR)) && pps->info.echo)
        pps->info.echo(pps, event, data);
    pps->current_mode = pps->params.mode;
    if (event & pps->params.mode & PPS_CAPTUREASSERT) {
        pps->assert_tu = ts->ts_real;
        pps->assert_sequence++;
    }
    if (event & pps->params.mode & PPS_CAPTURECLEAR) {
        pps->clear_tu = ts->ts_real;
        pps->clear_sequence++;
    }
    spin_unlock_irqrestore(&pps->lock, flags);
}
EXPORT_SYMBOL(pps_event);
