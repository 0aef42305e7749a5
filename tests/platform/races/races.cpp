// SPDX-License-Identifier: Apache-2.0
//
// Races that were planted, one small module each: the detector names both functions in one run, and stays silent where
// the same module is correct (CORRECT defined). A module's head says which functions, and what the run does besides
// playing presses on two lines.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>
#include <fstream>

using namespace rk3568::test;

namespace {

struct planted {
    std::string races;
    std::vector<std::string> exec;
};

planted read(const std::string &name) {
    planted p;
    std::ifstream in(std::string(PLANTED_SOURCES "/") + name + ".c");
    BOOST_REQUIRE(in);
    for (std::string text; std::getline(in, text);) {
        if (const std::string what = "// races: "; text.rfind(what, 0) == 0)
            p.races = text.substr(what.size());
        if (const std::string what = "// exec: "; text.rfind(what, 0) == 0)
            p.exec.push_back(text.substr(what.size()));
    }
    return p;
}

outcome load(const planted &p, const std::string &name, const std::string &variant,
             const std::vector<std::string> &more = {}) {
    simulation s;
    std::string presses;
    for (unsigned ms = 1; ms <= 12; ++ms)
        presses += fmt::format("{0}ms GPIO3_A5 1\n{0}.3ms GPIO3_A5 0\n{0}.5ms GPIO0_A5 1\n{0}.7ms GPIO0_A5 0\n", ms);
    std::vector<std::string> arguments{"--insmod",   fmt::format("{}/{}/{}.ko", PLANTED_MODULES, variant, name),
                                       "--stimulus", s.file("press.stim", presses),
                                       "--for",      "20ms",
                                       "--kcsan"};
    for (const std::string &command : p.exec)
        arguments.insert(arguments.end(), {"--exec", command});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return s.run_plain(arguments);
}

void check(const std::string &name) {
    const planted p = read(name);
    BOOST_TEST(!p.races.empty());
    const outcome racing = load(p, name, "racing");
    BOOST_TEST(racing.status == 2, racing.out + racing.err);
    BOOST_TEST(racing.said("BUG: KCSAN: data-race in " + p.races + "\n") >= 1u, racing.out);
    BOOST_TEST(racing.said(fmt::format("driver: {}/{}.c:", PLANTED_SOURCES, name)) >= 2u, racing.out);
    const outcome ordered = load(p, name, "ordered");
    BOOST_TEST(ordered.status == 0, ordered.out + ordered.err);
    BOOST_TEST(ordered.said("KCSAN") == 0u, ordered.out);
}

} // namespace

#define PLANTED(name)                                                                                                  \
    BOOST_AUTO_TEST_CASE(name##_is_named_and_its_correct_twin_is_not) {                                                \
        check(#name);                                                                                                  \
    }
#include "cases.inc"

BOOST_AUTO_TEST_CASE(the_odd_access_is_named) {
    const outcome r = load(read("odd_access"), "odd_access", "racing");
    BOOST_TEST(r.said("lock protects this datum at ") >= 1u, r.out);
    BOOST_TEST(r.said("is the odd one") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(the_detector_changes_neither_time_nor_behaviour) {
    const planted p = read("handler_and_thread");
    simulation s;
    const std::string module = std::string(PLANTED_MODULES) + "/ordered/handler_and_thread.ko";
    const std::vector<std::string> base{
        "--insmod", module, "--for", "20ms", "--stimulus", s.file("press.stim", "1ms GPIO3_A5 1\n2ms GPIO3_A5 0\n")};
    std::vector<std::string> watched = base;
    watched.push_back("--kcsan");
    const outcome plain = s.run_plain(base), with = s.run_plain(watched);
    BOOST_TEST(plain.status == 0);
    BOOST_TEST(plain.out == with.out);
}

BOOST_AUTO_TEST_CASE(the_experiments_have_no_race) {
    for (const char *name : {"irq_plain", "irq_softirq", "irq_tasklet", "irq_thread", "irq_work", "irq_multi"}) {
        simulation s;
        const outcome r = s.run_plain({"--insmod", fmt::format("{}/{}.c", EXPERIMENTS, name), "--kcsan", "--for",
                                       "60ms", "--stimulus",
                                       s.file("press.stim", "1ms GPIO3_A5 press 20ms bounce 3ms\n"
                                                            "40ms GPIO3_A5 1\n50ms GPIO3_A5 0\n")});
        BOOST_TEST(r.said("KCSAN") == 0u, name << r.out);
    }
}

BOOST_AUTO_TEST_CASE(a_driver_that_is_bound_again_comes_after_what_was_done_while_it_was_bound_before) {
    simulation s;
    s.module("again", R"(
#include <linux/platform_device.h>
static struct platform_device *dev;
static ssize_t level_show(struct device *d, struct device_attribute *a, char *buf)
{
    int *level = dev_get_drvdata(d);
    return sysfs_emit(buf, "%d\n", *level);
}
static DEVICE_ATTR_RO(level);
static struct attribute *again_attrs[] = {&dev_attr_level.attr, NULL};
ATTRIBUTE_GROUPS(again);
static int probe(struct platform_device *p)
{
    int *level = devm_kzalloc(&p->dev, sizeof(*level), GFP_KERNEL);
    if (!level)
        return -ENOMEM;
    *level = 3;
    platform_set_drvdata(p, level);
    return 0;
}
static struct platform_driver drv = {.probe = probe, .driver = {.name = "again", .dev_groups = again_groups}};
static int __init in(void)
{
    dev = platform_device_register_simple("again", -1, NULL, 0);
    return IS_ERR(dev) ? PTR_ERR(dev) : platform_driver_register(&drv);
}
static void __exit out(void)
{
    platform_driver_unregister(&drv);
    platform_device_unregister(dev);
}
module_init(in);
module_exit(out);
)");
    const outcome r = s.run({"--kcsan", "--for", "20ms", "--exec", "1ms cat /sys/devices/platform/again/level",
                             "--exec", "2ms echo again > /sys/bus/platform/drivers/again/unbind", "--exec",
                             "3ms echo again > /sys/bus/platform/drivers/again/bind", "--exec",
                             "4ms cat /sys/devices/platform/again/level"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("3\n") == 2u, r.out);
}
