// SPDX-License-Identifier: Apache-2.0
// Busy waiting (Linux: arch/arm64/lib/delay.c). The port skips to the end of the wait, taking interrupts on the way.
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/time64.h>
#include <linux/timex.h>

#include "port/port.h"

// Iterations of a delay loop in a tick: on arm64 the counter's increments. Drivers only show it.
unsigned long loops_per_jiffy = 24000000 / HZ;
EXPORT_SYMBOL(loops_per_jiffy);
unsigned long preset_lpj;

void calibrate_delay() {
    loops_per_jiffy = port_read_sysreg(PORT_CNTFRQ_EL0) / HZ;
}

void __ndelay(unsigned long nsecs) {
    port_delay_ns(nsecs);
}
EXPORT_SYMBOL(__ndelay);

void __udelay(unsigned long usecs) {
    port_delay_ns(usecs * NSEC_PER_USEC);
}
EXPORT_SYMBOL(__udelay);

void __delay(unsigned long cycles) {
    const u64 rate = port_read_sysreg(PORT_CNTFRQ_EL0);
    port_delay_ns((cycles * NSEC_PER_SEC + rate - 1) / rate);
}
EXPORT_SYMBOL(__delay);

cycles_t get_cycles() {
    port_isb();
    return port_read_sysreg(PORT_CNTVCT_EL0);
}
EXPORT_SYMBOL(get_cycles);
