// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/caches.h"

#include <algorithm>

namespace rk3568 {

memory_system::memory_system(size_t cores)
    : m_cores(cores)
    , m_sharing(8192) {}

// Linux maps memory in blocks of 2 MB; code of modules, in pages, is close enough together to share few of them.
int64_t memory_system::translate(core_state &c, uint64_t page, bool code) {
    uint64_t gone = 0;
    if (code ? c.itlb.touch(page, gone) : c.dtlb.touch(page, gone))
        return 0;
    ++c.counts.tlb_misses;
    if (c.tlb.touch(page, gone))
        return c.costs.tlb;
    ++c.counts.walks;
    return c.costs.tlb + c.costs.walk;
}

// An L1 miss. In a row of lines the next one is on its way already: the core's prefetcher, and loads that overlap.
int64_t memory_system::fill(core_state &c, uint64_t line, uint64_t now) {
    const bool stream = line == c.last_miss + 1;
    c.last_miss = line;
    int64_t cost = stream ? c.costs.l3_stream : c.costs.l3_hit;
    if (c.last_filled != now && m_busy_until > now) { // another core's accesses
        const auto wait = static_cast<int64_t>(std::min(m_busy_until - now, 8 * c.costs.busy_ps) / c.costs.ps_per_tick);
        c.counts.waited += static_cast<uint64_t>(wait);
        cost += wait;
    }
    c.last_filled = now;
    m_busy_until = std::max(m_busy_until, now) + c.costs.busy_ps;
    uint64_t gone = 0;
    if (!m_l3.touch(line, gone)) {
        ++c.counts.l3_misses;
        cost += stream ? c.costs.dram_stream : c.costs.dram;
    }
    return cost;
}

// The branch at the end of the block before decides where this block begins.
int64_t memory_system::predict(core_state &c, uint64_t at) {
    const position &from = c.before;
    if (from.how == block_end::conditional) {
        uint8_t &counter = c.counters[(from.end >> 2 ^ c.history) % c.counters.size()];
        const bool taken = at != from.end, expected = counter >= 2;
        counter = taken ? std::min<uint8_t>(counter + 1, 3) : counter ? counter - 1 : 0;
        c.history = (c.history << 1 | (taken ? 1 : 0)) & 0xff;
        if (taken == expected)
            return 0;
    } else if (from.how == block_end::indirect) {
        uint64_t &target = c.targets[(from.end >> 2) % c.targets.size()];
        if (target == at)
            return 0;
        target = at;
    } else {
        return 0; // returns come off the return stack
    }
    ++c.counts.mispredicts;
    return c.costs.mispredict;
}

int64_t memory_system::execute(unsigned core, uint64_t at, unsigned bytes, bool entry, block_end end, uint64_t now) {
    core_state &c = m_cores[core];
    int64_t cost = 0;
    if (entry) {
        c.callers[c.depth++ % c.callers.size()] = c.before;
    } else {
        if (c.before.how == block_end::returns && c.depth)
            c.before = c.callers[--c.depth % c.callers.size()];
        cost = predict(c, at);
    }
    c.before = {at + bytes, end};
    for (uint64_t line = at >> line_shift, last = (at + bytes - 1) >> line_shift; line <= last; ++line) {
        if (line == c.last_code)
            continue;
        c.last_code = line;
        const uint64_t page = line >> (section_shift - line_shift);
        if (page != c.last_code_page) {
            c.last_code_page = page;
            cost += translate(c, page + 1, true);
        }
        uint64_t gone = 0;
        if (!c.l1i.touch(line, gone)) {
            ++c.counts.l1i_misses;
            cost += fill(c, line, now);
        }
    }
    m_charged += cost;
    return cost;
}

int64_t memory_system::touch_line(unsigned core, uint64_t line, bool write, uint64_t now) {
    core_state &c = m_cores[core];
    int64_t cost = 0;
    const uint64_t page = line >> (section_shift - line_shift);
    if (page != c.last_data_page) {
        c.last_data_page = page;
        cost += translate(c, page + 1, false);
    }
    sharing &s = shared(line);
    const auto self = static_cast<uint8_t>(1u << core);
    if (s.line != line)
        s = {line, 0, false};
    uint64_t gone = 0;
    const bool hit = c.l1d.touch(line, gone);
    const bool elsewhere = (s.holders & ~self) != 0;
    if (!hit) {
        ++c.counts.l1d_misses;
        if (elsewhere && s.dirty) { // from the other core's L1, through the DSU
            ++c.counts.transfers;
            cost += c.costs.transfer;
        } else {
            const int64_t filled = fill(c, line, now);
            cost += write ? std::min(filled, c.costs.store_miss) : filled;
        }
    } else if (write && elsewhere) { // the others give it up
        ++c.counts.transfers;
        cost += c.costs.transfer;
    }
    if (write && elsewhere) {
        for (unsigned other = 0; other < m_cores.size(); ++other)
            if (other != core) {
                m_cores[other].l1d.drop(line);
                if (m_cores[other].last_data == line)
                    m_cores[other].last_data = 0;
            }
        s.holders = 0;
    }
    s.holders |= self;
    s.dirty = write || (s.dirty && !(elsewhere && !hit));
    return cost;
}

int64_t memory_system::access(unsigned core, uint64_t at, uint64_t bytes, bool write, uint64_t now) {
    core_state &c = m_cores[core];
    const uint64_t first = at >> line_shift, last = (at + (bytes ? bytes - 1 : 0)) >> line_shift;
    if (first == last && first == c.last_data && !write)
        return 0;
    int64_t cost = 0;
    for (uint64_t line = first; line <= last; ++line)
        cost += touch_line(core, line, write, now);
    c.last_data = last;
    m_charged += cost;
    return cost;
}

} // namespace rk3568
