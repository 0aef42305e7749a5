// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/pin_player.h"

#include "hw/regs/present.h"

namespace rk3568 {

using sc_core::sc_time;
using sc_core::sc_time_stamp;

pin_player::pin_player(const sc_core::sc_module_name &name, stimulus activity)
    : sc_module(name)
    , m_activity(std::move(activity))
    , m_due("due") {
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (m_activity.used[pin])
            m_probes[pin] = std::make_unique<probe<bool>>(pin_name(pin).c_str(), 1);
    SC_METHOD(play);
    sensitive << m_due;
    dont_initialize();
}

void pin_player::start_of_simulation() {
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (m_activity.initial[pin])
            set(pin, true);
}

void pin_player::start(const sc_time &delay) {
    if (m_started)
        SC_REPORT_ERROR(this->name(), "start() called twice");
    m_started = true;
    m_zero = sc_time_stamp() + delay;
    if (!m_activity.changes.empty())
        m_due.notify(delay + time_of_ps(m_activity.changes.front().ps));
}

void pin_player::play() {
    const auto &changes = m_activity.changes;
    const uint64_t ps = changes[m_next].ps;
    do {
        set(changes[m_next].pin, changes[m_next].level);
        ++m_next;
    } while (m_next < changes.size() && changes[m_next].ps == ps);
    if (m_next < changes.size())
        next_trigger(m_zero + time_of_ps(changes[m_next].ps) - sc_time_stamp());
}

void pin_player::set(unsigned pin, bool level) {
    if (m_probes[pin])
        m_probes[pin]->set(level);
    pins[pin].drive(level);
}

} // namespace rk3568
