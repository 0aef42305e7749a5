// SPDX-License-Identifier: Apache-2.0
//
// What the observer works on: one record for everything that happened, in software (sw/port/trace.h) or in hardware
// (probes), on one time axis.
#ifndef RK3568_PLATFORM_OBSERVE_RECORD_H
#define RK3568_PLATFORM_OBSERVE_RECORD_H

#include "sw/port/trace.h"

#include <cstdint>

namespace rk3568 {

// Events of the hardware continue where those of the software end. Their arguments:
enum hw_event : uint16_t {
    // What becomes of an edge (hw/rk_gpio/edge_account.h). a: the pin, 0 to 159.
    HW_edge_seen = TRACE_EVENT_COUNT,
    HW_edge_latched,
    HW_edge_merged,
    HW_edge_filtered,
    HW_edge_dropped,
    HW_edge_cleared,
    HW_edge_withdrawn,
    HW_status, // INT_STATUS of a bank. a: the bank, b: the new value
    HW_nirq,   // a core's nIRQ input is asserted. cpu: the core
    HW_pin,    // a pin of the recording. a: the pin, b: the level
    HW_sent,   // UART2 has sent a character. a: its number
    HW_probe,  // any probe, for waveforms. a: its number (attach order), b: the value
    HW_EVENT_COUNT
};

struct record {
    uint64_t ps; // local time of the core, or time of the change
    uint64_t a, b, c, d;
    const char *text;     // lives as long as the observer; null: none
    const char *function; // name of the function at b, for tasklets and work items in waveforms; null: unknown
    uint32_t cause;       // number of the pin edge whose handling this belongs to; 0: none
    uint8_t event;        // port_trace_event or hw_event
    uint8_t cpu;
    // The context on that CPU as Linux's traces have it: TRACE_FLAG_* (include/linux/trace_events.h), preempt depth in
    // bits 8 to 11. Only where an output shows it.
    uint16_t state = 0;
};
static_assert(HW_EVENT_COUNT <= 256);

// Linux's names: the ftrace system ("irq") and event ("irq_handler_entry") of a port_trace_event.
const char *trace_system(uint16_t event);
const char *trace_name(uint16_t event);

} // namespace rk3568

#endif
