// SPDX-License-Identifier: Apache-2.0
//
// Pin activity, as a logic analyser or a text describes it.
#ifndef RK3568_PLATFORM_STIMULUS_STIMULUS_H
#define RK3568_PLATFORM_STIMULUS_STIMULUS_H

#include "platform/stimulus/pin_name.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rk3568 {

struct pin_change {
    uint64_t ps; // after time zero of the recording
    uint16_t pin;
    bool level;
};

struct stimulus {
    std::bitset<pin_count> used;     // the pins that the recording has
    std::bitset<pin_count> initial;  // their levels before the first change
    std::vector<pin_change> changes; // by time, at equal times in the order of the file; a level never repeats
    std::vector<std::string> notes;  // what was left out: lines for the user, without the file's name

    // When the last change happens; 0 if there is none.
    uint64_t last_ps() const { return changes.empty() ? 0 : changes.back().ps; }
};

// The recording cannot be read: one line, with FILE:LINE where a line is to blame.
struct stimulus_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Reads a .vcd or a .stim file, by the end of its name. Throws stimulus_error.
stimulus read_stimulus(const std::string &path);

// A four-state VCD (IEEE 1364, clause 18). Wires are pins by the last part of their name: GPIO3_A5 (an index behind it
// is ignored), GPIO3[5], or a bus GPIO3 (also a part of it, GPIO3[15:8]); others are left out with a note. A wire's
// first value is its level, not a change; x and z keep the level there was, 0 at first. `name` is for messages.
stimulus read_vcd(std::string_view text, const std::string &name);

// Lines `TIME PIN 0|1` in any order, # begins a comment. Levels at time 0 are initial levels; a pin that has none is
// low until its first line. `name` is for messages.
stimulus read_stim(std::string_view text, const std::string &name);

} // namespace rk3568

#endif
