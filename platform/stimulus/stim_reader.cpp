// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/stimulus.h"
#include "platform/time_text.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace rk3568 {
namespace {

// The next word of `line`, which loses it; empty at the end.
std::string_view take_word(std::string_view &line) {
    constexpr const char *blanks = " \t\r\v\f";
    const size_t begin = std::min(line.find_first_not_of(blanks), line.size());
    const size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
}

std::optional<unsigned> pin_of(std::string_view word) {
    if (const auto pin = parse_pin_name(word))
        return pin;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || number >= pin_count)
        return std::nullopt;
    return number;
}

} // namespace

stimulus read_stim(std::string_view text, const std::string &name) {
    stimulus out;
    std::vector<pin_change> lines;
    for (size_t number = 1; !text.empty(); ++number) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));

        const auto expected = [&](std::string_view what, std::string_view got) {
            throw stimulus_error(fmt::format("{}:{}: expected {}, got '{}'", name, number, what, got));
        };
        const std::string_view time = take_word(line);
        if (time.empty())
            continue;
        const auto ps = parse_time_ps(time);
        if (!ps)
            expected(time_expected, time);
        const std::string_view pin_word = take_word(line);
        const auto pin = pin_of(pin_word);
        if (!pin)
            expected(fmt::format("a pin ({}, or 0 to {})", pin_range, pin_count - 1), pin_word);
        const std::string_view level = take_word(line);
        if (level != "0" && level != "1")
            expected("a level, 0 or 1", level);
        const std::string_view rest = take_word(line);
        if (!rest.empty())
            expected("nothing after the level", rest);
        out.used[*pin] = true;
        lines.push_back({*ps, static_cast<uint16_t>(*pin), level == "1"});
    }
    if (lines.empty())
        throw stimulus_error(fmt::format("{}: expected lines `TIME PIN 0|1`, found none", name));

    std::stable_sort(lines.begin(), lines.end(), [](const auto &a, const auto &b) { return a.ps < b.ps; });
    std::bitset<pin_count> level;
    for (const auto &change : lines) {
        if (change.ps == 0)
            out.initial[change.pin] = change.level;
        else if (level[change.pin] != change.level)
            out.changes.push_back(change);
        level[change.pin] = change.level;
    }
    return out;
}

} // namespace rk3568
