// SPDX-License-Identifier: Apache-2.0
//
// What a driver can do wrong, one small module each: the kernel says so in its own words, the line of the driver stands
// behind it, and the run exits with 2. The same module without the mistake (CORRECT defined) runs in silence and exits
// with 0. A module's head says what is expected, its line marked `here` is the one that is to be named.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>
#include <fstream>
#include <sstream>

using namespace rk3568::test;

namespace {

struct defect {
    std::string says;
    std::vector<std::string> options{"--for", "100ms"};
    std::string stimulus = "1ms GPIO3_A5 1\n2ms GPIO3_A5 0\n3ms GPIO3_A5 1\n4ms GPIO3_A5 0\n";
    unsigned line = 0, lines = 0;
};

constexpr const char *says = "// says: ", *with = "// with: ";

defect read(const std::string &name) {
    defect d;
    std::ifstream in(std::string(DEFECT_SOURCES "/") + name + ".c");
    BOOST_REQUIRE(in);
    for (std::string text; std::getline(in, text);) {
        ++d.lines;
        if (text.rfind(says, 0) == 0)
            d.says = text.substr(std::string(says).size());
        if (text.find("/* here */") != text.npos)
            d.line = d.lines;
        if (text.rfind(with, 0) != 0)
            continue;
        std::istringstream words(text.substr(std::string(with).size()));
        for (std::string word; words >> word;)
            if (word == "--level") // the button is held down
                d.stimulus = "1ms GPIO3_A5 1\n400ms GPIO3_A5 0\n";
            else
                d.options.push_back(word);
    }
    return d;
}

outcome load(const defect &d, const std::string &name, const std::string &variant) {
    simulation s;
    std::vector<std::string> arguments{"--insmod", fmt::format("{}/{}/{}.ko", DEFECT_MODULES, variant, name),
                                       "--stimulus", s.file("press.stim", d.stimulus)};
    // A later --for counts.
    for (size_t i = d.options.size() > 2 && d.options[2] == "--for" ? 2 : 0; i < d.options.size(); ++i)
        arguments.push_back(d.options[i]);
    return s.run_plain(arguments);
}

void check(const std::string &name) {
    const defect d = read(name);
    BOOST_TEST(!d.says.empty());
    BOOST_TEST(d.line > 0u);
    BOOST_TEST(d.lines <= 40u);
    const outcome wrong = load(d, name, "wrong");
    BOOST_TEST(wrong.status == 2, wrong.out + wrong.err);
    BOOST_TEST(wrong.said(d.says) >= 1u, wrong.out);
    BOOST_TEST(wrong.said(fmt::format("driver: {}/{}.c:{}\n", DEFECT_SOURCES, name, d.line)) >= 1u, wrong.out);
    const outcome right = load(d, name, "right");
    BOOST_TEST(right.status == 0, right.out + right.err);
    BOOST_TEST(right.said(d.says) == 0u, right.out);
    BOOST_TEST(right.said("driver: ") == 0u, right.out);
}

} // namespace

#define DEFECT(name)                                                                                                   \
    BOOST_AUTO_TEST_CASE(name) {                                                                                       \
        check(#name);                                                                                                  \
    }
#include "cases.inc"
