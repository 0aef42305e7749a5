// SPDX-License-Identifier: Apache-2.0
//
// --gpio lockstep in a run: silent as long as model and RTL are the same block, and what the user gets when they are
// not. FAULTY_SIMULATOR is the simulator with a fault in its RTL: EOI does nothing on pin 5 of a bank.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

using namespace rk3568::test;

namespace {

constexpr const char *button = R"(
static int irq, count;
static irqreturn_t h(int n, void *d) { count++; return IRQ_HANDLED; }
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	return request_irq(irq, h, IRQF_TRIGGER_RISING, "button", &count);
}
static void __exit m_exit(void) { free_irq(irq, &count); pr_info("count=%d\n", count); }
module_init(m_init);
module_exit(m_exit);
)";

std::vector<std::string> lines_of(const std::string &text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

// The values of one signal of a VCD in the order in which they come, with their times.
std::vector<std::pair<uint64_t, std::string>> changes_of(const std::string &vcd, const std::string &scope,
                                                         const std::string &name) {
    std::vector<std::pair<uint64_t, std::string>> changes;
    std::string code, inside;
    uint64_t now = 0;
    for (const std::string &line : lines_of(vcd)) {
        std::istringstream words(line);
        std::string first, second, third, fourth, fifth;
        words >> first >> second >> third >> fourth >> fifth;
        if (first == "$scope")
            inside += "." + third;
        else if (first == "$upscope")
            inside.erase(inside.rfind('.'));
        else if (first == "$var" && inside == "." + scope && fifth == name)
            code = fourth;
        else if (first[0] == '#')
            now = std::stoull(first.substr(1));
        else if (!code.empty() && (first.substr(1) == code || second == code))
            changes.emplace_back(now, second == code ? first.substr(1) : first.substr(0, 1));
    }
    BOOST_REQUIRE_MESSAGE(!code.empty(), "no signal " + scope + "." + name);
    return changes;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_bank_in_lockstep_serves_the_driver_and_says_nothing) {
    simulation s;
    s.module("button", button);
    s.file("presses.stim", presses("GPIO3_A5", 10, 1000, 400));
    const outcome both = s.run({"--gpio", "lockstep", "--gpio", "gpio1=rtl"}), one = s.run();
    BOOST_TEST(both.status == 0, both.err);
    BOOST_TEST(both.number("count") == 10);
    BOOST_TEST(both.out == one.out);
    BOOST_TEST(both.err == one.err); // the table of latencies
    BOOST_TEST(both.latency == one.latency);
    BOOST_TEST(both.latency["paths"][0]["edges"] == 10);
    BOOST_TEST(!s.exists("lockstep_gpio3.vcd"));
}

BOOST_AUTO_TEST_CASE(a_difference_ends_the_run_with_exit_3_and_one_line_and_the_history) {
    simulation s;
    s.use(FAULTY_SIMULATOR);
    s.module("button", button);
    s.file("presses.stim", presses("GPIO3_A5", 10, 1000, 400));
    const outcome r = s.run({"--gpio", "lockstep"});
    BOOST_TEST(r.status == 3);
    const auto lines = lines_of(r.err);
    const auto said = std::find_if(lines.begin(), lines.end(), [](const std::string &line) {
        return line.rfind("rk3568-sim: --gpio lockstep: ", 0) == 0;
    });
    BOOST_REQUIRE_MESSAGE(said != lines.end(), r.err);
    // The RTL keeps the latched edge, so that its line stays up while the model's goes down.
    BOOST_TEST(said->find("gpio3: ") != std::string::npos, *said);
    BOOST_TEST((said->find("in the model") != std::string::npos && said->find("RTL") != std::string::npos), *said);
    BOOST_TEST(r.err.find(" accesses and pin changes:\n") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("pin 5 high") != std::string::npos);
    BOOST_TEST(r.err.find("write 0x60 0xffff0020  PORT_EOI_L") != std::string::npos, r.err);
    BOOST_TEST(lines.back() == "the waveform around it is in lockstep_gpio3.vcd");
    BOOST_TEST(r.said("count=") == 0u); // the module is not unloaded: the run ends where it is
}

BOOST_AUTO_TEST_CASE(the_waveform_shows_both_sides_before_and_after_the_difference) {
    simulation s;
    s.use(FAULTY_SIMULATOR);
    s.module("button", button);
    s.file("presses.stim", presses("GPIO3_A5", 10, 1000, 400));
    BOOST_TEST(s.run({"--gpio", "lockstep", "--vcd", s.path("all.vcd")}).status == 3);
    BOOST_REQUIRE(s.exists("lockstep_gpio3.vcd"));
    BOOST_TEST(s.exists("all.vcd")); // the outputs of the run are complete up to its end
    const std::string vcd = s.read("lockstep_gpio3.vcd");
    const auto differs = changes_of(vcd, "gpio3", "differs");
    BOOST_REQUIRE(differs.size() == 2u); // 0 at the beginning, 1 from the difference on
    const uint64_t when = differs[1].first;
    BOOST_TEST(changes_of(vcd, "gpio3", "pins").size() == 2u);
    // Both lines go up for the press; only the model's goes down.
    const auto model = changes_of(vcd, "gpio3.model", "irq"), rtl = changes_of(vcd, "gpio3.rtl", "irq");
    BOOST_REQUIRE(model.size() >= 3u);
    BOOST_REQUIRE(rtl.size() == 2u);
    BOOST_TEST(model[1].first == rtl[1].first);
    BOOST_TEST(model[1].first < when);
    // The registers differ in the access whose wait for its cycle takes the bank past the end of the one before.
    BOOST_TEST(model[2].first > when - 20000);
    BOOST_TEST(model[2].first < when + 20000);
    BOOST_TEST(model[2].second == "0");
    const auto bus = changes_of(vcd, "gpio3.bus", "register");
    BOOST_TEST(bus.front().first < when);
    const std::string last = lines_of(vcd).back(); // the recording goes on for a while
    BOOST_REQUIRE(last[0] == '#');
    BOOST_TEST(std::stoull(last.substr(1)) > when + 5'000'000);
}

BOOST_AUTO_TEST_CASE(a_waveform_that_cannot_be_written_is_said_and_the_exit_status_stays) {
    simulation s;
    s.use(FAULTY_SIMULATOR);
    s.module("button", button);
    s.file("presses.stim", presses("GPIO3_A5", 10, 1000, 400));
    BOOST_REQUIRE(std::system(("mkdir " + s.path("lockstep_gpio3.vcd")).c_str()) == 0);
    const outcome r = s.run({"--gpio", "lockstep"});
    BOOST_TEST(r.status == 3);
    BOOST_TEST(r.err.find("no waveform: lockstep_gpio3.vcd") != std::string::npos, r.err);
}
