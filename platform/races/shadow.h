// SPDX-License-Identifier: Apache-2.0
//
// What is remembered of accesses: for each eight bytes, the last one of each lane at each place of its code.
#ifndef RK3568_PLATFORM_RACES_SHADOW_H
#define RK3568_PLATFORM_RACES_SHADOW_H

#include "platform/races/lane.h"

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace rk3568::races {

enum access_kind : uint16_t {
    kind_write = 1,
    kind_read = 2, // both: an atomic operation
    kind_marked = 4,
    kind_assert = 8,     // an assertion: it conflicts with marked accesses, too
    kind_free = 16,      // the end of an object
    kind_sole = 32,      // a counter that has one writer at a time
    kind_condition = 64, // of a wait_event
    kind_word = 128,     // aligned, no larger than a word
    kind_own_stack = 256,
};

struct note {
    uint32_t lane;
    uint32_t slot, step;
    uint32_t lock_set;
    uint32_t stack; // number in stack_table
    uint32_t count; // accesses like this one
    uint64_t pc;
    uint64_t ps;
    uint64_t seq_reader, seq_writer;
    uint64_t address; // and bytes: of the access, not of the cell
    uint32_t bytes;
    uint16_t kind;
    uint8_t mask; // of the cell's bytes
    uint8_t cpu;
    level runs_at, masks;
};

struct cell {
    std::vector<note> notes;
    // The lane that was here last, if all that it conflicts with came before: it needs no comparing until another
    // comes.
    uint32_t alone = ~0u;
    uint8_t alone_mask = 0;
    bool alone_writes = false;
};

class shadow {
public:
    static constexpr uint64_t granule = 8, page = 4096;
    static constexpr size_t most_notes = 64; // of a cell; then the oldest goes
    // With more, those go that came before a plain write: an access that races with them races with that.
    static constexpr size_t many_notes = 6;

    cell &at(uint64_t address) {
        if (address / page != m_last) {
            std::unique_ptr<cells> &p = m_pages[address / page];
            if (!p)
                p = std::make_unique<cells>();
            m_last = address / page;
            m_last_cells = p.get();
        }
        return (*m_last_cells)[address % page / granule];
    }
    // Those of [address, address + bytes) that have notes.
    template <class Visit>
    void for_each(uint64_t address, uint64_t bytes, Visit visit) {
        for (uint64_t at = address / page * page; at < address + bytes; at += page) {
            const auto found = m_pages.find(at / page);
            if (found == m_pages.end())
                continue;
            const uint64_t first = std::max(at, address) % page / granule;
            const uint64_t end = (std::min(at + page, address + bytes) - at + granule - 1) / granule;
            for (uint64_t i = first; i < end; ++i)
                if (cell &c = (*found->second)[i]; !c.notes.empty())
                    visit(at + i * granule, c);
        }
    }

private:
    using cells = std::array<cell, page / granule>;
    std::unordered_map<uint64_t, std::unique_ptr<cells>> m_pages; // only looked up
    uint64_t m_last = ~uint64_t{0};
    cells *m_last_cells = nullptr;
};

// Stacks, each once, by number.
class stack_table {
public:
    static constexpr size_t depth = 12;
    using frames = std::array<uint64_t, depth>; // return addresses, the innermost first; 0: no more

    uint32_t number_of(const frames &f);
    const frames &stack(uint32_t number) const { return m_stacks[number]; }

private:
    std::vector<frames> m_stacks{1};
    std::unordered_multimap<uint64_t, uint32_t> m_by_hash; // only looked up
};

} // namespace rk3568::races

#endif
