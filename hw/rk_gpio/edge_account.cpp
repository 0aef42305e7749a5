// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/edge_account.h"

namespace rk3568 {

namespace {

void assign(uint32_t &word, uint32_t bits, uint32_t value) {
    word = (word & ~bits) | (value & bits);
}

void tell(edge_listener &to, edge_event what, uint32_t pins) {
    if (pins)
        to.edges(what, pins);
}

} // namespace

// Of two edges between samples, at most the later can be the one that is sampled.
void edge_account::pads_changed(uint32_t before, const bank_state &now, edge_listener &to) {
    const uint32_t level = now.pad();
    const uint32_t seen = (before ^ level) & now.int_en & now.matches(level);
    if (!seen)
        return;
    const uint32_t direct = seen & ~now.debounce;
    const uint32_t through_filter = seen & now.debounce;
    tell(to, edge_event::filtered, (direct & m_at_source) | (through_filter & m_at_filter));
    tell(to, edge_event::seen, seen);
    m_at_source |= direct;
    m_at_filter |= through_filter;
    assign(m_source_level, direct, level);
    assign(m_filter_level, through_filter, level);
}

void edge_account::clocked(bool pclk, bool dbclk, const bank_state &before, const bank_state &after,
                           const interrupt_logic &were, const interrupt_logic &are, const bus_write &write,
                           edge_listener &to) {
    const uint32_t passed = dbclk ? clocked_filter(before, after, to) : 0;
    if (pclk)
        clocked_pclk(before.irq_meta, after, were, are, write.eoi, to);
    if (passed) {
        tell(to, edge_event::filtered, passed & m_at_source);
        m_at_source |= passed;
        assign(m_source_level, passed, after.db_out);
    }
    if (before.debounce & ~after.debounce)
        filter_switched_off(before.debounce & ~after.debounce, to);
}

// Returns the edges that the filter let through.
uint32_t edge_account::clocked_filter(const bank_state &before, const bank_state &after, edge_listener &to) {
    const uint32_t shift = before.shifting();
    if (!(dbclk_waits() & shift))
        return 0;
    const uint32_t changed = before.db_meta ^ after.db_meta;
    const uint32_t sampled = m_at_filter & shift & changed & ~(after.db_meta ^ m_filter_level);
    const uint32_t agreed = m_in_filter & shift & ~changed;
    const uint32_t passed = m_agreed & shift & (before.db_out ^ after.db_out);
    tell(to, edge_event::filtered, m_agreed & ~passed & shift);
    tell(to, edge_event::filtered, m_in_filter & ~agreed & shift);
    tell(to, edge_event::filtered, m_at_filter & ~sampled & shift);
    m_at_filter &= ~shift;
    assign(m_in_filter, shift, sampled);
    assign(m_agreed, shift, agreed);
    return passed;
}

void edge_account::clocked_pclk(uint32_t meta, const bank_state &after, const interrupt_logic &were,
                                const interrupt_logic &are, uint32_t eoi, edge_listener &to) {
    const uint32_t taken = sampled(meta, after.irq_meta);
    const uint32_t arrived = m_in_meta;
    tell(to, edge_event::filtered, m_at_source & ~taken);
    m_at_source = 0;
    m_in_meta = taken;

    const uint32_t was_latched = were.raw_edges;
    const uint32_t still_latched = after.latch & after.edge_type() & after.int_en;
    const uint32_t was_active = were.raw_levels;
    const uint32_t active = are.raw_levels;
    const uint32_t edges = are.edges;
    if (!(was_latched | still_latched | (was_active ^ active) | edges | arrived)) // nothing to tell
        return;
    const uint32_t shown = edges | (active & ~was_active);
    tell(to, edge_event::cleared, was_latched & eoi);
    tell(to, edge_event::withdrawn, (was_latched & ~eoi & ~still_latched) | (was_active & ~active));
    tell(to, edge_event::seen, shown & ~arrived);
    tell(to, edge_event::latched, shown & ~(edges & still_latched));
    tell(to, edge_event::merged, edges & still_latched);
    tell(to, edge_event::dropped, arrived & ~shown);
}

void edge_account::filter_switched_off(uint32_t pins, edge_listener &to) {
    tell(to, edge_event::dropped, m_agreed & pins);
    tell(to, edge_event::dropped, m_in_filter & pins);
    tell(to, edge_event::dropped, m_at_filter & pins);
    m_at_filter &= ~pins;
    m_in_filter &= ~pins;
    m_agreed &= ~pins;
}

} // namespace rk3568
