// SPDX-License-Identifier: Apache-2.0
//
// The debounce filter. A level passes when two samples in a row agree on it: a pulse below one period of the pin's
// clock never passes, one of two periods always does, and in between the phase decides (HARDWARE.md 1.3).
#include "tests/hw/rk_gpio/bench.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <random>

using namespace rk3568;
using namespace rk3568::test;
using trigger = bank_bench::trigger;

namespace {

// Edges of 24 MHz and 32.768 kHz in ps, by their definition.
uint64_t edge_24m(uint64_t k) {
    return k * 125000 / 3;
}
uint64_t edge_32k(uint64_t k) {
    return k * 244140625 / 8;
}

struct glitches {
    unsigned passed = 0, wrong = 0;
};

// Sends pulses of `width` ps at 100 random phases against a filter clock of `period` ps, whose edges `edge` gives, and
// compares each with what the samples say.
template <typename Edge>
glitches send(bank_bench &b, unsigned pin, uint64_t width, uint64_t period, Edge &&edge) {
    std::mt19937 random(4711);
    glitches result;
    for (int i = 0; i < 100; ++i) {
        pass(10 * period + random() % period);
        const uint64_t start = now_ps(), end = start + width;
        b.set(pin, true);
        pass(width);
        b.set(pin, false);
        pass(10 * period);
        // Samples that find the pin high: edges after its rise and not after its fall.
        uint64_t first = start / period;
        while (edge(first) <= start)
            ++first;
        unsigned samples = 0;
        while (edge(first + samples) <= end)
            ++samples;
        const bool shown = b.read(offset::int_rawstatus) >> pin & 1;
        result.passed += shown;
        result.wrong += shown != (samples >= 2);
        b.write_bit(offset::port_eoi, pin, true);
    }
    return result;
}

void check_widths(bank_bench &b, unsigned pin, uint64_t period, uint64_t (*edge)(uint64_t)) {
    for (const double width : {0.5, 0.99, 1.5, 2.01}) {
        const glitches g = send(b, pin, static_cast<uint64_t>(width * static_cast<double>(period)), period, edge);
        BOOST_TEST(g.wrong == 0u, "width " << width);
        if (width < 1)
            BOOST_TEST(g.passed == 0u, "width " << width);
        else if (width > 2)
            BOOST_TEST(g.passed == 100u, "width " << width);
        else
            BOOST_TEST((g.passed > 25 && g.passed < 75), "width " << width << ": " << g.passed << " of 100");
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(a_filter_on_the_undivided_clock_decides_by_two_samples) {
    one_bank b;
    b->request(16, trigger::rising);
    b->write_bit(offset::debounce, 16, true);
    check_widths(*b, 16, 41667, edge_24m);
}

BOOST_AUTO_TEST_CASE(a_filter_on_the_divided_clock_decides_by_two_of_its_samples) {
    one_bank b;
    b->write(offset::dbclk_div_con, 99);
    b->request(31, trigger::rising);
    b->write_bit(offset::dbclk_div_en, 31, true);
    b->write_bit(offset::debounce, 31, true);
    // The divisor is there before edge 1 of 24 MHz. The divider ticks at the edge that finds a count of 99, which is
    // the 100th one, and then at every 100th.
    check_widths(*b, 31, 100 * 125000 / 3, [](uint64_t k) { return edge_24m(100 * k); });
}

BOOST_AUTO_TEST_CASE(a_filter_on_the_slow_clock_decides_by_two_samples) {
    one_bank b({{100'000'000}, dbclk_32k});
    b->request(0, trigger::rising);
    b->write_bit(offset::debounce, 0, true);
    check_widths(*b, 0, 30517578, edge_32k);
}

BOOST_AUTO_TEST_CASE(the_filter_adds_two_of_its_periods_after_the_first_sample) {
    one_bank b;
    b->request(1, trigger::rising);
    b->write_bit(offset::debounce, 1, true);
    pass_until(1 * us);
    b->set(1, true);
    pass(1 * us);
    // 1 us is edge 24 of 24 MHz, which does not see the change: samples at 25 and 26, output at 27 = 1125000 ps, which
    // is not a pclk edge; pclk samples at 1130 and shows at 1140 ns.
    BOOST_TEST((b->take_irq() == changes{{1140 * ns, true}}));
    b->set(1, false);
    b->write_bit(offset::port_eoi, 1, true);
    pass_until(3 * us - 100 * ns);
    b->take_irq();
    // Edge 72 of 24 MHz is at 3 us and sees what was there 1 ps before.
    b->set(1, true, 100 * ns - 1);
    pass(2 * us);
    // Samples at 72, 73, output at 74 = 3083333 ps, pclk at 3090 and 3100 ns.
    BOOST_TEST((b->take_irq() == changes{{3100 * ns, true}}));
}

BOOST_AUTO_TEST_CASE(a_pclk_edge_at_the_moment_of_a_dbclk_edge_sees_the_filter_before_it) {
    one_bank b;
    b->request(1, trigger::rising);
    b->write_bit(offset::debounce, 1, true);
    pass_until(1 * us - 1);
    b->set(1, true, 900 * ns);
    pass(2 * us);
    // Samples at 46 (1916666) and 47 (1958333), output at 48 = 2 us, pclk at 2010 and 2020 ns.
    BOOST_TEST((b->take_irq() == changes{{2020 * ns, true}}));
}

BOOST_AUTO_TEST_CASE(the_filter_holds_back_the_interrupt_but_not_ext_port) {
    one_bank b({{100'000'000}, dbclk_32k});
    b->request(15, trigger::high);
    b->write_bit(offset::debounce, 15, true);
    pass(1 * ms);
    b->set(15, true);
    pass(20 * us);
    BOOST_TEST(b->read(offset::ext_port) == 0x8000u);
    BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
    pass(100 * us);
    BOOST_TEST(b->read(offset::int_rawstatus) == 0x8000u);
    b->set(15, false);
    pass(20 * us);
    BOOST_TEST(b->read(offset::ext_port) == 0u);
    BOOST_TEST(b->read(offset::int_rawstatus) == 0x8000u);
    pass(100 * us);
    BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
}

BOOST_AUTO_TEST_CASE(a_bounce_train_of_40_edges_in_5_ms_is_one_interrupt) {
    one_bank b;
    // Linux's formula for 1 ms: div_con = us * f / 2e6 - 1 (HARDWARE.md 1.3).
    b->write(offset::dbclk_div_con, 11999);
    for (const unsigned n : some_pins) {
        b->request(n, trigger::rising);
        b->write_bit(offset::dbclk_div_en, n, true);
        b->write_bit(offset::debounce, n, true);
        std::mt19937 random(n);
        pass(10 * ms);
        bool level = false;
        const uint64_t begin = now_ps();
        for (int edge = 0; edge <= 40; ++edge) { // the contact closes, and 40 edges follow
            pass_until(begin + 5 * ms * static_cast<uint64_t>(edge) / 40 + random() % (100 * us));
            b->set(n, level = !level);
        }
        BOOST_TEST(level);
        pass(20 * ms);
        BOOST_TEST(b->take_irq().size() == 1u);
        BOOST_TEST(b->read(offset::int_status) == 1u << n);
        b->set(n, false);
        pass(20 * ms);
        b->write_bit(offset::port_eoi, n, true);
        pass(1 * ms);
        BOOST_TEST(b->take_irq().size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(a_filter_begins_with_the_present_level_when_it_is_switched_on) {
    one_bank b;
    b->set(16, true);
    pass(1 * us);
    b->request(16, trigger::both);
    b->write_bit(offset::debounce, 16, true);
    pass(10 * us);
    BOOST_TEST(b->take_irq().empty());
    b->set(16, false);
    pass(10 * us);
    BOOST_TEST(b->take_irq().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_lower_divisor_takes_effect_at_once) {
    one_bank b;
    b->request(0, trigger::rising);
    b->write(offset::dbclk_div_con, 0xffffff);
    b->write_bit(offset::dbclk_div_en, 0, true);
    b->write_bit(offset::debounce, 0, true);
    pass(10 * us); // the count is about 240
    b->write(offset::dbclk_div_con, 9);
    pass(1 * us);
    b->set(0, true);
    pass(4 * 417 * ns);
    BOOST_TEST(b->take_irq().size() == 1u);
}

namespace {

// Keeps the filter of `pin` from coming to rest, so that every edge of dbclk has work.
void keep_moving(bank_bench &b, unsigned pin, uint64_t duration) {
    for (const uint64_t end = now_ps() + duration; now_ps() < end;) {
        b.set(pin, !b.pins[pin].level());
        pass(35 * ns);
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(a_filter_on_the_divided_clock_takes_no_sample_for_its_neighbour) {
    one_bank b;
    b->write(offset::dbclk_div_con, 99);
    for (const unsigned n : {7u, 8u}) {
        b->request(n, trigger::rising);
        b->write_bit(offset::debounce, n, true);
    }
    b->write_bit(offset::dbclk_div_en, 8, true);
    pass_until(20 * us);
    b->set(8, true);
    keep_moving(*b, 7, 2 * us); // half a divided period, 48 undivided ones
    b->set(8, false);
    keep_moving(*b, 7, 20 * us);
    BOOST_TEST((b->read(offset::int_rawstatus) & 1u << 8) == 0u);
    b->set(8, true);
    keep_moving(*b, 7, 20 * us);
    BOOST_TEST((b->read(offset::int_rawstatus) & 1u << 8) == 1u << 8);
}

BOOST_AUTO_TEST_CASE(a_lower_divisor_takes_effect_at_once_while_the_clock_is_in_use) {
    one_bank b;
    b->write(offset::dbclk_div_con, 0xffffff);
    for (const unsigned n : {7u, 8u}) {
        b->request(n, trigger::rising);
        b->write_bit(offset::debounce, n, true);
    }
    b->write_bit(offset::dbclk_div_en, 8, true);
    keep_moving(*b, 7, 10 * us);
    b->write(offset::dbclk_div_con, 9);
    b->set(8, true);
    keep_moving(*b, 7, 2 * us);
    BOOST_TEST((b->read(offset::int_rawstatus) & 1u << 8) == 1u << 8);
}
