// SPDX-License-Identifier: Apache-2.0
//
// Random accesses and pin changes, seen by model and RTL alike. RK_GPIO_STEPS gives their number (default 50,000; the
// full run is 2,000,000), RK_GPIO_SEED the first seed.
#include "hw/rk_gpio/rk_gpio_lockstep.h"
#include "tests/hw/rk_gpio/bench.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>

using namespace rk3568;
using namespace rk3568::test;

namespace {

uint64_t setting(const char *name, uint64_t otherwise) {
    const char *text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 0) : otherwise;
}

// What a hostile mixture of drivers and a noisy board would do.
class chaos {
public:
    chaos(bank_bench &bench, uint64_t seed)
        : m_bench(bench)
        , m_random(seed) {}

    void step() {
        if (m_steps++ % 500 == 0)
            begin_scene();
        pass(pause());
        const unsigned kind = below(100);
        if (kind < 45)
            toggle(pin());
        else if (kind < 50) // several pins at one moment, some of them back at once
            for (unsigned i = below(6); i; --i)
                toggle(pin(), below(30) * ns / 2);
        else if (kind < 65)
            m_bench.read(offsets());
        else if (kind < 85)
            acknowledge();
        else if (kind < 96)
            configure();
        else if (kind < 97)
            m_bench.write(offset::dbclk_div_con, below(4) ? below(12) : static_cast<uint32_t>(m_random()));
        else if (kind < 99)
            m_bench.write(offsets(), static_cast<uint32_t>(m_random()) & (below(2) ? ~0u : 0x0000ffffu));
        else
            m_bench.write(0x4c + 4 * below(13), static_cast<uint32_t>(m_random())); // mostly reserved or read-only
    }

private:
    uint32_t below(uint32_t n) { return static_cast<uint32_t>(m_random() % n); }

    // A scene has few pins that interrupt, so that the line falls as often as it rises, or many.
    void begin_scene() {
        m_busy = below(4) == 0;
        m_pins = m_busy ? ~0u : 1u << below(32) | 1u << below(32) | 1u << below(32);
        m_bench.write_pair(offset::int_en, m_pins);
        m_bench.write_pair(offset::int_mask, below(4) ? 0 : static_cast<uint32_t>(m_random() & m_random()));
        m_bench.write_pair(offset::int_type, below(2) ? ~0u : static_cast<uint32_t>(m_random()));
        m_bench.write_pair(offset::debounce, below(2) ? 0 : static_cast<uint32_t>(m_random()));
        m_bench.write_pair(offset::ddr, below(2) ? 0 : static_cast<uint32_t>(m_random() & m_random()));
        m_bench.write_pair(offset::port_eoi, ~0u);
    }
    unsigned pin() {
        if (m_busy || below(4) == 0)
            return below(32);
        uint32_t left = m_pins;
        for (unsigned skip = below(static_cast<uint32_t>(__builtin_popcount(left))); skip; --skip)
            left &= left - 1;
        return static_cast<unsigned>(__builtin_ctz(left));
    }
    void acknowledge() {
        if (below(2))
            m_bench.write_bit(offset::port_eoi, pin(), true);
        else
            m_bench.write(offset::port_eoi + 4 * below(2), 0xffff0000 | static_cast<uint32_t>(m_random()));
    }
    // One pin as a driver does it, or half a register at once.
    void configure() {
        const uint32_t at = word();
        const bool gates = at == offset::int_en || at == offset::int_mask;
        if (!gates && below(8) == 0)
            m_bench.write(at + 4 * below(2), static_cast<uint32_t>(m_random()));
        else
            m_bench.write_bit(at, pin(), gates && !m_busy ? (at == offset::int_en) == (below(4) != 0) : below(2));
    }

    // Mostly around the periods of the clocks, on and off their edges; sometimes a long rest.
    uint64_t pause() {
        switch (below(8)) {
        case 0:
            return 0;
        case 1:
            return below(4) * 10 * ns;
        case 2:
        case 3:
            return below(12) * ns + below(1000);
        case 4:
        case 5:
            return below(60) * ns;
        case 6:
            return below(600) * ns;
        default:
            return below(100) ? below(2 * us) : below(400) * us;
        }
    }
    void toggle(unsigned n, uint64_t delay = 0) {
        // Calls come in order of time, delays included.
        m_latest = std::max(m_latest, now_ps() + delay);
        m_bench.set(n, !m_bench.pins[n].level(), m_latest - now_ps());
    }
    uint32_t offsets() { return below(33) * 4; }
    uint32_t word() {
        static constexpr uint32_t words[] = {
            offset::dr,       offset::ddr,          offset::int_en,       offset::int_en,   offset::int_mask,
            offset::int_type, offset::int_polarity, offset::int_bothedge, offset::debounce, offset::dbclk_div_en};
        return words[below(std::size(words))];
    }

    bank_bench &m_bench;
    std::mt19937_64 m_random;
    uint64_t m_latest = 0;
    uint64_t m_steps = 0;
    uint32_t m_pins = 0;
    bool m_busy = false;
};

void run(const gpio_params &params, uint64_t share) {
    one_bank b(params);
    chaos driver(*b, setting("RK_GPIO_SEED", 1));
    const uint64_t steps = setting("RK_GPIO_STEPS", 50'000) / share;
    for (uint64_t i = 0; i < steps; ++i)
        driver.step();
    pass(2 * ms);
    BOOST_TEST(!dynamic_cast<rk_gpio_lockstep &>(*b->bank).differs());
    BOOST_TEST(b->irq.size() > steps / 50);
}

} // namespace

BOOST_AUTO_TEST_CASE(model_and_rtl_are_the_same_block) {
    run({}, 1);
}

BOOST_AUTO_TEST_CASE(model_and_rtl_are_the_same_block_on_the_slow_debounce_clock) {
    run({{100'000'000}, dbclk_32k}, 10);
}

BOOST_AUTO_TEST_CASE(model_and_rtl_are_the_same_block_when_the_clocks_have_common_edges) {
    run({{100'000'000}, {25'000'000}}, 10);
}

BOOST_AUTO_TEST_CASE(model_and_rtl_are_the_same_block_on_a_slow_pclk) {
    run({{24'000'000}, dbclk_24m}, 10);
}

BOOST_AUTO_TEST_CASE(model_and_rtl_are_the_same_block_when_dbclk_is_the_faster_clock) {
    run({{33'000'000}, {200'000'000}}, 10);
}
