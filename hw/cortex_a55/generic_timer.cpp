// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/generic_timer.h"

#include <algorithm>

using sc_core::sc_time;

namespace rk3568 {

generic_timer::generic_timer(const sc_core::sc_module_name &name)
    : sc_module(name) {}

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
        if (!u.ctl && !out[i].level())
            continue;
        const bool armed = (u.ctl & (ctl_enable | ctl_imask)) == ctl_enable;
        const bool met = armed && count >= u.cval;
        if (met != out[i].level()) {
            if (!m_expired.kept())
                ++m_acted;
            out[i].drive(met, delay);
        }
        if (armed && count < u.cval)
            next = std::min(next, time_of_count(u.cval));
    }
    // An earlier alarm than needed is left to ring, and looks again then: SystemC keeps a cancelled notification in its
    // queue until its time, and software reprograms its timers all the time.
    if (next >= m_expired.time())
        return;
    if (!m_expired.kept())
        ++m_acted;
    m_expired.set(next);
}

} // namespace rk3568
