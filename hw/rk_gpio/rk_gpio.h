// SPDX-License-Identifier: Apache-2.0
//
// The SystemC model of an RK3568 GPIO v2 bank: 32 pins, one interrupt line. Exact to the clock edge (README.md), but it
// runs only those edges that change something, and sets an alarm only for a moment at which something shows
// outside: an interrupt's status, an output pin, the fate of an edge.
#ifndef RK3568_HW_RK_GPIO_RK_GPIO_H
#define RK3568_HW_RK_GPIO_RK_GPIO_H

#include "hw/regs/reg.h"
#include "hw/rk_gpio/gpio_bank.h"
#include "hw/rk_gpio/report.h"
#include "hw/rk_gpio/timed_bank.h"

namespace rk3568 {

class rk_gpio : public gpio_bank, public register_file, private bank_listener, private direct_target {
public:
    explicit rk_gpio(const sc_core::sc_module_name &name, const gpio_params &params = {});

    gpio_probes probes;

    // Calls `to` after every clock edge that was run and after every pin change, in order of time. Once.
    void watch(sample_watch to);
    bool keep_alarms_in(calendar &where) override {
        m_alarm.keep_in(where);
        return true;
    }
    direct_target *direct() override { return this; }

private:
    using half = reg<uint32_t>;

    half swport_dr_l{*this, "SWPORT_DR_L", 0x00}, swport_dr_h{*this, "SWPORT_DR_H", 0x04};
    half swport_ddr_l{*this, "SWPORT_DDR_L", 0x08}, swport_ddr_h{*this, "SWPORT_DDR_H", 0x0c};
    half int_en_l{*this, "INT_EN_L", 0x10}, int_en_h{*this, "INT_EN_H", 0x14};
    half int_mask_l{*this, "INT_MASK_L", 0x18}, int_mask_h{*this, "INT_MASK_H", 0x1c};
    half int_type_l{*this, "INT_TYPE_L", 0x20}, int_type_h{*this, "INT_TYPE_H", 0x24};
    half int_polarity_l{*this, "INT_POLARITY_L", 0x28}, int_polarity_h{*this, "INT_POLARITY_H", 0x2c};
    half int_bothedge_l{*this, "INT_BOTHEDGE_L", 0x30}, int_bothedge_h{*this, "INT_BOTHEDGE_H", 0x34};
    half debounce_l{*this, "DEBOUNCE_L", 0x38}, debounce_h{*this, "DEBOUNCE_H", 0x3c};
    half dbclk_div_en_l{*this, "DBCLK_DIV_EN_L", 0x40}, dbclk_div_en_h{*this, "DBCLK_DIV_EN_H", 0x44};
    reg<uint32_t> dbclk_div_con{*this, "DBCLK_DIV_CON", 0x48};
    reg<uint32_t> int_status{*this, "INT_STATUS", 0x50};
    reg<uint32_t> int_rawstatus{*this, "INT_RAWSTATUS", 0x58};
    half port_eoi_l{*this, "PORT_EOI_L", 0x60}, port_eoi_h{*this, "PORT_EOI_H", 0x64};
    reg<uint32_t> ext_port{*this, "EXT_PORT", 0x70};
    reg<uint32_t> ver_id{*this, "VER_ID", 0x78};

    void declare_registers();
    void declare_pair(half &low, half &high, uint32_t bank_state::*word, const char *source);

    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) override;
    unsigned transport_dbg(tlm::tlm_generic_payload &trans) override;
    bool access(uint64_t offset, unsigned size, bool write, uint64_t &value, const reg_access &from) override;
    void pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) override;

    void edges(edge_event what, uint32_t pins) override;
    void outside_changed(const bank_state &state, const interrupt_logic &interrupts) override;
    void clocked(const bank_state &state) override;

    void end_of_elaboration() override;
    void advance(uint64_t ps);
    void schedule();

    clock_grid m_pclk;
    clock_grid m_dbclk;
    timed_bank m_bank{m_pclk, m_dbclk};
    bank_outputs m_outputs{*this, probes};
    sample_watch m_watch;
    alarm m_alarm{"alarm", [this](uint64_t ps) { advance(ps); }};
};

} // namespace rk3568

#endif
