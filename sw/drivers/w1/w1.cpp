// SPDX-License-Identifier: Apache-2.0
// The 1-wire bus: masters, the time slots of their bits, and the search for who is there (Linux: drivers/w1/w1.c,
// w1_io.c, w1_int.c; Maxim application note 126 for the times, 187 for the search).
#include <linux/w1.h>

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct w1_master {
    device dev;
    w1_bus_master *bus;
    unsigned id;
    task_struct *thread;
    mutex lock; // of the wire and of what has been found
    unsigned count;
    u64 found[64];
};

namespace {

constexpr unsigned search_period = 10; // s

DEFINE_IDA(w1_ida);
bus_type w1_bus_type = {.name = "w1"};

w1_master *master_of(device *dev) {
    return container_of(dev, w1_master, dev);
}

// The wire.

void write_bit(const w1_bus_master *bus, u8 bit) {
    if (bus->touch_bit) {
        bus->touch_bit(bus->data, bit);
        return;
    }
    bus->write_bit(bus->data, 0);
    udelay(bit ? 6 : 60);
    bus->write_bit(bus->data, 1);
    udelay(bit ? 64 : 10);
}

u8 read_bit(const w1_bus_master *bus) {
    unsigned long flags;

    if (bus->touch_bit)
        return bus->touch_bit(bus->data, 1) & 1;
    local_irq_save(flags); // the sample is due 15 us after the edge
    bus->write_bit(bus->data, 0);
    udelay(6);
    bus->write_bit(bus->data, 1);
    udelay(9);
    const u8 bit = bus->read_bit(bus->data) & 1;
    local_irq_restore(flags);
    udelay(55);
    return bit;
}

void write_byte(const w1_bus_master *bus, u8 byte) {
    if (bus->write_byte) {
        bus->write_byte(bus->data, byte);
        return;
    }
    for (int i = 0; i < 8; i++)
        write_bit(bus, byte >> i & 1);
}

bool somebody_answers(const w1_bus_master *bus) {
    if (bus->reset_bus)
        return !(bus->reset_bus(bus->data) & 1);
    bus->write_bit(bus->data, 0);
    usleep_range(500, 700); // at least 480 us
    bus->write_bit(bus->data, 1);
    udelay(70);
    const bool there = !(bus->read_bit(bus->data) & 1);
    msleep(1);
    return there;
}

bool is_number(u64 reg) {
    u8 crc = 0;
    for (int i = 0; i < 7; i++) {
        crc ^= static_cast<u8>(reg >> 8 * i);
        for (int bit = 0; bit < 8; bit++)
            crc = static_cast<u8>(crc & 1 ? crc >> 1 ^ 0x8c : crc >> 1);
    }
    return reg && crc == static_cast<u8>(reg >> 56);
}

void note(w1_master *m, u64 reg) {
    if (!is_number(reg) || m->count == ARRAY_SIZE(m->found))
        return;
    m->found[m->count++] = reg;
}

// Everybody says a bit of their number and its complement at once; who has the other bit than the master's falls
// silent. Where both were said, the way not taken is taken in a later round.
void search(w1_master *m) {
    const w1_bus_master *bus = m->bus;
    u64 last = 0;
    int last_branch = -1;

    for (;;) {
        u64 number = 0;
        int branch = -1;
        if (!somebody_answers(bus))
            return;
        write_byte(bus, W1_SEARCH);
        for (int i = 0; i < 64; i++) {
            const bool one = read_bit(bus), zero = read_bit(bus);
            if (one && zero) // nobody is left
                return;
            bool take = one;
            if (!one && !zero) {
                take = i == last_branch || (i < last_branch && (last >> i & 1));
                if (!take)
                    branch = i;
            }
            write_bit(bus, take);
            number |= static_cast<u64>(take) << i;
        }
        note(m, number);
        if (branch < 0)
            return;
        last = number;
        last_branch = branch;
    }
}

int w1_process(void *data) {
    auto *m = static_cast<w1_master *>(data);

    while (!kthread_should_stop()) {
        mutex_lock(&m->lock);
        m->count = 0;
        search(m);
        mutex_unlock(&m->lock);
        set_current_state(TASK_INTERRUPTIBLE);
        if (!kthread_should_stop())
            schedule_timeout(search_period * HZ);
        __set_current_state(TASK_RUNNING);
    }
    return 0;
}

ssize_t w1_master_name_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", dev_name(dev));
}
DEVICE_ATTR_RO(w1_master_name);
ssize_t w1_master_slave_count_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", master_of(dev)->count);
}
DEVICE_ATTR_RO(w1_master_slave_count);
ssize_t w1_master_slaves_show(device *dev, device_attribute *, char *buf) {
    w1_master *m = master_of(dev);
    int length = 0;

    mutex_lock(&m->lock);
    if (!m->count)
        length = sysfs_emit(buf, "not found.\n");
    for (unsigned i = 0; i < m->count; i++)
        length += sysfs_emit_at(buf, length, "%02x-%012llx\n", static_cast<unsigned>(m->found[i] & 0xff),
                                static_cast<unsigned long long>(m->found[i] << 8 >> 16));
    mutex_unlock(&m->lock);
    return length;
}
DEVICE_ATTR_RO(w1_master_slaves);
attribute *w1_attributes[] = {&dev_attr_w1_master_name.attr, &dev_attr_w1_master_slave_count.attr,
                              &dev_attr_w1_master_slaves.attr, nullptr};
const attribute_group w1_group = {.attrs = w1_attributes};
const attribute_group *w1_groups[] = {&w1_group, nullptr};

void w1_release(device *dev) {
    w1_master *m = master_of(dev);

    ida_free(&w1_ida, m->id);
    kfree(m);
}

int same_bus(device *dev, const void *bus) {
    return master_of(dev)->bus == bus;
}

int __init w1_init(void) {
    return bus_register(&w1_bus_type);
}
postcore_initcall(w1_init);

} // namespace

int w1_add_master_device(struct w1_bus_master *bus) {
    if (!(bus->touch_bit && bus->reset_bus) && !(bus->write_bit && bus->read_bit)) {
        pr_err("w1_add_master_device: invalid function set\n");
        return -EINVAL;
    }
    auto *m = static_cast<w1_master *>(kzalloc(sizeof(w1_master), GFP_KERNEL));
    if (!m)
        return -ENOMEM;
    const int id = ida_alloc_min(&w1_ida, 1, GFP_KERNEL);
    if (id < 0) {
        kfree(m);
        return id;
    }
    m->id = static_cast<unsigned>(id);
    m->bus = bus;
    mutex_init(&m->lock);
    device_initialize(&m->dev);
    m->dev.bus = &w1_bus_type;
    m->dev.groups = w1_groups;
    m->dev.release = w1_release;
    int error = dev_set_name(&m->dev, "w1_bus_master%u", m->id);
    error = error ?: device_add(&m->dev);
    if (error) {
        put_device(&m->dev);
        return error;
    }
    m->thread = kthread_run(w1_process, m, "%s", dev_name(&m->dev));
    if (IS_ERR(m->thread)) {
        error = static_cast<int>(PTR_ERR(m->thread));
        device_unregister(&m->dev);
    }
    return error;
}
EXPORT_SYMBOL(w1_add_master_device);

void w1_remove_master_device(struct w1_bus_master *bus) {
    device *dev = bus_find_device(&w1_bus_type, nullptr, bus, same_bus);

    if (!dev) {
        pr_err("Device doesn't exist.\n");
        return;
    }
    kthread_stop(master_of(dev)->thread);
    device_unregister(dev);
    put_device(dev);
}
EXPORT_SYMBOL(w1_remove_master_device);
