// SPDX-License-Identifier: Apache-2.0
// Pending, active, both; latch, end of interrupt in its two modes. INTID 45 is an SPI that nothing drives.
#include "suite.h"

void states(void)
{
	const unsigned id = 45;

	w32(GICD + IROUTER(id), 0);
	for (int is_edge = 0; is_edge < 2; is_edge++) {
		edge(id, is_edge);
		mark(ISPENDR, id); /* collects while it is disabled */
		EQUAL(bit(ISPENDR, id), 1);
		EQUAL(bit(ICPENDR, id), 1);
		EQUAL(iar(), NONE);
		use(id, 0x80);
		EQUAL(get(PORT_ICC_HPPIR1_EL1), id);
		EQUAL(iar(), id);
		EQUAL(bit(ISPENDR, id), 0); /* acknowledging consumes the latch, of a level interrupt too */
		EQUAL(bit(ISACTIVER, id), 1);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
		EQUAL(get(PORT_ICC_HPPIR1_EL1), NONE);
		mark(ISPENDR, id); /* active and pending: not signalled until it ends */
		EQUAL(iar(), NONE);
		EQUAL(bit(ISPENDR, id), 1);
		eoir(id);
		EQUAL(bit(ISACTIVER, id), 0);
		EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
		EQUAL(iar(), id);
		/* ICACTIVER lets it come again, but the running priority stays raised. */
		mark(ISPENDR, id);
		mark(ICACTIVER, id);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
		EQUAL(iar(), NONE);
		EQUAL(get(PORT_ICC_HPPIR1_EL1), id);
		eoir(id);
		EQUAL(iar(), id);
		eoir(id);
		/* Taken back before it was acknowledged: spurious. */
		mark(ISPENDR, id);
		mark(ICPENDR, id);
		EQUAL(iar(), NONE);
		/* Made active by software: not signalled. */
		mark(ISACTIVER, id);
		mark(ISPENDR, id);
		EQUAL(iar(), NONE);
		mark(ICACTIVER, id);
		EQUAL(iar(), id);
		eoir(id);
		/* DIR means nothing while EOImode is 0. */
		mark(ISPENDR, id);
		EQUAL(iar(), id);
		set(PORT_ICC_DIR_EL1, id);
		EQUAL(bit(ISACTIVER, id), 1);
		for (unsigned special = 1020; special < 1024; special++)
			eoir(special);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
		eoir(id);
		EQUAL(bit(ISACTIVER, id), 0);
		/* EOImode 1: the drop and the end are two, in any order. */
		set(PORT_ICC_CTLR_EL1, 2);
		EQUAL(get(PORT_ICC_CTLR_EL1), 0x8402);
		mark(ISPENDR, id);
		EQUAL(iar(), id);
		eoir(id);
		EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
		EQUAL(bit(ISACTIVER, id), 1);
		set(PORT_ICC_DIR_EL1, id);
		EQUAL(bit(ISACTIVER, id), 0);
		mark(ISPENDR, id);
		EQUAL(iar(), id);
		set(PORT_ICC_DIR_EL1, id);
		EQUAL(bit(ISACTIVER, id), 0);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
		eoir(id);
		EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
		set(PORT_ICC_CTLR_EL1, 0);
		rest(id);
	}
	edge(id, 0);

	/* Group enables, in the distributor and in the core. */
	mark(ISPENDR, id);
	use(id, 0x80);
	set(PORT_ICC_IGRPEN1_EL1, 0);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), NONE);
	EQUAL(iar(), NONE);
	set(PORT_ICC_IGRPEN1_EL1, 1);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), id);
	w32(GICD + CTLR, 0);
	port_delay_ns(5000);
	EQUAL(iar(), NONE);
	w32(GICD + CTLR, one_state ? 3 : 2);
	EQUAL(iar(), id);
	eoir(id);
	rest(id);
	/* Nonsense harms nothing. */
	eoir(5000), eoir(0xffffff), eoir(351), set(PORT_ICC_DIR_EL1, 7777);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
}
