// SPDX-License-Identifier: Apache-2.0
//
// The state that the GIC's parts share: the interrupts, what decides where each one goes, and what is on its way.
//
// The one rule, from which everything is derived: an interrupt is sent to a core while it is pending, enabled, not
// active, and routed there. Code that changes one of these calls changed(); group enables, sleep and the CPU
// interface's own masks are applied by the core when it asks for the most urgent one.
#ifndef RK3568_HW_GICV3_DELIVERY_H
#define RK3568_HW_GICV3_DELIVERY_H

#include "hw/gicv3/interrupt.h"
#include "hw/gicv3/params.h"
#include "hw/regs/alarm.h"
#include "hw/regs/probe.h"

#include <cstdint>
#include <memory>
#include <systemc>
#include <vector>

namespace rk3568::gic {

class cpu_interface;

// What the distributor and the redistributor of a core know about it.
struct core_state {
    explicit core_state(uint32_t ids)
        : ready{priority_set(ids), priority_set(ids), priority_set(ids)} {}

    std::array<interrupt, private_ids> own;
    lpi_table lpis;             // [0] is INTID 8192; made when LPIs are first enabled
    uint32_t lpi_limit = 0;     // first INTID that GICR_PROPBASER does not cover; 0 while LPIs are off
    priority_set ready[groups]; // what its CPU interface sees
    cpu_interface *cpu = nullptr;
    bool asleep = true;         // GICR_WAKER: nothing is forwarded
    bool excluded[groups] = {}; // GICR_CTLR.DPGx: takes no 1-of-N interrupt of the group
    unsigned node_class = 0;    // GICR_CLASSR
};

class delivery {
public:
    delivery(const gicv3_params &params, alarm &due, probe_event &state);

    // Everything that enters the GIC is a transaction: it first lets arrive what is due, then runs `body`, then
    // commits, which lets the cores see what was done: `self` (the core whose own access it is) at once, others after
    // `latency` GIC clocks. A transaction within one is a part of it.
    template <typename Body>
    void transact(const sc_core::sc_time &delay, unsigned latency, Body body, unsigned self = no_core) {
        begin(delay, latency);
        body();
        commit(self);
    }

    // Time of the running transaction, in units of SystemC's resolution.
    uint64_t now() const { return m_now; }
    // The same relative to sc_time_stamp().
    sc_core::sc_time delay() const;
    uint64_t cycles(unsigned n) const { return n * m_period; }
    // Latency in GIC clocks of what follows in this transaction.
    void latency(unsigned clocks) { m_latency = cycles(clocks); }

    const gicv3_params &params() const { return m_params; }
    unsigned cores() const { return static_cast<unsigned>(m_cores.size()); }
    core_state &core(unsigned n) { return *m_cores[n]; }
    // One past the last SPI.
    uint32_t spi_end() const { return private_ids + static_cast<uint32_t>(m_spis.size()); }
    // SGI or PPI of a core, SPI of the system; null if there is none of that number.
    interrupt *find(unsigned core, uint32_t id);
    // LPI of a core; null while its LPIs are off or do not cover the number.
    interrupt *find_lpi(unsigned core, uint32_t id);
    // The core with this affinity, or no_core.
    unsigned core_of(uint32_t affinity) const;

    group group_of(const interrupt &i) const { return i.in_group1 ? g1ns : i.modifier && !m_ds ? g1s : g0; }
    bool is_secure(const interrupt &i) const { return !m_ds && group_of(i) != g1ns; }

    // Something about it changed: send it, take it back, or leave it.
    void changed(interrupt &i);
    // The wire of an SPI or PPI.
    void line(interrupt &i, bool level);
    // A core takes it, or it ends.
    void acknowledge(interrupt &i);
    void deactivate(interrupt &i);
    // Routing of an SPI: to a core, to no_core, or with any_core to whichever takes part.
    void route(interrupt &i, unsigned target, bool any_core);
    // What decides which cores take part in 1-of-N has changed.
    void participation_changed();
    // A condition that the core applies itself has changed: it looks again.
    void look_again(unsigned core) { m_dirty |= 1ull << core; }
    void look_again_everywhere() { m_dirty = ~0ull >> (64 - cores()); }

    bool ds() const { return m_ds; }
    bool enabled(group g) const { return m_enabled[g]; }
    bool wakes_one_of_n() const { return m_wakes; }
    // GICD_CTLR. A change of DS regroups every interrupt.
    void control(const bool (&enabled)[groups], bool wakes, bool ds);

    // The alarm has rung.
    void mature_at(uint64_t ps);
    void reset();

    // Since it was last set to false: an event was notified or a core's wire changed, in a way that only SystemC knows.
    bool acted = true;
    void note_action() { acted |= !m_due.kept(); }

private:
    struct flight {
        uint64_t when;
        interrupt *what; // null: the core only looks again
        uint32_t number;
        unsigned core;
    };

    void begin(const sc_core::sc_time &delay, unsigned latency);
    void commit(unsigned self);
    unsigned destination(const interrupt &i) const;
    unsigned pick(const interrupt &i) const;
    void take_out(interrupt &i);
    void depart(uint64_t when, interrupt *what, uint32_t number, unsigned core);
    void mature(uint64_t until) {
        if (!m_flights.empty() && m_flights.back().when <= until)
            arrive(until);
    }
    void arrive(uint64_t until);
    void drive(unsigned core, uint64_t when);
    void settle(unsigned self);

    gicv3_params m_params;
    alarm &m_due;
    probe_event &m_state;
    uint64_t m_period;
    std::vector<interrupt> m_spis;
    std::vector<std::unique_ptr<core_state>> m_cores;
    id_set m_one_of_n{1024};
    bool m_ds;
    bool m_enabled[groups] = {};
    bool m_wakes = false;

    std::vector<flight> m_flights; // the first that arrives is the last
    uint64_t m_now = 0;
    uint64_t m_latency = 0;
    uint64_t m_dirty = 0; // cores that have something new to see
    unsigned m_depth = 0;
};

} // namespace rk3568::gic

#endif
