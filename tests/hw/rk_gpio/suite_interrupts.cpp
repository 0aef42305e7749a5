// SPDX-License-Identifier: Apache-2.0
//
// The interrupt logic and the pins, to the clock edge. pclk has 100 MHz here: edge k is at k * 10 ns. A pin that
// changes at t is sampled by the first edge after t and shows one edge later (hw/rk_gpio/README.md; HARDWARE.md 1.2).
#include "tests/hw/rk_gpio/bench.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568;
using namespace rk3568::test;
using trigger = bank_bench::trigger;

BOOST_TEST_DONT_PRINT_LOG_VALUE(changes)

BOOST_AUTO_TEST_CASE(a_rising_edge_raises_the_line_at_the_second_pclk_edge) {
    one_bank b;
    for (const unsigned n : some_pins)
        b->request(n, trigger::rising);
    pass_until(1 * us);
    for (const unsigned n : some_pins) {
        const uint64_t start = now_ps();
        pass(3 * ns);
        b->set(n, true);
        pass(97 * ns);
        BOOST_TEST((b->take_irq() == changes{{start + 20 * ns, true}}));
        BOOST_TEST(b->read(offset::int_status) == 1u << n);
        BOOST_TEST(b->read(offset::int_rawstatus) == 1u << n);
        b->set(n, false);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_status) == 1u << n);
        pass(100 * ns);
        const uint64_t eoi = now_ps();
        pass(4 * ns);
        b->write_bit(offset::port_eoi, n, true);
        pass(96 * ns);
        BOOST_TEST((b->take_irq() == changes{{eoi + 10 * ns, false}}));
        BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
    }
}

BOOST_AUTO_TEST_CASE(a_pin_that_changes_at_an_edge_is_sampled_by_the_next_one) {
    one_bank b;
    b->request(5, trigger::rising);
    pass_until(1 * us);
    b->set(5, true);
    pass(100 * ns);
    BOOST_TEST((b->take_irq() == changes{{1020 * ns, true}}));
    b->write_bit(offset::port_eoi, 5, true);
    b->set(5, false);
    pass_until(2 * us);
    b->take_irq();
    pass(10 * ns - 1);
    b->set(5, true);
    pass(100 * ns);
    BOOST_TEST((b->take_irq() == changes{{2020 * ns, true}}));
}

BOOST_AUTO_TEST_CASE(a_delay_that_comes_with_a_pin_or_an_access_is_honoured) {
    one_bank b;
    b->request(5, trigger::rising);
    pass_until(1 * us);
    b->set(5, true, 333 * ns);
    pass_until(2 * us);
    BOOST_TEST((b->take_irq() == changes{{1350 * ns, true}}));
    tlm::tlm_generic_payload trans;
    uint32_t eoi = 0x00200020;
    trans.set_write();
    trans.set_address(offset::port_eoi);
    trans.set_data_ptr(reinterpret_cast<unsigned char *>(&eoi));
    trans.set_data_length(4);
    trans.set_streaming_width(4);
    sc_core::sc_time delay = ps(77 * ns);
    b->master->b_transport(trans, delay);
    pass(1 * us);
    BOOST_TEST((b->take_irq() == changes{{2080 * ns, false}}));
}

BOOST_AUTO_TEST_CASE(a_pulse_that_no_pclk_edge_samples_is_not_seen) {
    one_bank b;
    for (const unsigned n : some_pins)
        b->request(n, trigger::both);
    pass_until(1 * us);
    for (const unsigned n : some_pins) {
        pass(1 * ns);
        b->set(n, true);
        pass(8 * ns);
        b->set(n, false);
        pass(91 * ns);
    }
    BOOST_TEST(b->take_irq().empty());
    BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
    pass(5 * ns);
    b->set(7, true); // one whole period, so that one edge samples it
    pass(10 * ns);
    b->set(7, false);
    pass(100 * ns);
    BOOST_TEST(b->read(offset::int_rawstatus) == 0u); // pin 7 is not enabled
}

BOOST_AUTO_TEST_CASE(a_pulse_of_one_period_is_seen_by_both_edges_of_it) {
    one_bank b;
    b->request(31, trigger::rising);
    pass_until(1 * us);
    pass(5 * ns);
    b->set(31, true);
    pass(10 * ns);
    b->set(31, false);
    pass(100 * ns);
    BOOST_TEST((b->take_irq() == changes{{1020 * ns, true}}));
    BOOST_TEST(b->read(offset::int_status) == 1u << 31);
}

BOOST_AUTO_TEST_CASE(each_edge_type_takes_its_own_edges) {
    one_bank b;
    const struct {
        trigger type;
        bool rising, falling;
    } kinds[] = {{trigger::rising, true, false}, {trigger::falling, false, true}, {trigger::both, true, true}};
    for (const auto &kind : kinds)
        for (const unsigned n : some_pins) {
            b->request(n, kind.type);
            pass(200 * ns);
            b->set(n, true);
            pass(200 * ns);
            BOOST_TEST(b->read(offset::int_status) == (kind.rising ? 1u << n : 0));
            b->write_pair(offset::port_eoi, 0xffffffff);
            BOOST_TEST(b->read(offset::int_status) == 0u);
            pass(200 * ns);
            b->set(n, false);
            pass(200 * ns);
            BOOST_TEST(b->read(offset::int_status) == (kind.falling ? 1u << n : 0));
            b->write_pair(offset::port_eoi, 0xffffffff);
            b->write_bit(offset::int_en, n, false);
            pass(200 * ns);
        }
}

BOOST_AUTO_TEST_CASE(both_edges_override_type_and_polarity) {
    one_bank b;
    for (const unsigned combination : {0u, 1u, 2u, 3u}) {
        b->request(16, trigger::both);
        b->write_bit(offset::int_type, 16, combination & 1);
        b->write_bit(offset::int_polarity, 16, combination & 2);
        pass(200 * ns);
        BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
        for (const bool level : {true, false}) {
            b->set(16, level);
            pass(200 * ns);
            BOOST_TEST(b->read(offset::int_rawstatus) == 1u << 16);
            b->write_bit(offset::port_eoi, 16, true);
            BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
            pass(200 * ns);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_level_shows_as_long_as_it_lasts_and_eoi_does_not_clear_it) {
    one_bank b;
    for (const trigger type : {trigger::high, trigger::low})
        for (const unsigned n : some_pins) {
            const bool active = type == trigger::high;
            b->set(n, !active);
            pass(100 * ns);
            b->request(n, type);
            pass(100 * ns);
            BOOST_TEST(b->read(offset::int_status) == 0u);
            b->take_irq();
            pass_until((now_ps() / us + 1) * us);
            const uint64_t start = now_ps();
            pass(9 * ns);
            b->set(n, active);
            pass(91 * ns);
            BOOST_TEST((b->take_irq() == changes{{start + 20 * ns, true}}));
            b->write_bit(offset::port_eoi, n, true);
            pass(100 * ns);
            BOOST_TEST(b->read(offset::int_status) == 1u << n);
            pass_until(start + 301 * ns);
            b->set(n, !active);
            pass(100 * ns);
            BOOST_TEST((b->take_irq() == changes{{start + 320 * ns, false}}));
            BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
            b->write_bit(offset::int_en, n, false);
            b->write_bit(offset::int_type, n, true);
            pass(100 * ns);
        }
}

BOOST_AUTO_TEST_CASE(a_masked_edge_is_latched_and_fires_when_it_is_unmasked) {
    one_bank b;
    for (const unsigned n : some_pins) {
        b->request(n, trigger::rising);
        b->write_bit(offset::int_mask, n, true);
        pass(100 * ns);
        b->set(n, true);
        pass(100 * ns);
        BOOST_TEST(b->take_irq().empty());
        BOOST_TEST(b->read(offset::int_rawstatus) == 1u << n);
        BOOST_TEST(b->read(offset::int_status) == 0u);
        pass_until((now_ps() / us + 1) * us);
        const uint64_t start = now_ps();
        b->write_bit(offset::int_mask, n, false);
        pass(100 * ns);
        BOOST_TEST((b->take_irq() == changes{{start + 10 * ns, true}}));
        BOOST_TEST(b->read(offset::int_status) == 1u << n);
        b->write_bit(offset::port_eoi, n, true);
        pass(100 * ns);
        b->take_irq();
    }
}

BOOST_AUTO_TEST_CASE(a_pin_that_is_not_enabled_generates_nothing) {
    one_bank b;
    for (const unsigned n : some_pins) {
        b->request(n, trigger::rising);
        b->write_bit(offset::int_en, n, false);
        pass(100 * ns);
        b->set(n, true);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
        b->write_bit(offset::int_en, n, true); // what went by before is gone
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
    }
    BOOST_TEST(b->take_irq().empty());
}

BOOST_AUTO_TEST_CASE(disabling_a_pin_or_making_it_a_level_discards_its_latched_edge) {
    one_bank b;
    b->request(15, trigger::rising);
    for (const uint32_t at : {offset::int_en, offset::int_type}) {
        pass(100 * ns);
        b->set(15, true);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_rawstatus) == 0x8000u);
        b->set(15, false);
        pass(100 * ns);
        b->write_bit(at, 15, false);
        BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
        b->write_bit(at, 15, true);
        BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
    }
}

BOOST_AUTO_TEST_CASE(a_latched_edge_stays_when_polarity_or_bothedge_change) {
    one_bank b;
    b->request(15, trigger::rising);
    pass(100 * ns);
    b->set(15, true);
    pass(100 * ns);
    for (const uint32_t at : {offset::int_polarity, offset::int_bothedge})
        for (const bool value : {false, true, false, true}) {
            b->write_bit(at, 15, value);
            BOOST_TEST(b->read(offset::int_rawstatus) == 0x8000u);
        }
}

BOOST_AUTO_TEST_CASE(eoi_clears_only_the_pins_that_it_names) {
    one_bank b;
    for (const unsigned n : some_pins)
        b->request(n, trigger::rising);
    pass(100 * ns);
    for (const unsigned n : some_pins)
        b->set(n, true);
    pass(100 * ns);
    uint32_t expected = 0x80018003;
    BOOST_TEST(b->read(offset::int_status) == expected);
    b->write(offset::port_eoi, 0x0000ffff); // no write enable
    b->write(offset::port_eoi + 4, 0xffff0000);
    BOOST_TEST(b->read(offset::int_status) == expected);
    b->take_irq();
    for (const unsigned n : some_pins) {
        BOOST_TEST(b->take_irq().empty());
        b->write_bit(offset::port_eoi, n, true);
        expected &= ~(1u << n);
        BOOST_TEST(b->read(offset::int_status) == expected);
    }
    pass(100 * ns);
    BOOST_TEST(b->take_irq().size() == 1u);
}

BOOST_AUTO_TEST_CASE(eoi_takes_what_shows_before_it_and_leaves_what_shows_with_it) {
    one_bank b;
    b->request(0, trigger::both);
    for (uint64_t lead = 0; lead <= 40; lead += 10) {
        // The edge shows at 1000 + 20 ns; the EOI completes at 1000 + lead + 10 ns.
        pass_until((now_ps() / us + 1) * us);
        b->set(0, !b->bank->pin[0].level());
        pass(lead * ns + 1);
        b->write_bit(offset::port_eoi, 0, true);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_rawstatus) == (lead + 10 <= 20 ? 1u : 0u), "lead " << lead);
        b->write_bit(offset::port_eoi, 0, true);
    }
}

BOOST_AUTO_TEST_CASE(an_edge_after_eoi_is_latched_again) {
    one_bank b;
    b->request(1, trigger::rising);
    for (int i = 0; i < 3; ++i) {
        pass(100 * ns);
        b->set(1, true);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_status) == 2u);
        b->write_bit(offset::port_eoi, 1, true);
        b->set(1, false);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::int_status) == 0u);
    }
    BOOST_TEST(b->take_irq().size() == 6u);
}

BOOST_AUTO_TEST_CASE(changing_the_type_makes_no_edge) {
    one_bank b;
    b->set(1, true);
    pass(100 * ns);
    b->request(1, trigger::rising);
    b->request(1, trigger::falling);
    b->request(1, trigger::both);
    b->request(1, trigger::rising);
    b->write_bit(offset::debounce, 1, true);
    pass(1 * us);
    b->write_bit(offset::debounce, 1, false);
    pass(1 * us);
    BOOST_TEST(b->read(offset::int_rawstatus) == 0u);
    // TYPE is written before POLARITY: with the pin high no level is active on the way.
    BOOST_TEST(b->take_irq().empty());
}

BOOST_AUTO_TEST_CASE(ext_port_shows_a_pin_after_its_second_pclk_edge) {
    one_bank b;
    for (const unsigned n : some_pins) {
        pass_until((now_ps() / us + 1) * us);
        pass(5 * ns);
        b->set(n, true);
        pass(15 * ns - 1);
        BOOST_TEST(b->read(offset::ext_port) == 0u);
        pass(1);
        pass(20 * ns);
        BOOST_TEST(b->read(offset::ext_port) == 1u << n);
        b->set(n, false);
        pass(100 * ns);
    }
    pass_until(100 * us);
    b->set(9, true);
    pass(20 * ns);
    BOOST_TEST(b->read(offset::ext_port) == 0x200u); // the cycle that begins with the second edge
}

BOOST_AUTO_TEST_CASE(an_output_drives_its_pad_and_reads_back) {
    one_bank b;
    for (const unsigned n : some_pins) {
        b->write_bit(offset::dr, n, true);
        pass(100 * ns);
        BOOST_TEST(!b->pads[n].level());
        b->write_bit(offset::ddr, n, true);
        pass(100 * ns);
        BOOST_TEST(b->pads[n].level());
        BOOST_TEST(b->read(offset::ext_port) == 1u << n);
        b->write_bit(offset::dr, n, false);
        b->set(n, true); // the board's level does not reach an output
        pass(100 * ns);
        BOOST_TEST(!b->pads[n].level());
        BOOST_TEST(b->read(offset::ext_port) == 0u);
        b->write_bit(offset::ddr, n, false);
        pass(100 * ns);
        BOOST_TEST(b->read(offset::ext_port) == 1u << n);
        b->set(n, false);
        pass(100 * ns);
    }
}

BOOST_AUTO_TEST_CASE(an_output_changes_at_the_edge_that_completes_the_write) {
    one_bank b;
    b->write_bit(offset::ddr, 4, true);
    changes seen;
    b->pads[4].on_change([&](bool level, const sc_core::sc_time &delay) {
        seen.push_back({now_ps() + delay.value(), level});
    });
    pass_until(1 * us);
    pass(2 * ns);
    b->write_bit(offset::dr, 4, true);
    pass_until(2 * us);
    b->write_bit(offset::dr, 4, false);
    pass(1 * us);
    BOOST_TEST((seen == changes{{1010 * ns, true}, {2010 * ns, false}}));
}

BOOST_AUTO_TEST_CASE(an_output_interrupts_like_an_input) {
    one_bank b;
    b->request(31, trigger::rising);
    b->write_bit(offset::ddr, 31, true);
    pass_until(1 * us);
    b->write_bit(offset::dr, 31, true);
    pass(1 * us);
    // The write completes at 1010 ns; edges at 1020 and 1030 ns synchronise.
    BOOST_TEST((b->take_irq() == changes{{1030 * ns, true}}));
}

BOOST_AUTO_TEST_CASE(the_line_is_the_or_of_all_pins) {
    one_bank b;
    b->request(0, trigger::rising);
    b->request(31, trigger::high);
    pass_until(1 * us);
    b->set(0, true);
    pass(100 * ns);
    b->set(31, true);
    pass(100 * ns);
    b->write_bit(offset::port_eoi, 0, true);
    pass(100 * ns);
    b->set(31, false);
    pass(100 * ns);
    BOOST_TEST((b->take_irq() == changes{{1020 * ns, true}, {1320 * ns, false}}));
}

BOOST_AUTO_TEST_CASE(linux_initialisation_leaves_the_line_low) {
    one_bank b;
    for (const unsigned n : {3u, 17u, 30u})
        b->set(n, true);
    pass(1 * us);
    b->write_pair(offset::int_mask, 0xffffffff);
    b->write_pair(offset::port_eoi, 0xffffffff);
    b->write_pair(offset::int_en, 0xffffffff);
    pass(1 * us);
    BOOST_TEST(b->take_irq().empty());
    BOOST_TEST(b->read(offset::int_status) == 0u);
    // All pins are of type level, low: those that are low are active behind the mask.
    BOOST_TEST(b->read(offset::int_rawstatus) == (0xffffffffu & ~(1u << 3 | 1u << 17 | 1u << 30)));
}

BOOST_AUTO_TEST_CASE(pclk_of_another_rate_moves_the_grid) {
    one_bank b({{75'000'000}, dbclk_24m});
    b->request(2, trigger::rising);
    pass_until(1 * us);
    b->set(2, true);
    pass(1 * us);
    // Edges of 75 MHz: 75 is at 1000000 ps, 76 at floor(76 * 40000 / 3), 77 at floor(77 * 40000 / 3) = 1026666.
    BOOST_TEST((b->take_irq() == changes{{1026666, true}}));
}

BOOST_AUTO_TEST_CASE(a_call_from_before_what_the_bank_has_done_counts_as_just_now) {
    one_bank b;
    b->request(5, trigger::rising);
    b->request(6, trigger::rising);
    pass_until(1 * us);
    b->set(5, true, 500 * ns);
    b->set(6, true, 100 * ns);
    pass(1 * us);
    BOOST_TEST((b->take_irq() == changes{{1520 * ns, true}}));
    BOOST_TEST(b->read(offset::int_status) == 0x60u);
}

BOOST_AUTO_TEST_CASE(accesses_that_come_at_once_are_served_every_second_cycle_and_pins_after_them) {
    one_bank b;
    b->request(5, trigger::rising);
    pass_until(1 * us);
    b->read(offset::int_status);        // cycle 100
    b->write_bit(offset::ddr, 9, true); // cycle 102
    b->write_bit(offset::dr, 9, true);  // cycle 104, completed by edge 105
    changes seen;
    b->pads[9].on_change([&](bool level, const sc_core::sc_time &delay) {
        seen.push_back({now_ps() + delay.value(), level});
    });
    b->set(5, true); // from cycle 104 on: sampled by edge 105, shown by edge 106
    pass(1 * us);
    BOOST_TEST((seen == changes{{1050 * ns, true}}));
    BOOST_TEST((b->take_irq() == changes{{1060 * ns, true}}));
}
