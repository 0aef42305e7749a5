// SPDX-License-Identifier: Apache-2.0
// Eight SGIs, each more urgent than the one before; each handler lets itself be interrupted and sends the next. They nest
// eight deep, the running priority follows, and each ends where it was interrupted. 0: all of that.
#include "port/port.h"

#define GICR_SGI 0xfd470000ull
#define PRIORITY(n) (0xe0 - 0x10 * (n)) // a Non-secure view of 16 levels

static volatile unsigned depth, deepest, wrong;

static void send(uint64_t sgi)
{
	port_write_sysreg(PORT_ICC_SGI1R_EL1, sgi << 24 | 1);
}

static void irq(void)
{
	uint64_t sgi = port_read_sysreg(PORT_ICC_IAR1_EL1);

	wrong += sgi != depth;
	if (++depth > deepest)
		deepest = depth;
	wrong += port_read_sysreg(PORT_ICC_RPR_EL1) != (uint64_t)PRIORITY(sgi);
	if (sgi < 7) {
		send(sgi + 1); // preempts
		port_daif_clear(PORT_DAIF_I);
		for (unsigned n = 0; n < 10 && deepest < 8; n++)
			port_delay_ns(1000);
		wrong += deepest != 8;
		port_daif_set(PORT_DAIF_I);
	} else {
		for (uint64_t lower = 0; lower < 7; lower++)
			send(lower); // does not preempt anything: they wait until all of this is over
		port_daif_clear(PORT_DAIF_I);
		port_delay_ns(5000);
		port_daif_set(PORT_DAIF_I);
		port_write32(GICR_SGI + 0x280, 0x7f); // GICR_ICPENDR0
		port_dsb();
	}
	wrong += port_read_sysreg(PORT_ICC_RPR_EL1) != (uint64_t)PRIORITY(sgi);
	port_write_sysreg(PORT_ICC_EOIR1_EL1, sgi);
	depth--;
}

int main(void)
{
	port_set_vectors(irq, 0, 0);
	port_write_sysreg(PORT_ICC_PMR_EL1, 0xf0), port_write_sysreg(PORT_ICC_IGRPEN1_EL1, 1);
	for (unsigned n = 0; n < 8; n++)
		port_write8(GICR_SGI + 0x400 + n, PRIORITY(n)); // GICR_IPRIORITYR
	port_write32(GICR_SGI + 0x100, 0xff); // GICR_ISENABLER0
	send(0);
	port_daif_clear(PORT_DAIF_I);
	port_delay_ns(100000);
	return deepest == 8 && !depth && !wrong && port_read_sysreg(PORT_ICC_RPR_EL1) == 0xff ? 0 : 1;
}
