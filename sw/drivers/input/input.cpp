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

DEFINE_MUTEX(input_mutex);
LIST_HEAD(devices);
LIST_HEAD(handlers);
DEFINE_IDA(device_ids);
DEFINE_IDA(minors);

} // namespace

void for_each_input_device(void (*visit)(input_dev &, void *), void *data) {
    hold lock(input_mutex);
    for (input_dev &dev : list_of<&input_dev::node>(devices))
        visit(dev, data);
}

void for_each_input_handler(void (*visit)(input_handler &, void *), void *data) {
    hold lock(input_mutex);
    for (input_handler &handler : list_of<&input_handler::node>(handlers))
        visit(handler, data);
}

namespace {

struct minor_range {
    unsigned first, end;
    int take() const { return ida_alloc_range(&minors, first, end - 1, GFP_KERNEL); }
};
constexpr minor_range dynamic_minors{256, 1024};

// A mutex for which one waits until a signal comes: then it is not held.
class hold_unless_signal {
public:
    explicit hold_unless_signal(struct mutex &lock)
        : m_lock(mutex_lock_interruptible(&lock) ? nullptr : &lock) {}
    ~hold_unless_signal() {
        if (m_lock)
            mutex_unlock(m_lock);
    }
    hold_unless_signal(const hold_unless_signal &) = delete;
    hold_unless_signal &operator=(const hold_unless_signal &) = delete;
    explicit operator bool() const { return m_lock; }

private:
    struct mutex *m_lock;
};

// Asks one after the other until an answer is not 0.
template <typename Range, typename Ask>
int first_answer(const Range &range, Ask ask) {
    for (auto &one : range)
        if (const int answer = ask(one))
            return answer;
    return 0;
}

// A device works while somebody has it open and it is not inhibited.
int start_working(input_dev *dev) {
    const int refused = dev->open ? dev->open(dev) : 0;
    if (!refused)
        poller_start(dev);
    return refused;
}

void stop_working(input_dev *dev) {
    poller_stop(dev);
    if (dev->close)
        dev->close(dev);
}

// The handle's place among those that see the device's values: filters before those who only read.
void line_up(input_handle *handle) {
    list_head &line = handle->dev->h_list;
    list_head *next_in_line = handle->handler->filter ? line.next : &line;
    list_add_tail_rcu(&handle->d_node, next_in_line);
}

// One more user, or one less, of the device by this handle. Whether the device must start or stop for it.
bool first_comes(input_handle *handle) {
    handle->open++;
    return handle->dev->users++ == 0 && !handle->dev->inhibited;
}
bool last_goes(input_handle *handle) {
    handle->open--;
    return --handle->dev->users == 0 && !handle->dev->inhibited;
}

void end_grab(input_handle *handle) {
    input_handle *&owner = handle->dev->grab;
    if (owner == handle) {
        WRITE_ONCE(owner, nullptr);
        synchronize_rcu();
    }
}

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
        if (const int refused = start_working(input))
            return refused;
    }
    hold_irq events(input->event_lock);
    input->inhibited = inhibit;
    return static_cast<ssize_t>(count);
}
DEVICE_ATTR_RW(inhibited);

attribute *attributes[] = {&dev_attr_inhibited.attr, nullptr};

} // namespace

const attribute_group input_switch_group = {.attrs = attributes};

namespace {

// What a module of Linux's (ff-core.c, input-mt.c) has hung on the device goes by its own function, if the module is
// there.
void destroy_by(const char *function, input_dev *dev) {
    if (auto *destroy = reinterpret_cast<void (*)(input_dev *)>(__symbol_get(function))) {
        destroy(dev);
        __symbol_put(function);
    }
}

void release(device *dev) {
    input_dev *input = to_input_dev(dev);
    const struct {
        const void *part;
        const char *destroy;
    } extensions[] = {{input->ff, "input_ff_destroy"}, {input->mt, "input_mt_destroy_slots"}};

    for (const auto &e : extensions)
        if (e.part)
            destroy_by(e.destroy, input);
    poller_free(input);
    ida_free(&device_ids, dev->id);
    kfree(input->vals);
    kfree(input->absinfo);
    kfree(input);
}

const device_type type = {.name = nullptr, .groups = input_file_groups, .release = release};

// What an entry of a match table can ask for: numbers, each under its flag, and codes that must all be there.
struct asked_number {
    unsigned flag;
    u16 input_device_id::*wanted;
    u16 input_id::*there;
};
constexpr asked_number numbers[] = {
    {INPUT_DEVICE_ID_MATCH_VERSION, &input_device_id::version, &input_id::version},
    {INPUT_DEVICE_ID_MATCH_PRODUCT, &input_device_id::product, &input_id::product},
    {INPUT_DEVICE_ID_MATCH_VENDOR, &input_device_id::vendor, &input_id::vendor},
    {INPUT_DEVICE_ID_MATCH_BUS, &input_device_id::bustype, &input_id::bustype},
};

struct asked_codes {
    size_t wanted, there; // where the bits are
    unsigned bits;
};
#define CODES(set, bits)                                                                                               \
    { offsetof(input_device_id, set), offsetof(input_dev, set), bits }
constexpr asked_codes code_sets[] = {
    CODES(propbit, INPUT_PROP_CNT), CODES(swbit, SW_CNT),   CODES(sndbit, SND_CNT), CODES(relbit, REL_CNT),
    CODES(mscbit, MSC_CNT),         CODES(ledbit, LED_CNT), CODES(keybit, KEY_CNT), CODES(ffbit, FF_CNT),
    CODES(absbit, ABS_CNT),         CODES(evbit, EV_CNT),
};
#undef CODES

template <typename Owner>
const unsigned long *bits_at(const Owner *owner, size_t offset) {
    return reinterpret_cast<const unsigned long *>(reinterpret_cast<const char *>(owner) + offset);
}

// The table ends at an entry that says nothing.
bool is_end(const input_device_id &entry) {
    return !entry.flags && !entry.driver_info;
}

const input_device_id *matching_id(input_handler *handler, input_dev *dev) {
    const auto wants = [=](const input_device_id *entry) {
        return input_match_device_id(dev, entry) && (handler->match ? handler->match(handler, dev) : true);
    };
    const input_device_id *entry = handler->id_table;
    while (entry && !is_end(*entry) && !wants(entry))
        entry++;
    return entry && !is_end(*entry) ? entry : nullptr;
}

// A handler that is not interested says -ENODEV.
bool has_failed(int answer) {
    return answer != 0 && answer != -ENODEV;
}

void say_not_attached(const input_handler *handler, const input_dev *dev, int error) {
    pr_err("input: failed to attach handler %s to device %s, error: %d\n", handler->name, dev_name(&dev->dev), error);
}

// (Linux: input_attach_handler)
void connect(input_dev *dev, input_handler *handler) {
    if (const input_device_id *id = matching_id(handler, dev)) {
        const int answer = handler->connect(handler, dev, id);
        if (has_failed(answer))
            say_not_attached(handler, dev, answer);
    }
}

// The handles of a device, or of a handler, by the list that they are in.
template <auto member>
void disconnect_all(list_head &handles) {
    for (input_handle &handle : taking<member>(handles))
        handle.handler->disconnect(&handle);
    WARN_ON(!list_empty(&handles));
}

// From the device's side: no handler, no place in the list, no repetition any more.
void leave_handlers(input_dev *dev) {
    const hold lock(input_mutex);

    disconnect_all<&input_handle::d_node>(dev->h_list);
    timer_delete_sync(&dev->timer);
    list_del_init(&dev->node);
}

// No handle may open it from here on; an open one hears that its keys are up, and is disconnected (Linux:
// __input_unregister_device).
void disconnect(input_dev *dev) {
    hold lock(dev->mutex);
    dev->going_away = true;
    lock.release();
    events_release_keys(dev);
    leave_handlers(dev);
    device_del(&dev->dev);
}

void disconnect_and_put(void *dev) {
    disconnect(static_cast<input_dev *>(dev));
}

void put(void *dev) {
    input_put_device(static_cast<input_dev *>(dev));
}

// The steps of a registration, in their order; each may refuse.

int check_axes(input_dev *dev) {
    const bool described = dev->absinfo || !test_bit(EV_ABS, dev->evbit);
    if (!described)
        dev_err(&dev->dev, "Absolute device without dev->absinfo, refusing to register\n");
    return described ? 0 : -EINVAL;
}

template <typename Method>
void fill_in(Method &method, Method usual) {
    method = method ? method : usual;
}

// What the driver did not say is as usual.
int complete(input_dev *dev) {
    constexpr int usual_delay = 250, usual_period = 33; // ms
    const bool repeats_by_itself = dev->rep[REP_PERIOD] || dev->rep[REP_DELAY];
    if (!repeats_by_itself)
        input_enable_softrepeat(dev, usual_delay, usual_period);
    fill_in(dev->setkeycode, keymap_set);
    fill_in(dev->getkeycode, keymap_get);
    __clear_bit(KEY_RESERVED, dev->keybit);
    __set_bit(EV_SYN, dev->evbit);
    return events_prepare(dev);
}

int appear(input_dev *dev) {
    return device_add(&dev->dev);
}

int announce(input_dev *dev) {
    const char *where = kobject_get_path(&dev->dev.kobj, GFP_KERNEL);
    finally done_with_it([&] { kfree(where); });
    const char *what = dev->name;
    pr_info("input: %s as %s\n", what ? what : "Unspecified device", where ? where : "N/A");
    return 0;
}

int meet_handlers(input_dev *dev) {
    hold lock(input_mutex);
    list_add_tail(&dev->node, &devices);
    for (input_handler &handler : list_of<&input_handler::node>(handlers))
        connect(dev, &handler);
    return 0;
}

// On unbinding: disconnected here, freed where it was allocated.
int share_life_of_parent(input_dev *dev) {
    owned_note(owned_device, &dev->dev);
    return dev->devres_managed ? devm_add_action_or_reset(dev->dev.parent, disconnect_and_put, dev) : 0;
}

constexpr int (*registration[])(input_dev *) = {check_axes, complete,      appear,
                                                announce,   meet_handlers, share_life_of_parent};

int __init input_init(void) {
    const int error = class_register(&input_class);
    return error ? error : input_proc_init();
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
    return first_answer(registration, [dev](auto step) { return step(dev); });
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
    disconnect_all<&input_handle::h_node>(handler->h_list);
    list_del_init(&handler->node);
}
EXPORT_SYMBOL(input_unregister_handler);

int input_handler_for_each_handle(struct input_handler *handler, void *data, int (*fn)(struct input_handle *, void *)) {
    rcu_section reading;
    const auto handles = rcu_list_of<&input_handle::h_node>(handler->h_list);
    return first_answer(handles, [=](input_handle &handle) { return fn(&handle, data); });
}
EXPORT_SYMBOL(input_handler_for_each_handle);

int input_register_handle(struct input_handle *handle) {
    {
        hold_unless_signal lock(handle->dev->mutex);
        if (!lock)
            return -EINTR;
        line_up(handle);
    }
    input_handler &owner = *handle->handler;
    list_add_tail_rcu(&handle->h_node, &owner.h_list);
    if (owner.start)
        owner.start(handle);
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
    hold_unless_signal lock(dev->mutex);
    if (!lock || dev->going_away)
        return lock ? -ENODEV : -EINTR;
    const int refused = first_comes(handle) ? start_working(dev) : 0;
    if (refused) {
        last_goes(handle);
        synchronize_rcu(); // nothing is in the handle's events any more
    }
    return refused;
}
EXPORT_SYMBOL(input_open_device);

void input_close_device(struct input_handle *handle) {
    hold lock(handle->dev->mutex);
    end_grab(handle);
    if (last_goes(handle))
        stop_working(handle->dev);
    const bool silent = handle->open == 0;
    if (silent)
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
    end_grab(handle);
}
EXPORT_SYMBOL(input_release_device);

int input_get_new_minor(int legacy_base, unsigned int legacy_num, bool allow_dynamic) {
    if (legacy_base < 0)
        return dynamic_minors.take();
    const unsigned base = static_cast<unsigned>(legacy_base);
    const int legacy = minor_range{base, base + legacy_num}.take();
    return legacy < 0 && allow_dynamic ? dynamic_minors.take() : legacy;
}
EXPORT_SYMBOL(input_get_new_minor);

void input_free_minor(unsigned int minor) {
    ida_free(&minors, minor);
}
EXPORT_SYMBOL(input_free_minor);

bool input_match_device_id(const struct input_dev *dev, const struct input_device_id *id) {
    bool fits = true;
    for (const asked_number &n : numbers)
        fits &= !(id->flags & n.flag) || id->*n.wanted == dev->id.*n.there;
    for (const asked_codes &codes : code_sets)
        fits = fits && bitmap_subset(bits_at(id, codes.wanted), bits_at(dev, codes.there), codes.bits);
    return fits;
}
EXPORT_SYMBOL(input_match_device_id);

bool input_device_enabled(struct input_dev *dev) {
    return !dev->inhibited && dev->users > 0;
}
EXPORT_SYMBOL_GPL(input_device_enabled);
