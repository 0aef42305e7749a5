// SPDX-License-Identifier: Apache-2.0
//
// --tries: a run that begins at a shared boot is the run that boots for itself.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

constexpr const char *counts_presses = R"(
static unsigned seen, at_most = 1000;
module_param(at_most, uint, 0);
static irqreturn_t pressed(int irq, void *data)
{
    WARN_ON(++seen > at_most);
    return IRQ_HANDLED;
}
static int __init count_init(void)
{
    return request_irq(gpio_to_irq(101), pressed, IRQF_TRIGGER_RISING, "count", &seen);
}
static void __exit count_exit(void)
{
    free_irq(gpio_to_irq(101), &seen);
    pr_info("seen=%u\n", seen);
}
module_init(count_init);
module_exit(count_exit);
)";

struct bench : simulation {
    bench() {
        object = file("count.c", std::string("#include <linux/gpio.h>\n#include <linux/interrupt.h>\n"
                                             "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n") +
                                     counts_presses);
        activity = file("bounce.stim", "1ms GPIO3_A5 press 2ms bounce 300us\n5ms GPIO3_A5 press 2ms bounce 300us\n");
    }
    std::vector<std::string> arguments(std::vector<std::string> more = {}) const {
        std::vector<std::string> all = {"--insmod", object, "--stimulus", activity, "--for", "10ms"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    std::string object, activity;
};

unsigned count_of(const std::string &text, const std::string &what) {
    unsigned n = 0;
    for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1))
        ++n;
    return n;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_run_from_the_shared_boot_is_the_run_that_boots_itself) {
    bench b;
    std::string list;
    for (const char *seed : {"1", "2", "30"})
        list += std::string("--seed ") + seed + " --dmesg tried" + seed + ".txt --csv tried" + seed + ".csv\n";
    // Outputs that show the boot, and another one, are made by a boot of their own.
    list += "# not a run\n\n--seed 2 --vcd tried.vcd\n--cpus 2 --dmesg tried_two.txt\n";
    const outcome all = b.run_plain(b.arguments({"--tries", b.file("list", list)}));
    BOOST_TEST(all.status == 0, all.out + all.err);
    BOOST_TEST(count_of(all.out, "\n") == 5u, all.out);
    for (const std::string seed : {"1", "2", "30"}) {
        const outcome one = b.run_plain(
            b.arguments({"--seed", seed, "--dmesg", "own" + seed + ".txt", "--csv", "own" + seed + ".csv"}));
        BOOST_TEST(one.status == 0);
        BOOST_TEST(one.out == b.read("own" + seed + ".txt"));
        BOOST_TEST(b.read("tried" + seed + ".txt") == one.out);
        BOOST_TEST(b.read("tried" + seed + ".csv") == b.read("own" + seed + ".csv"));
    }
    BOOST_TEST(b.read("tried1.csv") != b.read("tried2.csv"));
    b.run_plain(b.arguments({"--seed", "2", "--vcd", "own.vcd"}));
    BOOST_TEST(b.read("tried.vcd") == b.read("own.vcd"));
    BOOST_TEST(b.read("tried_two.txt") == b.run_plain(b.arguments({"--cpus", "2"})).out);
}

BOOST_AUTO_TEST_CASE(latencies_of_a_run_from_the_shared_boot_have_their_causes) {
    bench b;
    const outcome all = b.run_plain(
        b.arguments({"--latency", "tried.json", "--tries", b.file("list", "--seed 4 --exec '2ms cat /proc/stat'\n")}));
    BOOST_TEST(all.status == 0, all.out + all.err);
    b.run_plain(b.arguments({"--latency", "own.json", "--seed", "4", "--exec", "2ms cat /proc/stat"}));
    BOOST_TEST(b.read("tried.json").size() > 500u);
    BOOST_TEST(b.read("tried.json") == b.read("own.json"));
}

BOOST_AUTO_TEST_CASE(each_run_has_its_own_status_and_says_why_it_failed) {
    bench b;
    const std::string list = b.file("list", "--seed 1\n--cpus 9\n--insmod nosuch.ko\n--exec '1ms cat /nosuch'\n");
    const outcome all = b.run_plain(b.arguments({"--jobs", "1", "--tries", list}));
    BOOST_TEST(all.status == 1);
    BOOST_TEST(count_of(all.out, "0 --seed 1\n") == 1u, all.out);
    BOOST_TEST(count_of(all.out, "1 --cpus 9\n  rk3568-sim: --cpus: expected a number of cores") == 1u, all.out);
    BOOST_TEST(count_of(all.out, "1 --insmod nosuch.ko\n  rk3568-sim: ") == 1u, all.out);
    BOOST_TEST(count_of(all.out, "\n1 --exec '1ms cat /nosuch'\n") == 1u, all.out);
}

BOOST_AUTO_TEST_CASE(no_run_starts_behind_a_failure_if_that_is_asked_for) {
    bench b;
    const std::string two = b.object + ":at_most=2";
    const std::string list = b.file("list", "--seed 1\n--seed 2\n--seed 3\n");
    const outcome all = b.run_plain({"--insmod", two, "--stimulus", b.activity, "--for", "10ms", "--jobs", "1",
                                     "--until-failure", "--tries", list});
    BOOST_TEST(all.status == 2);
    BOOST_TEST(all.out.rfind("2 --seed 1\n", 0) == 0u, all.out);
    BOOST_TEST(count_of(all.out, " --seed ") == 1u, all.out);
}

BOOST_AUTO_TEST_CASE(a_run_that_takes_too_long_is_ended) {
    bench b;
    const std::string list = b.file("list", "--seed 1 --append=quiet\n--seed 2\n");
    const outcome all = b.run_plain({"--insmod", b.object, "--for", "10000000s", "--append", "debug=off", "--host-time",
                                     "200ms", "--exec", "1us while true; do true; done", "--tries", list});
    BOOST_TEST(all.status == 124, all.out + all.err);
    BOOST_TEST(count_of(all.out, "124 --seed ") == 2u, all.out);
}

BOOST_AUTO_TEST_CASE(what_does_not_go_together_with_tries_is_refused) {
    bench b;
    for (const std::vector<std::string> &wrong : {std::vector<std::string>{"--jobs", "2"},
                                                  {"--until-failure"},
                                                  {"--tries", "nosuch"},
                                                  {"--tries", "-", "--bare", b.object}}) {
        const outcome r = b.run_plain(wrong);
        BOOST_TEST(r.status == 1);
        BOOST_TEST(count_of(r.err, "\n") == 1u, r.err);
    }
}
