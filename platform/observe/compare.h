// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_COMPARE_H
#define RK3568_PLATFORM_OBSERVE_COMPARE_H

#include <nlohmann/json.hpp>
#include <string>

namespace rk3568 {

// Reads what --latency wrote. Throws std::runtime_error, one line, for what is none.
nlohmann::json read_latencies(const std::string &path);

// What changed from `before` to `after`, both as --latency writes them, for people: a row for each stage whose median,
// 99th percentile or maximum differs by at least 2 %, the greatest change first; then the ways that only one of them
// has. One line if nothing of that is there.
std::string compare_latencies(const nlohmann::json &before, const nlohmann::json &after);

} // namespace rk3568

#endif
