// SPDX-License-Identifier: Apache-2.0
//
// Memory accesses, faults, system registers and the generic timer of a core.
#include "tests/hw/cortex_a55/harness.h"

using namespace rk3568;
using namespace rk3568::test;

namespace {

constexpr uint32_t cntp_tval = sysreg(3, 3, 14, 2, 0), cntp_ctl = sysreg(3, 3, 14, 2, 1),
                   cntp_cval = sysreg(3, 3, 14, 2, 2);
constexpr uint32_t cntpct = sysreg(3, 3, 14, 0, 1);

struct fault {
    uint64_t esr = 0, far = 0, elr = 0;
    int count = 0;
} last;

void on_fault(uint64_t esr, uint64_t far) {
    last.esr = esr;
    last.far = far;
    last.elr = bench::get().me().read_sysreg(sysreg(3, 0, 4, 0, 1), 0);
    ++last.count;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_read_reaches_the_device_after_the_way_there_and_returns_after_the_way_back) {
    bench b;
    b.device.answer = 0x1122334455667788;
    uint64_t before = 0, after = 0;
    b.on(0, [&] {
        before = b.now();
        BOOST_TEST(b.me().read(0x40, 4, 0) == 0x55667788u);
        after = b.now();
    });
    b.run();
    BOOST_TEST(b.device.log.size() == 1u);
    BOOST_TEST(b.device.log[0].ps == before + 4000 + 100000); // device_read, then the request
    BOOST_TEST(after == b.device.log[0].ps + 50000);
}

BOOST_AUTO_TEST_CASE(a_write_is_posted_and_takes_effect_when_it_arrives) {
    bench b;
    uint64_t before = 0, after = 0;
    b.on(0, [&] {
        before = b.now();
        b.me().write(0x40, 4, 77, 0);
        after = b.now();
        b.block(50);
        BOOST_TEST(b.device.log.empty());
        b.block(60);
        BOOST_TEST(b.device.log.size() == 1u);
    });
    b.run();
    BOOST_TEST(after - before == 4000u);
    BOOST_TEST(b.device.log[0].ps == before + 4000 + 100000);
}

BOOST_AUTO_TEST_CASE(a_read_does_not_overtake_earlier_writes_of_its_core) {
    bench b;
    b.on(0, [&] {
        b.me().write(0x40, 4, 1, 0);
        b.device.way = sc_core::sc_time(10, sc_core::SC_NS);
        b.me().read(0x44, 4, 0);
    });
    b.run();
    BOOST_TEST(b.device.log.size() == 2u);
    BOOST_TEST(b.device.log[0].write);
    BOOST_TEST(b.device.log[1].ps >= b.device.log[0].ps);
}

BOOST_AUTO_TEST_CASE(dsb_waits_for_posted_writes) {
    bench b;
    uint64_t after = 0;
    b.on(0, [&] {
        b.me().write(0x40, 4, 1, 0);
        b.me().dsb();
        after = b.now();
    });
    b.run();
    BOOST_TEST(after >= b.device.log.at(0).ps);
}

BOOST_AUTO_TEST_CASE(a_read_that_nobody_answers_is_a_synchronous_external_abort) {
    bench b;
    last = {};
    b.on(0, [&] {
        b.me().set_vectors(nullptr, nullptr, on_fault);
        BOOST_TEST(b.me().read(scratch::refused, 4, 0x1234) == 0u);
    });
    b.run();
    BOOST_TEST(last.count == 1);
    BOOST_TEST(last.esr == exception_syndrome::external_abort);
    BOOST_TEST(last.far == scratch::refused);
    BOOST_TEST(last.elr == 0x1234u);
}

BOOST_AUTO_TEST_CASE(a_posted_write_that_nobody_answers_is_an_abort_that_names_its_writer) {
    bench b;
    last = {};
    b.on(0, [&] {
        b.me().set_vectors(nullptr, nullptr, on_fault);
        b.me().write(scratch::refused, 4, 5, 0x5678);
        b.block(1);
        BOOST_TEST(last.count == 0);
        b.block(1000);
    });
    b.run();
    BOOST_TEST(last.count == 1);
    BOOST_TEST((last.esr >> 26) == 0x2fu);
    BOOST_TEST(last.far == scratch::refused);
    BOOST_TEST(last.elr == 0x5678u);
}

BOOST_AUTO_TEST_CASE(an_unaligned_access_is_an_alignment_fault_and_no_transaction) {
    bench b;
    last = {};
    b.on(0, [&] {
        b.me().set_vectors(nullptr, nullptr, on_fault);
        b.me().read(0x42, 4, 0);
        b.me().write(0x41, 2, 0, 0);
    });
    b.run();
    BOOST_TEST(last.count == 2);
    BOOST_TEST((last.esr & 0x3f) == 0x21u);
    BOOST_TEST(b.device.log.empty());
}

BOOST_AUTO_TEST_CASE(a_system_register_that_does_not_exist_is_an_undefined_instruction) {
    bench b;
    last = {};
    b.on(0, [&] {
        b.me().set_vectors(nullptr, nullptr, on_fault);
        b.me().read_sysreg(sysreg(3, 7, 15, 15, 7), 0);
        b.me().write_sysreg(sysreg(3, 0, 12, 12, 0), 1, 0); // ICC_IAR1_EL1, and no GIC is there
    });
    b.run();
    BOOST_TEST(last.count == 2);
    BOOST_TEST((last.esr >> 26) == 0u);
}

BOOST_AUTO_TEST_CASE(the_counter_runs_at_24_mhz_from_power_on) {
    BOOST_TEST(counter_at(0) == 0u);
    BOOST_TEST(counter_at(41666) == 0u);
    BOOST_TEST(counter_at(41667) == 1u);
    BOOST_TEST(counter_at(1000000000000ull) == 24000000u);
    for (uint64_t count : {1ull, 2ull, 3ull, 24000000ull, 7199999999ull}) {
        BOOST_TEST(counter_at(time_of_count(count)) == count);
        BOOST_TEST(counter_at(time_of_count(count) - 1) == count - 1);
    }
    bench b;
    b.on(0, [&] {
        b.me().delay(1000000000);
        const uint64_t count = b.me().read_sysreg(cntpct, 0);
        BOOST_TEST(count == counter_at(b.now()));
    });
    b.run();
}

BOOST_AUTO_TEST_CASE(a_comparator_raises_its_line_at_the_count_and_lowers_it_when_rearmed) {
    bench b;
    listener line("line");
    const auto &edges = line.edges;
    b.cpu.cores[0].timer.out[generic_timer::hyp].bind(line.in);
    uint64_t count = 0;
    b.on(0, [&] {
        count = b.me().read_sysreg(cntpct, 0) + 2400;
        b.me().write_sysreg(cntp_cval, count, 0);
        b.me().write_sysreg(cntp_ctl, 1, 0);
        BOOST_TEST((b.me().read_sysreg(cntp_ctl, 0) & generic_timer::ctl_istatus) == 0u);
        b.me().delay(200000000);
        BOOST_TEST((b.me().read_sysreg(cntp_ctl, 0) & generic_timer::ctl_istatus) != 0u);
        b.me().write_sysreg(cntp_tval, 24, 0);
        b.me().delay(2000000);
        b.me().write_sysreg(cntp_ctl, 3, 0); // masked: the condition stays, the line does not
        BOOST_TEST((b.me().read_sysreg(cntp_ctl, 0) & generic_timer::ctl_istatus) != 0u);
    });
    b.run();
    BOOST_TEST(edges.size() == 4u);
    BOOST_TEST(edges[0].first == time_of_count(count));
    BOOST_TEST((edges[0].second && !edges[1].second && edges[2].second && !edges[3].second));
}

BOOST_AUTO_TEST_CASE(the_current_exception_level_is_el2) {
    bench b;
    b.on(0, [&] {
        BOOST_TEST(b.me().read_sysreg(sysreg(3, 0, 4, 2, 2), 0) == 8u);
        BOOST_TEST((b.me().read_sysreg(sysreg(3, 0, 0, 0, 5), 0) & 0xffffff) == 0u);
        BOOST_TEST(b.me().read_sysreg(sysreg(3, 3, 14, 0, 0), 0) == 24000000u);
    });
    b.run();
}
