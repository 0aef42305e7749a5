// SPDX-License-Identifier: Apache-2.0
//
// A run that people take part in: they press buttons, type lines, let time pass and stop it. What they do happens at
// simulated times that are written down, so that a run of the same at these times gives the same bytes.
#ifndef RK3568_PLATFORM_LIVE_CONTROL_H
#define RK3568_PLATFORM_LIVE_CONTROL_H

#include "platform/observe/observer.h"
#include "platform/port/machine.h"
#include "platform/stimulus/pin_player.h"

#include <array>
#include <bitset>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

namespace rk3568::live {

// What a step ends at.
enum class until { nothing, edge, interrupt, context_switch, finding };

class control {
public:
    struct parts {
        machine &software;
        pin_player &pins;
        std::bitset<pin_count> recorded; // pins that a recording drives
        observer &watch;
        boost::asio::io_context &io; // people's side of it
        std::vector<std::string> command;
        uint64_t seed;
    };
    explicit control(parts of);
    control(const control &) = delete;
    control &operator=(const control &) = delete;

    // For the loop of the simulation. ready(): time zero has come. next_slice() returns how much may be simulated now,
    // in ps; it waits where time stands still or keeps to the clock, and serves people meanwhile.
    void ready(uint64_t ps);
    uint64_t next_slice(uint64_t now_ps);
    // Called within the simulation: the line that the console waits for has ended.
    void line_ended() { m_line_ended = true; }

    // What somebody asks for, in words: "press PIN", "release PIN", "level PIN 0|1", "bounce on|off", "run", "pause",
    // "step edge|irq|switch|finding", "speed FACTOR|max", "line TEXT", "interrupt", "quit". Empty, or one line that
    // says what was expected and what came.
    std::string ask(const std::string &words);
    std::string type(const std::string &line);
    void quit();

    bool paused() const { return m_paused; }
    bool quitting() const { return m_quitting; }
    bool prompt_is_free() const { return m_zero && !m_busy && m_typed.empty() && !m_quitting; }
    double speed() const { return m_speed; } // simulated by real time; 0: as fast as it goes
    std::optional<uint64_t> zero_ps() const { return m_zero; }
    bool bounces() const { return m_bounce; }
    // Where the last step ended.
    const std::string &last_step() const { return m_stopped_at; }
    bool level(unsigned pin) const { return m_level[pin]; }

    // What was done so far: a recording for --stimulus, and the options that play it again.
    std::string recording() const;
    std::string replay(const std::string &stimulus) const;
    bool was_touched() const { return !m_changes.empty() || !m_lines.empty(); }

    // Whether a signal has asked the run to end since the last call; it then ends as by "quit".
    std::function<bool()> is_interrupted;
    // Called between slices, and while time stands still, about that often: publishes.
    std::function<void(bool now)> on_turn;
    // Called when the prompt is free, where lines come from a pipe: reads the next one, for which time waits, or quits.
    std::function<void()> on_free_prompt;

private:
    struct typed {
        uint64_t at_ns;
        std::string line;
    };

    uint64_t soonest_ns() const;
    std::string move(const std::string &what, const std::string &pin, const std::string &level);
    void change(unsigned pin, bool level, bool bounces);
    void append(unsigned pin, bool level, uint64_t at_ns);
    std::string start_step(const std::string &what);
    std::string set_speed(const std::string &factor);
    bool step_is_over();
    void take_line();
    uint64_t paced(uint64_t now_ps);
    void keep_pace();
    uint64_t seen(until what, uint64_t &last_ps) const;

    parts m_of;
    std::optional<uint64_t> m_zero;
    std::array<uint64_t, pin_count> m_last_ns{}; // of each pin's last change
    bool m_quit_early = false;                   // before time zero
    bool m_paused = false, m_quitting = false, m_busy = false, m_line_ended = false, m_bounce = false;
    double m_speed = 1;
    std::chrono::steady_clock::time_point m_clock;     // when it was m_clock_ps
    std::chrono::steady_clock::time_point m_next_poll; // while slices are short
    uint64_t m_clock_ps = 0, m_now = 0;
    until m_until = until::nothing;
    uint64_t m_seen = 0;
    std::string m_stopped_at;
    std::bitset<pin_count> m_level, m_rest; // what is or will be; what a press goes away from
    std::deque<std::string> m_typed;        // lines that wait for the prompt
    std::vector<typed> m_lines;             // that have been given to the shell
    std::vector<pin_change> m_changes;
    std::optional<uint64_t> m_end_ns;
    std::mt19937_64 m_random;
};

} // namespace rk3568::live

#endif
