// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_HW_REGS_PRESENT_H
#define RK3568_HW_REGS_PRESENT_H

#include <cstdint>
#include <systemc>

namespace rk3568 {

// sc_time_stamp() in units of SystemC's resolution, as any object of the simulation can read it: sc_time_stamp() itself
// is a call into the library, and blocks ask several times for each access.
inline uint64_t present(const sc_core::sc_object &block) {
    return block.simcontext()->time_stamp().value();
}

} // namespace rk3568

#endif
