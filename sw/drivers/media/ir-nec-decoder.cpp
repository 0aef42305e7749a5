// SPDX-License-Identifier: Apache-2.0
// The NEC protocol: a pulse of 16 units and a space of 8, 32 bits of one pulse and a space of 1 or 3 units, least
// significant first, and a last pulse (Linux: drivers/media/rc/ir-nec-decoder.c).
#include <linux/kernel.h>

#include "drivers/media/rc-core-priv.h"

namespace {

enum state { inactive, header_space, bit_pulse, bit_space, trailer };

constexpr u32 halves(u32 units) { // us; a unit is 562.5
    return units * 1125 / 2;
}
constexpr unsigned bits = 32;

bool is_about(u32 duration, u32 units) {
    const u32 wanted = halves(units), margin = halves(1) / 2;
    return duration + margin > wanted && duration < wanted + margin;
}

// Address, its complement, command, its complement; or a 16-bit address, or none of it.
void report(rc_dev *dev, u32 word) {
    const u8 address = word & 0xff, not_address = word >> 8 & 0xff, command = word >> 16 & 0xff,
             not_command = word >> 24;
    if (static_cast<u8>(command ^ not_command) != 0xff)
        rc_keydown(dev, RC_PROTO_NEC32,
                   static_cast<u32>(not_address) << 24 | address << 16 | not_command << 8 | command, 0);
    else if (static_cast<u8>(address ^ not_address) != 0xff)
        rc_keydown(dev, RC_PROTO_NECX, static_cast<u32>(address) << 16 | not_address << 8 | command, 0);
    else
        rc_keydown(dev, RC_PROTO_NEC, static_cast<u32>(address) << 8 | command, 0);
}

} // namespace

void ir_nec_decode(struct rc_dev *dev, struct ir_raw_event ev) {
    nec_dec &d = dev->raw->nec;
    const int was = d.state;

    d.state = inactive;
    if (ev.timeout || ev.overflow) {
        // A last pulse without an end: the line stays quiet behind it.
        if (was == trailer && d.count == bits + 1)
            report(dev, d.bits);
        return;
    }
    switch (was) {
    case header_space:
        if (!ev.pulse && is_about(ev.duration, 8)) {
            d.count = 0;
            d.bits = 0;
            d.state = bit_pulse;
        }
        break;
    case bit_pulse:
        if (ev.pulse && is_about(ev.duration, 1))
            d.state = d.count == bits ? trailer : bit_space;
        if (d.state == trailer)
            d.count++;
        break;
    case bit_space:
        if (!ev.pulse && (is_about(ev.duration, 1) || is_about(ev.duration, 3))) {
            d.bits |= static_cast<u32>(is_about(ev.duration, 3)) << d.count++;
            d.state = bit_pulse;
        }
        break;
    case trailer:
        if (!ev.pulse && ev.duration >= halves(10))
            report(dev, d.bits);
        break;
    default:
        break;
    }
    if (d.state == inactive && ev.pulse && is_about(ev.duration, 16))
        d.state = header_space;
}
