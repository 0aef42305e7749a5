/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clock of the cores, which firmware sets over SCMI on the board. Same rules as port/port.h.
 */
#ifndef PORT_CLOCK_H
#define PORT_CLOCK_H

#include "port.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Of all cores, in Hz. Setting takes effect with the next instruction; false where time does not depend on the clock
 * (--timing functional). The 24 MHz counter and the bus clocks stay as they are.
 */
int port_set_cpu_frequency(uint64_t hz);
uint64_t port_cpu_frequency(void);

#ifdef __cplusplus
}
#endif

#endif
