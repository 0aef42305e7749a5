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
#include <utility>
#include <vector>

namespace rk3568 {

// Recordings have millions of them: 12 bytes, not 16.
struct [[gnu::packed, gnu::aligned(4)]] pin_change {
    uint64_t ps; // after time zero of the recording
    uint16_t pin;
    bool level;
};

struct stimulus {
    std::bitset<pin_count> used;     // the pins that the recording has
    std::bitset<pin_count> initial;  // their levels before the first change
    std::vector<pin_change> changes; // by time, at equal times in the order of the file; a level never repeats
    std::vector<std::string> notes;  // what was left out or assumed: lines for the user

    // When the last change happens; 0 if there is none.
    uint64_t last_ps() const { return changes.empty() ? 0 : changes.back().ps; }
};

// The recording cannot be read: one line, with FILE:LINE where a line is to blame.
struct stimulus_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Which wires of a recording are pins under another name: {"D2", 101}.
using pin_mapping = std::vector<std::pair<std::string, unsigned>>;

// --stimulus FILE[:WIRE=PIN,...]
struct stimulus_source {
    std::string path;
    pin_mapping mapping;
};

// Reads a recording, by the end of its name: .vcd, .csv, .sr (sigrok) or .stim, the texts also compressed by gzip
// (.gz). `seed` is read_stim's. Throws stimulus_error.
stimulus read_stimulus(const stimulus_source &source, uint64_t seed = 0);

// All of them on one time axis. Throws stimulus_error if two have the same pin.
stimulus read_stimuli(const std::vector<stimulus_source> &sources, uint64_t seed = 0);

} // namespace rk3568

#endif
