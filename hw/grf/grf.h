// SPDX-License-Identifier: Apache-2.0
//
// A general register file (GRF, PMU_GRF): pin muxes, pulls, drive strengths and other switches of the SoC. Nothing
// behind them is modelled; software finds what it wrote.
#ifndef RK3568_HW_GRF_GRF_H
#define RK3568_HW_GRF_GRF_H

#include <cstdint>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>
#include <vector>

namespace rk3568 {

// Words of 16 bits, in the lower halves of 32-bit registers: in a write, bit 16 + n enables bit n, as in the GPIO banks
// (HARDWARE.md 1.1); the upper half reads as 0. All are 0 at reset. Only aligned 32-bit accesses are answered.
class grf : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<grf> bus{"bus"};

    // `span`: bytes of the register space, a multiple of 4.
    grf(const sc_core::sc_module_name &name, uint64_t span);

private:
    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay);
    unsigned transport_dbg(tlm::tlm_generic_payload &trans);

    std::vector<uint16_t> m_words;
};

} // namespace rk3568

#endif
