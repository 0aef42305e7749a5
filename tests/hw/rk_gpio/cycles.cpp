// SPDX-License-Identifier: Apache-2.0
//
// The logic alone, cycle by cycle: every edge of both clocks runs, asked for or not, and after each of them every flop
// of the RTL must be the model's. The RTL's assertions watch its clock requests meanwhile.
#include "hw/rk_gpio/bank_state.h"
#include "hw/rk_gpio/verilated_bank.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using namespace rk3568;

namespace {

constexpr struct {
    uint16_t offset;
    uint32_t bank_state::*word;
} words[] = {{0x00, &bank_state::dr},           {0x08, &bank_state::ddr},      {0x10, &bank_state::int_en},
             {0x18, &bank_state::int_mask},     {0x20, &bank_state::int_type}, {0x28, &bank_state::int_polarity},
             {0x30, &bank_state::int_bothedge}, {0x38, &bank_state::debounce}, {0x40, &bank_state::dbclk_div_en}};

// What differs between the two, or nothing.
std::string difference(const bank_state &a, const bank_state &b) {
    static constexpr struct {
        const char *name;
        uint32_t bank_state::*flop;
    } others[] = {{"dbclk_div_con", &bank_state::dbclk_div_con},
                  {"ext_meta", &bank_state::ext_meta},
                  {"ext_sync", &bank_state::ext_sync},
                  {"irq_meta", &bank_state::irq_meta},
                  {"irq_sync", &bank_state::irq_sync},
                  {"irq_prev", &bank_state::irq_prev},
                  {"latch", &bank_state::latch},
                  {"db_meta", &bank_state::db_meta},
                  {"db_prev", &bank_state::db_prev},
                  {"db_out", &bank_state::db_out},
                  {"div_count", &bank_state::div_count},
                  {"pin", &bank_state::pin}};
    for (const auto &w : words)
        if (a.*w.word != b.*w.word)
            return "register " + std::to_string(w.offset);
    for (const auto &o : others)
        if (a.*o.flop != b.*o.flop)
            return o.name;
    return "";
}

} // namespace

BOOST_AUTO_TEST_CASE(every_flop_of_the_rtl_is_the_models_after_every_clock_edge) {
    verilated_bank rtl;
    bank_state model;
    std::mt19937 random(99);
    BOOST_TEST(difference(model, rtl.flops()) == "");
    for (int i = 0; i < 100'000; ++i) {
        if (random() % 4 == 0) {
            model.pin ^= 1u << random() % 32 | (random() % 16 ? 0 : random());
            rtl.set_pins(model.pin);
        }
        bus_write write;
        bool access = false;
        if (random() % 8 == 0) {
            access = true;
            const unsigned shift = random() % 2 * 16;
            const uint32_t data = random() % 4 ? (1u << random() % 16) * 0x10001u & ~(random() % 2 << 15) : random();
            const uint32_t lanes = (data >> 16) << shift, value = (data & 0xffff) << shift;
            apb_transfer transfer{true, 0, data};
            if (random() % 4 == 0) {
                write.eoi = value & lanes;
                transfer.address = 0x60;
            } else if (random() % 8 == 0) {
                transfer.address = 0x48;
                transfer.data = random() % 5;
                write = {&bank_state::dbclk_div_con, transfer.data, 0xffffff, 0};
            } else {
                const auto &word = words[random() % std::size(words)];
                transfer.address = word.offset;
                write = {word.word, value, lanes, 0};
            }
            if (transfer.address != 0x48 && shift)
                transfer.address += 4;
            rtl.present(transfer);
        }
        const unsigned clocks = access ? 1 + random() % 2 * 2 : random() % 3 + 1; // 1: pclk, 2: dbclk, 3: both
        rtl.clock(clocks & 1, clocks & 2);
        model.clock(clocks & 1, clocks & 2, write);
        const std::string differs = difference(model, rtl.flops());
        BOOST_REQUIRE_MESSAGE(differs.empty(), differs << " differs after edge " << i);
        BOOST_REQUIRE(rtl.raw() == model.raw() && rtl.status() == model.status());
        BOOST_REQUIRE(rtl.irq() == (model.status() != 0) && rtl.driven() == model.driven());
        BOOST_REQUIRE(rtl.pclk_requested() == model.pclk_moves());
        BOOST_REQUIRE((rtl.dbclk_requested() || rtl.dbclk_tick_requested()) == (model.dbclk_moves() != 0));
    }
}

BOOST_AUTO_TEST_CASE(leaving_out_dbclk_edges_moves_the_divider_as_if_they_had_run) {
    for (const uint32_t divisor : {0u, 1u, 2u, 7u, 1000u})
        for (const uint32_t count : {0u, 1u, 5u, 7u, 8u, 999u, 5000u})
            for (uint64_t edges = 0; edges < 30; ++edges) {
                bank_state run, skip;
                run.dbclk_div_con = skip.dbclk_div_con = divisor;
                run.div_count = skip.div_count = count;
                for (uint64_t i = 0; i < edges; ++i)
                    run.clock(false, true, {});
                skip.skip_dbclk(edges);
                BOOST_TEST(run.div_count == skip.div_count, divisor << " " << count << " " << edges);
            }
}

BOOST_AUTO_TEST_CASE(addresses_without_a_register_read_zero_and_change_nothing) {
    verilated_bank rtl;
    rtl.set_pins(~0u);
    for (int i = 0; i < 4; ++i)
        rtl.clock(true, true);
    const bank_state before = rtl.flops();
    unsigned wrong = 0;
    for (uint32_t address = 0; address <= UINT16_MAX; ++address) {
        const bool decoded =
            address % 4 == 0 && (address <= 0x48 || address == 0x50 || address == 0x58 || address == 0x60 ||
                                 address == 0x64 || address == 0x70 || address == 0x78);
        if (decoded)
            continue;
        const auto at = static_cast<uint16_t>(address);
        wrong += rtl.present({false, at, 0}) != 0;
        rtl.clock(true, false);
        rtl.present({true, at, ~0u});
        rtl.clock(true, false);
        wrong += !difference(before, rtl.flops()).empty();
    }
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_CASE(the_divider_counts_through_all_24_bits) {
    verilated_bank rtl;
    bank_state model;
    rtl.present({true, 0x48, 0xffffff});
    rtl.clock(true, false);
    model.clock(true, false, {&bank_state::dbclk_div_con, 0xffffff, 0xffffff, 0});
    for (unsigned bit = 0; bit <= 24; ++bit) {
        const uint32_t to = (1u << bit) - 2 + (bit == 0); // just below the carry into this bit
        if (to < 0xffffff && to > model.div_count) {
            rtl.skip_dbclk(to - model.div_count);
            model.skip_dbclk(to - model.div_count);
        }
        for (int i = 0; i < 4; ++i) {
            rtl.clock(false, true);
            model.clock(false, true, {});
            BOOST_TEST(rtl.flops().div_count == model.div_count, "bit " << bit);
        }
    }
    BOOST_TEST(model.div_count < 8u); // it has been round
}
