// SPDX-License-Identifier: Apache-2.0
//
// Mistakes in a driver of 400 lines, as drivers are: each is found alone and among all others, at its line, and the
// driver without them is found right, with every seed.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>
#include <fstream>

using namespace rk3568::test;

namespace {

struct mistake {
    unsigned number;
    const char *says; // a part of the finding
};

constexpr mistake mistakes[] = {
    {0, "inconsistent {IN-HARDIRQ-W} -> {HARDIRQ-ON-W} usage"},
    {1, "BUG: scheduling while atomic"},
    {2, "[ BUG: Invalid wait context ]"},
    {3, "unloaded with 64 bytes in 1 object still allocated"},
    {4, "misc device panel still registered"},
    {5, "kernel thread panel-watch"},
    {6, "Threaded irq requested with handler=NULL and !ONESHOT"},
    {7, "IRQF_ONESHOT is missing on a level"},
    {8, "object type: timer_list hint: panel_blink"},
    {9, "object type: timer_list hint: delayed_work_timer_fn"},
    {10, "Right Redzone overwritten"},
    {11, "BUG: sleeping function called from invalid context at include/linux/sched/mm.h"},
    {12, "BUG: sleeping function called from invalid context at include/linux/uaccess.h"},
};

// The line that is marked with the mistake's number.
unsigned line_of(unsigned number) {
    std::ifstream in(PANEL_SOURCE);
    const std::string mark = fmt::format("/* mistake {}", number);
    std::string text;
    for (unsigned line = 1; std::getline(in, text); ++line)
        if (const size_t at = text.find(mark); at != text.npos && !std::isdigit(text[at + mark.size()]))
            return line;
    return 0;
}

outcome run_panel(unsigned mask, unsigned seed = 0) {
    simulation s;
    const std::string pins = "5ms GPIO3_A5 1\n12ms GPIO3_A5 0\n20ms GPIO3_A6 1\n25ms GPIO3_A5 1\n28ms GPIO3_A5 0\n"
                             "40ms GPIO3_A6 0\n45ms GPIO3_A7 1\n46ms GPIO3_A7 0\n";
    return s.run_plain({"--insmod", fmt::format("{}:plant={}", PANEL_MODULE, mask), "--stimulus",
                        s.file("panel.stim", pins), "--for", "200ms", "--exec", "60ms cat /dev/panel", "--seed",
                        std::to_string(seed)});
}

// The summary has the finding with the line.
void check_found(const outcome &o, const mistake &m) {
    const std::string place = fmt::format("panel.c:{}: ", line_of(m.number));
    bool found = false;
    for (size_t at = 0; !found && (at = o.err.find(place, at)) != o.err.npos; ++at) {
        const std::string line = o.err.substr(at, o.err.find('\n', at) - at);
        found = line.find(m.says) != line.npos;
    }
    BOOST_TEST(found, fmt::format("mistake {}: expected '{}' at {}in\n{}", m.number, m.says, place, o.err));
}

} // namespace

BOOST_AUTO_TEST_CASE(the_driver_without_mistakes_has_no_findings) {
    for (unsigned seed = 0; seed < 5; ++seed) {
        const outcome o = run_panel(0, seed);
        BOOST_TEST(o.status == 0, o.err);
    }
}

BOOST_AUTO_TEST_CASE(each_mistake_alone_is_found_at_its_line) {
    for (const mistake &m : mistakes) {
        // What is never given back is needed for nothing else.
        const outcome o = run_panel(1u << m.number);
        BOOST_TEST(o.status == 2, o.err);
        // Alone, the sleeping call speaks before the lock validator does.
        check_found(o, m);
    }
}

BOOST_AUTO_TEST_CASE(all_mistakes_together_are_found_at_their_lines) {
    unsigned all = 0;
    for (const mistake &m : mistakes)
        all |= 1u << m.number;
    const outcome o = run_panel(all);
    BOOST_TEST(o.status == 2, o.err);
    for (const mistake &m : mistakes)
        check_found(o, m);
}
