// SPDX-License-Identifier: Apache-2.0
// Every priority against every mask; every running priority against every pending one under each binary point. What a
// Non-secure access sees of a priority with two security states is the lower half, shifted: 16 levels instead of 32.
#include "suite.h"

#define STEP (one_state ? 8u : 16u)

static void masked(unsigned id)
{
	use(id, 0);
	mark(ISPENDR, id);
	for (unsigned p = 0; p < 0x100; p += STEP) {
		priority(id, p);
		port_delay_ns(1000);
		for (unsigned mask = 0; mask < 0x100; mask += STEP) {
			set(PORT_ICC_PMR_EL1, mask);
			EQUAL(told(), p < mask ? PORT_DAIF_I : 0);
			EQUAL(get(PORT_ICC_HPPIR1_EL1), id); /* regardless of the mask */
			if (p >= mask)
				EQUAL(iar(), NONE);
		}
	}
	set(PORT_ICC_PMR_EL1, 0xf0);
	rest(id);
}

/* Group priority of group 1: bits [7:BPR1] of the stored priority, which are one lower in the Non-secure view. */
static unsigned group_bits(unsigned bpr)
{
	return 0xff << (one_state ? bpr : bpr + 1) & 0xff;
}

static void preempted(unsigned lower, unsigned higher)
{
	use(lower, 0), use(higher, 0);
	for (unsigned bpr = 3; bpr < 8; bpr++) {
		set(PORT_ICC_BPR1_EL1, bpr);
		for (unsigned running = 0; running < 0xf0; running += STEP)
			for (unsigned pending = 0; pending < 0xf0; pending += 2 * STEP) {
				int better = (pending & group_bits(bpr)) < (running & group_bits(bpr));

				priority(lower, running), priority(higher, pending);
				mark(ISPENDR, lower);
				EQUAL(iar(), lower);
				EQUAL(get(PORT_ICC_RPR_EL1), running & group_bits(bpr));
				mark(ISPENDR, higher);
				EQUAL(told(), better ? PORT_DAIF_I : 0);
				EQUAL(iar(), better ? higher : NONE);
				if (better) {
					EQUAL(get(PORT_ICC_RPR_EL1), pending & group_bits(bpr));
					eoir(higher);
				} else {
					mark(ICPENDR, higher);
				}
				eoir(lower);
				EQUAL(get(PORT_ICC_AP1R0_EL1), 0);
			}
	}
	set(PORT_ICC_BPR1_EL1, 0);
	rest(lower), rest(higher);
}

/* Group 0 of one security state: bits [7:BPR0+1], no less than 2. */
static void preempted_group0(unsigned lower, unsigned higher)
{
	uint64_t word = r32(GICD + IGROUPR + lower / 32 * 4);

	w32(GICD + IGROUPR + lower / 32 * 4, word & ~(1u << lower % 32 | 1u << higher % 32));
	w32(GICD + CTLR, 3), set(PORT_ICC_IGRPEN0_EL1, 1);
	use(lower, 0x88);
	for (unsigned bpr = 0; bpr < 8; bpr++) {
		unsigned bits = 0xff << ((bpr < 2 ? 2 : bpr) + 1) & 0xff;

		set(PORT_ICC_BPR0_EL1, bpr);
		EQUAL(get(PORT_ICC_BPR0_EL1), bpr < 2 ? 2 : bpr);
		for (unsigned pending = 0; pending < 0x88; pending += 8) {
			use(higher, pending);
			mark(ISPENDR, lower);
			EQUAL(get(PORT_ICC_IAR0_EL1), lower);
			EQUAL(get(PORT_ICC_AP0R0_EL1), 1u << (0x88 & bits) / 8);
			mark(ISPENDR, higher);
			EQUAL(told(), (pending & bits) < (0x88 & bits) ? PORT_DAIF_F : 0);
			mark(ICPENDR, higher);
			set(PORT_ICC_EOIR0_EL1, lower);
			EQUAL(get(PORT_ICC_AP0R0_EL1), 0);
		}
	}
	set(PORT_ICC_BPR0_EL1, 0), set(PORT_ICC_IGRPEN0_EL1, 0);
	rest(lower), rest(higher);
	w32(GICD + IGROUPR + lower / 32 * 4, word);
}

void masks(void)
{
	w32(GICD + IROUTER(80), 0), w32(GICD + IROUTER(81), 0);
	masked(80);
	preempted(80, 81);
	if (one_state)
		preempted_group0(80, 81);
}
