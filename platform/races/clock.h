// SPDX-License-Identifier: Apache-2.0
//
// Vector clocks: what a lane knows of the steps of others. A component stands for a lane that has accessed memory; a
// missing one is 0.
#ifndef RK3568_PLATFORM_RACES_CLOCK_H
#define RK3568_PLATFORM_RACES_CLOCK_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rk3568::races {

class vector_clock {
public:
    uint32_t at(size_t slot) const { return slot < m_steps.size() ? m_steps[slot] : 0; }
    void raise(size_t slot, uint32_t step) {
        if (slot >= m_steps.size())
            m_steps.resize(slot + 1);
        m_steps[slot] = std::max(m_steps[slot], step);
    }
    void join(const vector_clock &other) {
        if (other.m_steps.size() > m_steps.size())
            m_steps.resize(other.m_steps.size());
        for (size_t i = 0; i < other.m_steps.size(); ++i)
            m_steps[i] = std::max(m_steps[i], other.m_steps[i]);
    }
    bool empty() const { return m_steps.empty(); }

private:
    std::vector<uint32_t> m_steps;
};

} // namespace rk3568::races

#endif
