// SPDX-License-Identifier: Apache-2.0
//
// The cost pass as clang runs it, on small sources of its own.
#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct compilation : scratch_folder {
    // clang's exit status; what it said is in `said`.
    int compile(const std::string &source, const std::string &flags = "", const std::string &object = "unit.o") {
        std::ofstream(file("unit.c")) << source;
        return command(RK3568_CLANG
                       " -O2 -fPIC -ffreestanding -fno-vectorize -fno-slp-vectorize -mno-sse -fpass-plugin=" COST_PASS
                       " -fplugin=" COST_PASS " " +
                       flags + " -c unit.c -o " + object);
    }
    int command(const std::string &text) {
        const int status = std::system((text + " > said 2>&1").c_str());
        said = content("said");
        return status;
    }
    // What one call of `call` is charged, as the harness of the accuracy bench reads it.
    long charged(const std::string &call) {
        std::ofstream(file("run.c"))
            << "#include <stdio.h>\n#include <sys/mman.h>\nvoid port_cost_expired(void) {}\nlong f();\n"
               "int main(void) { volatile long *b = mmap((void *)0x10000000, 4096, 3, 0x22 | MAP_FIXED, -1, 0);\n"
               "*b = 1l << 60; long r = "
            << call << "; printf(\"%ld\\n\", (1l << 60) - *b); return r == 12345678; }\n";
        BOOST_REQUIRE(command(RK3568_CLANG " -O1 -w run.c unit.o -o run") == 0);
        BOOST_REQUIRE(command("./run") == 0);
        return std::stol(said);
    }
    bool mentions(const std::string &text) const { return said.find(text) != std::string::npos; }

    std::string said;
};

constexpr const char *count_down =
    "long f(long n) { while (n) { __asm__ volatile(\"\" : \"+r\"(n)); n--; } return n; }\n";

} // namespace

BOOST_FIXTURE_TEST_CASE(a_function_with_x86_assembly_is_estimated_and_says_so, compilation) {
    const std::string foreign = "long g(void) { long t; __asm__ volatile(\"rdtsc\" : \"=A\"(t)); return t; }\n";
    BOOST_TEST(compile(count_down + foreign) == 0, said);
    BOOST_TEST(mentions("remark: g: its time is estimated"), said);
    BOOST_TEST(mentions("inline assembly"), said);
    BOOST_TEST(!mentions(" f:"), said);
    // The other function's figures are those that it has without the neighbour.
    const long beside = charged("f(1000)");
    BOOST_TEST(compile(count_down) == 0);
    BOOST_TEST(said == "");
    BOOST_TEST(charged("f(1000)") == beside);
}

BOOST_FIXTURE_TEST_CASE(long_double_and_intrinsics_of_x86_are_estimated_and_say_so, compilation) {
    BOOST_TEST(compile("long double g(long double x) { return x * 3 + 1; }\n"
                       "unsigned h(unsigned x) { return __builtin_ia32_crc32qi(x, 1); }\n" +
                           std::string(count_down),
                       "-msse4.2 -msse") == 0,
               said);
    BOOST_TEST(mentions("remark: g: its time is estimated"), said);
    BOOST_TEST(mentions("long double"), said);
    BOOST_TEST(mentions("remark: h: its time is estimated"), said);
    BOOST_TEST(mentions("llvm.x86."), said);
    BOOST_TEST(!mentions(" f:"), said);
}

// A calling convention that AArch64's back end does not know: it gives up with a fatal error.
BOOST_FIXTURE_TEST_CASE(a_back_end_that_gives_up_takes_nothing_else_with_it, compilation) {
    BOOST_TEST(compile("__attribute__((regcall)) long g(long a) { return a * 3; }\n" + std::string(count_down)) == 0,
               said);
    BOOST_TEST(mentions("remark: __regcall3__g: its time is estimated"), said);
    BOOST_TEST(!mentions(" f:"), said);
    BOOST_TEST(charged("f(10)") > 0);
}

BOOST_FIXTURE_TEST_CASE(instructions_of_a_loop_are_those_of_the_a55, compilation) {
    BOOST_REQUIRE(compile(count_down, "-mllvm -rk3568-count-instructions") == 0);
    // SUBS (or SUB and CBNZ): two instructions a round on AArch64, regardless of what x86 makes of it.
    BOOST_TEST(charged("f(1001)") - charged("f(1)") == 1000 * 2 * 16);
}

BOOST_FIXTURE_TEST_CASE(a_chain_of_multiplications_takes_their_latency, compilation) {
    BOOST_REQUIRE(compile("long f(long n) { long x = n; while (n--) { x = x * x; __asm__ volatile(\"\" : \"+r\"(x)); } "
                          "return x; }\n") == 0);
    // llvm-mca -mcpu=cortex-a55 on MUL, SUBS, B.NE: 4,002 cycles for 1,000 rounds.
    const long ticks = charged("f(1001)") - charged("f(1)");
    BOOST_TEST(ticks >= 3990 * 16);
    BOOST_TEST(ticks <= 4010 * 16);
}

BOOST_FIXTURE_TEST_CASE(two_compilations_give_the_same_code, compilation) {
    const std::string source = content(ACCURACY "/functions/strings.c");
    const std::string include = "-funsigned-char -I" ACCURACY "/functions -w";
    BOOST_REQUIRE(compile(source, include, "one.o") == 0);
    BOOST_REQUIRE(compile(source, include, "two.o") == 0);
    BOOST_TEST((content("one.o") == content("two.o")));
}

BOOST_FIXTURE_TEST_CASE(a_unit_can_be_left_alone, compilation) {
    BOOST_REQUIRE(compile(count_down, "-mllvm -rk3568-untimed") == 0);
    BOOST_TEST(charged("f(100)") == 0);
}

// The bars of the accuracy bench, on three of its files; all of them: tests/bench/accuracy/run --check.
BOOST_FIXTURE_TEST_CASE(predictions_are_within_the_bars_of_the_accuracy_bench, compilation) {
    BOOST_TEST(command("python3 " ACCURACY "/run --check --build " BUILD " --source " ACCURACY
                       "/functions/lists.c --source " ACCURACY "/functions/bits.c --source " ACCURACY
                       "/functions/joined.c") == 0,
               said);
}
