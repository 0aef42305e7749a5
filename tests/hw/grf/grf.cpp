// SPDX-License-Identifier: Apache-2.0
#include "hw/grf/grf.h"

#include <boost/test/unit_test.hpp>
#include <cstring>

using namespace rk3568;

namespace {

struct board : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<board> cpu{"cpu"};
    grf registers{"grf", 0x10000};

    explicit board(const sc_core::sc_module_name &name)
        : sc_module(name) {
        cpu.bind(registers.bus);
    }
    tlm::tlm_response_status access(bool write, uint64_t address, uint32_t &value, unsigned size = 4) {
        tlm::tlm_generic_payload trans;
        trans.set_command(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(size);
        trans.set_streaming_width(size);
        sc_core::sc_time delay;
        cpu->b_transport(trans, delay);
        return trans.get_response_status();
    }
    uint32_t read(uint64_t address) {
        uint32_t value = 0xdeadbeef;
        BOOST_TEST(access(false, address, value) == tlm::TLM_OK_RESPONSE);
        return value;
    }
    void write(uint64_t address, uint32_t value) { BOOST_TEST(access(true, address, value) == tlm::TLM_OK_RESPONSE); }
};

} // namespace

BOOST_AUTO_TEST_CASE(bits_change_where_the_upper_half_enables_them) {
    board b("board");
    BOOST_TEST(b.read(0xc) == 0u);
    b.write(0xc, 0x70001000);
    BOOST_TEST(b.read(0xc) == 0x1000u);
    b.write(0xc, 0x000fffff);
    BOOST_TEST(b.read(0xc) == 0x100fu);
    BOOST_TEST(b.read(0x10) == 0u);
}

BOOST_AUTO_TEST_CASE(other_sizes_and_addresses_are_errors) {
    board b("board");
    uint32_t value = 0;
    BOOST_TEST(b.access(false, 2, value) == tlm::TLM_BURST_ERROR_RESPONSE);
    BOOST_TEST(b.access(false, 0, value, 1) == tlm::TLM_BURST_ERROR_RESPONSE);
    BOOST_TEST(b.access(false, 0x10000, value) == tlm::TLM_ADDRESS_ERROR_RESPONSE);
    BOOST_TEST(b.access(false, 0xfffc, value) == tlm::TLM_OK_RESPONSE);
}
