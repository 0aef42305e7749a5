// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/compare.h"

#include "platform/observe/latency.h"

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
using path_name = std::tuple<std::string, std::string, std::string>; // line, name, mechanism

constexpr double threshold = 0.02, resolution_ns = 1;
constexpr const char *figures[] = {"p50_ns", "p99_ns", "max_ns"};

std::map<path_name, const json *> paths_of(const json &latencies) {
    std::map<path_name, const json *> out;
    for (const json &path : latencies.at("paths"))
        out.emplace(path_name{path.at("line"), path.at("name"), path.at("mechanism")}, &path);
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

std::string name_of(const path_name &w) {
    return fmt::format("{} {} {}", std::get<0>(w), std::get<1>(w), std::get<2>(w));
}

// Nothing if no figure differs enough.
std::string changes(const json &before, const json &after, double &greatest) {
    std::string text;
    greatest = 0;
    for (const char *figure : figures) {
        const double a = before.at(figure), b = after.at(figure);
        if (std::abs(a - b) < resolution_ns)
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
    bool good = root.is_object() &&
                (root.value("schema", json()) == 1 || root.value("schema", json()) == latency_schema) &&
                root.contains("paths") && root["paths"].is_array();
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
        throw std::runtime_error(path + ": expected a file that --latency wrote (schema 1 or 2)");
    return root;
}

comparison compare_latencies(const json &before, const json &after) {
    comparison result;
    const auto old_paths = paths_of(before), new_paths = paths_of(after);
    std::vector<row> rows;
    std::string only;
    for (const auto &[w, path] : new_paths) {
        const auto old = old_paths.find(w);
        if (old == old_paths.end()) {
            only += fmt::format("only now: {}\n", name_of(w));
            continue;
        }
        for (const auto &[stage, now] : path->at("stages").items()) {
            if (!old->second->at("stages").contains(stage))
                continue;
            double greatest;
            const std::string text = changes(old->second->at("stages").at(stage), now, greatest);
            if (!text.empty() && greatest > result.slowest) {
                result.slowest = greatest;
                result.slowest_of = fmt::format("{} {}", name_of(w), stage);
            }
            if (!text.empty())
                rows.push_back({greatest, fmt::format("{} {}: {}", name_of(w), stage, text)});
        }
    }
    for (const auto &[w, path] : old_paths)
        if (!new_paths.count(w))
            only += fmt::format("only before: {}\n", name_of(w));
    std::stable_sort(rows.begin(), rows.end(), [](const row &a, const row &b) { return a.greatest > b.greatest; });
    std::string slower, faster;
    for (const row &r : rows)
        (r.greatest > 0 ? slower : faster) += "  " + r.text + "\n";
    std::string &out = result.text;
    if (!slower.empty())
        out += "slower than before:\n" + slower;
    if (!faster.empty())
        out += "faster than before:\n" + faster;
    out += only;
    if (out.empty())
        out = "latencies: no stage differs by 2 % or more\n";
    return result;
}

std::string latencies_as_csv(const json &latencies) {
    static constexpr const char *columns[] = {"count",  "min_ns", "mean_ns", "p50_ns",
                                              "p90_ns", "p99_ns", "p999_ns", "max_ns"};
    const auto quoted = [](const std::string &text) {
        if (text.find_first_of(",\"\n") == text.npos)
            return text;
        std::string out = "\"";
        for (const char c : text)
            out += c == '"' ? "\"\"" : std::string(1, c);
        return out + "\"";
    };
    std::string out = fmt::format("line,irq,name,mechanism,stage,{}\n", fmt::join(columns, ","));
    for (const json &path : latencies.at("paths"))
        for (const auto &[stage, figures] : path.at("stages").items()) {
            out += fmt::format("{},{},{},{},{}", quoted(path.at("line")), path.at("irq").dump(),
                               quoted(path.at("name")), path.at("mechanism").get<std::string>(), stage);
            for (const char *column : columns)
                out += "," + figures.at(column).dump();
            out += "\n";
        }
    return out;
}

} // namespace rk3568
