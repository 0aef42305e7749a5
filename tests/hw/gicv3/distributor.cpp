// SPDX-License-Identifier: Apache-2.0
//
// Distributor, redistributor and message-based SPIs: semantics 38 to 49.
#include "harness.h"

using namespace rk3568;
using namespace rk3568::test;

namespace {

// An ICC_SGI1R value: SGI `id` to the cores of a cluster.
uint64_t sgi_to(uint32_t affinity, uint16_t list, uint32_t id) {
    return static_cast<uint64_t>(affinity >> 24) << 48 | static_cast<uint64_t>(affinity >> 16 & 0xff) << 32 |
           static_cast<uint64_t>(affinity >> 8 & 0xff) << 16 | static_cast<uint64_t>(id) << 24 | list;
}

} // namespace

BOOST_AUTO_TEST_CASE(s38_itlinesnumber_counts_the_private_interrupts) {
    board b(with(), false);
    BOOST_TEST((b.read(b.gicd(GICD_TYPER)) & 0x1f) == 10u);
    BOOST_TEST(b.read(b.gicd(GICD_TYPER), secure) == 0x007b040au);
}

BOOST_AUTO_TEST_CASE(s40_nothing_is_forwarded_to_a_sleeping_core) {
    board b(with(), false);
    b.firmware();
    b.kernel();
    b.enable(40, 2);
    b.write(b.rd(2, GICR_WAKER), 2, secure);
    BOOST_TEST(b.read(b.rd(2, GICR_WAKER), secure) == 6u);
    b.spi(40, true);
    BOOST_TEST(!b.nirq(2));
    BOOST_TEST(b.iar1(2) == 1023u);
    BOOST_TEST(b.get(2, icc::hppir1) == 1023u);
    BOOST_TEST(b.bit(ISPENDR, 40));
    BOOST_TEST(b.gic.wake_request[2].level());
    BOOST_TEST(!b.gic.wake_request[1].level());
    b.write(b.rd(2, GICR_WAKER), 0); // Non-secure: not seen
    BOOST_TEST(b.read(b.rd(2, GICR_WAKER)) == 0u);
    BOOST_TEST(!b.nirq(2));
    b.write(b.rd(2, GICR_WAKER), 0, secure);
    BOOST_TEST(b.read(b.rd(2, GICR_WAKER), secure) == 0u);
    BOOST_TEST(b.nirq(2));
    BOOST_TEST(!b.gic.wake_request[2].level());
    BOOST_TEST(b.iar1(2) == 40u);
    // Sleep and Quiescent need everybody asleep.
    b.write(b.rd(0, GICR_WAKER), 1, secure);
    BOOST_TEST(b.read(b.rd(0, GICR_WAKER), secure) == 0u);
    for (unsigned c = 0; c < 4; ++c)
        b.write(b.rd(c, GICR_WAKER), 2, secure);
    b.write(b.rd(0, GICR_WAKER), 3, secure);
    BOOST_TEST(b.read(b.rd(3, GICR_WAKER), secure) == 0x80000007u);
}

BOOST_AUTO_TEST_CASE(s41_a_redistributor_is_powered_down_until_pwrr_is_written) {
    board b(with(), false);
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR), secure) == 0xdu);
    // Without power there is no waking up.
    b.write(b.rd(1, GICR_WAKER), 0, secure);
    BOOST_TEST((b.read(b.rd(1, GICR_WAKER), secure) & 4) == 4u);
    b.write(b.rd(1, GICR_WAKER), 2, secure);
    b.write(b.rd(1, GICR_PWRR), 0); // Secure software's register
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR)) == 0u);
    BOOST_TEST((b.read(b.rd(1, GICR_PWRR), secure) & 1) == 1u);
    b.write(b.rd(1, GICR_PWRR), 0, secure);
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR), secure) == 0u); // the group is on
    BOOST_TEST(b.read(b.rd(0, GICR_PWRR), secure) == 1u); // but not this one
    b.write(b.rd(1, GICR_WAKER), 0, secure);
    BOOST_TEST(b.read(b.rd(1, GICR_WAKER), secure) == 0u);
    // Awake, it cannot be powered down.
    b.write(b.rd(1, GICR_PWRR), 1, secure);
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR), secure) == 0u);
    b.write(b.rd(1, GICR_WAKER), 2, secure);
    b.write(b.rd(1, GICR_PWRR), 1, secure);
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR), secure) == 0xdu);
    // RDAG: the whole group at once.
    b.write(b.rd(3, GICR_PWRR), 2, secure);
    for (unsigned c = 0; c < 4; ++c)
        BOOST_TEST(b.read(b.rd(c, GICR_PWRR), secure) == 0u);
}

BOOST_AUTO_TEST_CASE(s42_gicr_typer_names_the_core_and_the_last_one) {
    board b(with(), false);
    const uint64_t expected[] = {0x0000000000000021, 0x0000010000000121, 0x0000020000000221, 0x0000030000000331};
    for (unsigned c = 0; c < 4; ++c) {
        BOOST_TEST(b.rd(c, 0) == 0x60000u + 0x20000 * c);
        BOOST_TEST(b.read(b.rd(c, GICR_TYPER), ns, 8) == expected[c]);
        BOOST_TEST(b.read(b.rd(c, GICR_TYPER)) == (expected[c] & 0xffffffff));
        BOOST_TEST(b.read(b.rd(c, GICR_TYPER + 4)) == expected[c] >> 32);
    }
    BOOST_TEST(b.gic.page(gicv3::frame::gits) == 0x40000u);
    BOOST_TEST(b.gic.page(gicv3::frame::gicda) == 0xe0000u);
    BOOST_TEST(b.gic.span() == 0xf0000u);
}

BOOST_AUTO_TEST_CASE(s43_halves_of_irouter_bytes_of_ipriorityr_and_no_other_narrow_access) {
    board b;
    b.write(b.gicd(IROUTER + 8 * 40), 0x80000200);
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * 40), ns, 8) == 0x80000200u);
    b.write(b.gicd(IROUTER + 8 * 40 + 4), 0xffffffff); // GICD_TYPER.A3V is 0: no Aff3
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * 40), ns, 8) == 0x80000200u);
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * 40 + 4)) == 0u);
    b.write(b.gicd(IROUTER + 8 * 40), 0x300, ns, 8);
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * 40)) == 0x300u);

    b.write(b.gicd(IPRIORITYR + 40), 0x11223344, secure);
    b.write(b.gicd(IPRIORITYR + 42), 0xf0, secure, 1);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), secure) == 0x10f03040u);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 43), secure, 1) == 0x10u);
    b.write(b.gicd(IPRIORITYR + 40), 0xf8f8, secure, 2);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), secure) == 0x10f03040u);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), secure, 2) == 0u);

    b.write(b.gicd(ISENABLER + 4), 0xff, secure, 1);
    b.write(b.gicd(ISENABLER + 4), 0xffff, secure, 2);
    b.write(b.gicd(ISENABLER + 8), 0xffffffffffffffff, secure, 8);
    BOOST_TEST(b.read(b.gicd(ISENABLER + 4), secure) == 0u);
    BOOST_TEST(b.read(b.gicd(ISENABLER + 8), secure) == 0u);
    BOOST_TEST(b.read(b.gicd(GICD_TYPER), secure, 1) == 0u);
}

BOOST_AUTO_TEST_CASE(s43_aff3_counts_where_it_is_implemented) {
    gicv3_params p = with();
    p.a3v = true;
    p.aff = {0x00000000, 0x01000000, 0x00020304};
    board b(p);
    BOOST_TEST(b.read(b.gicd(GICD_TYPER)) == 0x017b040au);
    b.enable(40);
    b.write(b.gicd(IROUTER + 8 * 40), 1ull << 32, secure, 8);
    b.spi(40, true);
    BOOST_TEST(b.nirq(1));
    BOOST_TEST(!b.nirq(0));
    b.write(b.gicd(IROUTER + 8 * 40), 0x20304, secure, 8);
    BOOST_TEST(b.nirq(2));
    b.enable(3, 2);
    b.set(0, icc::sgi1r, sgi_to(0x20300, 1u << 4, 3));
    BOOST_TEST(b.bit(ISPENDR, 3, 2));
    b.set(0, icc::sgi1r, sgi_to(0x20300, 1u << 3, 4));
    BOOST_TEST(!b.bit(ISPENDR, 4, 2));
}

BOOST_AUTO_TEST_CASE(s44_rerouting_moves_what_is_pending_and_leaves_what_is_active) {
    board b;
    b.enable(40, 0);
    b.spi(40, true);
    BOOST_TEST(b.nirq(0));
    b.route(40, b.affinity(3));
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.nirq(3));
    BOOST_TEST(b.iar1(0) == 1023u);
    BOOST_TEST(b.iar1(3) == 40u);
    b.route(40, b.affinity(1));
    BOOST_TEST(b.bit(ISACTIVER, 40));
    BOOST_TEST(!b.nirq(1));
    BOOST_TEST(b.get(3, icc::rpr, el3) == 0x80u);
    b.eoir1(3, 40);
    BOOST_TEST(b.nirq(1)); // the line is still high
    BOOST_TEST(!b.nirq(3));
}

BOOST_AUTO_TEST_CASE(s45_an_spi_routed_to_nobody_stays_pending) {
    board b;
    b.enable(40);
    for (const uint64_t no_core : {0x400u, 0x1u, 0x101u, 0x10000u}) {
        b.route(40, no_core);
        b.spi(40, true);
        BOOST_TEST(b.bit(ISPENDR, 40));
        for (unsigned c = 0; c < 4; ++c)
            BOOST_TEST(!b.nirq(c));
        b.route(40, b.affinity(2));
        BOOST_TEST(b.nirq(2));
        b.spi(40, false);
    }
}

BOOST_AUTO_TEST_CASE(s46_a_1_of_n_interrupt_goes_to_exactly_one_core_that_takes_part) {
    board b;
    b.enable(40);
    b.edge(40);
    b.route(40, board::any);
    const auto takers = [&] {
        unsigned n = 0;
        for (unsigned c = 0; c < 4; ++c)
            n |= static_cast<unsigned>(b.nirq(c)) << c;
        return n;
    };
    b.pulse(40);
    BOOST_TEST(takers() == 1u);
    for (unsigned c = 1; c < 4; ++c)
        BOOST_TEST(b.iar1(c) == 1023u);
    // DPG1NS of the core that has it: it goes elsewhere (what the workaround of erratum 2384374 relies on).
    b.write(b.rd(0, 0), 1u << 25);
    BOOST_TEST(takers() == 2u);
    b.write(b.rd(1, 0), 1u << 24 | 1u << 26, secure); // the other groups' bits do not count
    BOOST_TEST(takers() == 2u);
    BOOST_TEST(b.read(b.rd(1, 0)) == 0u);
    BOOST_TEST((b.read(b.rd(1, 0), secure) & ~8u) == 0x05000000u);
    b.set(1, icc::igrpen1, 0);
    BOOST_TEST(takers() == 4u);
    b.write(b.rd(2, GICR_WAKER), 2, secure);
    BOOST_TEST(takers() == 8u);
    BOOST_TEST(b.iar1(3) == 40u);
    b.eoir1(3, 40);
    b.set(3, icc::igrpen1, 0);
    b.pulse(40);
    BOOST_TEST(takers() == 0u);
    BOOST_TEST(b.bit(ISPENDR, 40));
    BOOST_TEST(!b.gic.wake_request[2].level());
    // E1NWF: a sleeping core may be chosen when no other can take it.
    b.write(b.gicd(GICD_CTLR), 0x87, secure);
    BOOST_TEST(b.gic.wake_request[2].level());
    b.write(b.rd(2, GICR_WAKER), 0, secure);
    BOOST_TEST(b.iar1(2) == 40u);
    // With a fixed route DPG has no say.
    b.write(b.rd(0, 0), 1u << 25);
    b.route(40, b.affinity(0));
    b.eoir1(2, 40);
    b.pulse(40);
    BOOST_TEST(takers() == 1u);
}

BOOST_AUTO_TEST_CASE(s46_the_classes_of_1_of_n_exclude_cores) {
    board b;
    b.enable(40);
    b.route(40, board::any);
    b.write(b.rd(0, GICR_CLASSR), 1, secure);
    b.write(b.rd(1, GICR_CLASSR), 1, secure);
    b.field(ICLAR, 2, 40, 2); // not to class 1
    b.spi(40, true);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.nirq(2));
    b.field(ICLAR, 2, 40, 1); // not to class 0
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(!b.nirq(2));
    b.field(ICLAR, 2, 40, 3);
    BOOST_TEST(!b.nirq(0));
    b.field(ICLAR, 2, 40, 0);
    b.write(b.rd(0, GICR_CLASSR), 0, secure);
    BOOST_TEST(b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s47_private_interrupts_are_their_cores_own_and_compete_with_spis) {
    board b;
    for (unsigned c = 0; c < 4; ++c)
        b.enable(27, c);
    b.ppi(2, 27, true);
    for (unsigned c = 0; c < 4; ++c)
        BOOST_TEST(b.nirq(c) == (c == 2));
    BOOST_TEST(b.iar1(1) == 1023u);
    BOOST_TEST(!b.bit(ISPENDR, 27, 1));
    b.enable(40, 2, 0x70);
    b.enable(41, 2, 0x90);
    b.spi(41, true);
    b.spi(40, true);
    BOOST_TEST(b.iar1(2) == 40u);
    b.spi(40, false);
    b.eoir1(2, 40);
    BOOST_TEST(b.iar1(2) == 27u);
    b.ppi(2, 27, false);
    b.eoir1(2, 27);
    BOOST_TEST(b.iar1(2) == 41u);
    // A PPI's active state is its core's own, too.
    b.enable(27, 1);
    b.ppi(1, 27, true);
    BOOST_TEST(b.iar1(1) == 27u);
    BOOST_TEST(!b.bit(ISACTIVER, 27, 2));
}

BOOST_AUTO_TEST_CASE(s48_sgis_are_edges_for_ever_and_a_change_of_icfgr_counts_at_once) {
    board b;
    BOOST_TEST(b.read(b.sgi(0, ICFGR)) == 0xaaaaaaaau);
    b.write(b.sgi(0, ICFGR), 0);
    BOOST_TEST(b.read(b.sgi(0, ICFGR)) == 0xaaaaaaaau);
    b.write(b.sgi(0, ICFGR + 4), 0xffffffff);
    BOOST_TEST(b.read(b.sgi(0, ICFGR + 4)) == 0xaaaaaaaau); // bit 0 of a pair is reserved
    b.enable(40);
    b.spi(40, true);
    BOOST_TEST(b.nirq(0));
    b.edge(40);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(!b.bit(ISPENDR, 40));
    b.edge(40, false);
    BOOST_TEST(b.nirq(0));
}

BOOST_AUTO_TEST_CASE(s49_a_message_on_a_level_spi_holds_until_cleared) {
    board b;
    for (const uint64_t page : {0ull, 0x10000ull}) {
        b.enable(296);
        b.write(page + SETSPI_NSR, 296);
        BOOST_TEST(b.bit(ISPENDR, 296));
        BOOST_TEST(b.iar1(0) == 296u);
        BOOST_TEST(b.bit(ISPENDR, 296)); // active and pending
        b.write(page + CLRSPI_NSR, 296);
        BOOST_TEST(!b.bit(ISPENDR, 296));
        b.eoir1(0, 296);
        BOOST_TEST(!b.nirq(0));
        b.write(page + SETSPI_NSR, 296);
        b.mark(ICPENDR, 296);
        BOOST_TEST(b.bit(ISPENDR, 296));
        b.write(page + CLRSPI_NSR, 296);
        BOOST_TEST(!b.nirq(0));
    }
}

BOOST_AUTO_TEST_CASE(s49_a_message_on_an_edge_spi_is_consumed_by_acknowledge) {
    board b;
    for (const uint64_t page : {0ull, 0x10000ull}) {
        b.enable(319, 1, 0x80, true);
        b.write(page + SETSPI_NSR, 319, ns, 2); // 16 bits
        b.write(page + SETSPI_NSR, 319);
        BOOST_TEST(b.iar1(1) == 319u);
        BOOST_TEST(!b.bit(ISPENDR, 319));
        b.eoir1(1, 319);
        BOOST_TEST(b.iar1(1) == 1023u);
        b.write(page + SETSPI_NSR, 319);
        b.write(page + CLRSPI_NSR, 319, ns, 2);
        BOOST_TEST(!b.nirq(1));
        b.write(page + SETSPI_NSR, 319);
        b.mark(ICPENDR, 319);
        BOOST_TEST(!b.nirq(1));
        BOOST_TEST(b.read(page + SETSPI_NSR) == 0u); // write-only
    }
}

BOOST_AUTO_TEST_CASE(s49_messages_out_of_range_or_without_right_are_ignored) {
    board b;
    for (const uint32_t id : {0u, 27u, 31u, 352u, 1020u, 1023u, 0x1128u, 0x2128u})
        b.write(b.gicd(SETSPI_NSR), id);
    for (unsigned n = 0; n < 11; ++n) // 0x2128 has a reserved bit set above INTID 296
        BOOST_TEST(b.read(b.gicd(ISPENDR + 4 * n), secure) == (n == 9 ? 0x100u : 0u));
    b.write(b.gicd(CLRSPI_NSR), 296);
    for (const uint32_t id : {32u, 351u}) { // not of those that the message page advertises, but SPIs
        b.write(b.gica(SETSPI_NSR), id);
        BOOST_TEST(b.bit(ISPENDR, id));
        b.write(b.gicd(CLRSPI_NSR), id);
        BOOST_TEST(!b.bit(ISPENDR, id));
    }
    b.group(300, 0, 0);
    b.write(b.gicd(SETSPI_NSR), 300);
    b.write(b.gicd(SETSPI_SR), 300);
    BOOST_TEST(!b.bit(ISPENDR, 300));
    b.write(b.gicd(SETSPI_SR), 300, secure);
    BOOST_TEST(b.bit(ISPENDR, 300));
    b.write(b.gicd(CLRSPI_NSR), 300);
    b.write(b.gicd(CLRSPI_SR), 300);
    BOOST_TEST(b.bit(ISPENDR, 300));
    b.write(b.gica(CLRSPI_SR), 300, secure);
    BOOST_TEST(!b.bit(ISPENDR, 300));
    b.field(NSACR, 2, 300, 1);
    b.write(b.gicd(SETSPI_NSR), 300);
    BOOST_TEST(b.bit(ISPENDR, 300));
    b.write(b.gicd(CLRSPI_NSR), 300);
    BOOST_TEST(b.bit(ISPENDR, 300));
    b.field(NSACR, 2, 300, 2);
    b.write(b.gicd(CLRSPI_NSR), 300);
    BOOST_TEST(!b.bit(ISPENDR, 300));
}

BOOST_AUTO_TEST_CASE(s49_with_one_security_state_there_are_no_secure_message_registers) {
    board b(with(true));
    b.write(b.gicd(SETSPI_SR), 296, secure);
    BOOST_TEST(!b.bit(ISPENDR, 296));
    b.write(b.gicd(SETSPI_NSR), 296);
    BOOST_TEST(b.bit(ISPENDR, 296));
}

BOOST_AUTO_TEST_CASE(the_message_page_says_which_spis_take_messages) {
    board b(with(), false);
    BOOST_TEST(b.read(b.gica(8)) == (0xe0000000u | 296u << 16 | 24u));
    BOOST_TEST(b.read(b.gica(0xfcc)) == 0x0201743bu);
}

BOOST_AUTO_TEST_CASE(sgis_reach_the_cores_of_their_target_list) {
    board b;
    for (unsigned c = 0; c < 4; ++c)
        b.enable(5, c);
    const auto pending = [&] {
        unsigned n = 0;
        for (unsigned c = 0; c < 4; ++c) {
            n |= static_cast<unsigned>(b.bit(ISPENDR, 5, c)) << c;
            b.mark(ICPENDR, 5, c);
        }
        return n;
    };
    // On the RK3568 core n is Aff1 = n, Aff0 = 0.
    b.set(0, icc::sgi1r, sgi_to(0x200, 1, 5));
    BOOST_TEST(pending() == 4u);
    b.set(0, icc::sgi1r, sgi_to(0x000, 1, 5));
    BOOST_TEST(pending() == 1u);
    for (const uint16_t list : {0x0, 0x2, 0xfffe})
        b.set(0, icc::sgi1r, sgi_to(0x100, list, 5));
    b.set(0, icc::sgi1r, sgi_to(0x01000100, 1, 5));
    b.set(0, icc::sgi1r, sgi_to(0x00010100, 1, 5));
    b.set(0, icc::sgi1r, sgi_to(0x100, 1, 5) | 1ull << 44); // range selector: Aff0 16 to 31
    BOOST_TEST(pending() == 0u);
    b.set(2, icc::sgi1r, 1ull << 40 | 5ull << 24);
    BOOST_TEST(pending() == 0xbu);
    // Repeats collapse, and the acknowledge carries no source.
    b.set(0, icc::sgi1r, sgi_to(0x100, 1, 5));
    b.set(2, icc::sgi1r, sgi_to(0x100, 1, 5));
    BOOST_TEST(b.iar1(1) == 5u);
    b.eoir1(1, 5);
    BOOST_TEST(b.iar1(1) == 1023u);
    // GICR_ISPENDR0 sets them too.
    b.mark(ISPENDR, 5, 3);
    BOOST_TEST(b.nirq(3));
}
