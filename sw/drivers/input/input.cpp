// SPDX-License-Identifier: Apache-2.0
// Input devices and their handlers: who there is, and who is connected to whom (Linux: drivers/input/input.c). The two
// lists change under input_mutex; a pair that matches gets a handle, which the handler's connect registers.
#include "drivers/input/internal.h"

#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "kernel/module/owned.h"
#include "lib/guard.h"
#include "lib/ranges.h"

class_ input_class = {.name = "input"};

namespace {

constexpr unsigned first_dynamic_minor = 256, dynamic_minors = 1024 - first_dynamic_minor;

DEFINE_MUTEX(input_mutex);
LIST_HEAD(devices);
LIST_HEAD(handlers);
DEFINE_IDA(device_ids);
DEFINE_IDA(minors);

ssize_t name_show(device *dev, device_attribute *, char *buf) {
    const char *name = to_input_dev(dev)->name;
    return sysfs_emit(buf, "%s\n", name ? name : "");
}
DEVICE_ATTR_RO(name);

ssize_t phys_show(device *dev, device_attribute *, char *buf) {
    const char *phys = to_input_dev(dev)->phys;
    return sysfs_emit(buf, "%s\n", phys ? phys : "");
}
DEVICE_ATTR_RO(phys);

ssize_t inhibited_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", to_input_dev(dev)->inhibited);
}

// An inhibited device is closed as long as it is, and reports nothing.
ssize_t inhibited_store(device *dev, device_attribute *, const char *buf, size_t count) {
    input_dev *input = to_input_dev(dev);
    bool inhibit;
    if (kstrtobool(buf, &inhibit))
        return -EINVAL;
    hold lock(input->mutex);
    if (inhibit == input->inhibited)
        return static_cast<ssize_t>(count);
    if (input->users && inhibit) {
        if (input->close)
            input->close(input);
        poller_stop(input);
        events_release_keys(input);
    } else if (input->users) {
        if (const int error = input->open ? input->open(input) : 0)
            return error;
        poller_start(input);
    }
    hold_irq events(input->event_lock);
    input->inhibited = inhibit;
    return static_cast<ssize_t>(count);
}
DEVICE_ATTR_RW(inhibited);

attribute *attributes[] = {&dev_attr_name.attr, &dev_attr_phys.attr, &dev_attr_inhibited.attr, nullptr};
const attribute_group group = {.attrs = attributes};
const attribute_group *groups[] = {&group, nullptr};

// What Linux's ff-core.c has hung on the device goes by its own function, if its module is there.
void destroy_force_feedback(input_dev *dev) {
    if (!dev->ff)
        return;
    if (auto *destroy = reinterpret_cast<void (*)(input_dev *)>(__symbol_get("input_ff_destroy"))) {
        destroy(dev);
        __symbol_put("input_ff_destroy");
    }
}

void destroy_contacts(input_dev *dev) {
    if (!dev->mt)
        return;
    if (auto *destroy = reinterpret_cast<void (*)(input_dev *)>(__symbol_get("input_mt_destroy_slots"))) {
        destroy(dev);
        __symbol_put("input_mt_destroy_slots");
    }
}

void release(device *dev) {
    input_dev *input = to_input_dev(dev);
    destroy_force_feedback(input);
    destroy_contacts(input);
    poller_free(input);
    kfree(input->absinfo);
    kfree(input->vals);
    ida_free(&device_ids, dev->id);
    kfree(input);
}

const device_type type = {.name = nullptr, .groups = groups, .release = release};

// All bits that the entry names.
bool covers(const unsigned long *wanted, const unsigned long *there, unsigned bits) {
    return bitmap_subset(wanted, there, bits);
}

const input_device_id *matching_id(input_handler *handler, input_dev *dev) {
    for (const input_device_id *id = handler->id_table; id && (id->flags || id->driver_info); id++)
        if (input_match_device_id(dev, id) && (!handler->match || handler->match(handler, dev)))
            return id;
    return nullptr;
}

void connect(input_dev *dev, input_handler *handler) {
    const input_device_id *id = matching_id(handler, dev);
    if (!id)
        return;
    const int error = handler->connect(handler, dev, id);
    if (error && error != -ENODEV)
        pr_err("input: failed to attach handler %s to device %s, error: %d\n", handler->name,
               kobject_name(&dev->dev.kobj), error);
}

void disconnect(input_dev *dev) {
    {
        hold lock(dev->mutex);
        dev->going_away = true;
    }
    events_release_keys(dev);
    {
        hold lock(input_mutex);
        for (input_handle &handle : taking<&input_handle::d_node>(dev->h_list))
            handle.handler->disconnect(&handle);
        WARN_ON(!list_empty(&dev->h_list));
        timer_delete_sync(&dev->timer);
        list_del_init(&dev->node);
    }
    device_del(&dev->dev);
}

void disconnect_and_put(void *dev) {
    disconnect(static_cast<input_dev *>(dev));
}

void put(void *dev) {
    input_put_device(static_cast<input_dev *>(dev));
}

int __init input_init(void) {
    return class_register(&input_class);
}
subsys_initcall(input_init);

} // namespace

struct input_dev *input_allocate_device(void) {
    auto *dev = static_cast<input_dev *>(kzalloc(sizeof(input_dev), GFP_KERNEL));
    if (!dev)
        return nullptr;
    const int id = ida_alloc(&device_ids, GFP_KERNEL);
    if (id < 0) {
        kfree(dev);
        return nullptr;
    }
    mutex_init(&dev->mutex);
    spin_lock_init(&dev->event_lock);
    timer_setup(&dev->timer, nullptr, 0);
    INIT_LIST_HEAD(&dev->h_list);
    INIT_LIST_HEAD(&dev->node);
    device_initialize(&dev->dev);
    dev->dev.type = &type;
    dev->dev.class_ = &input_class;
    dev->dev.id = static_cast<u32>(id);
    dev_set_name(&dev->dev, "input%d", id);
    return dev;
}
EXPORT_SYMBOL(input_allocate_device);

void input_free_device(struct input_dev *dev) {
    if (!dev)
        return;
    if (dev->devres_managed)
        devm_remove_action(dev->dev.parent, put, dev);
    input_put_device(dev);
}
EXPORT_SYMBOL(input_free_device);

struct input_dev *devm_input_allocate_device(struct device *dev) {
    input_dev *input = input_allocate_device();
    if (!input || devm_add_action_or_reset(dev, put, input))
        return nullptr;
    input->dev.parent = dev;
    input->devres_managed = true;
    return input;
}
EXPORT_SYMBOL(devm_input_allocate_device);

int input_register_device(struct input_dev *dev) {
    if (test_bit(EV_ABS, dev->evbit) && !dev->absinfo) {
        dev_err(&dev->dev, "Absolute device without dev->absinfo, refusing to register\n");
        return -EINVAL;
    }
    __set_bit(EV_SYN, dev->evbit);
    __clear_bit(KEY_RESERVED, dev->keybit);
    if (const int error = events_prepare(dev))
        return error;
    if (!dev->rep[REP_DELAY] && !dev->rep[REP_PERIOD])
        input_enable_softrepeat(dev, 250, 33);
    if (!dev->getkeycode)
        dev->getkeycode = keymap_get;
    if (!dev->setkeycode)
        dev->setkeycode = keymap_set;
    if (const int error = device_add(&dev->dev))
        return error;
    char *path = kobject_get_path(&dev->dev.kobj, GFP_KERNEL);
    pr_info("input: %s as %s\n", dev->name ? dev->name : "Unspecified device", path ? path : "N/A");
    kfree(path);
    {
        hold lock(input_mutex);
        list_add_tail(&dev->node, &devices);
        for (input_handler &handler : list_of<&input_handler::node>(handlers))
            connect(dev, &handler);
    }
    owned_note(owned_device, &dev->dev);
    // On unbinding: disconnected here, freed where it was allocated.
    return dev->devres_managed ? devm_add_action_or_reset(dev->dev.parent, disconnect_and_put, dev) : 0;
}
EXPORT_SYMBOL(input_register_device);

void input_unregister_device(struct input_dev *dev) {
    if (dev->devres_managed) {
        devm_remove_action(dev->dev.parent, disconnect_and_put, dev);
        disconnect(dev);
        return;
    }
    disconnect(dev);
    input_put_device(dev);
}
EXPORT_SYMBOL(input_unregister_device);

void input_reset_device(struct input_dev *dev) {
    hold lock(dev->mutex);
    events_release_keys(dev);
}
EXPORT_SYMBOL(input_reset_device);

int input_register_handler(struct input_handler *handler) {
    hold lock(input_mutex);
    INIT_LIST_HEAD(&handler->h_list);
    list_add_tail(&handler->node, &handlers);
    for (input_dev &dev : list_of<&input_dev::node>(devices))
        connect(&dev, handler);
    return 0;
}
EXPORT_SYMBOL(input_register_handler);

void input_unregister_handler(struct input_handler *handler) {
    hold lock(input_mutex);
    for (input_handle &handle : taking<&input_handle::h_node>(handler->h_list))
        handler->disconnect(&handle);
    WARN_ON(!list_empty(&handler->h_list));
    list_del_init(&handler->node);
}
EXPORT_SYMBOL(input_unregister_handler);

int input_handler_for_each_handle(struct input_handler *handler, void *data, int (*fn)(struct input_handle *, void *)) {
    rcu_section reading;
    for (input_handle &handle : rcu_list_of<&input_handle::h_node>(handler->h_list))
        if (const int stop = fn(&handle, data))
            return stop;
    return 0;
}
EXPORT_SYMBOL(input_handler_for_each_handle);

int input_register_handle(struct input_handle *handle) {
    input_dev *dev = handle->dev;
    if (mutex_lock_interruptible(&dev->mutex))
        return -EINTR;
    // Filters see a value before those who only read.
    if (handle->handler->filter)
        list_add_rcu(&handle->d_node, &dev->h_list);
    else
        list_add_tail_rcu(&handle->d_node, &dev->h_list);
    mutex_unlock(&dev->mutex);
    list_add_tail_rcu(&handle->h_node, &handle->handler->h_list);
    if (handle->handler->start)
        handle->handler->start(handle);
    return 0;
}
EXPORT_SYMBOL(input_register_handle);

void input_unregister_handle(struct input_handle *handle) {
    list_del_rcu(&handle->h_node);
    {
        hold lock(handle->dev->mutex);
        list_del_rcu(&handle->d_node);
    }
    synchronize_rcu();
}
EXPORT_SYMBOL(input_unregister_handle);

int input_open_device(struct input_handle *handle) {
    input_dev *dev = handle->dev;
    if (mutex_lock_interruptible(&dev->mutex))
        return -EINTR;
    int error = dev->going_away ? -ENODEV : 0;
    if (!error) {
        handle->open++;
        const bool first = dev->users++ == 0 && !dev->inhibited;
        error = first && dev->open ? dev->open(dev) : 0;
        if (error) {
            dev->users--;
            handle->open--;
        } else if (first) {
            poller_start(dev);
        }
    }
    mutex_unlock(&dev->mutex);
    if (error && error != -ENODEV)
        synchronize_rcu(); // nobody is in the handle's events any more
    return error;
}
EXPORT_SYMBOL(input_open_device);

void input_close_device(struct input_handle *handle) {
    input_dev *dev = handle->dev;
    hold lock(dev->mutex);
    if (dev->grab == handle) {
        WRITE_ONCE(dev->grab, nullptr);
        synchronize_rcu();
    }
    if (--dev->users == 0 && !dev->inhibited) {
        poller_stop(dev);
        if (dev->close)
            dev->close(dev);
    }
    if (--handle->open == 0)
        synchronize_rcu();
}
EXPORT_SYMBOL(input_close_device);

int input_flush_device(struct input_handle *handle, struct file *file) {
    hold lock(handle->dev->mutex);
    return handle->dev->flush ? handle->dev->flush(handle->dev, file) : 0;
}
EXPORT_SYMBOL(input_flush_device);

int input_grab_device(struct input_handle *handle) {
    hold lock(handle->dev->mutex);
    if (handle->dev->grab)
        return -EBUSY;
    WRITE_ONCE(handle->dev->grab, handle);
    return 0;
}
EXPORT_SYMBOL(input_grab_device);

void input_release_device(struct input_handle *handle) {
    hold lock(handle->dev->mutex);
    if (handle->dev->grab != handle)
        return;
    WRITE_ONCE(handle->dev->grab, nullptr);
    synchronize_rcu();
}
EXPORT_SYMBOL(input_release_device);

int input_get_new_minor(int legacy_base, unsigned int legacy_num, bool allow_dynamic) {
    if (legacy_base >= 0) {
        const unsigned first = static_cast<unsigned>(legacy_base);
        const int minor = ida_alloc_range(&minors, first, first + legacy_num - 1, GFP_KERNEL);
        if (minor >= 0 || !allow_dynamic)
            return minor;
    }
    return ida_alloc_range(&minors, first_dynamic_minor, first_dynamic_minor + dynamic_minors - 1, GFP_KERNEL);
}
EXPORT_SYMBOL(input_get_new_minor);

void input_free_minor(unsigned int minor) {
    ida_free(&minors, minor);
}
EXPORT_SYMBOL(input_free_minor);

bool input_match_device_id(const struct input_dev *dev, const struct input_device_id *id) {
    const struct {
        unsigned flag;
        u16 wanted, there;
    } numbers[] = {
        {INPUT_DEVICE_ID_MATCH_BUS, id->bustype, dev->id.bustype},
        {INPUT_DEVICE_ID_MATCH_VENDOR, id->vendor, dev->id.vendor},
        {INPUT_DEVICE_ID_MATCH_PRODUCT, id->product, dev->id.product},
        {INPUT_DEVICE_ID_MATCH_VERSION, id->version, dev->id.version},
    };
    for (const auto &n : numbers)
        if ((id->flags & n.flag) && n.wanted != n.there)
            return false;
    return covers(id->evbit, dev->evbit, EV_CNT) && covers(id->keybit, dev->keybit, KEY_CNT) &&
           covers(id->relbit, dev->relbit, REL_CNT) && covers(id->absbit, dev->absbit, ABS_CNT) &&
           covers(id->mscbit, dev->mscbit, MSC_CNT) && covers(id->ledbit, dev->ledbit, LED_CNT) &&
           covers(id->sndbit, dev->sndbit, SND_CNT) && covers(id->ffbit, dev->ffbit, FF_CNT) &&
           covers(id->swbit, dev->swbit, SW_CNT) && covers(id->propbit, dev->propbit, INPUT_PROP_CNT);
}
EXPORT_SYMBOL(input_match_device_id);

bool input_device_enabled(struct input_dev *dev) {
    return !dev->inhibited && dev->users > 0;
}
EXPORT_SYMBOL_GPL(input_device_enabled);
