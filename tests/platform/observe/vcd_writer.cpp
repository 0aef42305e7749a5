// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/vcd_writer.h"

#include "tests/platform/observe/vcd_text.h"
#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace rk3568;

namespace {
const std::string vcd = "a.vcd";
} // namespace

BOOST_FIXTURE_TEST_SUITE(vcd_writers, scratch_folder)

BOOST_AUTO_TEST_CASE(what_is_written_reads_back) {
    {
        vcd_writer out(vcd);
        const auto pin = out.add("pins", "GPIO3_A5", 1, 1);
        const auto status = out.add("gpio.gpio3", "int_status", 32);
        const auto wide = out.add("gpio", "wide", 64, ~0ull);
        const auto task = out.add_text("cores.core0", "task", "swapper/0");
        out.change(pin, 10, 0);
        out.change(status, 10, 0x20);
        out.change(pin, 10, 0); // no change
        out.change(task, 15, "irq/50 button");
        out.change(wide, 20, 1);
        const auto late = out.add("cores.core0", "late", 2, 3); // registered while the recording runs
        out.change(late, 30, 1);
        out.change(status, 31, 0);
        out.finish(1000);
    }
    const vcd_text in(vcd);
    BOOST_TEST(in.history("pins.GPIO3_A5") == "0=1 10=0");
    BOOST_TEST(in.history("gpio.gpio3.int_status") == "0=0 10=32 31=0");
    BOOST_TEST(in.history("gpio.wide") == "0=18446744073709551615 20=1");
    BOOST_TEST(in.history("cores.core0.task") == "0=swapper/0 15=irq/50_button");
    BOOST_TEST(in.history("cores.core0.late") == "0=3 30=1");
    BOOST_TEST(in.end == 1000u);
}

BOOST_AUTO_TEST_CASE(ten_thousand_signals_have_codes_of_their_own) {
    std::mt19937_64 random(3);
    std::vector<std::string> expected(10'000, "0=0");
    {
        vcd_writer out(vcd);
        for (unsigned i = 0; i < expected.size(); ++i)
            BOOST_REQUIRE(out.add("s" + std::to_string(i % 7), "v" + std::to_string(i), 16) == i);
        std::vector<uint64_t> last(expected.size());
        for (uint64_t ps = 1; ps < 100'000; ++ps) {
            const auto i = static_cast<vcd_writer::signal>(random() % expected.size());
            const uint64_t value = random() % 65536;
            out.change(i, ps, value);
            if (value != last[i])
                expected[i] += " " + std::to_string(ps) + "=" + std::to_string(value);
            last[i] = value;
        }
        out.finish(100'000);
    }
    const vcd_text in(vcd);
    BOOST_TEST(in.signals.size() == expected.size());
    size_t wrong = 0;
    for (unsigned i = 0; i < expected.size(); ++i)
        wrong += in.history("s" + std::to_string(i % 7) + ".v" + std::to_string(i)) != expected[i];
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_CASE(without_finish_nothing_is_left) {
    {
        vcd_writer out(vcd);
        const auto s = out.add("a", "b", 1);
        for (uint64_t ps = 1; ps < 1'000'000; ++ps)
            out.change(s, ps, ps & 1);
    }
    BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_is_one_line) {
    BOOST_CHECK_EXCEPTION(vcd_writer("/nowhere/a.vcd"), output_error, [](const output_error &e) {
        return std::string(e.what()) == "/nowhere/a.vcd: cannot be written: No such file or directory";
    });
}

#ifdef VCD2FST
BOOST_AUTO_TEST_CASE(vcd2fst_accepts_it) {
    {
        vcd_writer out(vcd);
        const auto a = out.add("pins", "GPIO3_A5", 1);
        const auto b = out.add("cores.core0", "context", 2);
        const auto c = out.add_text("cores.core0", "running");
        for (uint64_t i = 1; i < 1000; ++i) {
            out.change(a, i * 1'000'000, i & 1);
            out.change(b, i * 1'000'000 + 5, i & 3);
            out.change(c, i * 1'000'000 + 7, i & 1 ? "irq/50-button" : "kworker/0:1");
        }
        out.finish(2'000'000'000);
    }
    const std::string fst = vcd + ".fst";
    const std::string command = std::string(VCD2FST) + " " + vcd + " " + fst + " >/dev/null 2>vcd2fst.err";
    BOOST_TEST(std::system(command.c_str()) == 0);
    BOOST_TEST(std::filesystem::file_size(fst) > 0u);
    BOOST_TEST(content("vcd2fst.err") == "");
}
#endif

BOOST_AUTO_TEST_SUITE_END()
