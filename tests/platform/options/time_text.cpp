// SPDX-License-Identifier: Apache-2.0
#include "platform/time_text.h"

#include <boost/test/unit_test.hpp>

using rk3568::format_time_ps;
using rk3568::parse_time_ps;

BOOST_AUTO_TEST_SUITE(time_text)

BOOST_AUTO_TEST_CASE(every_unit_and_fraction_is_exact_to_the_picosecond) {
    BOOST_TEST(parse_time_ps("500ms").value() == 500'000'000'000u);
    BOOST_TEST(parse_time_ps("2s").value() == 2'000'000'000'000u);
    BOOST_TEST(parse_time_ps("10us").value() == 10'000'000u);
    BOOST_TEST(parse_time_ps("1.5ms").value() == 1'500'000'000u);
    BOOST_TEST(parse_time_ps("0").value() == 0u);
    BOOST_TEST(parse_time_ps("0s").value() == 0u);
    BOOST_TEST(parse_time_ps("300ns").value() == 300'000u);
    BOOST_TEST(parse_time_ps("7ps").value() == 7u);
    BOOST_TEST(parse_time_ps("0.000000000001s").value() == 1u);
    BOOST_TEST(parse_time_ps("0.1000ns").value() == 100u);
    BOOST_TEST(parse_time_ps("18446744.073709551615s").value() == ~0ull);
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_refused) {
    for (const char *text : {"", "abc", "5", "1.5", "-1ms", "ms", "1.ms", ".5ms", "1 ms", "1ms ", "0.5ps", "1e3ns",
                             "18446744.073709551616s", "99999999999999999999ns", "1m", "1Ms", "0x10ns"})
        BOOST_TEST(!parse_time_ps(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(times_are_printed_in_the_unit_that_suits_them) {
    BOOST_TEST(format_time_ps(0) == "0");
    BOOST_TEST(format_time_ps(7) == "7ps");
    BOOST_TEST(format_time_ps(1'500) == "1.5ns");
    BOOST_TEST(format_time_ps(1'234'567) == "1.235us");
    BOOST_TEST(format_time_ps(20'000'000'000'000) == "20s");
    BOOST_TEST(format_time_ps(999'960'000'000'000) == "1000s");
    BOOST_TEST(format_time_ps(12'345'000'000'000'000) == "12345s");
    BOOST_TEST(format_time_ps(1'088'480'237'200'572) == "1088s");
}

BOOST_AUTO_TEST_SUITE_END()
