// SPDX-License-Identifier: Apache-2.0
// Finds the drivers of timers in the device tree (Linux: drivers/clocksource/timer-probe.c).
#include <linux/clocksource.h>
#include <linux/init.h>
#include <linux/of.h>
#include <linux/printk.h>

#include "kernel/init.h"

extern "C" const struct of_device_id __start_timer_of_table[] __attribute__((visibility("hidden")));
extern "C" const struct of_device_id __stop_timer_of_table[] __attribute__((visibility("hidden")));

void timer_probe() {
    using init_function = int (*)(device_node *);
    unsigned timers = 0;
    for (const of_device_id *id = __start_timer_of_table; id != __stop_timer_of_table; id++) {
        device_node *np = nullptr;
        while ((np = of_find_compatible_node(np, nullptr, id->compatible))) {
            if (!of_device_is_available(np))
                continue;
            const int ret = reinterpret_cast<init_function>(const_cast<void *>(id->data))(np);
            if (ret)
                pr_err("Failed to initialize '%pOF': %d\n", np, ret);
            else
                timers++;
        }
    }
    if (!timers)
        pr_crit("timer_probe: no matching timers found\n");
}

void time_init() {
    timer_probe();
}
