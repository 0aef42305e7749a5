// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/pin_player.h"

#include "hw/regs/present.h"

#include <algorithm>

namespace rk3568 {

using sc_core::sc_time;

pin_player::pin_player(const sc_core::sc_module_name &name, stimulus activity)
    : sc_module(name)
    , m_activity(std::move(activity)) {
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (m_activity.used[pin])
            m_probes[pin] = std::make_unique<probe<bool>>(pin_name(pin).c_str(), 1);
}

void pin_player::start_of_simulation() {
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (m_activity.initial[pin])
            set(pin, true, sc_core::SC_ZERO_TIME);
}

void pin_player::start(const sc_time &delay) {
    if (m_started)
        SC_REPORT_ERROR(this->name(), "start() called twice");
    m_started = true;
    m_zero = present(*this) + delay.value();
    if (!m_activity.changes.empty())
        m_due.set(m_zero + m_activity.changes.front().ps);
}

void pin_player::add(const pin_change &change) {
    auto &changes = m_activity.changes;
    const auto left = changes.begin() + static_cast<std::ptrdiff_t>(m_next);
    const auto earlier = [](const pin_change &a, const pin_change &b) { return a.ps < b.ps; };
    if (changes.insert(std::upper_bound(left, changes.end(), change, earlier), change) - changes.begin() ==
        static_cast<std::ptrdiff_t>(m_next))
        m_due.set(m_zero + change.ps);
}

void pin_player::play(uint64_t ps) {
    const auto &changes = m_activity.changes;
    const sc_time delay = time_of_ps(ps - present(*this));
    do {
        set(changes[m_next].pin, changes[m_next].level, delay);
        ++m_next;
    } while (m_next < changes.size() && m_zero + changes[m_next].ps == ps);
    if (m_next < changes.size())
        m_due.set(m_zero + changes[m_next].ps);
}

void pin_player::set(unsigned pin, bool level, const sc_time &delay) {
    if (m_probes[pin])
        m_probes[pin]->set(level, delay);
    pins[pin].drive(level, delay);
}

} // namespace rk3568
