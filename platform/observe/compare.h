// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_COMPARE_H
#define RK3568_PLATFORM_OBSERVE_COMPARE_H

#include <nlohmann/json.hpp>
#include <string>

namespace rk3568 {

// Reads what --latency wrote. Throws std::runtime_error, one line, for what is none.
nlohmann::json read_latencies(const std::string &path);

struct comparison {
    std::string text;       // for people
    double slowest = 0;     // the greatest slow-down of a figure, as a share: 0.1 is 10 %; 0 if nothing is slower
    std::string slowest_of; // the stage that has it: line, name, mechanism, stage
};

// What changed from `before` to `after`, both as --latency writes them: a row for each stage whose median, 99th
// percentile or maximum differs by at least 2 % and 1 ns (a figure has no more than the clock's resolution), the
// greatest change first; then the paths that only one of them has. One line if nothing of that is there.
comparison compare_latencies(const nlohmann::json &before, const nlohmann::json &after);

// The stages of --latency's JSON as comma-separated values, a row a stage, with a row of names on top.
std::string latencies_as_csv(const nlohmann::json &latencies);

} // namespace rk3568

#endif
