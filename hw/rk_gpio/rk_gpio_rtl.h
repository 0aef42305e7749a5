// SPDX-License-Identifier: Apache-2.0
//
// The bank as RTL (rtl/rk_gpio.sv through Verilator) behind the ports of the model. Its clocks run on the true grids,
// but only while the block asks for them or a transfer is under way; a bank at rest costs nothing.
#ifndef RK3568_HW_RK_GPIO_RK_GPIO_RTL_H
#define RK3568_HW_RK_GPIO_RK_GPIO_RTL_H

#include "hw/regs/clock_grid.h"
#include "hw/rk_gpio/edge_account.h"
#include "hw/rk_gpio/gpio_bank.h"
#include "hw/rk_gpio/report.h"
#include "hw/rk_gpio/tlm_to_apb.h"
#include "hw/rk_gpio/verilated_bank.h"

namespace rk3568 {

class rk_gpio_rtl : public gpio_bank, private edge_listener {
public:
    SC_HAS_PROCESS(rk_gpio_rtl);
    explicit rk_gpio_rtl(const sc_core::sc_module_name &name, const gpio_params &params = {});

    gpio_probes probes;

    // Clock edges that were simulated so far; a bank at rest adds none.
    uint64_t clock_edges() const { return m_clock_edges; }

    // Calls `to` after every clock edge that was simulated and after every pin change, in order of time.
    void watch(sample_watch to) { m_watch = std::move(to); }
    // Bad accesses are not logged from now on: somebody else, who sees the same ones, does it.
    void leave_log_to_others() { m_bridge.mute(); }

private:
    static constexpr uint64_t never = clock_grid::never;
    enum class bus_phase : uint8_t { idle, setup, access };

    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) override;
    unsigned transport_dbg(tlm::tlm_generic_payload &trans) override;
    void pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) override;
    void edges(edge_event what, uint32_t pins) override;

    void access(tlm::tlm_generic_payload &trans, uint64_t ps);
    uint64_t next_pclk() const;
    uint64_t dbclk_edges_to_go() const;
    uint64_t next_dbclk() const;
    void run(uint64_t ps);
    void step();
    void skip_to(uint64_t ps);
    void skip_dbclk_to(uint64_t ps);
    void show();
    void tell_watch();
    void advance();
    void schedule();

    clock_grid m_pclk_grid;
    clock_grid m_dbclk_grid;
    verilated_bank m_rtl;
    bank_state m_flops; // the RTL's, as they are now
    edge_account m_account;
    tlm_to_apb m_bridge;
    bank_outputs m_outputs{*this, probes};
    bus_phase m_bus = bus_phase::idle; // what the next pclk edge ends
    apb_transfer m_transfer;
    uint64_t m_now = 0;
    uint64_t m_pclk = 0; // the last edge that is done or was left out
    uint64_t m_dbclk = 0;
    uint64_t m_free = 0; // the first pclk cycle that the next access may take
    uint64_t m_clock_edges = 0;
    sample_watch m_watch;
    uint64_t m_scheduled = never;
    sc_core::sc_event m_event{"event"};
};

} // namespace rk3568

#endif
