// SPDX-License-Identifier: Apache-2.0
// Which widths reach which kind of register: the others read as zero and write nothing, and none is a bus error.
#include "suite.h"

static uint64_t wide(uint64_t a, unsigned bytes)
{
	switch (bytes) {
	case 1:
		return port_read8(a);
	case 2:
		return port_read16(a);
	case 4:
		return port_read32(a);
	}
	return port_read64(a);
}

static void put(uint64_t a, unsigned bytes, uint64_t value)
{
	switch (bytes) {
	case 1:
		port_write8(a, value);
		break;
	case 2:
		port_write16(a, value);
		break;
	case 4:
		port_write32(a, value);
		break;
	default:
		port_write64(a, value);
	}
	port_dsb();
}

/* `good`: the widths in bytes that reach it, as a mask; the register holds `start`, which is not zero, in `width` bytes. */
static void reached(uint64_t a, unsigned width, unsigned good, uint64_t start)
{
	for (unsigned bytes = 1; bytes <= 8; bytes *= 2) {
		uint64_t ones = bytes == 8 ? ~0ull : (1ull << 8 * bytes) - 1;

		if (a % bytes)
			continue;
		EQUAL(wide(a, bytes), good & bytes ? start & ones : 0);
		if (good & bytes)
			continue;
		put(a, bytes, ~start);
		EQUAL(wide(a, width), start);
	}
}

void sizes(void)
{
	const uint64_t irouter = GICD + IROUTER(33), propbaser = GICR(2) + PROPBASER, pendbaser = GICR(2) + PENDBASER;

	w32(GICD + ISENABLER + 8, 0xf0f00f0f), w32(GICD + IPRIORITYR + 64, 0x10203040);
	w32(GICD + IPRIORITYR + 68, 0x90909090), w32(GICD + ICFGR + 16, 0x88822288);
	port_write64(irouter, 0x80020100), port_write64(propbaser, 0x0700000012345f8d);
	port_write64(pendbaser, 0x0700000012340f80), port_write64(GITS + 0x80, 0xb800000012345c03);
	port_dsb();
	reached(GICD + TYPER, 4, 4, one_state ? 0x007b000a : 0x007b040a);
	reached(GICD + IIDR, 4, 4, 0x0201743b);
	reached(GICD + ISENABLER + 8, 4, 4, 0xf0f00f0f), reached(GICD + ICENABLER + 8, 4, 4, 0xf0f00f0f);
	reached(GICD + IPRIORITYR + 64, 4, 4 | 1, 0x10203040);
	reached(GICD + ICFGR + 16, 4, 4, 0x88822288);
	reached(irouter, 8, 8 | 4, 0x80020100);
	reached(GICR(1) + 8, 8, 8 | 4, 0x0000010000000121);
	reached(propbaser, 8, 8 | 4, 0x0700000012345f8d), reached(propbaser + 4, 4, 4, 0x07000000);
	reached(pendbaser, 8, 8 | 4, 0x0700000012340f80);
	reached(GITS + 8, 8, 8 | 4, 0x000000130001ef31), reached(GITS + 12, 4, 4, 0x13);
	reached(GITS + 0x80, 8, 8 | 4, 0xb800000012345c03);
	reached(GICD + PIDR2, 4, 4, 0x3b), reached(SGI(1) + ICFGR, 4, 4, one_state ? 0xaaaaaaaa : 0x8aaaaaaa);
	for (unsigned n = 0; n < 4; n++) { /* a byte changes itself alone */
		port_write8(GICD + IPRIORITYR + 64 + n, 0x50);
		EQUAL(port_read8(GICD + IPRIORITYR + 64 + n), 0x50);
		EQUAL(r32(GICD + IPRIORITYR + 64), (0x10203040 & (n < 3 ? ~0u << 8 * (n + 1) : 0)) | 0x50505050u >> 8 * (3 - n));
	}
	EQUAL(r32(GICD + IPRIORITYR + 68), 0x90909090);
	w32(irouter + 4, ~0u), w32(irouter, 0); /* A3V is 0; halves are apart */
	EQUAL(port_read64(irouter), 0);
	w32(GICD + ICENABLER + 8, ~0u), w32(GICD + ICFGR + 16, 0);
	EQUAL(r32(GICD + ISENABLER + 8) | r32(GICD + ICFGR + 16), 0);
	w32(GICD + IPRIORITYR + 64, 0);
	port_write64(propbaser, 0), port_write64(pendbaser, 0), port_write64(GITS + 0x80, 0), port_dsb();
	EQUAL(port_read64(propbaser) | port_read64(pendbaser) | port_read64(GITS + 0x80), 0);
	EQUAL(fault_class(), ~0ull >> 26);
	/* Misaligned is the core's own fault, regardless of what is there; beyond the last frame nothing answers. */
	port_read64(GICR(0) + 12);
	EQUAL(fault_class(), 0x25);
	port_write16(GICA + SETSPI + 1, 300);
	EQUAL(fault_class(), 0x25);
	EQUAL(port_read32(GICDA + 0x10000), 0);
	EQUAL(fault_class(), 0x25);
}
