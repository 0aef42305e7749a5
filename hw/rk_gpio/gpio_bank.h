// SPDX-License-Identifier: Apache-2.0
//
// What every implementation of an RK3568 GPIO v2 bank looks like from outside: the SystemC model (rk_gpio), the
// Verilated RTL (rk_gpio_rtl) and both at once (rk_gpio_lockstep). A platform binds these ports and needs to know no
// more. Source of the block: docs/HARDWARE.md 1; cycle behaviour: README.md beside this file.
#ifndef RK3568_HW_RK_GPIO_GPIO_BANK_H
#define RK3568_HW_RK_GPIO_GPIO_BANK_H

#include "hw/regs/alarm.h"
#include "hw/regs/clock_grid.h"
#include "hw/regs/direct.h"
#include "hw/regs/probe.h"
#include "hw/regs/wire.h"

#include <cstdint>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace rk3568 {

// The two sources of the debounce clock (CRU_CLKSEL_CON72[14], PMU_CLKSEL_CON6[15] for GPIO0).
constexpr frequency dbclk_24m{24'000'000};
constexpr frequency dbclk_32k{32'768};

// Frequencies of the two clocks, above zero and up to 1 THz.
struct gpio_params {
    frequency pclk{100'000'000};
    frequency dbclk = dbclk_24m;
};

// Implementations never call wait(). Calls into `bus` and `pin` are made in order of their time, which is
// sc_time_stamp() plus the annotated delay; a call from before what the bank has already done counts as just now.
class gpio_bank : public sc_core::sc_module {
public:
    static constexpr unsigned pins = 32;
    static constexpr uint64_t window = 0x100; // bytes that the registers take

    // Offsets from 0. 32-bit accesses; anything else, and any offset without a register, reads 0 and ignores writes.
    tlm_utils::simple_target_socket<gpio_bank> bus{"bus"};
    sc_core::sc_vector<wire_in> pin{"pin", pins};  // the level that the board puts on each pin
    sc_core::sc_vector<wire_out> pad{"pad", pins}; // the level that the bank drives: DR where DDR = 1, else low
    wire_out irq{"irq"};                           // level-high: OR of INT_STATUS

    // The bank's alarms ring from there. False: it uses events of its own.
    virtual bool keep_alarms_in(calendar &) { return false; }
    // What `bus` leads to, for accesses without a transaction. Null: there is no such way.
    virtual direct_target *direct() { return nullptr; }

protected:
    explicit gpio_bank(const sc_core::sc_module_name &name)
        : sc_module(name) {
        if (sc_core::sc_get_time_resolution() != sc_core::sc_time(1, sc_core::SC_PS))
            SC_REPORT_FATAL("/rk3568/gpio", "a bank needs a time resolution of 1 ps");
        bus.register_b_transport(this, &gpio_bank::b_transport);
        bus.register_transport_dbg(this, &gpio_bank::transport_dbg);
        for (unsigned n = 0; n < pins; ++n)
            pin[n].on_change([this, n](bool level, const sc_core::sc_time &delay) { pin_changed(n, level, delay); });
    }

    virtual void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) = 0;
    virtual unsigned transport_dbg(tlm::tlm_generic_payload &trans) = 0;
    virtual void pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) = 0;
};

// What an implementation shows of itself. The edge events carry the pin's number; see edge_account.h.
struct gpio_probes {
    probe<uint32_t> int_status{"int_status"};
    probe<uint32_t> int_rawstatus{"int_rawstatus"};
    probe<uint32_t> ext_port{"ext_port"};
    probe_event edge_seen{"edge_seen"};
    probe_event edge_latched{"edge_latched"};
    probe_event edge_merged{"edge_merged"};
    probe_event edge_filtered{"edge_filtered"};
    probe_event edge_dropped{"edge_dropped"};
    probe_event edge_cleared{"edge_cleared"};
    probe_event edge_withdrawn{"edge_withdrawn"};
};

} // namespace rk3568

#endif
