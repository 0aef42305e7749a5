// SPDX-License-Identifier: Apache-2.0
// Industrial I/O: /sys/bus/iio/devices/iio:deviceN (Linux: drivers/iio/industrialio-core.c).
#include <linux/iio/iio.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/iio/sysfs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

namespace {

// By enum iio_chan_type, iio_modifier and iio_chan_info_enum (Documentation/ABI/testing/sysfs-bus-iio).
constexpr const char *type_names[] = {
    "voltage",
    "current",
    "power",
    "accel",
    "anglvel",
    "magn",
    "illuminance",
    "intensity",
    "proximity",
    "temp",
    "incli",
    "rot",
    "angl",
    "timestamp",
    "capacitance",
    "altvoltage",
    "cct",
    "pressure",
    "humidityrelative",
    "activity",
    "steps",
    "energy",
    "distance",
    "velocity",
    "concentration",
    "resistance",
    "ph",
    "uvindex",
    "electricalconductivity",
    "count",
    "index",
    "gravity",
    "positionrelative",
    "phase",
    "massconcentration",
};
constexpr const char *modifier_names[] = {
    "",    "x",     "y",    "z",  "x&y",           "x&z",         "y&z",   "x&y&z", "x|y",   "x|z",
    "y|z", "x|y|z", "both", "ir", "sqrt(x^2+y^2)", "x^2+y^2+z^2", "clear", "red",   "green", "blue",
};
constexpr const char *info_names[] = {
    "raw",
    "input",
    "scale",
    "offset",
    "calibscale",
    "calibbias",
    "peak_raw",
    "peak_scale",
    "quadrature_correction_raw",
    "mean_raw",
    "filter_low_pass_3db_frequency",
    "filter_high_pass_3db_frequency",
    "sampling_frequency",
    "frequency",
    "phase",
    "hardwaregain",
    "hysteresis",
    "hysteresis_relative",
    "integration_time",
    "en",
    "calibheight",
    "calibweight",
    "debounce_count",
    "debounce_time",
    "calibemissivity",
    "oversampling_ratio",
    "thermocouple_type",
    "calibambient",
    "zeropoint",
};

DEFINE_IDA(iio_ida);

// The device, what its files need, and the driver's own data behind it.
struct iio_allocation {
    iio_dev indio_dev;
    int id;
    iio_dev_attr *files;   // of the channels
    attribute **list;      // of the same, ends with a null
    attribute_group group; // them
    const attribute_group *groups[4];
};

iio_allocation *allocation_of(iio_dev *indio_dev) {
    return container_of(indio_dev, iio_allocation, indio_dev);
}

ssize_t name_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", dev_to_iio_dev(dev)->name);
}
DEVICE_ATTR_RO(name);
ssize_t label_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", dev_to_iio_dev(dev)->label);
}
DEVICE_ATTR_RO(label);
attribute *own_attributes[] = {&dev_attr_name.attr, &dev_attr_label.attr, nullptr};
umode_t own_is_visible(kobject *kobj, attribute *attr, int) {
    const iio_dev *indio_dev = dev_to_iio_dev(kobj_to_dev(kobj));
    const bool there = attr == &dev_attr_name.attr ? indio_dev->name != nullptr : indio_dev->label != nullptr;
    return there ? attr->mode : 0;
}
const attribute_group own_group = {.is_visible = own_is_visible, .attrs = own_attributes};

ssize_t channel_show(device *dev, device_attribute *attr, char *buf) {
    const iio_dev_attr *file = to_iio_dev_attr(attr);
    iio_dev *indio_dev = dev_to_iio_dev(dev);
    int values[2] = {};
    if (!indio_dev->info->read_raw)
        return -EINVAL;
    const int type =
        indio_dev->info->read_raw(indio_dev, file->c, &values[0], &values[1], static_cast<long>(file->address));
    return type < 0 ? type : iio_format_value(buf, static_cast<unsigned>(type), 2, values);
}

ssize_t channel_store(device *dev, device_attribute *attr, const char *buf, size_t count) {
    const iio_dev_attr *file = to_iio_dev_attr(attr);
    iio_dev *indio_dev = dev_to_iio_dev(dev);
    const iio_info *info = indio_dev->info;
    const long mask = static_cast<long>(file->address);
    int fract_mult = 100000, integer = 0, fract = 0;
    if (!info->write_raw)
        return -EINVAL;
    if (info->write_raw_get_fmt)
        switch (info->write_raw_get_fmt(indio_dev, file->c, mask)) {
        case IIO_VAL_INT:
            fract_mult = 0;
            break;
        case IIO_VAL_INT_PLUS_MICRO:
        case IIO_VAL_INT_PLUS_MICRO_DB:
            break;
        case IIO_VAL_INT_PLUS_NANO:
            fract_mult = 100000000;
            break;
        default:
            return -EINVAL;
        }
    int error = iio_str_to_fixpoint(buf, fract_mult, &integer, &fract);
    if (!error)
        error = info->write_raw(indio_dev, file->c, integer, fract, mask);
    return error ? error : static_cast<ssize_t>(count);
}

// Whose file it is: the channel's own, or one for all channels of its type, of its direction, of the device.
enum class shared { no, by_type, by_dir, by_all };

char *file_name(const iio_chan_spec &c, unsigned info, shared by) {
    const char *direction = c.output ? "out" : "in", *type = type_names[c.type], *part = info_names[info];
    if (by == shared::by_all)
        return kasprintf(GFP_KERNEL, "%s", part);
    if (by == shared::by_dir)
        return kasprintf(GFP_KERNEL, "%s_%s", direction, part);
    if (by == shared::by_type)
        return c.differential ? kasprintf(GFP_KERNEL, "%s_%s-%s_%s", direction, type, type, part)
                              : kasprintf(GFP_KERNEL, "%s_%s_%s", direction, type, part);
    char what[48] = "";
    if (c.differential)
        scnprintf(what, sizeof(what), "%d-%s%d", c.channel, type, c.channel2);
    else if (c.indexed)
        scnprintf(what, sizeof(what), "%d", c.channel);
    const bool modified = c.modified && static_cast<unsigned>(c.channel2) < ARRAY_SIZE(modifier_names);
    const char *modifier = modified ? modifier_names[c.channel2] : "", *extension = c.extend_name ?: "";
    return kasprintf(GFP_KERNEL, "%s_%s%s%s%s%s%s_%s", direction, type, what, *modifier ? "_" : "", modifier,
                     *extension ? "_" : "", extension, part);
}

int add_files(iio_allocation *a, size_t *used, const iio_chan_spec &c, unsigned long mask, shared by) {
    for (unsigned info = 0; info < ARRAY_SIZE(info_names); info++) {
        if (!(mask & BIT(info)))
            continue;
        char *name = file_name(c, info, by);
        if (!name)
            return -ENOMEM;
        bool there = false;
        for (size_t i = 0; i < *used && !there; i++)
            there = !strcmp(a->files[i].dev_attr.attr.name, name);
        if (there && by == shared::no)
            dev_err(&a->indio_dev.dev, "tried to double register : %s\n", name);
        if (there) {
            kfree(name);
            if (by == shared::no)
                return -EBUSY;
            continue;
        }
        iio_dev_attr &file = a->files[*used];
        file.dev_attr = {{.name = name, .mode = 0}, channel_show, channel_store};
        file.dev_attr.attr.mode = a->indio_dev.info->write_raw ? 0644 : 0444;
        file.address = info;
        file.c = &c;
        a->list[(*used)++] = &file.dev_attr.attr;
    }
    return 0;
}

void free_files(iio_allocation *a) {
    for (size_t i = 0; a->list && a->list[i]; i++)
        kfree(a->list[i]->name);
    kfree(a->list);
    kfree(a->files);
    a->list = nullptr;
    a->files = nullptr;
}

int make_files(iio_allocation *a) {
    iio_dev &d = a->indio_dev;
    size_t most = 0, used = 0;
    for (int i = 0; i < d.num_channels; i++)
        most += hweight_long(d.channels[i].info_mask_separate) + hweight_long(d.channels[i].info_mask_shared_by_type) +
                hweight_long(d.channels[i].info_mask_shared_by_dir) +
                hweight_long(d.channels[i].info_mask_shared_by_all);
    a->files = static_cast<iio_dev_attr *>(kcalloc(most + 1, sizeof(iio_dev_attr), GFP_KERNEL));
    a->list = static_cast<attribute **>(kcalloc(most + 1, sizeof(attribute *), GFP_KERNEL));
    int error = a->files && a->list ? 0 : -ENOMEM;
    for (int i = 0; i < d.num_channels && !error; i++) {
        const iio_chan_spec &c = d.channels[i];
        if (c.type >= ARRAY_SIZE(type_names))
            error = -EINVAL;
        error = error ?: add_files(a, &used, c, c.info_mask_separate, shared::no);
        error = error ?: add_files(a, &used, c, c.info_mask_shared_by_type, shared::by_type);
        error = error ?: add_files(a, &used, c, c.info_mask_shared_by_dir, shared::by_dir);
        error = error ?: add_files(a, &used, c, c.info_mask_shared_by_all, shared::by_all);
    }
    return error;
}

void iio_dev_release(device *dev) {
    iio_allocation *a = allocation_of(dev_to_iio_dev(dev));

    free_files(a);
    ida_free(&iio_ida, static_cast<unsigned>(a->id));
    kfree(a);
}

const device_type iio_device_type = {.name = "iio_device", .release = iio_dev_release};

int __init iio_init(void) {
    return bus_register(&iio_bus_type);
}
subsys_initcall(iio_init);

} // namespace

struct bus_type iio_bus_type = {.name = "iio"};
EXPORT_SYMBOL(iio_bus_type);

struct iio_dev *iio_device_alloc(struct device *parent, int sizeof_priv) {
    const size_t own = ALIGN(sizeof(iio_allocation), L1_CACHE_BYTES);
    auto *a = static_cast<iio_allocation *>(kzalloc(own + static_cast<size_t>(sizeof_priv), GFP_KERNEL));

    if (!a)
        return nullptr;
    a->id = ida_alloc(&iio_ida, GFP_KERNEL);
    if (a->id < 0) {
        pr_err("failed to get device id\n");
        kfree(a);
        return nullptr;
    }
    iio_dev *indio_dev = &a->indio_dev;
    if (sizeof_priv)
        indio_dev->priv = reinterpret_cast<char *>(a) + own;
    device_initialize(&indio_dev->dev);
    indio_dev->dev.parent = parent;
    indio_dev->dev.type = &iio_device_type;
    indio_dev->dev.bus = &iio_bus_type;
    if (dev_set_name(&indio_dev->dev, "iio:device%d", a->id)) {
        put_device(&indio_dev->dev);
        return nullptr;
    }
    return indio_dev;
}
EXPORT_SYMBOL(iio_device_alloc);

void iio_device_free(struct iio_dev *indio_dev) {
    if (indio_dev)
        put_device(&indio_dev->dev);
}
EXPORT_SYMBOL(iio_device_free);

struct iio_dev *devm_iio_device_alloc(struct device *parent, int sizeof_priv) {
    iio_dev *indio_dev = iio_device_alloc(parent, sizeof_priv);

    if (!indio_dev || devm_add_action_or_reset(
                          parent, [](void *d) { iio_device_free(static_cast<iio_dev *>(d)); }, indio_dev))
        return nullptr;
    return indio_dev;
}
EXPORT_SYMBOL_GPL(devm_iio_device_alloc);

int __iio_device_register(struct iio_dev *indio_dev, struct module *) {
    iio_allocation *a = allocation_of(indio_dev);

    if (!indio_dev->info || !indio_dev->modes)
        return -EINVAL;
    if (!indio_dev->dev.of_node && indio_dev->dev.parent)
        indio_dev->dev.of_node = indio_dev->dev.parent->of_node;
    int error = make_files(a);
    if (error) {
        dev_err(indio_dev->dev.parent, "Failed to register sysfs interfaces\n");
        free_files(a);
        return error;
    }
    a->group.attrs = a->list;
    size_t groups = 0;
    a->groups[groups++] = &own_group;
    a->groups[groups++] = &a->group;
    if (indio_dev->info->attrs)
        a->groups[groups++] = indio_dev->info->attrs;
    indio_dev->dev.groups = a->groups;
    error = device_add(&indio_dev->dev);
    if (error)
        free_files(a);
    return error;
}
EXPORT_SYMBOL(__iio_device_register);

void iio_device_unregister(struct iio_dev *indio_dev) {
    device_del(&indio_dev->dev);
}
EXPORT_SYMBOL(iio_device_unregister);

int __devm_iio_device_register(struct device *dev, struct iio_dev *indio_dev, struct module *this_mod) {
    const int error = __iio_device_register(indio_dev, this_mod);

    return error
               ?: devm_add_action_or_reset(
                      dev, [](void *d) { iio_device_unregister(static_cast<iio_dev *>(d)); }, indio_dev);
}
EXPORT_SYMBOL_GPL(__devm_iio_device_register);

int iio_device_claim_direct_mode(struct iio_dev *) {
    return 0;
}
EXPORT_SYMBOL_GPL(iio_device_claim_direct_mode);

void iio_device_release_direct_mode(struct iio_dev *) {}
EXPORT_SYMBOL_GPL(iio_device_release_direct_mode);

ssize_t iio_format_value(char *buf, unsigned int type, int size, int *vals) {
    const bool minus = vals[0] < 0 || (size > 1 && vals[1] < 0);
    const int whole = abs(vals[0]), rest = size > 1 ? abs(vals[1]) : 0;
    const char *sign = minus ? "-" : "";

    switch (type) {
    case IIO_VAL_INT:
        return sysfs_emit(buf, "%d\n", vals[0]);
    case IIO_VAL_INT_PLUS_MICRO:
        return sysfs_emit(buf, "%s%d.%06u\n", sign, whole, rest);
    case IIO_VAL_INT_PLUS_MICRO_DB:
        return sysfs_emit(buf, "%s%d.%06u dB\n", sign, whole, rest);
    case IIO_VAL_INT_PLUS_NANO:
        return sysfs_emit(buf, "%s%d.%09u\n", sign, whole, rest);
    case IIO_VAL_FRACTIONAL:
    case IIO_VAL_FRACTIONAL_LOG2: {
        if (type == IIO_VAL_FRACTIONAL && !vals[1])
            return -EINVAL;
        s64 nano = static_cast<s64>(vals[0]) * NSEC_PER_SEC;
        nano = type == IIO_VAL_FRACTIONAL ? div_s64(nano, vals[1]) : nano >> vals[1];
        const u64 size_of_it = static_cast<u64>(nano < 0 ? -nano : nano);
        return sysfs_emit(buf, "%s%llu.%09llu\n", nano < 0 ? "-" : "", size_of_it / NSEC_PER_SEC,
                          size_of_it % NSEC_PER_SEC);
    }
    case IIO_VAL_INT_MULTIPLE: {
        ssize_t length = 0;
        for (int i = 0; i < size; i++)
            length += sysfs_emit_at(buf, static_cast<int>(length), "%d ", vals[i]);
        return length + sysfs_emit_at(buf, static_cast<int>(length), "\n");
    }
    case IIO_VAL_CHAR:
        return sysfs_emit(buf, "%c\n", static_cast<char>(vals[0]));
    case IIO_VAL_INT_64:
        return sysfs_emit(
            buf, "%lld\n",
            static_cast<long long>(static_cast<u64>(static_cast<u32>(vals[1])) << 32 | static_cast<u32>(vals[0])));
    default:
        return 0;
    }
}
EXPORT_SYMBOL_GPL(iio_format_value);

int iio_str_to_fixpoint(const char *str, int fract_mult, int *integer, int *fract) {
    const bool minus = *str == '-';
    bool whole_part = true;
    int whole = 0, rest = 0, digits = 0;

    str += *str == '-' || *str == '+';
    for (; *str && *str != '\n'; str++) {
        if (*str == '.' && whole_part && fract_mult && digits) {
            whole_part = false;
        } else if (*str >= '0' && *str <= '9') {
            digits++;
            if (whole_part && (check_mul_overflow(whole, 10, &whole) || check_add_overflow(whole, *str - '0', &whole)))
                return -ERANGE;
            if (!whole_part) {
                rest += fract_mult * (*str - '0');
                fract_mult /= 10;
            }
        } else {
            return -EINVAL;
        }
    }
    if (!digits)
        return -EINVAL;
    // A number between -1 and 0 has its sign on the rest.
    *integer = minus ? -whole : whole;
    *fract = minus && !whole ? -rest : rest;
    return 0;
}
EXPORT_SYMBOL_GPL(iio_str_to_fixpoint);
