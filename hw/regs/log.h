// SPDX-License-Identifier: Apache-2.0
//
// What the hardware has to say: a guest's mistake is one line and never more than that. It goes through spdlog's
// default logger, which the platform sets up (standard error, --log-level) and a stranger's platform may replace.
#ifndef RK3568_HW_REGS_LOG_H
#define RK3568_HW_REGS_LOG_H

#include <string>
#include <systemc>

#include <spdlog/spdlog.h>

namespace rk3568 {

// The software did something that real hardware would ignore or answer with an error, at sc_time_stamp() + delay.
inline void guest_error(const std::string &text, const sc_core::sc_time &delay = sc_core::SC_ZERO_TIME) {
    spdlog::warn("[{}] {}", (sc_core::sc_time_stamp() + delay).to_string(), text);
}

} // namespace rk3568

#endif
