// SPDX-License-Identifier: Apache-2.0
// Pending and active state by software, for an SGI, a PPI and an SPI, level and edge; routes that change meanwhile.
#include "suite.h"

static void states_of(unsigned id)
{
	use(id, 0x80);
	mark(ISPENDR, id), mark(ISPENDR, id); /* one latch */
	EQUAL(bit(ISPENDR, id) & bit(ICPENDR, id), 1);
	EQUAL(told(), PORT_DAIF_I);
	w32(frame(id) + ICPENDR + id / 32 * 4, 0), w32(frame(id) + ICENABLER + id / 32 * 4, 0);
	EQUAL(told(), PORT_DAIF_I);
	mark(ICENABLER, id);
	EQUAL(told(), 0);
	EQUAL(bit(ISPENDR, id), 1);
	EQUAL(bit(ISENABLER, id) | bit(ICENABLER, id), 0);
	mark(ISENABLER, id);
	EQUAL(iar(), id);
	EQUAL(bit(ISACTIVER, id) & bit(ICACTIVER, id), 1);
	EQUAL(bit(ISPENDR, id) | bit(ICPENDR, id), 0);
	mark(ICENABLER, id); /* takes nothing of an active one */
	EQUAL(bit(ISACTIVER, id), 1);
	mark(ISPENDR, id);
	eoir(id);
	EQUAL(told(), 0);
	mark(ISENABLER, id);
	EQUAL(iar(), id);
	mark(ISPENDR, id);
	mark(ICPENDR, id); /* active and pending to active */
	eoir(id);
	EQUAL(told(), 0);
	/* Active without having been acknowledged: no running priority. */
	mark(ISACTIVER, id), mark(ISPENDR, id);
	EQUAL(told(), 0);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), NONE);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	mark(ICACTIVER, id);
	EQUAL(told(), PORT_DAIF_I);
	EQUAL(iar(), id);
	eoir(id);
	rest(id);
}

/* Pending, then active, while its route goes elsewhere. */
static void moved(unsigned id)
{
	w32(GICD + IROUTER(id), 0);
	use(id, 0x80);
	mark(ISPENDR, id);
	for (unsigned core = 1; core < 4; core++) {
		w32(GICD + IROUTER(id), core << 8);
		EQUAL(told(), 0);
		EQUAL(on(core, read_reg, PORT_ISR_EL1), PORT_DAIF_I);
		EQUAL(on(core, read_reg, PORT_ICC_HPPIR1_EL1), id);
	}
	EQUAL(iar_on(3), id);
	w32(GICD + IROUTER(id), 0);
	EQUAL(bit(ISACTIVER, id), 1);
	EQUAL(told(), 0);
	mark(ISPENDR, id);
	EQUAL(told(), 0);
	set_on(3, PORT_ICC_EOIR1_EL1, id);
	EQUAL(iar(), id);
	w32(GICD + IROUTER(id), 0x300);
	mark(ISPENDR, id);
	EQUAL(iar_on(3), NONE);
	eoir(id);
	EQUAL(iar_on(3), id);
	set_on(3, PORT_ICC_EOIR1_EL1, id);
	w32(GICD + IROUTER(id), 0);
	rest(id);
}

void latches(void)
{
	static const unsigned private_ids[] = { 0, 7, 15, 16, 20, 31 }, shared[] = { 32, 100, 351 };

	for (unsigned n = 0; n < 6; n++)
		states_of(private_ids[n]);
	for (unsigned n = 0; n < 3; n++)
		for (int is_edge = 0; is_edge < 2; is_edge++) {
			w32(GICD + IROUTER(shared[n]), 0);
			edge(shared[n], is_edge);
			states_of(shared[n]);
			moved(shared[n]);
			edge(shared[n], 0);
		}
	edge(20, 1), states_of(20), edge(20, 0);
}
