// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_ORDER_BUFFER_H
#define RK3568_PLATFORM_OBSERVE_ORDER_BUFFER_H

#include "platform/observe/record.h"

#include <cstddef>
#include <vector>

namespace rk3568 {

// Puts records into order of time; those of equal time stay in the order in which they came. They come almost sorted:
// hardware announces changes a few clock cycles ahead, and cores overtake each other by a basic block (by the
// lookahead, where there is one). So each one is inserted from the end, and what lies before a time that nothing can
// precede any more is taken out in batches.
class order_buffer {
public:
    // True when it is worth to take().
    bool put(const record &r) {
        size_t at = m_records.size();
        m_records.push_back(r);
        if (at > m_head && r.ps < m_records[at - 1].ps) {
            do {
                m_records[at] = m_records[at - 1];
                --at;
            } while (at > m_head && r.ps < m_records[at - 1].ps);
            m_records[at] = r;
        }
        return m_records.size() >= m_full;
    }

    // Hands every record up to and including time `ps` to `consume`, which must not put().
    template <typename Consume>
    void take(uint64_t ps, Consume consume) {
        while (m_head < m_records.size() && m_records[m_head].ps <= ps)
            consume(m_records[m_head++]);
        if (m_head == m_records.size() || m_head >= batch) {
            m_records.erase(m_records.begin(), m_records.begin() + static_cast<std::ptrdiff_t>(m_head));
            m_head = 0;
        }
        m_full = m_records.size() + batch;
    }

    size_t size() const { return m_records.size() - m_head; }

private:
    static constexpr size_t batch = 256;

    std::vector<record> m_records; // sorted from m_head on
    size_t m_head = 0;
    size_t m_full = batch;
};

} // namespace rk3568

#endif
