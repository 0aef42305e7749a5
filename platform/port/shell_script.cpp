// SPDX-License-Identifier: Apache-2.0
#include "platform/port/shell_script.h"

#include <algorithm>

namespace rk3568 {

void shell_script::set(std::vector<script_line> lines) {
    m_left.clear();
    m_last.clear();
    for (script_line &line : lines) {
        const bool is_last = m_open && !line.echo && line.at_ns == lines.back().at_ns && line.at_ns > 0;
        (is_last ? m_last : m_left).push_back(std::move(line));
    }
}

// What a line's time is where the shell asks from time to time only.
uint64_t shell_script::on_time(uint64_t at_ns) const {
    return m_period ? (at_ns + m_period - 1) / m_period * m_period : at_ns;
}

std::optional<shell_script::answer> shell_script::next() {
    m_begun = true;
    if (m_left.empty() && !m_open)
        return std::nullopt;
    if (m_period && (m_left.empty() || m_left.front().at_ns > m_look)) {
        m_look += m_period;
        return answer{nullptr, m_look};
    }
    m_given.splice(m_given.end(), m_left, m_left.begin());
    const script_line &line = m_given.back();
    return answer{&line, on_time(line.at_ns)};
}

void shell_script::add(uint64_t at_ns, const std::string &text) {
    const auto place =
        std::find_if(m_left.begin(), m_left.end(), [at_ns](const script_line &l) { return l.at_ns > at_ns; });
    m_left.insert(place, {at_ns, text, {}, true});
}

void shell_script::end(uint64_t at_ns) {
    if (!m_open && !m_left.empty()) // the end was known, and comes earlier
        for (const uint64_t end = m_left.back().at_ns;
             !m_left.empty() && !m_left.back().echo && m_left.back().at_ns == end;)
            m_last.splice(m_last.begin(), m_left, std::prev(m_left.end()));
    m_left.remove_if([at_ns](const script_line &line) { return line.at_ns > at_ns; });
    for (script_line &line : m_last)
        line.at_ns = at_ns;
    m_left.splice(m_left.end(), m_last);
    m_open = false;
}

std::optional<uint64_t> shell_script::end_ns() const {
    if (m_open)
        return std::nullopt;
    if (!m_left.empty())
        return on_time(m_left.back().at_ns);
    return m_given.empty() ? 0 : on_time(m_given.back().at_ns);
}

const script_line *shell_script::unloading(const std::string &text) const {
    for (const std::list<script_line> *lines : {&m_given, &m_left})
        for (const script_line &line : *lines)
            if (!line.unloads.empty() && line.text == text)
                return &line;
    return nullptr;
}

} // namespace rk3568
