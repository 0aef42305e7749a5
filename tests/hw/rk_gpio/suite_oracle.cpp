// SPDX-License-Identifier: Apache-2.0
//
// The bank against the words of hw/rk_gpio/README.md, pin by pin and edge by edge. The oracle here leaves no clock edge
// out and looks at nothing ahead, so that it says whether the implementations may do so.
#include "tests/hw/rk_gpio/bench.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>

using namespace rk3568;
using namespace rk3568::test;

BOOST_TEST_DONT_PRINT_LOG_VALUE(changes)

namespace {

// One pin: what the board does, its bits of the registers, and its flops.
struct oracle_pin {
    bool board = false;
    bool dr = false, ddr = false, en = false, mask = false, edge_type = false, polarity = false, both = false;
    bool debounce = false, divided = false;
    bool ext_first = false, ext = false;
    bool first = false, second = false, third = false, latch = false;
    bool sample = false, sample_before = false, filtered = false;

    bool level() const { return ddr ? dr : board; }
    bool wants(bool now) const { return both || now == polarity; }
    bool raw() const {
        if (!en)
            return false;
        if (!both && !edge_type)
            return wants(second);
        return latch || (second != third && wants(second));
    }
    bool status() const { return raw() && !mask; }
};

struct pending_write {
    bool oracle_pin::*bits = nullptr; // null and not eoi: the divisor
    bool eoi = false;
    uint32_t pins = 0, value = 0; // of the pins, or the divisor
};

class oracle {
public:
    oracle(uint64_t pclk_hz, uint64_t dbclk_hz)
        : m_pclk_hz(pclk_hz)
        , m_dbclk_hz(dbclk_hz) {}

    std::array<oracle_pin, 32> pins;
    changes irq;

    // All edges up to and including `ps`.
    void run(uint64_t ps) {
        for (;;) {
            const uint64_t pclk = time(m_pclk + 1, m_pclk_hz), dbclk = time(m_dbclk + 1, m_dbclk_hz);
            const uint64_t next = std::min(pclk, dbclk);
            if (next > ps)
                return;
            step(pclk == next, dbclk == next);
            const bool line = word(&oracle_pin::status) != 0;
            if (line != m_line)
                irq.push_back({next, m_line = line});
        }
    }
    void write(const pending_write &w) { m_writes.push_back(w); }
    template <typename F>
    uint32_t word(F what) const {
        uint32_t value = 0;
        for (unsigned n = 0; n < 32; ++n)
            value |= static_cast<uint32_t>(std::invoke(what, pins[n])) << n;
        return value;
    }

private:
    static uint64_t time(uint64_t edge, uint64_t hz) {
        return static_cast<uint64_t>(static_cast<unsigned __int128>(edge) * 1'000'000'000'000 / hz);
    }

    void step(bool pclk, bool dbclk) {
        const bool tick = m_count >= m_divisor;
        std::array<oracle_pin, 32> after = pins;
        for (unsigned n = 0; n < 32; ++n) {
            const oracle_pin &is = pins[n];
            oracle_pin &will = after[n];
            if (dbclk && !is.debounce) {
                will.sample = will.sample_before = will.filtered = is.level();
            } else if (dbclk && (tick || !is.divided)) {
                if (is.sample == is.sample_before)
                    will.filtered = is.sample;
                will.sample_before = is.sample;
                will.sample = is.level();
            }
            if (pclk) {
                will.latch = is.raw() && (is.both || is.edge_type);
                will.third = is.second;
                will.second = is.first;
                will.first = is.debounce ? is.filtered : is.level();
                will.ext = is.ext_first;
                will.ext_first = is.level();
            }
        }
        m_pclk += pclk;
        m_dbclk += dbclk;
        if (dbclk)
            m_count = tick ? 0 : m_count + 1;
        if (pclk) {
            for (const pending_write &w : m_writes)
                for (unsigned n = 0; n < 32; ++n)
                    if (!(w.pins >> n & 1))
                        continue;
                    else if (w.eoi)
                        after[n].latch = false;
                    else if (w.bits)
                        after[n].*w.bits = w.value >> n & 1;
            for (const pending_write &w : m_writes)
                if (!w.eoi && !w.bits)
                    m_divisor = w.value;
            m_writes.clear();
        }
        pins = after;
    }

    uint64_t m_pclk_hz, m_dbclk_hz;
    uint64_t m_pclk = 0, m_dbclk = 0;
    uint32_t m_count = 0, m_divisor = 1;
    bool m_line = false;
    std::vector<pending_write> m_writes;
};

constexpr struct {
    uint32_t at;
    bool oracle_pin::*bits;
} registers[] = {{offset::dr, &oracle_pin::dr},
                 {offset::ddr, &oracle_pin::ddr},
                 {offset::int_en, &oracle_pin::en},
                 {offset::int_mask, &oracle_pin::mask},
                 {offset::int_type, &oracle_pin::edge_type},
                 {offset::int_polarity, &oracle_pin::polarity},
                 {offset::int_bothedge, &oracle_pin::both},
                 {offset::debounce, &oracle_pin::debounce},
                 {offset::dbclk_div_en, &oracle_pin::divided}};

class stranger {
public:
    stranger(bank_bench &bank, oracle &words, unsigned seed)
        : m_bank(bank)
        , m_words(words)
        , m_random(seed) {}

    // Returns what differs, or nothing.
    std::string act() {
        pass((below(8) ? 30 + below(200) : 30 + below(4000)) * ns + below(1000));
        m_words.run(now_ps());
        switch (below(10)) {
        case 0:
        case 1:
            return compare(offset::int_status, m_words.word(&oracle_pin::status));
        case 2:
            return compare(offset::int_rawstatus, m_words.word(&oracle_pin::raw));
        case 3:
            return compare(offset::ext_port, m_words.word(&oracle_pin::ext));
        case 4:
            acknowledge();
            return {};
        case 5:
            configure();
            return {};
        default:
            move();
            return {};
        }
    }

private:
    uint32_t below(uint32_t n) { return static_cast<uint32_t>(m_random() % n); }
    unsigned pin() { return some_pins[below(some_pins.size())]; }

    std::string compare(uint32_t at, uint32_t expected) {
        const uint32_t got = m_bank.read(at);
        if (got == expected)
            return {};
        return "offset " + std::to_string(at) + " at " + std::to_string(now_ps()) + " ps: " + std::to_string(got) +
               ", not " + std::to_string(expected);
    }
    // Half a register, with write enables: a pin, several, or none.
    void write_half(uint32_t at, const pending_write &kind) {
        const bool high = below(2);
        uint32_t enabled = below(4) ? 1u << pin() % 16 : below(3) ? static_cast<uint32_t>(m_random() & 0xffff) : 0;
        uint32_t value = static_cast<uint32_t>(m_random() & 0xffff);
        if (at ==
            offset::int_en) { // few pins at a time, mostly of edge types: the line shall fall as often as it rises
            enabled = 0xffff;
            value = 1u << pin() % 16;
        } else if (at == offset::int_type && below(4)) {
            value = 0xffff;
        } else if (at == offset::int_mask) {
            value &= static_cast<uint32_t>(m_random() & m_random());
        } else if (at == offset::port_eoi && below(2)) {
            enabled = value = 0xffff;
        }
        m_bank.write(at + (high ? 4 : 0), enabled << 16 | value);
        pending_write w = kind;
        w.pins = (w.eoi ? enabled & value : enabled) << (high ? 16 : 0);
        w.value = value << (high ? 16 : 0);
        m_words.write(w);
    }
    void acknowledge() { write_half(offset::port_eoi, {nullptr, true, 0, 0}); }
    void configure() {
        if (below(12) == 0) {
            const uint32_t divisor = below(20);
            m_bank.write(offset::dbclk_div_con, divisor);
            m_words.write({nullptr, false, 0, divisor});
            return;
        }
        const auto &reg = registers[below(std::size(registers))];
        write_half(reg.at, {reg.bits, false, 0, 0});
    }
    void move() {
        const unsigned n = pin();
        m_words.pins[n].board = !m_words.pins[n].board;
        m_bank.set(n, m_words.pins[n].board);
    }

    bank_bench &m_bank;
    oracle &m_words;
    std::mt19937 m_random;
};

// RK_GPIO_SEED gives other sequences.
void attack(uint64_t pclk_hz, uint64_t dbclk_hz, unsigned seed) {
    if (const char *const other = std::getenv("RK_GPIO_SEED"))
        seed += 10 * static_cast<unsigned>(std::strtoul(other, nullptr, 0));
    one_bank b({{pclk_hz}, {dbclk_hz}});
    oracle words(pclk_hz, dbclk_hz);
    stranger visitor(*b, words, seed);
    for (int i = 0; i < 4000; ++i) {
        const std::string differs = visitor.act();
        BOOST_REQUIRE_MESSAGE(differs.empty(), differs);
    }
    pass(10 * us);
    words.run(now_ps());
    const changes line = b->take_irq();
    BOOST_TEST(line.size() > 40u);
    const size_t both = std::min(line.size(), words.irq.size());
    for (size_t i = 0; i < both; ++i)
        BOOST_REQUIRE_MESSAGE(line[i] == words.irq[i],
                              "change " << i << " of the line: " << line[i] << ", not " << words.irq[i]);
    BOOST_TEST(line.size() == words.irq.size());
}

} // namespace

BOOST_AUTO_TEST_CASE(random_use_does_what_the_words_say) {
    attack(100'000'000, 24'000'000, 1);
}

BOOST_AUTO_TEST_CASE(random_use_does_what_the_words_say_when_the_clocks_have_common_edges) {
    attack(100'000'000, 25'000'000, 2);
}

BOOST_AUTO_TEST_CASE(random_use_does_what_the_words_say_when_dbclk_is_the_faster_clock) {
    attack(75'000'000, 90'000'000, 3);
}
