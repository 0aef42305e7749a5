// SPDX-License-Identifier: Apache-2.0
// The generic timer's three comparators as level-sensitive PPIs: EL2 physical 26, virtual 27, physical 30.
#include "suite.h"

static const struct {
	unsigned id;
	uint32_t tval, ctl, cval;
} units[] = {
	{ 26, PORT_CNTP_TVAL_EL0, PORT_CNTP_CTL_EL0, PORT_CNTP_CVAL_EL0 },
	{ 26, PORT_CNTHP_TVAL_EL2, PORT_CNTHP_CTL_EL2, PORT_CNTHP_CVAL_EL2 },
	{ 27, PORT_CNTV_TVAL_EL0, PORT_CNTV_CTL_EL0, PORT_CNTV_CVAL_EL0 },
	{ 30, PORT_CNTP_TVAL_EL02, PORT_CNTP_CTL_EL02, PORT_CNTP_CVAL_EL02 },
};

void timers(void)
{
	const unsigned all = 1u << 26 | 1u << 27 | 1u << 30;

	EQUAL(get(PORT_CNTFRQ_EL0), 24000000);
	for (unsigned n = 0; n < 4; n++) {
		const unsigned id = units[n].id;
		const uint32_t tval = units[n].tval, ctl = units[n].ctl, cval = units[n].cval;

		edge(id, 0);
		use(id, 0x80);
		set(ctl, ~0ull), set(ctl, ~0ull & ~7ull);
		EQUAL(get(ctl) & ~4ull, 0);
		/* Far away: nothing. TVAL counts down to it, CVAL stays. */
		set(cval, ~0ull), set(ctl, 1);
		EQUAL(get(ctl), 1);
		EQUAL(get(cval), ~0ull);
		uint64_t now = get(PORT_CNTPCT_EL0);
		set(tval, 24000);
		EQUAL(get(cval) - now - 24000 < 3, 1);
		uint64_t left = get(tval);
		port_delay_ns(100000);
		EQUAL(left - get(tval) - 2400 + 2 < 5, 1);
		EQUAL(r32(SGI(0) + ISPENDR) & all, 0);
		/* It fires at its count and not before. */
		set(tval, 240);
		while (!(get(ctl) & 4))
			EQUAL(get(PORT_CNTPCT_EL0) <= get(cval) + 2, 1);
		EQUAL(get(PORT_CNTPCT_EL0) >= get(cval), 1);
		port_delay_ns(1000);
		EQUAL(get(ctl), 5);
		EQUAL(r32(SGI(0) + ISPENDR) & all, 1u << id);
		EQUAL(r32(SGI(1) + ISPENDR) & all, 0);
		EQUAL((int32_t)get(tval) < 0, 1); /* and goes on counting */
		/* A level: the latch cannot be cleared, IMASK hides it and leaves ISTATUS. */
		mark(ICPENDR, id);
		EQUAL(bit(ISPENDR, id), 1);
		set(ctl, 3), port_delay_ns(1000);
		EQUAL(get(ctl), 7);
		EQUAL(bit(ISPENDR, id), 0);
		EQUAL(told(), 0);
		set(ctl, 1), port_delay_ns(1000);
		EQUAL(iar(), id);
		EQUAL(bit(ISPENDR, id) & bit(ISACTIVER, id), 1);
		eoir(id);
		EQUAL(iar(), id);
		set(cval, ~0ull), port_delay_ns(1000); /* no more due */
		EQUAL(get(ctl), 1);
		EQUAL(bit(ISPENDR, id), 0);
		eoir(id);
		EQUAL(told(), 0);
		/* Due at once: the count that is now, one that was, TVAL below zero. */
		for (int kind = 0; kind < 4; kind++) {
			if (kind == 0)
				set(cval, 0);
			else if (kind == 1)
				set(cval, get(PORT_CNTPCT_EL0));
			else
				set(tval, kind == 2 ? 0 : 0xfffffffful);
			port_delay_ns(1000);
			EQUAL(told(), PORT_DAIF_I);
			if (kind == 3)
				EQUAL(get(PORT_CNTPCT_EL0) - get(cval) < 100, 1);
			set(tval, 0x7fffffff), port_delay_ns(1000);
			EQUAL(told(), 0);
		}
		/* Off while it is due. */
		set(cval, 1), port_delay_ns(1000);
		EQUAL(told(), PORT_DAIF_I);
		set(ctl, 0), port_delay_ns(1000);
		EQUAL(told(), 0);
		/* As an edge, one for each time that it becomes due. */
		edge(id, 1);
		set(ctl, 1), port_delay_ns(1000);
		EQUAL(iar(), id);
		eoir(id);
		EQUAL(told(), 0);
		set(ctl, 0), port_delay_ns(1000);
		set(ctl, 1), port_delay_ns(1000);
		EQUAL(iar(), id);
		set(ctl, 0), eoir(id);
		edge(id, 0);
		rest(id);
	}
	/* With E2H and TGE the offset does not count at EL2. */
	set(PORT_CNTVOFF_EL2, 1ull << 40);
	EQUAL(get(PORT_CNTVCT_EL0) < 1ull << 40, 1);
	set(PORT_CNTVOFF_EL2, 0);
}
