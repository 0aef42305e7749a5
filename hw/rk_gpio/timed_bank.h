// SPDX-License-Identifier: Apache-2.0
//
// The bank in time: runs the edges of the two clocks that change something and skips all others, so that a bank in
// which nothing moves costs nothing. A value type: a copy can run ahead to find out when something will happen.
#ifndef RK3568_HW_RK_GPIO_TIMED_BANK_H
#define RK3568_HW_RK_GPIO_TIMED_BANK_H

#include "hw/rk_gpio/bank_state.h"
#include "hw/rk_gpio/clock_grid.h"
#include "hw/rk_gpio/edge_account.h"

#include <cstdint>

namespace rk3568 {

// Hears, besides edges, of every moment at which a status, a pad or an output of the bank changed.
class bank_listener : public edge_listener {
public:
    virtual void outside_changed(const bank_state &now) = 0;

protected:
    ~bank_listener() = default;
};

class timed_bank {
public:
    static constexpr uint64_t never = clock_grid::never;

    // The grids must outlive the bank and its copies.
    timed_bank(const clock_grid &pclk, const clock_grid &dbclk)
        : m_pclk_grid(&pclk)
        , m_dbclk_grid(&dbclk) {}

    const bank_state &flops() const { return m_flops; }
    uint64_t now() const { return m_now; }
    // How many clock edges have been run: whether something has happened since the caller last looked.
    uint64_t edges_run() const { return m_edges_run; }

    // Runs all edges up to and including `ps`.
    void run(uint64_t ps, bank_listener &to);
    // When a listener will next hear something if no pin changes and no access comes, or never.
    uint64_t foresee() const;

    // The board's levels from `ps` on. Edges at `ps` itself do not see them yet.
    void set_pins(uint64_t ps, uint32_t levels, bank_listener &to);
    // An access takes the pclk cycle that contains `ps`, or the second one after the previous access if that is later.
    // Afterwards flops() is what a read gives, and write() is what the edge at the cycle's end completes.
    void begin_access(uint64_t ps, bank_listener &to);
    void write(const bus_write &write) { m_write = write, m_writing = true; }

private:
    // The next moment at which a clock edge changes anything: which clocks have one then.
    struct moment {
        uint64_t ps = never;
        bool pclk = false;
        bool dbclk = false;
        uint64_t dbclk_edge = 0;
    };

    moment next() const;
    void step(const moment &at, bank_listener &to);
    bool concerns_outside() const;
    void skip_to(uint64_t ps);
    void skip_dbclk_to(uint64_t ps);

    const clock_grid *m_pclk_grid;
    const clock_grid *m_dbclk_grid;
    bank_state m_flops;
    edge_account m_account;
    bus_write m_write;
    bool m_writing = false;
    uint64_t m_now = 0;
    uint64_t m_edges_run = 0;
    uint64_t m_pclk = 0; // the last edge that is done or was skipped
    uint64_t m_dbclk = 0;
    uint64_t m_free = 0; // the first pclk cycle that the next access may take; cycle n begins with edge n
};

} // namespace rk3568

#endif
