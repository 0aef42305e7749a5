// SPDX-License-Identifier: Apache-2.0
//
// The CPU interface: semantics 14 to 32. Priorities in the cases are Secure software's, unless they say otherwise.
#include "harness.h"

using namespace rk3568;
using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(s14_a_pending_interrupt_of_a_disabled_group_does_not_hide_others) {
    board b;
    b.enable(40, 0, 0x10);
    b.group(40, 0, 0); // group 0, most urgent
    b.enable(41, 0, 0x90);
    b.set(0, icc::igrpen0, 0, el3);
    b.spi(40, true);
    b.spi(41, true);
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(!b.nfiq(0));
    BOOST_TEST(b.get(0, icc::hppir1) == 41u);
    BOOST_TEST(b.iar1(0) == 41u);
    b.eoir1(0, 41);
    b.set(0, icc::igrpen0, 1, el3);
    BOOST_TEST(b.nfiq(0));
    // The distributor's enable of the group does the same.
    b.write(b.gicd(GICD_CTLR), 0x6, secure);
    BOOST_TEST(!b.nfiq(0));
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(b.iar1(0) == 41u);
}

BOOST_AUTO_TEST_CASE(s15_only_a_priority_below_the_mask_is_signalled) {
    board b;
    b.enable(40, 0, 0x80);
    b.spi(40, true);
    b.set(0, icc::pmr, 0x80, el3);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.iar1(0) == 1023u);
    b.set(0, icc::pmr, 0x88, el3);
    BOOST_TEST(b.nirq(0));
    b.set(0, icc::pmr, 0, el3);
    BOOST_TEST(!b.nirq(0));
    // Priority 0 is masked by a mask of 0, too.
    b.priority(40, 0);
    BOOST_TEST(!b.nirq(0));
    b.set(0, icc::pmr, 0x08, el3);
    BOOST_TEST(b.nirq(0));
    // The idle priority cannot be signalled at all.
    b.priority(40, 0xff);
    b.set(0, icc::pmr, 0xff, el3);
    BOOST_TEST(b.get(0, icc::pmr, el3) == 0xf8u);
    BOOST_TEST(!b.nirq(0));
    b.priority(40, 0xf0);
    BOOST_TEST(b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s16_only_a_better_group_priority_preempts) {
    board b;
    b.set(0, icc::bpr1, 5); // Non-secure: group priority is [7:5]
    b.enable(40, 0, 0xa0);
    b.enable(41, 0, 0xb8);
    b.enable(42, 0, 0xa8);
    b.enable(43, 0, 0x98);
    b.spi(41, true);
    BOOST_TEST(b.iar1(0) == 41u);
    b.spi(42, true);
    b.spi(40, true);
    BOOST_TEST(!b.nirq(0));                   // same group priority 0xa0
    BOOST_TEST(b.get(0, icc::hppir1) == 40u); // subpriority orders them
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xa0u);
    b.spi(43, true);
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(b.iar1(0) == 43u);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0x80u);
    b.spi(43, false);
    b.eoir1(0, 43);
    b.spi(41, false);
    b.eoir1(0, 41);
    BOOST_TEST(b.iar1(0) == 40u);
    // With the finest binary point 0xa0 preempts 0xa8.
    b.spi(40, false);
    b.eoir1(0, 40);
    b.set(0, icc::bpr1, 3);
    BOOST_TEST(b.iar1(0) == 42u);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
}

BOOST_AUTO_TEST_CASE(s17_priorities_and_the_mask_keep_5_bits) {
    board b;
    b.write(b.gicd(IPRIORITYR + 40), 0xffa7868f, secure);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), secure) == 0xf8a08088u);
    b.write(b.sgi(1, IPRIORITYR + 27), 0x47, secure, 1);
    BOOST_TEST(b.read(b.sgi(1, IPRIORITYR + 27), secure, 1) == 0x40u);
    b.set(0, icc::pmr, 0x47, el3);
    BOOST_TEST(b.get(0, icc::pmr, el3) == 0x40u);
}

BOOST_AUTO_TEST_CASE(s18_a_binary_point_below_the_minimum_reads_the_minimum) {
    board b;
    for (uint64_t value = 0; value < 8; ++value) {
        b.set(0, icc::bpr0, value, el3);
        BOOST_TEST(b.get(0, icc::bpr0, el3) == std::max<uint64_t>(value, 2));
        b.set(0, icc::bpr1, value);
        BOOST_TEST(b.get(0, icc::bpr1) == std::max<uint64_t>(value, 3));
        b.set(0, icc::bpr1, value, secure);
        BOOST_TEST(b.get(0, icc::bpr1, secure) == std::max<uint64_t>(value, 2));
    }
}

BOOST_AUTO_TEST_CASE(s19_with_cbpr_group_1_uses_the_binary_point_of_group_0) {
    board b;
    b.set(0, icc::bpr0, 5, el3);
    b.set(0, icc::bpr1, 3);
    b.set(0, icc::ctlr_el3, 3, el3); // both banks
    BOOST_TEST((b.get(0, icc::ctlr) & 1) == 1u);
    BOOST_TEST(b.get(0, icc::bpr1) == 6u);
    b.set(0, icc::bpr1, 7);
    BOOST_TEST(b.get(0, icc::bpr1) == 6u);
    BOOST_TEST(b.get(0, icc::bpr0, el3) == 5u);
    // The Secure bank is an alias of BPR0.
    BOOST_TEST(b.get(0, icc::bpr1, secure) == 5u);
    b.set(0, icc::bpr1, 7, secure);
    BOOST_TEST(b.get(0, icc::bpr0, el3) == 7u);
    BOOST_TEST(b.get(0, icc::bpr1) == 7u); // saturates
    // And it decides about preemption: [7:6] with BPR0 = 5.
    b.set(0, icc::bpr0, 5, el3);
    b.enable(40, 0, 0xa0);
    b.enable(41, 0, 0x80);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.spi(41, true);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0x80u);
    // With two security states CBPR is EL3's.
    b.set(0, icc::ctlr, 0);
    BOOST_TEST((b.get(0, icc::ctlr) & 1) == 1u);
    b.set(0, icc::ctlr_el3, 0, el3);
    BOOST_TEST(b.get(0, icc::bpr1) == 3u);
    BOOST_TEST((b.get(0, icc::ctlr) & 1) == 0u);
}

BOOST_AUTO_TEST_CASE(s19_with_one_security_state_cbpr_is_written_at_el1) {
    board b(with(true));
    b.set(0, icc::bpr0, 4);
    b.set(0, icc::ctlr, 1);
    BOOST_TEST(b.get(0, icc::bpr1) == 5u);
    b.set(0, icc::bpr1, 3);
    b.set(0, icc::ctlr, 0);
    BOOST_TEST(b.get(0, icc::bpr1) == 3u);
}

BOOST_AUTO_TEST_CASE(s20_iar_with_nothing_to_take_is_1023_without_effect_and_iar1_leaves_group_0) {
    board b;
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    b.enable(40);
    b.group(40, 0, 0);
    b.spi(40, true);
    BOOST_TEST(b.nfiq(0));
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.iar1(0, secure) == 1023u);
    BOOST_TEST(b.get(0, icc::ap1r0) == 0u);
    BOOST_TEST(b.get(0, icc::ap0r0, el3) == 0u);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    BOOST_TEST(b.iar0(0) == 40u);
    BOOST_TEST(b.get(0, icc::ap0r0, el3) == 1u << 16);
    b.spi(40, false);
    b.eoir0(0, 40);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    // Nor does IAR0 take group 1: EL3 is told what waits, others nothing.
    b.group(40, 0, 1);
    b.spi(40, true);
    BOOST_TEST(b.iar0(0) == 1020u);
    BOOST_TEST(b.get(0, icc::iar0, secure) == 1023u);
    b.group(40, 1, 0);
    BOOST_TEST(b.iar0(0) == 1021u);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    // IAR1 of a state does not take the other's.
    BOOST_TEST(b.iar1(0, secure) == 1023u);
    b.group(40, 0, 1);
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.iar1(0, secure) == 40u);
}

BOOST_AUTO_TEST_CASE(s21_iar_honours_mask_and_running_priority_and_hppir_does_not) {
    board b;
    b.enable(40);
    b.spi(40, true);
    b.set(0, icc::pmr, 0, el3);
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.get(0, icc::hppir1) == 40u);
    b.set(0, icc::pmr, 0xf8, el3);
    b.set(0, icc::ap1r0, 1);
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.get(0, icc::hppir1) == 40u);
    b.set(0, icc::ap1r0, 0);
    BOOST_TEST(b.iar1(0) == 40u);
    BOOST_TEST(b.get(0, icc::hppir1) == 1023u);
}

BOOST_AUTO_TEST_CASE(s22_end_of_special_or_never_acknowledged_interrupts_does_no_harm) {
    board b;
    b.enable(40);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    for (const uint32_t id : {1020u, 1021u, 1022u, 1023u}) {
        b.eoir1(0, id);
        b.set(0, icc::dir, id);
        BOOST_TEST(b.get(0, icc::rpr, el3) == 0x80u);
        BOOST_TEST(b.bit(ISACTIVER, 40));
    }
    for (const uint32_t id : {352u, 1019u, 1024u, 8191u, 0xffffffu})
        b.eoir1(0, id);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0x80u);
    b.spi(40, false);
    b.eoir1(0, 40);
    b.eoir1(0, 40); // once too often
    b.eoir1(0, 41);
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
}

BOOST_AUTO_TEST_CASE(s23_eoir_drops_the_most_urgent_active_priority_of_its_group) {
    board b;
    const uint32_t ids[] = {40, 41, 42};
    const uint8_t priorities[] = {0xc0, 0xa0, 0x90};
    for (int n = 0; n < 3; ++n) {
        b.enable(ids[n], 0, priorities[n]);
        b.spi(ids[n], true);
        BOOST_TEST(b.iar1(0) == ids[n]);
        b.spi(ids[n], false);
    }
    BOOST_TEST(b.get(0, icc::ap1r0) == (1u << 24 | 1u << 20 | 1u << 18));
    b.enable(43, 0, 0x20);
    b.group(43, 0, 0);
    b.spi(43, true);
    BOOST_TEST(b.iar0(0) == 43u);
    BOOST_TEST(b.get(0, icc::ap0r0, el3) == 1u << 4);
    b.spi(43, false);
    b.eoir0(0, 43);
    BOOST_TEST(b.get(0, icc::ap0r0, el3) == 0u);
    BOOST_TEST(b.get(0, icc::ap1r0) == (1u << 24 | 1u << 20 | 1u << 18));
    b.eoir1(0, 42);
    BOOST_TEST(b.get(0, icc::ap1r0) == (1u << 24 | 1u << 20));
    b.eoir1(0, 41);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xc0u);
    b.eoir1(0, 40);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xffu);
    for (const uint32_t id : ids)
        BOOST_TEST(!b.bit(ISACTIVER, id));
}

BOOST_AUTO_TEST_CASE(s24_with_eoimode_1_dir_alone_deactivates_and_with_0_it_is_ignored) {
    board b;
    b.enable(40);
    b.enable(41, 0, 0x70);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.set(0, icc::dir, 40);
    BOOST_TEST(b.bit(ISACTIVER, 40));
    b.spi(40, false);
    b.eoir1(0, 40);
    BOOST_TEST(!b.bit(ISACTIVER, 40));

    for (unsigned c : {0u, 3u})
        b.set(c, icc::ctlr, 2);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.spi(41, true);
    BOOST_TEST(b.iar1(0) == 41u);
    b.eoir1(0, 41);
    b.eoir1(0, 40);
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    BOOST_TEST(b.bit(ISACTIVER, 40));
    BOOST_TEST(b.bit(ISACTIVER, 41));
    b.spi(40, false);
    b.spi(41, false);
    b.set(0, icc::dir, 40); // in the order of the acknowledgements, not its reverse
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    BOOST_TEST(b.bit(ISACTIVER, 41));
    b.set(3, icc::dir, 41);
    BOOST_TEST(!b.bit(ISACTIVER, 41));
    // EOImode is each core's own.
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.eoir1(0, 40);
    b.set(1, icc::dir, 40);
    BOOST_TEST(b.bit(ISACTIVER, 40));
}

BOOST_AUTO_TEST_CASE(s25_dir_without_eoir_leaves_the_active_priority) {
    board b;
    b.set(0, icc::ctlr, 2);
    b.enable(40);
    b.spi(40, true);
    BOOST_TEST(b.iar1(0) == 40u);
    b.spi(40, false);
    b.set(0, icc::dir, 40);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0x80u);
    b.eoir1(0, 40);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xffu);
}

BOOST_AUTO_TEST_CASE(s26_eoimode_is_bit_1_of_the_control_register) {
    board b;
    BOOST_TEST(b.get(0, icc::ctlr) == 0x8400u);
    b.set(0, icc::ctlr, 0x200);
    BOOST_TEST(b.get(0, icc::ctlr) == 0x8400u);
    b.set(0, icc::ctlr, 0x2);
    BOOST_TEST(b.get(0, icc::ctlr) == 0x8402u);
    b.set(0, icc::ctlr, ~0ull);
    BOOST_TEST(b.get(0, icc::ctlr) == 0x8402u);
    BOOST_TEST(b.get(1, icc::ctlr) == 0x8400u);
}

BOOST_AUTO_TEST_CASE(s27_running_priority_reads_in_the_view_of_who_asks) {
    board b;
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xffu);
    b.enable(40, 0, 0xc8);
    b.spi(40, true);
    b.iar1(0);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xc8u);
    BOOST_TEST(b.get(0, icc::rpr) == 0x90u);
    b.enable(41, 0, 0x40);
    b.group(41, 0, 0);
    b.spi(41, true);
    b.iar0(0);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0x40u);
    BOOST_TEST(b.get(0, icc::rpr) == 0u);
}

BOOST_AUTO_TEST_CASE(s28_ctlr_el3_shows_both_banks_of_eoimode) {
    board b;
    b.set(0, icc::ctlr, 2, secure);
    BOOST_TEST(b.get(0, icc::ctlr_el3, el3) == (0x8400u | 1u << 3));
    BOOST_TEST(b.get(0, icc::ctlr) == 0x8400u);
    b.set(0, icc::ctlr, 0, secure);
    b.set(0, icc::ctlr, 2);
    BOOST_TEST(b.get(0, icc::ctlr_el3, el3) == (0x8400u | 1u << 4));
    b.set(0, icc::ctlr_el3, 1u << 3 | 1u << 2, el3);
    BOOST_TEST(b.get(0, icc::ctlr, secure) == 0x8402u);
    BOOST_TEST(b.get(0, icc::ctlr) == 0x8400u);
    // EOImode_EL3 is a mode of its own.
    b.enable(40);
    b.group(40, 0, 0);
    b.spi(40, true);
    b.iar0(0);
    b.eoir0(0, 40);
    BOOST_TEST(b.bit(ISACTIVER, 40));
    b.set(0, icc::dir, 40, el3);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
}

BOOST_AUTO_TEST_CASE(s29_active_priorities_can_be_saved_and_restored) {
    board b;
    b.enable(40, 0, 0xa0);
    b.spi(40, true);
    b.iar1(0);
    b.spi(40, false);
    const uint64_t saved = b.get(0, icc::ap1r0);
    BOOST_TEST(saved == 1u << 20);
    b.set(0, icc::ap1r0, 0);
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    b.set(0, icc::ap1r0, saved);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xa0u);
    b.set(0, icc::ap1r0, 0xffffffff);
    BOOST_TEST(b.get(0, icc::ap1r0) == 0xffffffffu);
    BOOST_TEST(b.get(0, icc::ap1r0, secure) == 0u);
    b.set(0, icc::ap0r0, 0x80, el3);
    BOOST_TEST(b.get(0, icc::ap0r0, el3) == 0x80u);
}

BOOST_AUTO_TEST_CASE(s30_the_wire_is_recomputed_within_the_access_of_the_core_itself) {
    board b;
    b.enable(40);
    b.enable(41, 0, 0xc0);
    b.spi(40, true);
    b.spi(41, true);
    b.automatic_time = false;
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(b.iar1(0) == 40u);
    BOOST_TEST(!b.nirq(0));
    b.set(0, icc::ap1r0, 0); // 41 could preempt now
    BOOST_TEST(b.nirq(0));
    b.set(0, icc::pmr, 0, el3);
    BOOST_TEST(!b.nirq(0));
    b.set(0, icc::pmr, 0xf8, el3);
    BOOST_TEST(b.nirq(0));
    b.set(0, icc::igrpen1, 0);
    BOOST_TEST(!b.nirq(0));
    b.set(0, icc::igrpen1, 1);
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(b.iar1(0) == 41u);
    BOOST_TEST(!b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s31_a_line_that_dropped_after_nirq_rose_gives_a_spurious_acknowledge) {
    board b;
    b.enable(40);
    b.spi(40, true);
    BOOST_TEST(b.nirq(0));
    b.automatic_time = false;
    b.spi(40, false);
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
}

BOOST_AUTO_TEST_CASE(s32_nirq_depends_on_nothing_of_the_core_but_its_cpu_interface) {
    // A core in WFI wakes by nIRQ or nFIQ, regardless of what PSTATE masks: the GIC knows nothing of PSTATE, and the
    // level stays until the interrupt is taken.
    board b;
    b.enable(30, 1);
    b.ppi(1, 30, true);
    BOOST_TEST(b.nirq(1));
    board::wait_ns(100000);
    BOOST_TEST(b.nirq(1));
    BOOST_TEST(b.iar1(1) == 30u);
    BOOST_TEST(!b.nirq(1));
}

BOOST_AUTO_TEST_CASE(ties_of_priority_go_to_the_lowest_intid) {
    board b;
    for (const uint32_t id : {200u, 45u, 29u, 3u}) {
        b.enable(id);
        b.mark(ISPENDR, id);
    }
    for (const uint32_t id : {3u, 29u, 45u, 200u}) {
        BOOST_TEST(b.iar1(0) == id);
        b.eoir1(0, id);
    }
    // Across groups too.
    b.set(0, icc::pmr, 0xf8, el3);
    b.group(45, 0, 0);
    b.mark(ISPENDR, 45);
    b.mark(ISPENDR, 29);
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(!b.nfiq(0));
    BOOST_TEST(b.iar1(0) == 29u);
}

BOOST_AUTO_TEST_CASE(preemption_nests_through_all_16_nonsecure_levels) {
    board b;
    for (unsigned n = 0; n < 15; ++n) {
        const uint32_t id = 40 + n;
        b.enable(id, 0, static_cast<uint8_t>(0xf0 - 8 * n));
        b.spi(id, true);
        BOOST_TEST(b.iar1(0) == id);
        b.spi(id, false);
    }
    for (unsigned n = 15; n-- > 0;) {
        BOOST_TEST(b.get(0, icc::rpr, el3) == 0xf0u - 8 * n);
        b.eoir1(0, 40 + n);
    }
    BOOST_TEST(b.get(0, icc::rpr) == 0xffu);
}

BOOST_AUTO_TEST_CASE(registers_exist_only_at_their_exception_levels) {
    board b;
    uint64_t value = 0;
    const auto readable = [&](uint32_t reg, unsigned el, bool sec) {
        return b.gic.icc[0]->read_sysreg(reg, value, board::origin({el, sec}));
    };
    BOOST_TEST(!readable(icc::pmr, 0, false));
    BOOST_TEST(readable(icc::pmr, 1, false));
    BOOST_TEST(!readable(icc::sre_el2, 1, false));
    BOOST_TEST(readable(icc::sre_el2, 2, false));
    BOOST_TEST(!readable(icc::ctlr_el3, 2, false));
    BOOST_TEST(!readable(icc::igrpen1_el3, 2, false));
    BOOST_TEST(!readable(icc::sre_el3, 2, false));
    BOOST_TEST(readable(icc::sre_el3, 3, true));
    BOOST_TEST(!readable(icc::eoir1, 1, false)); // write-only
    BOOST_TEST(!b.gic.icc[0]->write_sysreg(icc::iar1, 0, board::origin(ns)));
    BOOST_TEST(!readable(sysreg(3, 4, 12, 11, 0), 2, false)); // ICH_HCR_EL2: no virtual interface
    BOOST_TEST(!readable(sysreg(3, 0, 12, 9, 1), 1, false));  // ICC_AP1R1_EL1: 5 bits need one register
    BOOST_TEST(!readable(icc::iar0, 1, false));               // EL3 keeps group 0 from Non-secure software
    BOOST_TEST(readable(icc::iar0, 1, true));
    BOOST_TEST(b.get(0, icc::sre) == 1u);
    BOOST_TEST(b.get(0, icc::sre_el2) == 9u);
    b.set(0, icc::sre, 6);
    BOOST_TEST(b.get(0, icc::sre) == 1u);
    b.set(0, icc::sre_el3, 6, el3);
    BOOST_TEST(b.get(0, icc::sre) == 7u);
}

BOOST_AUTO_TEST_CASE(group_1_of_the_other_security_state_signals_fiq) {
    // Non-secure core (the wire is not bound): Secure group 1 is FIQ, its own is IRQ.
    board b;
    b.enable(40);
    b.group(40, 0, 1);
    b.spi(40, true);
    BOOST_TEST(b.nfiq(0));
    BOOST_TEST(!b.nirq(0));
    b.gic.secure_state[0]->set(true, sc_core::SC_ZERO_TIME);
    BOOST_TEST(!b.nfiq(0));
    BOOST_TEST(b.nirq(0));
    b.group(40, 1, 0);
    BOOST_TEST(b.nfiq(0));
    b.gic.secure_state[0]->set(false, sc_core::SC_ZERO_TIME);
    BOOST_TEST(b.nirq(0));
}
