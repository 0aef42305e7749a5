// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_TEXT_POOL_H
#define RK3568_PLATFORM_OBSERVE_TEXT_POOL_H

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_set>

namespace rk3568 {

// Keeps copies of short texts that come again and again: the same text always has the same address here. What came from
// the same place last time is found without hashing.
class text_pool {
public:
    const char *keep(const char *text) {
        if (!text)
            return nullptr;
        auto &last = m_last[reinterpret_cast<uintptr_t>(text) / 8 % m_last.size()];
        if (last && std::strcmp(last, text) == 0)
            return last;
        return last = m_texts.emplace(text).first->c_str();
    }

private:
    std::unordered_set<std::string> m_texts; // its nodes never move; only looked up, never walked
    std::array<const char *, 512> m_last{};
};

} // namespace rk3568

#endif
