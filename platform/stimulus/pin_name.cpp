// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/pin_name.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace rk3568 {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool starts_with_gpio(std::string_view text) {
    return text.size() >= 5 && upper(text[0]) == 'G' && upper(text[1]) == 'P' && upper(text[2]) == 'I' &&
           upper(text[3]) == 'O' && is_digit(text[4]);
}

} // namespace

std::string pin_name(unsigned pin) {
    const unsigned in_bank = pin % pins_per_bank;
    return fmt::format("GPIO{}_{}{}", pin / pins_per_bank, static_cast<char>('A' + in_bank / 8), in_bank % 8);
}

std::optional<unsigned> parse_bank_name(std::string_view text) {
    if (text.size() != 5 || !starts_with_gpio(text))
        return std::nullopt;
    const unsigned bank = text[4] - '0';
    if (bank >= pin_banks)
        return std::nullopt;
    return bank;
}

std::optional<unsigned> parse_pin_name(std::string_view text) {
    const auto bank = parse_bank_name(text.substr(0, 5));
    if (!bank)
        return std::nullopt;
    text.remove_prefix(5);
    const auto skip = [&text](std::string_view prefix) {
        for (size_t i = 0; i < prefix.size(); ++i)
            if (i >= text.size() || upper(text[i]) != prefix[i])
                return false;
        text.remove_prefix(prefix.size());
        return true;
    };
    const bool apart = !text.empty() && std::string_view("_-. ").find(text[0]) != std::string_view::npos;
    if (apart)
        text.remove_prefix(1);
    if (apart && !text.empty() && is_digit(text[0])) { // bank and line
        unsigned line = 0;
        for (const char c : text) {
            if (!is_digit(c) || text.size() > 2)
                return std::nullopt;
            line = line * 10 + (c - '0');
        }
        return line < pins_per_bank ? std::optional(*bank * pins_per_bank + line) : std::nullopt;
    }
    if (!skip("RK_P"))
        skip("P");
    if (text.size() != 2)
        return std::nullopt;
    const char port = upper(text[0]);
    if (port < 'A' || port > 'D' || text[1] < '0' || text[1] > '7')
        return std::nullopt;
    return *bank * pins_per_bank + (port - 'A') * 8 + (text[1] - '0');
}

std::optional<unsigned> parse_pin(std::string_view text) {
    if (const auto pin = parse_pin_name(text))
        return pin;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number >= pin_count)
        return std::nullopt;
    return number;
}

std::string meant_pin(std::string_view text) {
    // One character more, less or another.
    const auto is_near = [text](std::string_view name) {
        size_t same = 0, at_end = 0;
        while (same < name.size() && same < text.size() && name[same] == upper(text[same]))
            ++same;
        const size_t shorter = std::min(name.size(), text.size()) - same;
        while (at_end < shorter && name[name.size() - 1 - at_end] == upper(text[text.size() - 1 - at_end]))
            ++at_end;
        return name.size() - same - at_end <= 1 && text.size() - same - at_end <= 1;
    };
    std::string meant;
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (const std::string name = pin_name(pin); is_near(name)) {
            if (!meant.empty())
                return {};
            meant = "; did you mean " + name + "?";
        }
    return meant;
}

bool looks_like_pin(std::string_view text) {
    if (!starts_with_gpio(text))
        return false;
    size_t at = 4;
    while (at < text.size() && is_digit(text[at]))
        ++at;
    if (at == text.size())
        return true;
    if (text[at] == '_' || text[at] == '-')
        ++at;
    if (at < text.size() && upper(text[at]) == 'P')
        ++at;
    if (at + 1 >= text.size() || upper(text[at]) < 'A' || upper(text[at]) > 'Z')
        return false;
    for (++at; at < text.size(); ++at)
        if (!is_digit(text[at]))
            return false;
    return true;
}

} // namespace rk3568
