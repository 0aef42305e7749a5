// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/latency.h"

#include "platform/observe/off_times.h"
#include "platform/stimulus/pin_name.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rk3568 {
namespace {

using nlohmann::ordered_json;

// Exact: a double holds any number of picoseconds below 2^53 (two and a half hours), and prints shortest.
double ns(uint64_t ps) {
    return static_cast<double>(ps) / 1000;
}

const std::vector<unsigned> quantile_ranks = {500, 900, 990, 999};

ordered_json to_json(const histogram &h, bool distribution) {
    const auto q = h.quantiles(quantile_ranks);
    ordered_json out = {{"count", h.count()},  {"min_ns", ns(h.min())}, {"mean_ns", ns(h.mean())},
                        {"p50_ns", ns(q[0])},  {"p90_ns", ns(q[1])},    {"p99_ns", ns(q[2])},
                        {"p999_ns", ns(q[3])}, {"max_ns", ns(h.max())}};
    if (distribution)
        for (const histogram::range &r : h.ranges())
            out["hist"].push_back({ns(r.low), ns(r.high), r.count});
    return out;
}

ordered_json to_json(const latency_action::worst_sample &w) {
    ordered_json out = {{"at_ns", ns(w.at_ps)}, {"cpu", w.cpu}, {"edge", w.edge}};
    if (!w.kind.empty())
        out["cause"] = {{"kind", w.kind}, {"name", w.name}, {"ns", ns(w.ps)}};
    if (!w.holder.empty())
        out["cause"]["holder"] = w.holder;
    for (const auto &part : w.way)
        out["way"].push_back({{"stage", info(part.which).name}, {"at_ns", ns(part.at_ps)}, {"ns", ns(part.ps)}});
    return out;
}

// Four characters and a unit at most: 1.23us, 20.5ms.
std::string short_time(uint64_t ps) {
    static constexpr std::pair<double, const char *> units[] = {{1e12, "s"}, {1e9, "ms"}, {1e6, "us"}, {1e3, "ns"}};
    for (const auto &[unit, name] : units) {
        const double value = static_cast<double>(ps) / unit;
        if (value >= 1)
            return fmt::format("{:.{}f}{}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, name);
    }
    return ps ? fmt::format("{}ps", ps) : "0";
}

} // namespace

uint64_t edge_counts::lost_sum() const {
    uint64_t sum = 0;
    for (const auto &[reason, count] : lost)
        sum += count;
    return sum;
}

const histogram &latency_action::stage_of(mechanism m, stage s) const {
    static const histogram none;
    const auto *const from = path(is_shared(s) ? mechanism::hardirq : m);
    return from ? from->stages[static_cast<size_t>(s)] : none;
}

latency_action &latency_accounts::action(unsigned line, unsigned irq, const char *name, const std::string &owner) {
    const auto key = std::make_tuple(line, irq, std::string(name ? name : ""));
    return m_actions.try_emplace(key, line, irq, std::get<2>(key), this->line(line, owner)).first->second;
}

edge_counts latency_accounts::total(unsigned line) const {
    edge_counts sum;
    for (const auto &[key, c] : m_lines)
        if (key.first == line) {
            sum.edges += c.edges;
            sum.handled += c.handled;
            sum.merged += c.merged;
            for (const auto &[reason, count] : c.lost)
                sum.lost[reason] += count;
        }
    return sum;
}

std::string latency_accounts::error() const {
    std::string out;
    for (const auto &[key, c] : m_lines)
        if (!c.closes())
            out += fmt::format("{}{}: {} edges, but {} handled + {} merged + {} lost", out.empty() ? "" : "; ",
                               pin_name(key.first), c.edges, c.handled, c.merged, c.lost_sum());
    return out;
}

std::vector<std::string> latency_accounts::hints(const std::vector<bool> &moving) const {
    std::map<unsigned, std::string> named; // by line: the first action there
    for (const auto &[key, action] : m_actions)
        named.emplace(action.line, fmt::format("irq {}, {}", action.irq, action.name));
    std::vector<std::string> out;
    for (unsigned pin = 0; pin < moving.size(); ++pin) {
        const auto requested = named.find(pin);
        if (moving[pin] && requested == named.end())
            out.push_back(
                fmt::format("{} moves in the recording, but no interrupt was requested on it", pin_name(pin)));
        else if (!moving[pin] && requested != named.end())
            out.push_back(
                fmt::format("{} ({}) has an interrupt, but its pin never moved", pin_name(pin), requested->second));
    }
    return out;
}

std::string latency_accounts::json(uint64_t seed, const std::string &timing, const latency_json_options &with) const {
    ordered_json root = {
        {"schema", latency_schema}, {"simulator", RK3568_SIM_VERSION}, {"seed", seed}, {"timing", timing}};
    root["cut"] = with.cut;
    root["stages"] = ordered_json::array();
    for (const stage_info &s : stage_table)
        root["stages"].push_back({{"name", s.name}, {"start", s.start_name}, {"end", s.end_name}, {"what", s.what}});
    root["findings"] = with.findings.empty() ? ordered_json::array() : ordered_json::parse(with.findings);
    root["paths"] = ordered_json::array();
    for (const auto &[key, action] : m_actions) {
        const edge_counts &c = action.counts;
        for (size_t i = 0; i < mechanism_count; ++i) {
            const auto m = static_cast<mechanism>(i);
            if (!action.path(m))
                continue;
            ordered_json path = {{"line", pin_name(action.line)},
                                 {"bank", action.line / pins_per_bank},
                                 {"pin", action.line % pins_per_bank},
                                 {"irq", action.irq},
                                 {"name", action.name},
                                 {"mechanism", info(m).name},
                                 {"edges", c.edges},
                                 {"handled", c.handled},
                                 {"merged", c.merged},
                                 {"lost", c.lost_sum()}};
            path["reasons"] = ordered_json::object();
            for (const auto &[reason, count] : c.lost)
                path["reasons"][reason] = count;
            path["stages"] = ordered_json::object();
            for (size_t s = 0; s < stage_count; ++s) {
                const histogram &h = action.stage_of(m, static_cast<stage>(s));
                if (h.count())
                    path["stages"][stage_table[s].name] = to_json(h, with.distributions);
            }
            if (const auto &worst = action.worst(m, latency_action::to_begin))
                path["stages"][info(info(m).total).name]["worst"] = to_json(*worst);
            if (const auto &worst = action.worst(m, latency_action::in_run))
                path["stages"][info(info(m).run).name]["worst"] = to_json(*worst);
            root["paths"].push_back(std::move(path));
        }
    }
    root["irqs_off"] = root["preempt_off"] = ordered_json::array();
    if (with.off) {
        const auto append = [&root](const char *name, unsigned cpu, const off_times::longest &l) {
            if (l.ps)
                root[name].push_back({{"cpu", cpu},
                                      {"max_ns", ns(l.ps)},
                                      {"at_ns", ns(l.end_ps - l.ps)},
                                      {"from", l.from},
                                      {"to", l.to}});
        };
        for (unsigned cpu = 0; cpu < with.off->cpus(); ++cpu)
            append("irqs_off", cpu, with.off->irqs(cpu));
        for (unsigned cpu = 0; cpu < with.off->cpus(); ++cpu)
            append("preempt_off", cpu, with.off->preempt(cpu));
    }
    // Names come from modules, which may have put anything into them.
    return root.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string latency_accounts::statistics() const {
    edge_counts sum;
    uint64_t lost = 0;
    for (const auto &[key, c] : m_lines) {
        sum.edges += c.edges;
        sum.handled += c.handled;
        sum.merged += c.merged;
        lost += c.lost_sum();
    }
    return fmt::format("{} edges: {} handled, {} merged, {} lost", sum.edges, sum.handled, sum.merged, lost);
}

namespace {

// Columns of equal width; names to the left, numbers to the right. Wider gaps part what belongs together.
std::string aligned(const std::vector<std::vector<std::string>> &rows) {
    std::vector<size_t> widths(rows[0].size());
    for (const auto &row : rows)
        for (size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    std::string out;
    for (const auto &row : rows) {
        std::string text;
        for (size_t i = 0; i < row.size(); ++i) {
            const bool left = i == 0 || i == 2 || i == 3 || i == 8;
            text += left ? fmt::format("{:<{}}", row[i], widths[i]) : fmt::format("{:>{}}", row[i], widths[i]);
            text += i + 1 == row.size() ? "" : i == 3 || i == 7 || i == 11 ? "   " : "  ";
        }
        out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

// A name may be as long as a module likes: the table keeps its shape.
std::string shortened(const std::string &name) {
    constexpr size_t longest = 32;
    return name.size() <= longest ? name : name.substr(0, longest - 3) + "...";
}

std::vector<std::string> row_of(const latency_action &action, mechanism m) {
    const edge_counts &c = action.counts;
    const stage until = info(m).total, during = info(m).run;
    const histogram &total = action.stage_of(m, until), &run = action.stage_of(m, during);
    const auto t = total.quantiles({500, 990}), r = run.quantiles({500});
    const auto time = [](const histogram &h, uint64_t ps) { return h.count() ? short_time(ps) : "-"; };
    std::vector<std::string> row = {pin_name(action.line), std::to_string(action.irq), shortened(action.name),
                                    info(m).name};
    // The account belongs to the line: it stands once, in the line's first row.
    if (m == mechanism::hardirq)
        for (uint64_t n : {c.edges, c.handled, c.merged, c.lost_sum()})
            row.push_back(std::to_string(n));
    row.resize(8);
    row.insert(row.end(),
               {info(until).name + std::string("pin_to_").size(), time(total, t[0]), time(total, t[1]),
                time(total, total.max()), std::to_string(run.count()), time(run, r[0]), time(run, run.max())});
    return row;
}

// What stood in the way of the longest sample; empty where that says nothing.
std::string worst_of(const latency_action &action, mechanism m) {
    const auto &w = action.worst(m, latency_action::to_begin);
    // That a handler waits for the kernel's own entry says nothing.
    if (!w || w->kind.empty() || (m == mechanism::hardirq && w->name == "exception"))
        return {};
    return fmt::format("{} {} {} worst: {} at {:.9f} s on CPU{}, edge {}; {} of that in {} {}\n", pin_name(action.line),
                       shortened(action.name), info(m).name, short_time(action.stage_of(m, info(m).total).max()),
                       static_cast<double>(w->at_ps) / 1e12, w->cpu, w->edge, short_time(w->ps), w->kind, w->name);
}

// Where the longest run spent most of its time waiting for a lock, or for its turn.
std::string longest_run_of(const latency_action &action, mechanism m) {
    const auto &w = action.worst(m, latency_action::in_run);
    if (!w || (w->kind != "lock" && w->kind != "preempted"))
        return {};
    const std::string what = w->kind == "lock" ? fmt::format("waiting for the lock {}{}{}", w->name,
                                                             w->holder.empty() ? "" : ", which was with ", w->holder)
                                               : fmt::format("preempted by {}", w->name);
    return fmt::format("{} {} {} longest run: {} until {:.9f} s on CPU{}, edge {}; {} of that {}\n",
                       pin_name(action.line), action.name, info(m).name,
                       short_time(action.stage_of(m, info(m).run).max()), static_cast<double>(w->at_ps) / 1e12, w->cpu,
                       w->edge, short_time(w->ps), what);
}

} // namespace

std::string latency_accounts::table() const {
    if (empty())
        return {};
    std::vector<std::vector<std::string>> rows = {{"line", "irq", "name", "mechanism", "edges", "handled", "merged",
                                                   "lost", "pin to", "p50", "p99", "max", "runs", "p50", "max"}};
    std::string worst;
    for (const auto &[key, action] : m_actions)
        for (size_t i = 0; i < mechanism_count; ++i)
            if (const auto m = static_cast<mechanism>(i); action.path(m)) {
                rows.push_back(row_of(action, m));
                worst += worst_of(action, m) + longest_run_of(action, m);
            }
    std::string out = aligned(rows) + worst;
    for (const auto &[key, c] : m_lines)
        if (!c.lost.empty()) {
            out += fmt::format("{}{}{} lost:", pin_name(key.first), key.second.empty() ? "" : " ", key.second);
            for (const auto &[reason, count] : c.lost)
                out += fmt::format(" {} {}", count, reason);
            out += "\n";
        }
    return out;
}

} // namespace rk3568
