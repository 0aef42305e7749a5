// SPDX-License-Identifier: Apache-2.0
// What of the system's core is told of sleep and of the end, after all devices: on one CPU, interrupts masked while it
// sleeps (Linux: drivers/base/syscore.c). The simulated system never sleeps.
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/syscore_ops.h>

#include "lib/guard.h"

namespace {

LIST_HEAD(parts); // as they registered
DEFINE_MUTEX(parts_lock);

template <typename Deed>
void latest_first(Deed deed) {
    for (list_head *at = parts.prev; at != &parts; at = at->prev)
        deed(*list_entry(at, syscore_ops, node));
}

} // namespace

void register_syscore_ops(syscore_ops *ops) {
    hold l(parts_lock);
    list_add_tail(&ops->node, &parts);
}
EXPORT_SYMBOL_GPL(register_syscore_ops);

void unregister_syscore_ops(syscore_ops *ops) {
    hold l(parts_lock);
    list_del(&ops->node);
}
EXPORT_SYMBOL_GPL(unregister_syscore_ops);

void syscore_shutdown() {
    hold l(parts_lock);
    latest_first([](const syscore_ops &part) {
        if (part.shutdown)
            part.shutdown();
    });
}
