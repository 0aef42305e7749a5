// SPDX-License-Identifier: Apache-2.0
// Starts the controllers that drivers have declared with IRQCHIP_DECLARE.
#include <linux/init.h>
#include <linux/irqchip.h>
#include <linux/kernel.h>
#include <linux/of_irq.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/init.h"

extern "C" const of_device_id __start_irqchip_of_table[] __attribute__((visibility("hidden")));
extern "C" const of_device_id __stop_irqchip_of_table[] __attribute__((visibility("hidden")));

void irqchip_init(void) {
    // Match tables end with an empty entry; the linker's does not.
    size_t count = __stop_irqchip_of_table - __start_irqchip_of_table;
    auto *matches = static_cast<of_device_id *>(kcalloc(count + 1, sizeof(of_device_id), GFP_KERNEL));

    if (!matches)
        panic("irqchip: no memory\n");
    memcpy(matches, __start_irqchip_of_table, count * sizeof(of_device_id));
    of_irq_init(matches);
    kfree(matches);
}

void init_IRQ(void) {
    irqchip_init();
}
