// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/readers.h"
#include "platform/stimulus/recording.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace rk3568 {
namespace {

constexpr double ps_per_s = 1e12;
constexpr double latest_s = 1.8e7; // 213 days: up to here, picoseconds fit into 64 bits

std::string_view trimmed(std::string_view text) {
    constexpr const char *blanks = " \t\r\"";
    const size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const size_t end = text.find_last_not_of(blanks);
    return end == text.npos ? std::string_view() : text.substr(begin, end - begin + 1);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

std::optional<double> as_number(std::string_view text) {
    double value = 0;
    if (!text.empty() && text[0] == '+')
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

// Seconds in a unit: 1e-6 for "us"; nothing if it is none.
std::optional<double> seconds_of(std::string_view unit) {
    static constexpr std::pair<const char *, double> units[] = {
        {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"\xc2\xb5s", 1e-6}, {"ns", 1e-9}, {"ps", 1e-12}};
    for (const auto &[name, seconds] : units)
        if (unit == name)
            return seconds;
    return std::nullopt;
}

class csv_reader {
public:
    csv_reader(std::string_view text, const std::string &name, const pin_mapping &mapping)
        : m_rest(text)
        , m_out(name, mapping) {}

    stimulus read();

private:
    [[noreturn]] void expected(std::string_view what, std::string_view got) const {
        throw stimulus_error(fmt::format("{}:{}: expected {}, got '{}'", m_out.name(), m_line, what, got));
    }
    bool next_line(std::string_view &line);
    void read_comment(std::string_view comment);
    std::vector<std::string_view> split(std::string_view line) const;
    void name_columns(const std::vector<std::string_view> &names);
    void read_row(const std::vector<std::string_view> &cells);
    uint64_t row_time(const std::vector<std::string_view> &cells);

    std::string_view m_rest;
    size_t m_line = 0;
    recording m_out;

    char m_separator = ',';
    std::vector<std::string> m_channels; // sigrok's comment names them
    double m_rate_hz = 0;                // likewise; 0: not known

    bool m_named = false;
    size_t m_columns = 0;
    std::optional<size_t> m_time_column;
    double m_time_unit = 1;
    std::vector<std::pair<size_t, unsigned>> m_pins; // column, pin

    uint64_t m_rows = 0;
    double m_zero_s = 0;
    uint64_t m_last_ps = 0;
    bool m_rounded = false, m_moved = false;
};

bool csv_reader::next_line(std::string_view &line) {
    if (m_rest.empty())
        return false;
    const size_t end = std::min(m_rest.find('\n'), m_rest.size());
    line = trimmed(m_rest.substr(0, end));
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    ++m_line;
    return true;
}

// What sigrok says of a capture: `Channels (2/2): D0, D1`, `Samplerate: 1 MHz`, `samplerate: 1000000`.
void csv_reader::read_comment(std::string_view comment) {
    const size_t colon = comment.find(':');
    if (colon == comment.npos)
        return;
    const std::string key = lower(comment.substr(0, colon));
    std::string_view value = trimmed(comment.substr(colon + 1));
    if (key.find("channels") != key.npos) {
        m_channels.clear();
        while (!value.empty()) {
            const size_t comma = std::min(value.find(','), value.size());
            m_channels.emplace_back(trimmed(value.substr(0, comma)));
            value.remove_prefix(std::min(comma + 1, value.size()));
        }
    } else if (key.find("samplerate") != key.npos) {
        const size_t digits = std::min(value.find_first_not_of("0123456789."), value.size());
        const auto amount = as_number(value.substr(0, digits));
        const std::string unit = lower(trimmed(value.substr(digits)));
        const double factor = unit == "ghz" ? 1e9 : unit == "mhz" ? 1e6 : unit == "khz" ? 1e3 : 1;
        if (amount && *amount > 0)
            m_rate_hz = *amount * factor;
    }
}

std::vector<std::string_view> csv_reader::split(std::string_view line) const {
    std::vector<std::string_view> cells;
    for (;;) {
        const size_t end = std::min(line.find(m_separator), line.size());
        cells.push_back(trimmed(line.substr(0, end)));
        if (end == line.size())
            return cells;
        line.remove_prefix(end + 1);
    }
}

void csv_reader::name_columns(const std::vector<std::string_view> &names) {
    m_named = true;
    m_columns = names.size();
    const bool units_alone = std::all_of(names.begin(), names.end(), [](auto n) { return n == "logic"; });
    for (size_t i = 0; i < names.size(); ++i) {
        std::string name(names[i]);
        if (i == 0 && lower(name).compare(0, 4, "time") == 0) {
            m_time_column = 0;
            const size_t open = name.find_first_of("[("), close = name.find_first_of("])");
            if (open != name.npos && close != name.npos && close > open) {
                const auto unit = seconds_of(trimmed(std::string_view(name).substr(open + 1, close - open - 1)));
                if (!unit)
                    expected("a time in s, ms, us, ns or ps", name);
                m_time_unit = *unit;
            }
            continue;
        }
        if (units_alone && i < m_channels.size()) // sigrok's default label is the unit
            name = m_channels[i];
        if (const auto pin = m_out.pin_of(name)) {
            if (!m_out.declare(*pin))
                expected("each pin in one column", name);
            m_pins.emplace_back(i, *pin);
        }
    }
    m_out.wires_complete();
    if (!m_time_column && m_rate_hz == 0)
        throw stimulus_error(
            fmt::format("{}: expected a first column named Time, or a comment with sigrok's Samplerate, found neither",
                        m_out.name()));
}

uint64_t csv_reader::row_time(const std::vector<std::string_view> &cells) {
    double seconds = static_cast<double>(m_rows) / (m_rate_hz > 0 ? m_rate_hz : 1);
    if (m_time_column) {
        const auto value = as_number(cells[*m_time_column]);
        if (!value)
            expected("a time", cells[*m_time_column]);
        seconds = *value * m_time_unit;
    }
    if (m_rows == 0 && seconds < 0) {
        m_zero_s = seconds;
        m_out.note(fmt::format("times count from the first row, which is at {} s", seconds));
    }
    seconds -= m_zero_s;
    if (seconds < 0 || seconds > latest_s)
        expected("a time from 0 to 208 days", cells[m_time_column.value_or(0)]);
    const double ps = seconds * ps_per_s;
    const double whole = std::nearbyint(ps);
    // A double has no room for picoseconds of long recordings: only what is more than that is said.
    m_rounded |= std::abs(ps - whole) > 0.01 + ps * 1e-15;
    const auto result = static_cast<uint64_t>(whole);
    if (result < m_last_ps)
        expected("a time that is not before the row above", cells[m_time_column.value_or(0)]);
    m_moved |= result != 0;
    m_last_ps = result;
    return result;
}

void csv_reader::read_row(const std::vector<std::string_view> &cells) {
    if (cells.size() < m_columns)
        expected(fmt::format("{} columns", m_columns), std::to_string(cells.size()));
    const uint64_t ps = row_time(cells);
    for (const auto &[column, pin] : m_pins) {
        const std::string_view cell = cells[column];
        if (cell.size() != 1 || std::string_view("01xXzZ-").find(cell[0]) == std::string_view::npos)
            expected("0 or 1", cell);
        m_out.value(pin, ps, cell[0]);
    }
    ++m_rows;
}

stimulus csv_reader::read() {
    std::string_view line;
    while (next_line(line)) {
        if (line.empty())
            continue;
        if (line[0] == ';' || line[0] == '#') {
            read_comment(line.substr(1));
            continue;
        }
        if (lower(line).compare(0, 5, "meta ") == 0) { // sigrok's word on the sample rate
            read_comment(line.substr(5));
            continue;
        }
        if (!m_named) {
            if (line.find(',') == line.npos && line.find(';') != line.npos)
                m_separator = ';';
            else if (line.find(',') == line.npos && line.find('\t') != line.npos)
                m_separator = '\t';
            const auto names = split(line);
            if (as_number(names[0])) { // rows at once: the comment names the columns, or nothing does
                name_columns({m_channels.begin(), m_channels.end()});
                read_row(names);
            } else {
                name_columns(names);
            }
            continue;
        }
        read_row(split(line));
    }
    if (!m_named || m_rows == 0)
        throw stimulus_error(fmt::format("{}: expected a row of names and rows of values, found none", m_out.name()));
    if (m_time_column && m_rows > 1 && !m_moved)
        throw stimulus_error(
            fmt::format("{}: expected times that advance, got {} rows at time 0", m_out.name(), m_rows));
    if (m_rounded)
        m_out.note("times that are no whole number of picoseconds were rounded to the nearest one");
    return m_out.finish();
}

} // namespace

stimulus read_csv(std::string_view text, const std::string &name, const pin_mapping &mapping) {
    return csv_reader(text, name, mapping).read();
}

} // namespace rk3568
