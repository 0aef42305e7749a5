// SPDX-License-Identifier: Apache-2.0
//
// The cluster (DSU): four cores in one SC_THREAD.
//
// The core with the smallest local time always goes next; ties go to the hardware, then to the lower core number. What
// it does to hardware, what it reads of the counter, and what cores order themselves by (atomics, acquire, release,
// WFE, SEV) happens while it is that core: everything earlier, by whichever core, has already happened. It never passes
// the simulation's next pending activity. So running ahead of SystemC is free of error. The cluster waits in SystemC
// only when no core can go further.
//
// Between such moments a core only computes, and may run ahead of the others by the lookahead: nothing reaches a core
// from another one through hardware sooner than that (the GIC's smallest latency), and the counter does not count in
// that time. What it stores plainly meanwhile others may see by so much too early, where they do not synchronize with
// it. Without a lookahead the others' time is the end of its slice, too.
//
// Instrumented code subtracts each block's cost from the budget word before it executes the block, and calls expire()
// when the word goes negative: the block's effects belong to the time after its cost. It calls the same before what
// synchronizes, when the word is below the page's `strict`: there the core has run ahead.
#ifndef RK3568_HW_CORTEX_A55_CLUSTER_H
#define RK3568_HW_CORTEX_A55_CLUSTER_H

#include "hw/cortex_a55/caches.h"
#include "hw/cortex_a55/core.h"
#include "hw/regs/alarm.h"

#include <array>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <systemc>
#include <vector>

namespace rk3568 {

// The words that software and the cluster share; where they live is the platform's choice. Layout: sw/port/kernel.h.
struct cpu_page {
    int64_t budget;
    uint64_t cpu;
    void *thread;
    void *percpu;
    int64_t strict; // never negative; below it the core is ahead of another one
};

struct cluster_params {
    std::vector<uint64_t> mpidr = {0x000, 0x100, 0x200, 0x300};
    uint64_t frequency = 1992000000; // Hz
    uint64_t seed = 0;               // 0: no jitter, ties to the lower number
    sc_core::sc_time lookahead;      // by which cores may run ahead of each other; 0: not at all
    size_t boot_stack = 256 * 1024;  // bytes, for each core's first context
    charge_table charges = default_charges;
    bool cached = false; // caches, TLBs and branch prediction: software reports blocks and accesses
};

class cluster : public sc_core::sc_module {
public:
    sc_core::sc_vector<core> cores{"core"};

    SC_HAS_PROCESS(cluster);
    cluster(const sc_core::sc_module_name &name, cpu_page &page, cluster_params params = {});
    ~cluster() override;

    // The core whose software is executing; only valid when called from software.
    core &current() { return *m_current; }
    // No other core executes anything: what a poller looks at changes by hardware, time or a sleeper alone.
    bool is_alone() const;
    bool executing() const { return m_current != nullptr; }

    // Powers a core on: entry(arg) starts on `stack` after the PSCI call's time. False: it is on already.
    bool power_on(unsigned number, void (*entry)(void *), void *arg, void *stack, size_t size);
    int core_of(uint64_t mpidr) const; // -1: none
    // Less than one count of the counter.
    static sc_core::sc_time longest_lookahead() { return {40, sc_core::SC_NS}; }
    // Before software starts. Exact up to the smallest latency between cores and longest_lookahead().
    void set_lookahead(const sc_core::sc_time &time) { m_lookahead = time.value(); }

    // From software, before it does or asks for what other cores may notice: it is this core's turn.
    void wait_for_turn() { settle(); }
    // Callers' addresses are the host's; what ELR shows of one. Null: the same.
    uint64_t (*address_of)(uint64_t host) = nullptr;

    // From software at `pc`: the budget is used up. Returns when it is this core's turn again and its interrupts are
    // taken.
    void expire(uint64_t pc) {
        m_current->m_pc = pc;
        settle();
        take_exceptions();
    }
    // From software at `pc`: something outside of the core makes it stand still for so long (ps), and it takes no
    // interrupt meanwhile. Those that came are taken before this returns.
    void stall(uint64_t ps, uint64_t pc);
    // From software at `pc`, with --timing cached: a block of code (a descriptor of the cost pass) begins; data is
    // accessed.
    void execute_block(uint64_t code, uint64_t shape, uint64_t pc);
    void access_data(uint64_t address, uint64_t bytes, bool writes);
    // A change of all cores' clock, from software or before the simulation. Hz.
    void set_frequency(uint64_t hz);
    // A core that has masked interrupts, and neither slept in WFI nor taken one, for so long (ps, 0: for ever) gets an
    // SError with exception_syndrome::stuck, regardless of what it masks, and again after as long. What an NMI watchdog
    // is on machines that have one.
    void set_stuck_after(uint64_t ps) { m_stuck_after = ps; }
    uint64_t frequency() const { return m_params.frequency; }
    // What was charged so far, one line a charge that occurred.
    std::string timing_report() const;

    // Between calls of sc_start(): nothing has been done that depends on what happens from this moment on, and the
    // cluster does not look again before it.
    uint64_t looked_until() const;

    // Whose alarms are kept here ring between the cores' turns: SystemC need not be entered for them.
    calendar &alarms() { return m_alarms; }

    // From software: sc_start() returns before the core goes on.
    void hold();
    // Before software starts or while it is held; what was until then had none.
    void set_seed(uint64_t seed);
    // From software: ends the simulation. Does not return to the caller.
    [[noreturn]] void stop(int status);
    int status() const { return m_status; }
    bool stopped() const { return m_stopped; }

    // Somebody notified an event from software's side that the cores' ports and registers know nothing of (a recording
    // that starts): the slice that is being executed may be too long.
    void disturbed() {
        m_disturbed = true;
        m_horizon = 0;
    }

private:
    friend class core;

    // A charge as what is spent: ticks of the core's clock, and picoseconds.
    struct price {
        int64_t ticks;
        uint64_t ps;
    };

    struct posted_write {
        uint64_t arrival;
        core *from;
        uint64_t pa, value, caller;
        unsigned size;
    };

    struct cluster_calendar final : calendar {
        explicit cluster_calendar(cluster &owner)
            : owner(owner) {}
        void expected(uint64_t ps) override { owner.expect_alarm(ps); }
        cluster &owner;
    };

    void run();
    core *choose();
    void sort_order();
    uint64_t ahead_by();
    void activate(core &next, uint64_t limit, uint64_t strict);
    // Moves what the current core has consumed of its budget into its local time.
    void account() {
        if (m_slice == m_page.budget)
            return;
        core &c = *m_current;
        c.m_ticks += m_slice - m_page.budget;
        m_slice = m_page.budget;
        c.m_now = c.m_epoch_ps + c.ticks_to_ps(c.m_ticks);
    }
    // Lets everything that is earlier than the current core happen. Within the strict part of the slice, and with
    // nothing done that makes anything happen before its end, there is nothing to wait for.
    void settle() {
        account();
        if (m_page.budget < m_page.strict || m_disturbed || horizon() < m_limit)
            yield();
    }
    // Nothing else does anything before `ps`, nor waits for this core's turn to end.
    bool is_undisturbed_until(uint64_t ps) {
        return ps < m_strict_limit && !m_disturbed && !m_pollers && horizon() >= m_limit;
    }
    // Something will happen at `ps`, which the slice that is being executed may not have assumed.
    void expect(uint64_t ps) {
        if (ps < m_limit)
            m_disturbed = true;
    }
    void expect_alarm(uint64_t ps) {
        expect(ps);
        if (m_waits && ps < m_wait_until)
            m_wake.notify();
    }
    // Hardware was called: it may have notified events.
    void concerns_hardware() { m_horizon = 0; }
    void take_exceptions() {
        const core &c = *m_current;
        if (c.m_abort.pending || c.interrupt_allowed())
            deliver_exceptions();
    }
    void deliver_exceptions();
    // Drawn from the charge's range when there is a seed.
    price price_of(charge what) {
        ++m_spent[static_cast<size_t>(what)].count;
        return m_params.seed ? drawn_price(what) : m_prices[static_cast<size_t>(what)];
    }
    price drawn_price(charge what);
    static price price_at(const charge_entry &entry, double value);
    int64_t ticks_of(const core &c, charge what);
    void price_caches();
    void yield();
    // A core, or else hardware, may have changed by `ps` what polling loops look at: they look again.
    void acted(uint64_t ps, core *who = nullptr);
    void post(const posted_write &write);
    void deliver();
    void ring();
    uint64_t horizon() { return m_horizon ? m_horizon : find_horizon(); }
    uint64_t find_horizon();
    uint64_t poll_until(const core &poller);

    cpu_page &m_page;
    cluster_params m_params;
    core *m_current = nullptr;   // whose software executes
    core *m_loaded = nullptr;    // whose words are in the page
    int64_t m_slice = 0;         // what the budget word was set to
    uint64_t m_limit = 0;        // the slice ends strictly before this time
    uint64_t m_strict_limit = 0; // from here on it is ahead of others
    uint64_t m_lookahead = 0;    // ps
    context m_main;
    sc_core::sc_event m_wake{"wake"};
    cluster_calendar m_alarms{*this};
    bool m_waits = false; // in SystemC
    uint64_t m_wait_until = 0;
    uint64_t m_return_by = 0; // SystemC's clock is not left behind further than this
    uint64_t m_stuck_after = 0;
    bool m_disturbed = false;
    uint64_t m_horizon = 0;            // of SystemC's pending activity, ps; 0: to be asked for
    unsigned m_pollers = 0;            // cores in core_state::polling
    uint64_t m_activity = 0;           // how often somebody did what may end a polling loop
    std::deque<posted_write> m_posted; // by arrival
    std::vector<std::unique_ptr<context>> m_boot;
    std::mt19937_64 m_random;
    // By time, and who goes first among cores of equal time; with a seed that is drawn for each turn.
    std::vector<core *> m_order;
    bool m_unsorted = true; // others than the first have another time than when it was sorted
    std::array<price, static_cast<size_t>(charge::count)> m_prices;
    std::unique_ptr<memory_system> m_memory; // --timing cached
    // How often each charge was made, and, of those drawn from a range, what it came to: the others follow from it.
    struct total {
        uint64_t count = 0;
        int64_t ticks = 0;
        uint64_t ps = 0;
    };
    std::array<total, static_cast<size_t>(charge::count)> m_spent{};
    int64_t m_block_ticks = 0; // --timing cached: of blocks alone
    bool m_held = false;
    bool m_stopped = false;
    int m_status = 0;
};

// What software calls most, in the place where it calls.

inline void core::spend(charge what) {
    const cluster::price price = m_cluster.price_of(what);
    m_cluster.m_page.budget -= price.ticks;
    if (price.ps)
        advance_ps(price.ps);
}

inline void core::isb() {
    spend(charge::isb);
}

inline void core::dmb() {
    spend(charge::dmb);
}

// Who has seen a count never sees a smaller one on another core: the counter is read in turn.
inline uint64_t core::read_counter(uint64_t caller) {
    m_pc = caller;
    spend(charge::counter_read);
    m_cluster.settle();
    m_clock_read = true;
    return counter_at(m_now);
}

} // namespace rk3568

#endif
