// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/generic_timer.h"

#include <algorithm>

using sc_core::sc_time;

namespace rk3568 {

generic_timer::generic_timer(const sc_core::sc_module_name &name)
    : sc_module(name) {
    SC_METHOD(expire);
    sensitive << m_expired;
    dont_initialize();
}

uint64_t generic_timer::ctl(comparator which, uint64_t ps) const {
    const unit &u = m_unit[which];
    const bool met = counter_at(ps) >= u.cval;
    return u.ctl | (met && (u.ctl & ctl_enable) ? ctl_istatus : 0);
}

void generic_timer::write_ctl(comparator which, uint64_t value, uint64_t ps) {
    m_unit[which].ctl = value & (ctl_enable | ctl_imask);
    update(ps);
}

void generic_timer::write_cval(comparator which, uint64_t value, uint64_t ps) {
    m_unit[which].cval = value;
    update(ps);
}

// Derives the outputs, and arms the event for the first comparator that is still to fire.
void generic_timer::update(uint64_t ps) {
    const uint64_t now = present(*this);
    const sc_time delay = time_of_ps(ps - now);
    const uint64_t count = counter_at(ps);
    uint64_t next = ~0ull;
    for (unsigned i = 0; i < comparators; ++i) {
        const unit &u = m_unit[i];
        const bool armed = (u.ctl & (ctl_enable | ctl_imask)) == ctl_enable;
        const bool met = armed && count >= u.cval;
        if (met != out[i].level()) {
            ++m_acted;
            out[i].drive(met, delay);
        }
        if (armed && count < u.cval)
            next = std::min(next, time_of_count(u.cval));
    }
    // An earlier notification than needed is left to fire, and looks again then: SystemC keeps a cancelled one in its
    // queue until its time, and software reprograms its timers all the time.
    if (next >= m_notified)
        return;
    if (m_notified != ~0ull)
        m_expired.cancel();
    m_notified = next;
    ++m_acted;
    m_expired.notify(time_of_ps(next - now));
}

void generic_timer::expire() {
    m_notified = ~0ull;
    update(present(*this));
}

} // namespace rk3568
