// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/compare.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <stdexcept>
#include <tuple>
#include <vector>

#include <fmt/format.h>

namespace rk3568 {
namespace {

using nlohmann::json;
using way = std::tuple<std::string, std::string, std::string>; // line, name, mechanism

constexpr double threshold = 0.02;
constexpr const char *figures[] = {"p50_ns", "p99_ns", "max_ns"};

std::map<way, const json *> ways(const json &latencies) {
    std::map<way, const json *> out;
    for (const json &path : latencies.at("paths"))
        out.emplace(way{path.at("line"), path.at("name"), path.at("mechanism")}, &path);
    return out;
}

struct row {
    double greatest;
    std::string text;
};

std::string short_time(double ns) {
    const double a = std::abs(ns);
    return a >= 1e9   ? fmt::format("{:.4g}s", ns / 1e9)
           : a >= 1e6 ? fmt::format("{:.4g}ms", ns / 1e6)
           : a >= 1e3 ? fmt::format("{:.4g}us", ns / 1e3)
                      : fmt::format("{:.4g}ns", ns);
}

std::string name_of(const way &w) {
    return fmt::format("{} {} {}", std::get<0>(w), std::get<1>(w), std::get<2>(w));
}

// Nothing if no figure differs enough.
std::string changes(const json &before, const json &after, double &greatest) {
    std::string text;
    greatest = 0;
    for (const char *figure : figures) {
        const double a = before.at(figure), b = after.at(figure);
        if (a == b)
            continue;
        const double change = a > 0 ? (b - a) / a : 1;
        if (std::abs(change) > std::abs(greatest))
            greatest = change;
        text += fmt::format("  {} {} -> {} ({:+.1f} %)", std::string(figure).substr(0, std::string(figure).size() - 3),
                            short_time(a), short_time(b), change * 100);
    }
    return std::abs(greatest) < threshold ? "" : text;
}

} // namespace

json read_latencies(const std::string &path) {
    std::ifstream in(path);
    if (!in)
        throw std::runtime_error(path + ": cannot be read");
    json root = json::parse(in, nullptr, false);
    bool good =
        root.is_object() && root.value("schema", json()) == 1 && root.contains("paths") && root["paths"].is_array();
    if (good)
        for (const json &p : root["paths"]) {
            good = good && p.is_object() && p.value("line", json()).is_string() &&
                   p.value("name", json()).is_string() && p.value("mechanism", json()).is_string() &&
                   p.value("stages", json()).is_object();
            for (const json &s : good ? p["stages"] : json::object())
                for (const char *figure : figures)
                    good = good && s.is_object() && s.value(figure, json()).is_number();
        }
    if (!good)
        throw std::runtime_error(path + ": expected a file that --latency wrote (schema 1)");
    return root;
}

std::string compare_latencies(const json &before, const json &after) {
    const auto old_ways = ways(before), new_ways = ways(after);
    std::vector<row> rows;
    std::string only;
    for (const auto &[w, path] : new_ways) {
        const auto old = old_ways.find(w);
        if (old == old_ways.end()) {
            only += fmt::format("only now: {}\n", name_of(w));
            continue;
        }
        for (const auto &[stage, now] : path->at("stages").items()) {
            if (!old->second->at("stages").contains(stage))
                continue;
            double greatest;
            const std::string text = changes(old->second->at("stages").at(stage), now, greatest);
            if (!text.empty())
                rows.push_back({greatest, fmt::format("{} {}: {}", name_of(w), stage, text)});
        }
    }
    for (const auto &[w, path] : old_ways)
        if (!new_ways.count(w))
            only += fmt::format("only before: {}\n", name_of(w));
    std::stable_sort(rows.begin(), rows.end(), [](const row &a, const row &b) { return a.greatest > b.greatest; });
    std::string slower, faster;
    for (const row &r : rows)
        (r.greatest > 0 ? slower : faster) += "  " + r.text + "\n";
    std::string out;
    if (!slower.empty())
        out += "slower than before:\n" + slower;
    if (!faster.empty())
        out += "faster than before:\n" + faster;
    out += only;
    return out.empty() ? "latencies: no stage differs by 2 % or more\n" : out;
}

} // namespace rk3568
