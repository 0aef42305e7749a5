// SPDX-License-Identifier: Apache-2.0
#include "hw/regs/reg.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568;

namespace {

struct sample : register_file {
    reg<uint32_t> ctrl{*this, "CTRL", 0x00};
    reg<uint32_t> status{*this, "STATUS", 0x04};
    reg<uint8_t, 8> prio{*this, "PRIO", 0x10};
    reg<uint32_t> half{*this, "HALF", 0x20};
    reg<uint64_t, 2> route{*this, "ROUTE", 0x30};
    int writes = 0;

    sample()
        : register_file("sample", 0x100) {
        ctrl.reset_value(5).writable(0x0f).allow(size2 | size4);
        status.reset_value(0x80).read_only();
        prio.allow(size1 | size4);
        half.write_enable_halves();
        route.allow(size4 | size8).on_write([this](const reg_write &w) {
            ++writes;
            route[w.index] = w.merged();
        });
        reset_registers();
    }

    uint64_t get(uint64_t offset, unsigned size) {
        uint64_t value = ~0ull;
        BOOST_TEST((read(offset, size, value, {}) == reg_response::ok));
        return value;
    }
    void put(uint64_t offset, unsigned size, uint64_t value) {
        BOOST_TEST((write(offset, size, value, {}) == reg_response::ok));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(reserved_bits_keep_their_reset_value) {
    sample s;
    s.put(0x00, 4, 0xffffffff);
    BOOST_TEST(s.get(0x00, 4) == 0x0fu);
    s.put(0x04, 4, 0);
    BOOST_TEST(s.get(0x04, 4) == 0x80u);
}

BOOST_AUTO_TEST_CASE(a_narrow_write_changes_its_own_bytes_only) {
    sample s;
    s.ctrl = 0x12345678;
    s.put(0x02, 2, 0xffff); // reserved half
    BOOST_TEST(s.get(0x00, 4) == 0x12345678u);
    s.put(0x00, 2, 0x0003);
    BOOST_TEST(s.get(0x00, 4) == 0x12345673u);
}

BOOST_AUTO_TEST_CASE(write_enable_halves_change_only_enabled_bits_and_read_zero_above) {
    sample s;
    s.put(0x20, 4, 0xffff00f0);
    BOOST_TEST(s.get(0x20, 4) == 0x00f0u);
    s.put(0x20, 4, 0x0001ffff);
    BOOST_TEST(s.get(0x20, 4) == 0x00f1u);
    s.put(0x20, 4, 0x0000ffff);
    BOOST_TEST(s.get(0x20, 4) == 0x00f1u);
    BOOST_TEST(s.half.enable_halves());
    BOOST_TEST(!s.ctrl.enable_halves());
}

BOOST_AUTO_TEST_CASE(an_access_in_a_size_that_is_not_allowed_reads_zero_and_writes_nothing) {
    sample s;
    BOOST_TEST(s.get(0x04, 1) == 0u);
    s.put(0x10, 2, 0xffff);
    BOOST_TEST(s.get(0x10, 1) == 0u);
    BOOST_TEST(s.get(0x80, 4) == 0u);
    BOOST_TEST(s.get(0xfe, 4) == 0u);
}

BOOST_AUTO_TEST_CASE(a_register_of_64_bits_takes_halves) {
    sample s;
    s.put(0x38, 4, 0x11111111);
    s.put(0x3c, 4, 0x22222222);
    BOOST_TEST(s.get(0x38, 8) == 0x2222222211111111ull);
    BOOST_TEST(s.get(0x30, 8) == 0u);
    BOOST_TEST(s.writes == 2);
}

BOOST_AUTO_TEST_CASE(overlapping_registers_are_refused_at_construction) {
    struct wrong : register_file {
        reg<uint32_t> a{*this, "A", 0}, b{*this, "B", 0};
        wrong()
            : register_file("wrong", 16) {}
    };
    sc_core::sc_report_handler::set_actions(sc_core::SC_FATAL, sc_core::SC_THROW);
    BOOST_CHECK_THROW(wrong(), sc_core::sc_report);
}
