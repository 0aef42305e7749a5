// SPDX-License-Identifier: Apache-2.0
//
// The rising edges of an ideal clock as whole picoseconds. Edge k is at floor(k / f): every edge is converted from its
// number, so that a frequency without a whole period (24 MHz, 32.768 kHz) never drifts.
#ifndef RK3568_HW_REGS_CLOCK_GRID_H
#define RK3568_HW_REGS_CLOCK_GRID_H

#include <cstdint>
#include <numeric>

namespace rk3568 {

// A frequency of num / den Hz. Both must be above zero; periods from 1 ps to 1 s make sense.
struct frequency {
    uint64_t num;
    uint64_t den = 1;
};

class clock_grid {
public:
    static constexpr uint64_t never = ~0ull;

    explicit constexpr clock_grid(frequency f)
        : m_num(1'000'000'000'000ull / std::gcd(1'000'000'000'000ull, f.num) * f.den)
        , m_den(f.num / std::gcd(1'000'000'000'000ull, f.num)) {
        const uint64_t common = std::gcd(m_num, m_den);
        m_num /= common;
        m_den /= common;
        m_plain_edges = ~0ull / m_num;
        m_plain_ps = ~0ull / m_den - 1;
    }

    // Time of edge `k` in ps. Edge 0 is at time 0.
    constexpr uint64_t time(uint64_t k) const {
        if (m_den == 1)
            return k * m_num;
        if (k <= m_plain_edges)
            return k * m_num / m_den;
        return static_cast<uint64_t>(static_cast<unsigned __int128>(k) * m_num / m_den);
    }

    // The last edge at or before `ps`.
    constexpr uint64_t edge(uint64_t ps) const {
        if (m_den == 1)
            return ps / m_num;
        if (ps <= m_plain_ps)
            return ((ps + 1) * m_den - 1) / m_num;
        return static_cast<uint64_t>(((static_cast<unsigned __int128>(ps) + 1) * m_den - 1) / m_num);
    }

private:
    uint64_t m_num; // the period is m_num / m_den ps, in lowest terms
    uint64_t m_den;
    uint64_t m_plain_edges = 0; // up to these, 64 bits are enough
    uint64_t m_plain_ps = 0;
};

} // namespace rk3568

#endif
