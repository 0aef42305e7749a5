// SPDX-License-Identifier: Apache-2.0
#include "platform/script.h"

#include "platform/kbuild/compile.h"

namespace rk3568 {

namespace {

constexpr uint64_t second_ps = 1000000000000;

// A word of the shell, quoted where it has to be.
std::string word(const std::string &text) {
    if (text.find_first_of(" \t'\"\\&|;<>") == std::string::npos && !text.empty())
        return text;
    std::string quoted = "'";
    for (char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

uint64_t ns(uint64_t ps) {
    return ps / 1000 ? ps / 1000 : 1;
} // 0 means before time zero

} // namespace

std::vector<script_line> make_script(const options &wanted, const stimulus &activity,
                                     const std::function<std::string(const std::string &)> &build) {
    std::vector<script_line> lines;
    std::vector<std::string> names;
    for (const module_request &module : wanted.insmod) {
        std::string line = "insmod " + word(build(module.path));
        for (const auto &[name, value] : module.parameters)
            line += " " + word(name + "=" + value);
        lines.push_back({0, line, {}});
        names.push_back(module_name(module.path));
    }
    for (const timed_command &command : wanted.exec)
        lines.push_back({ns(command.at.value()), command.command, {}});
    const uint64_t end = wanted.run_for ? wanted.run_for->value() : activity.last_ps() + second_ps;
    for (auto name = names.rbegin(); name != names.rend(); ++name)
        lines.push_back({ns(end), "rmmod " + *name, *name});
    if (names.empty())
        lines.push_back({ns(end), "true", {}});
    return lines;
}

} // namespace rk3568
