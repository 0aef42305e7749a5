// SPDX-License-Identifier: Apache-2.0
//
// Random operations on twelve queues from four CPUs (random.c beside this file says against which promises). All of
// it, a million operations over fifty seeds:
//
//     WQ_RANDOM_SEEDS=50 WQ_RANDOM_OPERATIONS=20000 build/tests/sw/workqueue/test_workqueue_random
//
// Without the variables, four seeds of 4000 operations each. WQ_RANDOM_FIRST is the first seed.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fmt/format.h>

#include "tests/sim.h"

using namespace rk3568::test;

namespace {

unsigned setting(const char *name, unsigned fallback) {
    const char *text = std::getenv(name);
    return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : fallback;
}

void run(unsigned seed, unsigned operations) {
    simulation s;
    // Looked at while it runs, with all CPUs stopped, and when all is over.
    std::vector<std::string> arguments{"--seed", std::to_string(seed), "--insmod",
                                       fmt::format("{}:seed={},operations={}", RK3568_RANDOM_MODULE, seed, operations)};
    const double estimate_ms = 2.7 * operations / 1000;
    for (const double part : {0.1, 0.2, 0.4, 0.5, 0.7, 0.8, 3.0})
        arguments.insert(arguments.end(), {"--exec", fmt::format("{}us cat /sys/kernel/debug/workqueue",
                                                                 static_cast<int>(part * estimate_ms * 1000))});
    const outcome r = s.run_plain(arguments);
    const std::string again =
        fmt::format("WQ_RANDOM_FIRST={} WQ_RANDOM_SEEDS=1 WQ_RANDOM_OPERATIONS={}: ", seed, operations);
    BOOST_TEST(r.status == 0, again + r.out + r.err);
    BOOST_TEST(r.said(" broken=0\n") == 1u, again + r.out + r.err);
    BOOST_TEST(r.said(fmt::format("random: operations={} ", operations / 4 * 4)) == 1u, again);
    BOOST_TEST(r.said("miscounted") == 0u, again + r.out);
    BOOST_TEST(r.said("workqueue r-plain: ") == 7u, again);
}

} // namespace

BOOST_AUTO_TEST_CASE(random_operations_break_no_promise) {
    const unsigned first = setting("WQ_RANDOM_FIRST", 1), seeds = setting("WQ_RANDOM_SEEDS", 4);
    for (unsigned seed = first; seed < first + seeds; ++seed)
        run(seed, setting("WQ_RANDOM_OPERATIONS", 4000));
}
