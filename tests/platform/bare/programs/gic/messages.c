// SPDX-License-Identifier: Apache-2.0
// Message-based SPIs.
#include "suite.h"

void messages(void)
{
	const unsigned id = 300;

	for (uint64_t page = GICD; page <= GICA; page += GICA - GICD) {
		edge(id, 0);
		use(id, 0x80);
		w32(page + SETSPI, id);
		EQUAL(iar(), id);
		EQUAL(bit(ISPENDR, id), 1); /* the level holds */
		mark(ICPENDR, id);
		EQUAL(bit(ISPENDR, id), 1);
		w32(page + CLRSPI, id);
		EQUAL(bit(ISPENDR, id), 0);
		eoir(id);
		EQUAL(iar(), NONE);
		edge(id, 1);
		port_write16(page + SETSPI, id);
		port_delay_ns(1000);
		EQUAL(iar(), id);
		EQUAL(bit(ISPENDR, id), 0);
		w32(page + SETSPI, id); /* while it is active */
		EQUAL(iar(), NONE);
		eoir(id);
		EQUAL(iar(), id);
		eoir(id);
		w32(page + SETSPI, id);
		w32(page + CLRSPI, id);
		EQUAL(iar(), NONE);
		w32(page + SETSPI_SR, id); /* Secure software's, or absent */
		EQUAL(bit(ISPENDR, id), 0);
		EQUAL(r32(page + SETSPI), 0);
		for (unsigned other = 0; other < 0x2000; other += 13)
			if (other < 32 || other > 351)
				port_write32(page + SETSPI, other);
		port_delay_ns(2000);
		for (unsigned n = 1; n < 32; n++)
			EQUAL(r32(GICD + ISPENDR + 4 * n), 0);
		rest(id);
	}
	edge(id, 0);
}
