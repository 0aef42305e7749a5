// SPDX-License-Identifier: Apache-2.0
//
// The cluster's clock and what --timing cached adds to it; what was charged, for --timing-report.
#include "hw/cortex_a55/cluster.h"

#include <fmt/format.h>

namespace rk3568 {

void cluster::set_seed(uint64_t seed) {
    if (!m_params.seed)
        for (size_t i = 0; i < m_spent.size(); ++i) {
            m_spent[i].ticks = static_cast<int64_t>(m_spent[i].count) * m_prices[i].ticks;
            m_spent[i].ps = m_spent[i].count * m_prices[i].ps;
        }
    m_params.seed = seed;
    m_random.seed(seed);
}

int64_t cluster::ticks_of(const core &c, charge what) {
    const price p =
        price_at(m_params.charges[static_cast<size_t>(what)], m_params.charges[static_cast<size_t>(what)].value);
    return p.ticks + (p.ps ? c.ps_to_ticks(p.ps) : 0);
}

void cluster::price_caches() {
    for (core &c : cores) {
        cache_costs costs;
        costs.l3_hit = ticks_of(c, charge::l3_hit_core) + ticks_of(c, charge::l3_hit_dsu);
        costs.l3_stream = ticks_of(c, charge::l3_stream);
        costs.dram = ticks_of(c, charge::dram);
        costs.dram_stream = ticks_of(c, charge::dram_stream);
        costs.store_miss = ticks_of(c, charge::store_miss);
        costs.transfer = ticks_of(c, charge::lock_transfer);
        costs.tlb = ticks_of(c, charge::tlb_miss);
        costs.walk = ticks_of(c, charge::tlb_walk);
        costs.mispredict = ticks_of(c, charge::mispredict);
        costs.busy_ps = static_cast<uint64_t>(m_params.charges[static_cast<size_t>(charge::l3_busy)].value * 1000);
        costs.ps_per_tick = c.ticks_to_ps(1 << 20) >> 20;
        m_memory->set_costs(c.number(), costs);
    }
}

void cluster::set_frequency(uint64_t hz) {
    if (m_current)
        settle();
    m_params.frequency = hz;
    for (core &c : cores)
        c.set_frequency(hz);
    if (m_memory)
        price_caches();
    if (m_current) { // the slice was measured in the old clock's ticks
        m_slice = m_page.budget = m_page.strict = 0;
        disturbed();
        settle();
    }
}

void cluster::execute_block(uint64_t code, uint64_t shape, uint64_t pc) {
    core &c = *m_current;
    const auto ticks = static_cast<int64_t>(shape & 0xffffff);
    const auto bytes = static_cast<unsigned>(shape >> 24 & 0xffffff);
    int64_t cost = ticks;
    m_block_ticks += ticks;
    if (bytes && m_memory)
        cost += m_memory->execute(c.number(), code, bytes, shape >> 50 & 1, static_cast<block_end>(shape >> 48 & 3),
                                  c.now());
    m_page.budget -= cost;
    if (m_page.budget < 0)
        expire(pc);
}

void cluster::stall(uint64_t ps, uint64_t pc) {
    m_page.budget -= m_current->ps_to_ticks(ps);
    expire(pc);
}

void cluster::access_data(uint64_t address, uint64_t bytes, bool writes) {
    if (m_memory)
        m_page.budget -= m_memory->access(m_current->number(), address, bytes, writes, m_current->now());
}

std::string cluster::timing_report() const {
    const auto ns = [this](int64_t ticks, uint64_t ps) {
        return (static_cast<double>(ps) +
                static_cast<double>(ticks) * 1e12 / (static_cast<double>(m_params.frequency) * ticks_per_cycle)) /
               1000;
    };
    std::string text = fmt::format("{:<20}{:>12}{:>16}{:>10}  {}\n", "charge", "times", "total ns", "each", "source");
    for (size_t i = 0; i < m_spent.size(); ++i) {
        total t = m_spent[i];
        if (!m_params.seed) {
            t.ticks = static_cast<int64_t>(t.count) * m_prices[i].ticks;
            t.ps = t.count * m_prices[i].ps;
        }
        const charge_entry &e = m_params.charges[i];
        if (t.count)
            text += fmt::format("{:<20}{:>12}{:>16.1f}{:>7.1f} {}  {}\n", e.name, t.count, ns(t.ticks, t.ps), e.value,
                                e.unit == charge_unit::ns ? "ns" : "cy", e.source);
    }
    if (!m_memory)
        return text;
    for (const core &c : cores) {
        const cache_counts &n = m_memory->counts(c.number());
        text += fmt::format("core {}: misses L1I {}, L1D {}, L3 {}, TLB {}, walks {}; lines from other cores {}; "
                            "mispredicted branches {}; waited for the L3 {:.1f} ns\n",
                            c.number(), n.l1i_misses, n.l1d_misses, n.l3_misses, n.tlb_misses, n.walks, n.transfers,
                            n.mispredicts, ns(static_cast<int64_t>(n.waited), 0));
    }
    return text + fmt::format("blocks of code: {:.1f} ns; caches, TLBs and branches: {:.1f} ns\n", ns(m_block_ticks, 0),
                              ns(m_memory->charged(), 0));
}

} // namespace rk3568
