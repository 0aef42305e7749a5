// SPDX-License-Identifier: Apache-2.0
// An LPI from the ITS: INT delivers it, INV makes a new configuration byte count, DISCARD ends it. 0: all of that.
#include "port/port.h"

#define GITS 0xfd440000ull
#define GICR 0xfd460000ull
#define VALID (1ull << 63)

enum { MAPD = 8, MAPC, MAPTI, MAPI, INV, INVALL, MOVALL, DISCARD, INT = 3, LPI = 8192, DEVICE = 5, EVENT = 7 };

static volatile unsigned taken;
static uint64_t *queue;
static unsigned place;

static void irq(void)
{
	uint64_t id = port_read_sysreg(PORT_ICC_IAR1_EL1);

	taken += id == LPI;
	port_write_sysreg(PORT_ICC_EOIR1_EL1, id);
}

static void command(uint64_t opcode, uint64_t w1, uint64_t w2)
{
	uint64_t *c = queue + place++ * 4;

	c[0] = (uint64_t)DEVICE << 32 | opcode, c[1] = w1, c[2] = w2, c[3] = 0;
	port_write64(GITS + 0x88, place * 32);
	while (port_read64(GITS + 0x90) != place * 32)
		;
	port_delay_ns(2000);
}

int main(void)
{
	uint8_t *properties = port_alloc(0x10000, 0x10000);

	queue = port_alloc(0x1000, 0x1000), port_set_vectors(irq, 0, 0);
	port_write_sysreg(PORT_ICC_PMR_EL1, 0xf0), port_write_sysreg(PORT_ICC_IGRPEN1_EL1, 1);
	port_daif_clear(PORT_DAIF_I);
	port_write64(GICR + 0x70, port_pa(properties) | 15);			    // GICR_PROPBASER
	port_write64(GICR + 0x78, port_pa(port_alloc(0x10000, 0x10000)) | 1ull << 62); // GICR_PENDBASER
	port_write32(GICR, 1);							    // GICR_CTLR.EnableLPIs
	port_write64(GITS + 0x100, VALID | port_pa(port_alloc(0x10000, 0x10000)) | 0x200);
	port_write64(GITS + 0x108, VALID | port_pa(port_alloc(0x10000, 0x10000)) | 0x200);
	port_write64(GITS + 0x80, VALID | port_pa(queue));
	port_write32(GITS, 1);
	properties[0] = 0xa0 | 1;
	command(MAPC, 0, VALID), command(MAPD, 4, VALID | port_pa(port_alloc(256, 256)));
	command(MAPTI, (uint64_t)LPI << 32 | EVENT, 0), command(INT, EVENT, 0);
	unsigned mapped = taken;
	properties[0] = 0xa0; // off
	command(INV, EVENT, 0), command(INT, EVENT, 0);
	unsigned off = taken;
	properties[0] = 0xa0 | 1, command(INV, EVENT, 0); // on again: what came meanwhile is still pending
	unsigned on = taken;
	command(DISCARD, EVENT, 0), command(INT, EVENT, 0);
	return mapped == 1 && off == 1 && on == 2 && taken == 2 ? 0 : 1;
}
