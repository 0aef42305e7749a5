// SPDX-License-Identifier: Apache-2.0
//
// A TLM-2.0 target in front of a register file: one socket, blocking and debug transport, no wait().
#ifndef RK3568_HW_REGS_TARGET_H
#define RK3568_HW_REGS_TARGET_H

#include "hw/regs/reg.h"

#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace rk3568 {

// Turns one transaction into register accesses of `file` at `offset` and sets the response status. Data longer than a
// register bus is wide (8 bytes), byte enables and streaming are refused as TLM wants them refused.
void serve(register_file &file, uint64_t offset, tlm::tlm_generic_payload &trans, const sc_core::sc_time &delay);
// The same without side effects; returns the number of bytes done.
unsigned serve_debug(register_file &file, uint64_t offset, tlm::tlm_generic_payload &trans);

// Base of a block with a single frame. The socket's addresses start at 0.
class register_target : public sc_core::sc_module, public register_file {
public:
    tlm_utils::simple_target_socket<register_target> bus{"bus"};

    register_target(const sc_core::sc_module_name &name, uint64_t span);

private:
    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay);
    unsigned transport_dbg(tlm::tlm_generic_payload &trans);
};

} // namespace rk3568

#endif
