// SPDX-License-Identifier: Apache-2.0
//
// The device trees of the RK3566 and RK3568 boards that Linux 6.1 knows, as they are: they have no memory, name blocks
// that are not modelled, and include Linux's headers.
#include "tests/sim.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>

using namespace rk3568::test;

namespace {

const std::vector<std::string> boards = {"rk3566-anbernic-rg353p",  "rk3566-anbernic-rg503", "rk3566-pinenote-v1.1",
                                         "rk3566-pinenote-v1.2",    "rk3566-quartz64-a",     "rk3566-quartz64-b",
                                         "rk3566-roc-pc",           "rk3566-soquartz-blade", "rk3566-soquartz-cm4",
                                         "rk3566-soquartz-model-a", "rk3568-bpi-r2-pro",     "rk3568-evb1-v10",
                                         "rk3568-odroid-m1",        "rk3568-rock-3a"};

std::string tree(const std::string &board) {
    return LINUX "/arch/arm64/boot/dts/rockchip/" + board + ".dts";
}

// A key of the board's own gpio-keys node: pin (low when pressed), type and code of its event.
struct key {
    std::string pin, event;
};
const std::map<std::string, key> own_keys = {
    {"rk3566-anbernic-rg353p", {"GPIO3_C3", "type 1 (EV_KEY), code 304, value 1"}},
    {"rk3566-anbernic-rg503", {"GPIO3_C3", "type 1 (EV_KEY), code 304, value 1"}},
    {"rk3566-pinenote-v1.1", {"GPIO0_C7", "type 5 (EV_SW), code 16, value 1"}},
    {"rk3566-pinenote-v1.2", {"GPIO0_C7", "type 5 (EV_SW), code 16, value 1"}},
};

const std::string keys_overlay = "/dts-v1/;\n/plugin/;\n#include <dt-bindings/gpio/gpio.h>\n"
                                 "&{/} {\n\tkeys {\n\t\tcompatible = \"gpio-keys\";\n\t\tenter {\n"
                                 "\t\t\tlabel = \"enter\";\n\t\t\tlinux,code = <28>;\n"
                                 "\t\t\tgpios = <&gpio3 4 GPIO_ACTIVE_LOW>;\n\t\t};\n\t};\n};\n";

} // namespace

BOOST_DATA_TEST_CASE(the_tree_of_a_board_runs_the_demonstration, boost::unit_test::data::make(boards), board) {
    simulation s;
    const outcome r = s.run_plain({"--dts", tree(board)});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.err.find("it has no memory") != std::string::npos, r.err);
    BOOST_TEST(r.said("Machine model: ") == 1u);
    BOOST_TEST(r.said("Rockchip RK3568 simulation") == 0u);
    BOOST_TEST(r.err.find("button-thread") != std::string::npos, r.err);
}

BOOST_DATA_TEST_CASE(linuxs_gpio_keys_reports_a_key_of_the_board_or_of_an_overlay, boost::unit_test::data::make(boards),
                     board) {
    simulation s;
    const auto own = own_keys.find(board);
    const key pressed = own != own_keys.end() ? own->second : key{"GPIO3_A4", "type 1 (EV_KEY), code 28, value 1"};
    s.file("press.stim", "0 " + pressed.pin + " 1\n20ms " + pressed.pin + " 0\n80ms " + pressed.pin + " 1\n");
    std::vector<std::string> arguments = {"--dts", tree(board)};
    if (own == own_keys.end())
        arguments.insert(arguments.end(), {"--dto", s.file("keys.dtso", keys_overlay)});
    arguments.insert(arguments.end(), {"--insmod", LINUX "/drivers/input/keyboard/gpio_keys.c", "--for", "200ms"});
    // The first of the board's own devices has the key.
    arguments.insert(arguments.end(), {"--exec", "150ms cat /sys/kernel/debug/input/event0"});
    const outcome r = s.run(arguments);
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said(pressed.event) == 1u, r.out);
}
