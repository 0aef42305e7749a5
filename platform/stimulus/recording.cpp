// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/recording.h"

#include <fmt/format.h>

namespace rk3568 {
namespace {

constexpr size_t longest_list = 200; // characters of wires' names in a message

void append_name(std::string &list, std::string_view name) {
    if (list.size() > longest_list) {
        if (list.compare(list.size() - 3, 3, "...") != 0)
            list += ", ...";
        return;
    }
    list += (list.empty() ? "" : ", ") + std::string(name);
}

std::string_view last_part(std::string_view name) {
    return name.substr(name.find_last_of("./:\\") + 1);
}

} // namespace

recording::recording(std::string name, const pin_mapping &mapping)
    : m_name(std::move(name))
    , m_mapping(mapping)
    , m_mapped(mapping.size()) {}

std::optional<size_t> recording::mapped_pin(std::string_view wire) const {
    for (size_t i = 0; i < m_mapping.size(); ++i)
        if (m_mapping[i].first == wire || m_mapping[i].first == last_part(wire))
            return i;
    return std::nullopt;
}

std::optional<unsigned> recording::pin_of(std::string_view wire) {
    append_name(m_wires, wire);
    if (const auto entry = mapped_pin(wire)) {
        m_mapped[*entry] = true;
        return m_mapping[*entry].second;
    }
    if (const auto pin = parse_pin_name(last_part(wire)))
        return pin;
    if (const auto pin = parse_pin_name(wire))
        return pin;
    append_name(m_left_out, wire);
    return std::nullopt;
}

void recording::leave_out(std::string_view wire) {
    append_name(m_wires, wire);
    append_name(m_left_out, wire);
}

bool recording::declare(unsigned pin) {
    if (m_out.used[pin])
        return false;
    m_out.used[pin] = true;
    m_state[pin] = state::no_value_yet;
    return true;
}

void recording::wires_complete() {
    for (size_t i = 0; i < m_mapping.size(); ++i)
        if (!m_mapped[i])
            throw stimulus_error(fmt::format("{}: expected a wire named '{}' for {}, found {}", m_name,
                                             m_mapping[i].first, pin_name(m_mapping[i].second),
                                             m_wires.empty() ? "no wire" : m_wires));
    if (m_out.used.none())
        throw stimulus_error(
            fmt::format("{}: expected wires named {}, buses named GPIO0 to GPIO4, or names of wires behind the file's "
                        "(--stimulus FILE:WIRE=GPIO3_A5,...), found {}",
                        m_name, pin_range, m_wires.empty() ? "no wire" : m_wires));
    if (!m_left_out.empty())
        note(fmt::format("no pin by that name, left out: {}", m_left_out));
}

} // namespace rk3568
