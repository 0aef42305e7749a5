// SPDX-License-Identifier: Apache-2.0
//
// The waveform of a difference between a bank's model and its RTL.
#ifndef RK3568_PLATFORM_OBSERVE_LOCKSTEP_WAVES_H
#define RK3568_PLATFORM_OBSERVE_LOCKSTEP_WAVES_H

#include "hw/rk_gpio/rk_gpio_lockstep.h"

#include <string>

namespace rk3568 {

// Writes what `window` has as a VCD: scope `bank` with the pins, the bus and a signal `differs`, and below it one scope
// for each side with its line, its status registers, its flops and its registers. Times are those of the simulation.
// Throws output_error.
void write_lockstep_waves(const lockstep_window &window, const std::string &bank, const std::string &path);

} // namespace rk3568

#endif
