// SPDX-License-Identifier: Apache-2.0
//
// Edges at random intervals from 2 us to 2 ms on eight lines with mixed mechanisms, on four cores (modules/soak.c), and
// their account. RK3568_SOAK_EDGES says how many; tests/sw/irq/soak runs ten million.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <queue>
#include <random>

using namespace rk3568::test;

namespace {

struct soaked_line {
    const char *pin;
    unsigned gpio;
    bool falling;
};

// As in modules/soak.c.
constexpr soaked_line lines[] = {{"GPIO0_A0", 0, false},   {"GPIO1_B7", 47, true},  {"GPIO2_A1", 65, false},
                                 {"GPIO3_A5", 101, false}, {"GPIO3_C0", 112, true}, {"GPIO3_D7", 127, false},
                                 {"GPIO4_A1", 129, false}, {"GPIO4_D7", 159, true}};
constexpr unsigned line_count = sizeof(lines) / sizeof(lines[0]);

// Writes a VCD with `edges` edges of the requested directions; an edge and its return are at least 1 us apart. Returns
// how many each line got, and the time of the last change in ns.
std::map<std::string, unsigned long> play(const std::string &path, unsigned long edges, uint64_t &end_ns) {
    std::unique_ptr<FILE, int (*)(FILE *)> file(std::fopen(path.c_str(), "w"), std::fclose);
    BOOST_REQUIRE(file);
    std::fputs("$timescale 1 ns $end\n$scope module soak $end\n", file.get());
    for (unsigned i = 0; i < line_count; ++i)
        std::fprintf(file.get(), "$var wire 1 %c %s $end\n", 'a' + i, lines[i].pin);
    std::fputs("$upscope $end\n$enddefinitions $end\n#0\n", file.get());
    for (unsigned i = 0; i < line_count; ++i)
        std::fprintf(file.get(), "%d%c\n", lines[i].falling, 'a' + i);

    std::mt19937_64 random(1);
    struct change {
        uint64_t ns;
        unsigned line;
        bool edge; // otherwise the way back
        bool operator>(const change &other) const { return ns != other.ns ? ns > other.ns : line > other.line; }
    };
    std::priority_queue<change, std::vector<change>, std::greater<>> next;
    // Integer arithmetic alone: the same file everywhere.
    const auto interval = [&] { return 2000 + random() % 1998001; };
    for (unsigned i = 0; i < line_count; ++i)
        next.push({1000000 + interval(), i, true});
    std::map<std::string, unsigned long> count;
    unsigned long made = 0;
    uint64_t last = 0;
    while (!next.empty()) {
        const change c = next.top();
        next.pop();
        if (c.edge && made == edges)
            continue;
        if (c.ns != last)
            std::fprintf(file.get(), "#%lu\n", static_cast<unsigned long>(last = c.ns));
        std::fprintf(file.get(), "%d%c\n", c.edge != lines[c.line].falling, 'a' + c.line);
        if (c.edge) {
            ++made;
            ++count[lines[c.line].pin];
            const uint64_t apart = interval();
            next.push({c.ns + 1000 + random() % (apart - 1999), c.line, false});
            next.push({c.ns + apart, c.line, true});
        }
    }
    end_ns = last;
    return count;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_edge_of_eight_lines_on_four_cores_is_accounted_for_and_none_is_lost) {
    const char *wanted = std::getenv("RK3568_SOAK_EDGES");
    const unsigned long edges = wanted ? std::strtoul(wanted, nullptr, 0) : 500000;
    simulation s;
    uint64_t end_ns = 0;
    const auto played = play(s.path("soak.vcd"), edges, end_ns);
    const outcome r =
        s.run_plain({"--insmod", std::string(RK3568_TEST_MODULES) + "/soak.ko", "--stimulus", s.path("soak.vcd"),
                     "--for", fmt::format("{}us", end_ns / 1000 + 10000), "--latency", s.path("latency.json")});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("violations") == 0);
    unsigned long total = 0, handled = 0, merged = 0;
    for (const soaked_line &line : lines) {
        BOOST_TEST_CONTEXT(line.pin) {
            const nlohmann::json *path = nullptr;
            // A line has a path for each driver on it and each mechanism; all have the line's account.
            for (const auto &p : r.latency["paths"])
                if (p["line"] == line.pin && p["name"] == "soak")
                    path = path ? path : &p;
            BOOST_REQUIRE(path);
            BOOST_TEST((*path)["edges"] == played.at(line.pin));
            BOOST_TEST((*path)["lost"] == 0);
            BOOST_TEST((*path)["edges"].get<unsigned long>() ==
                       (*path)["handled"].get<unsigned long>() + (*path)["merged"].get<unsigned long>());
            const auto count = r.number(fmt::format("gpio{}_handled", line.gpio));
            // A thread alone runs once for all edges since its last run; the default handler saw each.
            if (line.gpio == 47)
                BOOST_TEST(count <= (*path)["handled"].get<long long>());
            else
                BOOST_TEST(count == (*path)["handled"].get<long long>());
            BOOST_TEST(count > 0.95 * static_cast<double>(played.at(line.pin)));
            if (line.gpio == 127)
                BOOST_TEST(r.number("gpio127_second") == count);
            total += (*path)["edges"].get<unsigned long>();
            handled += (*path)["handled"].get<unsigned long>();
            merged += (*path)["merged"].get<unsigned long>();
        }
    }
    BOOST_TEST(total == edges);
    BOOST_TEST_MESSAGE(fmt::format("{} edges in {} simulated ms: {} handled, {} merged, 0 lost", total,
                                   end_ns / 1000000, handled, merged));
    std::printf("%lu edges in %lu simulated ms: %lu handled, %lu merged\n", total,
                static_cast<unsigned long>(end_ns / 1000000), handled, merged);
}
