// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/rk_gpio_rtl.h"

#include <algorithm>
#include <utility>

namespace rk3568 {

rk_gpio_rtl::rk_gpio_rtl(const sc_core::sc_module_name &name, const gpio_params &params)
    : gpio_bank(name)
    , m_pclk_grid(params.pclk)
    , m_dbclk_grid(params.dbclk)
    , m_flops(m_rtl.flops())
    , m_bridge(this->name()) {
    SC_METHOD(advance);
    sensitive << m_event;
    dont_initialize();
}

uint64_t rk_gpio_rtl::next_pclk() const {
    return m_bus != bus_phase::idle || m_rtl.pclk_requested() || m_account.pclk_waits() ? m_pclk_grid.time(m_pclk + 1)
                                                                                        : never;
}

// Edges of dbclk up to the next one that changes a filter or that the account waits for; 0 if there is none.
uint64_t rk_gpio_rtl::dbclk_edges_to_go() const {
    const uint32_t divided = m_flops.debounce & m_flops.dbclk_div_en;
    const uint32_t waits = m_account.dbclk_waits();
    if (m_rtl.dbclk_requested() || (waits & ~divided))
        return 1;
    return m_rtl.dbclk_tick_requested() || waits ? m_rtl.edges_to_tick() : 0;
}

uint64_t rk_gpio_rtl::next_dbclk() const {
    const uint64_t edges = dbclk_edges_to_go();
    return edges ? m_dbclk_grid.time(m_dbclk + edges) : never;
}

void rk_gpio_rtl::run(uint64_t ps) {
    while (std::min(next_pclk(), next_dbclk()) <= ps)
        step();
}

void rk_gpio_rtl::step() {
    const uint64_t at_pclk = next_pclk(), at_dbclk = next_dbclk();
    m_now = std::min(at_pclk, at_dbclk);
    const bool pclk = at_pclk == m_now, dbclk = at_dbclk == m_now;
    if (dbclk) {
        const uint64_t edges = dbclk_edges_to_go();
        m_rtl.skip_dbclk(edges - 1);
        m_dbclk += edges;
    } else if (m_bus == bus_phase::access && pclk) {
        skip_dbclk_to(m_now); // the divider has counted with the old divisor until here
    }
    const bank_state before = m_rtl.flops();
    m_rtl.clock(pclk, dbclk);
    ++m_clock_edges;
    bus_write completed;
    if (pclk) {
        ++m_pclk;
        if (std::exchange(m_bus, bus_phase::idle) == bus_phase::access && m_transfer.write &&
            (m_transfer.address & ~4u) == 0x60)
            completed.eoi = (m_transfer.data & m_transfer.data >> 16 & 0xffff) << (m_transfer.address & 4 ? 16 : 0);
    } else {
        m_pclk = std::max(m_pclk, m_pclk_grid.edge(m_now));
    }
    m_flops = m_rtl.flops();
    now = m_now;
    m_account.clocked(pclk, dbclk, before, m_flops, before.interrupts(), m_flops.interrupts(), completed, *this);
    if (before.pad() != m_flops.pad())
        m_account.pads_changed(before.pad(), m_flops, *this);
    show();
    tell_watch();
}

void rk_gpio_rtl::tell_watch() {
    if (m_watch)
        m_watch({m_now, m_flops, m_rtl.raw(), m_rtl.status(), m_rtl.driven(), m_rtl.irq()});
}

void rk_gpio_rtl::skip_dbclk_to(uint64_t ps) {
    const uint64_t edge = m_dbclk_grid.edge(ps);
    m_rtl.skip_dbclk(edge - m_dbclk);
    m_dbclk = edge;
}

void rk_gpio_rtl::skip_to(uint64_t ps) {
    m_now = std::max(m_now, ps);
    m_pclk = std::max(m_pclk, m_pclk_grid.edge(m_now));
    skip_dbclk_to(m_now);
}

void rk_gpio_rtl::show() {
    m_outputs.show({m_rtl.raw(), m_rtl.status(), m_flops.pad(), m_rtl.driven(), m_rtl.irq()}, m_now,
                   [this] { return m_pclk_grid.time(m_pclk_grid.edge(m_now) + 2); });
}

// The access phase is the pclk cycle that contains `ps`, or the second one after that of the access before it if that
// is later. Then the cycle between the two is the setup phase. Otherwise the setup phase was the cycle before; it has
// no effect in the slave, so that it need not have been known in time.
void rk_gpio_rtl::access(tlm::tlm_generic_payload &trans, uint64_t ps) {
    const auto transfer = m_bridge.begin(trans, false);
    run(ps);
    skip_to(ps);
    if (m_pclk < m_free) {
        const uint64_t setup = m_pclk_grid.time(m_free - 1);
        run(setup);
        skip_to(setup);
        if (transfer) {
            m_rtl.set_up(*transfer);
            m_bus = bus_phase::setup;
        }
        const uint64_t later = m_pclk_grid.time(m_free);
        run(later);
        skip_to(later);
    }
    m_free = m_pclk + 2;
    if (transfer) {
        m_bridge.end(trans, m_rtl.present(*transfer));
        m_bus = bus_phase::access;
        m_transfer = *transfer;
    }
    schedule();
}

void rk_gpio_rtl::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) {
    access(trans, time_of(*this, delay));
}

// A debugger's read looks into the cycle that runs; its write is an ordinary one.
unsigned rk_gpio_rtl::transport_dbg(tlm::tlm_generic_payload &trans) {
    const uint64_t ps = time_of(*this, sc_core::SC_ZERO_TIME);
    if (trans.is_write()) {
        access(trans, ps);
    } else if (const auto transfer = m_bridge.begin(trans, true)) {
        run(ps);
        m_bridge.end(trans, m_rtl.present(*transfer));
        if (m_bus == bus_phase::access)
            m_rtl.present(m_transfer);
        else
            m_rtl.release_bus();
        schedule();
    }
    return trans.get_response_status() == tlm::TLM_OK_RESPONSE ? trans.get_data_length() : 0;
}

void rk_gpio_rtl::pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) {
    const uint64_t ps = time_of(*this, delay);
    run(ps);
    skip_to(ps);
    const uint32_t before = m_flops.pad();
    const uint32_t bit = 1u << n;
    m_rtl.set_pins(level ? m_flops.pin | bit : m_flops.pin & ~bit);
    m_flops = m_rtl.flops();
    if (before != m_flops.pad()) {
        now = m_now;
        m_account.pads_changed(before, m_flops, *this);
        show();
    }
    tell_watch();
    schedule();
}

void rk_gpio_rtl::edges(edge_event what, uint32_t pins) {
    report_edges(probes, what, pins, now);
}

void rk_gpio_rtl::advance() {
    m_scheduled = never;
    run(time_of(*this, sc_core::SC_ZERO_TIME));
    schedule();
}

// A read that has been answered needs no edge of its own: the next one that comes completes it.
void rk_gpio_rtl::schedule() {
    const bool only_read =
        m_bus == bus_phase::access && !m_transfer.write && !m_rtl.pclk_requested() && !m_account.pclk_waits();
    const uint64_t next = std::min(only_read ? never : next_pclk(), next_dbclk());
    if (next == m_scheduled)
        return;
    m_event.cancel();
    m_scheduled = next;
    if (next != never)
        m_event.notify(delay_until(*this, next));
}

} // namespace rk3568
