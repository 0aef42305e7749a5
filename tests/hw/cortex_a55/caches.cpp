// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/caches.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;

namespace {

constexpr uint64_t base = 0x80000000;

struct machine {
    memory_system memory{4};

    machine() {
        cache_costs costs;
        costs.l3_hit = 100;
        costs.l3_stream = 20;
        costs.dram = 1000;
        costs.dram_stream = 200;
        costs.store_miss = 30;
        costs.transfer = 50;
        costs.tlb = 5;
        costs.walk = 7;
        costs.mispredict = 8;
        for (unsigned core = 0; core < 4; ++core)
            memory.set_costs(core, costs);
        // The section's translation is there before anything is measured.
        for (unsigned core = 0; core < 4; ++core)
            memory.access(core, base + 0x1f0000, 8, false, 0);
    }
    int64_t read(uint64_t at, unsigned core = 0) { return memory.access(core, base + at, 8, false, 0); }
    int64_t write(uint64_t at, unsigned core = 0) { return memory.access(core, base + at, 8, true, 0); }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_first_touch_of_a_line_comes_from_dram_and_the_second_is_free, machine) {
    BOOST_TEST(read(0x4000) == 1100);
    BOOST_TEST(read(0x4038) == 0);
    BOOST_TEST(read(0x9000) == 1100);
    BOOST_TEST(read(0x4000) == 0);
}

BOOST_FIXTURE_TEST_CASE(four_lines_of_a_set_stay_and_the_fifth_drives_the_oldest_out_to_the_l3, machine) {
    constexpr uint64_t way = 128 * 64;
    for (uint64_t n = 0; n < 4; ++n)
        read(n * way);
    for (uint64_t n = 0; n < 4; ++n)
        BOOST_TEST(read(n * way) == 0);
    read(4 * way);
    BOOST_TEST(read(1 * way) == 0);
    BOOST_TEST(read(0) == 100);
}

BOOST_FIXTURE_TEST_CASE(a_set_of_the_l3_holds_sixteen_lines, machine) {
    constexpr uint64_t way = 512 * 64;
    for (uint64_t n = 0; n < 16; ++n)
        read(n * way);
    BOOST_TEST(read(0) == 100);
    for (uint64_t n = 16; n < 32; ++n)
        read(n * way);
    BOOST_TEST(read(0) == 1100);
}

BOOST_FIXTURE_TEST_CASE(lines_in_a_row_overlap, machine) {
    BOOST_TEST(read(0x10000) == 1100);
    BOOST_TEST(read(0x10040) == 220);
    BOOST_TEST(read(0x10080) == 220);
}

BOOST_FIXTURE_TEST_CASE(a_store_that_misses_is_taken_by_the_store_buffer, machine) {
    BOOST_TEST(write(0x20000) == 30);
    BOOST_TEST(read(0x20000) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_line_that_another_core_has_written_moves, machine) {
    read(0x30000, 0);
    read(0x30000, 1);
    BOOST_TEST(write(0x30000, 1) == 50); // the reader gives it up
    BOOST_TEST(write(0x30000, 1) == 0);
    BOOST_TEST(read(0x30000, 0) == 50); // and gets it from the writer
    BOOST_TEST(read(0x30000, 0) == 0);
    BOOST_TEST(memory.counts(0).transfers == 1u);
    BOOST_TEST(memory.counts(1).transfers == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_address_in_a_new_section_is_translated, machine) {
    BOOST_TEST(read(0x200000) == 1100 + 5 + 7);
    BOOST_TEST(read(0x40) == 1100); // back in the first section, which its TLB still knows
    BOOST_TEST(read(0x208000) == 1100);
}

BOOST_FIXTURE_TEST_CASE(a_loop_is_mispredicted_when_it_begins_and_never_while_it_goes_on, machine) {
    const auto block = [&](uint64_t at) { return memory.execute(0, base + at, 16, false, block_end::conditional, 0); };
    for (int round = 0; round < 40; ++round)
        block(0x1000);
    const uint64_t learnt = memory.counts(0).mispredicts;
    BOOST_TEST(learnt <= 12u);
    for (int round = 0; round < 100; ++round)
        BOOST_TEST(block(0x1000) == 0);
    BOOST_TEST(block(0x1010) >= 8); // the end of it
    BOOST_TEST(memory.counts(0).mispredicts == learnt + 1);
}

BOOST_FIXTURE_TEST_CASE(a_return_comes_off_the_return_stack_and_the_callers_branch_is_judged_after_it, machine) {
    for (int round = 0; round < 40; ++round) {
        memory.execute(0, base + 0x1000, 16, false, block_end::conditional, 0); // calls, then branches back to itself
        memory.execute(0, base + 0x2000, 16, true, block_end::returns, 0);
    }
    const uint64_t learnt = memory.counts(0).mispredicts;
    for (int round = 0; round < 10; ++round) {
        memory.execute(0, base + 0x1000, 16, false, block_end::conditional, 0);
        memory.execute(0, base + 0x2000, 16, true, block_end::returns, 0);
    }
    BOOST_TEST(memory.counts(0).mispredicts == learnt);
}

BOOST_FIXTURE_TEST_CASE(cold_code_costs_and_warm_code_does_not, machine) {
    BOOST_TEST(memory.execute(0, base + 0x8000, 128, true, block_end::falls, 0) > 1000);
    BOOST_TEST(memory.execute(0, base + 0x8000, 128, true, block_end::falls, 0) == 0);
    BOOST_TEST(memory.execute(1, base + 0x8000, 128, true, block_end::falls, 0) < 1000); // the L3 is shared
}
