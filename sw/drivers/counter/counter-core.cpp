// SPDX-License-Identifier: Apache-2.0
// Counters and their attributes (Linux: drivers/counter/counter-core.c, counter-sysfs.c): a folder for each count and
// each signal in /sys/bus/counter/devices/counterN.
#include <linux/counter.h>

#include <linux/device/bus.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

namespace {

DEFINE_IDA(counter_ida);

bus_type counter_bus_type = {.name = "counter"};

// The counter, the driver's own data behind it, and what its attributes take.
struct counter_allocation {
    counter_device counter;
    attribute_group **groups; // ends with a null
    size_t group_count;
    atomic_t events;
    alignas(16) char priv[];
};

counter_allocation *allocation_of(const counter_device *counter) {
    return container_of(const_cast<counter_device *>(counter), counter_allocation, counter);
}

counter_device *counter_of(device *dev) {
    return container_of(dev, counter_device, dev);
}

enum class what { text, number, count, function, functions, action, actions, level, extension, events };

struct counter_attribute {
    device_attribute dev_attr;
    what kind;
    const char *text;
    size_t number;
    counter_count *count;
    counter_signal *signal;
    counter_synapse *synapse;
    const counter_comp *ext;
};

const char *const function_names[] = {"increase",        "decrease",        "pulse-direction", "quadrature x1 a",
                                      "quadrature x1 b", "quadrature x2 a", "quadrature x2 b", "quadrature x4"};
const char *const action_names[] = {"none", "rising edge", "falling edge", "both edges"};

ssize_t show_names(char *buf, const char *const *names, const int *list, size_t count) {
    ssize_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += sysfs_emit_at(buf, static_cast<int>(length), "%s\n", names[list[i]]);
    return length;
}

ssize_t show_extension(counter_device *counter, const counter_attribute *a, char *buf) {
    const counter_comp *ext = a->ext;
    u64 value = 0;
    int error;

    if (ext->type == COUNTER_COMP_U64) {
        if (!ext->count_u64_read)
            return -EOPNOTSUPP;
        error = a->count    ? ext->count_u64_read(counter, a->count, &value)
                : a->signal ? ext->signal_u64_read(counter, a->signal, &value)
                            : ext->device_u64_read(counter, &value);
    } else if (ext->type == COUNTER_COMP_U8 || ext->type == COUNTER_COMP_BOOL) {
        u8 small = 0;
        if (!ext->count_u8_read)
            return -EOPNOTSUPP;
        error = a->count    ? ext->count_u8_read(counter, a->count, &small)
                : a->signal ? ext->signal_u8_read(counter, a->signal, &small)
                            : ext->device_u8_read(counter, &small);
        value = ext->type == COUNTER_COMP_BOOL ? !!small : small;
    } else {
        u32 word = 0;
        if (!ext->count_u32_read)
            return -EOPNOTSUPP;
        error = a->count    ? ext->count_u32_read(counter, a->count, &word)
                : a->signal ? ext->signal_u32_read(counter, a->signal, &word)
                            : ext->device_u32_read(counter, &word);
        value = word;
    }
    return error ? error : sysfs_emit(buf, "%llu\n", value);
}

ssize_t counter_show(device *dev, device_attribute *attr, char *buf) {
    counter_device *counter = counter_of(dev);
    const counter_attribute *a = container_of(attr, counter_attribute, dev_attr);
    const counter_ops *ops = counter->ops;

    switch (a->kind) {
    case what::text:
        return sysfs_emit(buf, "%s\n", a->text);
    case what::number:
        return sysfs_emit(buf, "%zu\n", a->number);
    case what::events:
        return sysfs_emit(buf, "%d\n", atomic_read(&allocation_of(counter)->events));
    case what::count: {
        u64 value = 0;
        const int error = ops->count_read(counter, a->count, &value);
        return error ? error : sysfs_emit(buf, "%llu\n", value);
    }
    case what::function: {
        enum counter_function function = COUNTER_FUNCTION_INCREASE;
        const int error = ops->function_read(counter, a->count, &function);
        return error ? error : sysfs_emit(buf, "%s\n", function_names[function]);
    }
    case what::functions:
        return show_names(buf, function_names, reinterpret_cast<const int *>(a->count->functions_list),
                          a->count->num_functions);
    case what::action: {
        enum counter_synapse_action action = COUNTER_SYNAPSE_ACTION_NONE;
        const int error = ops->action_read(counter, a->count, a->synapse, &action);
        return error ? error : sysfs_emit(buf, "%s\n", action_names[action]);
    }
    case what::actions:
        return show_names(buf, action_names, reinterpret_cast<const int *>(a->synapse->actions_list),
                          a->synapse->num_actions);
    case what::level: {
        enum counter_signal_level level = COUNTER_SIGNAL_LEVEL_LOW;
        const int error = ops->signal_read(counter, a->signal, &level);
        return error ? error : sysfs_emit(buf, "%s\n", level == COUNTER_SIGNAL_LEVEL_HIGH ? "high" : "low");
    }
    case what::extension:
        return show_extension(counter, a, buf);
    }
    return -EINVAL;
}

int find_name(const char *buf, const char *const *names, const int *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (sysfs_streq(buf, names[list[i]]))
            return list[i];
    return -EINVAL;
}

int store_extension(counter_device *counter, const counter_attribute *a, u64 value) {
    const counter_comp *ext = a->ext;

    if (!ext->count_u8_write)
        return -EOPNOTSUPP;
    if (ext->type == COUNTER_COMP_U64)
        return a->count    ? ext->count_u64_write(counter, a->count, value)
               : a->signal ? ext->signal_u64_write(counter, a->signal, value)
                           : ext->device_u64_write(counter, value);
    if (ext->type == COUNTER_COMP_U8 || ext->type == COUNTER_COMP_BOOL) {
        if (value > (ext->type == COUNTER_COMP_BOOL ? 1u : 255u))
            return -EINVAL;
        const u8 small = static_cast<u8>(value);
        return a->count    ? ext->count_u8_write(counter, a->count, small)
               : a->signal ? ext->signal_u8_write(counter, a->signal, small)
                           : ext->device_u8_write(counter, small);
    }
    const u32 word = static_cast<u32>(value);
    return a->count    ? ext->count_u32_write(counter, a->count, word)
           : a->signal ? ext->signal_u32_write(counter, a->signal, word)
                       : ext->device_u32_write(counter, word);
}

ssize_t counter_store(device *dev, device_attribute *attr, const char *buf, size_t length) {
    counter_device *counter = counter_of(dev);
    const counter_attribute *a = container_of(attr, counter_attribute, dev_attr);
    const counter_ops *ops = counter->ops;
    int error = -EINVAL;
    u64 value;

    if (a->kind == what::function) {
        const int function = find_name(buf, function_names, reinterpret_cast<const int *>(a->count->functions_list),
                                       a->count->num_functions);
        error = function < 0 ? function
                             : ops->function_write(counter, a->count, static_cast<enum counter_function>(function));
    } else if (a->kind == what::action) {
        const int action = find_name(buf, action_names, reinterpret_cast<const int *>(a->synapse->actions_list),
                                     a->synapse->num_actions);
        error = action < 0 ? action
                           : ops->action_write(counter, a->count, a->synapse,
                                               static_cast<enum counter_synapse_action>(action));
    } else if ((error = kstrtou64(buf, 0, &value)) == 0) {
        error =
            a->kind == what::count ? ops->count_write(counter, a->count, value) : store_extension(counter, a, value);
    }
    return error ? error : static_cast<ssize_t>(length);
}

// The attributes of one folder. All memory belongs to the counter.
class group_maker {
public:
    group_maker(counter_allocation *a, const char *name, size_t most)
        : group_(static_cast<attribute_group *>(kzalloc(sizeof(attribute_group), GFP_KERNEL)))
        , attributes_(static_cast<attribute **>(kcalloc(most + 1, sizeof(attribute *), GFP_KERNEL)))
        , most_(most) {
        if (!group_ || !attributes_)
            return;
        group_->name = name;
        group_->attrs = attributes_;
        a->groups[a->group_count++] = group_;
    }
    bool failed() const { return !group_ || !attributes_ || failed_; }
    counter_attribute *add(const char *name, what kind, umode_t mode) {
        auto *a = static_cast<counter_attribute *>(kzalloc(sizeof(counter_attribute), GFP_KERNEL));
        if (!a || !name || used_ == most_ || !attributes_) {
            failed_ = true;
            kfree(a);
            return &spare_;
        }
        a->dev_attr.attr.name = name;
        a->dev_attr.attr.mode = mode;
        a->dev_attr.show = counter_show;
        a->dev_attr.store = counter_store;
        a->kind = kind;
        attributes_[used_++] = &a->dev_attr.attr;
        return a;
    }
    void add_extensions(counter_comp *ext, size_t count, counter_count *of_count, counter_signal *of_signal) {
        for (size_t i = 0; i < count; i++) {
            const umode_t mode =
                static_cast<umode_t>((ext[i].count_u8_read ? 0444 : 0) | (ext[i].count_u8_write ? 0200 : 0));
            counter_attribute *a = add(ext[i].name, what::extension, mode);
            a->ext = &ext[i];
            a->count = of_count;
            a->signal = of_signal;
        }
    }

private:
    attribute_group *group_;
    attribute **attributes_;
    size_t most_, used_ = 0;
    bool failed_ = false;
    counter_attribute spare_ = {};
};

int make_count(counter_allocation *a, counter_device *counter, size_t index) {
    counter_count *count = &counter->counts[index];
    const counter_ops *ops = counter->ops;
    group_maker group(a, kasprintf(GFP_KERNEL, "count%zu", index), 4 + 2 * count->num_synapses + count->num_ext);

    group.add("name", what::text, 0444)->text = count->name;
    const umode_t rw = static_cast<umode_t>((ops->count_read ? 0444 : 0) | (ops->count_write ? 0200 : 0));
    group.add("count", what::count, rw)->count = count;
    group.add("function", what::function, ops->function_write ? 0644 : 0444)->count = count;
    group.add("function_available", what::functions, 0444)->count = count;
    for (size_t i = 0; i < count->num_synapses; i++) {
        counter_synapse *synapse = &count->synapses[i];
        const size_t signal = static_cast<size_t>(synapse->signal - counter->signals);
        counter_attribute *action =
            group.add(kasprintf(GFP_KERNEL, "signal%zu_action", signal), what::action, ops->action_write ? 0644 : 0444);
        action->count = count;
        action->synapse = synapse;
        group.add(kasprintf(GFP_KERNEL, "signal%zu_action_available", signal), what::actions, 0444)->synapse = synapse;
    }
    group.add_extensions(count->ext, count->num_ext, count, nullptr);
    return group.failed() ? -ENOMEM : 0;
}

int make_signal(counter_allocation *a, counter_device *counter, size_t index) {
    counter_signal *signal = &counter->signals[index];
    group_maker group(a, kasprintf(GFP_KERNEL, "signal%zu", index), 2 + signal->num_ext);

    group.add("name", what::text, 0444)->text = signal->name;
    if (counter->ops->signal_read)
        group.add("signal", what::level, 0444)->signal = signal;
    group.add_extensions(signal->ext, signal->num_ext, nullptr, signal);
    return group.failed() ? -ENOMEM : 0;
}

int make_groups(counter_allocation *a, counter_device *counter) {
    const size_t most = counter->num_counts + counter->num_signals + 1;
    a->groups = static_cast<attribute_group **>(kcalloc(most + 1, sizeof(attribute_group *), GFP_KERNEL));
    if (!a->groups)
        return -ENOMEM;
    int error = 0;
    for (size_t i = 0; i < counter->num_signals && !error; i++)
        error = make_signal(a, counter, i);
    for (size_t i = 0; i < counter->num_counts && !error; i++)
        error = make_count(a, counter, i);
    if (error)
        return error;
    group_maker own(a, nullptr, 4 + counter->num_ext);
    own.add("name", what::text, 0444)->text = counter->name ? counter->name : "";
    own.add("num_counts", what::number, 0444)->number = counter->num_counts;
    own.add("num_signals", what::number, 0444)->number = counter->num_signals;
    own.add("events", what::events, 0444);
    own.add_extensions(counter->ext, counter->num_ext, nullptr, nullptr);
    return own.failed() ? -ENOMEM : 0;
}

void counter_release(device *dev) {
    counter_allocation *a = allocation_of(counter_of(dev));
    for (size_t i = 0; i < a->group_count; i++) {
        for (attribute **attr = a->groups[i]->attrs; *attr; attr++) {
            if (strstarts((*attr)->name, "signal") && strstr((*attr)->name, "_action"))
                kfree((*attr)->name);
            kfree(container_of(container_of(*attr, device_attribute, attr), counter_attribute, dev_attr));
        }
        kfree(a->groups[i]->attrs);
        kfree(a->groups[i]->name);
        kfree(a->groups[i]);
    }
    kfree(a->groups);
    ida_free(&counter_ida, dev->id);
    kfree(a);
}

const device_type counter_device_type = {.name = "counter_device", .release = counter_release};

int __init counter_init(void) {
    return bus_register(&counter_bus_type);
}
postcore_initcall(counter_init);

} // namespace

void *counter_priv(const struct counter_device *const counter) {
    return allocation_of(counter)->priv;
}
EXPORT_SYMBOL_NS_GPL(counter_priv, COUNTER);

struct counter_device *counter_alloc(size_t sizeof_priv) {
    auto *a = static_cast<counter_allocation *>(kzalloc(sizeof(counter_allocation) + sizeof_priv, GFP_KERNEL));
    if (!a)
        return nullptr;
    const int id = ida_alloc(&counter_ida, GFP_KERNEL);
    if (id < 0) {
        kfree(a);
        return nullptr;
    }
    device *dev = &a->counter.dev;
    device_initialize(dev);
    dev->id = static_cast<u32>(id);
    dev->type = &counter_device_type;
    dev->bus = &counter_bus_type;
    if (dev_set_name(dev, "counter%d", id)) {
        put_device(dev);
        return nullptr;
    }
    return &a->counter;
}
EXPORT_SYMBOL_NS_GPL(counter_alloc, COUNTER);

void counter_put(struct counter_device *const counter) {
    put_device(&counter->dev);
}
EXPORT_SYMBOL_NS_GPL(counter_put, COUNTER);

int counter_add(struct counter_device *const counter) {
    device *dev = &counter->dev;
    if (counter->parent) {
        dev->parent = counter->parent;
        dev->of_node = counter->parent->of_node;
    }
    const int error = make_groups(allocation_of(counter), counter);
    if (error)
        return error;
    dev->groups = const_cast<const attribute_group **>(allocation_of(counter)->groups);
    return device_add(dev);
}
EXPORT_SYMBOL_NS_GPL(counter_add, COUNTER);

void counter_unregister(struct counter_device *const counter) {
    if (counter)
        device_del(&counter->dev);
}
EXPORT_SYMBOL_NS_GPL(counter_unregister, COUNTER);

struct counter_device *devm_counter_alloc(struct device *dev, size_t sizeof_priv) {
    counter_device *counter = counter_alloc(sizeof_priv);
    const auto put = [](void *p) { counter_put(static_cast<counter_device *>(p)); };
    if (!counter || devm_add_action_or_reset(dev, put, counter))
        return nullptr;
    return counter;
}
EXPORT_SYMBOL_NS_GPL(devm_counter_alloc, COUNTER);

int devm_counter_add(struct device *dev, struct counter_device *const counter) {
    const int error = counter_add(counter);
    const auto remove = [](void *p) { counter_unregister(static_cast<counter_device *>(p)); };
    return error ? error : devm_add_action_or_reset(dev, remove, counter);
}
EXPORT_SYMBOL_NS_GPL(devm_counter_add, COUNTER);

void counter_push_event(struct counter_device *const counter, const u8, const u8) {
    atomic_inc(&allocation_of(counter)->events);
}
EXPORT_SYMBOL_NS_GPL(counter_push_event, COUNTER);
