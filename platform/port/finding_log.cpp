// SPDX-License-Identifier: Apache-2.0
#include "platform/port/finding_log.h"

namespace rk3568 {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// What two reports of one finding have in common: the text without what says when and for whom it happened, the CPU's
// number and what stands behind a task's name (`/PID/0xCOUNT`). Other numbers may tell objects apart: they stay.
std::string key_of(const finding &f) {
    std::string key;
    const std::string &text = f.text;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool cpu = text.compare(i, 4, "CPU#") == 0;
        if (cpu || (text[i] == '/' && i + 1 < text.size() && is_digit(text[i + 1]))) {
            size_t end = i + (cpu ? 4 : 1);
            while (end < text.size() && is_digit(text[end]))
                ++end;
            if (!cpu && text.compare(end, 3, "/0x") == 0)
                end = text.find_first_not_of("0123456789abcdef", end + 3);
            key += cpu ? "CPU#" : "/";
            i = (end == text.npos ? text.size() : end) - 1;
        } else {
            key += text[i];
        }
    }
    return key + '\n' + f.place;
}

} // namespace

void finding_log::report(unsigned kind, std::string text, uint64_t ps, unsigned cpu, std::vector<uint64_t> stack) {
    settle();
    ++m_reports;
    m_last = {kind, std::move(text), "", ps, ps, cpu, 1, {}};
    m_stack = std::move(stack);
    m_waiting = true;
}

void finding_log::place(const std::string &line) {
    if (m_waiting)
        m_last.place = line;
    settle();
}

void finding_log::settle() {
    if (!m_waiting)
        return;
    m_waiting = false;
    const std::string key = key_of(m_last);
    const auto known = m_index.find(key);
    if (known != m_index.end()) {
        finding &f = m_findings[known->second];
        f.last_ps = m_last.ps;
        m_for_ever |= ++f.count >= most_repeated;
    } else if (m_findings.size() < most_kept) {
        m_index.emplace(key, m_findings.size());
        if (frame_at)
            for (const uint64_t address : m_stack)
                m_last.stack.push_back(frame_at(address));
        m_findings.push_back(std::move(m_last));
    } else {
        ++m_not_kept;
    }
}

} // namespace rk3568
