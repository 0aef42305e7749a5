// SPDX-License-Identifier: Apache-2.0
// Affinity, 1-of-N, SGIs, active state that all cores share. Core 1 runs and does as it is told.
#include "suite.h"

static volatile unsigned order, answer, done;
enum { STOP, ACK, EOI, DEACTIVATE, WAIT };

static void other(void *unused)
{
	(void)unused;
	port_set_vectors(0, 0, 0);
	set(PORT_ICC_PMR_EL1, 0xf0);
	set(PORT_ICC_IGRPEN1_EL1, 1);
	for (unsigned seen = 0;;) {
		while (order == seen)
			port_delay_ns(200);
		seen = order;
		switch (seen & 0xff) {
		case ACK:
			answer = iar();
			break;
		case EOI:
			eoir(seen >> 16);
			break;
		case DEACTIVATE:
			set(PORT_ICC_CTLR_EL1, 2);
			set(PORT_ICC_DIR_EL1, seen >> 16);
			set(PORT_ICC_CTLR_EL1, 0);
			break;
		case WAIT:
			port_wfi(); /* with interrupts masked */
			break;
		}
		done = seen;
	}
}

static unsigned tell(unsigned what, unsigned id)
{
	static unsigned number;

	order = id << 16 | (++number & 0xff) << 8 | what;
	while (done != order)
		port_delay_ns(200);
	port_delay_ns(1000);
	return answer;
}

static void sgi(uint64_t value)
{
	set(PORT_ICC_SGI1R_EL1, value);
	port_delay_ns(1000);
}

void routing(void)
{
	const unsigned id = 60;

	EQUAL(port_cpu_on(0x100, other, 0), 0);
	port_delay_ns(20000);
	w32(GICD + IROUTER(id), 0x100);
	use(id, 0x80);
	mark(ISPENDR, id);
	EQUAL(iar(), NONE);
	EQUAL(tell(ACK, 0), id);
	EQUAL(bit(ISACTIVER, id), 1);
	tell(EOI, id);
	EQUAL(bit(ISACTIVER, id), 0);
	/* Rerouting moves what is pending; nobody's stays pending; Aff0 is part of the number. */
	mark(ISPENDR, id);
	w32(GICD + IROUTER(id), 0x001);
	EQUAL(tell(ACK, 0), NONE);
	EQUAL(iar(), NONE);
	EQUAL(bit(ISPENDR, id), 1);
	w32(GICD + IROUTER(id), 0);
	EQUAL(iar(), id);
	/* Active on one core, deactivated by another. */
	set(PORT_ICC_CTLR_EL1, 2);
	eoir(id);
	EQUAL(bit(ISACTIVER, id), 1);
	tell(DEACTIVATE, id);
	EQUAL(bit(ISACTIVER, id), 0);
	set(PORT_ICC_CTLR_EL1, 0);
	/* 1-of-N: exactly one. Cores that take no group 1 are no candidates (2 and 3 are off). */
	w32(GICD + IROUTER(id), 1u << 31);
	mark(ISPENDR, id);
	unsigned mine = iar(), yours = tell(ACK, 0);
	EQUAL((mine == id) + (yours == id), 1);
	EQUAL(mine == NONE || yours == NONE, 1);
	if (mine == id)
		eoir(id);
	else
		tell(EOI, id);
	w32(GICR(0), 1u << 25); /* GICR_CTLR.DPG1NS */
	mark(ISPENDR, id);
	EQUAL(iar(), NONE);
	EQUAL(tell(ACK, 0), id);
	tell(EOI, id);
	w32(GICR(0), 0);
	rest(id);

	/* SGIs: TargetList bit 0 of Aff1 = n; other bits hit nobody; IRM is all but oneself; RS is not implemented. */
	w32(SGI(0) + ISENABLER, 0x0f), w32(SGI(1) + ISENABLER, 0x0f);
	sgi(2ull << 24 | 0x100ull << 8 | 1);
	EQUAL(iar(), NONE);
	EQUAL(tell(ACK, 0), 2);
	tell(EOI, 2);
	sgi(2ull << 24 | 1ull << 16 | 0xfffe);
	EQUAL(tell(ACK, 0), NONE);
	sgi(2ull << 24 | 2);
	EQUAL(iar(), NONE);
	sgi(2ull << 24 | 1ull << 44 | 1);
	EQUAL(iar(), NONE);
	sgi(3ull << 24 | 1ull << 40 | 1);
	EQUAL(iar(), NONE);
	EQUAL(tell(ACK, 0), 3);
	sgi(3ull << 24 | 1ull << 40);
	sgi(3ull << 24 | 1ull << 40); /* collapse into one; core 1 has it active */
	EQUAL(r32(SGI(1) + ISPENDR), 1u << 3);
	EQUAL(r32(SGI(1) + ISACTIVER), 1u << 3);
	tell(EOI, 3);
	EQUAL(tell(ACK, 0), 3);
	tell(EOI, 3);
	EQUAL(tell(ACK, 0), NONE);
	w32(SGI(1) + ISPENDR, 1u << 1); /* through the redistributor */
	EQUAL(tell(ACK, 0), 1);
	tell(EOI, 1);
	sgi(14ull << 24 | 1); /* SGI 14 is group 0 */
	EQUAL(r32(SGI(0) + ISPENDR), one_state ? 1u << 14 : 0);
	w32(SGI(0) + ICPENDR, ~0u);
	/* WFI ends although interrupts are masked. */
	order = 0xff << 8 | WAIT;
	port_delay_ns(5000);
	EQUAL(done == order, 0);
	sgi(2ull << 24 | 1ull << 16 | 1);
	port_delay_ns(5000);
	EQUAL(done == order, 1);
	EQUAL(tell(ACK, 0), 2);
	tell(EOI, 2);
	w32(SGI(0) + ICENABLER, ~0u), w32(SGI(1) + ICENABLER, ~0u);
}
