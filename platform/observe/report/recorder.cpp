// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/report/recorder.h"

#include <algorithm>

namespace rk3568 {

void append_leb128(std::string &out, uint64_t n) {
    for (; n >= 128; n >>= 7)
        out += static_cast<char>(n | 128);
    out += static_cast<char>(n);
}

wave_sink::signal recorder::add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) {
    m_signals.push_back({std::string(scope), std::string(name), width, initial, {}, {}, 0, initial});
    return static_cast<signal>(m_signals.size() - 1);
}

wave_sink::signal recorder::add_text(std::string_view scope, std::string_view name, std::string_view initial) {
    return add(scope, name, 0, number_of(initial));
}

uint64_t recorder::number_of(std::string_view text) {
    const auto [at, is_new] = m_numbers.try_emplace(std::string(text), m_texts.size());
    if (is_new)
        m_texts.emplace_back(text);
    return at->second;
}

void recorder::forget() {
    for (signal_data &d : m_signals) {
        std::string().swap(d.times);
        std::string().swap(d.values);
        d.forgotten = d.count;
        d.first_kept = d.value;
        d.kept_from_ps = d.ps;
    }
    m_forgotten = m_changes;
}

void recorder::change(signal s, uint64_t ps, uint64_t value) {
    signal_data &d = m_signals[s];
    if (d.value == value)
        return;
    const uint64_t now = std::max(ps, d.ps);
    append_leb128(d.times, now - d.ps);
    append_leb128(d.values, value);
    ++d.count;
    d.ps = now;
    d.value = value;
    ++m_changes;
}

} // namespace rk3568
