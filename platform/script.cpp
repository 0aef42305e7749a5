// SPDX-License-Identifier: Apache-2.0
#include "platform/script.h"

#include "platform/kbuild/compile.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

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

// The words that set a module's parameters. Where several modules come from one folder, each parameter says whose it
// is, as on a kernel's command line: MODULE.NAME=VALUE.
std::string parameters_for(const module_request &request, const std::vector<std::string> &objects, size_t which) {
    std::string words;
    for (const auto &[name, value] : request.parameters) {
        const size_t dot = name.find('.');
        const std::string owner = module_name(name.substr(0, std::min(dot, name.size())) + ".ko");
        if (dot == name.npos && objects.size() > 1)
            throw std::runtime_error(fmt::format("--insmod {}: it has {} modules; expected MODULE.{}=..., got {}=...",
                                                 request.path, objects.size(), name, name));
        if (dot != name.npos &&
            std::none_of(objects.begin(), objects.end(), [&](const std::string &o) { return module_name(o) == owner; }))
            throw std::runtime_error(
                fmt::format("--insmod {}: {} is for a module {}, which is not there", request.path, name, owner));
        if (dot == name.npos || owner == module_name(objects[which]))
            words += " " + word((dot == name.npos ? name : name.substr(dot + 1)) + "=" + value);
    }
    return words;
}

} // namespace

std::vector<script_line> make_script(const options &wanted, const stimulus &activity,
                                     const std::function<std::vector<script_module>(const std::string &)> &build) {
    std::vector<script_line> lines;
    std::vector<std::string> names;
    const uint64_t load_at = wanted.time_zero == zero_point::init ? ns(0) : 0;
    for (const module_request &module : wanted.insmod) {
        const std::vector<script_module> brought = build(module.path);
        std::vector<std::string> objects;
        for (const script_module &m : brought)
            if (m.asked_for)
                objects.push_back(m.object);
        size_t asked = 0;
        for (const script_module &m : brought) {
            lines.push_back({load_at,
                             "insmod " + word(m.object) + (m.asked_for ? parameters_for(module, objects, asked++) : ""),
                             {}});
            if (!m.stays)
                names.push_back(module_name(m.object));
        }
    }
    for (const timed_command &command : wanted.exec)
        lines.push_back({ns(command.at.value()), command.command, {}, true});
    for (const fault &f : wanted.faults)
        if (f.what == fault::kind::spurious)
            lines.push_back({ns(f.at_ps), fmt::format("inject_irq {}", f.pin), {}});
    std::stable_sort(lines.begin(), lines.end(),
                     [](const script_line &a, const script_line &b) { return a.at_ns < b.at_ns; });
    const uint64_t end = wanted.run_for ? wanted.run_for->value() : activity.last_ps() + second_ps;
    for (auto name = names.rbegin(); name != names.rend(); ++name)
        lines.push_back({ns(end), "rmmod " + word(*name), *name});
    if (names.empty())
        lines.push_back({ns(end), "true", {}});
    return lines;
}

} // namespace rk3568
