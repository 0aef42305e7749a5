// SPDX-License-Identifier: Apache-2.0
//
// The bank's flops and the logic between them, 32 pins at a time: what one edge of pclk or dbclk does. No time and no
// SystemC in here. README.md has the same in words; rtl/rk_gpio.sv is the same block in SystemVerilog.
#ifndef RK3568_HW_RK_GPIO_BANK_STATE_H
#define RK3568_HW_RK_GPIO_BANK_STATE_H

#include <cstdint>

namespace rk3568 {

struct bank_state;

// A bus write that the next pclk edge completes: the written bits of one register, or the bits of an EOI.
struct bus_write {
    uint32_t bank_state::*reg = nullptr;
    uint32_t value = 0;
    uint32_t lanes = 0; // which bits of `value` are written
    uint32_t eoi = 0;
};

// What the interrupt logic makes of the flops.
struct interrupt_logic {
    uint32_t edges = 0;      // arrive at this moment
    uint32_t raw_edges = 0;  // these and the latched ones
    uint32_t raw_levels = 0; // active levels
    uint32_t mask = 0;

    uint32_t raw() const { return raw_edges | raw_levels; }
    uint32_t status() const { return raw() & ~mask; }
    bool operator==(const interrupt_logic &other) const { return raw() == other.raw() && status() == other.status(); }
};

struct bank_state {
    uint32_t pin = 0; // what the board drives; an input, no flop

    // Registers, one bit a pin; 16-bit halves on the bus.
    uint32_t dr = 0;
    uint32_t ddr = 0;
    uint32_t int_en = 0;
    uint32_t int_mask = 0;
    uint32_t int_type = 0;
    uint32_t int_polarity = 0;
    uint32_t int_bothedge = 0;
    uint32_t debounce = 0;
    uint32_t dbclk_div_en = 0;
    uint32_t dbclk_div_con = 1;

    // pclk: the synchroniser in front of EXT_PORT, the one of the interrupt logic, and the latch of edges.
    uint32_t ext_meta = 0;
    uint32_t ext_sync = 0;
    uint32_t irq_meta = 0;
    uint32_t irq_sync = 0;
    uint32_t irq_prev = 0;
    uint32_t latch = 0;

    // dbclk: the filter's two samples and its output, and the divider that all pins share.
    uint32_t db_meta = 0;
    uint32_t db_prev = 0;
    uint32_t db_out = 0;
    uint32_t div_count = 0;

    uint32_t pad() const { return (dr & ddr) | (pin & ~ddr); }
    uint32_t driven() const { return dr & ddr; }
    // What the interrupt logic's synchroniser samples.
    uint32_t source() const { return (db_out & debounce) | (pad() & ~debounce); }

    uint32_t edge_type() const { return int_type | int_bothedge; }
    // Pins for which becoming `level` is an interrupt condition. BOTHEDGE overrides TYPE and POLARITY.
    uint32_t matches(uint32_t level) const { return int_bothedge | ~(level ^ int_polarity); }
    interrupt_logic interrupts() const {
        const uint32_t type = edge_type(), level = matches(irq_sync) & int_en;
        const uint32_t now = (irq_sync ^ irq_prev) & type & level;
        return {now, type & int_en & (latch | now), ~type & level, int_mask};
    }
    uint32_t raw_edges() const { return interrupts().raw_edges; }
    uint32_t raw() const { return interrupts().raw(); }
    uint32_t status() const { return interrupts().status(); }

    // Pins whose filter takes a sample at the next dbclk edge.
    uint32_t shifting() const { return debounce & (div_count >= dbclk_div_con ? ~0u : ~dbclk_div_en); }

    // Whether the next pclk edge changes anything, and in which pins a dbclk edge will (now or at a divided tick). Who
    // has asked interrupts() already can tell raw_edges().
    bool pclk_moves() const { return pclk_moves(raw_edges()); }
    bool pclk_moves(uint32_t raw_edges) const {
        return ((ext_meta ^ pad()) | (ext_sync ^ ext_meta) | (irq_meta ^ source()) | (irq_sync ^ irq_meta) |
                (irq_prev ^ irq_sync) | (latch ^ raw_edges)) != 0;
    }
    // Pins for which what the interrupt logic's synchroniser takes in or holds will show in RAWSTATUS if they are
    // enabled: a level, or an edge in the direction that is waited for.
    uint32_t shows_on_its_way() const {
        const uint32_t sampled = source();
        const uint32_t enters = irq_meta ^ sampled, passes = irq_sync ^ irq_meta;
        return ((enters | passes) & ~edge_type()) | (enters & matches(sampled)) | (passes & matches(irq_meta));
    }
    // `edges` pclk edges without a write: only the synchronisers.
    void synchronise(uint64_t edges) {
        const uint32_t sampled = source(), level = pad();
        for (; edges && ((irq_prev ^ sampled) | (irq_sync ^ sampled) | (irq_meta ^ sampled) | (ext_sync ^ level) |
                         (ext_meta ^ level));
             --edges) {
            irq_prev = irq_sync;
            irq_sync = irq_meta;
            irq_meta = sampled;
            ext_sync = ext_meta;
            ext_meta = level;
        }
    }
    uint32_t dbclk_moves() const {
        const uint32_t level = pad();
        return (db_meta ^ level) | (db_prev ^ level) | (db_out ^ level);
    }
    // dbclk edges up to and including the next one at which divided pins take a sample.
    uint32_t edges_to_tick() const { return edges_to_tick(div_count, dbclk_div_con); }
    static constexpr uint32_t edges_to_tick(uint32_t count, uint32_t divisor) {
        return count >= divisor ? 1 : divisor - count + 1;
    }

    // One moment at which one clock or both have a rising edge. Both see what was there before it.
    void clock(bool pclk, bool dbclk, const bus_write &write) { clock(pclk, dbclk, write, raw_edges()); }
    void clock(bool pclk, bool dbclk, const bus_write &write, uint32_t raw_edges);
    // `edges` dbclk edges at which no filter that is on changes: the divider counts, and filters that are off follow.
    void skip_dbclk(uint64_t edges) {
        if (edges == 0)
            return;
        div_count = count_after(div_count, dbclk_div_con, edges);
        const uint32_t level = pad();
        db_meta = (level & ~debounce) | (db_meta & debounce);
        db_prev = (level & ~debounce) | (db_prev & debounce);
        db_out = (level & ~debounce) | (db_out & debounce);
    }
    static uint32_t count_after(uint32_t count, uint32_t divisor, uint64_t edges);

private:
    void clock_filter(uint32_t level);
};

// The divider counts from 0 to the divisor. A divisor that was lowered below the count makes it start anew.
inline uint32_t bank_state::count_after(uint32_t count, uint32_t divisor, uint64_t edges) {
    if (edges == 0)
        return count;
    if (count > divisor)
        return count_after(0, divisor, edges - 1);
    const uint64_t sum = count + edges;
    return static_cast<uint32_t>(sum <= divisor ? sum : sum % (uint64_t{divisor} + 1));
}

} // namespace rk3568

#endif
