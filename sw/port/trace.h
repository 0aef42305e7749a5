/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only door from software to the observer: typed records. What there is to record, and every
 * latency stage, is in port/trace_table.h.
 *
 * trace_NAME(...) emits one record with the core's local time, the CPU, the event, up to four arguments and a text. The
 * platform adds the number of the pin edge that caused it (it follows objects: the work item that was queued in a handler
 * carries that handler's edge). Emitting costs no simulated time and never changes what the software does; without an
 * observer it costs the host a call and a branch.
 *
 * Pointers among the arguments are keys: they only ever say "the same object as before".
 */
#ifndef PORT_TRACE_H
#define PORT_TRACE_H

#include <stdint.h>

#include "trace_table.h"

enum port_trace_event {
#define PORT_TRACE_ENUM(event, ...) TRACE_##event,
	PORT_TRACE_EVENTS(PORT_TRACE_ENUM)
#undef PORT_TRACE_ENUM
		TRACE_EVENT_COUNT
};

#ifdef __cplusplus
extern "C" {
#endif
void port_trace(enum port_trace_event event, uint64_t a, uint64_t b, uint64_t c, uint64_t d, const char *text);
#ifdef __cplusplus
}
#endif

/* trace(irq_handler_entry, irq, action) and the like: missing arguments are 0, text is last and optional. */
#define PORT_TRACE_KEY(x) ((uint64_t)(uintptr_t)(x))
#define trace_event0(event, text) port_trace(TRACE_##event, 0, 0, 0, 0, text)
#define trace_event1(event, a, text) port_trace(TRACE_##event, PORT_TRACE_KEY(a), 0, 0, 0, text)
#define trace_event2(event, a, b, text) port_trace(TRACE_##event, PORT_TRACE_KEY(a), PORT_TRACE_KEY(b), 0, 0, text)
#define trace_event3(event, a, b, c, text)                                                                             \
	port_trace(TRACE_##event, PORT_TRACE_KEY(a), PORT_TRACE_KEY(b), PORT_TRACE_KEY(c), 0, text)
#define trace_event4(event, a, b, c, d, text)                                                                          \
	port_trace(TRACE_##event, PORT_TRACE_KEY(a), PORT_TRACE_KEY(b), PORT_TRACE_KEY(c), PORT_TRACE_KEY(d), text)

#endif
