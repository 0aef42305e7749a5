// SPDX-License-Identifier: Apache-2.0
//
// What becomes of each edge. The bank's logic does not need this; observers do: an edge that a pin makes is *seen* when
// it matches the pin's interrupt type (for level types: when the level becomes active) and ends in exactly one of
//   latched   RAWSTATUS shows it
//   merged    RAWSTATUS had an earlier edge of the pin, which absorbs it
//   filtered  no pclk edge sampled it, or the debounce filter removed it
//   dropped   the pin's configuration had changed when it arrived
// and a latched one ends in cleared (EOI) or withdrawn (the level went away; INT_EN or the type discarded the latch).
// A condition that shows in RAWSTATUS without an edge of its own at the pin (an active level when INT_EN is set, a type
// that changed while an edge was under way) is seen and latched in the same moment.
#ifndef RK3568_HW_RK_GPIO_EDGE_ACCOUNT_H
#define RK3568_HW_RK_GPIO_EDGE_ACCOUNT_H

#include "hw/rk_gpio/bank_state.h"

#include <cstdint>

namespace rk3568 {

enum class edge_event : uint8_t { seen, latched, merged, filtered, dropped, cleared, withdrawn };
constexpr unsigned edge_events = 7;

// Hears of edges. `pins` is never 0 and has one bit for each pin; a pin may be named again in the same moment.
class edge_listener {
public:
    uint64_t now = 0; // time in ps of what is reported; the bank's owner sets it

    virtual void edges(edge_event what, uint32_t pins) = 0;

protected:
    ~edge_listener() = default;
};

class edge_account {
public:
    // The pads changed from `before` to what `now` has.
    void pads_changed(uint32_t before, const bank_state &now, edge_listener &to);
    // A clock edge led from `before` to `after`, and its interrupts from `were` to `are`.
    void clocked(bool pclk, bool dbclk, const bank_state &before, const bank_state &after, const interrupt_logic &were,
                 const interrupt_logic &are, const bus_write &write, edge_listener &to);

    // Pins that have an edge for which a clock edge has to come, even if it changes no flop.
    uint32_t pclk_waits() const { return m_at_source | m_in_meta; }
    uint32_t dbclk_waits() const { return m_at_filter | m_in_filter | m_agreed; }
    // At the next pclk edge: those in front of the synchroniser, and which of them it takes in if its first flop goes
    // from `meta` to `after`; those that it holds arrive.
    uint32_t at_source() const { return m_at_source; }
    uint32_t sampled(uint32_t meta, uint32_t after) const {
        return m_at_source & (meta ^ after) & ~(after ^ m_source_level);
    }
    uint32_t in_meta() const { return m_in_meta; }
    // Of such an edge, or several, there is nothing to tell.
    void pass_silently(uint32_t meta, uint32_t after) {
        m_in_meta = sampled(meta, after);
        m_at_source = 0;
    }

    // The same at a pclk edge alone, in a bank without a filter; `meta`: the interrupt synchroniser's first flop before
    // it.
    void clocked_pclk(uint32_t meta, const bank_state &after, const interrupt_logic &were, const interrupt_logic &are,
                      uint32_t eoi, edge_listener &to);

private:
    uint32_t clocked_filter(const bank_state &before, const bank_state &after, edge_listener &to);
    void filter_switched_off(uint32_t pins, edge_listener &to);

    // One bit a pin: at most one edge of a pin waits at each place.
    uint32_t m_at_source = 0;    // in front of the synchroniser: at the pad, or at the filter's output
    uint32_t m_source_level = 0; // the level that it leads to
    uint32_t m_in_meta = 0;      // sampled by the first flop; the next pclk edge shows it
    uint32_t m_at_filter = 0;    // in front of the filter
    uint32_t m_filter_level = 0;
    uint32_t m_in_filter = 0; // sampled once
    uint32_t m_agreed = 0;    // sampled twice; the next tick changes the filter's output if that differs
};

} // namespace rk3568

#endif
