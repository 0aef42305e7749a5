// SPDX-License-Identifier: Apache-2.0
// The clocks that are read: monotonic, real, boot, raw and their coarse forms (Linux: kernel/time/timekeeping.c).
//
// All of them are the counter, which starts at 0 with the power. Nothing steers it and nothing suspends, so monotonic,
// raw and boot time are the same, and real time is a constant away. With products in 128 bits a reading is one
// multiplication of the whole count: there is no base to move on and so nothing that a reader would have to lock out.
#define pr_fmt(fmt) "clocksource: " fmt

#include <linux/clocksource.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/timekeeping.h>

#include "kernel/time/tick_internal.h"

u64 jiffies_64 = INITIAL_JIFFIES;
EXPORT_SYMBOL(jiffies_64);
extern "C" volatile unsigned long jiffies __attribute__((alias("jiffies_64")));
EXPORT_SYMBOL(jiffies);

int timekeeping_suspended;

namespace {

// 2021-01-01 00:00:00 UTC at power-on, in every run.
constexpr ktime_t epoch_real = 1609459200LL * NSEC_PER_SEC;
// TAI was 37 s ahead of UTC then.
constexpr ktime_t epoch_tai = epoch_real + 37LL * NSEC_PER_SEC;
constexpr ktime_t offsets[TK_OFFS_MAX] = {epoch_real, 0, epoch_tai};

clocksource *clock_used;
u64 coarse_mono; // as of the last tick

ktime_t read_clock() {
    clocksource *cs = READ_ONCE(clock_used);
    if (!cs)
        return 0;
    const u64 cycles = cs->read(cs) & cs->mask;
    return static_cast<ktime_t>((static_cast<unsigned __int128>(cycles) * cs->mult) >> cs->shift);
}

} // namespace

void timekeeping_init() {
    coarse_mono = 0;
}

void timekeeping_set_clock(clocksource *cs) {
    if (clock_used)
        return;
    WRITE_ONCE(clock_used, cs);
    pr_info("Switched to clocksource %s\n", cs->name);
}

u64 timekeeping_max_deferment() {
    return clock_used ? clock_used->max_idle_ns : KTIME_MAX;
}

void update_wall_time() {
    WRITE_ONCE(coarse_mono, static_cast<u64>(read_clock()));
}

ktime_t ktime_get() {
    return read_clock();
}
EXPORT_SYMBOL_GPL(ktime_get);

u32 ktime_get_resolution_ns() {
    return clock_used ? clock_used->mult >> clock_used->shift : TICK_NSEC;
}
EXPORT_SYMBOL_GPL(ktime_get_resolution_ns);

ktime_t ktime_get_with_offset(enum tk_offsets offs) {
    return read_clock() + offsets[offs];
}
EXPORT_SYMBOL_GPL(ktime_get_with_offset);

ktime_t ktime_get_coarse_with_offset(enum tk_offsets offs) {
    return static_cast<ktime_t>(READ_ONCE(coarse_mono)) + offsets[offs];
}
EXPORT_SYMBOL_GPL(ktime_get_coarse_with_offset);

ktime_t ktime_mono_to_any(ktime_t tmono, enum tk_offsets offs) {
    return tmono + offsets[offs];
}
EXPORT_SYMBOL_GPL(ktime_mono_to_any);

ktime_t ktime_get_raw() {
    return read_clock();
}
EXPORT_SYMBOL_GPL(ktime_get_raw);

u64 ktime_get_mono_fast_ns() {
    return static_cast<u64>(read_clock());
}
EXPORT_SYMBOL_GPL(ktime_get_mono_fast_ns);

u64 ktime_get_raw_fast_ns() {
    return static_cast<u64>(read_clock());
}
EXPORT_SYMBOL_GPL(ktime_get_raw_fast_ns);

u64 ktime_get_boot_fast_ns() {
    return static_cast<u64>(read_clock());
}
EXPORT_SYMBOL_GPL(ktime_get_boot_fast_ns);

u64 ktime_get_real_fast_ns() {
    return static_cast<u64>(ktime_get_with_offset(TK_OFFS_REAL));
}
EXPORT_SYMBOL_GPL(ktime_get_real_fast_ns);

void ktime_get_ts64(struct timespec64 *ts) {
    *ts = ns_to_timespec64(read_clock());
}
EXPORT_SYMBOL_GPL(ktime_get_ts64);

void ktime_get_real_ts64(struct timespec64 *ts) {
    *ts = ns_to_timespec64(ktime_get_with_offset(TK_OFFS_REAL));
}
EXPORT_SYMBOL(ktime_get_real_ts64);

void ktime_get_raw_ts64(struct timespec64 *ts) {
    *ts = ns_to_timespec64(read_clock());
}
EXPORT_SYMBOL(ktime_get_raw_ts64);

void ktime_get_coarse_ts64(struct timespec64 *ts) {
    *ts = ns_to_timespec64(static_cast<s64>(READ_ONCE(coarse_mono)));
}
EXPORT_SYMBOL(ktime_get_coarse_ts64);

void ktime_get_coarse_real_ts64(struct timespec64 *ts) {
    *ts = ns_to_timespec64(ktime_get_coarse_with_offset(TK_OFFS_REAL));
}
EXPORT_SYMBOL(ktime_get_coarse_real_ts64);

time64_t ktime_get_seconds() {
    return static_cast<time64_t>(READ_ONCE(coarse_mono) / NSEC_PER_SEC);
}
EXPORT_SYMBOL_GPL(ktime_get_seconds);

time64_t ktime_get_real_seconds() {
    return ktime_get_coarse_with_offset(TK_OFFS_REAL) / NSEC_PER_SEC;
}
EXPORT_SYMBOL_GPL(ktime_get_real_seconds);

time64_t __ktime_get_real_seconds() {
    return ktime_get_real_seconds();
}

void getboottime64(struct timespec64 *ts) {
    *ts = ns_to_timespec64(epoch_real);
}
EXPORT_SYMBOL_GPL(getboottime64);

void ktime_get_snapshot(struct system_time_snapshot *snapshot) {
    clocksource *cs = READ_ONCE(clock_used);
    snapshot->cycles = cs ? cs->read(cs) : 0;
    snapshot->raw = read_clock();
    snapshot->real = snapshot->raw + offsets[TK_OFFS_REAL];
    snapshot->clock_was_set_seq = 0;
    snapshot->cs_was_changed_seq = 0;
}
EXPORT_SYMBOL_GPL(ktime_get_snapshot);
