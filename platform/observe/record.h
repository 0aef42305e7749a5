// SPDX-License-Identifier: Apache-2.0
//
// What the observer works on: one record for everything that happened, in software (sw/port/trace.h) or in hardware
// (probes), on one time axis.
#ifndef RK3568_PLATFORM_OBSERVE_RECORD_H
#define RK3568_PLATFORM_OBSERVE_RECORD_H

#include "sw/port/trace.h"

#include <cstdint>

namespace rk3568 {

// Records of the hardware, and the probe that each is made of. A bank's `a` is the pin, 0 to 159, and of HW_status the
// bank, `b` the new value; a core's `cpu` is the core; a pin's `a` is the pin, `b` the level.
//
// HW(record, whose, probe): of which unit (units.h), and the probe's name; an empty one: any
#define RK3568_HW_RECORDS(HW)                                                                                          \
    /* What becomes of an edge (hw/rk_gpio/edge_account.h). */                                                         \
    HW(edge_seen, bank, "edge_seen")                                                                                   \
    HW(edge_latched, bank, "edge_latched")                                                                             \
    HW(edge_merged, bank, "edge_merged")                                                                               \
    HW(edge_filtered, bank, "edge_filtered")                                                                           \
    HW(edge_dropped, bank, "edge_dropped")                                                                             \
    HW(edge_cleared, bank, "edge_cleared")                                                                             \
    HW(edge_withdrawn, bank, "edge_withdrawn")                                                                         \
    HW(status, bank, "int_status")                                                                                     \
    HW(nirq, core, "nirq_in") /* only the assertion */                                                                 \
    HW(pin, pin, "")          /* of the recording: the probe itself is the unit */                                     \
    HW(sent, uart, "sent")    /* the console's UART has sent a character. a: its number */                             \
    HW(probe, any, "")        /* any probe, for waveforms. a: its number (attach order), b: the value */

// Their numbers continue where those of the software end.
enum hw_event : uint16_t {
    HW_EVENTS_BEGIN = TRACE_EVENT_COUNT - 1,
#define RK3568_HW_ENUM(record, whose, probe) HW_##record,
    RK3568_HW_RECORDS(RK3568_HW_ENUM)
#undef RK3568_HW_ENUM
        HW_EVENT_COUNT
};

// The hardware's records by their names in PORT_TRACE_STAGES.
constexpr uint16_t TRACE_hw_pin_edge = HW_edge_seen, TRACE_hw_status = HW_status, TRACE_hw_nirq = HW_nirq;

// record::state, as Linux's traces have it (include/linux/trace_events.h, TRACE_FLAG_*); the preempt depth is in four
// bits from state_preempt_shift on.
enum record_state : uint16_t {
    state_irqs_off = 1,
    state_need_resched = 4,
    state_hardirq = 8,
    state_softirq = 16,
    state_bh_off = 128,
};
constexpr unsigned state_preempt_shift = 8, state_preempt_most = 15;

struct record {
    uint64_t ps; // local time of the core, or time of the change
    uint64_t a, b, c, d;
    const char *text;     // lives as long as the observer; null: none
    const char *function; // name of the function at b, for tasklets and work items in waveforms; null: unknown
    uint32_t cause;       // number of the pin edge whose handling this belongs to; 0: none
    uint8_t event;        // port_trace_event or hw_event
    uint8_t cpu;
    // The context on that CPU: record_state. Only where an output shows it.
    uint16_t state = 0;
};
static_assert(HW_EVENT_COUNT <= 256);

} // namespace rk3568

#endif
