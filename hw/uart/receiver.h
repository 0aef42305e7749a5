// SPDX-License-Identifier: Apache-2.0
//
// The receive shift register: takes the level of a line in the middle of each bit. It knows no SystemC: times are
// numbers of serial clock edges. Samples are taken late, when the line changes or a character may be complete, so that
// a character costs one event however many bits it has.
#ifndef RK3568_HW_UART_RECEIVER_H
#define RK3568_HW_UART_RECEIVER_H

#include "hw/uart/character.h"

#include <optional>

namespace rk3568 {

class receiver {
public:
    static constexpr uint64_t never = ~0ull;

    // Between a start bit and the stop bit that ends its character.
    bool busy() const { return m_receiving; }
    // When a character may be complete: the middle of its (first) stop bit.
    uint64_t next() const { return m_receiving ? sample_edge(m_format.bits_before_stop()) : never; }

    // The line has this level from `edge` on. Everything before it must have been taken with until().
    void line(bool level, uint64_t edge, const character_format &format) {
        if (level == m_level)
            return;
        m_level = level;
        if (m_receiving)
            return;
        if (!level && format.bit)
            begin(edge, format);
    }
    // Samples up to and including `edge`, with the level that the line has; the character that this completes.
    std::optional<received> until(uint64_t edge) {
        while (m_receiving && sample_edge(m_samples) <= edge) {
            if (m_samples == 0 && m_level) { // no start bit, but a glitch
                m_receiving = false;
                break;
            }
            m_word |= static_cast<uint32_t>(m_level) << m_samples;
            if (m_samples++ == m_format.bits_before_stop())
                return complete();
        }
        return std::nullopt;
    }
    void reset() {
        const bool level = m_level;
        *this = receiver();
        m_level = level;
    }

private:
    uint64_t sample_edge(unsigned sample) const {
        return m_start + static_cast<uint64_t>(sample) * m_format.bit + m_format.bit / 2;
    }
    void begin(uint64_t edge, const character_format &format) {
        m_format = format;
        m_start = edge;
        m_samples = 0;
        m_word = 0;
        m_receiving = true;
    }
    received complete() {
        received got;
        got.data = static_cast<uint8_t>(m_word >> 1 & m_format.data_mask());
        if (m_format.parity && (m_word >> (1 + m_format.data_bits) & 1) != m_format.parity_of(got.data))
            got.errors |= received::parity_error;
        const unsigned stop = m_format.bits_before_stop();
        m_receiving = false;
        if (!(m_word >> stop & 1)) {
            got.errors |= received::framing_error;
            if (!m_word) { // low all the time: the next character begins when the line has been high
                got.errors |= received::line_break;
            } else { // the stop bit is taken for the next start bit
                begin(m_start + static_cast<uint64_t>(stop) * m_format.bit, m_format);
                m_samples = 1;
            }
        }
        return got;
    }

    character_format m_format;
    uint64_t m_start = 0;
    uint32_t m_word = 0; // samples so far, the start bit lowest
    unsigned m_samples = 0;
    bool m_receiving = false, m_level = true;
};

} // namespace rk3568

#endif
