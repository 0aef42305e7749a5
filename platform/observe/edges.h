// SPDX-License-Identifier: Apache-2.0
//
// Where each pin's edges are on their way from the pin to the handler, and what becomes of them.
#ifndef RK3568_PLATFORM_OBSERVE_EDGES_H
#define RK3568_PLATFORM_OBSERVE_EDGES_H

#include "platform/observe/latency.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace rk3568 {

constexpr uint64_t no_time = ~0ull;

// One pin transition that matches its line's type.
struct edge {
    uint32_t number; // from 1, over all lines
    bool counted;    // it came after time zero while an irq was requested on its line: it is in the account
    uint64_t pin_ps;
    uint64_t status_ps = no_time; // INT_STATUS showed it
};

// The edges of one pin that no handler has had yet. The bank's latch holds one edge; software that has acknowledged it
// (EOI) before it calls the handler has taken it over; and an edge that found its irq in progress or disabled is
// remembered by the irq core (IRQS_PENDING), which has room for one.
class line_edges {
public:
    // An edge of this line was merged, lost or handled: that is counted here, when it happens.
    void seen(const edge &e, edge_counts &counts);
    void latched(uint64_t ps, edge_counts &counts);
    void status(bool set, uint64_t ps);
    void merged_in_latch(edge_counts &counts);
    void filtered(edge_counts &counts);
    void dropped_on_the_way(edge_counts &counts);
    void cleared();
    void withdrawn(edge_counts &counts);

    void remembered();
    void merged_in_memory(edge_counts &counts);
    void dropped(const char *reason, edge_counts &counts);

    // A handler is about to run: the edge that it runs for; none if it runs without a new one (a level that is still
    // there, a resent interrupt).
    std::optional<edge> serve(edge_counts &counts);
    // The number of the edge whose level still holds the line, for handlers that run again because of it; 0: none.
    uint32_t level_number() const { return m_latched && m_latched_served ? m_latched->number : 0; }

    // Nothing will serve what is here: the irq was freed, or the run has ended.
    void give_up(const char *reason, edge_counts &counts);

private:
    std::optional<edge> pop_coming();
    std::optional<edge> take_latched();
    std::optional<edge> take_acknowledged();
    std::optional<edge> take_refused();
    void lose_acknowledged(edge_counts &counts);
    static void lose(const std::optional<edge> &e, const char *reason, edge_counts &counts);

    std::deque<edge> m_coming;        // on the way through synchroniser and filter
    std::optional<edge> m_latched;    // in RAWSTATUS
    bool m_latched_served = false;    // a level's handler ran, and the level is still there
    std::deque<edge> m_acknowledged;  // cleared from the latch, handler not yet called
    std::optional<edge> m_remembered; // IRQS_PENDING
    bool m_status = false;
};

} // namespace rk3568

#endif
