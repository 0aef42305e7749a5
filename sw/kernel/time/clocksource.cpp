// SPDX-License-Identifier: Apache-2.0
// The clock source: a counter and what turns it into ns (Linux: kernel/time/clocksource.c).
#define pr_fmt(fmt) "clocksource: " fmt

#include <linux/clocksource.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/time64.h>

#include "kernel/time/tick_internal.h"

// The largest shift, and so the finest step, with which maxsec seconds of `from` still fit 64 bits when multiplied.
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 maxsec) {
    // 64 bits less those of the longest count, of which 32 at least are taken as needed.
    const int room = 64 - max(fls64(static_cast<u64>(maxsec) * from), 32);
    const auto scaled = [=](u32 by) { return ((static_cast<u64>(to) << by) + from / 2) / from; };
    u32 by = 32;

    while (by > 1 && fls64(scaled(by)) > room)
        by--;
    *mult = static_cast<u32>(scaled(by));
    *shift = by;
}
EXPORT_SYMBOL_GPL(clocks_calc_mult_shift);

// How far the counter may run before a 64-bit product of it overflows, were mult corrected by up to maxadj.
u64 clocks_calc_max_nsecs(u32 mult, u32 shift, u32 maxadj, u64 mask, u64 *max_cycles) {
    const u64 cycles = min(~0ull / (mult + maxadj), mask);
    if (max_cycles)
        *max_cycles = cycles;
    return static_cast<u64>(clocksource_cyc2ns(cycles, mult - maxadj, shift)) >> 1;
}

// There is one counter in this machine, so the first to register is the one that time is kept with.
int clocksource_register_hz(struct clocksource *cs, u32 hz) {
    u64 seconds = cs->mask / hz;
    if (seconds == 0)
        seconds = 1;
    else if (seconds > 600 && cs->mask > 0xffffffffu)
        seconds = 600;
    clocks_calc_mult_shift(&cs->mult, &cs->shift, hz, NSEC_PER_SEC, static_cast<u32>(seconds));
    const u32 maxadj = static_cast<u32>(static_cast<u64>(cs->mult) * 11 / 100);
    cs->max_idle_ns = clocks_calc_max_nsecs(cs->mult, cs->shift, maxadj, cs->mask, &cs->max_cycles);
    pr_info("%s: mask: 0x%llx max_cycles: 0x%llx, max_idle_ns: %llu ns\n", cs->name, cs->mask, cs->max_cycles,
            cs->max_idle_ns);
    timekeeping_set_clock(cs);
    return 0;
}
EXPORT_SYMBOL_GPL(clocksource_register_hz);
