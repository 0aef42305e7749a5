// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/progress.h"

#include <boost/test/unit_test.hpp>
#include <unistd.h>

using rk3568::progress;

BOOST_AUTO_TEST_SUITE(progress_line)

BOOST_AUTO_TEST_CASE(it_says_how_far_how_fast_and_how_long) {
    BOOST_TEST(progress::line(5'000'000'000'000, 20'000'000'000'000, 2.0) ==
               "[#######.......................]  25 %  5s of 20s  2.5 x real time  0:06 left");
    BOOST_TEST(progress::line(20'000'000'000'000, 20'000'000'000'000, 2.0) ==
               "[##############################] 100 %  20s of 20s  10 x real time");
    BOOST_TEST(progress::line(1'500'000'000, 0, 1.0) == "1.5ms simulated  0.0015 x real time");
    BOOST_TEST(progress::line(0, 7'200'000'000'000'000, 1.0) ==
               "[..............................]   0 %  0 of 7200s  0 x real time");
    BOOST_TEST(progress::line(1'000'000'000'000, 7'201'000'000'000'000, 1.0).find("2:00:00 left") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_is_printed_where_there_is_no_terminal) {
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    {
        progress p(ends[1]);
        usleep(300'000);
        p.update(1, 2);
    }
    close(ends[1]);
    char byte;
    BOOST_TEST(read(ends[0], &byte, 1) == 0);
    close(ends[0]);
}

BOOST_AUTO_TEST_SUITE_END()
