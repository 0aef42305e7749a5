// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/timed_bank.h"

#include <algorithm>

namespace rk3568 {

timed_bank::moment timed_bank::next(const place &from) const {
    const bank_state &f = from.flops;
    moment at;
    if (from.writing || from.account.pclk_waits() || f.pclk_moves(from.interrupts.raw_edges)) {
        at.ps = m_pclk_grid.time(from.pclk + 1);
        at.pclk = true;
    }
    const uint32_t filtering = f.debounce ? f.dbclk_moves() & f.debounce : 0;
    if (const uint32_t pins = filtering | from.account.dbclk_waits()) {
        const bool divided = !(pins & ~(f.debounce & f.dbclk_div_en));
        const uint64_t edge = from.dbclk + (divided ? f.edges_to_tick() : 1);
        const uint64_t ps = m_dbclk_grid.time(edge);
        if (ps <= at.ps) {
            at.pclk = at.pclk && ps == at.ps;
            at.ps = ps;
            at.dbclk = true;
            at.dbclk_edge = edge;
        }
    }
    return at;
}

// Whether what is under way can show in RAWSTATUS, at a pad or in the account of edges; EXT_PORT is not outside, nor is
// an edge that no pin waits for.
bool timed_bank::concerns_outside(const place &at) {
    const bank_state &f = at.flops;
    const uint32_t moving = (f.dbclk_moves() & f.debounce) | f.shows_on_its_way();
    return at.writing || at.account.pclk_waits() || at.account.dbclk_waits() || (moving & f.int_en);
}

// Whether until the next access all that moves are levels in the synchronisers, and nothing outside will hear of it.
bool timed_bank::is_quiet(const place &at) {
    const bank_state &f = at.flops;
    return !(f.dbclk_moves() & f.debounce) && !concerns_outside(at) && f.latch == at.interrupts.raw_edges &&
           !at.interrupts.edges;
}

// What run() does of a quiet bank, without asking at every edge what it has done.
void timed_bank::drift(place &from, uint64_t ps) const {
    const uint64_t edge = m_pclk_grid.edge(ps);
    from.flops.synchronise(edge - from.pclk);
    from.pclk = edge;
    from.now = m_pclk_grid.time(edge);
}

// A pclk edge of a bank in which no filter is on, perhaps with an EOI: the synchronisers and the latch move, nothing
// else.
void timed_bank::step_plain(place &from, uint64_t ps, bank_listener &to) {
    bank_state &f = from.flops;
    from.now = to.now = ps;
    ++from.pclk;
    const uint32_t eoi = from.writing ? from.write.eoi : 0;
    from.writing = false;
    const interrupt_logic were = from.interrupts;
    const uint32_t meta = f.irq_meta, level = f.pad();
    f.latch = were.raw_edges & ~eoi;
    f.irq_prev = f.irq_sync;
    f.irq_sync = meta;
    f.irq_meta = level;
    f.ext_sync = f.ext_meta;
    f.ext_meta = level;
    from.interrupts = f.interrupts();
    from.account.clocked_pclk(meta, f, were, from.interrupts, eoi, to);
    if (!(were == from.interrupts))
        to.outside_changed(f, from.interrupts);
}

// Edges of a bank in which no filter is on, and which change nothing outside of it.
void timed_bank::pass_silently(uint64_t edges) {
    bank_state &f = m_here.flops;
    const uint32_t level = f.pad();
    m_here.account.pass_silently(f.irq_meta, level);
    f.latch = m_here.interrupts.raw_edges;
    if (edges > 2) {
        f.irq_prev = f.irq_sync = f.irq_meta = f.ext_sync = f.ext_meta = level;
    } else {
        f.irq_prev = edges > 1 ? f.irq_meta : f.irq_sync;
        f.irq_sync = edges > 1 ? level : f.irq_meta;
        f.ext_sync = edges > 1 ? level : f.ext_meta;
        f.irq_meta = f.ext_meta = level;
    }
    m_here.interrupts = f.interrupts();
    m_here.pclk += edges;
    m_here.now = m_pclk_grid.time(m_here.pclk);
}

// Runs up to pclk's edge `last`. Whether the bank stands there: not if a filter has been switched on before.
bool timed_bank::run_plain(uint64_t last, bank_listener &to) {
    place &here = m_here;
    m_next_is_known = false;
    for (;;) {
        const uint64_t heard_at = configures() ? m_pclk_grid.time(here.pclk + 1) : foresee();
        const uint64_t heard = heard_at == never ? last + 1 : std::min(m_pclk_grid.edge(heard_at), last + 1);
        if (const uint64_t silent = heard - 1 - here.pclk)
            pass_silently(silent);
        if (heard > last)
            return true;
        m_heard_at = 0;
        if (!configures()) {
            step_plain(here, heard_at, to);
            continue;
        }
        step(here, {heard_at, true}, to);
        if (here.flops.debounce)
            return false;
    }
}

void timed_bank::step(place &from, const moment &at, bank_listener &to) const {
    bank_state &f = from.flops;
    if (!f.debounce && !at.dbclk && !(from.writing && from.write.reg) && !to.every_edge) {
        step_plain(from, at.ps, to);
        return;
    }
    from.now = at.ps;
    if (at.dbclk) {
        f.skip_dbclk(at.dbclk_edge - from.dbclk - 1);
        from.dbclk = at.dbclk_edge;
    } else if (from.writing && from.write.reg) {
        skip_dbclk_to(from, from.now); // until here the divider has counted, and the filters followed, as configured
    }

    to.now = from.now;
    const bank_state before = f;
    const bus_write write = at.pclk && from.writing ? from.write : bus_write{};
    f.clock(at.pclk, at.dbclk, write, from.interrupts.raw_edges);
    const interrupt_logic were = from.interrupts;
    from.interrupts = f.interrupts();
    from.account.clocked(at.pclk, at.dbclk, before, f, were, from.interrupts, write, to);
    const bool pads_moved = before.pad() != f.pad();
    if (pads_moved)
        from.account.pads_changed(before.pad(), f, to);
    if (at.pclk) {
        ++from.pclk;
        from.writing = false;
    } else {
        from.pclk = std::max(from.pclk, m_pclk_grid.edge(from.now));
    }
    if (!(were == from.interrupts) || pads_moved || before.driven() != f.driven())
        to.outside_changed(f, from.interrupts);
    if (to.every_edge)
        to.clocked(f);
}

// What was foreseen has come.
void timed_bank::arrive(bank_listener &to) {
    m_foreseen = false;
    for (const auto &[ps, flops] : m_heard.passed)
        if (ps > m_here.now) { // or it has been run meanwhile
            to.now = ps;
            to.clocked(flops);
        }
    to.now = m_ahead.now;
    m_ahead.now = std::max(m_ahead.now, m_here.now); // accesses may have come since the last edge that moved anything
    m_here = m_ahead;
    m_next = m_after;
    m_next_is_known = true;
    m_heard_at = 0;
    for (const auto &[what, pins] : m_heard.told)
        to.edges(what, pins);
    if (m_heard.outside)
        to.outside_changed(m_here.flops, m_here.interrupts);
}

void timed_bank::run_any(uint64_t ps, bank_listener &to) {
    if (m_foreseen && m_ahead.now <= ps) {
        arrive(to);
        if (is_plain() && !to.every_edge) {
            run(ps, to);
            return;
        }
    }
    if (next_here().ps <= ps && !to.every_edge && is_quiet(m_here)) {
        drift(m_here, ps);
        m_next = next(m_here);
    }
    while (m_next.ps <= ps && m_next.ps != never) {
        step(m_here, m_next, to);
        m_next = next(m_here);
        m_heard_at = 0;
    }
}

// The flops of the next edges of a bank in which no filter is on, and whether a listener would hear of one.
uint64_t timed_bank::find_heard() const {
    const bank_state &f = m_here.flops;
    const edge_account &account = m_here.account;
    const uint32_t enabled = f.int_en;
    if (!m_here.writing && !account.pclk_waits() && !(f.shows_on_its_way() & enabled))
        return never;
    const uint32_t level = f.pad(), type = f.edge_type();
    uint32_t eoi = m_here.writing ? m_here.write.eoi : 0;
    uint32_t meta = f.irq_meta, sync = f.irq_sync;
    uint32_t sampled = account.sampled(meta, level);
    uint32_t heard = account.at_source() & ~sampled; // of the account, before it is asked what becomes of the others
    uint32_t arrives = account.in_meta();
    uint32_t raw_edges = m_here.interrupts.raw_edges, raw_levels = m_here.interrupts.raw_levels;
    for (uint64_t edge = m_here.pclk + 1;; ++edge) {
        const uint32_t prev = sync, latch = raw_edges & ~eoi;
        sync = meta;
        meta = level;
        const uint32_t active = f.matches(sync) & enabled;
        const uint32_t edges = (sync ^ prev) & type & active;
        const uint32_t now_edges = type & enabled & (latch | edges), now_levels = ~type & active;
        if (heard | arrives | edges | (raw_edges & ~(latch & type & enabled)) | (raw_levels ^ now_levels) |
            ((raw_edges | raw_levels) ^ (now_edges | now_levels)))
            return m_pclk_grid.time(edge);
        if (!(sampled | (sync ^ level) | (prev ^ sync) | (latch ^ now_edges)))
            return never;
        raw_edges = now_edges;
        raw_levels = now_levels;
        arrives = sampled;
        sampled = eoi = 0;
    }
}

uint64_t timed_bank::foresee_any() {
    if (!m_foreseen) {
        if (!concerns_outside(m_here))
            return never;
        m_foreseen = true;
        m_ahead = m_here;
        m_heard.clear();
        for (m_after = next_here(); m_after.ps != never && !m_heard.heard(); m_after = next(m_ahead))
            step(m_ahead, m_after, m_heard);
    }
    return m_heard.heard() ? m_ahead.now : never;
}

void timed_bank::skip_dbclk_to(place &from, uint64_t ps) const {
    const uint64_t edge = m_dbclk_grid.edge(ps);
    from.flops.skip_dbclk(edge - from.dbclk);
    from.dbclk = edge;
}

void timed_bank::skip_to(uint64_t ps) {
    m_here.now = std::max(m_here.now, ps);
    m_here.pclk = std::max(m_here.pclk, m_pclk_grid.edge(m_here.now));
    // While no filter is on, dbclk's flops show nowhere: they catch up before a pad or their configuration changes.
    if (m_here.flops.debounce)
        skip_dbclk_to(m_here, m_here.now);
}

void timed_bank::set_pins(uint64_t ps, uint32_t levels, bank_listener &to) {
    run(ps, to);
    skip_to(ps);
    skip_dbclk_to(m_here, m_here.now);
    const uint32_t before = m_here.flops.pad();
    m_here.flops.pin = levels;
    const bool changed = before != m_here.flops.pad();
    to.now = m_here.now;
    if (changed)
        m_here.account.pads_changed(before, m_here.flops, to);
    disturbed();
    if (changed)
        to.outside_changed(m_here.flops, m_here.interrupts);
}

void timed_bank::begin_access(uint64_t ps, bank_listener &to) {
    run(ps, to);
    skip_to(ps);
    if (m_here.pclk < m_free) {
        const uint64_t later = m_pclk_grid.time(m_free);
        run(later, to);
        skip_to(later);
    }
    m_free = m_here.pclk + 2;
}

void timed_bank::write(const bus_write &write) {
    m_here.write = write;
    m_here.writing = true;
    disturbed();
}

void timed_bank::disturbed() {
    m_foreseen = false;
    m_next_is_known = false;
    m_heard_at = 0;
}

} // namespace rk3568
