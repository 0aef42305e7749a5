// SPDX-License-Identifier: Apache-2.0
#include "platform/baseline.h"

#include "platform/findings.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <fstream>
#include <regex>
#include <stdexcept>

namespace rk3568 {

namespace {

std::string today() {
    const char *const given = std::getenv("SOURCE_DATE_EPOCH");
    const std::time_t now = given ? static_cast<std::time_t>(std::strtoll(given, nullptr, 10)) : std::time(nullptr);
    char text[16] = "";
    std::tm parts{};
    if (gmtime_r(&now, &parts))
        std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

bool matches(const waiver &w, const finding &f) {
    const size_t colon = f.place.rfind(':');
    if (w.kind != name_of_kind(f) || colon == f.place.npos)
        return false;
    const std::string file = f.place.substr(0, colon), line = f.place.substr(colon + 1);
    const bool same_end =
        file.size() >= w.file.size() && file.compare(file.size() - w.file.size(), w.file.size(), w.file) == 0 &&
        (file.size() == w.file.size() || w.file[0] == '/' || file[file.size() - w.file.size() - 1] == '/');
    return same_end && (w.line == "*" || w.line == line);
}

} // namespace

baseline::baseline(const std::string &path)
    : m_path(path)
    , m_today(today()) {
    std::ifstream in(path);
    if (!in)
        throw std::runtime_error(fmt::format("--baseline: {}: cannot be read", path));
    static const std::regex form(R"(\s*(\S+)\s+(\S+):(\d+|\*)\s+(\d{4}-\d{2}-\d{2})\s+(\S.*?)\s*)");
    std::string text;
    for (unsigned number = 1; std::getline(in, text); ++number) {
        const std::string words = text.substr(0, text.find('#'));
        if (words.find_first_not_of(" \t\r") == words.npos)
            continue;
        std::smatch part;
        if (!std::regex_match(words, part, form))
            throw std::runtime_error(fmt::format(
                "--baseline: {}:{}: expected KIND FILE:LINE YYYY-MM-DD REASON, got '{}'", path, number, text));
        if (!is_kind(part[1]))
            throw std::runtime_error(
                fmt::format("--baseline: {}:{}: expected a kind of finding such as left-at-unload, got '{}'", path,
                            number, part[1].str()));
        m_waivers.push_back({part[1], part[2], part[3], part[4], part[5], number});
    }
}

const waiver *baseline::waiver_for(const finding &f) const {
    const auto found = std::find_if(m_waivers.begin(), m_waivers.end(),
                                    [&](const waiver &w) { return w.until >= m_today && matches(w, f); });
    return found == m_waivers.end() ? nullptr : &*found;
}

std::string baseline::remarks(const finding_log &log) const {
    std::string out;
    for (const waiver &w : m_waivers) {
        const std::vector<finding> &all = log.findings();
        const bool needed = std::any_of(all.begin(), all.end(), [&](const finding &f) { return matches(w, f); });
        if (needed && w.until < m_today)
            out += fmt::format("  {}:{}: the waiver has expired on {}\n", m_path, w.number, w.until);
        else if (!needed)
            out += fmt::format("  {}:{}: the waiver was not needed\n", m_path, w.number);
    }
    return out;
}

} // namespace rk3568
