// SPDX-License-Identifier: Apache-2.0
//
// One interrupt, and the sets that find the most urgent of many.
#ifndef RK3568_HW_GICV3_INTERRUPT_H
#define RK3568_HW_GICV3_INTERRUPT_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace rk3568::gic {

using std::size_t;

// The three interrupt groups. With GICD_CTLR.DS = 1 group 1 is g1ns, and g1s does not exist.
enum group : uint8_t { g0, g1s, g1ns };
constexpr unsigned groups = 3;

constexpr unsigned no_core = 0xff;      // no core
constexpr uint32_t private_ids = 32;    // SGI 0..15, PPI 16..31
constexpr uint32_t special_ids = 1020;  // 1020..1023 are no interrupts
constexpr uint32_t id_secure = 1020;    // ICC_IAR0 at EL3: what waits is group 1 Secure
constexpr uint32_t id_nonsecure = 1021; // ICC_IAR0 at EL3: what waits is group 1 Non-secure
constexpr uint32_t id_none = 1023;      // spurious
constexpr uint32_t lpi_base = 8192;
constexpr uint32_t lpi_end = 65536;     // 16 bits of INTID
constexpr uint8_t priority_bits = 0xf8; // 5 of 8 bits are implemented

// Where an interrupt is on its way to a core.
enum class place : uint8_t {
    nowhere,   // not to be delivered
    in_flight, // sent to a core, the latency has not passed
    ready      // the core's CPU interface sees it
};

struct interrupt {
    uint32_t id = 0;
    uint32_t flight = 0;      // counts departures: an arrival with another number is stale
    uint8_t owner = no_core;  // SGI, PPI, LPI: the core; SPI: no_core
    uint8_t target = no_core; // SPI with IRM = 0: the core that GICD_IROUTER names
    uint8_t priority = 0;
    uint8_t nsacr = 0;

    // The latch and the line are kept apart (semantic 3): a level interrupt is pending while either is set.
    bool latch : 1; // edge seen, ISPENDR, SETSPI on an edge interrupt, an LPI's pending bit
    bool line : 1;  // the wire, as it is
    bool msg : 1;   // level held by SETSPI until CLRSPI
    bool active : 1;
    bool enabled : 1;
    bool edge : 1;
    bool in_group1 : 1;           // IGROUPR
    bool modifier : 1;            // IGRPMODR
    bool any_core : 1;            // IROUTER.IRM
    uint8_t excluded_classes : 2; // ICLAR
    uint8_t shown : 2;            // the state that the probe has seen

    // Where it is kept, so that it can be taken out again.
    place where : 2;
    uint8_t at_group : 2;
    uint8_t at_core = no_core;
    uint8_t at_priority = 0;

    interrupt()
        : latch(false)
        , line(false)
        , msg(false)
        , active(false)
        , enabled(false)
        , edge(false)
        , in_group1(false)
        , modifier(false)
        , any_core(false)
        , excluded_classes(0)
        , shown(0)
        , where(place::nowhere)
        , at_group(g0) {}

    bool pending() const { return latch || (!edge && (line || msg)); }
    // 0 inactive, 1 pending, 2 active, 3 active and pending.
    unsigned state() const { return (pending() ? 1u : 0u) | (active ? 2u : 0u); }
};

// The LPIs of a core, from number 0: most are never used, and come into being a page at a time.
class lpi_table {
public:
    bool empty() const { return m_pages.empty(); }
    void make(uint32_t count, unsigned owner) {
        m_pages.resize((count + page_size - 1) / page_size);
        m_owner = static_cast<uint8_t>(owner);
    }
    interrupt &operator[](uint32_t n) {
        auto &page = m_pages[n / page_size];
        if (!page) {
            page = std::make_unique<std::array<interrupt, page_size>>();
            for (uint32_t i = 0; i < page_size; ++i)
                begin((*page)[i], n / page_size * page_size + i);
        }
        return (*page)[n % page_size];
    }
    // Calls f(interrupt, number) for those that have come into being.
    template <typename F>
    void each(F f) {
        for (uint32_t p = 0; p < m_pages.size(); ++p)
            for (uint32_t i = 0; m_pages[p] && i < page_size; ++i)
                f((*m_pages[p])[i], p * page_size + i);
    }

private:
    static constexpr uint32_t page_size = 64;
    void begin(interrupt &i, uint32_t n) const {
        i.id = lpi_base + n;
        i.owner = m_owner;
        i.edge = true;
        i.in_group1 = true; // always group 1 Non-secure
    }

    std::vector<std::unique_ptr<std::array<interrupt, page_size>>> m_pages;
    uint8_t m_owner = no_core;
};

// A set of small numbers that knows its least one: a bitmap and a bitmap of its nonzero words.
class id_set {
public:
    explicit id_set(uint32_t ids)
        : m_words((ids + 63) / 64)
        , m_summary((m_words.size() + 63) / 64) {}

    void insert(uint32_t id) {
        m_count += !contains(id);
        m_words[id / 64] |= 1ull << (id % 64);
        m_summary[id / 4096] |= 1ull << (id / 64 % 64);
    }
    void erase(uint32_t id) {
        m_count -= contains(id);
        if (!(m_words[id / 64] &= ~(1ull << (id % 64))))
            m_summary[id / 4096] &= ~(1ull << (id / 64 % 64));
    }
    bool contains(uint32_t id) const { return m_words[id / 64] >> (id % 64) & 1; }
    bool empty() const { return !m_count; }
    // The least member; the set is not empty.
    uint32_t first() const {
        size_t i = 0;
        while (!m_summary[i])
            ++i;
        const size_t word = 64 * i + static_cast<size_t>(__builtin_ctzll(m_summary[i]));
        return static_cast<uint32_t>(64 * word) + static_cast<uint32_t>(__builtin_ctzll(m_words[word]));
    }
    template <typename F>
    void each(F f) const {
        for (size_t i = 0; i < m_words.size(); ++i)
            for (uint64_t word = m_words[i]; word; word &= word - 1)
                f(static_cast<uint32_t>(64 * i) + static_cast<uint32_t>(__builtin_ctzll(word)));
    }

private:
    std::vector<uint64_t> m_words;
    std::vector<uint64_t> m_summary;
    uint32_t m_count = 0;
};

// INTIDs ordered by priority and then by number: the cost of the first does not depend on how many there are.
class priority_set {
public:
    explicit priority_set(uint32_t ids)
        : m_ids(ids) {}

    void insert(uint32_t id, uint8_t priority) {
        auto &level = m_levels[priority >> 3];
        if (level.empty())
            level.emplace_back(m_ids);
        level[0].insert(id);
        m_used |= 1u << (priority >> 3);
    }
    void erase(uint32_t id, uint8_t priority) {
        auto &level = m_levels[priority >> 3];
        level[0].erase(id);
        if (level[0].empty())
            m_used &= ~(1u << (priority >> 3));
    }
    bool empty() const { return !m_used; }
    // Of the most urgent member; the set is not empty.
    uint8_t first_priority() const { return static_cast<uint8_t>(__builtin_ctz(m_used) << 3); }
    uint32_t first() const { return m_levels[static_cast<size_t>(__builtin_ctz(m_used))][0].first(); }

private:
    uint32_t m_ids;
    uint32_t m_used = 0;
    std::array<std::vector<id_set>, 32> m_levels; // made on first use: most systems use few priorities
};

} // namespace rk3568::gic

#endif
