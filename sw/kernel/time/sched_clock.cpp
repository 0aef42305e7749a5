// SPDX-License-Identifier: Apache-2.0
// sched_clock(): ns since power-on, from the counter (Linux: kernel/time/sched_clock.c, kernel/sched/clock.c).
#define pr_fmt(fmt) "sched_clock: " fmt

#include <linux/clocksource.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/sched/clock.h>
#include <linux/sched_clock.h>
#include <linux/trace_clock.h>

#include "kernel/time/tick_internal.h"

// The counter starts at 0 with the power, so its value needs no epoch: what printk and the traces show is the
// simulation's own time. Products are taken in 128 bits, so nothing has to be accumulated before they overflow.
static struct {
    u64 (*read)();
    u64 mask;
    u32 mult;
    u32 shift;
} clock_data;

void sched_clock_register(u64 (*read)(void), int bits, unsigned long rate) {
    clocks_calc_mult_shift(&clock_data.mult, &clock_data.shift, static_cast<u32>(rate), NSEC_PER_SEC, 3600);
    clock_data.mask = CLOCKSOURCE_MASK(bits);
    const u64 wrap = clocks_calc_max_nsecs(clock_data.mult, clock_data.shift, 0, clock_data.mask, nullptr);
    const u64 resolution = static_cast<u64>(clocksource_cyc2ns(1, clock_data.mult, clock_data.shift));
    clock_data.read = read;

    char unit = ' ';
    if (rate >= 4000000) {
        rate = (rate + 500000) / 1000000;
        unit = 'M';
    } else if (rate >= 4000) {
        rate = (rate + 500) / 1000;
        unit = 'k';
    }
    pr_info("%u bits at %lu%cHz, resolution %lluns, wraps every %lluns\n", bits, rate, unit, resolution, wrap);
}

u64 sched_clock() {
    if (!clock_data.read)
        return 0;
    const u64 cycles = clock_data.read() & clock_data.mask;
    return static_cast<u64>((static_cast<unsigned __int128>(cycles) * clock_data.mult) >> clock_data.shift);
}
EXPORT_SYMBOL_GPL(sched_clock);

u64 trace_clock_local() {
    return sched_clock();
}
EXPORT_SYMBOL_GPL(trace_clock_local);

u64 trace_clock() {
    return sched_clock();
}
EXPORT_SYMBOL_GPL(trace_clock);

u64 trace_clock_jiffies() {
    return jiffies_64_to_clock_t(get_jiffies_64() - INITIAL_JIFFIES);
}
EXPORT_SYMBOL_GPL(trace_clock_jiffies);

u64 trace_clock_global() {
    return sched_clock();
}
EXPORT_SYMBOL_GPL(trace_clock_global);
