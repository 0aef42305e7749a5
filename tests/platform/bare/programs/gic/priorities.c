// SPDX-License-Identifier: Apache-2.0
// Mask, preemption, binary point, active priorities. Interrupts 50 to 53 are SPIs that nothing drives.
#include "suite.h"

void priorities(void)
{
	const unsigned low = one_state ? 0x08 : 0x10; /* a step */

	/* The mask is strict. */
	use(50, 0x80);
	mark(ISPENDR, 50);
	for (unsigned mask = 0; mask < 0x100; mask += 8) {
		set(PORT_ICC_PMR_EL1, mask);
		EQUAL(get(PORT_ICC_PMR_EL1), one_state ? mask : mask & 0xf0);
		if ((mask & (one_state ? 0xf8 : 0xf0)) <= 0x80)
			EQUAL(iar(), NONE);
	}
	set(PORT_ICC_PMR_EL1, 0xff);
	EQUAL(get(PORT_ICC_PMR_EL1), one_state ? 0xf8 : 0xf0);
	priority(50, 0xff); /* the least urgent is never signalled */
	port_delay_ns(1000);
	EQUAL(iar(), NONE);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), 50);
	priority(50, 0xff - low);
	port_delay_ns(1000);
	EQUAL(iar(), 50);
	EQUAL(get(PORT_ICC_RPR_EL1), (0xff - low) & (one_state ? 0xf8 : 0xf0));
	eoir(50);

	/* The most urgent first; among equals the lowest number. Only a better group priority preempts. */
	use(51, 0x90), use(52, 0x80), use(53, 0x80);
	mark(ISPENDR, 51), mark(ISPENDR, 53), mark(ISPENDR, 52);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), 52);
	EQUAL(iar(), 52);
	EQUAL(iar(), NONE);
	priority(53, 0x70);
	port_delay_ns(1000);
	EQUAL(iar(), 53);
	EQUAL(get(PORT_ICC_RPR_EL1), 0x70);
	EQUAL(__builtin_popcountll(get(PORT_ICC_AP1R0_EL1)), 2);
	eoir(53);
	EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
	EQUAL(iar(), NONE);
	eoir(52);
	EQUAL(iar(), 51);
	eoir(51);

	/* BPR1: no less than 3; with 7 the upper half is one group. */
	for (unsigned n = 0; n < 8; n++) {
		set(PORT_ICC_BPR1_EL1, n);
		EQUAL(get(PORT_ICC_BPR1_EL1), n < 3 ? 3 : n);
	}
	priority(52, 0x90), priority(53, 0xe0);
	port_delay_ns(1000);
	mark(ISPENDR, 53);
	EQUAL(iar(), 53);
	mark(ISPENDR, 52);
	EQUAL(iar(), NONE); /* the same group: it orders, it does not preempt */
	EQUAL(get(PORT_ICC_HPPIR1_EL1), 52);
	set(PORT_ICC_BPR1_EL1, 0);
	eoir(53);
	EQUAL(iar(), 52);
	/* Saving and restoring active priorities. */
	uint64_t active = get(PORT_ICC_AP1R0_EL1);
	set(PORT_ICC_AP1R0_EL1, 0);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	set(PORT_ICC_AP1R0_EL1, active);
	EQUAL(get(PORT_ICC_RPR_EL1), 0x90);
	eoir(52);
	EQUAL(get(PORT_ICC_AP1R0_EL1), 0);

	/* CBPR is Secure software's with two states. */
	set(PORT_ICC_CTLR_EL1, 1);
	EQUAL(get(PORT_ICC_CTLR_EL1), one_state ? 0x8401 : 0x8400);
	if (one_state) {
		set(PORT_ICC_BPR0_EL1, 4);
		EQUAL(get(PORT_ICC_BPR1_EL1), 5);
		set(PORT_ICC_BPR1_EL1, 7);
		EQUAL(get(PORT_ICC_BPR0_EL1), 4);
		set(PORT_ICC_BPR0_EL1, 7);
		EQUAL(get(PORT_ICC_BPR1_EL1), 7);
		set(PORT_ICC_BPR0_EL1, 0);
		EQUAL(get(PORT_ICC_BPR0_EL1), 2);
	}
	set(PORT_ICC_CTLR_EL1, 0);
	set(PORT_ICC_PMR_EL1, 0xf0);
	for (unsigned id = 50; id < 54; id++)
		rest(id);
}
