// SPDX-License-Identifier: Apache-2.0
//
// What --timing cached adds: caches, TLBs and branch prediction of the cores, the shared L3 and DRAM, fed with the
// addresses of the A55's code and of the data that software touches. Nothing of it holds data; it says what an access
// costs beyond an L1 hit. Sizes: L1I and L1D 32 KB, 4-way, L3 512 KB, 16-way, lines of 64 bytes (RK3568's device tree
// in mainline Linux); TLBs of 16 entries and 1024, 4-way (Arm TRM 100442). The predictor's shape is an estimate.
#ifndef RK3568_HW_CORTEX_A55_CACHES_H
#define RK3568_HW_CORTEX_A55_CACHES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rk3568 {

// Tags with true LRU: the ways of a set stand in the order of their last use.
template <unsigned Sets, unsigned Ways>
class tag_array {
public:
    // Whether `tag` was there; it is the last used one of its set afterwards. `victim`: what had to go, 0 if nothing.
    bool touch(uint64_t tag, uint64_t &victim) {
        uint64_t *set = &m_tags[(tag % Sets) * Ways];
        victim = 0;
        if (set[0] == tag)
            return true;
        unsigned way = 1;
        while (way < Ways && set[way] != tag)
            ++way;
        const bool hit = way < Ways;
        if (!hit)
            victim = set[way = Ways - 1];
        for (; way; --way)
            set[way] = set[way - 1];
        set[0] = tag;
        return hit;
    }
    bool holds(uint64_t tag) const {
        const uint64_t *set = &m_tags[(tag % Sets) * Ways];
        for (unsigned way = 0; way < Ways; ++way)
            if (set[way] == tag)
                return true;
        return false;
    }
    void drop(uint64_t tag) {
        uint64_t *set = &m_tags[(tag % Sets) * Ways];
        for (unsigned way = 0; way < Ways; ++way)
            if (set[way] == tag)
                set[way] = 0;
    }

private:
    std::array<uint64_t, static_cast<size_t>(Sets) * Ways> m_tags{}; // 0: nothing; addresses are never in line 0
};

// Costs in ticks of the core's clock (core.h), set by the cluster from the table of charges and the frequency.
struct cache_costs {
    int64_t l3_hit = 0, l3_stream = 0; // L1 miss that hits the L3; one that follows the line before
    int64_t dram = 0, dram_stream = 0; // on top of the L3's
    int64_t store_miss = 0;            // a store that misses, as long as the store buffer takes it
    int64_t transfer = 0;              // a line that another core has written, or that it must give up
    int64_t tlb = 0, walk = 0;         // L1 TLB miss; L2 TLB miss on top
    int64_t mispredict = 0;
    uint64_t busy_ps = 0; // for which the L3 is taken by one access
    uint64_t ps_per_tick = 1;
};

// How a block of code ends.
enum class block_end : uint8_t { falls, conditional, indirect, returns };

struct cache_counts {
    uint64_t l1i_misses = 0, l1d_misses = 0, l3_misses = 0, transfers = 0, tlb_misses = 0, walks = 0, mispredicts = 0;
    uint64_t waited = 0; // for the L3, ticks
};

class memory_system {
public:
    explicit memory_system(size_t cores);

    // Both return ticks. `now`: the core's local time in ps, as of its last accounting.
    // A block of code at [at, at + bytes) is executed; `entry`: it begins a function.
    int64_t execute(unsigned core, uint64_t at, unsigned bytes, bool entry, block_end end, uint64_t now);
    // Data at [at, at + bytes) is read or written.
    int64_t access(unsigned core, uint64_t at, uint64_t bytes, bool write, uint64_t now);

    void set_costs(unsigned core, const cache_costs &costs) { m_cores[core].costs = costs; }
    // All that was charged so far, in ticks.
    int64_t charged() const { return m_charged; }
    const cache_counts &counts(unsigned core) const { return m_cores[core].counts; }

private:
    static constexpr unsigned line_shift = 6, page_shift = 12, section_shift = 21;

    struct position {
        uint64_t end = 0; // address behind the block
        block_end how = block_end::falls;
    };

    struct core_state {
        tag_array<128, 4> l1i, l1d;
        tag_array<1, 15> itlb;
        tag_array<1, 16> dtlb;
        tag_array<256, 4> tlb;
        uint64_t last_code = 0, last_data = 0; // lines
        uint64_t last_code_page = 0, last_data_page = 0;
        uint64_t last_miss = 0, last_filled = 0; // line; ps
        std::array<uint8_t, 4096> counters{};    // two bits each, by address and history
        std::array<uint64_t, 256> targets{};     // of indirect branches
        uint64_t history = 0;
        position before;
        std::array<position, 16> callers{};
        unsigned depth = 0;
        cache_costs costs;
        cache_counts counts;
    };

    int64_t translate(core_state &c, uint64_t page, bool code);
    int64_t fill(core_state &c, uint64_t line, uint64_t now);
    int64_t predict(core_state &c, uint64_t at);
    int64_t touch_line(unsigned core, uint64_t line, bool write, uint64_t now);

    // A line that some core's L1D holds: which, and whether one of them has written it.
    struct sharing {
        uint64_t line = 0;
        uint8_t holders = 0;
        bool dirty = false;
    };
    sharing &shared(uint64_t line) { return m_sharing[line % m_sharing.size()]; }

    std::vector<core_state> m_cores;
    tag_array<512, 16> m_l3;
    std::vector<sharing> m_sharing; // a directory that forgets: by line, the last one to come
    uint64_t m_busy_until = 0;      // ps
    int64_t m_charged = 0;
};

} // namespace rk3568

#endif
