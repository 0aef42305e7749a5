// SPDX-License-Identifier: Apache-2.0
#include "platform/live/control.h"

#include "platform/observe/report/recorder.h"
#include "platform/time_text.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace rk3568::live {
namespace {

using namespace std::chrono_literals;

constexpr uint64_t us = 1000000, ms = 1000 * us; // ps
constexpr uint64_t booting = ms, racing = 10 * ms;
constexpr uint64_t stepping = us / 2;   // what comes next is a microsecond later, where it is caused by this
constexpr uint64_t most_kept = 1 << 20; // changes, where no page shows them
constexpr double longest_slice = 100.0 * ms;
constexpr unsigned most_at_once = 1000; // things that people ask for
constexpr size_t longest_line = 4096, most_waiting = 1000;
constexpr uint64_t furthest_ns = 1'000'000'000; // that a pin's changes may lie ahead
constexpr auto nap = 10ms;                      // between looks at the clock
constexpr auto most_behind = 1s;                // what is caught up after a pause that was not asked for
constexpr unsigned most_bounces = 8;
constexpr uint64_t longest_wait_ns = 3'000'000; // of a press for its moment
constexpr uint64_t longest_bounce_ns = 2'000'000;

// The first word of a text, which loses it.
std::string take_word(std::string &text) {
    const size_t begin = std::min(text.find_first_not_of(' '), text.size());
    const size_t end = std::min(text.find(' ', begin), text.size());
    std::string word = text.substr(begin, end - begin);
    text.erase(0, std::min(end + 1, text.size()));
    return word;
}

std::string expected(const char *what, const std::string &got) {
    return fmt::format("expected {}, got '{}'", what, got);
}

struct step_kind {
    const char *word;
    until what;
    bool (*has)(const recorder::signal_data &); // signals whose changes it waits for
};

bool begins_with(const std::string &text, std::string_view head) {
    return text.compare(0, head.size(), head) == 0;
}

constexpr step_kind kinds[] = {
    {"edge", until::edge, [](const recorder::signal_data &s) { return s.scope == "pins"; }},
    {"irq", until::interrupt, [](const recorder::signal_data &s) { return s.scope == "irq.handler"; }},
    {"switch", until::context_switch,
     [](const recorder::signal_data &s) { return begins_with(s.scope, "cores.") && s.name == "task"; }},
    {"finding", until::finding, nullptr},
};

} // namespace

control::control(parts of)
    : m_of(std::move(of))
    , m_random(m_of.seed) {
    m_level = m_rest = m_of.pins.activity().initial;
}

void control::ready(uint64_t ps) {
    m_zero = m_now = ps;
    keep_pace();
}

// From here on simulated time keeps to the clock.
void control::keep_pace() {
    m_clock = std::chrono::steady_clock::now();
    m_clock_ps = m_now;
}

uint64_t control::next_slice(uint64_t now_ps) {
    for (m_now = now_ps;;) {
        if (m_until == until::nothing || std::chrono::steady_clock::now() >= m_next_poll) {
            m_next_poll = std::chrono::steady_clock::now() + nap;
            for (unsigned n = 0; n < most_at_once && m_of.io.poll_one(); ++n)
                continue;
            m_of.io.restart();
        }
        if (m_line_ended)
            m_line_ended = m_busy = false;
        if (!m_zero)
            return booting;
        if (m_quit_early || (is_interrupted && is_interrupted()))
            quit();
        if (on_free_prompt && prompt_is_free())
            on_free_prompt();
        take_line();
        if (on_turn)
            on_turn(false);
        else if (m_of.watch.timeline()->kept() > most_kept)
            m_of.watch.timeline()->forget();
        if (m_quitting)
            return racing;
        if (on_free_prompt && m_busy) // a pipe's line needs time
            m_paused = false;
        if (m_until != until::nothing && step_is_over()) {
            m_until = until::nothing;
            m_paused = true;
            if (on_turn)
                on_turn(true);
        }
        if (!m_paused)
            if (const uint64_t slice = m_until != until::nothing ? stepping : paced(now_ps))
                return slice;
        m_of.io.run_one_for(nap);
        m_of.io.restart();
    }
}

// How much is due by the clock; 0: nothing yet.
uint64_t control::paced(uint64_t now_ps) {
    if (m_speed == 0)
        return racing;
    const auto passed = std::chrono::steady_clock::now() - m_clock;
    const double due = std::chrono::duration<double, std::pico>(passed).count() * m_speed;
    const double done = static_cast<double>(now_ps) - static_cast<double>(m_clock_ps); // a core may be ahead
    if (due - done > std::chrono::duration<double, std::pico>(most_behind).count() * m_speed) {
        keep_pace();
        return 0;
    }
    const double least = std::chrono::duration<double, std::pico>(nap).count() * m_speed / 2;
    return due - done < least ? 0 : std::max<uint64_t>(1, static_cast<uint64_t>(std::min(due - done, longest_slice)));
}

std::string control::ask(const std::string &words) {
    std::string rest = words;
    const std::string what = take_word(rest);
    if (what == "line")
        return type(rest);
    if (what == "press" || what == "release" || what == "level") {
        const std::string pin = take_word(rest);
        return move(what, pin, take_word(rest));
    } else if (what == "bounce") {
        if (rest != "on" && rest != "off")
            return expected("bounce on or bounce off", rest);
        m_bounce = rest == "on";
    } else if (what == "run") {
        m_paused = false;
        m_until = until::nothing;
        keep_pace();
    } else if (what == "pause") {
        m_paused = true;
        m_until = until::nothing;
    } else if (what == "step") {
        return start_step(take_word(rest));
    } else if (what == "speed") {
        return set_speed(take_word(rest));
    } else if (what == "interrupt") {
        m_typed.clear();
        if (m_busy) {
            m_busy = false;
            type("^C");
        }
    } else if (what == "quit") {
        quit();
    } else {
        return expected("press, release, level, bounce, run, pause, step, speed, line, interrupt or quit", what);
    }
    if (on_turn)
        on_turn(true);
    return {};
}

std::string control::set_speed(const std::string &factor) {
    double speed = 0;
    const auto [end, error] = std::from_chars(factor.data(), factor.data() + factor.size(), speed);
    const bool is_number = error == std::errc() && end == factor.data() + factor.size();
    if (factor != "max" && !(is_number && speed >= 1e-9 && speed <= 1e6))
        return expected("max, or simulated by real time such as 1 or 0.001", factor);
    m_speed = factor == "max" ? 0 : speed;
    keep_pace();
    if (on_turn)
        on_turn(true);
    return {};
}

// How often it has happened; and when last.
uint64_t control::seen(until what, uint64_t &last_ps) const {
    if (what == until::finding)
        return m_of.software.findings.reports();
    uint64_t count = 0;
    for (const step_kind &kind : kinds)
        if (kind.what == what)
            for (const recorder::signal_data &s : m_of.watch.timeline()->signals())
                if (kind.has(s)) {
                    count += s.count;
                    last_ps = std::max(last_ps, s.ps);
                }
    return count;
}

std::string control::start_step(const std::string &what) {
    for (const step_kind &kind : kinds)
        if (what == kind.word) {
            uint64_t last = 0;
            m_of.watch.settle(m_now);
            m_until = kind.what;
            m_seen = seen(m_until, last);
            m_paused = false;
            return {};
        }
    return expected("step edge, irq, switch or finding", what);
}

bool control::step_is_over() {
    uint64_t last = 0;
    m_of.watch.settle(m_now);
    if (seen(m_until, last) == m_seen)
        return false;
    const uint64_t ps = (last ? last : m_now) - *m_zero;
    m_stopped_at = fmt::format("{}.{:012} s", ps / (1000000 * us), ps % (1000000 * us));
    return true;
}

std::string control::type(const std::string &text) {
    const size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const std::string line = text.substr(begin, text.find('\0', begin) - begin);
    if (line.size() > longest_line)
        return fmt::format("expected a line of at most {} bytes, got {}", longest_line, line.size());
    if (m_typed.size() >= most_waiting)
        return fmt::format("{} lines are waiting already", most_waiting);
    if (!m_quitting)
        m_typed.push_back(line);
    return {};
}

// The next line that was typed goes to the shell, which takes it when it looks next.
void control::take_line() {
    while (!m_busy && !m_quitting && !m_typed.empty()) {
        const std::string line = std::move(m_typed.front());
        m_typed.pop_front();
        if (line.find_first_not_of(" \t") == line.npos)
            continue;
        // Each line has a look of its own: one of the same time would wait for the end of the one before it.
        const shell_script &script = m_of.software.script;
        const uint64_t after = m_lines.empty() ? 0 : m_lines.back().at_ns + script.period_ns();
        const uint64_t at = std::max(script.next_look_ns(), after);
        if (script.end_ns().value_or(at) < at) { // the run ends before
            m_typed.clear();
            return;
        }
        m_of.software.script.add(at, line);
        m_lines.push_back({at, line});
        m_busy = true;
    }
}

void control::quit() {
    m_quit_early = !m_zero;
    if (m_quitting || !m_zero)
        return;
    m_quitting = true;
    const uint64_t last = m_lines.empty() ? 0 : m_lines.back().at_ns;
    m_end_ns = std::max(m_of.software.script.next_look_ns(), last);
    m_of.software.script.end(*m_end_ns);
}

// A moment that neither a core nor the cluster has reached: nothing that was done so far depends on it.
uint64_t control::soonest_ns() const {
    const uint64_t latest = std::max(m_of.software.cpu.looked_until(), *m_zero);
    return (latest - *m_zero) / us * 1000 + 2000;
}

std::string control::move(const std::string &what, const std::string &pin_word, const std::string &level) {
    const auto pin = parse_pin(pin_word);
    if (!pin)
        return expected("a pin such as GPIO3_A5", pin_word);
    if (!m_zero)
        return "the kernel is still booting";
    if (m_of.recorded[*pin])
        return fmt::format("{} is driven by the recording", pin_name(*pin));
    if (what == "level" && level != "0" && level != "1")
        return expected("the level 0 or 1", level);
    if (what == "level")
        m_rest[*pin] = level == "1";
    if (m_last_ns[*pin] > soonest_ns() + furthest_ns)
        return fmt::format("{} still has changes before it for more than a second", pin_name(*pin));
    change(*pin, what == "press" ? !m_rest[*pin] : m_rest[*pin], m_bounce && what != "level");
    if (on_turn)
        on_turn(true);
    return {};
}

void control::change(unsigned pin, bool level, bool bounces) {
    if (m_level[pin] == level)
        return;
    // What the cluster looks at next is a timer, as a rule the console's own: a press right behind it would always meet
    // its interrupt.
    uint64_t at = soonest_ns() + m_random() % longest_wait_ns;
    at = std::max(at, m_last_ns[pin] + 1000); // a bounce may still go on
    append(pin, level, at);
    const unsigned pairs = bounces ? static_cast<unsigned>(1 + m_random() % (most_bounces / 2)) : 0;
    for (unsigned i = 0; i < 2 * pairs; ++i) {
        at += 10'000 + m_random() % (longest_bounce_ns / most_bounces);
        append(pin, i % 2 ? level : !level, at);
    }
}

void control::append(unsigned pin, bool level, uint64_t at_ns) {
    const pin_change change{at_ns * 1000, static_cast<uint16_t>(pin), level};
    m_changes.push_back(change);
    m_level[pin] = level;
    m_last_ns[pin] = at_ns;
    m_of.pins.add(change);
}

std::string control::recording() const {
    std::string out = "# rk3568-sim: what was pressed in a live run\n";
    std::vector<pin_change> changes = m_changes;
    std::stable_sort(changes.begin(), changes.end(),
                     [](const pin_change &a, const pin_change &b) { return a.ps < b.ps; });
    for (const pin_change &c : changes)
        out += fmt::format("{}ns {} {}\n", c.ps / 1000, pin_name(c.pin), c.level ? 1 : 0);
    return out;
}

namespace {

std::string quoted(const std::string &word) {
    if (!word.empty() &&
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%") == word.npos)
        return word;
    std::string out = "'";
    for (const char c : word)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

} // namespace

// Whether a line of --exec, "TIME COMMAND", comes after the run's end.
static bool is_later(const std::string &line, uint64_t end_ns) {
    const auto at = parse_time_ps(line.substr(0, line.find(' ')));
    return at && *at > end_ns * 1000;
}

std::string control::replay(const std::string &stimulus) const {
    std::string out;
    bool has_end = false, has_looks = false;
    for (size_t i = 0; i < m_of.command.size(); ++i) {
        const std::string &word = m_of.command[i];
        const std::string name = word.substr(0, word.find('='));
        const auto is_port = [](const std::string &text) {
            return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
        };
        if (name == "--live") {
            i += name == word && i + 1 < m_of.command.size() && is_port(m_of.command[i + 1]);
            continue;
        }
        if (name == "--shell")
            continue;
        if (name == "--record") {
            i += name == word;
            continue;
        }
        const bool apart = name == word && i + 1 < m_of.command.size();
        const std::string value = apart ? m_of.command[i + 1] : word.substr(std::min(name.size() + 1, word.size()));
        if (m_end_ns && (name == "--for" || (name == "--exec" && is_later(value, *m_end_ns)))) {
            i += apart;
            continue;
        }
        has_end |= name == "--for";
        has_looks |= name == "--console-every";
        out += (out.empty() ? "" : " ") + (i == 0 ? std::string("platform/run") : quoted(word));
    }
    if (!has_looks)
        out += fmt::format(" --console-every {}ns", m_of.software.script.period_ns());
    if (!m_changes.empty())
        out += " --stimulus " + quoted(stimulus);
    for (const typed &t : m_lines)
        out += " --exec " + quoted(fmt::format("{}ns {}", t.at_ns, t.line));
    const uint64_t end = m_end_ns.value_or(m_of.software.script.next_look_ns());
    if (!has_end)
        out += fmt::format(" --for {}ns", end);
    return out;
}

} // namespace rk3568::live
