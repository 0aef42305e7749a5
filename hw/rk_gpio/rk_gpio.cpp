// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/rk_gpio.h"

#include "hw/regs/target.h"

#include <algorithm>

namespace rk3568 {

rk_gpio::rk_gpio(const sc_core::sc_module_name &name, const gpio_params &params)
    : gpio_bank(name)
    , register_file(this->name(), window)
    , m_pclk(params.pclk)
    , m_dbclk(params.dbclk) {
    declare_registers();
    reset_registers();
}

void rk_gpio::declare_registers() {
    const auto f = reg_status::functional;
    declare_pair(swport_dr_l, swport_dr_h, &bank_state::dr, "HARDWARE.md 1.1");
    declare_pair(swport_ddr_l, swport_ddr_h, &bank_state::ddr, "HARDWARE.md 1.1");
    declare_pair(int_en_l, int_en_h, &bank_state::int_en, "HARDWARE.md 1.2");
    declare_pair(int_mask_l, int_mask_h, &bank_state::int_mask, "HARDWARE.md 1.2");
    declare_pair(int_type_l, int_type_h, &bank_state::int_type, "HARDWARE.md 1.2");
    declare_pair(int_polarity_l, int_polarity_h, &bank_state::int_polarity, "HARDWARE.md 1.2");
    declare_pair(int_bothedge_l, int_bothedge_h, &bank_state::int_bothedge, "HARDWARE.md 1.2");
    declare_pair(debounce_l, debounce_h, &bank_state::debounce, "HARDWARE.md 1.3");
    declare_pair(dbclk_div_en_l, dbclk_div_en_h, &bank_state::dbclk_div_en, "HARDWARE.md 1.3");
    dbclk_div_con.reset_value(1).writable(0x00ffffff).document(f, "HARDWARE.md 1.1, 1.3");
    dbclk_div_con.on_read([this](size_t, const reg_access &) { return m_bank.flops().dbclk_div_con; });
    dbclk_div_con.on_write([this](const reg_write &w) {
        m_bank.write({&bank_state::dbclk_div_con, static_cast<uint32_t>(w.value), static_cast<uint32_t>(w.lanes)});
    });
    int_status.read_only().document(f, "HARDWARE.md 1.2");
    int_status.on_read([this](size_t, const reg_access &) { return m_bank.flops().status(); });
    int_rawstatus.read_only().document(f, "HARDWARE.md 1.2");
    int_rawstatus.on_read([this](size_t, const reg_access &) { return m_bank.flops().raw(); });
    const auto eoi = [this](unsigned shift) {
        return [this, shift](const reg_write &w) {
            bus_write write;
            write.eoi = static_cast<uint32_t>(w.value) << shift;
            if (write.eoi) // Linux writes both halves, one of them without a bit
                m_bank.write(write);
        };
    };
    port_eoi_l.write_enable_halves().write_only().document(f, "HARDWARE.md 1.2").on_write(eoi(0));
    port_eoi_h.write_enable_halves().write_only().document(f, "HARDWARE.md 1.2").on_write(eoi(16));
    ext_port.read_only().document(f, "HARDWARE.md 1.1, 1.2");
    ext_port.on_read([this](size_t, const reg_access &) { return m_bank.flops().ext_sync; });
    ver_id.reset_value(0x0101157c).read_only().document(f, "HARDWARE.md 1.1");
}

void rk_gpio::declare_pair(half &low, half &high, uint32_t bank_state::*word, const char *source) {
    for (half *h : {&low, &high}) {
        const unsigned shift = h == &high ? 16 : 0;
        h->write_enable_halves().document(reg_status::functional, source);
        h->on_read([this, word, shift](size_t, const reg_access &) { return m_bank.flops().*word >> shift & 0xffff; });
        h->on_write([this, word, shift](const reg_write &w) {
            m_bank.write({word, static_cast<uint32_t>(w.value) << shift, static_cast<uint32_t>(w.lanes) << shift});
        });
    }
}

void rk_gpio::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) {
    m_bank.begin_access(time_of(*this, delay), *this);
    serve(*this, trans.get_address(), trans, delay);
    schedule();
}

bool rk_gpio::access(uint64_t offset, unsigned size, bool write, uint64_t &value, const reg_access &from) {
    m_bank.begin_access(time_of(*this, from.delay), *this);
    const reg_response response =
        write ? register_file::write(offset, size, value, from) : register_file::read(offset, size, value, from);
    schedule();
    return response == reg_response::ok;
}

// A debugger's read disturbs nothing; its write is an ordinary one.
unsigned rk_gpio::transport_dbg(tlm::tlm_generic_payload &trans) {
    const uint64_t now = time_of(*this, sc_core::SC_ZERO_TIME);
    if (trans.is_write())
        m_bank.begin_access(now, *this);
    else
        m_bank.run(now, *this);
    const unsigned done = serve_debug(*this, trans.get_address(), trans);
    schedule();
    return done;
}

void rk_gpio::pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) {
    const uint32_t bit = 1u << n;
    const uint32_t pins = m_bank.flops().pin;
    m_bank.set_pins(time_of(*this, delay), level ? pins | bit : pins & ~bit, *this);
    if (m_watch) {
        now = m_bank.now();
        clocked(m_bank.flops());
    }
    schedule();
}

void rk_gpio::edges(edge_event what, uint32_t pins) {
    report_edges(probes, what, pins, now);
}

void rk_gpio::outside_changed(const bank_state &state, const interrupt_logic &interrupts) {
    const uint32_t status = interrupts.status();
    m_outputs.show({interrupts.raw(), status, state.pad(), state.driven(), status != 0}, now,
                   [this] { return m_pclk.time(m_pclk.edge(now) + 2); });
}

void rk_gpio::watch(sample_watch to) {
    m_watch = std::move(to);
    every_edge = true;
    m_bank.tell_every_edge();
}

void rk_gpio::clocked(const bank_state &state) {
    const uint32_t status = state.status();
    m_watch({now, state, state.raw(), status, state.driven(), status != 0});
}

// The line leads to the GIC; what hangs at a pad is not known.
void rk_gpio::end_of_elaboration() {
    reaches_systemc = m_alarm.reaches_systemc =
        std::any_of(pad.begin(), pad.end(), [](const wire_out &p) { return p.size() != 0; });
}

void rk_gpio::advance(uint64_t ps) {
    m_bank.run(ps, *this);
    schedule();
}

// The alarm is set for the next moment at which something shows outside.
void rk_gpio::schedule() {
    static_assert(timed_bank::never == alarm::never);
    m_alarm.set(m_bank.foresee());
}

} // namespace rk3568
