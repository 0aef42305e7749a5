// SPDX-License-Identifier: Apache-2.0
//
// What the readers of recordings share: which wire is which pin, and what a wire's values make of the pin.
#ifndef RK3568_PLATFORM_STIMULUS_RECORDING_H
#define RK3568_PLATFORM_STIMULUS_RECORDING_H

#include "platform/stimulus/stimulus.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rk3568 {

// Collects the pins of one recording. Wires are declared first, then their values come by time.
class recording {
public:
    // `name` is the file's, for messages; `mapping` says which wires are pins under another name.
    recording(std::string name, const pin_mapping &mapping);

    // The pin that a wire is: by the mapping (the whole name, or what follows its last dot, slash or colon), else by
    // its own name. Nothing if it is none, and the name is then kept for left_out().
    std::optional<unsigned> pin_of(std::string_view wire);
    // Whether the mapping has this name.
    bool maps(std::string_view wire) const { return mapped_pin(wire).has_value(); }
    // A wire whose name is not looked at, such as a number that is not a pin.
    void leave_out(std::string_view wire);

    // The recording has this pin. False if it has it already.
    bool declare(unsigned pin);
    bool declared(unsigned pin) const { return m_out.used[pin]; }

    void reserve(size_t changes) { m_out.changes.reserve(changes); }
    void note(std::string text) { m_out.notes.push_back(std::move(text)); }

    // A pin's value from `ps` on; calls come by time. 0, 1, and the weak levels l, h of VHDL are levels; x, z and the
    // like keep the level there was. All values at the time of a pin's first one settle its level before the recording
    // begins; they are no changes.
    void value(unsigned pin, uint64_t ps, char digit) {
        const bool high = digit == '1' || digit == 'h' || digit == 'H';
        const bool low = digit == '0' || digit == 'l' || digit == 'L';
        state &s = m_state[pin];
        if (s == state::no_value_yet) {
            s = state::first_value;
            m_first_ps[pin] = ps;
        }
        if (!high && !low)
            return;
        if (s == state::first_value) {
            if (ps == m_first_ps[pin]) {
                m_out.initial[pin] = m_level[pin] = high;
                return;
            }
            s = state::running;
        }
        if (m_level[pin] == high)
            return;
        m_level[pin] = high;
        m_out.changes.push_back({ps, static_cast<uint16_t>(pin), high});
    }

    // To be called when all wires are declared: a recording without a pin, or a mapping that names a wire that is not
    // there, is an error that says which wires there are.
    void wires_complete();

    stimulus finish() { return std::move(m_out); }

    const std::string &name() const { return m_name; }

private:
    std::optional<size_t> mapped_pin(std::string_view wire) const; // the place in the mapping
    enum class state : uint8_t { unused, no_value_yet, first_value, running };

    std::string m_name;
    const pin_mapping &m_mapping;
    std::vector<bool> m_mapped; // which entries of the mapping were met
    std::string m_left_out;
    std::string m_wires;
    std::array<state, pin_count> m_state{};
    std::array<uint64_t, pin_count> m_first_ps{};
    std::bitset<pin_count> m_level;
    stimulus m_out;
};

} // namespace rk3568

#endif
