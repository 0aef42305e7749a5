// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/order_buffer.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace rk3568;

namespace {
record at(uint64_t ps, uint64_t number) {
    return {ps, number, 0, 0, 0, nullptr, nullptr, 0, 0, 0};
}
} // namespace

BOOST_AUTO_TEST_SUITE(order_buffers)

BOOST_AUTO_TEST_CASE(records_leave_in_order_of_time_and_of_arrival) {
    std::mt19937 random(1);
    std::vector<std::pair<uint64_t, uint64_t>> expected, got;
    order_buffer buffer;
    const auto consume = [&got](record &r) { got.emplace_back(r.ps, r.a); };
    // Time moves on; records come up to 50 ahead of it, never behind.
    uint64_t now = 0;
    for (uint64_t number = 0; number < 100'000; ++number) {
        now += random() % 3;
        const uint64_t ps = now + random() % 50;
        expected.emplace_back(ps, number);
        if (buffer.put(at(ps, number)))
            buffer.take(now, consume);
    }
    BOOST_TEST(buffer.size() < 1000u);
    buffer.take(~0ull, consume);
    std::stable_sort(expected.begin(), expected.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    BOOST_TEST((got == expected));
    BOOST_TEST(buffer.size() == 0u);
}

BOOST_AUTO_TEST_CASE(what_may_still_be_preceded_stays) {
    order_buffer buffer;
    std::vector<uint64_t> got;
    const auto consume = [&got](record &r) { got.push_back(r.a); };
    buffer.put(at(30, 3));
    buffer.put(at(10, 1));
    buffer.take(20, consume);
    buffer.put(at(25, 2));
    buffer.take(30, consume);
    BOOST_TEST(got == (std::vector<uint64_t>{1, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
