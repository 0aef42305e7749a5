// SPDX-License-Identifier: Apache-2.0
// /dev/input/eventN (Linux: drivers/input/evdev.c): who has the file open reads struct input_event, whole packets only.
// A reader that is too slow loses what it had, and is told so by SYN_DROPPED.
#include "drivers/input/internal.h"

#include <linux/cdev.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/major.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"

namespace {

using input_record = struct input_event; // a function has the same name

constexpr unsigned first_minor = 64, legacy_minors = 32;
constexpr unsigned least_events = 64, packets_of_room = 8;

// The node of one device; lives as long as a file is open or the device is there.
struct node {
    input_handle handle;
    device dev;
    cdev chardev;
    char name[16];
    struct mutex mutex; // opening, closing, exist
    spinlock_t lock;    // readers
    list_head readers;
    bool exist;
    unsigned open;
};

// The last events, of which only those of complete packets are given out: they end at packet_end. The size is a power
// of 2.
struct event_ring {
    input_record *records;
    unsigned size, head, tail, packet_end;

    unsigned wrapped(unsigned at) const { return at & (size - 1); }
    bool silent() const { return packet_end == tail; }
    void put(const input_record &event);
    void take(input_record *event) {
        *event = records[tail];
        tail = wrapped(tail + 1);
    }
};

// One open file. The records of the ring lie behind it.
struct reader {
    list_head entry;
    node *home;
    spinlock_t lock;
    wait_queue_head_t wait;
    fasync_struct *fasync;
    input_clock_type clock;
    event_ring ring;

    bool has_news() const { return !ring.silent() || !home->exist; }
    __poll_t readiness() const {
        constexpr __poll_t readable = EPOLLIN | EPOLLRDNORM, writable = EPOLLOUT | EPOLLWRNORM;
        constexpr __poll_t dead = EPOLLERR | EPOLLHUP;
        return (ring.silent() ? 0 : readable) | (home->exist ? writable : dead);
    }
};

reader *reader_of(const file *file) {
    return static_cast<reader *>(file->private_data);
}

bool ends_packet(unsigned type, unsigned code) {
    return type == EV_SYN && code == SYN_REPORT;
}

input_record event_at(const ktime_t *times, input_clock_type clock, const input_value &value) {
    const timespec64 ts = ktime_to_timespec64(times[clock]);
    return {static_cast<__kernel_ulong_t>(ts.tv_sec), static_cast<__kernel_ulong_t>(ts.tv_nsec / NSEC_PER_USEC),
            value.type, value.code, value.value};
}

void event_ring::put(const input_record &event) {
    records[head] = event;
    head = wrapped(head + 1);
    if (head == tail) { // full: the newest event stays, behind the word that others are lost
        packet_end = tail = wrapped(head - 2);
        records[tail] = {event.__sec, event.__usec, EV_SYN, SYN_DROPPED, 0};
    }
    if (ends_packet(event.type, event.code))
        packet_end = head;
}

void take_packet(input_handle *handle, const input_value *values, unsigned count) {
    node *n = container_of(handle, node, handle);
    const ktime_t *times = input_get_timestamp(handle->dev);
    rcu_section reading;
    for (reader &r : rcu_list_of<&reader::entry>(n->readers)) {
        bool complete = false;
        {
            hold lock(r.lock);
            for (unsigned i = 0; i < count; i++) {
                r.ring.put(event_at(times, r.clock, values[i]));
                complete |= ends_packet(values[i].type, values[i].code);
            }
        }
        if (complete) {
            kill_fasync(&r.fasync, SIGIO, POLL_IN);
            wake_up_interruptible_poll(&r.wait, EPOLLIN | EPOLLRDNORM);
        }
    }
}

unsigned ring_size(const input_dev *dev) {
    return roundup_pow_of_two(max(dev->hint_events_per_packet * packets_of_room, least_events));
}

reader *new_reader(node *home) {
    const unsigned size = ring_size(home->handle.dev);
    void *room = kzalloc(sizeof(reader) + size * sizeof(input_record), GFP_KERNEL);
    if (!room)
        return nullptr;
    auto *r = static_cast<reader *>(room);
    r->home = home;
    r->ring.records = reinterpret_cast<input_record *>(r + 1);
    r->ring.size = size;
    init_waitqueue_head(&r->wait);
    spin_lock_init(&r->lock);
    return r;
}

// The first file opens the device, the last closes it.
int enter(node *n) {
    hold lock(n->mutex);
    if (!n->exist)
        return -ENODEV;
    const int refused = n->open ? 0 : input_open_device(&n->handle);
    n->open += !refused;
    return refused;
}

void leave(node *n) {
    hold lock(n->mutex);
    const bool last = n->exist && --n->open == 0;
    if (last)
        input_close_device(&n->handle);
}

int evdev_open(inode *inode, file *file) {
    node *n = container_of(inode->i_cdev, node, chardev);
    reader *r = new_reader(n);
    const int error = r ? enter(n) : -ENOMEM;
    if (error) {
        kfree(r);
        return error;
    }
    {
        hold lock(n->lock);
        list_add_tail_rcu(&r->entry, &n->readers);
    }
    file->private_data = r;
    return stream_open(inode, file);
}

void retire(reader *r) {
    {
        hold lock(r->home->lock);
        list_del_rcu(&r->entry);
    }
    synchronize_rcu();
    kfree(r);
}

int evdev_release(inode *, file *file) {
    reader *gone = reader_of(file);
    leave(gone->home);
    retire(gone);
    return 0;
}

bool next_event(reader *r, input_record *event) {
    hold_irq lock(r->lock);
    const bool there = !r->ring.silent();
    if (there)
        r->ring.take(event);
    return there;
}

// Moves events into a program's memory while there are some, and room for one more. The bytes that it filled.
result<size_t> empty_into(reader *r, char __user *to, size_t room) {
    size_t filled = 0;
    for (input_record event; room - filled >= sizeof(event) && next_event(r, &event); filled += sizeof(event))
        if (copy_to_user(to + filled, &event, sizeof(event)))
            return failure(-EFAULT);
    return filled;
}

ssize_t evdev_read(file *file, char __user *buffer, size_t count, loff_t *) {
    reader *r = reader_of(file);
    const bool asks_only = count == 0, waits = !(file->f_flags & O_NONBLOCK);
    if (!asks_only && count < sizeof(input_record))
        return -EINVAL;
    while (r->home->exist) {
        if (!waits && r->ring.silent())
            return -EAGAIN;
        result<size_t> filled = empty_into(r, buffer, count);
        if (!filled)
            return filled.error();
        if (asks_only || *filled)
            return static_cast<ssize_t>(*filled);
        if (const int signal = wait_event_interruptible(r->wait, r->has_news()))
            return signal;
    }
    return -ENODEV;
}

// What a program writes, the device reports: LEDs, sounds.
ssize_t evdev_write(file *file, const char __user *buffer, size_t count, loff_t *) {
    node *n = reader_of(file)->home;
    if (count && count < sizeof(input_record))
        return -EINVAL;
    hold lock(n->mutex);
    if (!n->exist)
        return -ENODEV;
    size_t done = 0;
    for (input_record event; done + sizeof(event) <= count; done += sizeof(event)) {
        if (copy_from_user(&event, buffer + done, sizeof(event)))
            return -EFAULT;
        input_inject_event(&n->handle, event.type, event.code, event.value);
    }
    return static_cast<ssize_t>(done);
}

__poll_t evdev_poll(file *file, poll_table *table) {
    poll_wait(file, &reader_of(file)->wait, table);
    return reader_of(file)->readiness();
}

int evdev_fasync(int fd, file *file, int on) {
    return fasync_helper(fd, file, on, &reader_of(file)->fasync);
}

// As much of an object as the caller has room for; the bytes copied.
long give(const void *from, size_t size, unsigned long to, unsigned room) {
    const size_t bytes = min(size, static_cast<size_t>(room));
    return copy_to_user(reinterpret_cast<void __user *>(to), from, bytes) ? -EFAULT : static_cast<long>(bytes);
}

long give_text(const char *text, unsigned long to, unsigned room) {
    return text ? give(text, strlen(text) + 1, to, room) : -ENOENT;
}

// Which codes of a type there are.
long give_codes(input_dev *dev, unsigned type, unsigned long to, unsigned room) {
    // In the place of EV_SYN, whose codes no program asks for, are the types.
    const code_set codes = type == EV_SYN ? code_set{dev->evbit, EV_MAX} : codes_of(dev, type);
    return codes.bits ? give(codes.bits, BITS_TO_LONGS(codes.last + 1) * sizeof(long), to, room) : -EINVAL;
}

long set_clock(reader *r, const int __user *which) {
    int id;
    if (get_user(id, which))
        return -EFAULT;
    constexpr struct {
        int id;
        input_clock_type clock;
    } clocks[] = {
        {CLOCK_BOOTTIME, INPUT_CLK_BOOT}, {CLOCK_MONOTONIC, INPUT_CLK_MONO}, {CLOCK_REALTIME, INPUT_CLK_REAL}};
    hold_irq lock(r->lock);
    for (const auto &known : clocks)
        if (known.id == id)
            return r->clock = known.clock, 0;
    return -EINVAL;
}

long axis_ioctl(input_dev *dev, unsigned number, unsigned long arg) {
    constexpr unsigned get_first = 0x40, set_first = 0xc0;
    const bool sets = number >= set_first;
    const unsigned axis = number - (sets ? set_first : get_first);
    if (!dev->absinfo || axis >= ABS_CNT)
        return -EINVAL;
    auto *info = reinterpret_cast<input_absinfo __user *>(arg);
    input_absinfo changed;
    if (!sets)
        return copy_to_user(info, &dev->absinfo[axis], sizeof(changed)) ? -EFAULT : 0;
    if (copy_from_user(&changed, info, sizeof(changed)))
        return -EFAULT;
    hold_irq lock(dev->event_lock);
    dev->absinfo[axis] = changed;
    return 0;
}

long repeat_ioctl(node *n, unsigned command, unsigned long arg) {
    input_dev *dev = n->handle.dev;
    if (!test_bit(EV_REP, dev->evbit))
        return -ENOSYS;
    auto *at = reinterpret_cast<unsigned __user *>(arg);
    unsigned times[] = {static_cast<unsigned>(dev->rep[REP_DELAY]), static_cast<unsigned>(dev->rep[REP_PERIOD])};
    if (command == EVIOCGREP)
        return copy_to_user(at, times, sizeof(times)) ? -EFAULT : 0;
    if (copy_from_user(times, at, sizeof(times)))
        return -EFAULT;
    input_inject_event(&n->handle, EV_REP, REP_DELAY, static_cast<int>(times[0]));
    input_inject_event(&n->handle, EV_REP, REP_PERIOD, static_cast<int>(times[1]));
    return 0;
}

long sized_ioctl(input_dev *dev, unsigned command, unsigned long arg) {
    const unsigned room = _IOC_SIZE(command), number = _IOC_NR(command);
    switch (number) {
    case _IOC_NR(EVIOCGNAME(0)):
        return give_text(dev->name, arg, room);
    case _IOC_NR(EVIOCGPHYS(0)):
        return give_text(dev->phys, arg, room);
    case _IOC_NR(EVIOCGUNIQ(0)):
        return give_text(dev->uniq, arg, room);
    case _IOC_NR(EVIOCGPROP(0)):
        return give(dev->propbit, sizeof(dev->propbit), arg, room);
    case _IOC_NR(EVIOCGKEY(0)):
        return give(dev->key, sizeof(dev->key), arg, room);
    case _IOC_NR(EVIOCGLED(0)):
        return give(dev->led, sizeof(dev->led), arg, room);
    case _IOC_NR(EVIOCGSND(0)):
        return give(dev->snd, sizeof(dev->snd), arg, room);
    case _IOC_NR(EVIOCGSW(0)):
        return give(dev->sw, sizeof(dev->sw), arg, room);
    }
    constexpr unsigned codes = _IOC_NR(EVIOCGBIT(0, 0));
    if (number >= codes && number < codes + EV_CNT)
        return give_codes(dev, number - codes, arg, room);
    return number >= 0x40 ? axis_ioctl(dev, number, arg) : -EINVAL;
}

long evdev_ioctl(file *file, unsigned command, unsigned long arg) {
    reader *r = reader_of(file);
    node *n = r->home;
    input_dev *dev = n->handle.dev;
    hold lock(n->mutex);
    if (!n->exist)
        return -ENODEV;
    switch (command) {
    case EVIOCGVERSION: {
        const int version = EV_VERSION;
        return copy_to_user(reinterpret_cast<void __user *>(arg), &version, sizeof(version)) ? -EFAULT : 0;
    }
    case EVIOCGID:
        return copy_to_user(reinterpret_cast<void __user *>(arg), &dev->id, sizeof(dev->id)) ? -EFAULT : 0;
    case EVIOCGREP:
    case EVIOCSREP:
        return repeat_ioctl(n, command, arg);
    case EVIOCGRAB:
        if (arg)
            return input_grab_device(&n->handle);
        input_release_device(&n->handle);
        return 0;
    case EVIOCSCLOCKID:
        return set_clock(r, reinterpret_cast<const int __user *>(arg));
    }
    return _IOC_TYPE(command) == 'E' ? sized_ioctl(dev, command, arg) : -EINVAL;
}

const file_operations fops = {
    .read = evdev_read,
    .write = evdev_write,
    .poll = evdev_poll,
    .unlocked_ioctl = evdev_ioctl,
    .open = evdev_open,
    .release = evdev_release,
    .fasync = evdev_fasync,
};

void release(device *dev) {
    node *n = container_of(dev, node, dev);
    input_put_device(n->handle.dev);
    kfree(n);
}

// A minor number, free again unless a node keeps it.
class minor_number {
public:
    minor_number()
        : got_(input_get_new_minor(first_minor, legacy_minors, true)) {}
    ~minor_number() {
        if (owned_ && got_ >= 0)
            input_free_minor(static_cast<unsigned>(got_));
    }
    minor_number(const minor_number &) = delete;
    minor_number &operator=(const minor_number &) = delete;

    int error() const { return min(got_, 0); }
    void keep() { owned_ = false; }
    dev_t as_dev() const { return MKDEV(INPUT_MAJOR, static_cast<unsigned>(got_)); }
    // Event devices count from 0 where their old range begins; behind it the number is the minor's.
    int of_event() const {
        const int first = static_cast<int>(first_minor);
        return got_ < first + static_cast<int>(legacy_minors) ? got_ - first : got_;
    }

private:
    const int got_;
    bool owned_ = true;
};

// A node with nothing on it. From here on its device's last reference frees it.
node *make_node(input_handler *handler, input_dev *dev, const minor_number &minor) {
    auto *n = static_cast<node *>(kzalloc(sizeof(node), GFP_KERNEL));

    if (!n)
        return nullptr;
    n->exist = true;
    mutex_init(&n->mutex);
    spin_lock_init(&n->lock);
    INIT_LIST_HEAD(&n->readers);
    scnprintf(n->name, sizeof(n->name), "event%d", minor.of_event());
    n->handle.handler = handler;
    n->handle.name = n->name;
    n->handle.dev = input_get_device(dev);
    device_initialize(&n->dev);
    n->dev.release = release;
    n->dev.parent = &dev->dev;
    n->dev.class_ = &input_class;
    n->dev.devt = minor.as_dev();
    dev_set_name(&n->dev, "%s", n->name);
    return n;
}

// Reports come from the handle's registration on, and programs from the device's.
int publish(node &n) {
    if (const int refused = input_register_handle(&n.handle))
        return refused;
    cdev_init(&n.chardev, &fops);
    const int error = cdev_device_add(&n.chardev, &n.dev);
    if (error)
        input_unregister_handle(&n.handle);
    return error;
}

// (Linux: evdev_connect)
int connect(input_handler *handler, input_dev *dev, const input_device_id *) {
    minor_number minor;

    if (minor.error())
        return minor.error();
    node *n = make_node(handler, dev, minor);
    if (!n)
        return -ENOMEM;
    const int error = publish(*n);
    error ? put_device(&n->dev) : minor.keep();
    return error;
}

void disconnect(input_handle *handle) {
    node *n = container_of(handle, node, handle);
    cdev_device_del(&n->chardev, &n->dev);
    {
        hold lock(n->mutex);
        n->exist = false;
        if (n->open)
            input_close_device(handle);
    }
    {
        hold lock(n->lock);
        for (reader &r : list_of<&reader::entry>(n->readers)) {
            kill_fasync(&r.fasync, SIGIO, POLL_HUP);
            wake_up_interruptible_poll(&r.wait, EPOLLHUP | EPOLLERR);
        }
    }
    input_free_minor(MINOR(n->dev.devt));
    input_unregister_handle(handle);
    put_device(&n->dev);
}

const input_device_id every_device[] = {{.driver_info = 1}, {}};
input_handler handler = {.events = take_packet,
                         .connect = connect,
                         .disconnect = disconnect,
                         .legacy_minors = true,
                         .minor = first_minor,
                         .name = "evdev",
                         .id_table = every_device};

// The node is /dev/input/eventN.
char *devnode(device *dev, umode_t *) {
    return kasprintf(GFP_KERNEL, "input/%s", dev_name(dev));
}

int __init evdev_init(void) {
    input_class.devnode = devnode;
    return input_register_handler(&handler);
}
fs_initcall_sync(evdev_init);

} // namespace
