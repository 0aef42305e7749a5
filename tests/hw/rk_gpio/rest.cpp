// SPDX-License-Identifier: Apache-2.0
//
// A bank in which nothing moves costs nothing: the model has no event pending, the RTL has no clock.
#include "hw/rk_gpio/rk_gpio.h"
#include "hw/rk_gpio/rk_gpio_rtl.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <tlm_utils/simple_initiator_socket.h>

using namespace rk3568;

namespace {

struct bus_master : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<bus_master> socket{"socket"};

    bus_master(const sc_core::sc_module_name &name, gpio_bank &bank)
        : sc_module(name) {
        socket.bind(bank.bus);
    }

    void write(uint32_t at, uint32_t value) {
        tlm::tlm_generic_payload trans;
        sc_core::sc_time delay;
        trans.set_write();
        trans.set_address(at);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        socket->b_transport(trans, delay);
    }
};

bool pending() {
    return sc_core::sc_pending_activity();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_model_at_rest_has_no_event) {
    rk_gpio bank("bank");
    bus_master master("master", bank);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    BOOST_TEST(!pending());
    bank.pin[3]->set(true, sc_core::SC_ZERO_TIME); // INT_EN = 0
    BOOST_TEST(!pending());
    master.write(0x38, 0xffffffff); // debounced, on the divided clock, for ever
    master.write(0x40, 0xffffffff);
    master.write(0x48, 0x00ffffff);
    bank.pin[4]->set(true, sc_core::SC_ZERO_TIME);
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_TEST(!pending());
    master.write(0x20, 0xffffffff); // edge, falling
    master.write(0x10, 0xffffffff);
    sc_core::sc_start(1, sc_core::SC_US);
    bank.pin[5]->set(true, sc_core::SC_ZERO_TIME); // rising: of no concern
    BOOST_TEST(!pending());
}

BOOST_AUTO_TEST_CASE(an_edge_that_interrupts_costs_the_model_one_event) {
    rk_gpio bank("bank");
    bus_master master("master", bank);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    master.write(0x30, 0xffffffff);
    master.write(0x10, 0xffffffff);
    sc_core::sc_start(1, sc_core::SC_US);
    const uint64_t before = sc_core::sc_delta_count();
    bank.pin[5]->set(true, sc_core::SC_ZERO_TIME);
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_TEST(bank.irq.level());
    BOOST_TEST(sc_core::sc_delta_count() == before + 1);
}

BOOST_AUTO_TEST_CASE(the_rtl_has_clocks_only_while_something_moves) {
    rk_gpio_rtl bank("bank");
    bus_master master("master", bank);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    sc_core::sc_start(1, sc_core::SC_SEC);
    BOOST_TEST(bank.clock_edges() == 0u);
    bank.pin[5]->set(true, sc_core::SC_ZERO_TIME);
    sc_core::sc_start(1, sc_core::SC_SEC);
    BOOST_TEST(bank.clock_edges() == 4u); // three of pclk for two synchronisers and an edge detector, one of dbclk
    master.write(0x38, 0xffffffff);
    master.write(0x40, 0xffffffff);
    master.write(0x48, 0x00ffffff);
    sc_core::sc_start(1, sc_core::SC_SEC);
    const uint64_t configured = bank.clock_edges();
    bank.pin[4]->set(true, sc_core::SC_ZERO_TIME);
    sc_core::sc_start(10, sc_core::SC_SEC);
    // Three ticks of a clock with a period of 0.7 s, and pclk for EXT_PORT and for the filter's output.
    BOOST_TEST(bank.clock_edges() == configured + 3 + 2 + 3);
}
