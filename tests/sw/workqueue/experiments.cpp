// SPDX-License-Identifier: Apache-2.0
//
// The experiments of sw/modules end as they should: times of the kernel's documentation, numbers of
// threads, and which of two ways is the faster one.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fmt/format.h>
#include <sstream>

#include "tests/sim.h"

using namespace rk3568::test;

namespace {

std::vector<std::string> experiment(const std::string &module, const std::string &backend,
                                    const std::string &stimulus = "", int seed = 0) {
    simulation s;
    std::vector<std::string> arguments{"--workqueue", backend,
                                       "--insmod",    std::string(RK3568_MODULES) + "/" + module + ".c",
                                       "--seed",      std::to_string(seed)};
    if (!stimulus.empty())
        arguments.insert(arguments.end(), {"--stimulus", s.file("x.stim", stimulus)});
    const outcome r = s.run_plain(arguments);
    BOOST_REQUIRE_MESSAGE(r.status == 0, r.out + r.err);
    std::vector<std::string> lines;
    for (const std::string &line : r.lines())
        if (line.rfind(module + ": ", 0) == 0)
            lines.push_back(line.substr(module.size() + 2));
    return lines;
}

// The words behind the first line that begins with `start`.
std::vector<std::string> words_after(const std::vector<std::string> &lines, const std::string &start) {
    for (const std::string &line : lines) {
        if (line.rfind(start, 0) != 0)
            continue;
        std::istringstream in(line.substr(start.size()));
        std::vector<std::string> words;
        for (std::string word; in >> word;)
            words.push_back(word);
        return words;
    }
    BOOST_REQUIRE_MESSAGE(false, "no line begins with " + start);
    return {};
}

double ends_at(const std::vector<std::string> &lines, const std::string &queue) {
    return std::strtod(words_after(lines, fmt::format("{:<44}", queue)).at(2).c_str(), nullptr);
}

// The steps of one run of wq_abc must be these, each within 1 % of the whole; steps at the same time in any order.
struct step {
    double ms;
    const char *what;
};

void agrees(const std::vector<std::string> &lines, const std::string &queue, const std::vector<step> &expected) {
    size_t at = 0;
    while (at < lines.size() && lines[at].rfind(fmt::format("{:<44}", queue), 0) != 0)
        ++at;
    BOOST_REQUIRE(at < lines.size());
    std::vector<std::string> steps(lines.begin() + at + 4, lines.begin() + at + 4 + 12);
    const double tolerance = expected.back().ms / 100;
    for (const step &s : expected) {
        bool found = false;
        for (const std::string &line : steps)
            found = found || (line.find(s.what) != std::string::npos &&
                              std::abs(std::strtod(line.c_str(), nullptr) - s.ms) <= tolerance);
        BOOST_TEST(found, fmt::format("{}: {} at {} ms", queue, s.what, s.ms));
    }
}

const std::vector<step> one_by_one{{0, "w0 starts"},  {5, "w0 sleeps"},  {15, "w0 wakes"}, {20, "w0 finishes"},
                                   {20, "w1 starts"}, {25, "w1 sleeps"}, {35, "w1 wakes"}, {35, "w1 finishes"},
                                   {35, "w2 starts"}, {40, "w2 sleeps"}, {50, "w2 wakes"}, {50, "w2 finishes"}};
const std::vector<step> two_at_a_time{{0, "w0 starts"},  {5, "w0 sleeps"},    {5, "w1 starts"}, {10, "w1 sleeps"},
                                      {15, "w0 wakes"},  {20, "w0 finishes"}, {20, "w1 wakes"}, {20, "w1 finishes"},
                                      {20, "w2 starts"}, {25, "w2 sleeps"},   {35, "w2 wakes"}, {35, "w2 finishes"}};
const std::vector<step> three_at_a_time{{0, "w0 starts"},  {5, "w0 sleeps"},    {5, "w1 starts"}, {10, "w1 sleeps"},
                                        {10, "w2 starts"}, {15, "w2 sleeps"},   {15, "w0 wakes"}, {20, "w0 finishes"},
                                        {20, "w1 wakes"},  {20, "w1 finishes"}, {25, "w2 wakes"}, {25, "w2 finishes"}};

} // namespace

BOOST_AUTO_TEST_CASE(the_documented_example_takes_50_35_and_25_ms) {
    const auto lines = experiment("wq_abc", "cmwq");
    agrees(lines, "max_active=1", one_by_one);
    agrees(lines, "max_active=2", two_at_a_time);
    agrees(lines, "max_active=3", three_at_a_time);
    BOOST_TEST(ends_at(lines, "max_active=1") == 50, boost::test_tools::tolerance(0.01));
    BOOST_TEST(ends_at(lines, "max_active=2") == 35, boost::test_tools::tolerance(0.01));
    BOOST_TEST(ends_at(lines, "max_active=3") == 25, boost::test_tools::tolerance(0.01));
    BOOST_TEST(ends_at(lines, "w1, w2 CPU_INTENSIVE, cpu time") == 25, boost::test_tools::tolerance(0.01));
    BOOST_TEST(ends_at(lines, "UNBOUND") == 20, boost::test_tools::tolerance(0.01));
    // msleep(10) is three jiffies and one more, rounded up to a bucket of the wheel: 16 to 20 ms by what is left of the
    // jiffy in which it is called.
    const double slept = std::strtod(words_after(lines, "msleep(10) lasted").at(0).c_str(), nullptr);
    BOOST_TEST(slept >= 16);
    BOOST_TEST(slept <= 20.1);
}

BOOST_AUTO_TEST_CASE(the_old_workqueue_takes_50_ms_whatever_is_asked_for) {
    const auto lines = experiment("wq_abc", "legacy");
    agrees(lines, "max_active=3", one_by_one);
    for (const char *queue : {"max_active=1", "max_active=2", "max_active=3", "UNBOUND"})
        BOOST_TEST(ends_at(lines, queue) == 50, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(ten_queues_are_forty_threads_of_the_old_kind_and_none_of_the_new) {
    const auto threads = [](const std::vector<std::string> &lines, const std::string &when) {
        return std::atoi(words_after(lines, fmt::format("{:<36}", when)).at(3).c_str());
    };
    const auto old = experiment("wq_threads", "legacy");
    BOOST_TEST(threads(old, "queues made, no work yet") == 40);
    BOOST_TEST(threads(old, "with threaded interrupts") == 55);
    BOOST_TEST(threads(old, "after 620 s") == 55);
    const auto managed = experiment("wq_threads", "cmwq");
    BOOST_TEST(threads(managed, "queues made, no work yet") <= 12);
    BOOST_TEST(threads(managed, "with threaded interrupts") >= 23);
    BOOST_TEST(threads(managed, "with threaded interrupts") <= 27);
    // A worker for each of the 40 that sleep, and one ready on each CPU; the high-priority pools have one each, the
    // unbound pool two.
    BOOST_TEST(threads(managed, "all items asleep at once") == 40 + 4 + 4 + 2 + 15);
    BOOST_TEST(threads(managed, "after 620 s") == 4 * 2 + 4 + 2 + 15);
}

BOOST_AUTO_TEST_CASE(short_items_do_not_wait_for_long_ones_that_sleep) {
    const auto column = [](const std::vector<std::string> &lines, const char *items, unsigned which) {
        return std::atof(words_after(lines, items).at(which).c_str());
    };
    const auto old = experiment("wq_mixed", "legacy"), managed = experiment("wq_mixed", "cmwq");
    BOOST_TEST(column(managed, "short", 4) < 100); // p99, us
    BOOST_TEST(column(old, "short", 4) > 50 * column(managed, "short", 4));
    BOOST_TEST(column(old, "short", 1) < 50); // the one that finds the thread idle is as fast
    BOOST_TEST(column(managed, "long", 4) < 9500);
}

BOOST_AUTO_TEST_CASE(highpri_items_start_at_once_on_a_busy_cpu) {
    for (const char *backend : {"cmwq", "legacy"}) {
        const auto lines = experiment("wq_highpri", backend);
        BOOST_TEST(std::atof(words_after(lines, "beside").at(0).c_str()) > 2000);
        BOOST_TEST(std::atof(words_after(lines, "highpri   ").at(2).c_str()) < 50);
    }
}

BOOST_AUTO_TEST_CASE(the_table_of_bottom_halves_is_as_the_books_have_it) {
    const auto lines = experiment("bottom_halves", "cmwq", presses("GPIO3_A5", 400, 4373, 2000));
    struct row {
        const char *name, *context, *sleeps, *at_once;
    };
    for (const row &r : {row{"softirq", "softirq", "no", "4"}, row{"tasklet", "softirq", "no", "1"},
                         row{"work item ", "task", "yes", "1"}, row{"work items", "task", "yes", "4"},
                         row{"irq thread", "task", "yes", "1"}}) {
        const auto words = words_after(lines, r.name);
        BOOST_TEST(words.at(0) == r.context, r.name);
        BOOST_TEST(words.at(1) == r.sleeps, r.name);
        BOOST_TEST(words.at(2) == r.at_once, r.name);
    }
    const auto idle = [&](const char *name) { return std::atof(words_after(lines, name).at(3).c_str()); };
    BOOST_TEST(idle("softirq") < idle("tasklet"));
    BOOST_TEST(idle("tasklet") < idle("irq thread"));
    BOOST_TEST(idle("irq thread") < idle("work item "));
}

// Regardless of the moment between two ticks at which an edge comes.
BOOST_AUTO_TEST_CASE(under_load_a_thread_of_fifo_class_is_as_fast_as_before_and_a_worker_shares_the_cpu) {
    for (int seed = 0; seed < 20; ++seed) {
        const auto lines = experiment("bottom_halves", "cmwq", presses("GPIO3_A5", 400, 4373, 2000), seed);
        const auto worst = [&](const char *name) { return std::atof(words_after(lines, name).at(8).c_str()); };
        BOOST_TEST(worst("irq thread") < 10, seed);
        BOOST_TEST(worst("softirq") < 10, seed);
        BOOST_TEST(worst("work items") > 100, seed);
    }
}
