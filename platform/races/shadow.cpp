// SPDX-License-Identifier: Apache-2.0
#include "platform/races/shadow.h"

namespace rk3568::races {

uint32_t stack_table::number_of(const frames &f) {
    uint64_t hash = 0;
    for (const uint64_t address : f)
        hash = (hash ^ address) * 0x9e3779b97f4a7c15ull;
    const auto [begin, end] = m_by_hash.equal_range(hash);
    for (auto at = begin; at != end; ++at)
        if (m_stacks[at->second] == f)
            return at->second;
    const auto number = static_cast<uint32_t>(m_stacks.size());
    m_stacks.push_back(f);
    m_by_hash.emplace(hash, number);
    return number;
}

} // namespace rk3568::races
