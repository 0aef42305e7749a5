// SPDX-License-Identifier: Apache-2.0
//
// Every register and bit: reset value, access, and what a bad access does. Expected values: HARDWARE.md 1.1.
#include "tests/hw/rk_gpio/bench.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568;
using namespace rk3568::test;

namespace {

constexpr uint32_t pairs[] = {offset::dr,           offset::ddr,      offset::int_en,
                              offset::int_mask,     offset::int_type, offset::int_polarity,
                              offset::int_bothedge, offset::debounce, offset::dbclk_div_en};

struct five_banks {
    std::vector<std::unique_ptr<bank_bench>> banks;
    five_banks() {
        for (const char *name : {"gpio0", "gpio1", "gpio2", "gpio3", "gpio4"})
            banks.push_back(std::make_unique<bank_bench>(name, gpio_params{}));
        sc_core::sc_start(sc_core::SC_ZERO_TIME);
    }
    template <typename F>
    void each(F &&f) {
        for (auto &bank : banks)
            f(*bank);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(every_register_has_its_reset_value) {
    five_banks().each([](bank_bench &b) {
        for (uint32_t at = 0; at < 0x100; at += 4) {
            const uint32_t expected = at == offset::dbclk_div_con ? 1 : at == offset::ver_id ? 0x0101157c : 0;
            BOOST_TEST(b.read(at) == expected, b.name() << " offset " << at);
        }
    });
}

BOOST_AUTO_TEST_CASE(a_pair_takes_each_bit_alone_and_reads_zero_in_its_upper_half) {
    five_banks().each([](bank_bench &b) {
        for (const uint32_t at : pairs)
            for (const unsigned n : some_pins) {
                const uint32_t half = at + (n >= 16 ? 4 : 0), other = at + (n >= 16 ? 0 : 4);
                b.write_bit(at, n, true);
                BOOST_TEST(b.read(half) == 1u << n % 16);
                BOOST_TEST(b.read(other) == 0u);
                b.write_bit(at, n, false);
                BOOST_TEST(b.read(half) == 0u);
            }
    });
}

BOOST_AUTO_TEST_CASE(only_bits_with_their_write_enable_change) {
    one_bank b;
    for (const uint32_t at : pairs)
        for (const uint32_t half : {at, at + 4}) {
            b->write(half, 0x0000ffff);
            BOOST_TEST(b->read(half) == 0u);
            b->write(half, 0xa5a5ffff);
            BOOST_TEST(b->read(half) == 0xa5a5u);
            b->write(half, 0x0ff00000);
            BOOST_TEST(b->read(half) == 0xa005u);
            b->write(half, 0xffff0000);
            BOOST_TEST(b->read(half) == 0u);
        }
}

BOOST_AUTO_TEST_CASE(registers_do_not_share_storage) {
    one_bank b;
    uint32_t value = 0x1111;
    for (const uint32_t at : pairs)
        for (const uint32_t half : {at, at + 4})
            b->write(half, 0xffff0000 | value++);
    b->write(offset::dbclk_div_con, 0x00abcdef);
    value = 0x1111;
    for (const uint32_t at : pairs)
        for (const uint32_t half : {at, at + 4})
            BOOST_TEST(b->read(half) == value++);
    BOOST_TEST(b->read(offset::dbclk_div_con) == 0x00abcdefu);
}

BOOST_AUTO_TEST_CASE(the_divisor_has_24_bits_and_no_write_enables) {
    one_bank b;
    b->write(offset::dbclk_div_con, 0xffffffff);
    BOOST_TEST(b->read(offset::dbclk_div_con) == 0x00ffffffu);
    b->write(offset::dbclk_div_con, 0x00000012);
    BOOST_TEST(b->read(offset::dbclk_div_con) == 0x12u);
    b->write(offset::dbclk_div_con, 0);
    BOOST_TEST(b->read(offset::dbclk_div_con) == 0u);
}

BOOST_AUTO_TEST_CASE(status_input_and_version_registers_ignore_writes) {
    one_bank b;
    for (const uint32_t at : {offset::int_status, offset::int_rawstatus, offset::ext_port, offset::ver_id}) {
        const uint32_t before = b->read(at);
        b->write(at, ~before);
        BOOST_TEST(b->read(at) == before);
    }
}

BOOST_AUTO_TEST_CASE(reading_changes_nothing) {
    one_bank b;
    b->write(offset::dbclk_div_con, 0x123456);
    for (const uint32_t at : pairs)
        b->write(at, 0xffff0000 | (at + 1));
    b->write(offset::dr + 4, 0xffff5a5a); // what a bus may still carry while it reads
    for (int i = 0; i < 2; ++i) {
        for (const uint32_t at : pairs)
            BOOST_TEST(b->read(at) == at + 1);
        BOOST_TEST(b->read(offset::dbclk_div_con) == 0x123456u);
    }
}

BOOST_AUTO_TEST_CASE(eoi_reads_zero) {
    one_bank b;
    b->write_pair(offset::port_eoi, 0xffffffff);
    BOOST_TEST(b->read_pair(offset::port_eoi) == 0u);
}

BOOST_AUTO_TEST_CASE(offsets_without_a_register_read_zero_and_ignore_writes) {
    one_bank b;
    for (const uint32_t at : {0x4cu, 0x54u, 0x5cu, 0x68u, 0x6cu, 0x74u, 0x7cu, 0x80u, 0xfcu, 0x100u, 0x108u, 0x1000u}) {
        b->write(at, 0xffffffff);
        BOOST_TEST(b->read(at) == 0u);
    }
    for (const uint32_t at : pairs)
        BOOST_TEST(b->read_pair(at) == 0u);
    BOOST_TEST(b->read(offset::dbclk_div_con) == 1u);
}

BOOST_AUTO_TEST_CASE(accesses_that_are_no_aligned_word_read_zero_and_ignore_writes) {
    one_bank b;
    b->write(offset::dr, 0xffff1234);
    for (const unsigned size : {1u, 2u}) {
        BOOST_TEST(b->read(offset::dr, size) == 0u);
        b->write(offset::dr, 0xffffffff, size);
        b->write(offset::dbclk_div_con, 0xff, size);
    }
    BOOST_TEST(b->read(offset::dr) == 0x1234u);
    BOOST_TEST(b->read(offset::dbclk_div_con) == 1u);
}

BOOST_AUTO_TEST_CASE(a_write_completes_at_the_next_pclk_edge_and_later_accesses_see_it) {
    one_bank b;
    pass(1003 * ns);
    b->write(offset::dr, 0x00010001);
    b->write(offset::ddr, 0x00010001); // comes in the same cycle, is served two cycles later
    BOOST_TEST(b->read(offset::dr) == 1u);
    BOOST_TEST(b->read(offset::ddr) == 1u);
}

BOOST_AUTO_TEST_CASE(a_debugger_reads_what_software_would_read) {
    one_bank b;
    b->write(offset::ddr, 0xffff00f0);
    b->set(3, true);
    pass(1 * us);
    uint32_t value = 0;
    tlm::tlm_generic_payload trans;
    trans.set_read();
    trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
    trans.set_data_length(4);
    trans.set_streaming_width(4);
    trans.set_address(offset::ddr);
    BOOST_TEST(b->master->transport_dbg(trans) == 4u);
    BOOST_TEST(value == 0xf0u);
    trans.set_address(offset::ext_port);
    BOOST_TEST(b->master->transport_dbg(trans) == 4u);
    BOOST_TEST(value == 0x8u);
}

// The five banks differ in nothing but their place: each pin's interrupt, mask, filter, output and input in each of
// them.
BOOST_AUTO_TEST_CASE(every_bank_does_the_same_on_its_first_and_last_pins) {
    using trigger = bank_bench::trigger;
    five_banks().each([](bank_bench &b) {
        for (const unsigned n : some_pins) {
            const uint32_t bit = 1u << n;
            const auto raw = [&] { return b.read(offset::int_rawstatus); };
            for (const trigger t : {trigger::rising, trigger::falling, trigger::both, trigger::high, trigger::low}) {
                const bool level = t == trigger::high || t == trigger::low;
                const bool first =
                    t != trigger::falling && t != trigger::low; // the level that the pin becomes active with
                b.set(n, !first);
                pass(100 * ns);
                b.request(n, t);
                pass(100 * ns);
                BOOST_TEST(raw() == 0u);
                b.take_irq();
                b.set(n, first);
                pass(100 * ns);
                BOOST_TEST(b.take_irq().size() == 1u);
                BOOST_TEST(b.read(offset::int_status) == bit);
                BOOST_TEST(b.read(offset::ext_port) == (first ? bit : 0));
                b.write_bit(offset::int_mask, n, true);
                pass(100 * ns);
                BOOST_TEST(b.read(offset::int_status) == 0u);
                BOOST_TEST(raw() == bit);
                b.write_bit(offset::int_mask, n, false);
                b.write_bit(offset::port_eoi, n, true);
                pass(100 * ns);
                BOOST_TEST(raw() == (level ? bit : 0));
                b.set(n, !first);
                pass(100 * ns);
                BOOST_TEST(raw() == (t == trigger::both ? bit : 0));
                b.write_pair(offset::port_eoi, bit);
                b.write_bit(offset::int_en, n, false);
                b.set(n, false);
                pass(100 * ns);
                BOOST_TEST(raw() == 0u);
            }
            // The filter: 10 periods of 24 MHz pass, half of one does not; divided by 100 the 10 do not either.
            b.request(n, trigger::rising);
            b.write_bit(offset::debounce, n, true);
            for (const uint64_t width : {20 * ns, 417 * ns}) {
                pass(1 * us);
                b.set(n, true);
                pass(width);
                b.set(n, false);
                pass(1 * us);
                BOOST_TEST(raw() == (width > 100 * ns ? bit : 0));
                b.write_bit(offset::port_eoi, n, true);
            }
            b.write(offset::dbclk_div_con, 99);
            b.write_bit(offset::dbclk_div_en, n, true);
            pass(20 * us);
            b.set(n, true);
            pass(417 * ns);
            b.set(n, false);
            pass(20 * us);
            BOOST_TEST(raw() == 0u);
            for (const uint32_t at : {offset::int_en, offset::debounce, offset::dbclk_div_en})
                b.write_bit(at, n, false);
            b.write(offset::dbclk_div_con, 1);
            pass(1 * us);
            // An output shows at its pad and reads back.
            b.write_bit(offset::dr, n, true);
            b.write_bit(offset::ddr, n, true);
            pass(100 * ns);
            BOOST_TEST(b.pads[n].level());
            BOOST_TEST(b.read(offset::ext_port) == bit);
            b.write_bit(offset::dr, n, false);
            b.write_bit(offset::ddr, n, false);
            pass(100 * ns);
            BOOST_TEST(!b.pads[n].level());
            BOOST_TEST(b.read(offset::ext_port) == 0u);
        }
    });
}
