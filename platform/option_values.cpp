// SPDX-License-Identifier: Apache-2.0
#include "platform/option_values.h"

#include "platform/time_text.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace rk3568 {
namespace {

bool is_identifier(std::string_view text) {
    const auto good = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), good);
}

} // namespace

void refuse(std::string_view option, std::string_view expected, std::string_view got) {
    throw usage_error{fmt::format("{}: expected {}, got '{}'", option, expected, got)};
}

sc_core::sc_time time_of(std::string_view option, std::string_view text) {
    const auto ps = parse_time_ps(text);
    if (!ps)
        refuse(option, time_expected, text);
    return sc_core::sc_time::from_value(*ps);
}

uint64_t number(std::string_view option, std::string_view text, uint64_t low, uint64_t high, std::string_view what) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
        refuse(option, what, text);
    return value;
}

double real_number(std::string_view option, std::string_view text, double low, double high, std::string_view what) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(value >= low && value <= high))
        refuse(option, what, text);
    return value;
}

uint64_t frequency(std::string_view option, const std::string &text) {
    constexpr const char *what = "a frequency from 1MHz to 4GHz such as 1800MHz or 1992000000";
    size_t digits = text.find_first_not_of("0123456789.");
    if (digits == text.npos)
        digits = text.size();
    std::string unit = text.substr(digits);
    if (unit.size() >= 2 && unit.compare(unit.size() - 2, 2, "Hz") == 0)
        unit.resize(unit.size() - 2);
    // The fraction of a frequency works as that of a time does: k, M and G are ms, us and ns turned round.
    const char *time_unit = unit.empty() ? "ps" : unit == "k" ? "ns" : unit == "M" ? "us" : unit == "G" ? "ms" : "";
    const auto hz = parse_time_ps(text.substr(0, digits) + time_unit);
    if (!*time_unit || !hz || *hz < 1'000'000 || *hz > 4'000'000'000)
        refuse(option, what, text);
    return *hz;
}

void check_readable(std::string_view option, const std::string &path, bool folder_allowed) {
    struct stat status;
    if (stat(path.c_str(), &status) != 0 || access(path.c_str(), R_OK) != 0)
        throw usage_error{fmt::format("{}: cannot read '{}': {}", option, path, std::strerror(errno))};
    if (S_ISDIR(status.st_mode) && !folder_allowed)
        refuse(option, "a file", path);
}

// FILE[:name=value,...]. The parameters begin at the first colon that a name and '=' follow, so that a path may contain
// colons. A part without '=' goes on with the value before it: arrays are written name=1,2,3.
module_request module_of(const std::string &text) {
    constexpr const char *option = "--insmod";
    module_request request{text, {}};
    for (size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1)) {
        const size_t equals = text.find('=', colon);
        if (equals == text.npos || !is_identifier(std::string_view(text).substr(colon + 1, equals - colon - 1)))
            continue;
        request.path = text.substr(0, colon);
        size_t begin = colon + 1;
        while (begin <= text.size()) {
            const size_t comma = std::min(text.find(',', begin), text.size());
            const std::string part = text.substr(begin, comma - begin);
            const size_t sign = part.find('=');
            if (sign != part.npos && is_identifier(std::string_view(part).substr(0, sign)))
                request.parameters.emplace_back(part.substr(0, sign), part.substr(sign + 1));
            else
                request.parameters.back().second += "," + part;
            begin = comma + 1;
        }
        break;
    }
    if (request.path.empty())
        refuse(option, "FILE or FILE:name=value,...", text);
    // A name without a dot may be that of one of Linux's own modules.
    const bool by_name = is_identifier(request.path) && request.path.find('.') == request.path.npos;
    if (!by_name || access(request.path.c_str(), F_OK) == 0)
        check_readable(option, request.path, true);
    return request;
}

// FILE[:WIRE=PIN,...]. The mapping begins at the first colon behind the name of a file that is there.
stimulus_source stimulus_of(const std::string &text) {
    constexpr const char *option = "--stimulus";
    stimulus_source source{text, {}};
    for (size_t colon = text.find(':'); access(source.path.c_str(), F_OK) != 0 && colon != text.npos;
         colon = text.find(':', colon + 1)) {
        if (text.find('=', colon) == text.npos || access(text.substr(0, colon).c_str(), F_OK) != 0)
            continue;
        source.path = text.substr(0, colon);
        std::istringstream parts(text.substr(colon + 1) + ",");
        for (std::string part; std::getline(parts, part, ',');) {
            const size_t equals = part.rfind('=');
            if (equals == part.npos || equals == 0)
                refuse(option, "WIRE=PIN such as D2=GPIO3_A5 behind the file's name", part);
            const auto pin = parse_pin(std::string_view(part).substr(equals + 1));
            if (!pin)
                refuse(option,
                       fmt::format("a pin ({}, or 0 to {}{}) for {}", pin_range, pin_count - 1,
                                   meant_pin(part.substr(equals + 1)), part.substr(0, equals)),
                       part.substr(equals + 1));
            source.mapping.emplace_back(part.substr(0, equals), *pin);
        }
    }
    if (source.path.empty())
        refuse(option, "FILE or FILE:WIRE=PIN,...", text);
    check_readable(option, source.path);
    return source;
}

timed_command command_of(const std::string &text) {
    const size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const size_t blank = std::min(text.find_first_of(" \t", begin), text.size());
    const size_t command = text.find_first_not_of(" \t", blank);
    const auto ps = parse_time_ps(std::string_view(text).substr(begin, blank - begin));
    if (!ps || command == text.npos)
        refuse("--exec", "\"TIME COMMAND\" such as \"10ms cat /proc/interrupts\"", text);
    return {sc_core::sc_time::from_value(*ps), text.substr(command)};
}

// [BANK=]MODEL
void set_gpio(options &out, const std::string &text) {
    constexpr choice<gpio_model> models[] = {
        {"systemc", gpio_model::systemc}, {"rtl", gpio_model::rtl}, {"lockstep", gpio_model::lockstep}};
    size_t bank = 3;
    std::string model = text;
    const size_t equals = text.find('=');
    if (equals != text.npos) {
        std::string name = text.substr(0, equals);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
        if (name.compare(0, 4, "GPIO") == 0)
            name.erase(0, 4);
        if (name.size() != 1 || name[0] < '0' || name[0] >= static_cast<char>('0' + options::gpio_banks))
            refuse("--gpio", "a bank from GPIO0 to GPIO4 before '='", text);
        bank = name[0] - '0';
        model = text.substr(equals + 1);
    }
    out.gpio[bank] = one_of("--gpio", model, models);
}

void add_words(std::vector<std::string> &to, const std::string &text) {
    std::istringstream words(text);
    for (std::string word; words >> word;)
        to.push_back(word);
}

// --vcd-scope NAME[,NAME...]
void add_scopes(options &out, const std::string &text) {
    std::istringstream names(text + ",");
    for (std::string name; std::getline(names, name, ',');) {
        if (name.empty())
            refuse("--vcd-scope", "names of signals, separated by commas", text);
        out.vcd_scopes.push_back(name);
    }
}

// --vcd-window FROM..TO or findings[:TIME]
void add_window(options &out, const std::string &text) {
    constexpr const char *expected = "FROM..TO or findings[:TIME]";
    const std::string findings = "findings";
    if (text == findings || text.compare(0, findings.size() + 1, findings + ":") == 0) {
        const std::string before = text == findings ? "1ms" : text.substr(findings.size() + 1);
        out.vcd_findings = time_of("--vcd-window", before);
        return;
    }
    const size_t dots = text.find("..");
    if (dots == text.npos)
        refuse("--vcd-window", expected, text);
    const sc_core::sc_time from = time_of("--vcd-window", text.substr(0, dots));
    const sc_core::sc_time to = time_of("--vcd-window", text.substr(dots + 2));
    if (to <= from)
        refuse("--vcd-window", "a window that ends after it begins", text);
    out.vcd_windows.emplace_back(from, to);
}

} // namespace rk3568
