// SPDX-License-Identifier: Apache-2.0
//
// An access to registers without a transaction: between blocks of this project, where TLM's payload, its extension and
// the sockets between cost more than the access. What it does is what the same access does through the socket.
#ifndef RK3568_HW_REGS_DIRECT_H
#define RK3568_HW_REGS_DIRECT_H

#include "hw/regs/reg.h"

namespace rk3568 {

class direct_target {
public:
    // One naturally aligned access of 1, 2, 4 or 8 bytes, at sc_time_stamp() + from.delay. `value` is what is written,
    // or becomes what was read. False: the block answers with an error. Must not wait.
    virtual bool access(uint64_t offset, unsigned size, bool write, uint64_t &value, const reg_access &from) = 0;

    // It may notify events of SystemC's; else it calls blocks of a calendar's alone (alarm.h).
    bool reaches_systemc = true;

protected:
    ~direct_target() = default;
};

} // namespace rk3568

#endif
