// SPDX-License-Identifier: Apache-2.0
// Devices without an interrupt: a work item asks them every interval while they are open (Linux: input-poller.c).
#include "drivers/input/internal.h"

#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/workqueue.h>

struct input_dev_poller {
    void (*poll)(input_dev *dev);
    unsigned interval; // ms; 0: not told
    unsigned shortest, longest;
    input_dev *dev;
    delayed_work work;
};

namespace {

constexpr unsigned usual_interval = 500;

void again(input_dev_poller *poller) {
    unsigned long delay = msecs_to_jiffies(poller->interval);
    if (delay >= HZ)
        delay = round_jiffies_relative(delay);
    queue_delayed_work(system_freezable_wq, &poller->work, delay);
}

void poll_once(work_struct *work) {
    auto *poller = container_of(to_delayed_work(work), input_dev_poller, work);
    poller->poll(poller->dev);
    again(poller);
}

input_dev_poller *describe(input_dev_poller *poller, input_dev *dev, void (*ask)(input_dev *)) {
    INIT_DELAYED_WORK(&poller->work, poll_once);
    poller->dev = dev;
    poller->poll = ask;
    return poller;
}

unsigned interval_of(const input_dev *dev) {
    const input_dev_poller *poller = dev->poller;
    return !poller ? 0 : poller->interval ? poller->interval : usual_interval;
}

} // namespace

void poller_start(input_dev *dev) {
    input_dev_poller *poller = dev->poller;
    if (!poller)
        return;
    poller->interval = interval_of(dev);
    if (poller->longest && poller->interval > poller->longest)
        poller->interval = poller->longest;
    poller->interval = max(poller->interval, poller->shortest);
    poller->poll(dev);
    again(poller);
}

void poller_stop(input_dev *dev) {
    if (dev->poller)
        cancel_delayed_work_sync(&dev->poller->work);
}

void poller_free(input_dev *dev) {
    kfree(dev->poller);
}

int input_setup_polling(struct input_dev *dev, void (*poll_fn)(struct input_dev *dev)) {
    void *room = kzalloc(sizeof(input_dev_poller), GFP_KERNEL);
    if (room)
        dev->poller = describe(static_cast<input_dev_poller *>(room), dev, poll_fn);
    return room ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(input_setup_polling);

void input_set_poll_interval(struct input_dev *dev, unsigned int interval) {
    if (!WARN_ON(!dev->poller))
        dev->poller->interval = interval;
}
EXPORT_SYMBOL(input_set_poll_interval);

void input_set_min_poll_interval(struct input_dev *dev, unsigned int interval) {
    if (!WARN_ON(!dev->poller))
        dev->poller->shortest = interval;
}
EXPORT_SYMBOL(input_set_min_poll_interval);

void input_set_max_poll_interval(struct input_dev *dev, unsigned int interval) {
    if (!WARN_ON(!dev->poller))
        dev->poller->longest = interval;
}
EXPORT_SYMBOL(input_set_max_poll_interval);

int input_get_poll_interval(struct input_dev *dev) {
    return dev->poller ? static_cast<int>(interval_of(dev)) : -EINVAL;
}
EXPORT_SYMBOL(input_get_poll_interval);
