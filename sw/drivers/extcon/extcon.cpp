// SPDX-License-Identifier: Apache-2.0
// /sys/class/extcon/extconN: what is plugged in (Linux: drivers/extcon/extcon.c, devres.c). `state` lists every cable,
// cable.M/{name,state} one each.
#include <linux/extcon-provider.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

namespace {

constexpr unsigned most_cables = 32;

struct extcon_cable {
    extcon_dev *edev;
    unsigned index;
    char group_name[16];
    device_attribute name, state;
    attribute *attrs[3];
    attribute_group group;
    raw_notifier_head notifiers;
};

const char *cable_name(unsigned id) {
    static const struct {
        unsigned id;
        const char *name;
    } names[] = {
        {EXTCON_USB, "USB"},
        {EXTCON_USB_HOST, "USB-HOST"},
        {EXTCON_CHG_USB_SDP, "SDP"},
        {EXTCON_CHG_USB_DCP, "DCP"},
        {EXTCON_CHG_USB_CDP, "CDP"},
        {EXTCON_CHG_USB_ACA, "ACA"},
        {EXTCON_CHG_USB_FAST, "FAST-CHARGER"},
        {EXTCON_CHG_USB_SLOW, "SLOW-CHARGER"},
        {EXTCON_CHG_WPT, "WPT"},
        {EXTCON_CHG_USB_PD, "PD"},
        {EXTCON_JACK_MICROPHONE, "MICROPHONE"},
        {EXTCON_JACK_HEADPHONE, "HEADPHONE"},
        {EXTCON_JACK_LINE_IN, "LINE-IN"},
        {EXTCON_JACK_LINE_OUT, "LINE-OUT"},
        {EXTCON_JACK_VIDEO_IN, "VIDEO-IN"},
        {EXTCON_JACK_VIDEO_OUT, "VIDEO-OUT"},
        {EXTCON_JACK_SPDIF_IN, "SPDIF-IN"},
        {EXTCON_JACK_SPDIF_OUT, "SPDIF-OUT"},
        {EXTCON_DISP_HDMI, "HDMI"},
        {EXTCON_DISP_MHL, "MHL"},
        {EXTCON_DISP_DVI, "DVI"},
        {EXTCON_DISP_VGA, "VGA"},
        {EXTCON_DISP_DP, "DP"},
        {EXTCON_DISP_HMD, "HMD"},
        {EXTCON_DISP_CVBS, "CVBS"},
        {EXTCON_DISP_EDP, "EDP"},
        {EXTCON_DOCK, "DOCK"},
        {EXTCON_JIG, "JIG"},
        {EXTCON_MECHANICAL, "MECHANICAL"},
    };
    for (const auto &entry : names) {
        if (entry.id == id)
            return entry.name;
    }
    return nullptr;
}

class_ *extcon_class;
DEFINE_IDA(extcon_ida);
LIST_HEAD(extcon_dev_list);
DEFINE_MUTEX(extcon_dev_list_lock);

} // namespace

struct extcon_dev {
    const unsigned *supported_cable;
    unsigned max_supported;
    device dev;
    list_head entry;
    spinlock_t lock; // guards state, reported and the notifier lists
    u32 state;       // a bit for each cable
    u32 reported;    // what those who wait were told last
    raw_notifier_head notifiers_of_all;
    extcon_cable cables[most_cables];
    const attribute_group *groups[most_cables + 1];
};

namespace {

extcon_dev *extcon_of(device *dev) {
    return static_cast<extcon_dev *>(dev_get_drvdata(dev));
}

int index_of(const extcon_dev *edev, unsigned id) {
    for (unsigned i = 0; i < edev->max_supported; i++) {
        if (edev->supported_cable[i] == id)
            return static_cast<int>(i);
    }
    return -EINVAL;
}

ssize_t state_show(device *dev, device_attribute *, char *buf) {
    extcon_dev *edev = extcon_of(dev);
    int at = 0;

    for (unsigned i = 0; i < edev->max_supported; i++)
        at += sysfs_emit_at(buf, at, "%s=%d\n", cable_name(edev->supported_cable[i]), !!(edev->state & BIT(i)));
    return at;
}
DEVICE_ATTR_RO(state);

ssize_t name_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", extcon_get_edev_name(extcon_of(dev)));
}
DEVICE_ATTR_RO(name);

attribute *extcon_attributes[] = {&dev_attr_state.attr, &dev_attr_name.attr, nullptr};
const attribute_group extcon_group = {.attrs = extcon_attributes};
const attribute_group *extcon_groups[] = {&extcon_group, nullptr};

ssize_t cable_name_show(device *, device_attribute *attr, char *buf) {
    const extcon_cable *cable = container_of(attr, extcon_cable, name);
    return sysfs_emit(buf, "%s\n", cable_name(cable->edev->supported_cable[cable->index]));
}

ssize_t cable_state_show(device *, device_attribute *attr, char *buf) {
    const extcon_cable *cable = container_of(attr, extcon_cable, state);
    return sysfs_emit(buf, "%d\n", extcon_get_state(cable->edev, cable->edev->supported_cable[cable->index]));
}

void set_up_cable(extcon_dev *edev, unsigned index) {
    extcon_cable &cable = edev->cables[index];

    cable.edev = edev;
    cable.index = index;
    snprintf(cable.group_name, sizeof(cable.group_name), "cable.%u", index);
    cable.name.attr.name = "name";
    cable.name.attr.mode = 0444;
    cable.name.show = cable_name_show;
    cable.state.attr.name = "state";
    cable.state.attr.mode = 0444;
    cable.state.show = cable_state_show;
    cable.attrs[0] = &cable.name.attr;
    cable.attrs[1] = &cable.state.attr;
    cable.group.name = cable.group_name;
    cable.group.attrs = cable.attrs;
    RAW_INIT_NOTIFIER_HEAD(&cable.notifiers);
    edev->groups[index] = &cable.group;
}

// What is waited for is added and taken away under the lock that its callers hold too.
template <typename Action>
int with_notifiers(extcon_dev *edev, raw_notifier_head *head, Action action) {
    unsigned long flags;

    spin_lock_irqsave(&edev->lock, flags);
    const int result = action(head);
    spin_unlock_irqrestore(&edev->lock, flags);
    return result;
}

struct notifier_resource {
    extcon_dev *edev;
    unsigned id;
    notifier_block *nb;
};

void unregister_notifier_resource(device *, void *res) {
    auto *r = static_cast<notifier_resource *>(res);
    extcon_unregister_notifier(r->edev, r->id, r->nb);
}

void free_resource(device *, void *res) {
    extcon_dev_free(*static_cast<extcon_dev **>(res));
}

void unregister_resource(device *, void *res) {
    extcon_dev_unregister(*static_cast<extcon_dev **>(res));
}

int same_edev(device *, void *res, void *data) {
    return *static_cast<extcon_dev **>(res) == data;
}

void dev_release(device *) {}

template <typename Match>
extcon_dev *find(Match match) {
    extcon_dev *edev, *found = nullptr;

    mutex_lock(&extcon_dev_list_lock);
    list_for_each_entry (edev, &extcon_dev_list, entry) {
        if (match(edev)) {
            found = edev;
            break;
        }
    }
    mutex_unlock(&extcon_dev_list_lock);
    return found ? found : static_cast<extcon_dev *>(ERR_PTR(-EPROBE_DEFER));
}

int __init extcon_class_init(void) {
    extcon_class = class_create(nullptr, "extcon");
    if (IS_ERR(extcon_class))
        return static_cast<int>(PTR_ERR(extcon_class));
    extcon_class->dev_groups = extcon_groups;
    return 0;
}
subsys_initcall(extcon_class_init);

} // namespace

int extcon_get_state(struct extcon_dev *edev, unsigned int id) {
    unsigned long flags;

    if (!edev)
        return -EINVAL;
    const int index = index_of(edev, id);
    if (index < 0)
        return index;
    spin_lock_irqsave(&edev->lock, flags);
    const bool state = edev->state & BIT(index);
    spin_unlock_irqrestore(&edev->lock, flags);
    return state;
}
EXPORT_SYMBOL_GPL(extcon_get_state);

int extcon_sync(struct extcon_dev *edev, unsigned int id) {
    unsigned long flags;

    if (!edev)
        return -EINVAL;
    const int index = index_of(edev, id);
    if (index < 0)
        return index;
    spin_lock_irqsave(&edev->lock, flags);
    const bool state = edev->state & BIT(index);
    edev->reported = (edev->reported & ~static_cast<u32>(BIT(index))) | (state ? static_cast<u32>(BIT(index)) : 0);
    raw_notifier_call_chain(&edev->cables[index].notifiers, state, edev);
    raw_notifier_call_chain(&edev->notifiers_of_all, state, edev);
    spin_unlock_irqrestore(&edev->lock, flags);
    kobject_uevent(&edev->dev.kobj, KOBJ_CHANGE);
    return 0;
}
EXPORT_SYMBOL_GPL(extcon_sync);

int extcon_set_state(struct extcon_dev *edev, unsigned int id, bool state) {
    unsigned long flags;

    if (!edev)
        return -EINVAL;
    const int index = index_of(edev, id);
    if (index < 0)
        return index;
    spin_lock_irqsave(&edev->lock, flags);
    edev->state = state ? edev->state | static_cast<u32>(BIT(index)) : edev->state & ~static_cast<u32>(BIT(index));
    spin_unlock_irqrestore(&edev->lock, flags);
    return 0;
}
EXPORT_SYMBOL_GPL(extcon_set_state);

int extcon_set_state_sync(struct extcon_dev *edev, unsigned int id, bool state) {
    const int index = edev ? index_of(edev, id) : -EINVAL;

    if (index < 0)
        return index;
    if (!!(edev->state & BIT(index)) == state)
        return 0;
    extcon_set_state(edev, id, state);
    return extcon_sync(edev, id);
}
EXPORT_SYMBOL_GPL(extcon_set_state_sync);

int extcon_register_notifier(struct extcon_dev *edev, unsigned int id, struct notifier_block *nb) {
    const int index = edev && nb ? index_of(edev, id) : -EINVAL;
    if (index < 0)
        return index;
    return with_notifiers(edev, &edev->cables[index].notifiers,
                          [=](raw_notifier_head *head) { return raw_notifier_chain_register(head, nb); });
}
EXPORT_SYMBOL_GPL(extcon_register_notifier);

int extcon_unregister_notifier(struct extcon_dev *edev, unsigned int id, struct notifier_block *nb) {
    const int index = edev && nb ? index_of(edev, id) : -EINVAL;
    if (index < 0)
        return index;
    return with_notifiers(edev, &edev->cables[index].notifiers,
                          [=](raw_notifier_head *head) { return raw_notifier_chain_unregister(head, nb); });
}
EXPORT_SYMBOL_GPL(extcon_unregister_notifier);

int extcon_register_notifier_all(struct extcon_dev *edev, struct notifier_block *nb) {
    if (!edev || !nb)
        return -EINVAL;
    return with_notifiers(edev, &edev->notifiers_of_all,
                          [=](raw_notifier_head *head) { return raw_notifier_chain_register(head, nb); });
}
EXPORT_SYMBOL_GPL(extcon_register_notifier_all);

int extcon_unregister_notifier_all(struct extcon_dev *edev, struct notifier_block *nb) {
    if (!edev || !nb)
        return -EINVAL;
    return with_notifiers(edev, &edev->notifiers_of_all,
                          [=](raw_notifier_head *head) { return raw_notifier_chain_unregister(head, nb); });
}
EXPORT_SYMBOL_GPL(extcon_unregister_notifier_all);

int devm_extcon_register_notifier(struct device *dev, struct extcon_dev *edev, unsigned int id,
                                  struct notifier_block *nb) {
    auto *res = static_cast<notifier_resource *>(
        devres_alloc(unregister_notifier_resource, sizeof(notifier_resource), GFP_KERNEL));
    if (!res)
        return -ENOMEM;
    const int error = extcon_register_notifier(edev, id, nb);
    if (error) {
        devres_free(res);
        return error;
    }
    *res = {edev, id, nb};
    devres_add(dev, res);
    return 0;
}
EXPORT_SYMBOL_GPL(devm_extcon_register_notifier);

struct extcon_dev *extcon_get_extcon_dev(const char *name) {
    if (!name)
        return static_cast<extcon_dev *>(ERR_PTR(-EINVAL));
    return find([=](extcon_dev *edev) { return !strcmp(extcon_get_edev_name(edev), name); });
}
EXPORT_SYMBOL_GPL(extcon_get_extcon_dev);

struct extcon_dev *extcon_find_edev_by_node(struct device_node *node) {
    return find([=](extcon_dev *edev) { return edev->dev.parent && edev->dev.parent->of_node == node; });
}
EXPORT_SYMBOL_GPL(extcon_find_edev_by_node);

struct extcon_dev *extcon_get_edev_by_phandle(struct device *dev, int index) {
    device_node *node = dev && dev->of_node ? of_parse_phandle(dev->of_node, "extcon", index) : nullptr;

    return node ? extcon_find_edev_by_node(node)
                : static_cast<extcon_dev *>(ERR_PTR(dev && dev->of_node ? -ENODEV : -EINVAL));
}
EXPORT_SYMBOL_GPL(extcon_get_edev_by_phandle);

const char *extcon_get_edev_name(struct extcon_dev *edev) {
    return edev ? (edev->dev.parent ? dev_name(edev->dev.parent) : dev_name(&edev->dev)) : nullptr;
}
EXPORT_SYMBOL_GPL(extcon_get_edev_name);

struct extcon_dev *extcon_dev_allocate(const unsigned int *cable) {
    unsigned count = 0;

    if (!cable)
        return static_cast<extcon_dev *>(ERR_PTR(-EINVAL));
    while (cable[count] != EXTCON_NONE) {
        if (!cable_name(cable[count]) || count == most_cables) {
            pr_err("extcon: exceed the maximum number of supported cables\n");
            return static_cast<extcon_dev *>(ERR_PTR(-EINVAL));
        }
        count++;
    }
    auto *edev = static_cast<extcon_dev *>(kzalloc(sizeof(extcon_dev), GFP_KERNEL));
    if (!edev)
        return static_cast<extcon_dev *>(ERR_PTR(-ENOMEM));
    edev->supported_cable = cable;
    edev->max_supported = count;
    return edev;
}
EXPORT_SYMBOL_GPL(extcon_dev_allocate);

void extcon_dev_free(struct extcon_dev *edev) {
    kfree(edev);
}
EXPORT_SYMBOL_GPL(extcon_dev_free);

int extcon_dev_register(struct extcon_dev *edev) {
    if (!edev || !edev->supported_cable)
        return -EINVAL;
    const int id = ida_alloc(&extcon_ida, GFP_KERNEL);
    if (id < 0)
        return id;
    spin_lock_init(&edev->lock);
    RAW_INIT_NOTIFIER_HEAD(&edev->notifiers_of_all);
    for (unsigned i = 0; i < edev->max_supported; i++)
        set_up_cable(edev, i);
    device *parent = edev->dev.parent;
    device_initialize(&edev->dev);
    edev->dev.parent = parent;
    edev->dev.id = static_cast<u32>(id);
    edev->dev.class_ = extcon_class;
    edev->dev.groups = edev->groups;
    edev->dev.release = dev_release;
    dev_set_drvdata(&edev->dev, edev);
    int error = dev_set_name(&edev->dev, "extcon%d", id);
    if (!error)
        error = device_add(&edev->dev);
    if (error) {
        put_device(&edev->dev);
        ida_free(&extcon_ida, static_cast<unsigned>(id));
        return error;
    }
    mutex_lock(&extcon_dev_list_lock);
    list_add(&edev->entry, &extcon_dev_list);
    mutex_unlock(&extcon_dev_list_lock);
    return 0;
}
EXPORT_SYMBOL_GPL(extcon_dev_register);

void extcon_dev_unregister(struct extcon_dev *edev) {
    if (!edev)
        return;
    mutex_lock(&extcon_dev_list_lock);
    list_del(&edev->entry);
    mutex_unlock(&extcon_dev_list_lock);
    const u32 id = edev->dev.id;
    device_unregister(&edev->dev);
    ida_free(&extcon_ida, id);
}
EXPORT_SYMBOL_GPL(extcon_dev_unregister);

struct extcon_dev *devm_extcon_dev_allocate(struct device *dev, const unsigned int *cable) {
    auto **res = static_cast<extcon_dev **>(devres_alloc(free_resource, sizeof(extcon_dev *), GFP_KERNEL));
    if (!res)
        return static_cast<extcon_dev *>(ERR_PTR(-ENOMEM));
    extcon_dev *edev = extcon_dev_allocate(cable);
    if (IS_ERR(edev)) {
        devres_free(res);
        return edev;
    }
    edev->dev.parent = dev;
    *res = edev;
    devres_add(dev, res);
    return edev;
}
EXPORT_SYMBOL_GPL(devm_extcon_dev_allocate);

void devm_extcon_dev_free(struct device *dev, struct extcon_dev *edev) {
    WARN_ON(devres_release(dev, free_resource, same_edev, edev));
}
EXPORT_SYMBOL_GPL(devm_extcon_dev_free);

int devm_extcon_dev_register(struct device *dev, struct extcon_dev *edev) {
    auto **res = static_cast<extcon_dev **>(devres_alloc(unregister_resource, sizeof(extcon_dev *), GFP_KERNEL));
    if (!res)
        return -ENOMEM;
    const int error = extcon_dev_register(edev);
    if (error) {
        devres_free(res);
        return error;
    }
    *res = edev;
    devres_add(dev, res);
    return 0;
}
EXPORT_SYMBOL_GPL(devm_extcon_dev_register);

void devm_extcon_dev_unregister(struct device *dev, struct extcon_dev *edev) {
    WARN_ON(devres_release(dev, unregister_resource, same_edev, edev));
}
EXPORT_SYMBOL_GPL(devm_extcon_dev_unregister);
