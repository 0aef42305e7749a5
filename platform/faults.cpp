// SPDX-License-Identifier: Apache-2.0
#include "platform/faults.h"

#include "platform/time_text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sstream>

namespace rk3568 {

namespace {

struct kind_entry {
    const char *name;
    fault::kind what;
    std::vector<std::string> keys, needed;
};

const std::vector<kind_entry> &kinds() {
    static const std::vector<std::string> calls{"nth", "times", "percent"};
    static const std::vector<kind_entry> list{
        {"kmalloc", fault::kind::kmalloc, calls, {}},
        {"request_irq", fault::kind::request_irq, calls, {}},
        {"alloc_workqueue", fault::kind::alloc_workqueue, calls, {}},
        {"create_worker", fault::kind::create_worker, calls, {}},
        {"wakeup", fault::kind::wakeup, {"nth", "times", "percent", "delay"}, {}},
        {"spurious", fault::kind::spurious, {"pin", "at"}, {"pin", "at"}},
        {"stuck", fault::kind::stuck, {"pin", "at", "level", "for"}, {"pin", "at", "level"}},
        {"glitch", fault::kind::glitch, {"pin", "at", "width"}, {"pin", "at"}},
        {"storm", fault::kind::storm, {"pin", "at", "count", "period"}, {"pin", "at"}},
    };
    return list;
}

std::string joined(const std::vector<std::string> &words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

uint64_t number(const std::string &key, const std::string &text, uint64_t low, uint64_t high) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
        throw std::invalid_argument(fmt::format("expected {}=N with N from {} to {}, got '{}'", key, low, high, text));
    return value;
}

uint64_t time(const std::string &key, const std::string &text) {
    const auto ps = parse_time_ps(text);
    if (!ps)
        throw std::invalid_argument(fmt::format("expected {}=TIME such as 500us, got '{}'", key, text));
    return *ps;
}

uint64_t duration(const std::string &key, const std::string &text) {
    const uint64_t ps = time(key, text);
    if (!ps)
        throw std::invalid_argument(fmt::format("expected {}=TIME above 0, got '{}'", key, text));
    return ps;
}

void set(fault &to, const std::string &key, const std::string &text) {
    constexpr uint64_t most = 1'000'000'000;
    if (key == "nth")
        to.nth = number(key, text, 1, most);
    else if (key == "times")
        to.times = number(key, text, 0, most);
    else if (key == "percent")
        to.percent = number(key, text, 1, 100);
    else if (key == "count")
        to.count = number(key, text, 1, 10'000'000);
    else if (key == "level")
        to.level = number(key, text, 0, 1) != 0;
    else if (key == "at")
        to.at_ps = time(key, text);
    else if (key == "delay")
        to.delay_ps = duration(key, text);
    else if (key == "for")
        to.for_ps = duration(key, text);
    else if (key == "width")
        to.width_ps = duration(key, text);
    else if (key == "period")
        to.period_ps = duration(key, text);
    else if (const auto pin = parse_pin_name(text))
        to.pin = *pin;
    else
        throw std::invalid_argument(fmt::format("expected a pin={}, got '{}'", pin_range, text));
}

// Of a pin, from one moment to another.
struct hold {
    uint64_t from, to;
    bool level;
};

uint64_t sum(uint64_t a, uint64_t b) {
    return a > ~0ull - b ? ~0ull : a + b;
}

// The level of the pin that the recording has at `ps`.
bool recorded(const std::vector<pin_change> &changes, bool initial, uint64_t ps) {
    const auto after =
        std::upper_bound(changes.begin(), changes.end(), ps, [](uint64_t t, const pin_change &c) { return t < c.ps; });
    return after == changes.begin() ? initial : std::prev(after)->level;
}

std::vector<hold> holds_of(const fault &f, const std::vector<pin_change> &changes, bool initial) {
    std::vector<hold> holds;
    const auto invert = [&](uint64_t from, uint64_t width) {
        holds.push_back({from, sum(from, width), !recorded(changes, initial, from)});
    };
    if (f.what == fault::kind::stuck)
        holds.push_back({f.at_ps, sum(f.at_ps, f.for_ps), f.level});
    else if (f.what == fault::kind::glitch)
        invert(f.at_ps, f.width_ps);
    else if (f.what == fault::kind::storm)
        for (uint64_t i = 0; i < f.count; ++i)
            invert(sum(f.at_ps, i * f.period_ps), std::max<uint64_t>(f.period_ps / 2, 1));
    return holds;
}

// Of two faults at a time the one that was given later counts.
void hold_pin(stimulus &activity, unsigned pin, const fault &f) {
    std::vector<pin_change> mine, others;
    for (const pin_change &c : activity.changes)
        (c.pin == pin ? mine : others).push_back(c);
    const bool initial = activity.initial[pin];
    std::vector<pin_change> made;
    bool level = initial;
    const auto change = [&](uint64_t ps, bool to) {
        if (to != level)
            made.push_back({ps, static_cast<uint16_t>(pin), to});
        level = to;
    };
    size_t next = 0;
    for (const hold &h : holds_of(f, mine, initial)) {
        for (; next < mine.size() && mine[next].ps < h.from; ++next)
            change(mine[next].ps, mine[next].level);
        change(h.from, h.level);
        for (; next < mine.size() && mine[next].ps < h.to; ++next) {
        }
        if (h.to != ~0ull)
            change(h.to, recorded(mine, initial, h.to));
    }
    for (; next < mine.size(); ++next)
        change(mine[next].ps, mine[next].level);
    activity.used[pin] = true;
    activity.changes.clear();
    std::merge(others.begin(), others.end(), made.begin(), made.end(), std::back_inserter(activity.changes),
               [](const pin_change &a, const pin_change &b) { return a.ps < b.ps; });
}

} // namespace

fault parse_fault(const std::string &text) {
    const size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const kind_entry &k) { return name == k.name; });
    if (kind == kinds().end()) {
        std::vector<std::string> names;
        for (const kind_entry &k : kinds())
            names.emplace_back(k.name);
        throw std::invalid_argument(fmt::format("expected one of {}, got '{}'", joined(names), name));
    }
    fault out{};
    out.what = kind->what;
    std::vector<std::string> given;
    std::istringstream items(colon == text.npos ? "" : text.substr(colon + 1) + ",");
    for (std::string item; std::getline(items, item, ',');) {
        const size_t equals = item.find('=');
        const std::string key = item.substr(0, equals);
        if (equals == item.npos || std::find(kind->keys.begin(), kind->keys.end(), key) == kind->keys.end())
            throw std::invalid_argument(
                fmt::format("expected KEY=VALUE with a key of {} for {}, got '{}'", joined(kind->keys), name, item));
        set(out, key, item.substr(equals + 1));
        given.push_back(key);
    }
    for (const std::string &key : kind->needed)
        if (std::find(given.begin(), given.end(), key) == given.end())
            throw std::invalid_argument(fmt::format("expected {}= for {}, got none", key, name));
    return out;
}

std::string kernel_faults(const std::vector<fault> &faults, uint64_t seed) {
    std::string words;
    for (const fault &f : faults)
        if (is_kernels(f))
            words += fmt::format(" fault={},{},{},{},{},{}", kinds()[static_cast<size_t>(f.what)].name, f.nth, f.times,
                                 f.percent, f.delay_ps / 1000, seed);
    return words;
}

void apply_faults(stimulus &activity, const std::vector<fault> &faults) {
    for (const fault &f : faults)
        if (f.what > fault::kind::spurious)
            hold_pin(activity, f.pin, f);
}

} // namespace rk3568
