// SPDX-License-Identifier: Apache-2.0
//
// A second opinion on VCD files: reads what the tests need, by the standard's words and not by the writer's code.
#ifndef RK3568_TESTS_PLATFORM_OBSERVE_VCD_TEXT_H
#define RK3568_TESTS_PLATFORM_OBSERVE_VCD_TEXT_H

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

// Each signal by its full name (scope.scope.name), with all its values and the times from which they hold. Vectors are
// numbers in decimal, text is text.
struct vcd_text {
    std::map<std::string, std::vector<std::pair<uint64_t, std::string>>> signals;
    uint64_t end = 0;

    explicit vcd_text(const std::string &path); // throws std::runtime_error for what is not a good VCD
    std::string at(const std::string &name, uint64_t ps) const;
    // "time=value time=value ..."
    std::string history(const std::string &name) const;
};

#endif
