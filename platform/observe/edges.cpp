// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/edges.h"

namespace rk3568 {

void line_edges::seen(const edge &e, edge_counts &counts) {
    counts.edges += e.counted;
    m_coming.push_back(e);
}

std::optional<edge> line_edges::pop_coming() {
    if (m_coming.empty())
        return std::nullopt;
    const edge e = m_coming.front();
    m_coming.pop_front();
    return e;
}

void line_edges::lose(const std::optional<edge> &e, const char *reason, edge_counts &counts) {
    if (e && e->counted)
        ++counts.lost[reason];
}

void line_edges::latched(uint64_t ps, edge_counts &counts) {
    if (m_latched && !m_latched_served)
        lose(m_latched, "overwritten", counts);
    m_latched = pop_coming();
    m_latched_served = false;
    if (m_latched && m_status) // the probe of INT_STATUS may report first
        m_latched->status_ps = ps;
}

void line_edges::status(bool set, uint64_t ps) {
    m_status = set;
    if (set && m_latched && m_latched->status_ps == no_time)
        m_latched->status_ps = ps;
}

void line_edges::merged_in_latch(edge_counts &counts) {
    const auto e = pop_coming();
    counts.merged += e && e->counted;
}

// What no sample of the bank's clock or filter has caught is the youngest: older ones are past that.
void line_edges::filtered(edge_counts &counts) {
    if (m_coming.empty())
        return;
    lose(m_coming.back(), "filtered", counts);
    m_coming.pop_back();
}

void line_edges::dropped_on_the_way(edge_counts &counts) {
    lose(pop_coming(), "dropped", counts);
}

void line_edges::cleared() {
    if (m_latched && !m_latched_served)
        m_acknowledged.push_back(*m_latched);
    m_latched.reset();
}

void line_edges::withdrawn(edge_counts &counts) {
    if (!m_latched_served)
        lose(m_latched, "withdrawn", counts);
    m_latched.reset();
}

std::optional<edge> line_edges::take_latched() {
    if (!m_latched || m_latched_served)
        return std::nullopt;
    m_latched_served = true;
    return m_latched;
}

std::optional<edge> line_edges::take_acknowledged() {
    if (m_acknowledged.empty())
        return std::nullopt;
    const edge e = m_acknowledged.back();
    m_acknowledged.pop_back();
    return e;
}

// The irq core remembers an edge and then masks and acknowledges the line: the edge is usually still in the latch.
std::optional<edge> line_edges::take_refused() {
    auto e = take_latched();
    return e ? e : take_acknowledged();
}

void line_edges::remembered() {
    if (!m_remembered)
        m_remembered = take_refused();
}

void line_edges::merged_in_memory(edge_counts &counts) {
    const auto e = take_refused();
    counts.merged += e && e->counted;
}

void line_edges::dropped(const char *reason, edge_counts &counts) {
    auto e = take_acknowledged();
    if (!e)
        e = take_latched();
    if (!e)
        std::swap(e, m_remembered);
    lose(e, reason, counts);
}

std::optional<edge> line_edges::serve(edge_counts &counts) {
    // The flow handler has just acknowledged the newest; others were acknowledged and never handled.
    auto e = take_acknowledged();
    lose_acknowledged(counts);
    if (!e)
        std::swap(e, m_remembered);
    if (!e)
        e = take_latched();
    counts.handled += e && e->counted;
    return e;
}

void line_edges::lose_acknowledged(edge_counts &counts) {
    for (const edge &e : m_acknowledged)
        lose(e, "acknowledged_unhandled", counts);
    m_acknowledged.clear();
}

void line_edges::give_up(const char *reason, edge_counts &counts) {
    // What stays in the hardware is no longer in the account: it may still be latched, cleared, even handled.
    for (edge &e : m_coming) {
        lose(e, reason, counts);
        e.counted = false;
    }
    if (m_latched && !m_latched_served)
        lose(m_latched, reason, counts);
    if (m_latched)
        m_latched->counted = false;
    for (const edge &e : m_acknowledged)
        lose(e, reason, counts);
    m_acknowledged.clear();
    lose(m_remembered, reason, counts);
    m_remembered.reset();
}

} // namespace rk3568
