// SPDX-License-Identifier: Apache-2.0
//
// Simulated time as people write it: 500ms, 2s, 1.5us, 300ns, 7ps, 0. The resolution is one picosecond and nothing is
// ever rounded: a time that is not a whole number of picoseconds is refused.
#ifndef RK3568_PLATFORM_TIME_TEXT_H
#define RK3568_PLATFORM_TIME_TEXT_H

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace rk3568 {

// What to say when parse_time_ps() refuses: "expected " + this + ", got '...'".
inline constexpr const char *time_expected = "a time such as 500ms or 2s";

// The picoseconds in `text`: decimal digits, perhaps a fraction, and one of s, ms, us, ns, ps; a bare 0 needs no unit.
// Nothing if it is no such text, is finer than 1 ps, or does not fit into 64 bits (about 213 days).
inline std::optional<uint64_t> parse_time_ps(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    size_t at = 0;
    while (at < text.size() && is_digit(text[at]))
        ++at;
    const std::string_view whole = text.substr(0, at);
    std::string_view fraction;
    if (at < text.size() && text[at] == '.') {
        const size_t begin = ++at;
        while (at < text.size() && is_digit(text[at]))
            ++at;
        fraction = text.substr(begin, at - begin);
        if (fraction.empty())
            return std::nullopt;
    }
    if (whole.empty())
        return std::nullopt;

    const std::string_view unit = text.substr(at);
    unsigned exponent; // the unit is 10^exponent ps
    if (unit == "s")
        exponent = 12;
    else if (unit == "ms")
        exponent = 9;
    else if (unit == "us")
        exponent = 6;
    else if (unit == "ns")
        exponent = 3;
    else if (unit == "ps")
        exponent = 0;
    else if (unit.empty() && whole.find_first_not_of('0') == whole.npos && fraction.empty())
        return 0;
    else
        return std::nullopt;

    while (!fraction.empty() && fraction.back() == '0')
        fraction.remove_suffix(1);
    if (fraction.size() > exponent)
        return std::nullopt;

    uint64_t ps = 0;
    const auto append = [&ps](unsigned digit) {
        if (ps > (std::numeric_limits<uint64_t>::max() - digit) / 10)
            return false;
        ps = ps * 10 + digit;
        return true;
    };
    for (char c : whole)
        if (!append(c - '0'))
            return std::nullopt;
    for (unsigned i = 0; i < exponent; ++i)
        if (!append(i < fraction.size() ? fraction[i] - '0' : 0))
            return std::nullopt;
    return ps;
}

// A time for people to read, four significant digits and the unit that suits it: 1.234ms, 20s, 0. From 1000 s on, all
// digits of the seconds and no fraction.
inline std::string format_time_ps(uint64_t ps) {
    static constexpr struct {
        uint64_t ps;
        const char *name;
    } units[] = {{1'000'000'000'000, "s"}, {1'000'000'000, "ms"}, {1'000'000, "us"}, {1'000, "ns"}};
    for (const auto &unit : units)
        if (ps >= unit.ps)
            return ps / unit.ps >= 1000 ? fmt::format("{}{}", (ps + unit.ps / 2) / unit.ps, unit.name)
                                        : fmt::format("{:.4g}{}", static_cast<double>(ps) / unit.ps, unit.name);
    return ps ? fmt::format("{}ps", ps) : "0";
}

} // namespace rk3568

#endif
