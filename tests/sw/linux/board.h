// SPDX-License-Identifier: Apache-2.0
// For tests of drivers: the board with more on it, and what a run answered.
#ifndef TESTS_SW_LINUX_BOARD_H
#define TESTS_SW_LINUX_BOARD_H

#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace rk3568::test {

// The board with these nodes on top, as a blob.
inline std::string board(simulation &s, const std::string &nodes) {
    std::ifstream in(BOARD);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    s.file("board.dts", text + "/ {\n" + nodes + "};\n");
    const std::string command = "dtc -q -I dts -O dtb -o '" + s.path("board.dtb") + "' '" + s.path("board.dts") + "'";
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    return s.path("board.dtb");
}

inline unsigned lines_with(const outcome &r, const std::string &text) {
    unsigned count = 0;
    for (const std::string &line : r.lines())
        count += line.find(text) != line.npos;
    return count;
}

// A module whose parameter `level` tells the level of a pin.
inline void look_at(simulation &s, unsigned pin) {
    s.module("look", "static int get(char *b, const struct kernel_param *k) { return sprintf(b, \"%d\\n\", "
                     "gpio_get_value(" +
                         std::to_string(pin) +
                         ")); }\n"
                         "static const struct kernel_param_ops ops = {.get = get};\n"
                         "module_param_cb(level, &ops, NULL, 0444);\n"
                         "static int __init in(void) { return 0; }\nstatic void __exit out(void) {}\n"
                         "module_init(in);\nmodule_exit(out);\n");
}

// What the run said that is not a line of the kernel's boot: what --exec printed, in order.
inline std::vector<std::string> answers(const outcome &r) {
    std::vector<std::string> found;
    std::istringstream in(r.printed());
    for (std::string line; std::getline(in, line);)
        if (!line.empty())
            found.push_back(line);
    return found;
}

} // namespace rk3568::test

#endif
