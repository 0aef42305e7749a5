// SPDX-License-Identifier: Apache-2.0
#include "hw/regs/wire.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <vector>

using namespace rk3568;

BOOST_AUTO_TEST_CASE(a_wire_tells_each_change_once_with_its_delay_to_every_receiver) {
    struct top : sc_core::sc_module {
        wire_out out{"out"};
        wire_in in{"in"};
        sc_core::sc_vector<wire_in> more{"more", 2};
        std::vector<std::pair<bool, sc_core::sc_time>> heard;

        explicit top(const sc_core::sc_module_name &name)
            : sc_module(name) {
            out.bind(in);
            out.bind(more[1]);
            in.on_change([this](bool level, const sc_core::sc_time &delay) { heard.emplace_back(level, delay); });
        }
    } t("top");
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    const sc_core::sc_time later(3, sc_core::SC_NS);
    t.out.drive(true, later);
    t.out.drive(true);
    BOOST_TEST(t.in.level());
    BOOST_TEST(t.more[1].level());
    BOOST_TEST(!t.more[0].level());
    t.out.drive(false);
    BOOST_REQUIRE(t.heard.size() == 2u);
    BOOST_TEST((t.heard[0] == std::make_pair(true, later)));
    BOOST_TEST((t.heard[1] == std::make_pair(false, sc_core::SC_ZERO_TIME)));
}
