// SPDX-License-Identifier: Apache-2.0
// Chargers and batteries, and who is told when one changes (Linux: drivers/power/supply/power_supply_core.c, _leds.c).
#include "drivers/power/supply/power_supply.h"

#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/string.h>

BLOCKING_NOTIFIER_HEAD(power_supply_notifier);
EXPORT_SYMBOL_GPL(power_supply_notifier);

namespace {

class_ *power_supply_class;

power_supply *psy_of(device *dev) {
    return static_cast<power_supply *>(dev_get_drvdata(dev));
}

bool named_in(char **names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(names[i], name))
            return true;
    }
    return false;
}

bool supplies(const power_supply *supplier, const power_supply *other) {
    return named_in(other->supplied_from, other->num_supplies, supplier->desc->name) ||
           named_in(supplier->supplied_to, supplier->num_supplicants, other->desc->name);
}

bool online(power_supply *psy) {
    power_supply_propval value = {};
    return !power_supply_get_property(psy, POWER_SUPPLY_PROP_ONLINE, &value) && value.intval;
}

int tell_supplied(device *dev, void *data) {
    auto *changed = static_cast<power_supply *>(data);
    power_supply *psy = psy_of(dev);

    if (supplies(changed, psy) && psy->desc->external_power_changed)
        psy->desc->external_power_changed(psy);
    return 0;
}

void changed_work(work_struct *work) {
    power_supply *psy = container_of(work, power_supply, changed_work);
    unsigned long flags;

    spin_lock_irqsave(&psy->changed_lock, flags);
    const bool changed = psy->changed;
    psy->changed = false;
    spin_unlock_irqrestore(&psy->changed_lock, flags);
    if (!changed)
        return;
    class_for_each_device(power_supply_class, nullptr, psy, tell_supplied);
    if (psy->online_trig)
        led_trigger_event(psy->online_trig, online(psy) ? LED_FULL : LED_OFF);
    blocking_notifier_call_chain(&power_supply_notifier, PSY_EVENT_PROP_CHANGED, psy);
    kobject_uevent(&psy->dev.kobj, KOBJ_CHANGE);
    pm_relax(&psy->dev);
}

void release(device *dev) {
    power_supply *psy = container_of(dev, power_supply, dev);
    power_supply_free_attributes(psy);
    kfree(psy);
}

struct supplied_query {
    power_supply *psy;
    unsigned count;
};

int is_supplied_by(device *dev, void *data) {
    auto *query = static_cast<supplied_query *>(data);
    power_supply *supplier = psy_of(dev);

    if (!supplies(supplier, query->psy))
        return 0;
    query->count++;
    return online(supplier);
}

int supplies_system(device *dev, void *data) {
    power_supply *psy = psy_of(dev);
    power_supply_propval scope = {};

    if (!power_supply_get_property(psy, POWER_SUPPLY_PROP_SCOPE, &scope) && scope.intval == POWER_SUPPLY_SCOPE_DEVICE)
        return 0;
    ++*static_cast<unsigned *>(data);
    return psy->desc->type != POWER_SUPPLY_TYPE_BATTERY && online(psy);
}

bool is_charger(const power_supply *psy) {
    for (size_t i = 0; i < psy->desc->num_properties; i++) {
        if (psy->desc->properties[i] == POWER_SUPPLY_PROP_ONLINE)
            return psy->desc->type != POWER_SUPPLY_TYPE_BATTERY;
    }
    return false;
}

power_supply *do_register(device *parent, const power_supply_desc *desc, const power_supply_config *cfg, bool wakes) {
    if (!parent)
        pr_warn("%s: Expected proper parent device for '%s'\n", __func__, desc && desc->name ? desc->name : "?");
    if (!desc || !desc->name || !desc->properties || !desc->num_properties)
        return static_cast<power_supply *>(ERR_PTR(-EINVAL));
    auto *psy = static_cast<power_supply *>(kzalloc(sizeof(power_supply), GFP_KERNEL));
    if (!psy)
        return static_cast<power_supply *>(ERR_PTR(-ENOMEM));
    psy->desc = desc;
    if (cfg) {
        psy->of_node = cfg->fwnode ? to_of_node(cfg->fwnode) : cfg->of_node;
        psy->drv_data = cfg->drv_data;
        psy->supplied_to = cfg->supplied_to;
        psy->num_supplicants = cfg->num_supplicants;
    }
    spin_lock_init(&psy->changed_lock);
    INIT_WORK(&psy->changed_work, changed_work);
    device_initialize(&psy->dev);
    psy->dev.class_ = power_supply_class;
    psy->dev.parent = parent;
    psy->dev.of_node = psy->of_node;
    psy->dev.groups = cfg ? cfg->attr_grp : nullptr;
    psy->dev.release = release;
    dev_set_drvdata(&psy->dev, psy);
    int error = dev_set_name(&psy->dev, "%s", desc->name);
    if (!error)
        error = power_supply_make_attributes(psy);
    if (!error)
        error = device_add(&psy->dev);
    if (!error) {
        error = sysfs_create_group(&psy->dev.kobj, &psy->group);
        if (error)
            device_del(&psy->dev);
    }
    if (error) {
        put_device(&psy->dev);
        return static_cast<power_supply *>(ERR_PTR(error));
    }
    device_init_wakeup(&psy->dev, wakes);
    if (is_charger(psy)) {
        psy->online_trig_name = kasprintf(GFP_KERNEL, "%s-online", desc->name);
        if (psy->online_trig_name)
            led_trigger_register_simple(psy->online_trig_name, &psy->online_trig);
    }
    atomic_inc(&psy->use_cnt);
    psy->initialized = true;
    power_supply_changed(psy);
    return psy;
}

void unregister_resource(device *, void *res) {
    power_supply_unregister(*static_cast<power_supply **>(res));
}

power_supply *devm_register(device *parent, const power_supply_desc *desc, const power_supply_config *cfg, bool wakes) {
    auto **res = static_cast<power_supply **>(devres_alloc(unregister_resource, sizeof(power_supply *), GFP_KERNEL));
    if (!res)
        return static_cast<power_supply *>(ERR_PTR(-ENOMEM));
    power_supply *psy = do_register(parent, desc, cfg, wakes);
    if (IS_ERR(psy)) {
        devres_free(res);
        return psy;
    }
    *res = psy;
    devres_add(parent, res);
    return psy;
}

int match_name(device *dev, const void *name) {
    return !strcmp(psy_of(dev)->desc->name, static_cast<const char *>(name));
}

int match_node(device *dev, const void *node) {
    return dev->parent && dev->parent->of_node == node;
}

power_supply *hold(device *dev) {
    if (!dev)
        return nullptr;
    power_supply *psy = psy_of(dev);
    atomic_inc(&psy->use_cnt);
    return psy;
}

int __init power_supply_class_init(void) {
    power_supply_class = class_create(nullptr, "power_supply");
    return PTR_ERR_OR_ZERO(power_supply_class);
}
subsys_initcall(power_supply_class_init);

} // namespace

int power_supply_reg_notifier(struct notifier_block *nb) {
    return blocking_notifier_chain_register(&power_supply_notifier, nb);
}
EXPORT_SYMBOL_GPL(power_supply_reg_notifier);

void power_supply_unreg_notifier(struct notifier_block *nb) {
    blocking_notifier_chain_unregister(&power_supply_notifier, nb);
}
EXPORT_SYMBOL_GPL(power_supply_unreg_notifier);

struct power_supply *power_supply_register(struct device *parent, const struct power_supply_desc *desc,
                                           const struct power_supply_config *cfg) {
    return do_register(parent, desc, cfg, true);
}
EXPORT_SYMBOL_GPL(power_supply_register);

struct power_supply *power_supply_register_no_ws(struct device *parent, const struct power_supply_desc *desc,
                                                 const struct power_supply_config *cfg) {
    return do_register(parent, desc, cfg, false);
}
EXPORT_SYMBOL_GPL(power_supply_register_no_ws);

struct power_supply *devm_power_supply_register(struct device *parent, const struct power_supply_desc *desc,
                                                const struct power_supply_config *cfg) {
    return devm_register(parent, desc, cfg, true);
}
EXPORT_SYMBOL_GPL(devm_power_supply_register);

struct power_supply *devm_power_supply_register_no_ws(struct device *parent, const struct power_supply_desc *desc,
                                                      const struct power_supply_config *cfg) {
    return devm_register(parent, desc, cfg, false);
}
EXPORT_SYMBOL_GPL(devm_power_supply_register_no_ws);

void power_supply_unregister(struct power_supply *psy) {
    WARN_ON(atomic_dec_return(&psy->use_cnt));
    psy->removing = true;
    cancel_work_sync(&psy->changed_work);
    if (psy->online_trig)
        led_trigger_unregister_simple(psy->online_trig);
    kfree(psy->online_trig_name);
    sysfs_remove_group(&psy->dev.kobj, &psy->group);
    device_init_wakeup(&psy->dev, false);
    device_unregister(&psy->dev);
}
EXPORT_SYMBOL_GPL(power_supply_unregister);

void power_supply_changed(struct power_supply *psy) {
    unsigned long flags;

    spin_lock_irqsave(&psy->changed_lock, flags);
    psy->changed = true;
    pm_stay_awake(&psy->dev);
    spin_unlock_irqrestore(&psy->changed_lock, flags);
    schedule_work(&psy->changed_work);
}
EXPORT_SYMBOL_GPL(power_supply_changed);

int power_supply_am_i_supplied(struct power_supply *psy) {
    supplied_query query = {psy, 0};
    const int result = class_for_each_device(power_supply_class, nullptr, &query, is_supplied_by);

    return query.count ? result : -ENODEV;
}
EXPORT_SYMBOL_GPL(power_supply_am_i_supplied);

// Where nothing says so, the system is on mains.
int power_supply_is_system_supplied() {
    unsigned count = 0;
    const int result = class_for_each_device(power_supply_class, nullptr, &count, supplies_system);

    return count ? result : 1;
}
EXPORT_SYMBOL_GPL(power_supply_is_system_supplied);

int power_supply_get_property(struct power_supply *psy, enum power_supply_property psp,
                              union power_supply_propval *val) {
    if (atomic_read(&psy->use_cnt) <= 0)
        return psy->initialized ? -ENODEV : -EAGAIN;
    if (!psy->desc->get_property)
        return -EINVAL;
    for (size_t i = 0; i < psy->desc->num_properties; i++) {
        if (psy->desc->properties[i] == psp)
            return psy->desc->get_property(psy, psp, val);
    }
    return -EINVAL;
}
EXPORT_SYMBOL_GPL(power_supply_get_property);

int power_supply_set_property(struct power_supply *psy, enum power_supply_property psp,
                              const union power_supply_propval *val) {
    if (atomic_read(&psy->use_cnt) <= 0 || !psy->desc->set_property)
        return -ENODEV;
    return psy->desc->set_property(psy, psp, val);
}
EXPORT_SYMBOL_GPL(power_supply_set_property);

int power_supply_property_is_writeable(struct power_supply *psy, enum power_supply_property psp) {
    return psy->desc->property_is_writeable ? psy->desc->property_is_writeable(psy, psp) : -ENODEV;
}
EXPORT_SYMBOL_GPL(power_supply_property_is_writeable);

void power_supply_external_power_changed(struct power_supply *psy) {
    if (atomic_read(&psy->use_cnt) > 0 && psy->desc->external_power_changed)
        psy->desc->external_power_changed(psy);
}
EXPORT_SYMBOL_GPL(power_supply_external_power_changed);

struct power_supply *power_supply_get_by_name(const char *name) {
    return hold(class_find_device(power_supply_class, nullptr, name, match_name));
}
EXPORT_SYMBOL_GPL(power_supply_get_by_name);

struct power_supply *power_supply_get_by_phandle(struct device_node *np, const char *property) {
    device_node *node = of_parse_phandle(np, property, 0);

    return node ? hold(class_find_device(power_supply_class, nullptr, node, match_node))
                : static_cast<power_supply *>(ERR_PTR(-ENODEV));
}
EXPORT_SYMBOL_GPL(power_supply_get_by_phandle);

void power_supply_put(struct power_supply *psy) {
    atomic_dec(&psy->use_cnt);
    put_device(&psy->dev);
}
EXPORT_SYMBOL_GPL(power_supply_put);

void *power_supply_get_drvdata(struct power_supply *psy) {
    return psy->drv_data;
}
EXPORT_SYMBOL_GPL(power_supply_get_drvdata);

int power_supply_powers(struct power_supply *psy, struct device *dev) {
    return sysfs_create_link(&psy->dev.kobj, &dev->kobj, "powers");
}
EXPORT_SYMBOL_GPL(power_supply_powers);
