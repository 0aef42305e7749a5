// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_HW_REGS_PRESENT_H
#define RK3568_HW_REGS_PRESENT_H

#include <cstdint>
#include <systemc>
#include <type_traits>

namespace rk3568 {

// sc_time_stamp() in units of SystemC's resolution, as any object of the simulation can read it: sc_time_stamp() itself
// is a call into the library, and blocks ask several times for each access.
inline uint64_t present(const sc_core::sc_object &block) {
    return block.simcontext()->time_stamp().value();
}

// The sc_time of so many units. sc_time::from_value() is a call into the library too; sc_time is one number, and a
// standard-layout class is where its first member is.
inline sc_core::sc_time time_of_ps(uint64_t value) {
    static_assert(std::is_standard_layout_v<sc_core::sc_time>);
    static_assert(sizeof(sc_core::sc_time) == sizeof(sc_core::sc_time::value_type));
    sc_core::sc_time time;
    *reinterpret_cast<sc_core::sc_time::value_type *>(&time) = value;
    return time;
}

} // namespace rk3568

#endif
