// SPDX-License-Identifier: Apache-2.0
//
// What lockstep says when the two sides differ. Here only one of them gets to see something.
#include "hw/rk_gpio/rk_gpio_lockstep.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <tlm_utils/simple_initiator_socket.h>

using namespace rk3568;

namespace {

struct bench : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<bench> master{"master"};
    sc_core::sc_vector<wire_out> pins{"pins", gpio_bank::pins};
    rk_gpio_lockstep bank{"bank"};
    std::vector<std::string> reports;

    explicit bench(const sc_core::sc_module_name &name, bool own_report = true)
        : sc_module(name) {
        master.bind(bank.bus);
        for (unsigned n = 0; n < gpio_bank::pins; ++n)
            pins[n].bind(bank.pin[n]);
        if (own_report)
            bank.on_difference([this](const std::string &text) { reports.push_back(text); });
    }
    uint32_t access(tlm::tlm_command command, uint32_t at, uint32_t value = 0) {
        tlm::tlm_generic_payload trans;
        sc_core::sc_time delay;
        trans.set_command(command);
        trans.set_address(at);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        master->b_transport(trans, delay);
        return value;
    }
    void write(uint32_t at, uint32_t value) { access(tlm::TLM_WRITE_COMMAND, at, value); }
    bool says(const char *text) const { return reports.size() == 1 && reports[0].find(text) != std::string::npos; }
};

void pass_ns(double n) {
    sc_core::sc_start(n, sc_core::SC_NS);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_register_that_differs_is_named_with_both_values) {
    bench b("bench");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    pass_ns(100);
    b.bank.rtl.pin[3]->set(true, sc_core::SC_ZERO_TIME);
    pass_ns(100);
    b.pins[4].drive(true);
    BOOST_TEST(b.says("EXT_PORT is 0x00000000 in the model, 0x00000008 in the RTL"));
    BOOST_TEST(b.bank.differs());
}

BOOST_AUTO_TEST_CASE(a_line_that_only_one_side_raises_is_reported_when_its_time_has_come) {
    bench b("bench");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    b.write(0x20, 0xffffffff);
    b.write(0x28, 0xffffffff);
    b.write(0x10, 0xffffffff);
    pass_ns(1000);
    b.bank.rtl.pin[3]->set(true, sc_core::SC_ZERO_TIME);
    pass_ns(1000);
    BOOST_TEST(b.says("the interrupt line went high at 1020000 ps in the RTL, and did not in the model"));
}

BOOST_AUTO_TEST_CASE(a_line_that_rises_at_another_time_is_reported_with_both_times) {
    bench b("bench");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    b.write(0x20, 0xffffffff);
    b.write(0x28, 0xffffffff);
    b.write(0x10, 0xffffffff);
    pass_ns(1000);
    // Both sides speak in the same moment of simulation, of different moments to come.
    b.bank.rtl.pin[3]->set(true, sc_core::SC_ZERO_TIME);
    b.bank.model.pin[3]->set(true, sc_core::sc_time(3, sc_core::SC_NS));
    pass_ns(1000);
    BOOST_TEST(b.reports.empty()); // the same edge samples both
    b.bank.rtl.pin[3]->set(false, sc_core::SC_ZERO_TIME);
    b.bank.model.pin[3]->set(false, sc_core::SC_ZERO_TIME);
    b.write(0x60, 0xffffffff);
    pass_ns(1000);
    BOOST_TEST(b.reports.empty());
    b.bank.rtl.pin[3]->set(true, sc_core::sc_time(9, sc_core::SC_NS));
    b.bank.model.pin[3]->set(true, sc_core::sc_time(11, sc_core::SC_NS));
    pass_ns(1000);
    BOOST_TEST(b.reports.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_report_has_the_last_64_accesses_and_comes_once) {
    bench b("bench");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    for (unsigned i = 0; i < 100; ++i) {
        pass_ns(100);
        b.write(0x00, 0xffff0000 | i);
    }
    b.bank.rtl.pin[3]->set(true, sc_core::SC_ZERO_TIME);
    pass_ns(100);
    b.access(tlm::TLM_READ_COMMAND, 0x70);
    b.access(tlm::TLM_READ_COMMAND, 0x70);
    BOOST_REQUIRE(b.reports.size() == 1u);
    const std::string &text = b.reports[0];
    BOOST_TEST(text.find("bench.bank: read at 0x70 at 10100000 ps: 0x00000000 in the model, 0x00000008 in the RTL") ==
               0u);
    BOOST_TEST(text.find("write 0x00 0xffff0063") != std::string::npos);
    BOOST_TEST(text.find("write 0x00 0xffff0025") != std::string::npos);
    BOOST_TEST(text.find("write 0x00 0xffff0024") == std::string::npos);
    BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 65);
}

BOOST_AUTO_TEST_CASE(without_a_receiver_a_difference_is_a_fatal_report) {
    bench b("bench", false);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    sc_core::sc_report_handler::set_actions(sc_core::SC_FATAL, sc_core::SC_THROW);
    b.bank.rtl.pin[3]->set(true, sc_core::SC_ZERO_TIME);
    pass_ns(100);
    BOOST_CHECK_THROW(b.access(tlm::TLM_READ_COMMAND, 0x70), sc_core::sc_report);
}
