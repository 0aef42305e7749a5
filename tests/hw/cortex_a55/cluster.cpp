// SPDX-License-Identifier: Apache-2.0
#include "tests/hw/cortex_a55/harness.h"

using namespace rk3568;
using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(a_block_takes_its_cycles) {
    bench b;
    uint64_t before = 0, after = 0;
    b.on(0, [&] {
        before = b.now();
        b.block(1000);
        after = b.now();
    });
    b.run();
    BOOST_TEST(before == start_ps);
    BOOST_TEST(after - before == 1000u * 1000);
}

BOOST_AUTO_TEST_CASE(an_odd_frequency_does_not_drift) {
    // 1992 MHz has no whole number of picoseconds in a cycle; a second of blocks must still be a second.
    cpu_page page{};
    cluster_params params;
    params.frequency = 1992000000;
    params.mpidr = {0};
    cluster cpu("cluster", page, params);
    scratch device("device");
    cpu.cores[0].bus.bind(device.bus);
    static uint64_t took;
    static cluster *where;
    static cpu_page *words;
    where = &cpu;
    words = &page;
    std::vector<char> stack(256 * 1024);
    cpu.power_on(
        0,
        [](void *) {
            const uint64_t before = where->current().now();
            for (int i = 0; i < 1992000; ++i) {
                words->budget -= 1000 * ticks_per_cycle;
                if (words->budget < 0)
                    where->expire(0);
            }
            took = where->current().now() - before;
            where->stop(0);
        },
        nullptr, stack.data(), stack.size());
    sc_core::sc_start();
    BOOST_TEST(took == 1000000000000ull);
}

BOOST_AUTO_TEST_CASE(cores_act_in_the_order_of_their_local_time) {
    bench b;
    std::vector<std::pair<uint64_t, unsigned>> log;
    for (unsigned n = 0; n < 4; ++n)
        b.on(n, [&, n] {
            for (int i = 0; i < 200; ++i) {
                b.block(3 + n * 7 + i % 5);
                log.emplace_back(b.now(), n);
            }
            if (n == 0)
                b.me().delay(1000000000);
        });
    b.run();
    BOOST_TEST(log.size() == 800u);
    BOOST_TEST(std::is_sorted(log.begin(), log.end()));
}

BOOST_AUTO_TEST_CASE(a_tie_goes_to_the_lower_core) {
    bench b;
    std::string order;
    for (unsigned n = 0; n < 3; ++n)
        b.on(n, [&, n] {
            for (int i = 0; i < 3; ++i) {
                b.block(10);
                order += static_cast<char>('0' + n);
            }
            b.block(100);
        });
    b.run();
    BOOST_TEST(order == "012012012");
}

BOOST_AUTO_TEST_CASE(a_seed_permutes_ties_and_zero_does_not) {
    cluster_params params;
    params.seed = 7;
    bench b(params);
    std::string order;
    for (unsigned n = 0; n < 3; ++n)
        b.on(n, [&, n] {
            b.me().delay(2 * start_ps * 11); // past all of CPU_ON's jitter
            for (int i = 0; i < 40; ++i) {
                b.me().delay(100000);
                order += static_cast<char>('0' + n);
            }
        });
    b.run();
    std::string sorted;
    for (int i = 0; i < 40; ++i)
        sorted += "012";
    BOOST_TEST(order.substr(0, sorted.size()) != sorted);
}

BOOST_AUTO_TEST_CASE(hardware_that_acts_at_a_time_is_seen_by_software_of_that_time) {
    bench b;
    toggler line("line", {start_ps + 50000});
    line.out.bind(b.cpu.cores[0].nirq);
    bool before = true, at = false;
    b.on(0, [&] {
        b.block(49);
        before = b.me().nirq.level();
        b.block(1);
        at = b.me().nirq.level();
    });
    b.run();
    BOOST_TEST(!before);
    BOOST_TEST(at);
}

BOOST_AUTO_TEST_CASE(an_interrupt_is_taken_at_the_block_during_which_it_comes) {
    bench b;
    toggler line("line", {start_ps + 55000, start_ps + 90000});
    line.out.bind(b.cpu.cores[0].nirq);
    static uint64_t taken, daif;
    taken = 0;
    b.on(0, [&] {
        b.me().set_vectors(
            [] {
                core &c = bench::get().me();
                taken = c.now();
                daif = c.daif();
                c.delay(50000); // until the line is low again
            },
            nullptr, nullptr);
        b.me().write_daif(0);
        for (int i = 0; i < 20; ++i)
            b.block(10);
        BOOST_TEST(b.me().daif() == 0u);
    });
    b.run();
    // The block that is running at 55 ns ends at 62 (two cycles of the MSR lie before), then come 12 cycles of entry.
    BOOST_TEST(taken == start_ps + 62000 + 12000);
    BOOST_TEST(daif == core::daif_all);
}

BOOST_AUTO_TEST_CASE(a_masked_interrupt_waits_for_the_unmasking) {
    bench b;
    toggler line("line", {start_ps + 10000, start_ps + 500000});
    line.out.bind(b.cpu.cores[0].nirq);
    static int count;
    count = 0;
    b.on(0, [&] {
        b.me().set_vectors(
            [] {
                ++count;
                bench::get().me().delay(1000000);
            },
            nullptr, nullptr);
        b.block(100);
        BOOST_TEST(count == 0);
        b.me().write_daif(0);
        BOOST_TEST(count == 1);
    });
    b.run();
}

BOOST_AUTO_TEST_CASE(wfi_wakes_on_a_masked_interrupt_without_taking_it) {
    bench b;
    toggler line("line", {start_ps + 1000000});
    line.out.bind(b.cpu.cores[0].nirq);
    uint64_t woke = 0;
    b.on(0, [&] {
        b.me().set_vectors([] { BOOST_ERROR("taken although masked"); }, nullptr, nullptr);
        b.me().wfi();
        woke = b.now();
    });
    b.run();
    BOOST_TEST(woke == start_ps + 1000000 + 20000); // wfi_exit
}

BOOST_AUTO_TEST_CASE(a_sleeping_cluster_takes_no_host_time) {
    bench b;
    toggler line("line", {300000000000000}); // 300 s
    line.out.bind(b.cpu.cores[0].nirq);
    b.on(0, [&] { b.me().wfi(); });
    b.run();
    BOOST_TEST(sc_core::sc_delta_count() < 20u);
}

BOOST_AUTO_TEST_CASE(an_event_wakes_wfe_and_is_remembered_for_a_core_that_does_not_wait) {
    bench b;
    uint64_t woke = 0, second = 0;
    b.on(0, [&] {
        b.me().wfe(); // waits for core 1
        woke = b.now();
        b.block(200); // core 1 sends again meanwhile
        b.me().wfe();
        second = b.now();
    });
    b.on(1, [&] {
        b.block(1000);
        b.me().sev();
        b.block(100);
        b.me().sev();
        b.block(1000);
    });
    b.run();
    BOOST_TEST(woke == start_ps + 1000000 + 30000 + 12000); // lock_transfer, wfe_exit
    BOOST_TEST(second == woke + 200000);
}

// A handler that runs between a test of memory and the WFE behind it is not missed.
BOOST_AUTO_TEST_CASE(the_return_from_an_exception_is_an_event_for_wfe) {
    bench b;
    toggler line("line", {start_ps + 10000, start_ps + 30000});
    line.out.bind(b.cpu.cores[0].nirq);
    uint64_t before = 0, after = 0;
    b.on(0, [&] {
        b.me().set_vectors([] { bench::get().me().delay(25000); }, nullptr, nullptr);
        b.me().write_daif(0);
        b.me().delay(100000);
        before = b.now();
        b.me().wfe();
        after = b.now();
    });
    b.run();
    BOOST_TEST(before > 0u);
    BOOST_TEST(after == before);
}

BOOST_AUTO_TEST_CASE(a_delay_ends_on_time_whatever_interrupts_it) {
    bench b;
    toggler line("line", {start_ps + 10000, start_ps + 30000});
    line.out.bind(b.cpu.cores[0].nirq);
    static int count;
    count = 0;
    uint64_t before = 0, after = 0;
    b.on(0, [&] {
        b.me().set_vectors(
            [] {
                ++count;
                bench::get().me().delay(25000);
            },
            nullptr, nullptr);
        b.me().write_daif(0);
        b.block(0);
        before = b.now();
        b.me().delay(100000);
        after = b.now();
    });
    b.run();
    BOOST_TEST(count == 1);
    BOOST_TEST(after - before == 100000u);
}

// Four cores of blocks of different lengths, and now and then something that others may notice.
struct ahead_of_each_other {
    static constexpr uint64_t lookahead_ps = 40000, longest_block_ps = 12000;
    std::vector<uint64_t> noticed; // times, in the order in which they happened
    uint64_t furthest_ahead = 0;
    unsigned turns = 0;

    ahead_of_each_other(uint64_t lookahead, const std::function<void(bench &, int)> &notice) {
        cluster_params params;
        params.lookahead = sc_core::sc_time::from_value(lookahead);
        bench b(params);
        uint64_t local[4] = {start_ps, start_ps, start_ps, start_ps};
        unsigned last = 4;
        for (unsigned n = 0; n < 4; ++n)
            b.on(n, [&, n] {
                for (int i = 0; i < 5000; ++i) {
                    b.block(1 + (n + static_cast<unsigned>(i) * 7) % 12);
                    local[n] = b.now();
                    turns += last != n;
                    last = n;
                    if (i < 4900)
                        for (const uint64_t other : local)
                            furthest_ahead = std::max(furthest_ahead, local[n] - std::min(local[n], other));
                    if (i % 11 == 0) {
                        notice(b, i);
                        noticed.push_back(b.now());
                        last = n;
                    }
                }
                local[n] = ~0ull;
                while (n != 0 || std::count(std::begin(local), std::end(local), ~0ull) < 4)
                    b.me().delay(1000000);
            });
        b.run();
    }
};

BOOST_AUTO_TEST_CASE(without_a_lookahead_no_core_runs_ahead_of_another) {
    const ahead_of_each_other strict(0, [](bench &b, int) { b.cpu.wait_for_turn(); });
    BOOST_TEST(strict.furthest_ahead <= ahead_of_each_other::longest_block_ps);
    BOOST_TEST(strict.turns > 10000u);
}

BOOST_AUTO_TEST_CASE(cores_run_ahead_of_each_other_by_the_lookahead_and_no_more) {
    const ahead_of_each_other apart(ahead_of_each_other::lookahead_ps, [](bench &b, int) { b.cpu.wait_for_turn(); });
    BOOST_TEST(apart.furthest_ahead > ahead_of_each_other::lookahead_ps / 2);
    BOOST_TEST(apart.furthest_ahead <= ahead_of_each_other::lookahead_ps + ahead_of_each_other::longest_block_ps);
    BOOST_TEST(apart.turns < 8000u);
}

BOOST_AUTO_TEST_CASE(what_others_may_notice_happens_in_the_order_of_time_whoever_is_ahead) {
    const std::function<void(bench &)> ways[] = {
        [](bench &b) { b.synchronize(); },
        [](bench &b) { b.me().read_counter(0); },
        [](bench &b) { b.me().write_sysreg(sysreg(3, 3, 14, 2, 2), 0, 0); },
        [](bench &b) { b.me().sev(); },
        [](bench &b) { b.me().dsb(); },
        [](bench &b) { b.me().relax(0); },
    };
    const ahead_of_each_other apart(ahead_of_each_other::lookahead_ps,
                                    [&ways](bench &b, int i) { ways[static_cast<size_t>(i) % std::size(ways)](b); });
    BOOST_TEST(std::is_sorted(apart.noticed.begin(), apart.noticed.end()));
    BOOST_TEST(apart.noticed.size() == 4u * 455);
}

BOOST_AUTO_TEST_CASE(a_core_that_runs_ahead_never_passes_what_hardware_is_about_to_do) {
    cluster_params params;
    params.lookahead = sc_core::sc_time(40, sc_core::SC_NS);
    bench b(params);
    toggler line("line", {start_ps + 1010000});
    line.out.bind(b.cpu.cores[0].nirq);
    static uint64_t taken;
    taken = 0;
    for (unsigned n = 1; n < 4; ++n)
        b.on(n, [&] {
            for (;;)
                b.block(3);
        });
    b.on(0, [&] {
        b.me().set_vectors(
            [] {
                taken = bench::get().now();
                bench::get().cpu.stop(0);
            },
            nullptr, nullptr);
        b.me().write_daif(0);
        for (;;)
            b.block(7);
    });
    b.run();
    BOOST_TEST(taken >= start_ps + 1010000);
    BOOST_TEST(taken <= start_ps + 1010000 + 7000 + 12000); // the block, exception entry
}

// A loop that polls for an interrupt which comes after 7 ms: how many turns it took, and how long one of them.
struct polling_loop {
    static constexpr uint64_t waited_ps = 7000000000;
    uint64_t rounds = 0, turn = 0, late = 0;

    explicit polling_loop(bool counts) {
        bench b;
        toggler line("line", {start_ps + waited_ps});
        line.out.bind(b.cpu.cores[0].nirq);
        b.on(0, [&] {
            while (!b.me().nirq.level()) {
                ++rounds;
                b.block(3);
                b.me().relax(counts ? rounds : 0);
                if (rounds == 1000)
                    turn = (b.now() - start_ps) / rounds;
            }
            late = b.now() - start_ps - waited_ps;
        });
        b.run();
    }
};

BOOST_AUTO_TEST_CASE(a_polling_loop_leaps_only_when_it_has_polled_for_long) {
    const polling_loop loop(false);
    BOOST_TEST(loop.late <= loop.turn);
    BOOST_TEST(loop.rounds >= 900000000 / loop.turn);
    BOOST_TEST(loop.rounds <= 1100000000 / loop.turn);
}

BOOST_AUTO_TEST_CASE(a_polling_loop_that_counts_its_turns_never_leaps) {
    const polling_loop loop(true);
    BOOST_TEST(loop.late <= loop.turn);
    BOOST_TEST(loop.rounds >= 6900000000 / loop.turn);
    BOOST_TEST(loop.rounds <= 7100000000 / loop.turn);
}

BOOST_AUTO_TEST_CASE(a_loop_that_polls_the_counter_sees_every_count) {
    bench b;
    b.on(0, [&] {
        uint64_t last = b.me().read_sysreg(sysreg(3, 3, 14, 0, 2), 0);
        for (int i = 0; i < 50; ++i) {
            b.me().relax(0);
            const uint64_t count = b.me().read_sysreg(sysreg(3, 3, 14, 0, 2), 0);
            BOOST_TEST(count - last <= 1u);
            last = count;
        }
    });
    b.run();
}

BOOST_AUTO_TEST_CASE(a_poller_sees_what_another_core_writes_as_soon_as_it_is_written) {
    bench b;
    bool flag = false;
    uint64_t written = 0, seen = 0;
    b.on(0, [&] {
        while (!flag)
            b.me().relax(0);
        seen = b.now();
    });
    b.on(1, [&] {
        for (int i = 0; i < 100; ++i)
            b.block(10);
        flag = true;
        written = b.now();
        for (int i = 0; i < 100; ++i)
            b.block(10);
    });
    b.run();
    BOOST_TEST(seen >= written);
    BOOST_TEST(seen - written < 20000u);
}

BOOST_AUTO_TEST_CASE(pollers_see_a_write_although_the_writer_sleeps_right_after_it) {
    bench b;
    bool first = false, second = false;
    uint64_t written = 0, seen_first = 0, seen_second = 0;
    b.on(0, [&] {
        while (!second)
            b.me().relax(0);
        seen_second = b.now();
    });
    b.on(1, [&] {
        b.me().delay(5000000);
        first = true;
        written = b.now();
        b.me().delay(1000000000);
    });
    // A poller whose write ends the loop of another one.
    b.on(2, [&] {
        while (!first)
            b.me().relax(0);
        seen_first = b.now();
        second = true;
        for (int i = 0; i < 1000; ++i)
            b.block(100);
        b.me().delay(1000000000);
    });
    b.run();
    BOOST_TEST(seen_first >= written);
    BOOST_TEST(seen_first - written < 20000u);
    BOOST_TEST(seen_second >= seen_first);
    BOOST_TEST(seen_second - seen_first < 200000u); // the poller's first block after its loop
}

BOOST_AUTO_TEST_CASE(a_core_that_turned_itself_off_starts_anew) {
    bench b;
    static int starts, went_on;
    starts = went_on = 0;
    b.on(0, [&] {
        b.me().delay(200000000);
        BOOST_TEST((b.cpu.cores[1].state() == core_state::off));
        static std::vector<char> stack(256 * 1024);
        BOOST_TEST(b.cpu.power_on(
            1,
            [](void *) {
                ++starts;
                bench::get().me().power_off();
            },
            nullptr, stack.data(), stack.size()));
        b.me().delay(200000000);
        BOOST_TEST((b.cpu.cores[1].state() == core_state::off));
    });
    b.on(1, [&] {
        ++starts;
        b.me().power_off();
        ++went_on;
    });
    b.run();
    BOOST_TEST(starts == 2);
    BOOST_TEST(went_on == 0);
}

BOOST_AUTO_TEST_CASE(cpu_on_starts_a_core_once) {
    bench b;
    b.on(0, [&] { b.me().wfe(); });
    bool ran = false;
    b.on(1, [&] {
        ran = true;
        b.me().sev();
        b.block(10);
    });
    b.run();
    BOOST_TEST(ran);
    std::vector<char> stack(65536);
    BOOST_TEST(!b.cpu.power_on(
        1, [](void *) {}, nullptr, stack.data(), stack.size()));
    BOOST_TEST(b.cpu.core_of(0x200) == 2);
    BOOST_TEST(b.cpu.core_of(0x2) == -1);
}

BOOST_AUTO_TEST_CASE(a_context_that_moves_to_another_core_goes_on_there) {
    bench b;
    static context *home;
    static std::vector<unsigned> seen;
    seen.clear();
    std::vector<char> stack(256 * 1024);
    context wanderer(
        [](void *) {
            seen.push_back(bench::get().me().number());
            bench::get().me().switch_to(*home);
            seen.push_back(bench::get().me().number());
            bench::get().me().switch_to(*home);
        },
        nullptr, stack.data(), stack.size());
    b.on(0, [&] {
        home = b.me().running();
        b.me().switch_to(wanderer);
        b.me().wfe();
    });
    b.on(1, [&] {
        b.block(100);
        home = b.me().running();
        b.me().switch_to(wanderer);
        b.me().sev();
        b.block(1);
    });
    b.run();
    BOOST_TEST(seen == (std::vector<unsigned>{0, 1}));
}
