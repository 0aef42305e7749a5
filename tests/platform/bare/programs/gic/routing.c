// SPDX-License-Identifier: Apache-2.0
// Affinity, 1-of-N, SGIs, active state that all cores share.
#include "suite.h"

static uint64_t sleep(uint64_t unused)
{
	port_wfi(); /* with interrupts masked */
	return unused;
}

void routing(void)
{
	const unsigned id = 60;

	set_on(2, PORT_ICC_IGRPEN1_EL1, 0), set_on(3, PORT_ICC_IGRPEN1_EL1, 0);
	w32(GICD + IROUTER(id), 0x100);
	use(id, 0x80);
	mark(ISPENDR, id);
	EQUAL(iar(), NONE);
	EQUAL(iar_on(1), id);
	EQUAL(bit(ISACTIVER, id), 1);
	set_on(1, PORT_ICC_EOIR1_EL1, id);
	EQUAL(bit(ISACTIVER, id), 0);
	/* Rerouting moves what is pending; what goes to no core stays pending; Aff0 is part of the number. */
	mark(ISPENDR, id);
	w32(GICD + IROUTER(id), 0x001);
	EQUAL(iar_on(1), NONE);
	EQUAL(iar(), NONE);
	EQUAL(bit(ISPENDR, id), 1);
	w32(GICD + IROUTER(id), 0);
	EQUAL(iar(), id);
	/* Active on one core, deactivated by another. */
	set(PORT_ICC_CTLR_EL1, 2);
	eoir(id);
	EQUAL(bit(ISACTIVER, id), 1);
	set_on(1, PORT_ICC_CTLR_EL1, 2), set_on(1, PORT_ICC_DIR_EL1, id), set_on(1, PORT_ICC_CTLR_EL1, 0);
	EQUAL(bit(ISACTIVER, id), 0);
	set(PORT_ICC_CTLR_EL1, 0);
	/* 1-of-N: exactly one. Cores that take no group 1 are no candidates. */
	w32(GICD + IROUTER(id), 1u << 31);
	mark(ISPENDR, id);
	unsigned mine = iar(), yours = iar_on(1);
	EQUAL((mine == id) + (yours == id), 1);
	EQUAL(mine == NONE || yours == NONE, 1);
	if (mine == id)
		eoir(id);
	else
		set_on(1, PORT_ICC_EOIR1_EL1, id);
	w32(GICR(0), 1u << 25); /* GICR_CTLR.DPG1NS */
	mark(ISPENDR, id);
	EQUAL(iar(), NONE);
	EQUAL(iar_on(1), id);
	set_on(1, PORT_ICC_EOIR1_EL1, id);
	w32(GICR(0), 0);
	rest(id);

	/* SGIs: TargetList bit 0 of Aff1 = n; other bits select no core; IRM is all cores but this one; RS is 0. */
	w32(SGI(0) + ISENABLER, 0x0f), w32(SGI(1) + ISENABLER, 0x0f);
	sgi(2ull << 24 | 0x100ull << 8 | 1);
	EQUAL(iar(), NONE);
	EQUAL(iar_on(1), 2);
	set_on(1, PORT_ICC_EOIR1_EL1, 2);
	sgi(2ull << 24 | 1ull << 16 | 0xfffe);
	EQUAL(iar_on(1), NONE);
	sgi(2ull << 24 | 2);
	EQUAL(iar(), NONE);
	sgi(2ull << 24 | 1ull << 44 | 1);
	EQUAL(iar(), NONE);
	sgi(3ull << 24 | 1ull << 40 | 1);
	EQUAL(iar(), NONE);
	EQUAL(iar_on(1), 3);
	sgi(3ull << 24 | 1ull << 40);
	sgi(3ull << 24 | 1ull << 40); /* collapse into one; core 1 has it active */
	EQUAL(r32(SGI(1) + ISPENDR), 1u << 3);
	EQUAL(r32(SGI(1) + ISACTIVER), 1u << 3);
	set_on(1, PORT_ICC_EOIR1_EL1, 3);
	EQUAL(iar_on(1), 3);
	set_on(1, PORT_ICC_EOIR1_EL1, 3);
	EQUAL(iar_on(1), NONE);
	w32(SGI(1) + ISPENDR, 1u << 1); /* through the redistributor */
	EQUAL(iar_on(1), 1);
	set_on(1, PORT_ICC_EOIR1_EL1, 1);
	sgi(14ull << 24 | 1); /* SGI 14 is group 0 */
	EQUAL(r32(SGI(0) + ISPENDR), one_state ? 1u << 14 : 0);
	w32(SGI(0) + ICPENDR, ~0u);
	/* WFI ends although interrupts are masked. */
	start_on(1, sleep, 0);
	port_delay_ns(5000);
	EQUAL(ended(1), 0);
	sgi(2ull << 24 | 1ull << 16 | 1);
	port_delay_ns(5000);
	EQUAL(ended(1), 1);
	EQUAL(iar_on(1), 2);
	set_on(1, PORT_ICC_EOIR1_EL1, 2);
	w32(SGI(0) + ICENABLER, ~0u), w32(SGI(1) + ICENABLER, ~0u);
	set_on(2, PORT_ICC_IGRPEN1_EL1, 1), set_on(3, PORT_ICC_IGRPEN1_EL1, 1);
}
