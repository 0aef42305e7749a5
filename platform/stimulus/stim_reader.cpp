// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/readers.h"
#include "platform/time_text.h"

#include <algorithm>
#include <charconv>
#include <random>

#include <fmt/format.h>

namespace rk3568 {
namespace {

// The next word of `line`, which loses it; empty at the end.
std::string_view take_word(std::string_view &line) {
    constexpr const char *blanks = " \t\r\v\f";
    const size_t begin = std::min(line.find_first_not_of(blanks), line.size());
    const size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
}

constexpr uint64_t us = 1'000'000;
constexpr uint64_t shortest_bounce = 10 * us, longest_bounce = 100'000 * us;
constexpr uint64_t latest = ~0ull - longest_bounce; // so that its last edge has a time
constexpr uint64_t there_and_back = 250 * us, least_gap = 2 * us;

// One line that makes a pin move.
struct movement {
    uint64_t ps;
    uint16_t pin;
    enum { to_level, press, release } kind;
    bool level;      // to_level
    uint64_t lasts;  // press; 0: until something else moves the pin
    uint64_t bounce; // 0: none
};

class stim_reader {
public:
    stim_reader(const std::string &name, uint64_t seed)
        : m_name(name)
        , m_seed(seed) {}

    stimulus read(std::string_view text);

private:
    [[noreturn]] void expected(std::string_view what, std::string_view got) const {
        throw stimulus_error(fmt::format("{}:{}: expected {}, got '{}'", m_name, m_line, what, got));
    }
    movement read_line(std::string_view time, std::string_view rest) const;
    uint64_t read_bounce(std::string_view &rest, uint64_t lasts) const;
    void play(const movement &m);
    void move(const movement &m, uint64_t ps, bool level);

    const std::string &m_name;
    uint64_t m_seed;
    size_t m_line = 0;
    stimulus m_out;
};

movement stim_reader::read_line(std::string_view time, std::string_view rest) const {
    movement m{};
    const auto ps = parse_time_ps(time);
    if (!ps)
        expected(time_expected, time);
    m.ps = *ps;
    const std::string_view pin_word = take_word(rest);
    const auto pin = parse_pin(pin_word);
    if (!pin)
        expected(fmt::format("a pin ({}, or 0 to {}{})", pin_range, pin_count - 1, meant_pin(pin_word)), pin_word);
    m.pin = static_cast<uint16_t>(*pin);
    const std::string_view what = take_word(rest);
    if (what == "press")
        m.kind = movement::press;
    else if (what == "release")
        m.kind = movement::release;
    else if (what == "0" || what == "1")
        m.level = what == "1";
    else
        expected("0, 1, press or release", what);

    std::string_view next = take_word(rest);
    if (m.kind == movement::press && !next.empty() && next != "bounce") {
        const auto lasts = parse_time_ps(next);
        if (!lasts || !*lasts)
            expected("how long the press lasts, such as 80ms, or bounce", next);
        if (m.ps > latest || *lasts > latest - m.ps)
            expected("a press that ends before 213 days", next);
        m.lasts = *lasts;
        next = take_word(rest);
    }
    if (next == "bounce") {
        m.bounce = read_bounce(rest, m.lasts);
        if (m.ps > latest)
            expected("a bounce before 213 days", time);
        next = take_word(rest);
    }
    if (!next.empty())
        expected(m.bounce ? "nothing more" : "bounce DURATION or nothing", next);
    if (m.ps == 0 && (m.kind != movement::to_level || m.bounce))
        expected("a level at time 0, which is what the pin has before anything happens", what);
    return m;
}

uint64_t stim_reader::read_bounce(std::string_view &rest, uint64_t lasts) const {
    const std::string_view word = take_word(rest);
    const auto bounce = parse_time_ps(word);
    if (!bounce || *bounce < shortest_bounce || *bounce > longest_bounce)
        expected("a bounce from 10us to 100ms", word);
    if (lasts && *bounce > lasts)
        expected("a bounce that is not longer than the press", word);
    return *bounce;
}

// The edges of one change of level: the first at `ps`, the last, after which it stays, at the end of the bounce.
void stim_reader::move(const movement &m, uint64_t ps, bool level) {
    m_out.changes.push_back({ps, m.pin, level});
    if (!m.bounce)
        return;
    const uint64_t bounces = std::max<uint64_t>(1, (m.bounce + there_and_back / 2) / there_and_back);
    const uint64_t gaps = 2 * bounces;
    const uint64_t loose = m.bounce - gaps * least_gap;
    // Every word of it is defined by the language, so that all machines bounce alike.
    std::seed_seq words{static_cast<uint32_t>(m_seed), static_cast<uint32_t>(m_seed >> 32), uint32_t{m.pin},
                        static_cast<uint32_t>(ps), static_cast<uint32_t>(ps >> 32)};
    std::mt19937_64 random(words);
    std::vector<uint64_t> at(gaps - 1);
    for (uint64_t &moment : at)
        moment = random() % (loose + 1);
    std::sort(at.begin(), at.end());
    for (size_t i = 0; i < at.size(); ++i)
        m_out.changes.push_back({ps + at[i] + (i + 1) * least_gap, m.pin, level == (i % 2 == 1)});
    m_out.changes.push_back({ps + m.bounce, m.pin, level});
}

void stim_reader::play(const movement &m) {
    const bool rest = m_out.initial[m.pin];
    move(m, m.ps, m.kind == movement::to_level ? m.level : m.kind == movement::press ? !rest : rest);
    if (m.lasts)
        move(m, m.ps + m.lasts, rest);
}

stimulus stim_reader::read(std::string_view text) {
    std::vector<movement> lines;
    while (!text.empty()) {
        ++m_line;
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));
        if (const std::string_view time = take_word(line); !time.empty())
            lines.push_back(read_line(time, line));
    }
    if (lines.empty())
        throw stimulus_error(fmt::format("{}: expected lines such as `TIME PIN 0|1`, found none", m_name));

    for (const movement &m : lines) {
        m_out.used[m.pin] = true;
        if (m.ps == 0)
            m_out.initial[m.pin] = m.level;
    }
    for (const movement &m : lines)
        if (m.ps)
            play(m);
    auto &changes = m_out.changes;
    std::stable_sort(changes.begin(), changes.end(), [](const auto &a, const auto &b) { return a.ps < b.ps; });
    std::bitset<pin_count> level = m_out.initial;
    const auto repeats = [&level](const pin_change &change) {
        const bool same = level[change.pin] == change.level;
        level[change.pin] = change.level;
        return same;
    };
    changes.erase(std::remove_if(changes.begin(), changes.end(), repeats), changes.end());
    return std::move(m_out);
}

} // namespace

stimulus read_stim(std::string_view text, const std::string &name, uint64_t seed) {
    return stim_reader(name, seed).read(text);
}

} // namespace rk3568
