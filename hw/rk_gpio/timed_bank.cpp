// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/timed_bank.h"

#include <algorithm>

namespace rk3568 {

namespace {

struct ear final : bank_listener {
    bool heard = false;
    void edges(edge_event, uint32_t) override { heard = true; }
    void outside_changed(const bank_state &) override { heard = true; }
};

} // namespace

timed_bank::moment timed_bank::next() const {
    moment at;
    if (m_writing || m_account.pclk_waits() || m_flops.pclk_moves()) {
        at.ps = m_pclk_grid->time(m_pclk + 1);
        at.pclk = true;
    }
    if (const uint32_t pins = m_flops.dbclk_moves() | m_account.dbclk_waits()) {
        const bool divided = !(pins & ~(m_flops.debounce & m_flops.dbclk_div_en));
        const uint64_t edge = m_dbclk + (divided ? m_flops.edges_to_tick() : 1);
        const uint64_t ps = m_dbclk_grid->time(edge);
        if (ps <= at.ps) {
            at.pclk = at.pclk && ps == at.ps;
            at.ps = ps;
            at.dbclk = true;
            at.dbclk_edge = edge;
        }
    }
    return at;
}

// Whether what is under way can show in RAWSTATUS, at a pad or in the account of edges; EXT_PORT is not outside.
bool timed_bank::concerns_outside() const {
    const bank_state &f = m_flops;
    const uint32_t moving = (f.irq_meta ^ f.source()) | (f.irq_sync ^ f.irq_meta) | (f.irq_prev ^ f.irq_sync) |
                            (f.dbclk_moves() & f.debounce);
    return m_writing || m_account.pclk_waits() || m_account.dbclk_waits() || (moving & f.int_en);
}

void timed_bank::step(const moment &at, bank_listener &to) {
    ++m_edges_run;
    m_now = at.ps;
    if (at.dbclk) {
        m_flops.skip_dbclk(at.dbclk_edge - m_dbclk - 1);
        m_dbclk = at.dbclk_edge;
    } else if (m_writing) {
        skip_dbclk_to(m_now); // the divider has counted with the old divisor until here
    }

    to.now = m_now;
    const bank_state before = m_flops;
    const bus_write write = at.pclk && m_writing ? m_write : bus_write{};
    m_flops.clock(at.pclk, at.dbclk, write);
    m_account.clocked(at.pclk, at.dbclk, before, m_flops, write, to);
    if (before.pad() != m_flops.pad())
        m_account.pads_changed(before.pad(), m_flops, to);
    if (at.pclk) {
        ++m_pclk;
        m_writing = false;
    } else {
        m_pclk = std::max(m_pclk, m_pclk_grid->edge(m_now));
    }
    if (before.raw() != m_flops.raw() || before.status() != m_flops.status() || before.pad() != m_flops.pad() ||
        before.driven() != m_flops.driven())
        to.outside_changed(m_flops);
}

void timed_bank::run(uint64_t ps, bank_listener &to) {
    for (moment at = next(); at.ps <= ps && at.ps != never; at = next())
        step(at, to);
}

uint64_t timed_bank::foresee() const {
    if (!concerns_outside())
        return never;
    timed_bank ahead = *this;
    ear listener;
    for (moment at = ahead.next(); at.ps != never && !listener.heard; at = ahead.next())
        ahead.step(at, listener);
    return listener.heard ? ahead.m_now : never;
}

void timed_bank::skip_dbclk_to(uint64_t ps) {
    const uint64_t edge = m_dbclk_grid->edge(ps);
    m_flops.skip_dbclk(edge - m_dbclk);
    m_dbclk = edge;
}

void timed_bank::skip_to(uint64_t ps) {
    m_now = std::max(m_now, ps);
    m_pclk = std::max(m_pclk, m_pclk_grid->edge(m_now));
    skip_dbclk_to(m_now);
}

void timed_bank::set_pins(uint64_t ps, uint32_t levels, bank_listener &to) {
    run(ps, to);
    skip_to(ps);
    const uint32_t before = m_flops.pad();
    m_flops.pin = levels;
    if (before == m_flops.pad())
        return;
    to.now = m_now;
    m_account.pads_changed(before, m_flops, to);
    to.outside_changed(m_flops);
}

void timed_bank::begin_access(uint64_t ps, bank_listener &to) {
    run(ps, to);
    skip_to(ps);
    if (m_pclk < m_free) {
        const uint64_t later = m_pclk_grid->time(m_free);
        run(later, to);
        skip_to(later);
    }
    m_free = m_pclk + 2;
}

} // namespace rk3568
