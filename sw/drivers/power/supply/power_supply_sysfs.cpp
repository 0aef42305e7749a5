// SPDX-License-Identifier: Apache-2.0
// /sys/class/power_supply/NAME: a file for each property (Linux: drivers/power/supply/power_supply_sysfs.c).
#include "drivers/power/supply/power_supply.h"

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

// In the order of enum power_supply_property.
const char *const property_names[] = {"status",
                                      "charge_type",
                                      "health",
                                      "present",
                                      "online",
                                      "authentic",
                                      "technology",
                                      "cycle_count",
                                      "voltage_max",
                                      "voltage_min",
                                      "voltage_max_design",
                                      "voltage_min_design",
                                      "voltage_now",
                                      "voltage_avg",
                                      "voltage_ocv",
                                      "voltage_boot",
                                      "current_max",
                                      "current_now",
                                      "current_avg",
                                      "current_boot",
                                      "power_now",
                                      "power_avg",
                                      "charge_full_design",
                                      "charge_empty_design",
                                      "charge_full",
                                      "charge_empty",
                                      "charge_now",
                                      "charge_avg",
                                      "charge_counter",
                                      "constant_charge_current",
                                      "constant_charge_current_max",
                                      "constant_charge_voltage",
                                      "constant_charge_voltage_max",
                                      "charge_control_limit",
                                      "charge_control_limit_max",
                                      "charge_control_start_threshold",
                                      "charge_control_end_threshold",
                                      "charge_behaviour",
                                      "input_current_limit",
                                      "input_voltage_limit",
                                      "input_power_limit",
                                      "energy_full_design",
                                      "energy_empty_design",
                                      "energy_full",
                                      "energy_empty",
                                      "energy_now",
                                      "energy_avg",
                                      "capacity",
                                      "capacity_alert_min",
                                      "capacity_alert_max",
                                      "capacity_error_margin",
                                      "capacity_level",
                                      "temp",
                                      "temp_max",
                                      "temp_min",
                                      "temp_alert_min",
                                      "temp_alert_max",
                                      "temp_ambient",
                                      "temp_ambient_alert_min",
                                      "temp_ambient_alert_max",
                                      "time_to_empty_now",
                                      "time_to_empty_avg",
                                      "time_to_full_now",
                                      "time_to_full_avg",
                                      "type",
                                      "usb_type",
                                      "scope",
                                      "precharge_current",
                                      "charge_term_current",
                                      "calibrate",
                                      "manufacture_year",
                                      "manufacture_month",
                                      "manufacture_day",
                                      "model_name",
                                      "manufacturer",
                                      "serial_number"};
constexpr unsigned nr_properties = ARRAY_SIZE(property_names);
static_assert(nr_properties == POWER_SUPPLY_PROP_SERIAL_NUMBER + 1, "a name for each property");

const char *const type_texts[] = {"Unknown", "Battery", "UPS",    "Mains",      "USB",     "USB_DCP", "USB_CDP",
                                  "USB_ACA", "USB_C",   "USB_PD", "USB_PD_DRP", "BrickID", "Wireless"};
const char *const status_texts[] = {"Unknown", "Charging", "Discharging", "Not charging", "Full"};
const char *const charge_type_texts[] = {"Unknown",  "N/A",    "Trickle",   "Fast",  "Standard",
                                         "Adaptive", "Custom", "Long Life", "Bypass"};
const char *const health_texts[] = {"Unknown",
                                    "Good",
                                    "Overheat",
                                    "Dead",
                                    "Over voltage",
                                    "Unspecified failure",
                                    "Cold",
                                    "Watchdog timer expire",
                                    "Safety timer expire",
                                    "Over current",
                                    "Calibration required",
                                    "Warm",
                                    "Cool",
                                    "Hot",
                                    "No battery"};
const char *const technology_texts[] = {"Unknown", "NiMH", "Li-ion", "Li-poly", "LiFe", "NiCd", "LiMn"};
const char *const capacity_level_texts[] = {"Unknown", "Critical", "Low", "Normal", "High", "Full"};
const char *const scope_texts[] = {"Unknown", "System", "Device"};
const char *const charge_behaviour_texts[] = {"auto", "inhibit-charge", "force-discharge"};

struct text_table {
    const char *const *texts;
    unsigned count;
};

// The texts of a property whose values have them.
text_table texts_of(power_supply_property psp) {
    switch (psp) {
    case POWER_SUPPLY_PROP_TYPE:
        return {type_texts, ARRAY_SIZE(type_texts)};
    case POWER_SUPPLY_PROP_STATUS:
        return {status_texts, ARRAY_SIZE(status_texts)};
    case POWER_SUPPLY_PROP_CHARGE_TYPE:
        return {charge_type_texts, ARRAY_SIZE(charge_type_texts)};
    case POWER_SUPPLY_PROP_HEALTH:
        return {health_texts, ARRAY_SIZE(health_texts)};
    case POWER_SUPPLY_PROP_TECHNOLOGY:
        return {technology_texts, ARRAY_SIZE(technology_texts)};
    case POWER_SUPPLY_PROP_CAPACITY_LEVEL:
        return {capacity_level_texts, ARRAY_SIZE(capacity_level_texts)};
    case POWER_SUPPLY_PROP_SCOPE:
        return {scope_texts, ARRAY_SIZE(scope_texts)};
    case POWER_SUPPLY_PROP_CHARGE_BEHAVIOUR:
        return {charge_behaviour_texts, ARRAY_SIZE(charge_behaviour_texts)};
    default:
        return {nullptr, 0};
    }
}

struct property_attribute {
    device_attribute attr;
    power_supply_property psp;
};

power_supply_property property_of(device_attribute *attr) {
    return container_of(attr, property_attribute, attr)->psp;
}

ssize_t show(device *dev, device_attribute *attr, char *buf) {
    auto *psy = static_cast<power_supply *>(dev_get_drvdata(dev));
    const power_supply_property psp = property_of(attr);
    power_supply_propval value = {};

    if (psp == POWER_SUPPLY_PROP_TYPE) {
        value.intval = psy->desc->type;
    } else {
        const int error = power_supply_get_property(psy, psp, &value);
        if (error < 0) {
            if (error != -ENODEV && error != -EAGAIN && error != -ENODATA)
                dev_err_ratelimited(dev, "driver failed to report `%s' property: %d\n", attr->attr.name, error);
            return error;
        }
    }
    if (psp >= POWER_SUPPLY_PROP_MODEL_NAME)
        return sysfs_emit(buf, "%s\n", value.strval);
    const text_table table = texts_of(psp);
    if (value.intval >= 0 && static_cast<unsigned>(value.intval) < table.count)
        return sysfs_emit(buf, "%s\n", table.texts[value.intval]);
    return sysfs_emit(buf, "%d\n", value.intval);
}

ssize_t store(device *dev, device_attribute *attr, const char *buf, size_t count) {
    auto *psy = static_cast<power_supply *>(dev_get_drvdata(dev));
    const power_supply_property psp = property_of(attr);
    const text_table table = texts_of(psp);
    power_supply_propval value = {};
    int error = -EINVAL;

    for (unsigned i = 0; error && i < table.count; i++) {
        if (sysfs_streq(buf, table.texts[i])) {
            value.intval = static_cast<int>(i);
            error = 0;
        }
    }
    if (error)
        error = kstrtoint(buf, 10, &value.intval);
    if (!error)
        error = power_supply_set_property(psy, psp, &value);
    return error < 0 ? error : static_cast<ssize_t>(count);
}

} // namespace

int power_supply_make_attributes(struct power_supply *psy) {
    const power_supply_desc *desc = psy->desc;
    const size_t count = desc->num_properties + 1;
    auto *attributes = static_cast<property_attribute *>(kcalloc(count, sizeof(property_attribute), GFP_KERNEL));
    auto **list = static_cast<attribute **>(kcalloc(count + 1, sizeof(attribute *), GFP_KERNEL));

    if (!attributes || !list) {
        kfree(attributes);
        kfree(list);
        return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        const power_supply_property psp = i ? desc->properties[i - 1] : POWER_SUPPLY_PROP_TYPE;
        property_attribute &a = attributes[i];
        const bool writeable = i && power_supply_property_is_writeable(psy, psp) > 0;
        a.psp = psp;
        a.attr.attr.name = psp < nr_properties ? property_names[psp] : "unknown";
        a.attr.attr.mode = writeable ? 0644 : 0444;
        a.attr.show = show;
        a.attr.store = writeable ? store : nullptr;
        list[i] = &a.attr.attr;
    }
    psy->attrs = const_cast<const attribute **>(list);
    psy->group.attrs = list;
    return 0;
}

void power_supply_free_attributes(struct power_supply *psy) {
    if (!psy->attrs)
        return;
    // The first attribute stands where all of them were allocated.
    kfree(container_of(container_of(psy->group.attrs[0], device_attribute, attr), property_attribute, attr));
    kfree(psy->attrs);
}
