// SPDX-License-Identifier: Apache-2.0
// Clock event devices (Linux: kernel/time/clockevents.c).
#include <linux/bug.h>
#include <linux/clockchips.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/timekeeping.h>

#include "kernel/time/tick_internal.h"

u64 clockevent_delta2ns(unsigned long latch, struct clock_event_device *evt) {
    if (WARN_ON(!evt->mult))
        evt->mult = 1;
    u64 scaled = static_cast<u64>(latch) << evt->shift;
    // Longer than 64 bits can say: then as long as they can.
    if (scaled >> evt->shift != latch)
        scaled = ~0ull;
    const u64 ns = scaled / evt->mult;
    // Less than a microsecond is no use to anybody: the interrupt alone takes that long.
    return max(ns, static_cast<u64>(1000));
}
EXPORT_SYMBOL_GPL(clockevent_delta2ns);

void clockevents_switch_state(struct clock_event_device *dev, enum clock_event_state state) {
    if (dev->state_use_accessors == state)
        return;
    int (*change)(clock_event_device *) = nullptr;
    switch (state) {
    case CLOCK_EVT_STATE_DETACHED:
    case CLOCK_EVT_STATE_SHUTDOWN:
        change = dev->set_state_shutdown;
        break;
    case CLOCK_EVT_STATE_ONESHOT:
        change = dev->set_state_oneshot;
        break;
    case CLOCK_EVT_STATE_ONESHOT_STOPPED:
        change = dev->set_state_oneshot_stopped;
        break;
    case CLOCK_EVT_STATE_PERIODIC:
        WARN_ON_ONCE(1);
        return;
    }
    if (change && change(dev))
        return;
    dev->state_use_accessors = state;
}

// As soon as the device can: in its shortest time from now. It may refuse because that is over by then: it is asked up
// to ten times (Linux: clockevents_program_min_delta).
static int program_min_delta(clock_event_device *dev) {
    const u64 shortest = dev->min_delta_ns;
    int tries_left = 10, refused;

    do {
        dev->next_event = ktime_add_ns(ktime_get(), shortest);
        refused = dev->set_next_event(static_cast<unsigned long>((shortest * dev->mult) >> dev->shift), dev);
    } while (refused && --tries_left);
    return refused ? -ETIME : 0;
}

// In `ns` from now, as near to that as the device can. -ETIME, and nothing done, if that is over.
static int program_distance(clock_event_device *dev, s64 ns) {
    if (ns <= 0)
        return -ETIME;
    const u64 possible = max(min(static_cast<u64>(ns), dev->max_delta_ns), dev->min_delta_ns);
    const auto cycles = (static_cast<unsigned __int128>(possible) * dev->mult) >> dev->shift;

    return dev->set_next_event(static_cast<unsigned long>(cycles), dev);
}

int clockevents_program_event(struct clock_event_device *dev, ktime_t expires, bool force) {
    if (WARN_ON_ONCE(expires < 0))
        return -ETIME;
    dev->next_event = expires;
    const bool off = clockevent_state_shutdown(dev);
    WARN_ONCE(!off && !clockevent_state_oneshot(dev), "Current state: %d\n",
              static_cast<int>(dev->state_use_accessors));
    const int late = off ? 0 : program_distance(dev, expires - ktime_get());
    return late && force ? program_min_delta(dev) : late;
}

void clockevents_register_device(struct clock_event_device *dev) {
    dev->state_use_accessors = CLOCK_EVT_STATE_DETACHED;
    tick_setup_device(dev);
}
EXPORT_SYMBOL_GPL(clockevents_register_device);

void clockevents_config_and_register(struct clock_event_device *dev, u32 freq, unsigned long min_delta,
                                     unsigned long max_delta) {
    dev->min_delta_ticks = min_delta;
    dev->max_delta_ticks = max_delta;
    u64 seconds = max_delta / freq;
    if (seconds == 0)
        seconds = 1;
    else if (seconds > 600 && max_delta > 0xffffffffu)
        seconds = 600;
    clocks_calc_mult_shift(&dev->mult, &dev->shift, NSEC_PER_SEC, freq, static_cast<u32>(seconds));
    dev->min_delta_ns = clockevent_delta2ns(min_delta, dev);
    dev->max_delta_ns = min(clockevent_delta2ns(max_delta, dev), static_cast<u64>(KTIME_MAX));
    clockevents_register_device(dev);
}
EXPORT_SYMBOL_GPL(clockevents_config_and_register);
