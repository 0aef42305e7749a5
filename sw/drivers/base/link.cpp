// SPDX-License-Identifier: Apache-2.0
// Links from consumers to suppliers (Linux: drivers/base/core.c). They are kept and counted; nothing is suspended, so
// that they order nothing but a supplier's reference.
#include <linux/device.h>
#include <linux/export.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

DEFINE_MUTEX(links_lock);
LIST_HEAD(links);

device_link *link_between(const device *consumer, const device *supplier) {
    for (device_link &link : list_of<&device_link::node>(links))
        if (link.consumer == consumer && link.supplier == supplier)
            return &link;
    return nullptr;
}

void give_up(device_link *link) {
    if (--link->users)
        return;
    list_del(&link->node);
    put_device(link->consumer);
    put_device(link->supplier);
    kfree(link);
}

} // namespace

struct device_link *device_link_add(struct device *consumer, struct device *supplier, u32 flags) {
    if (!consumer || !supplier || consumer == supplier)
        return nullptr;
    hold lock(links_lock);
    device_link *link = link_between(consumer, supplier);
    if (!link) {
        link = static_cast<device_link *>(kzalloc(sizeof(device_link), GFP_KERNEL));
        if (!link)
            return nullptr;
        link->consumer = get_device(consumer);
        link->supplier = get_device(supplier);
        list_add_tail(&link->node, &links);
    }
    link->flags |= flags;
    link->users++;
    return link;
}
EXPORT_SYMBOL_GPL(device_link_add);

void device_link_del(struct device_link *link) {
    hold lock(links_lock);
    give_up(link);
}
EXPORT_SYMBOL_GPL(device_link_del);

void device_link_remove(void *consumer, struct device *supplier) {
    hold lock(links_lock);
    if (device_link *link = link_between(static_cast<device *>(consumer), supplier))
        give_up(link);
}
EXPORT_SYMBOL_GPL(device_link_remove);
