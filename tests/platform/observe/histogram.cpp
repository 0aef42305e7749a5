// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/histogram.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>

using rk3568::histogram;

namespace {

const std::vector<unsigned> ranks = {0, 500, 900, 990, 999, 1000};

// The definition, on all samples: the smallest that at least q/1000 of them do not exceed.
uint64_t nearest_rank(const std::vector<uint64_t> &sorted, unsigned q) {
    for (size_t i = 0; i < sorted.size(); ++i)
        if ((i + 1) * 1000 >= q * sorted.size())
            return sorted[i];
    return sorted.back();
}

// Durations as they come in life: most of them near one value, some a thousand times longer.
std::vector<uint64_t> durations(size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> usual(std::log(3e6), 0.6), late(std::log(4e9), 1.5);
    std::vector<uint64_t> out(count);
    for (auto &d : out)
        d = static_cast<uint64_t>(random() % 50 ? usual(random) : late(random));
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(histograms)

BOOST_AUTO_TEST_CASE(without_samples_everything_is_0) {
    const histogram h;
    BOOST_TEST(h.count() == 0u);
    BOOST_TEST(h.min() == 0u);
    BOOST_TEST(h.max() == 0u);
    BOOST_TEST(h.mean() == 0u);
    BOOST_TEST(h.quantiles({500})[0] == 0u);
}

BOOST_AUTO_TEST_CASE(small_sets_give_the_textbook_values) {
    histogram h;
    for (uint64_t ps : {15, 20, 35, 40, 50})
        h.add(ps);
    // Nearest rank: the 50 % rank of five is the third, the 40 % rank the second.
    BOOST_TEST(h.quantiles({50, 300, 400, 500, 1000}) == (std::vector<uint64_t>{15, 20, 20, 35, 50}),
               boost::test_tools::per_element());
    BOOST_TEST(h.mean() == 32u);
    BOOST_TEST(h.min() == 15u);
    BOOST_TEST(h.max() == 50u);
}

BOOST_AUTO_TEST_CASE(up_to_a_million_samples_quantiles_are_those_of_the_sorted_samples) {
    for (size_t count : {1u, 2u, 999u, 4096u, 4097u, 100'000u, 1'000'000u}) {
        auto all = durations(count, static_cast<unsigned>(count));
        histogram h;
        for (uint64_t ps : all)
            h.add(ps);
        std::sort(all.begin(), all.end());
        const auto got = h.quantiles(ranks);
        for (size_t i = 0; i < ranks.size(); ++i)
            BOOST_TEST(got[i] == nearest_rank(all, ranks[i]), count << " samples, " << ranks[i]);
        BOOST_TEST(h.min() == all.front());
        BOOST_TEST(h.max() == all.back());
    }
}

BOOST_AUTO_TEST_CASE(above_a_million_samples_quantiles_are_within_a_thousandth) {
    auto all = durations(1'500'000, 7);
    all.push_back(0);
    all.push_back(~0ull);
    all.push_back(1023), all.push_back(1024), all.push_back(2047), all.push_back(2048);
    histogram h;
    for (uint64_t ps : all)
        h.add(ps);
    std::sort(all.begin(), all.end());
    unsigned __int128 sum = 0;
    for (uint64_t ps : all)
        sum += ps;
    BOOST_TEST(h.count() == all.size());
    BOOST_TEST(h.mean() == static_cast<uint64_t>((sum + all.size() / 2) / all.size()));
    BOOST_TEST(h.min() == 0u);
    BOOST_TEST(h.max() == ~0ull);
    const auto got = h.quantiles(ranks);
    for (size_t i = 0; i < ranks.size(); ++i) {
        const auto exact = static_cast<double>(nearest_rank(all, ranks[i]));
        BOOST_TEST(std::abs(static_cast<double>(got[i]) - exact) <= exact * 0.001, "rank " << ranks[i]);
    }
}

BOOST_AUTO_TEST_CASE(every_value_folds_to_within_a_thousandth_of_itself) {
    // One million equal samples fill the exact store; what follows is folded, and the median of the rest is a bucket.
    for (uint64_t value : {1ull, 1023ull, 1024ull, 2047ull, 2048ull, 2049ull, 123'456'789ull, (1ull << 40) - 1,
                           1ull << 40, (1ull << 63) + 12345}) {
        histogram h;
        for (size_t i = 0; i <= histogram::exact_limit; ++i)
            h.add(value);
        h.add(0), h.add(~0ull); // so that minimum and maximum do not correct the bucket
        const auto got = h.quantiles({500})[0];
        const double error = std::abs(static_cast<double>(got) - static_cast<double>(value));
        BOOST_TEST(error <= static_cast<double>(value) * 0.0005, value << " became " << got);
    }
}

BOOST_AUTO_TEST_SUITE_END()
