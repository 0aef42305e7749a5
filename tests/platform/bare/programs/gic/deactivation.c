// SPDX-License-Identifier: Apache-2.0
// EOImode 1: three nested interrupts deactivated in every order, by this core and by others; what belongs to a core is
// deactivated by that core alone.
#include "suite.h"

static const unsigned ids[] = { 90, 91, 92 };

static void nest(void)
{
	for (unsigned n = 0; n < 3; n++) {
		mark(ISPENDR, ids[n]);
		EQUAL(iar(), ids[n]);
		EQUAL(get(PORT_ICC_RPR_EL1), 0xa0 - 0x20 * n);
	}
}

void deactivation(void)
{
	static const unsigned orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

	set(PORT_ICC_CTLR_EL1, 2);
	for (unsigned n = 0; n < 3; n++) {
		w32(GICD + IROUTER(ids[n]), 0);
		use(ids[n], 0xa0 - 0x20 * n);
	}
	for (unsigned order = 0; order < 6; order++)
		for (unsigned core = 0; core < 4; core++) {
			nest();
			for (unsigned n = 3; n-- > 0;) {
				eoir(ids[n]);
				EQUAL(get(PORT_ICC_RPR_EL1), n ? 0xc0 - 0x20 * n : 0xff);
				EQUAL(bit(ISACTIVER, ids[n]), 1);
			}
			if (core)
				set_on(core, PORT_ICC_CTLR_EL1, 2);
			for (unsigned n = 0; n < 3; n++) {
				unsigned id = ids[orders[order][n]];

				mark(ISPENDR, id);
				EQUAL(told(), 0); /* active and pending */
				if (core)
					set_on(core, PORT_ICC_DIR_EL1, id);
				else
					set(PORT_ICC_DIR_EL1, id), port_delay_ns(1000);
				EQUAL(bit(ISACTIVER, id), 0);
				EQUAL(told(), PORT_DAIF_I);
				EQUAL(iar(), id);
				eoir(id);
				set(PORT_ICC_DIR_EL1, id);
			}
			if (core)
				set_on(core, PORT_ICC_CTLR_EL1, 0);
		}
	/* DIR before EOIR: inactive at once, and the priorities drop in their order. */
	nest();
	for (unsigned n = 0; n < 3; n++) {
		set(PORT_ICC_DIR_EL1, ids[n]);
		EQUAL(bit(ISACTIVER, ids[n]), 0);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x60);
	}
	for (unsigned n = 3; n-- > 0;)
		eoir(ids[n]);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	/* EOIR takes the most urgent priority, regardless of the number that it is given. */
	nest();
	eoir(ids[0]);
	EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
	eoir(ids[2]);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xa0);
	eoir(ids[1]);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	for (unsigned n = 0; n < 3; n++) {
		EQUAL(bit(ISACTIVER, ids[n]), 1);
		set(PORT_ICC_DIR_EL1, ids[n]), set(PORT_ICC_DIR_EL1, ids[n]); /* the second has nothing to do */
		rest(ids[n]);
	}
	/* An SGI is active where it was acknowledged: DIR elsewhere means that core's own. */
	w32(SGI(0) + ISENABLER, 1u << 5);
	sgi(5u << 24 | 1);
	EQUAL(iar(), 5);
	eoir(5);
	set_on(1, PORT_ICC_CTLR_EL1, 2), set_on(1, PORT_ICC_DIR_EL1, 5), set_on(1, PORT_ICC_CTLR_EL1, 0);
	EQUAL(bit(ISACTIVER, 5), 1);
	set(PORT_ICC_DIR_EL1, 5);
	EQUAL(bit(ISACTIVER, 5), 0);
	rest(5);
	set(PORT_ICC_CTLR_EL1, 0);
}
