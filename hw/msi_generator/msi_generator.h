// SPDX-License-Identifier: Apache-2.0
//
// A bus master that sends message interrupts when it is told to: the stand-in for a PCIe endpoint or any other device
// that interrupts by writing memory. The RK3568 has no such block; a device tree that wants one has a node
//
//     msi@fe900000 { compatible = "rk3568-sim,msi-generator"; reg = <0x0 0xfe900000 0x0 0x1000>; msi-parent = <&its 5>;
//     };
//
// and the DeviceID that its writes carry (here 5) is the cell of msi-parent. Registers are words:
//
//     0x000 VECTORS     RO  how many vectors there are: 32
//     0x004 SEND        WO  vector number: its message is sent once
//     0x008 SENT        RO  messages that arrived, since reset
//     0x00c FAILED      RO  messages that nothing took (an error response), since reset
//     0x010 VECTOR      RW  vector of a burst
//     0x014 PERIOD      RW  ns between the messages of a burst; 0 counts as 1
//     0x018 COUNT       RW  messages of the burst still to come: writing starts one (the first after PERIOD), 0 ends it
//     0x100 + 16 n      RW  ADDRESS_LO of vector n; + 4 ADDRESS_HI, + 8 DATA
//
// A vector without an address (0) sends nothing and counts as failed.
#ifndef RK3568_HW_MSI_GENERATOR_MSI_GENERATOR_H
#define RK3568_HW_MSI_GENERATOR_MSI_GENERATOR_H

#include "hw/bus/timing_if.h"
#include "hw/regs/target.h"

#include <deque>
#include <tlm_utils/simple_initiator_socket.h>

namespace rk3568 {

class msi_generator : public register_target {
public:
    static constexpr unsigned vectors = 32;

    tlm_utils::simple_initiator_socket<msi_generator> out{"out"};
    // How long a message travels; unbound: no time.
    sc_core::sc_port<bus_timing_if, 1, sc_core::SC_ZERO_OR_MORE_BOUND> timing{"timing"};

    SC_HAS_PROCESS(msi_generator);
    msi_generator(const sc_core::sc_module_name &name, uint32_t device_id);

    reg<uint32_t> count_of_vectors{*this, "VECTORS", 0x000};
    reg<uint32_t> send{*this, "SEND", 0x004};
    reg<uint32_t> sent{*this, "SENT", 0x008};
    reg<uint32_t> failed{*this, "FAILED", 0x00c};
    reg<uint32_t> vector{*this, "VECTOR", 0x010};
    reg<uint32_t> period{*this, "PERIOD", 0x014};
    reg<uint32_t> count{*this, "COUNT", 0x018};
    reg<uint32_t, vectors> address_lo{*this, "ADDRESS_LO", 0x100, 16};
    reg<uint32_t, vectors> address_hi{*this, "ADDRESS_HI", 0x104, 16};
    reg<uint32_t, vectors> data{*this, "DATA", 0x108, 16};

private:
    struct message {
        uint64_t arrival; // in units of SystemC's resolution
        uint64_t address;
        uint32_t data;
    };

    void post(unsigned n, const sc_core::sc_time &delay);
    void next_of_burst(const sc_core::sc_time &delay);
    void burst();
    void deliver();

    const uint32_t m_device_id;
    std::deque<message> m_posted; // posted writes arrive in their order
    sc_core::sc_event m_arrival{"arrival"}, m_burst{"next"};
};

} // namespace rk3568

#endif
