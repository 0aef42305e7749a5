// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/pin_player.h"
#include "platform/stimulus/readers.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;
using sc_core::sc_time;

namespace {

// Records what arrives on every wire, and starts the player at 3 ns.
struct board : sc_core::sc_module {
    pin_player player;
    sc_core::sc_vector<wire_in> inputs{"inputs", pin_count};
    std::string seen;
    sc_time delay;

    SC_HAS_PROCESS(board);
    board(const sc_core::sc_module_name &name, const std::string &text, sc_time delay = sc_core::SC_ZERO_TIME)
        : sc_module(name)
        , player("player", read_stim(text, "board.stim"))
        , delay(delay) {
        for (unsigned pin = 0; pin < pin_count; ++pin) {
            player.pins[pin].bind(inputs[pin]);
            inputs[pin].on_change([this, pin](bool level, const sc_time &after) {
                seen += std::to_string((sc_core::sc_time_stamp() + after).value()) + ":" + std::to_string(pin) + "=" +
                        (level ? "1 " : "0 ");
            });
        }
        SC_THREAD(run);
    }
    void run() {
        wait(3, sc_core::SC_NS);
        player.start(delay);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(pin_players)

BOOST_AUTO_TEST_CASE(levels_are_there_from_the_start_and_changes_follow_start) {
    board b("board", "0 GPIO3_A5 1\n1ns GPIO3_A5 0\n1ns GPIO0_A0 1\n4ns GPIO3_A5 1\n");
    sc_core::sc_start(2, sc_core::SC_NS);
    BOOST_TEST(b.seen == "0:101=1 ");
    BOOST_TEST(!b.player.started());
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_TEST(b.seen == "0:101=1 4000:101=0 4000:0=1 7000:101=1 ");
    BOOST_TEST(b.player.finished());
    BOOST_TEST(b.player.level_probe(101)->value() == 1u);
    BOOST_TEST(b.player.level_probe(100) == nullptr);
}

BOOST_AUTO_TEST_CASE(time_zero_may_lie_ahead_of_the_call) {
    board b("board", "1ns GPIO0_A0 1\n", sc_time(500, sc_core::SC_PS));
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_TEST(b.seen == "4500:0=1 ");
}

BOOST_AUTO_TEST_CASE(a_pulse_without_width_is_played_in_its_order) {
    board b("board", "1ns GPIO0_A0 1\n1ns GPIO0_A0 0\n");
    sc_core::sc_start(1, sc_core::SC_US);
    BOOST_TEST(b.seen == "4000:0=1 4000:0=0 ");
}

BOOST_AUTO_TEST_CASE(a_million_changes_arrive_each_at_its_time) {
    std::string text;
    for (unsigned i = 1; i <= 1'000'000; ++i)
        text += std::to_string(i) + "ns GPIO0_A0 " + (i % 2 ? "1\n" : "0\n");
    pin_player player("player", read_stim(text, "million.stim"));
    BOOST_TEST(player.activity().changes.size() == 1'000'000u);
    struct sink : sc_core::sc_module {
        wire_in wire{"wire"};
        explicit sink(const sc_core::sc_module_name &name)
            : sc_module(name) {}
    } sink("sink");
    uint64_t count = 0, wrong = 0;
    sink.wire.on_change([&](bool level, const sc_time &) {
        ++count;
        wrong += sc_core::sc_time_stamp().value() != count * 1000 || level != (count % 2 == 1);
    });
    player.pins[0].bind(sink.wire);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    player.start();
    sc_core::sc_start(2, sc_core::SC_MS);
    BOOST_TEST(count == 1'000'000u);
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
