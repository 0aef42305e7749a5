// SPDX-License-Identifier: Apache-2.0
// What happens to a reported value (Linux: drivers/input/input.c). Each value is judged by the device's state: whether
// it changes anything, and who is to see it. Values of one moment make a packet, which SYN_REPORT ends; handlers get
// whole packets. All under event_lock.
#include "drivers/input/internal.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/timekeeping.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

// Who sees a value.
struct audience {
    bool handlers = false;
    bool driver = false; // its event method: LEDs, sounds, force feedback
    bool ends_packet = false;
};
constexpr audience dropped, readers{true}, both{true, true}, packet_end{true, false, true};

bool has(const unsigned long *bits, unsigned code, unsigned last) {
    return code <= last && test_bit(code, bits);
}

// Turns a bit to a value; whether that changes it.
bool turn(unsigned long *state, unsigned code, bool on) {
    if (test_bit(code, state) == on)
        return false;
    __change_bit(code, state);
    return true;
}

// An axis that jitters by `fuzz` keeps its value; beyond half of it, old and new are weighed.
int steadied(int value, int old, int fuzz) {
    if (!fuzz)
        return value;
    const auto within = [&](int range) { return value > old - range && value < old + range; };
    if (within(fuzz / 2))
        return old;
    if (within(fuzz))
        return (old * 3 + value) / 4;
    if (within(fuzz * 2))
        return (old + value) / 2;
    return value;
}

audience judge_axis(input_dev *dev, unsigned code, int &value) {
    // Contacts of a touch screen have a state for each slot, which Linux's input-mt.c keeps: all is passed on.
    const bool of_a_contact = code >= ABS_MT_SLOT && code <= ABS_MT_LAST;
    if (of_a_contact || !dev->absinfo)
        return readers;
    input_absinfo &axis = dev->absinfo[code];
    value = steadied(value, axis.value, axis.fuzz);
    if (value == axis.value)
        return dropped;
    axis.value = value;
    return readers;
}

audience judge(input_dev *dev, unsigned type, unsigned code, int &value) {
    switch (type) {
    case EV_SYN:
        return code == SYN_REPORT ? packet_end : code == SYN_CONFIG ? both : code == SYN_MT_REPORT ? readers : dropped;
    case EV_KEY:
        if (!has(dev->keybit, code, KEY_MAX))
            return dropped;
        return value == 2 || turn(dev->key, code, value) ? readers : dropped; // 2: the driver repeats it
    case EV_SW:
        return has(dev->swbit, code, SW_MAX) && turn(dev->sw, code, value) ? readers : dropped;
    case EV_ABS:
        return has(dev->absbit, code, ABS_MAX) ? judge_axis(dev, code, value) : dropped;
    case EV_REL:
        return has(dev->relbit, code, REL_MAX) && value ? readers : dropped;
    case EV_MSC:
        return has(dev->mscbit, code, MSC_MAX) ? both : dropped;
    case EV_LED:
        return has(dev->ledbit, code, LED_MAX) && turn(dev->led, code, value) ? both : dropped;
    case EV_SND:
        return has(dev->sndbit, code, SND_MAX) && (turn(dev->snd, code, value) || value) ? both : dropped;
    case EV_REP:
        if (code > REP_MAX || value < 0 || dev->rep[code] == value)
            return dropped;
        dev->rep[code] = value;
        return both;
    case EV_FF:
        return value >= 0 ? both : dropped;
    case EV_PWR:
        return both;
    default:
        return dropped;
    }
}

// Gives a packet to one handle; what its filter takes is gone for those behind it. How many values are left.
unsigned deliver(input_handle *handle, input_value *values, unsigned count) {
    const input_handler *handler = handle->handler;
    if (handler->filter) {
        unsigned kept = 0;
        for (unsigned i = 0; i < count; i++)
            if (!handler->filter(handle, values[i].type, values[i].code, values[i].value))
                values[kept++] = values[i];
        return kept;
    }
    if (handler->events)
        handler->events(handle, values, count);
    else if (handler->event)
        for (unsigned i = 0; i < count; i++)
            handler->event(handle, values[i].type, values[i].code, values[i].value);
    return count;
}

void start_in(timer_list &timer, int ms) {
    mod_timer(&timer, jiffies + msecs_to_jiffies(static_cast<unsigned>(ms)));
}

// Software repeats the last key that was pressed, where the device has EV_REP and a pace (Linux:
// input_start_autorepeat, input_stop_autorepeat). A 2 is a repetition itself.
void follow_key(input_dev *dev, const input_value &key) {
    const int *pace = dev->rep;
    enum { released, repeated = 2 };

    if (key.value == released) {
        timer_delete(&dev->timer);
    } else if (key.value != repeated && dev->timer.function && pace[REP_PERIOD] && pace[REP_DELAY]) {
        dev->repeat_key = key.code;
        start_in(dev->timer, pace[REP_DELAY]);
    }
}

// To the handle that has grabbed the device, or to all who have it open, until a filter has taken everything. What is
// left.
unsigned pass_to_handles(input_dev *dev, input_value *values, unsigned count) {
    const rcu_section reading;
    const auto handles = rcu_list_of<&input_handle::d_node>(dev->h_list);

    if (input_handle *only = READ_ONCE(dev->grab))
        return deliver(only, values, count), count;
    for (input_handle &handle : handles)
        if (handle.open && count)
            count = deliver(&handle, values, count);
    return count;
}

// (Linux: input_pass_values)
void pass_packet(input_dev *dev, input_value *values, unsigned count) {
    const unsigned left = count ? pass_to_handles(dev, values, count) : 0;
    const bool repeats = test_bit(EV_REP, dev->evbit) && test_bit(EV_KEY, dev->evbit);

    for (const input_value *v = values; repeats && v != values + left; v++)
        if (v->type == EV_KEY)
            follow_key(dev, *v);
}

void flush_packet(input_dev *dev) {
    const unsigned count = dev->num_vals;
    dev->num_vals = 0;
    // A packet of nothing but its end says nothing.
    if (count > 1)
        pass_packet(dev, dev->vals, count);
    dev->timestamp[INPUT_CLK_MONO] = 0; // the next packet takes its own time
}

void collect(input_dev *dev, unsigned type, unsigned code, int value) {
    dev->vals[dev->num_vals++] = {static_cast<u16>(type), static_cast<u16>(code), value};
}

void report(input_dev *dev, unsigned type, unsigned code, int value) {
    const audience who = judge(dev, type, code, value);
    if (who.driver && dev->event)
        dev->event(dev, type, code, value);
    if (!who.handlers || !dev->vals)
        return;
    collect(dev, type, code, value);
    if (who.ends_packet) {
        flush_packet(dev);
    } else if (dev->num_vals + 2 >= dev->max_vals) { // full: the rest comes in the next one
        collect(dev, EV_SYN, SYN_REPORT, 1);
        flush_packet(dev);
    }
}

// A driver (no speaker) is heard unless the device is inhibited; a handle only if no other one has grabbed the device.
bool may_speak(const input_dev *dev, const input_handle *speaker) {
    const input_handle *only = speaker ? READ_ONCE(dev->grab) : nullptr;
    return !dev->inhibited && (!only || only == speaker);
}

void hear(input_dev *dev, const input_handle *speaker, unsigned type, unsigned code, int value) {
    if (!has(dev->evbit, type, EV_MAX))
        return;
    const hold_irqsave one_at_a_time(dev->event_lock);
    const bool listened_to = may_speak(dev, speaker);
    if (listened_to)
        report(dev, type, code, value);
}

// The key that is held is said again, as a packet of its own (Linux: input_repeat_key).
void say_again(input_dev *dev, u16 code) {
    input_value packet[] = {{EV_KEY, code, 2}, {EV_SYN, SYN_REPORT, 1}};

    input_set_timestamp(dev, ktime_get());
    pass_packet(dev, packet, ARRAY_SIZE(packet));
}

void repeat_key(timer_list *timer) {
    input_dev *dev = container_of(timer, input_dev, timer);
    hold_irqsave lock(dev->event_lock);
    const unsigned code = dev->repeat_key;
    const bool held = has(dev->keybit, code, KEY_MAX) && test_bit(code, dev->key);

    if (!held || dev->inhibited)
        return;
    say_again(dev, static_cast<u16>(code));
    if (const int period = dev->rep[REP_PERIOD])
        start_in(*timer, period);
}

} // namespace

int events_prepare(input_dev *dev) {
    if (!dev->hint_events_per_packet) {
        const unsigned axes = bitmap_weight(dev->absbit, ABS_CNT) + bitmap_weight(dev->relbit, REL_CNT);
        dev->hint_events_per_packet = axes + 1 + 7; // keys as well, some at a time
    }
    dev->max_vals = dev->hint_events_per_packet + 2;
    dev->vals = static_cast<input_value *>(kcalloc(dev->max_vals, sizeof(input_value), GFP_KERNEL));
    return dev->vals ? 0 : -ENOMEM;
}

void events_release_keys(input_dev *dev) {
    hold_irq lock(dev->event_lock);
    bool released = false;
    if (test_bit(EV_KEY, dev->evbit))
        for (unsigned code = 0; code < KEY_CNT; code++)
            if (test_bit(code, dev->keybit) && test_bit(code, dev->key)) {
                report(dev, EV_KEY, code, 0);
                released = true;
            }
    if (released)
        report(dev, EV_SYN, SYN_REPORT, 1);
    timer_delete(&dev->timer);
}

// For Linux's own input-mt.c, which its kernel links with this. Under event_lock.
extern "C" void input_handle_event(struct input_dev *dev, unsigned int type, unsigned int code, int value) {
    report(dev, type, code, value);
}
EXPORT_SYMBOL_GPL(input_handle_event); // for a part of the core that comes from Linux: input-mt

void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value) {
    hear(dev, nullptr, type, code, value);
}
EXPORT_SYMBOL(input_event);

void input_inject_event(struct input_handle *handle, unsigned int type, unsigned int code, int value) {
    hear(handle->dev, handle, type, code, value);
}
EXPORT_SYMBOL(input_inject_event);

void input_set_timestamp(struct input_dev *dev, ktime_t timestamp) {
    dev->timestamp[INPUT_CLK_MONO] = timestamp;
    dev->timestamp[INPUT_CLK_REAL] = ktime_mono_to_real(timestamp);
    dev->timestamp[INPUT_CLK_BOOT] = timestamp; // nothing suspends
}
EXPORT_SYMBOL(input_set_timestamp);

ktime_t *input_get_timestamp(struct input_dev *dev) {
    if (!dev->timestamp[INPUT_CLK_MONO])
        input_set_timestamp(dev, ktime_get());
    return dev->timestamp;
}
EXPORT_SYMBOL(input_get_timestamp);

void input_enable_softrepeat(struct input_dev *dev, int delay, int period) {
    dev->timer.function = repeat_key;
    dev->rep[REP_DELAY] = delay;
    dev->rep[REP_PERIOD] = period;
}
EXPORT_SYMBOL(input_enable_softrepeat);
