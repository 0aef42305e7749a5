// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/pin_name.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;

BOOST_AUTO_TEST_SUITE(pin_names)

BOOST_AUTO_TEST_CASE(names_and_numbers_follow_the_banks_of_32) {
    BOOST_TEST(pin_name(0) == "GPIO0_A0");
    BOOST_TEST(pin_name(42) == "GPIO1_B2");
    BOOST_TEST(pin_name(101) == "GPIO3_A5");
    BOOST_TEST(pin_name(159) == "GPIO4_D7");
    for (unsigned pin = 0; pin < pin_count; ++pin)
        BOOST_TEST(parse_pin_name(pin_name(pin)).value() == pin);
    BOOST_TEST(parse_pin_name("gpio3_a5").value() == 101u);
    BOOST_TEST(parse_bank_name("GPIO4").value() == 4u);
}

BOOST_AUTO_TEST_CASE(what_is_no_pin_is_none) {
    for (const char *text :
         {"", "GPIO", "GPIO5_A0", "GPIO3_E0", "GPIO3_A8", "GPIO3_A", "GPIO3_A55", "XPIO3_A5", "GPIO10_A0"})
        BOOST_TEST(!parse_pin_name(text).has_value(), text);
    BOOST_TEST(!parse_bank_name("GPIO5").has_value());
    BOOST_TEST(!parse_bank_name("GPIO33").has_value());
}

BOOST_AUTO_TEST_CASE(a_mistaken_pin_is_told_from_another_wire) {
    for (const char *text : {"GPIO5_A0", "GPIO3_E0", "GPIO3_A8", "GPIO7", "gpio12_c3", "GPIO3_A5"})
        BOOST_TEST(looks_like_pin(text), text);
    for (const char *text : {"clk", "GPIO", "GPIO_A5", "GPIO3_clk", "GPIO3_A", "D0", "GPIO3_5"})
        BOOST_TEST(!looks_like_pin(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
