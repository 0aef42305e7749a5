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

// Reads a .vcd or a .stim file, by the end of its name. `seed` is read_stim's. Throws stimulus_error.
stimulus read_stimulus(const std::string &path, uint64_t seed = 0);

// A four-state VCD (IEEE 1364, clause 18). Wires are pins by the last part of their name: GPIO3_A5 (an index behind it
// is ignored), GPIO3[5], or a bus GPIO3 (also a part of it, GPIO3[15:8]); others are left out with a note. A wire's
// first value is its level, not a change; x and z keep the level there was, 0 at first. `name` is for messages.
stimulus read_vcd(std::string_view text, const std::string &name);

// Lines in any order, # begins a comment:
//   TIME PIN 0|1              the pin has that level from TIME on. At time 0: its initial level, low if no line says so
//   TIME PIN press [DURATION] it leaves its initial level, and returns to it after DURATION
//   TIME PIN release          it returns to its initial level
// Behind all but those at time 0 may stand `bounce DURATION`: the contact chatters for that long, whenever the line
// makes it move. A bounce begins with the first edge and ends, settled, with its last; in between the level goes back
// and forth once for each 250 us (at least once), at random moments that are at least 2 us apart: 5 ms are 40 edges
// more than the first. Contacts of push buttons bounce for 1.6 ms on average and 6 ms at most (J. Ganssle, "A guide to
// debouncing", 18 makes); that an edge comes every 125 us is an estimate. DURATION is from 10 us to 100 ms, and no
// longer than a press. `seed` varies the moments, as do the pin and the TIME of the line. `name` is for messages.
stimulus read_stim(std::string_view text, const std::string &name, uint64_t seed = 0);

} // namespace rk3568

#endif
