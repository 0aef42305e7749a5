// SPDX-License-Identifier: Apache-2.0
#include "platform/races/holder.h"

#include "platform/time_text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace rk3568::races {

namespace {

constexpr size_t most_passes = 64; // of a point, that are written down
constexpr uint64_t us = 1000000;   // in ps

} // namespace

hold parse_hold(const std::string &text) {
    const auto refuse = [&] {
        throw std::invalid_argument(
            fmt::format("expected PLACE[@N]=TIME[,PLACE] such as 0xffff800000002128@3=412ns, got '{}'", text));
    };
    hold h;
    const size_t equals = text.find('=');
    if (equals == text.npos || !equals)
        refuse();
    h.place = text.substr(0, equals);
    std::string time = text.substr(equals + 1);
    if (const size_t comma = time.find(','); comma != time.npos) {
        h.until = time.substr(comma + 1);
        time.erase(comma);
        if (h.until.empty())
            refuse();
    }
    if (const size_t at = h.place.find('@'); at != h.place.npos) {
        const std::string number = h.place.substr(at + 1);
        if (number.empty() || number.size() > 9 || number.find_first_not_of("0123456789") != number.npos)
            refuse();
        h.instance = std::stoull(number);
        h.place.erase(at);
    }
    const auto ps = parse_time_ps(time);
    if (!ps || h.place.empty() || !h.instance)
        refuse();
    h.ps = *ps;
    return h;
}

holder::holder(std::vector<hold> holds, board_load load, naming names)
    : m_holds(std::move(holds))
    , m_load(load)
    , m_names(std::move(names)) {}

void holder::set_holds(std::vector<hold> holds, board_load load, bool lines) {
    m_holds = std::move(holds);
    m_load = load;
    m_lines = lines;
}

holder::point &holder::point_at(uint64_t code, const char *kind, const char *event) {
    const uint64_t key = event ? reinterpret_cast<uint64_t>(event) : code;
    const auto [at, added] = m_by_code.emplace(key, m_points.size());
    if (added) {
        m_points.push_back({event ? event : m_names.place(code), kind, event ? 0 : code, "", "", 0, {}});
        if (m_lines && !event) { // now: the module may be gone at the end
            m_points.back().line = m_names.line(code);
            m_points.back().function = m_names.function(code);
        }
        m_by_place[m_points.back().place] = at->second;
    }
    return m_points[at->second];
}

// A board: cyclictest under load has minimum 3, average 16, maximum 85 us. Interrupts of other devices come in bursts
// of some microseconds, and a busy DRAM makes an access wait for some hundred nanoseconds.
uint64_t holder::drawn(const point &p) {
    const auto chance = [this](double share) {
        return static_cast<double>(m_random() >> 11) / 9007199254740992.0 < share;
    };
    const auto between = [this](uint64_t low, uint64_t high) { return low + m_random() % (high - low + 1); };
    switch (m_load) {
    case board_load::cpu: {
        if (p.code || !chance(0.5))
            return 0;
        const double x = static_cast<double>(m_random() >> 11) / 9007199254740992.0;
        return static_cast<uint64_t>(std::min(85.0, 3 - 13 * std::log(1 - x * 0.9999)) * us);
    }
    case board_load::irqs:
        return chance(0.02) ? between(us, 10 * us) : 0;
    case board_load::dram:
        return p.code && chance(0.2) ? between(us / 20, us * 8 / 10) : 0;
    default:
        return 0;
    }
}

holder::decision holder::pass(point &p, unsigned cpu, uint64_t ps) {
    ++p.count;
    if (p.passed.size() < most_passes)
        p.passed.emplace_back(ps, cpu);
    decision d;
    for (const hold &h : m_holds)
        if (h.instance == p.count && h.place == p.place) {
            d.ps += h.ps;
            if (!h.until.empty())
                d.until = &h.until;
        }
    if (m_load != board_load::none)
        d.ps += drawn(p);
    if (d.ps)
        m_held.push_back({p.place, p.count, ps, d.ps, cpu});
    return d;
}

holder::decision holder::access(uint64_t place, uint64_t address, bool writes, uint64_t who, unsigned cpu,
                                uint64_t ps) {
    last_access &last = m_words[address / 8];
    if (last.who && last.who != who && (last.writes || writes))
        m_orders.emplace(last.place, place);
    last = {place, who, writes};
    return pass(point_at(place, "access", nullptr), cpu, ps);
}

holder::decision holder::order(uint64_t place, unsigned cpu, uint64_t ps) {
    return pass(point_at(place, "call", nullptr), cpu, ps);
}

holder::decision holder::event(const char *name, unsigned cpu, uint64_t ps) {
    return pass(point_at(0, "event", name), cpu, ps);
}

uint64_t holder::count_of(const std::string &place) const {
    const auto found = m_by_place.find(place);
    return found == m_by_place.end() ? 0 : m_points[found->second].count;
}

nlohmann::json holder::report() const {
    nlohmann::json all;
    all["points"] = nlohmann::json::array();
    for (const point &p : m_points) {
        nlohmann::json one = {{"place", p.place}, {"kind", p.kind}, {"count", p.count}};
        if (!p.line.empty()) {
            one["line"] = p.line;
            one["function"] = p.function;
        }
        for (const auto &[ps, cpu] : p.passed)
            one["passed"].push_back({static_cast<double>(ps) / 1000, cpu});
        all["points"].push_back(std::move(one));
    }
    all["orders"] = nlohmann::json::array();
    std::set<std::pair<std::string, std::string>> orders;
    for (const auto &[first, second] : m_orders)
        orders.emplace(m_names.place(first), m_names.place(second));
    for (const auto &[first, second] : orders)
        all["orders"].push_back({first, second});
    all["holds"] = nlohmann::json::array();
    for (const held &h : m_held)
        all["holds"].push_back({{"place", h.place},
                                {"instance", h.instance},
                                {"cpu", h.cpu},
                                {"at_ns", static_cast<double>(h.at_ps) / 1000},
                                {"ns", static_cast<double>(h.ps) / 1000}});
    return all;
}

} // namespace rk3568::races
