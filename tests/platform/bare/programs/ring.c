// SPDX-License-Identifier: Apache-2.0
// An SGI goes round four cores a hundred times; each core sends it on from its handler. 0: every hop came, in order.
#include "port/port.h"

#define ENABLE_SGIS(core) (0xfd470100ull + 0x20000 * (core)) // GICR_ISENABLER0

static volatile unsigned hops, cores_up, out_of_order;

static void send(uint64_t core, uint64_t sgi)
{
	port_write_sysreg(PORT_ICC_SGI1R_EL1, sgi << 24 | core << 16 | 1); // the core's number is Aff1
}

static void irq(void)
{
	uint64_t sgi = port_read_sysreg(PORT_ICC_IAR1_EL1);

	out_of_order += port_cpu() != (hops + 1) % 4;
	if (++hops < 400)
		send((port_cpu() + 1) % 4, sgi);
	port_write_sysreg(PORT_ICC_EOIR1_EL1, sgi);
}

static void start(void)
{
	port_set_vectors(irq, 0, 0);
	port_write_sysreg(PORT_ICC_PMR_EL1, 0xf0);
	port_write_sysreg(PORT_ICC_IGRPEN1_EL1, 1);
	port_write32(ENABLE_SGIS(port_cpu()), 1u << 3);
	port_dsb();
	port_daif_clear(PORT_DAIF_I);
}

static void secondary(void *unused)
{
	(void)unused;
	start();
	cores_up++;
	for (;;)
		port_wfi();
}

int main(void)
{
	start();
	for (unsigned n = 1; n < 4; n++) {
		if (port_cpu_on(n << 8, secondary, 0))
			return 2;
		while (cores_up < n)
			port_delay_ns(1000);
	}
	send(1, 3);
	while (hops < 400)
		port_wfi();
	return out_of_order ? 1 : 0;
}
