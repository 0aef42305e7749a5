// SPDX-License-Identifier: Apache-2.0
// Identification and reset values, and what writing everywhere does not change.
#include "suite.h"

static void frame_ids(uint64_t base, unsigned part)
{
	static const unsigned cidr[] = { 0x0d, 0xf0, 0x05, 0xb1 };

	EQUAL(r32(base + PIDR2), 0x3b);
	EQUAL(r32(base + 0xffe0), part);
	EQUAL(r32(base + 0xffe4), 0xb4);
	EQUAL(r32(base + 0xffd0), 0x44);
	for (unsigned n = 0; n < 4; n++)
		EQUAL(r32(base + 0xfff0 + 4 * n), cidr[n]);
	w32(base + PIDR2, ~0u);
	EQUAL(r32(base + PIDR2), 0x3b);
}

void identification(void)
{
	EQUAL(r32(GICD + TYPER), one_state ? 0x007b000a : 0x007b040a);
	EQUAL(r32(GICD + IIDR), 0x0201743b);
	EQUAL(r32(GICR(0) + 4), 0x0201743b);
	EQUAL(r32(GITS + 4), 0x0201743b);
	frame_ids(GICD, 0x92), frame_ids(GICA, 0x97), frame_ids(GITS, 0x94), frame_ids(GICDA, 0x92);
	for (unsigned n = 0; n < 4; n++) {
		uint64_t typer = 0x21ull | n << 8 | (uint64_t)n << 40 | (n == 3) << 4;

		frame_ids(GICR(n), 0x93);
		EQUAL(port_read64(GICR(n) + 8), typer);
		EQUAL(r32(GICR(n) + 8), typer & 0xffffffff);
		EQUAL(r32(GICR(n) + 12), typer >> 32);
	}
	w32(GICD + TYPER, 0), w32(GICD + IIDR, 0);
	EQUAL(r32(GICD + TYPER), one_state ? 0x007b000a : 0x007b040a);
	EQUAL(port_read64(GITS + 8), 0x130001ef31);
	EQUAL(r32(GITS), 0x80000000);
	EQUAL(port_read64(GITS + 0x100), 0x0107000000000000);
	EQUAL(port_read64(GITS + 0x108), 0x0401000000000000);
	for (unsigned n = 2; n < 8; n++)
		EQUAL(port_read64(GITS + 0x100 + 8 * n), 0);
	/* The CPU interface. */
	EQUAL(get(PORT_ICC_CTLR_EL1), 0x8400);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	EQUAL(get(PORT_ICC_BPR1_EL1), 3);
	EQUAL(get(PORT_ICC_AP1R0_EL1), 0);
	EQUAL(get(PORT_ICC_IGRPEN1_EL1), 0);
	EQUAL(get(PORT_ICC_SRE_EL1) & 1, 1);
	EQUAL(get(PORT_ICC_SRE_EL2) & 9, 9);
	EQUAL(iar(), NONE);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), NONE);
	EQUAL(get(PORT_ID_AA64PFR0_EL1) >> 24 & 15, 1);
	/* One that exists only at EL3, ones that five bits of priority do not have, ones of the wrong direction. */
	EQUAL(fault_class(), ~0ull >> 26);
	get(PORT_ICC_CTLR_EL3);
	EQUAL(fault_class(), 0);
	get(PORT_SYSREG(3, 0, 12, 9, 1));
	EQUAL(fault_class(), 0);
	get(PORT_SYSREG(3, 0, 12, 8, 5));
	EQUAL(fault_class(), 0);
	get(PORT_ICC_EOIR1_EL1);
	EQUAL(fault_class(), 0);
	get(PORT_ICC_SGI1R_EL1);
	EQUAL(fault_class(), 0);
	set(PORT_ICC_IAR1_EL1, 0);
	EQUAL(fault_class(), 0);
	get(PORT_ICC_IAR0_EL1); /* group 0 is Secure software's with two states */
	EQUAL(fault_class(), one_state ? ~0ull >> 26 : 0);
	set(PORT_ICC_IGRPEN0_EL1, 0);
	EQUAL(fault_class(), one_state ? ~0ull >> 26 : 0);
}
