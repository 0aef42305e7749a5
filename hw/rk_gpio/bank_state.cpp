// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/bank_state.h"

namespace rk3568 {

void bank_state::clock(bool pclk, bool dbclk, const bus_write &write, uint32_t raw_edges) {
    const uint32_t level = pad();
    const uint32_t sampled = source();
    if (dbclk)
        clock_filter(level);
    if (!pclk)
        return;
    latch = raw_edges & ~write.eoi;
    irq_prev = irq_sync;
    irq_sync = irq_meta;
    irq_meta = sampled;
    ext_sync = ext_meta;
    ext_meta = level;
    if (write.reg)
        this->*write.reg = (this->*write.reg & ~write.lanes) | (write.value & write.lanes);
}

// A filter that is off follows the pad, so that it begins with the present level when it is switched on. One that is
// on passes a level that two samples in a row agree on.
void bank_state::clock_filter(uint32_t level) {
    const uint32_t shift = shifting();
    const uint32_t follow = ~debounce;
    const uint32_t agree = ~(db_meta ^ db_prev);
    const uint32_t keep = ~(shift | follow);
    db_out = (level & follow) | (db_meta & shift & agree) | (db_out & ~follow & ~(shift & agree));
    db_prev = (level & follow) | (db_meta & shift) | (db_prev & keep);
    db_meta = (level & ~keep) | (db_meta & keep);
    div_count = div_count >= dbclk_div_con ? 0 : div_count + 1;
}

} // namespace rk3568
