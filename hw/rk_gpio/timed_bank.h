// SPDX-License-Identifier: Apache-2.0
//
// The bank in time: runs the edges of the two clocks that change something and skips all others, so that a bank in
// which nothing moves costs nothing. It can look ahead to find out when something will happen.
//
// While no filter is on, a change is through the bank with three edges of pclk in a row: there that is a calculation.
// With a filter it runs a copy of the bank, and keeps what it saw: unless an input changes meanwhile, what was foreseen
// is what happens, and no edge is run twice.
#ifndef RK3568_HW_RK_GPIO_TIMED_BANK_H
#define RK3568_HW_RK_GPIO_TIMED_BANK_H

#include "hw/regs/clock_grid.h"
#include "hw/rk_gpio/bank_state.h"
#include "hw/rk_gpio/edge_account.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace rk3568 {

// Hears, besides edges, of every moment at which a status, a pad or an output of the bank changed.
class bank_listener : public edge_listener {
public:
    virtual void outside_changed(const bank_state &now, const interrupt_logic &interrupts) = 0;
    // Only if `every_edge` is set (and timed_bank::tell_every_edge was called): a clock edge has led to these flops.
    virtual void clocked(const bank_state &) {}
    bool every_edge = false;

protected:
    ~bank_listener() = default;
};

class timed_bank {
public:
    static constexpr uint64_t never = clock_grid::never;

    // The grids must outlive the bank.
    timed_bank(const clock_grid &pclk, const clock_grid &dbclk)
        : m_pclk_grid(pclk)
        , m_dbclk_grid(dbclk) {}

    const bank_state &flops() const { return m_here.flops; }
    uint64_t now() const { return m_here.now; }

    // Runs all edges up to and including `ps`.
    void run(uint64_t ps, bank_listener &to) {
        if (!is_plain() || to.every_edge)
            run_any(ps, to);
        else if (const uint64_t edge = m_pclk_grid.edge(ps); edge > m_here.pclk && !run_plain(edge, to))
            run_any(ps, to);
    }
    // From now on listeners hear of every clock edge.
    void tell_every_edge() { m_heard.every_edge = true; }
    // When a listener will next hear something if no pin changes and no access comes, or never.
    uint64_t foresee() {
        if (!is_plain() || configures())
            return foresee_any();
        return m_heard_at ? m_heard_at : m_heard_at = find_heard();
    }

    // The board's levels from `ps` on. Edges at `ps` itself do not see them yet.
    void set_pins(uint64_t ps, uint32_t levels, bank_listener &to);
    // An access takes the pclk cycle that contains `ps`, or the second one after the previous access if that is later.
    // Afterwards flops() is what a read gives, and write() is what the edge at the cycle's end completes.
    void begin_access(uint64_t ps, bank_listener &to);
    void write(const bus_write &write);

private:
    // The next moment at which a clock edge changes anything: which clocks have one then.
    struct moment {
        uint64_t ps = never;
        bool pclk = false;
        bool dbclk = false;
        uint64_t dbclk_edge = 0;
    };

    // Everything that time changes.
    struct place {
        bank_state flops;
        interrupt_logic interrupts; // of these flops
        edge_account account;
        bus_write write;
        bool writing = false;
        uint64_t now = 0;
        uint64_t pclk = 0; // the last edge that is done or was skipped
        uint64_t dbclk = 0;
    };

    // Remembers what it hears.
    struct memory final : bank_listener {
        std::vector<std::pair<edge_event, uint32_t>> told;
        std::vector<std::pair<uint64_t, bank_state>> passed; // if every edge is wanted
        bool outside = false;

        bool heard() const { return outside || !told.empty(); }
        void clear() { told.clear(), passed.clear(), outside = false; }
        void edges(edge_event what, uint32_t pins) override { told.emplace_back(what, pins); }
        void outside_changed(const bank_state &, const interrupt_logic &) override { outside = true; }
        void clocked(const bank_state &flops) override { passed.emplace_back(now, flops); }
    };

    moment next(const place &at) const;
    void step(place &from, const moment &at, bank_listener &to) const;
    static void step_plain(place &from, uint64_t ps, bank_listener &to);
    static bool concerns_outside(const place &at);
    static bool is_quiet(const place &at);
    void drift(place &from, uint64_t ps) const;
    bool is_plain() const { return !m_foreseen && !m_here.flops.debounce && !m_heard.every_edge; }
    bool configures() const { return m_here.writing && m_here.write.reg; }
    void run_any(uint64_t ps, bank_listener &to);
    uint64_t foresee_any();
    bool run_plain(uint64_t last, bank_listener &to);
    uint64_t find_heard() const;
    void pass_silently(uint64_t edges);
    const moment &next_here() {
        if (!m_next_is_known)
            m_next = next(m_here);
        m_next_is_known = true;
        return m_next;
    }
    void skip_to(uint64_t ps);
    void skip_dbclk_to(place &from, uint64_t ps) const;
    void arrive(bank_listener &to);
    void disturbed(); // an input has changed: what comes next is another

    const clock_grid &m_pclk_grid;
    const clock_grid &m_dbclk_grid;
    place m_here;
    moment m_next; // after m_here, if it
    bool m_next_is_known = true;
    uint64_t m_free = 0; // the first pclk cycle that the next access may take; cycle n begins with edge n

    // Without a filter: when a listener will next hear something, 0: to be found out. Until then edges only move flops.
    uint64_t m_heard_at = 0;

    // With filters: what foresee() saw, valid until an input changes or time gets there: where the bank stands after
    // the first moment that a listener hears of (or when nothing moves any more), and what it hears then.
    bool m_foreseen = false;
    place m_ahead;
    moment m_after; // after m_ahead
    memory m_heard;
};

} // namespace rk3568

#endif
