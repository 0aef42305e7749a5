// SPDX-License-Identifier: Apache-2.0
#include "hw/msi_generator/msi_generator.h"

#include "hw/bus/attributes.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstring>
#include <vector>

using namespace rk3568;
using sc_core::SC_NS;
using sc_core::sc_time;

namespace {

struct arrival {
    uint64_t ns, address;
    uint32_t data, device;
};

// Registers on one side, what the generator writes on the other. Addresses from 4 GiB + 64 KiB on answer with an error.
struct board : sc_core::sc_module, bus_timing_if {
    tlm_utils::simple_initiator_socket<board> cpu{"cpu"};
    tlm_utils::simple_target_socket<board> memory{"memory"};
    msi_generator generator{"generator", 5};
    std::vector<arrival> seen;

    explicit board(const sc_core::sc_module_name &name)
        : sc_module(name) {
        cpu.bind(generator.bus);
        generator.out.bind(memory);
        generator.timing(*this);
        memory.register_b_transport(this, &board::take);
    }
    sc_time request_time(uint64_t, bool write) const override { return sc_time(write ? 70 : 1, SC_NS); }

    void take(tlm::tlm_generic_payload &trans, sc_time &delay) {
        const auto *device = trans.get_extension<msi_device>();
        const auto *attributes = trans.get_extension<bus_attributes>();
        BOOST_REQUIRE((device && attributes && attributes->arrived && !attributes->secure));
        uint32_t value = 0;
        std::memcpy(&value, trans.get_data_ptr(), sizeof value);
        seen.push_back({(sc_core::sc_time_stamp() + delay).value() / 1000, trans.get_address(), value, device->id});
        trans.set_response_status(trans.get_address() < 0x100010000 ? tlm::TLM_OK_RESPONSE
                                                                    : tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }
    uint32_t access(bool write, uint64_t address, uint32_t value, double delay_ns) {
        tlm::tlm_generic_payload trans;
        trans.set_command(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        sc_time delay(delay_ns, SC_NS);
        cpu->b_transport(trans, delay);
        BOOST_TEST(trans.is_response_ok());
        return value;
    }
    void write(uint64_t address, uint32_t value, double delay_ns = 0) { access(true, address, value, delay_ns); }
    uint32_t read(uint64_t address) { return access(false, address, 0, 0); }
    void vector(unsigned n, uint64_t address, uint32_t data) {
        write(0x100 + 16 * n, static_cast<uint32_t>(address));
        write(0x104 + 16 * n, static_cast<uint32_t>(address >> 32));
        write(0x108 + 16 * n, data);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_message_arrives_with_address_data_and_device_after_its_way) {
    board b("board");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    b.vector(0, 0xfd450040, 7);
    b.vector(31, 0x100000010, 0xffffffff);
    BOOST_TEST(b.read(0) == 32u);
    b.write(4, 0, 10); // at 10 ns
    b.write(4, 31, 10);
    BOOST_TEST(b.seen.empty());
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_REQUIRE(b.seen.size() == 2u);
    BOOST_TEST((b.seen[0].ns == 80 && b.seen[0].address == 0xfd450040 && b.seen[0].data == 7 && b.seen[0].device == 5));
    BOOST_TEST((b.seen[1].ns == 80 && b.seen[1].address == 0x100000010 && b.seen[1].data == 0xffffffff));
    BOOST_TEST(b.read(8) == 2u);
}

BOOST_AUTO_TEST_CASE(a_burst_sends_count_messages_a_period_apart) {
    board b("board");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    b.vector(3, 0xfd450040, 9);
    b.write(0x10, 3);
    b.write(0x14, 500);
    b.write(0x18, 4);
    sc_core::sc_start(1250, SC_NS);
    BOOST_TEST(b.seen.size() == 2u);
    BOOST_TEST(b.read(0x18) == 2u);
    sc_core::sc_start(10, sc_core::SC_US);
    BOOST_REQUIRE(b.seen.size() == 4u);
    for (unsigned n = 0; n < 4; ++n)
        BOOST_TEST((b.seen[n].ns == 500 * (n + 1) + 70 && b.seen[n].data == 9));
    b.write(0x18, 4);
    b.write(0x18, 0); // ends it
    sc_core::sc_start(10, sc_core::SC_US);
    BOOST_TEST(b.seen.size() == 4u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_counts_as_failed) {
    board b("board");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    b.vector(1, 0x100010000, 1);
    for (const uint32_t n : {1u, 2u, 32u, ~0u}) // nothing there, no address, no such vectors
        b.write(4, n);
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_TEST(b.seen.size() == 1u);
    BOOST_TEST(b.read(0xc) == 4u);
    BOOST_TEST(b.read(8) == 0u);
}
