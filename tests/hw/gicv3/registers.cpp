// SPDX-License-Identifier: Apache-2.0
//
// All registers: reset values, garbage and reset, identification, bad accesses.
#include "harness.h"

#include "hw/gicv3/cpu_interface.h"

#include <map>
#include <random>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>

using namespace rk3568;
using namespace rk3568::test;

namespace {

// Every element of every register: its address and declaration.
struct element {
    uint64_t address;
    const reg_base *reg;
    size_t index;
};

std::vector<element> elements(const gicv3 &gic) {
    std::vector<element> all;
    const auto frames = gic.frames();
    for (size_t page = 0; page < frames.size(); ++page)
        for (const reg_base *r : frames[page]->registers())
            for (size_t n = 0; n < r->count(); ++n)
                all.push_back({page * 0x10000 + r->offset() + n * r->stride(), r, n});
    return all;
}

void check_reset_values(board &b) {
    for (const element &e : elements(b.gic)) {
        const uint64_t expected = e.reg->readable() ? e.reg->reset_bits(e.index) : 0;
        const uint64_t value = b.read(e.address, secure, e.reg->width());
        if (value != expected)
            BOOST_ERROR(e.reg->name() << "[" << e.index << "] reads " << std::hex << value << ", expected "
                                      << expected);
    }
}

void write_garbage(board &b, uint64_t seed, world w) {
    std::mt19937_64 random(seed);
    for (const element &e : elements(b.gic))
        b.write(e.address, random(), w, e.reg->width());
}

const std::map<uint32_t, uint64_t> sysreg_resets = {
    {icc::pmr, 0},       {icc::bpr0, 2},     {icc::ap0r0, 0},   {icc::ap1r0, 0},         {icc::rpr, 0xff},
    {icc::ctlr, 0x8400}, {icc::igrpen0, 0},  {icc::igrpen1, 0}, {icc::ctlr_el3, 0x8400}, {icc::igrpen1_el3, 0},
    {icc::sre, 1},       {icc::sre_el2, 9},  {icc::sre_el3, 9}, {icc::iar0, 1023},       {icc::iar1, 1023},
    {icc::hppir0, 1023}, {icc::hppir1, 1023}};

void check_sysreg_resets(board &b) {
    for (unsigned c = 0; c < b.cores(); ++c) {
        for (const auto &[reg, value] : sysreg_resets)
            BOOST_TEST(b.get(c, reg, el3) == value);
        BOOST_TEST(b.get(c, icc::bpr1) == 3u);
        BOOST_TEST(b.get(c, icc::bpr1, secure) == (b.ds() ? 3u : 2u));
        BOOST_TEST(!b.nirq(c));
        BOOST_TEST(!b.nfiq(c));
        BOOST_TEST(!b.gic.wake_request[c].level());
    }
}

void reset(board &b) {
    b.gic.reset->set(true, sc_core::SC_ZERO_TIME);
    b.gic.reset->set(false, sc_core::SC_ZERO_TIME);
    b.pass();
}

} // namespace

BOOST_AUTO_TEST_CASE(every_register_has_its_reset_value) {
    board b(with(), false);
    check_reset_values(b);
    check_sysreg_resets(b);
}

BOOST_AUTO_TEST_CASE(reset_values_of_the_rk3568) {
    board b(with(), false);
    const struct {
        uint64_t address;
        unsigned size;
        uint64_t value;
    } expected[] = {{b.gicd(0x0000), 4, 0x30},
                    {b.gicd(0x0004), 4, 0x007b040a},
                    {b.gicd(0x0008), 4, 0x0201743b},
                    {b.gicd(0x000c), 4, 0},
                    {b.gicd(0xffe8), 4, 0x3b},
                    {b.gicd(0xffe0), 4, 0x92},
                    {b.gicd(0xffe4), 4, 0xb4},
                    {b.gicd(0xffd0), 4, 0x44},
                    {b.gicd(0xfff0), 4, 0x0d},
                    {b.gicd(0xfff4), 4, 0xf0},
                    {b.gicd(0xfff8), 4, 0x05},
                    {b.gicd(0xfffc), 4, 0xb1},
                    {b.gica(0xffe0), 4, 0x97},
                    {b.gica(0xffe8), 4, 0x3b},
                    {b.rd(0, 0x0004), 4, 0x0201743b},
                    {b.rd(0, 0x0000), 4, 0},
                    {b.rd(2, 0x0014), 4, 0x6},
                    {b.rd(2, 0x0024), 4, 0xd},
                    {b.rd(1, 0xffe0), 4, 0x93},
                    {b.rd(1, 0xffe8), 4, 0x3b},
                    {b.gits(0x0000), 4, 0x80000000},
                    {b.gits(0x0004), 4, 0x0201743b},
                    {b.gits(0x0008), 8, 0x130001ef31},
                    {b.gits(0xffe0), 4, 0x94},
                    {b.gits(0xffe8), 4, 0x3b},
                    {b.gits(0x0100), 8, 0x0107000000000000},
                    {b.gits(0x0108), 8, 0x0401000000000000},
                    {b.gits(0x0080), 8, 0},
                    {b.gits(0x0088), 8, 0},
                    {b.gits(0x0090), 8, 0},
                    {b.sgi(0, 0x0c00), 4, 0xaaaaaaaa},
                    {b.sgi(0, 0x0c04), 4, 0},
                    {b.gic.page(gicv3::frame::gicda) + 4, 4, 0x007b040a}};
    for (const auto &e : expected)
        BOOST_TEST(b.read(e.address, secure, e.size) == e.value, std::hex << e.address << " is not " << e.value);
}

BOOST_AUTO_TEST_CASE(after_garbage_and_reset_every_register_has_its_reset_value) {
    board b(with(), false);
    for (uint64_t seed = 1; seed < 4; ++seed) {
        write_garbage(b, seed, seed == 2 ? ns : secure);
        for (unsigned c = 0; c < b.cores(); ++c)
            for (const auto &info : gic::cpu_interface::registers())
                if (info.write)
                    b.set(c, info.encoding, 0x9e3779b97f4a7c15 * seed, el3);
        reset(b);
        check_reset_values(b);
        check_sysreg_resets(b);
    }
}

BOOST_AUTO_TEST_CASE(after_garbage_and_reset_with_one_security_state) {
    board b(with(true), false);
    check_reset_values(b);
    write_garbage(b, 7, ns);
    reset(b);
    check_reset_values(b);
    check_sysreg_resets(b);
}

BOOST_AUTO_TEST_CASE(reset_forgets_pending_edges_and_keeps_the_wires) {
    board b;
    b.enable(40, 0, 0x80, true);
    b.enable(41);
    b.pulse(40);
    b.spi(41, true);
    BOOST_TEST(b.iar1(0) == 40u);
    reset(b);
    BOOST_TEST(b.get(0, icc::rpr, el3) == 0xffu);
    BOOST_TEST(!b.bit(ISACTIVER, 40));
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.bit(ISPENDR, 41));
    b.firmware();
    b.kernel();
    b.enable(41);
    BOOST_TEST(b.iar1(0) == 41u);
}

BOOST_AUTO_TEST_CASE(debug_reads_change_nothing) {
    board b;
    b.enable(40);
    b.spi(40, true);
    for (const element &e : elements(b.gic))
        b.debug_read(e.address, e.reg->width());
    BOOST_TEST(b.debug_read(b.gicd(GICD_TYPER)) == 0x007b040au);
    BOOST_TEST(b.iar1(0) == 40u);
}

BOOST_AUTO_TEST_CASE(bad_accesses_read_zero_write_nothing_and_are_no_bus_error) {
    board b;
    std::mt19937_64 random(5);
    for (unsigned n = 0; n < 20000; ++n) {
        const unsigned size = 1u << random() % 4;
        const uint64_t address = random() % b.gic.span() & ~static_cast<uint64_t>(size - 1);
        if (address == b.gits(GITS_CTLR) || address == b.gits(GITS_CWRITER))
            continue;
        const world w = random() % 2 ? ns : secure;
        if (random() % 2)
            b.read(address, w, size);
        else
            b.write(address, random(), w, size);
    }
    // Reserved offsets.
    for (const uint64_t at : {b.gicd(0x0014), b.gicd(0x0060), b.gicd(0x1000), b.gica(0x0080), b.rd(0, 0x0050),
                              b.sgi(0, 0x0084), b.gits(0x0010), uint64_t(0x20000), uint64_t(0x30000)}) {
        b.write(at, 0xffffffff, secure);
        BOOST_TEST(b.read(at, secure) == 0u);
    }
    // Beyond the register space, and what TLM refuses.
    b.access(false, b.gic.span(), 0, 4, ns, tlm::TLM_ADDRESS_ERROR_RESPONSE);
    b.access(false, b.gicd(2), 0, 4, ns, tlm::TLM_BURST_ERROR_RESPONSE);
}

BOOST_AUTO_TEST_CASE(gicda_is_gicd) {
    board b;
    const uint64_t alias = b.gic.page(gicv3::frame::gicda);
    b.write(alias + ISENABLER + 4, 0x100, secure);
    BOOST_TEST(b.read(b.gicd(ISENABLER + 4), secure) == 0x100u);
}

BOOST_AUTO_TEST_CASE(wrong_parameters_are_refused_with_one_line) {
    sc_core::sc_report_handler::set_actions(sc_core::SC_FATAL, sc_core::SC_THROW);
    gicv3_params p;
    p.spis = 989;
    BOOST_CHECK_THROW(gicv3("a", p), sc_core::sc_report);
    p = {};
    p.aff = {0x100, 0x100};
    BOOST_CHECK_THROW(gicv3("b", p), sc_core::sc_report);
    p.aff = {};
    BOOST_CHECK_THROW(gicv3("c", p), sc_core::sc_report);
    p.aff = {0x10};
    BOOST_CHECK_THROW(gicv3("d", p), sc_core::sc_report);
}

BOOST_AUTO_TEST_CASE(a_guest_s_mistake_is_one_line_in_the_log_and_only_the_first_time) {
    std::ostringstream log;
    auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(log));
    spdlog::set_default_logger(logger);
    board b;
    b.write(b.gits(GITS_BASER0), 1ull << 63 | memory::base, ns, 8);
    b.write(b.gits(GITS_CBASER), 1ull << 63 | memory::base | 0x10000, ns, 8);
    b.write(b.gits(GITS_CTLR), 1);
    BOOST_TEST(log.str().empty());
    uint64_t writer = 0;
    const auto lines = [&](const char *what, auto mistake) {
        log.str("");
        for (int n = 0; n < 3; ++n)
            mistake();
        const std::string text = log.str();
        BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 1, what << ": " << text);
    };
    lines("reserved offset", [&] { b.write(b.gicd(0x1000), 0); });
    lines("size", [&] { b.read(b.gicd(ISENABLER + 4), ns, 2); });
    lines("Secure register", [&] { b.write(b.rd(0, GICR_PWRR), 0); });
    lines("Secure register's read", [&] { b.read(b.rd(0, GICR_PWRR)); });
    lines("INTID", [&] { b.write(b.gicd(ISENABLER + 4 * 11), 1); });
    lines("message", [&] { b.write(b.gicd(SETSPI_NSR), 500); });
    lines("ITS command", [&] {
        b.dram.put<uint64_t>(memory::base + 0x10000 + writer, 0x77);
        writer += 32;
        b.write(b.gits(GITS_CWRITER), writer, ns, 8);
    });
    lines("message of an unmapped device", [&] { b.msi(2, 0); });
    lines("DIR", [&] { b.set(0, icc::dir, 40); });
    lines("EOIR without acknowledge", [&] { b.eoir1(0, 40); });
    log.str("");
    b.debug_read(b.gicd(0x2000));
    BOOST_TEST(log.str().empty());
}
