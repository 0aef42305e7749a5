// SPDX-License-Identifier: Apache-2.0
//
// How long a request travels. A master that runs ahead of SystemC time asks before it sends, lets that time pass for
// itself, and then calls b_transport with the request already arrived: nothing that happens meanwhile is missed.
#ifndef RK3568_HW_BUS_TIMING_IF_H
#define RK3568_HW_BUS_TIMING_IF_H

#include "hw/regs/direct.h"

#include <cstdint>
#include <systemc>

namespace rk3568 {

// Where an access can go without a transaction.
struct direct_way {
    direct_target *target = nullptr; // null: it cannot
    uint64_t offset = 0;
    sc_core::sc_time response;
};

class bus_timing_if : public virtual sc_core::sc_interface {
public:
    // Time from the core's port to the target's register at `address`. Unmapped addresses have the longest path.
    virtual sc_core::sc_time request_time(uint64_t address, bool write) const = 0;
    // For an access that has arrived.
    virtual direct_way direct(uint64_t, unsigned) const { return {}; }
};

} // namespace rk3568

#endif
