// SPDX-License-Identifier: Apache-2.0
// The functions of the port that inline functions of the headers call, and so modules do: on hardware they are
// instructions.
#include <linux/export.h>
#include <port/kernel.h>
#include <port/trace.h>

// PSTATE.DAIF: asm/irqflags.h
EXPORT_SYMBOL(port_daif);
EXPORT_SYMBOL(port_daif_set);
EXPORT_SYMBOL(port_daif_clear);
EXPORT_SYMBOL(port_daif_write);

// Barriers and hints: asm/barrier.h, cpu_relax()
EXPORT_SYMBOL(port_dmb);
EXPORT_SYMBOL(port_dsb);
EXPORT_SYMBOL(port_isb);
EXPORT_SYMBOL(port_relax);
EXPORT_SYMBOL(port_wfe);
EXPORT_SYMBOL(port_wfi);
EXPORT_SYMBOL(port_sev);

// MRS and MSR: asm/sysreg.h
EXPORT_SYMBOL(port_read_sysreg);
EXPORT_SYMBOL(port_write_sysreg);

// Loads and stores of registers: linux/io.h
EXPORT_SYMBOL(port_read8);
EXPORT_SYMBOL(port_read16);
EXPORT_SYMBOL(port_read32);
EXPORT_SYMBOL(port_read64);
EXPORT_SYMBOL(port_write8);
EXPORT_SYMBOL(port_write16);
EXPORT_SYMBOL(port_write32);
EXPORT_SYMBOL(port_write64);
EXPORT_SYMBOL(port_iomap);
EXPORT_SYMBOL(port_iomap_pa);
EXPORT_SYMBOL(port_pa);
EXPORT_SYMBOL(port_va);
EXPORT_SYMBOL(port_delay_ns);
EXPORT_SYMBOL(port_trace);
