// SPDX-License-Identifier: Apache-2.0
//
// A character on a serial line: one start bit (low), 5 to 8 data bits with the lowest first, perhaps a parity bit, stop
// bits (high). What LCR says about it, and its length in ticks of the serial clock.
#ifndef RK3568_HW_UART_CHARACTER_H
#define RK3568_HW_UART_CHARACTER_H

#include <cstdint>

namespace rk3568 {

struct character_format {
    unsigned data_bits = 5;
    bool parity = false;
    bool even = false;
    bool two_stops = false; // one and a half with 5 data bits
    uint32_t bit = 0;       // serial clock cycles of a bit: 16 times the divisor; 0: the baud clock stands still

    static character_format of(uint32_t lcr, uint32_t divisor) {
        return {5 + (lcr & 3), (lcr >> 3 & 1) != 0, (lcr >> 4 & 1) != 0, (lcr >> 2 & 1) != 0, 16 * divisor};
    }

    uint32_t data_mask() const { return (1u << data_bits) - 1; }
    // Start, data and parity.
    unsigned bits_before_stop() const { return 1 + data_bits + parity; }
    // In cycles, from the edge of the start bit to the end of the last stop bit.
    uint64_t length() const {
        const uint64_t stop = !two_stops ? bit : data_bits == 5 ? bit + bit / 2 : 2ull * bit;
        return bits_before_stop() * static_cast<uint64_t>(bit) + stop;
    }
    // The parity bit that belongs to `data`.
    bool parity_of(uint32_t data) const { return ((__builtin_popcount(data & data_mask()) & 1) != 0) == even; }
    // Levels from the start bit on, the lowest bit first; everything from the stop bit on is high.
    uint32_t levels(uint32_t data) const {
        uint32_t word = (data & data_mask()) << 1;
        if (parity)
            word |= static_cast<uint32_t>(parity_of(data)) << (1 + data_bits);
        return word | ~0u << bits_before_stop();
    }
};

// A character as the receiver found it.
struct received {
    enum flags : uint8_t { parity_error = 1 << 2, framing_error = 1 << 3, line_break = 1 << 4 }; // as in LSR
    uint8_t data = 0;
    uint8_t errors = 0;
};

} // namespace rk3568

#endif
