// SPDX-License-Identifier: Apache-2.0
//
// The generic timer of one core: a counter at 24 MHz that every core shares, and three comparators whose outputs are
// PPIs (Arm ARM, chapter D11; RK3568: hyp physical 26, virtual 27, physical 30).
#ifndef RK3568_HW_CORTEX_A55_GENERIC_TIMER_H
#define RK3568_HW_CORTEX_A55_GENERIC_TIMER_H

#include "hw/regs/alarm.h"
#include "hw/regs/present.h"
#include "hw/regs/wire.h"

#include <array>
#include <cstdint>
#include <systemc>

namespace rk3568 {

// 24 MHz: one count every 125000/3 ps. Conversions are exact, from power-on, never accumulated.
constexpr uint64_t counter_hz = 24000000;
constexpr uint64_t counter_at(uint64_t ps) {
    if (ps <= ~0ull / 3)
        return ps * 3 / 125000;
    return static_cast<uint64_t>(static_cast<unsigned __int128>(ps) * 3 / 125000);
}
// The first picosecond at which the counter shows `count`; ~0 if that is beyond what simulated time can say.
constexpr uint64_t time_of_count(uint64_t count) {
    if (count <= ~0ull / 250000)
        return (count * 125000 + 2) / 3;
    const unsigned __int128 ps = (static_cast<unsigned __int128>(count) * 125000 + 2) / 3;
    return ps >= ~0ull >> 1 ? ~0ull : static_cast<uint64_t>(ps);
}

class generic_timer : public sc_core::sc_module {
public:
    enum comparator : unsigned { hyp, phys, virt, comparators };
    static constexpr uint64_t ctl_enable = 1, ctl_imask = 2, ctl_istatus = 4;

    sc_core::sc_vector<wire_out> out{"out", comparators}; // level, high while the condition holds

    explicit generic_timer(const sc_core::sc_module_name &name);

    // Register accesses at absolute time `ps`.
    uint64_t ctl(comparator which, uint64_t ps) const;
    uint64_t cval(comparator which) const { return m_unit[which].cval; }
    void write_ctl(comparator which, uint64_t value, uint64_t ps);
    void write_cval(comparator which, uint64_t value, uint64_t ps);
    // How often an output has changed or an event was notified, without a calendar: whether SystemC's next activity may
    // be another one.
    uint64_t acted() const { return m_acted; }
    void keep_alarms_in(calendar &where) {
        m_expired.keep_in(where);
        m_expired.reaches_systemc = false;
    }

private:
    struct unit {
        uint64_t ctl = 0, cval = 0;
    };
    void update(uint64_t ps);

    std::array<unit, comparators> m_unit;
    alarm m_expired{"expired", [this](uint64_t ps) { update(ps); }};
    uint64_t m_acted = 0;
};

} // namespace rk3568

#endif
