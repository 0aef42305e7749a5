// SPDX-License-Identifier: Apache-2.0
//
// Groups and security states: semantics 33 to 37.
#include "harness.h"

using namespace rk3568;
using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(s33_the_nonsecure_view_of_gicd_ctlr_has_are_at_4_and_its_enable_at_1) {
    board b(with(), false);
    BOOST_TEST(b.read(b.gicd(GICD_CTLR), secure) == 0x30u);
    BOOST_TEST(b.read(b.gicd(GICD_CTLR)) == 0x10u);
    b.write(b.gicd(GICD_CTLR), 0x2);
    BOOST_TEST(b.read(b.gicd(GICD_CTLR)) == 0x12u);
    BOOST_TEST(b.read(b.gicd(GICD_CTLR), secure) == 0x32u);
    // Bit 0 has no meaning with affinity routing, and a Non-secure write does not reach the others.
    b.write(b.gicd(GICD_CTLR), 0xff);
    BOOST_TEST(b.read(b.gicd(GICD_CTLR), secure) == 0x32u);
    b.write(b.gicd(GICD_CTLR), 0x85, secure);
    BOOST_TEST((b.read(b.gicd(GICD_CTLR), secure) & 0x7fffffff) == 0xb5u);
    BOOST_TEST((b.read(b.gicd(GICD_CTLR)) & 0x7fffffff) == 0x10u);
    b.write(b.gicd(GICD_CTLR), 0);
    BOOST_TEST((b.read(b.gicd(GICD_CTLR), secure) & 0x7fffffff) == 0xb5u);
}

BOOST_AUTO_TEST_CASE(s33_with_one_security_state_there_is_one_view) {
    board b(with(true), false);
    for (const world w : {ns, secure}) {
        b.write(b.gicd(GICD_CTLR), 0, w);
        BOOST_TEST((b.read(b.gicd(GICD_CTLR), w) & 0x7fffffff) == 0x50u);
        b.write(b.gicd(GICD_CTLR), 0xff, w);
        BOOST_TEST((b.read(b.gicd(GICD_CTLR), w) & 0x7fffffff) == 0xd3u);
    }
}

BOOST_AUTO_TEST_CASE(s34_ds_can_only_be_set_and_then_there_is_no_security_extension) {
    board b(with(), false);
    BOOST_TEST(b.read(b.gicd(GICD_TYPER)) == 0x007b040au);
    b.write(b.gicd(GICD_CTLR), 0x40); // Non-secure software cannot
    BOOST_TEST(b.read(b.gicd(GICD_TYPER)) == 0x007b040au);
    b.write(b.gicd(GICD_CTLR), 0x44, secure);
    BOOST_TEST(b.read(b.gicd(GICD_TYPER)) == 0x007b000au);
    BOOST_TEST((b.read(b.gicd(GICD_CTLR), secure) & 0x7fffffff) == 0x50u); // EnableGrp1S is gone
    b.write(b.gicd(GICD_CTLR), 0, secure);
    BOOST_TEST((b.read(b.gicd(GICD_CTLR), secure) & 0x7fffffff) == 0x50u);
    // What was Secure group 1 is group 0 now.
    b.write(b.gicd(IGRPMODR + 4), 0xffffffff, secure);
    BOOST_TEST(b.read(b.gicd(IGRPMODR + 4), secure) == 0u);
    b.write(b.gicd(IGROUPR + 4), 0x0000ffff);
    BOOST_TEST(b.read(b.gicd(IGROUPR + 4)) == 0x0000ffffu);
    b.write(b.gicd(NSACR + 8), 0xffffffff, secure);
    BOOST_TEST(b.read(b.gicd(NSACR + 8), secure) == 0u);
}

BOOST_AUTO_TEST_CASE(s34_setting_ds_regroups_what_is_pending) {
    board b;
    b.enable(40);
    b.group(40, 0, 1);
    b.spi(40, true);
    BOOST_TEST(b.nfiq(0));
    BOOST_TEST(b.iar0(0) == 1020u);
    b.write(b.gicd(GICD_CTLR), 0x47, secure);
    BOOST_TEST(b.nfiq(0));
    BOOST_TEST(b.get(0, icc::iar0) == 40u); // as group 0, by any software
}

BOOST_AUTO_TEST_CASE(s35_nonsecure_accesses_do_not_reach_secure_interrupts) {
    board b;
    const uint32_t sec0 = 40, sec1 = 41, own = 42;
    b.group(sec0, 0, 0);
    b.group(sec1, 0, 1);
    for (const uint32_t id : {sec0, sec1, own})
        b.priority(id, 0xa0);
    for (const uint64_t reg : {ISENABLER, ISPENDR, ISACTIVER}) {
        b.write(b.gicd(reg + 4), 7u << 8);
        BOOST_TEST(b.read(b.gicd(reg + 4), secure) == 4u << 8);
        b.write(b.gicd(reg + 4), 7u << 8, secure);
        BOOST_TEST(b.read(b.gicd(reg + 4)) == 4u << 8);
        b.write(b.gicd(reg + 0x84), 7u << 8);
        BOOST_TEST(b.read(b.gicd(reg + 4), secure) == 3u << 8);
        b.write(b.gicd(reg + 0x84), 7u << 8, secure);
    }
    BOOST_TEST(b.read(b.gicd(IGROUPR + 4)) == 0u);
    b.write(b.gicd(IGROUPR + 4), 0xffffffff);
    BOOST_TEST(b.read(b.gicd(IGROUPR + 4), secure) == 0xfffffcffu);
    b.write(b.gicd(IGRPMODR + 4), 0);
    BOOST_TEST(b.read(b.gicd(IGRPMODR + 4)) == 0u);
    BOOST_TEST(b.read(b.gicd(IGRPMODR + 4), secure) == 0x200u);
    // Priorities, by word and by byte.
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40)) == 0x00400000u);
    b.write(b.gicd(IPRIORITYR + 40), 0);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), secure) == 0x8080a0a0u);
    b.write(b.gicd(IPRIORITYR + 41), 0, ns, 1);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 41), ns, 1) == 0u);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 41), secure, 1) == 0xa0u);
    b.write(b.gicd(ICFGR + 8), 0xffffffff);
    BOOST_TEST((b.read(b.gicd(ICFGR + 8), secure) >> 16 & 0x3f) == 0x20u);
    b.route(sec1, 0x200);
    b.write(b.gicd(IROUTER + 8 * sec1), 0x100, ns, 8);
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * sec1), ns, 8) == 0u);
    BOOST_TEST(b.read(b.gicd(IROUTER + 8 * sec1), secure, 8) == 0x200u);
    b.write(b.gicd(NSACR + 8), 0xffffffff);
    BOOST_TEST(b.read(b.gicd(NSACR + 8), secure) == 0u);
    // SGIs and PPIs too.
    b.group(27, 0, 1, 1);
    b.write(b.sgi(1, ISENABLER), 0xffffffff);
    BOOST_TEST(b.read(b.sgi(1, ISENABLER), secure) == 0xf7ffffffu);
    b.write(b.sgi(1, IPRIORITYR + 27), 0, ns, 1);
    BOOST_TEST(b.read(b.sgi(1, IPRIORITYR + 27), secure, 1) == 0x80u);
    // And the deactivation through DIR.
    b.mark(ISACTIVER, sec0);
    b.set(0, icc::ctlr, 2);
    b.set(0, icc::dir, sec0);
    BOOST_TEST(b.bit(ISACTIVER, sec0));
}

BOOST_AUTO_TEST_CASE(s35_nsacr_opens_secure_spis_step_by_step) {
    board b;
    const uint32_t id = 40;
    b.group(id, 0, 0);
    for (unsigned level = 0; level < 4; ++level) {
        b.field(NSACR, 2, id, level);
        b.mark(ICPENDR, id);
        b.mark(ISPENDR, id, 0, ns);
        BOOST_TEST(b.bit(ISPENDR, id) == (level >= 1));
        b.mark(ISPENDR, id);
        b.mark(ICPENDR, id, 0, ns);
        BOOST_TEST(b.bit(ISPENDR, id) == (level < 2));
        b.route(id, 0);
        b.write(b.gicd(IROUTER + 8 * id), 0x100, ns, 8);
        BOOST_TEST(b.read(b.gicd(IROUTER + 8 * id), secure, 8) == (level == 3 ? 0x100u : 0u));
        b.mark(ISENABLER, id, 0, ns);
        BOOST_TEST(!b.bit(ISENABLER, id));
    }
}

BOOST_AUTO_TEST_CASE(s35_with_one_security_state_everybody_reaches_everything) {
    board b(with(true), false);
    b.write(b.gicd(ISENABLER + 4), 0xffffffff);
    BOOST_TEST(b.read(b.gicd(ISENABLER + 4)) == 0xffffffffu);
    b.write(b.gicd(IPRIORITYR + 40), 0x4f, ns, 1);
    BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), ns, 1) == 0x48u);
    b.write(b.rd(0, GICR_PWRR), 0);
    b.write(b.rd(0, GICR_WAKER), 0);
    BOOST_TEST(b.read(b.rd(0, GICR_WAKER)) == 0u);
    b.set(0, icc::pmr, 0x40);
    BOOST_TEST(b.get(0, icc::pmr) == 0x40u);
    b.set(0, icc::igrpen0, 1);
    BOOST_TEST(b.get(0, icc::igrpen0) == 1u);
}

BOOST_AUTO_TEST_CASE(s36_nonsecure_priorities_are_the_lower_half) {
    board b;
    const struct {
        uint8_t written, stored, read;
    } cases[] = {{0x00, 0x80, 0x00}, {0x10, 0x88, 0x10}, {0x80, 0xc0, 0x80}, {0xa0, 0xd0, 0xa0}, {0xff, 0xf8, 0xf0}};
    for (const auto &c : cases) {
        b.write(b.gicd(IPRIORITYR + 40), c.written, ns, 1);
        BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), secure, 1) == c.stored);
        BOOST_TEST(b.read(b.gicd(IPRIORITYR + 40), ns, 1) == c.read);
        b.set(0, icc::pmr, c.written);
        BOOST_TEST(b.get(0, icc::pmr, el3) == c.stored);
        BOOST_TEST(b.get(0, icc::pmr) == c.read);
    }
    // A mask of Secure software is out of reach.
    b.set(0, icc::pmr, 0x40, el3);
    BOOST_TEST(b.get(0, icc::pmr) == 0u);
    b.set(0, icc::pmr, 0xff);
    BOOST_TEST(b.get(0, icc::pmr, el3) == 0x40u);
    // Linux's question whether group 0 is its own: bit 3 does not survive the shift.
    b.set(0, icc::pmr, 0xf0, el3);
    b.set(0, icc::pmr, 0x08);
    BOOST_TEST(b.get(0, icc::pmr) == 0u);
}

namespace {

struct outcome {
    bool sgi0r, sgi1r, asgi1r;
};

// Which of the three registers makes SGI 5 pending at core 1.
outcome forwarded(board &b, world w) {
    outcome o{};
    const auto attempt = [&](uint32_t reg) {
        b.write(b.sgi(1, ICPENDR), 1u << 5, secure);
        b.set(0, reg, 1u << 16 | 5ull << 24 | 1, w);
        return b.bit(ISPENDR, 5, 1);
    };
    o.sgi0r = attempt(icc::sgi0r);
    o.sgi1r = attempt(icc::sgi1r);
    o.asgi1r = attempt(icc::asgi1r);
    return o;
}

void expect(const outcome &got, bool sgi0r, bool sgi1r, bool asgi1r) {
    BOOST_TEST(got.sgi0r == sgi0r);
    BOOST_TEST(got.sgi1r == sgi1r);
    BOOST_TEST(got.asgi1r == asgi1r);
}

} // namespace

BOOST_AUTO_TEST_CASE(s37_an_sgi_goes_only_where_register_group_and_nsacr_allow) {
    board b;
    b.group(5, 1, 0, 1); // Non-secure group 1
    expect(forwarded(b, ns), false, true, false);
    expect(forwarded(b, secure), false, false, true);
    b.group(5, 0, 1, 1); // Secure group 1
    expect(forwarded(b, ns), false, false, false);
    expect(forwarded(b, secure), false, true, false);
    b.field(NSACR, 2, 5, 1, 1);
    expect(forwarded(b, ns), false, false, false);
    b.field(NSACR, 2, 5, 2, 1);
    expect(forwarded(b, ns), false, true, true);
    b.field(NSACR, 2, 5, 0, 1);
    b.group(5, 0, 0, 1); // group 0
    expect(forwarded(b, ns), false, false, false);
    expect(forwarded(b, secure), true, true, false);
    b.field(NSACR, 2, 5, 1, 1);
    expect(forwarded(b, ns), true, true, true);
}

BOOST_AUTO_TEST_CASE(s37_with_one_security_state_sgi1r_reaches_both_groups) {
    board b(with(true));
    b.write(b.sgi(1, IGROUPR), 0xffffffff);
    expect(forwarded(b, ns), false, true, false);
    b.write(b.sgi(1, IGROUPR), 0);
    expect(forwarded(b, ns), true, true, true);
}
