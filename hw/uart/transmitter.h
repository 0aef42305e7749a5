// SPDX-License-Identifier: Apache-2.0
//
// The transmit shift register. It knows no SystemC: times are numbers of serial clock edges.
#ifndef RK3568_HW_UART_TRANSMITTER_H
#define RK3568_HW_UART_TRANSMITTER_H

#include "hw/uart/character.h"

namespace rk3568 {

class transmitter {
public:
    static constexpr uint64_t never = ~0ull;

    bool busy() const { return m_busy; }
    bool level() const { return m_level; }
    // When something happens next: the level changes or the character ends.
    uint64_t next() const { return m_next; }

    // Begins to shift out a character at an edge. Only when not busy.
    void start(uint8_t data, const character_format &format, uint64_t edge) {
        m_levels = format.levels(data);
        m_format = format;
        m_start = edge;
        m_bit = 0;
        m_busy = true;
        m_level = false;
        find_next();
    }
    // What is due at next(). True at the end of a character.
    bool step() {
        if (m_bit >= m_format.bits_before_stop()) {
            m_busy = false;
            m_next = never;
            return true;
        }
        m_level = (m_levels >> m_change & 1) != 0;
        m_bit = m_change;
        find_next();
        return false;
    }
    void reset() { *this = transmitter(); }

private:
    void find_next() {
        m_change = m_bit + 1;
        while (m_change < m_format.bits_before_stop() && (m_levels >> m_change & 1) == static_cast<uint32_t>(m_level))
            ++m_change;
        m_next = m_start + (m_bit >= m_format.bits_before_stop() ? m_format.length()
                                                                 : static_cast<uint64_t>(m_change) * m_format.bit);
    }

    character_format m_format;
    uint32_t m_levels = ~0u;
    uint64_t m_start = 0, m_next = never;
    unsigned m_bit = 0, m_change = 0; // the bit whose level stands, and the next one with another
    bool m_busy = false, m_level = true;
};

} // namespace rk3568

#endif
