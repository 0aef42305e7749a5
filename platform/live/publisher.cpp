// SPDX-License-Identifier: Apache-2.0
#include "platform/live/publisher.h"

#include "platform/observe/report/recorder.h"

#include <systemc>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rk3568::live {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr auto frame = 50ms, latencies_every = 500ms;
constexpr size_t most_log = 1 << 20;       // bytes that who comes late still sees
constexpr uint64_t most_changes = 4 << 20; // that are kept for them

std::string dump(const ordered_json &value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// A signal as a page hears of it first; its changes follow.
ordered_json head_of(const recorder::signal_data &s) {
    return {
        {"scope", s.scope}, {"name", s.name}, {"width", s.width}, {"initial", s.first_kept}, {"from", s.kept_from_ps}};
}

uint64_t now_ps() {
    return sc_core::sc_time_stamp().value();
}

} // namespace

publisher::publisher(parts of)
    : m_of(std::move(of)) {
    m_of.web.on_open = [this](viewer &to) { opened(to); };
    m_of.web.on_text = [this](viewer &by, const std::string &words) { asked(by, words); };
}

void publisher::turn(bool now) {
    const auto clock = std::chrono::steady_clock::now();
    if (!now && clock < m_next)
        return;
    if (m_of.web.viewers() == 0) {
        m_next = clock + frame;
        if (m_of.watch.timeline()->kept() > most_changes)
            forget();
        return;
    }
    m_next = clock + frame;
    m_of.watch.settle(now_ps());
    publish_signals();
    publish_state();
    if (now || clock >= m_next_latencies) {
        m_next_latencies = clock + latencies_every;
        publish_latencies();
    }
}

// Signals that appear later, texts, then the changes of all.
void publisher::publish_signals() {
    recorder &timeline = *m_of.watch.timeline();
    const auto &signals = timeline.signals();
    if (signals.size() > m_signals || timeline.texts().size() > m_texts) {
        ordered_json more = {{"type", "more"}, {"signals", ordered_json::array()}, {"texts", ordered_json::array()}};
        for (; m_signals < signals.size(); ++m_signals) {
            more["signals"].push_back(head_of(signals[m_signals]));
        }
        for (; m_texts < timeline.texts().size(); ++m_texts)
            more["texts"].push_back(timeline.texts()[m_texts]);
        send_all(dump(more));
    }
    m_sent.resize(signals.size());
    m_sent_count.resize(signals.size());
    std::string out;
    for (size_t i = 0; i < signals.size(); ++i) {
        const recorder::signal_data &s = signals[i];
        auto &[times, values] = m_sent[i];
        if (s.times.size() == times)
            continue;
        append_leb128(out, i + 1);
        append_leb128(out, s.count - m_sent_count[i]);
        out.append(s.times, times);
        out.append(s.values, values);
        times = s.times.size();
        values = s.values.size();
        m_sent_count[i] = s.count;
    }
    append_leb128(out, 0);
    append_leb128(out, now_ps());
    m_of.web.send_all(std::make_shared<message>(message{std::move(out), false}));
    if (timeline.kept() > most_changes)
        forget();
}

// A page that is opened later shows the run from here on.
void publisher::forget() {
    m_of.watch.timeline()->forget();
    for (size_t i = 0; i < m_sent.size(); ++i) {
        m_sent[i] = {0, 0};
        m_sent_count[i] = m_of.watch.timeline()->signals()[i].count;
    }
}

void publisher::publish_state() {
    if (!m_log.empty()) {
        send_all(dump({{"type", "log"}, {"text", m_log}}));
        m_log.clear();
    }
    if (std::string text = state(); text != m_last_state)
        send_all(m_last_state = text);
    if (std::string text = pins(); text != m_last_pins)
        send_all(m_last_pins = text);
}

void publisher::publish_latencies() {
    if (m_of.watch.timeline()->changes() == m_changes)
        return;
    m_changes = m_of.watch.timeline()->changes();
    if (std::string text = "{\"type\":\"latency\",\"now\":" + m_of.watch.live_json() + "}"; text != m_last_latencies)
        send_all(m_last_latencies = text);
}

std::string publisher::head() const {
    return dump({{"type", "head"},
                 {"command", m_of.command},
                 {"seed", m_of.seed},
                 {"timing", m_of.timing},
                 {"cpus", m_of.cpus}});
}

std::string publisher::state() const {
    const control &p = m_of.people;
    return dump({{"type", "state"},
                 {"zero_ps", p.zero_ps().value_or(0)},
                 {"booted", p.zero_ps().has_value()},
                 {"paused", p.paused()},
                 {"quitting", p.quitting()},
                 {"prompt", p.prompt_is_free()},
                 {"speed", p.speed()},
                 {"bounce", p.bounces()},
                 {"step", p.last_step()}});
}

std::string publisher::pins() const {
    ordered_json banks = ordered_json::array();
    for (unsigned bank = 0; bank < pin_banks; ++bank) {
        uint32_t levels = 0;
        for (unsigned pin = 0; pin < pins_per_bank; ++pin)
            levels |= static_cast<uint32_t>(m_of.people.level(bank * pins_per_bank + pin)) << pin;
        banks.push_back({{"in", levels}, {"out", m_of.driven(bank)}});
    }
    return dump({{"type", "pins"}, {"banks", banks}});
}

// What there is so far, for a page that has just been opened.
void publisher::opened(viewer &to) {
    turn(true); // for the others, so that all know the same
    const auto send = [&to](std::string bytes, bool text) {
        to.send(std::make_shared<message>(message{std::move(bytes), text}));
    };
    send(head(), true);
    const recorder &timeline = *m_of.watch.timeline();
    ordered_json more = {{"type", "more"}, {"signals", ordered_json::array()}, {"texts", timeline.texts()}};
    std::string columns;
    for (size_t i = 0; i < timeline.signals().size(); ++i) {
        const recorder::signal_data &s = timeline.signals()[i];
        more["signals"].push_back(head_of(s));
        if (s.times.empty())
            continue;
        append_leb128(columns, i + 1);
        append_leb128(columns, s.count - s.forgotten);
        columns += s.times;
        columns += s.values;
    }
    append_leb128(columns, 0);
    append_leb128(columns, now_ps());
    send(dump(more), true);
    m_signals = timeline.signals().size();
    m_texts = timeline.texts().size();
    send(std::move(columns), false);
    send(dump({{"type", "log"}, {"text", m_history}}), true);
    send(state(), true);
    send(pins(), true);
    send("{\"type\":\"latency\",\"now\":" + m_of.watch.live_json() + "}", true);
}

void publisher::asked(viewer &by, const std::string &words) {
    if (words == "recording") {
        by.send(std::make_shared<message>(message{dump({{"type", "recording"},
                                                        {"stimulus", m_of.people.recording()},
                                                        {"command", m_of.people.replay("live.stim")}}),
                                                  true}));
        return;
    }
    const std::string error = m_of.people.ask(words);
    if (!error.empty())
        by.send(std::make_shared<message>(message{dump({{"type", "error"}, {"text", error}}), true}));
}

void publisher::log(const std::string &text) {
    m_history += text;
    if (m_history.size() > 2 * most_log)
        m_history.erase(0, m_history.find('\n', m_history.size() - most_log) + 1);
    if (m_of.web.viewers())
        m_log += text;
}

void publisher::end(const std::string &summary) {
    turn(true);
    send_all(dump({{"type", "ended"}, {"text", summary}}));
}

} // namespace rk3568::live
