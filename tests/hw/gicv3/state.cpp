// SPDX-License-Identifier: Apache-2.0
//
// The states of an interrupt: semantics 1 to 13 of the list, each case named after its number.
#include "harness.h"

using namespace rk3568;
using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(s01_active_and_pending_is_not_signalled_until_deactivated) {
    board b;
    for (const bool is_edge : {false, true}) {
        const uint32_t id = is_edge ? 41 : 40;
        b.enable(id, 0, 0x80, is_edge);
        b.spi(id, true);
        BOOST_TEST(b.iar1(0) == id);
        if (is_edge) {
            b.spi(id, false);
            b.spi(id, true);
        }
        BOOST_TEST(b.bit(ISPENDR, id));
        BOOST_TEST(b.bit(ISACTIVER, id));
        BOOST_TEST(!b.nirq(0));
        // Nor when the running priority would let it through.
        b.set(0, icc::ap1r0, 0);
        BOOST_TEST(!b.nirq(0));
        BOOST_TEST(b.iar1(0) == 1023u);
        b.mark(ICACTIVER, id);
        BOOST_TEST(b.nirq(0));
        BOOST_TEST(b.iar1(0) == id);
        b.spi(id, false);
        b.eoir1(0, id);
        BOOST_TEST(!b.nirq(0));
        BOOST_TEST(!b.bit(ISACTIVER, id));
    }
}

BOOST_AUTO_TEST_CASE(s02_end_of_interrupt_signals_again_what_is_still_pending) {
    board b;
    b.enable(40);
    b.spi(40, true);
    for (int round = 0; round < 3; ++round) {
        BOOST_TEST(b.iar1(0) == 40u);
        BOOST_TEST(!b.nirq(0));
        b.eoir1(0, 40);
        BOOST_TEST(b.nirq(0));
    }
    // The same through DIR.
    b.set(0, icc::ctlr, 2);
    BOOST_TEST(b.iar1(0) == 40u);
    b.eoir1(0, 40);
    BOOST_TEST(!b.nirq(0));
    b.set(0, icc::dir, 40);
    BOOST_TEST(b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s03_the_latch_is_apart_from_the_line_of_a_level_interrupt) {
    board b;
    b.enable(40);
    b.spi(40, true);
    b.mark(ICPENDR, 40);
    BOOST_TEST(b.bit(ISPENDR, 40));
    BOOST_TEST(b.nirq(0));
    b.spi(40, false);
    BOOST_TEST(!b.bit(ISPENDR, 40));
    BOOST_TEST(!b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s04_a_level_interrupt_latched_by_ispendr_stays_pending_after_the_line_drops) {
    board b;
    b.enable(40);
    b.spi(40, true);
    b.mark(ISPENDR, 40);
    b.spi(40, false);
    BOOST_TEST(b.bit(ISPENDR, 40));
    BOOST_TEST(b.nirq(0));
    b.mark(ICPENDR, 40);
    BOOST_TEST(!b.bit(ISPENDR, 40));
    BOOST_TEST(!b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s05_acknowledge_consumes_the_latch_of_a_level_interrupt) {
    board b;
    b.enable(40);
    b.mark(ISPENDR, 40);
    BOOST_TEST(b.iar1(0) == 40u);
    BOOST_TEST(!b.bit(ISPENDR, 40));
    b.eoir1(0, 40);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.iar1(0) == 1023u);
}

BOOST_AUTO_TEST_CASE(s06_an_edge_while_active_is_kept_and_edges_while_pending_collapse) {
    board b;
    b.enable(40, 0, 0x80, true);
    b.pulse(40);
    b.pulse(40);
    BOOST_TEST(b.iar1(0) == 40u);
    BOOST_TEST(!b.bit(ISPENDR, 40));
    b.pulse(40);
    BOOST_TEST(b.bit(ISPENDR, 40));
    b.eoir1(0, 40);
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(b.iar1(0) == 40u);
    b.eoir1(0, 40);
    BOOST_TEST(b.iar1(0) == 1023u);
    // A line that stays high is not a further edge, and a falling one none either.
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.eoir1(0, 40);
    BOOST_TEST(!b.bit(ISPENDR, 40));
    b.spi(40, false);
    BOOST_TEST(!b.bit(ISPENDR, 40));
}

BOOST_AUTO_TEST_CASE(s07_pending_registers_read_latch_or_level) {
    board b;
    for (const uint32_t id : {33u, 351u}) {
        b.spi(id, true);
        BOOST_TEST(b.bit(ISPENDR, id));
        BOOST_TEST(b.bit(ICPENDR, id));
        b.spi(id, false);
        BOOST_TEST(!b.bit(ISPENDR, id));
        b.mark(ISPENDR, id);
        BOOST_TEST(b.bit(ICPENDR, id));
    }
    b.ppi(2, 27, true);
    BOOST_TEST(b.bit(ISPENDR, 27, 2));
    b.ppi(2, 27, false);
    BOOST_TEST(!b.bit(ISPENDR, 27, 2));
    // An edge interrupt's level is not a pending state.
    b.edge(34);
    b.spi(34, true);
    b.mark(ICPENDR, 34);
    BOOST_TEST(!b.bit(ISPENDR, 34));
}

BOOST_AUTO_TEST_CASE(s08_set_and_clear_registers_show_one_state_and_zeros_do_nothing) {
    board b;
    const struct {
        uint64_t set, clear;
    } pairs[] = {{ISENABLER, ICENABLER}, {ISPENDR, ICPENDR}, {ISACTIVER, ICACTIVER}};
    for (const auto &p : pairs) {
        b.write(b.gicd(p.set + 4), 0x80010001, secure);
        BOOST_TEST(b.read(b.gicd(p.set + 4), secure) == 0x80010001u);
        BOOST_TEST(b.read(b.gicd(p.clear + 4), secure) == 0x80010001u);
        b.write(b.gicd(p.set + 4), 0, secure);
        b.write(b.gicd(p.clear + 4), 0, secure);
        BOOST_TEST(b.read(b.gicd(p.set + 4), secure) == 0x80010001u);
        b.write(b.gicd(p.clear + 4), 0x00010000, secure);
        BOOST_TEST(b.read(b.gicd(p.clear + 4), secure) == 0x80000001u);
        b.write(b.gicd(p.clear + 4), 0xffffffff, secure);
        BOOST_TEST(b.read(b.gicd(p.set + 4), secure) == 0u);
    }
}

BOOST_AUTO_TEST_CASE(s09_what_became_pending_while_disabled_is_delivered_on_enable) {
    board b;
    b.enable(40, 0, 0x80, true);
    b.mark(ICENABLER, 40);
    b.pulse(40);
    BOOST_TEST(b.bit(ISPENDR, 40));
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.iar1(0) == 1023u);
    b.mark(ISENABLER, 40);
    BOOST_TEST(b.nirq(0));
    // Disabling takes it back without losing it, and does not touch an active one.
    b.mark(ICENABLER, 40);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.bit(ISPENDR, 40));
    b.mark(ISENABLER, 40);
    BOOST_TEST(b.iar1(0) == 40u);
    b.mark(ICENABLER, 40);
    BOOST_TEST(b.bit(ISACTIVER, 40));
}

BOOST_AUTO_TEST_CASE(s10_private_interrupts_live_in_the_sgi_frame_alone) {
    board b;
    for (const uint64_t reg : {IGROUPR, ISENABLER, ISPENDR, ISACTIVER, IPRIORITYR, ICFGR}) {
        const uint64_t before = b.read(b.sgi(0, reg), secure);
        b.write(b.rd(0, reg), 0xffffffff, secure);
        BOOST_TEST(b.read(b.rd(0, reg), secure) == 0u);
        BOOST_TEST(b.read(b.sgi(0, reg), secure) == before);
        b.write(b.gicd(reg), 0xffffffff, secure);
        BOOST_TEST(b.read(b.gicd(reg), secure) == 0u);
        BOOST_TEST(b.read(b.sgi(0, reg), secure) == before);
    }
    b.write(b.rd(0, IPRIORITYR), 0x40404040, secure);
    b.write(b.sgi(0, ISENABLER), 1, secure);
    BOOST_TEST(b.read(b.sgi(0, ISENABLER), secure) == 1u);
    BOOST_TEST(b.read(b.sgi(1, ISENABLER), secure) == 0u);
}

BOOST_AUTO_TEST_CASE(s11_the_active_state_of_an_spi_is_global) {
    board b;
    b.enable(40);
    for (unsigned c : {0u, 1u})
        b.set(c, icc::ctlr, 2);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.eoir1(0, 40);
    b.spi(40, false);
    BOOST_TEST(b.bit(ISACTIVER, 40));
    b.set(1, icc::dir, 40);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
}

BOOST_AUTO_TEST_CASE(s12_icactiver_makes_eligible_again_but_leaves_the_running_priority) {
    board b;
    b.enable(40);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.mark(ICACTIVER, 40);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0x80u);
    BOOST_TEST(b.get(0, icc::hppir1) == 40u);
    BOOST_TEST(!b.nirq(0)); // same priority does not preempt
    b.eoir1(0, 40);
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    BOOST_TEST(b.nirq(0));
    // ISACTIVER holds back what is pending.
    b.mark(ISACTIVER, 40);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
}

BOOST_AUTO_TEST_CASE(s13_beyond_the_last_spi_there_is_nothing_and_the_last_one_works) {
    board b;
    b.enable(351);
    b.spi(351, true);
    BOOST_TEST(b.iar1(0) == 351u);
    for (const uint64_t reg : {IGROUPR, ISENABLER, ISPENDR, ISACTIVER}) {
        b.write(b.gicd(reg + 4 * 11), 0xffffffff, secure);
        BOOST_TEST(b.read(b.gicd(reg + 4 * 11), secure) == 0u);
    }
    b.write(b.gicd(IPRIORITYR + 352), 0x40404040, secure);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 352), secure) == 0u);
    b.write(b.gicd(IROUTER + 8 * 352), 0x100, secure, 8);
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * 352), secure, 8) == 0u);
    BOOST_TEST(b.get(0, icc::hppir1) == 1023u);
}

BOOST_AUTO_TEST_CASE(the_last_spi_works_when_their_number_is_no_multiple_of_32) {
    gicv3_params p = with();
    p.spis = 41; // INTID 32 to 72
    p.its = false;
    board b(p);
    BOOST_TEST((b.read(b.gicd(GICD_TYPER)) & 0x1f) == 2u);
    b.enable(72);
    b.spi(72, true);
    BOOST_TEST(b.iar1(0) == 72u);
    b.write(b.gicd(ISENABLER + 8), 0xffffffff, secure);
    BOOST_TEST(b.read(b.gicd(ISENABLER + 8), secure) == 0x1ffu);
}

BOOST_AUTO_TEST_CASE(all_988_spis_can_be_had) {
    gicv3_params p = with();
    p.spis = 988;
    board b(p);
    BOOST_TEST((b.read(b.gicd(GICD_TYPER)) & 0x1f) == 31u);
    b.enable(1019, 3);
    b.spi(1019, true);
    BOOST_TEST(b.iar1(3) == 1019u);
}
