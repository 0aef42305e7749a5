// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/pin_name.h"

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
    if (text.size() != 8 || text[5] != '_')
        return std::nullopt;
    const auto bank = parse_bank_name(text.substr(0, 5));
    const char port = upper(text[6]);
    if (!bank || port < 'A' || port > 'D' || text[7] < '0' || text[7] > '7')
        return std::nullopt;
    return *bank * pins_per_bank + (port - 'A') * 8 + (text[7] - '0');
}

bool looks_like_pin(std::string_view text) {
    if (!starts_with_gpio(text))
        return false;
    size_t at = 4;
    while (at < text.size() && is_digit(text[at]))
        ++at;
    if (at == text.size())
        return true;
    if (text[at] != '_' || at + 2 >= text.size() || upper(text[at + 1]) < 'A' || upper(text[at + 1]) > 'Z')
        return false;
    for (at += 2; at < text.size(); ++at)
        if (!is_digit(text[at]))
            return false;
    return true;
}

} // namespace rk3568
