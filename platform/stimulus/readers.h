// SPDX-License-Identifier: Apache-2.0
//
// The formats of recordings, a reader each. `name` is the file's, for messages; all throw stimulus_error.
#ifndef RK3568_PLATFORM_STIMULUS_READERS_H
#define RK3568_PLATFORM_STIMULUS_READERS_H

#include "platform/stimulus/stimulus.h"

#include <functional>

#include <string>
#include <string_view>

namespace rk3568 {

// A four-state or extended VCD (IEEE 1364, clause 18). A wire is a pin by the mapping or by the last part of its name:
// GPIO3_A5 (an index behind it is ignored), GPIO3[5], or a bus GPIO3 (also a part of it, GPIO3[15:8]); others are left
// out with a note. A wire's first value is its level, not a change; x and z keep the level there was, 0 at first.
// Without a $timescale a tick is 1 ns, as viewers take it; times are rounded to 1 ps, with a note.
// `passed` is called from time to time with how far it has come: only messages look at what lies before.
stimulus read_vcd(std::string_view text, const std::string &name, const pin_mapping &mapping = {},
                  const std::function<void(size_t)> &passed = {});

// Comma-separated values, a row a sample or a change: what sigrok (PulseView, sigrok-cli) and Saleae's Logic export.
// The first row that is not a number names the columns; a column that begins with "Time" has the time, in seconds
// unless a unit stands in brackets. Without one, the sample rate of sigrok's comments says when each row was taken.
// Times count from the first row if that is before 0.
stimulus read_csv(std::string_view text, const std::string &name, const pin_mapping &mapping = {});

// A session of sigrok (.sr): a zip archive with a `metadata` file and logic samples. Analog channels are left out.
stimulus read_sigrok(const std::string &path, const pin_mapping &mapping = {});

// Lines in any order, # begins a comment:
//   TIME PIN 0|1              the pin has that level from TIME on. At time 0: its initial level, low if no line says so
//   TIME PIN press [DURATION] it leaves its initial level, and returns to it after DURATION
//   TIME PIN release          it returns to its initial level
// Behind all but those at time 0 may stand `bounce DURATION`: the contact chatters for that long, whenever the line
// makes it move. A bounce begins with the first edge and ends, settled, with its last; in between the level goes back
// and forth once for each 250 us (at least once), at random moments that are at least 2 us apart: 5 ms are 40 edges
// more than the first. Contacts of push buttons bounce for 1.6 ms on average and 6 ms at most (J. Ganssle, "A guide to
// debouncing", 18 makes); that an edge comes every 125 us is an estimate. DURATION is from 10 us to 100 ms, and no
// longer than a press. `seed` varies the moments, as do the pin and the TIME of the line.
stimulus read_stim(std::string_view text, const std::string &name, uint64_t seed = 0);

} // namespace rk3568

#endif
