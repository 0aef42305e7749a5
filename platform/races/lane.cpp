// SPDX-License-Identifier: Apache-2.0
#include "platform/races/lane.h"

namespace rk3568::races {

uint32_t lock_sets::number_of(const std::vector<held_lock> &locks) {
    if (locks.empty())
        return 0;
    std::vector<std::pair<uint64_t, bool>> set;
    for (const held_lock &l : locks)
        set.emplace_back(l.lock, l.shared);
    std::sort(set.begin(), set.end());
    const auto [at, added] = m_numbers.emplace(set, static_cast<uint32_t>(m_sets.size()));
    if (added)
        m_sets.push_back(std::move(set));
    return at->second;
}

uint64_t lock_sets::common(uint32_t a, uint32_t b) {
    if (!a || !b)
        return 0;
    const uint64_t key = uint64_t{std::min(a, b)} << 32 | std::max(a, b);
    const auto known = m_common.find(key);
    if (known != m_common.end())
        return known->second;
    uint64_t found = 0;
    for (const auto &[lock, shared] : m_sets[a])
        for (const auto &[other, other_shared] : m_sets[b])
            if (lock == other && !(shared && other_shared))
                found = lock;
    m_common.emplace(key, found);
    return found;
}

} // namespace rk3568::races
