// SPDX-License-Identifier: Apache-2.0
//
// What a transaction says about itself beyond TLM's generic payload. A transaction without the extension is an
// ordinary non-secure access of an unnamed master.
#ifndef RK3568_HW_BUS_ATTRIBUTES_H
#define RK3568_HW_BUS_ATTRIBUTES_H

#include <cstdint>
#include <tlm>

namespace rk3568 {

struct bus_attributes : tlm::tlm_extension<bus_attributes> {
    static constexpr unsigned no_core = ~0u;

    unsigned core = no_core; // which core asks (0..3), or no_core: a DMA master
    bool secure = false;     // AxPROT[1] = 0
    bool arrived = false; // the delay argument already is the time of arrival at the target: the initiator has let the
                          // request's path through the interconnect pass (see bus_timing_if); add the path back only

    tlm_extension_base *clone() const override { return new bus_attributes(*this); }
    void copy_from(tlm_extension_base const &from) override { *this = static_cast<const bus_attributes &>(from); }
};

// DeviceID of a write to GITS_TRANSLATER, which the interconnect carries beside the data (AWUSER on AXI). A write
// without it comes from device 0.
struct msi_device : tlm::tlm_extension<msi_device> {
    uint32_t id = 0;

    tlm_extension_base *clone() const override { return new msi_device(*this); }
    void copy_from(tlm_extension_base const &from) override { *this = static_cast<const msi_device &>(from); }
};

} // namespace rk3568

#endif
