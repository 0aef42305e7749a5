// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/wave_select.h"

#include <algorithm>

#include <fmt/format.h>
#include <fnmatch.h>

namespace rk3568 {

wave_window::wave_window(std::unique_ptr<wave_sink> out, wave_windows windows)
    : m_out(std::move(out))
    , m_windows(std::move(windows)) {
    std::sort(m_windows.between_ps.begin(), m_windows.between_ps.end());
    m_out->pause(0);
}

void wave_window::pass(const held &h) {
    if (h.text)
        m_out->change(h.s, h.ps, *h.text);
    else
        m_out->change(h.s, h.ps, h.value);
}

void wave_window::open(uint64_t from, uint64_t to) {
    m_until = to;
    for (; !m_held.empty() && m_held.front().ps <= from; m_held.pop_front())
        pass(m_held.front());
    m_out->resume(from);
    for (; !m_held.empty(); m_held.pop_front())
        pass(m_held.front());
}

// Opens and closes what lies before `ps`.
void wave_window::advance(uint64_t ps) {
    for (;;) {
        const bool more = m_zero && m_next < m_windows.between_ps.size();
        const uint64_t from = more ? *m_zero + m_windows.between_ps[m_next].first : 0;
        const uint64_t to = more ? *m_zero + m_windows.between_ps[m_next].second : 0;
        if (more && from <= ps && (!m_until || from <= *m_until)) {
            ++m_next;
            if (m_until)
                m_until = std::max(*m_until, to);
            else
                open(from, to);
        } else if (m_until && *m_until < ps) {
            m_out->pause(*m_until);
            m_until.reset();
        } else {
            break;
        }
    }
    // What is too old for a finding is only a value.
    const uint64_t before = m_windows.around_findings_ps.value_or(0);
    for (; !m_until && !m_held.empty() && m_held.front().ps + before < ps; m_held.pop_front())
        pass(m_held.front());
}

void wave_window::finding(uint64_t ps) {
    if (!m_windows.around_findings_ps)
        return;
    const uint64_t around = *m_windows.around_findings_ps;
    advance(ps);
    if (m_until)
        m_until = std::max(*m_until, ps + around);
    else
        open(ps > around ? ps - around : 0, ps + around);
}

void wave_window::change(signal s, uint64_t ps, uint64_t value) {
    advance(ps);
    if (m_until)
        m_out->change(s, ps, value);
    else
        m_held.push_back({s, ps, value, std::nullopt});
}

void wave_window::change(signal s, uint64_t ps, std::string_view text) {
    advance(ps);
    if (m_until)
        m_out->change(s, ps, text);
    else
        m_held.push_back({s, ps, 0, std::string(text)});
}

void wave_window::finish(uint64_t ps) {
    advance(ps);
    m_out->finish(m_until ? std::min(*m_until, ps) : ps);
}

void wave_tee::add_outlet(std::unique_ptr<wave_sink> sink, std::string option, std::vector<std::string> patterns) {
    outlet o;
    o.option = std::move(option);
    o.sink = std::move(sink);
    for (std::string &text : patterns)
        o.patterns.push_back({std::move(text)});
    m_outlets.push_back(std::move(o));
}

bool wave_tee::wants(outlet &o, std::string_view scope, std::string_view name) {
    const std::string full = fmt::format("{}{}{}", scope, scope.empty() ? "" : ".", name);
    bool found = o.patterns.empty();
    for (pattern &p : o.patterns)
        if (fnmatch(p.text.c_str(), full.c_str(), 0) == 0 || fnmatch((p.text + ".*").c_str(), full.c_str(), 0) == 0)
            found = p.used = true;
    return found;
}

template <typename Add>
wave_sink::signal wave_tee::add_all(std::string_view scope, std::string_view name, Add add) {
    for (outlet &o : m_outlets) {
        o.signals.push_back(unwanted);
        if (o.sink && wants(o, scope, name))
            attempt(o, [&] { o.signals.back() = add(*o.sink); });
    }
    return m_count++;
}

wave_sink::signal wave_tee::add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) {
    return add_all(scope, name, [&](wave_sink &sink) { return sink.add(scope, name, width, initial); });
}

wave_sink::signal wave_tee::add_text(std::string_view scope, std::string_view name, std::string_view initial) {
    return add_all(scope, name, [&](wave_sink &sink) { return sink.add_text(scope, name, initial); });
}

void wave_tee::finish(uint64_t ps) {
    for (outlet &o : m_outlets) {
        if (o.sink)
            attempt(o, [&] { o.sink->finish(ps); });
        for (const pattern &p : o.patterns)
            if (!p.used && !o.option.empty())
                m_errors.push_back(
                    fmt::format("{}: expected the beginning of a signal's name, got '{}'", o.option, p.text));
    }
}

} // namespace rk3568
