// SPDX-License-Identifier: Apache-2.0
//
// Plays a recording into the pins of the SoC.
#ifndef RK3568_PLATFORM_STIMULUS_PIN_PLAYER_H
#define RK3568_PLATFORM_STIMULUS_PIN_PLAYER_H

#include "hw/regs/alarm.h"
#include "hw/regs/probe.h"
#include "hw/regs/wire.h"
#include "platform/stimulus/stimulus.h"

#include <functional>
#include <memory>
#include <systemc>

namespace rk3568 {

// Has the initial levels on its wires when the simulation starts. The changes begin with start(); until then, nothing
// happens. Each distinct time of the recording is one alarm.
class pin_player : public sc_core::sc_module {
public:
    sc_core::sc_vector<wire_out> pins{"pins", pin_count};

    // The level of each pin that the recording has, as a probe by the pin's name.
    const probe<bool> *level_probe(unsigned pin) const { return m_probes[pin].get(); }

    pin_player(const sc_core::sc_module_name &name, stimulus activity);

    // The recording's time zero is sc_time_stamp() + delay, from which a change at time t follows t later. To be called
    // once, during simulation.
    void start(const sc_core::sc_time &delay = sc_core::SC_ZERO_TIME);

    // `all`: so do whose pins it drives.
    void keep_alarms_in(calendar &where, bool all) {
        m_due.keep_in(where);
        m_due.reaches_systemc = !all;
    }

    // One more change, which is in the future. After start().
    void add(const pin_change &change);

    // Another recording, before start(), of which no output shows the pins, and with the same initial levels.
    void replace(stimulus activity) { m_activity = std::move(activity); }

    bool started() const { return m_started; }
    // All changes have been played.
    bool finished() const { return m_started && m_next == m_activity.changes.size(); }
    const stimulus &activity() const { return m_activity; }

private:
    void start_of_simulation() override;
    void play(uint64_t ps);
    void set(unsigned pin, bool level, const sc_core::sc_time &delay);

    stimulus m_activity;
    std::array<std::unique_ptr<probe<bool>>, pin_count> m_probes;
    alarm m_due{"due", [this](uint64_t ps) { play(ps); }};
    uint64_t m_zero = 0;
    size_t m_next = 0;
    bool m_started = false;
};

} // namespace rk3568

#endif
