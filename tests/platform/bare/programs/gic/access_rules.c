// SPDX-License-Identifier: Apache-2.0
// Sizes, reserved offsets, the two views of GICD_CTLR, what only Secure software reaches.
#include "suite.h"

static void reserved(uint64_t a)
{
	w32(a, ~0u);
	EQUAL(r32(a), 0);
}

void access_rules(void)
{
	/* GICD_CTLR: ARE stays; RWP ends. */
	w32(GICD + CTLR, 0);
	port_delay_ns(10000);
	EQUAL(r32(GICD + CTLR), one_state ? 0x50 : 0x10);
	w32(GICD + CTLR, ~0u);
	port_delay_ns(10000);
	EQUAL(r32(GICD + CTLR), one_state ? 0xd3 : 0x12);
	EQUAL(r32(GICDA + CTLR), one_state ? 0xd3 : 0x12);
	w32(GICD + CTLR, one_state ? 0x13 : 0x12);
	port_delay_ns(10000);

	/* INTIDs below 32 are the redistributors', SPIs end at 351. */
	reserved(GICD + ISENABLER), reserved(GICD + ISPENDR), reserved(GICD + IPRIORITYR), reserved(GICD + ICFGR);
	reserved(GICD + ISENABLER + 4 * 11), reserved(GICD + IPRIORITYR + 352), reserved(GICD + ICFGR + 88);
	reserved(GICD + IROUTER(352)), reserved(GICD + IROUTER(31)), reserved(GICD + IROUTER(1019));
	reserved(GICD + ITARGETSR + 40), reserved(GICD + 0xf00), reserved(GICD + 0xf10), reserved(GICD + 0xf20);
	reserved(GICD + 0xc), reserved(GICD + 0x10), reserved(GICD + 0x1000), reserved(GICD + 0x5ffc), reserved(GICD + 0xc000);
	reserved(GICR(0) + ISENABLER), reserved(GICR(0) + IPRIORITYR), reserved(GICR(0) + 0x40), reserved(GICR(0) + 0xa0);
	reserved(GICR(0) + 0xc0), reserved(SGI(0) + ISENABLER + 4), reserved(SGI(0) + IPRIORITYR + 32), reserved(SGI(0) + 0xc08);
	for (uint64_t page = 0xfd420000; page < 0xfd440000; page += 0x10000)
		reserved(page), reserved(page + 0xfffc);

	/* The last SPI exists in full. */
	mark(ISENABLER, 351);
	EQUAL(bit(ISENABLER, 351), 1);
	EQUAL(bit(ICENABLER, 351), 1);
	w32(GICD + ISENABLER + 40, 0);
	w32(GICD + ICENABLER + 40, 0);
	EQUAL(bit(ISENABLER, 351), 1);
	mark(ICENABLER, 351);
	EQUAL(bit(ISENABLER, 351), 0);

	/* Bytes reach priorities alone; half-words reach messages alone; both halves of IROUTER are words. */
	w32(GICD + IPRIORITYR + 40, 0x12345678);
	EQUAL(r32(GICD + IPRIORITYR + 40), one_state ? 0x10305078 : 0x10305070);
	port_write8(GICD + IPRIORITYR + 42, 0xff);
	EQUAL(port_read8(GICD + IPRIORITYR + 42), one_state ? 0xf8 : 0xf0);
	EQUAL(r32(GICD + IPRIORITYR + 40), one_state ? 0x10f85078 : 0x10f05070);
	port_write16(GICD + IPRIORITYR + 40, 0);
	port_write64(GICD + IPRIORITYR + 40, 0);
	EQUAL(port_read16(GICD + IPRIORITYR + 40), 0);
	EQUAL(r32(GICD + IPRIORITYR + 40), one_state ? 0x10f85078 : 0x10f05070);
	port_write8(GICD + ISENABLER + 4, 0xff);
	port_write16(GICD + ISENABLER + 4, 0xffff);
	EQUAL(r32(GICD + ISENABLER + 4), 0);
	EQUAL(port_read8(GICD + TYPER), 0);
	port_write64(GICD + IROUTER(40), ~0ull);
	EQUAL(port_read64(GICD + IROUTER(40)), 0x80ffffff);
	w32(GICD + IROUTER(40), 0x200);
	EQUAL(port_read64(GICD + IROUTER(40)), 0x200);
	w32(GICD + IROUTER(40) + 4, 0xff);
	EQUAL(r32(GICD + IROUTER(40) + 4), 0); /* A3V is 0 */
	w32(GICD + IROUTER(40), 0);
	EQUAL(fault_class(), ~0ull >> 26); /* none of this is a bus error */
	port_read32(GICD + 2);
	EQUAL(fault_class(), 0x25); /* but a misaligned access is the core's own fault */

	/* SGIs are edges for ever; ICFGR has one bit of two. */
	w32(SGI(0) + ICFGR, 0);
	EQUAL(r32(SGI(0) + ICFGR), one_state ? 0xaaaaaaaa : 0x8aaaaaaa); /* SGI 14 is Secure */
	w32(SGI(0) + ICFGR + 4, ~0u);
	EQUAL(r32(SGI(0) + ICFGR + 4), one_state ? 0xaaaaaaaa : 0xa2aaaaaa); /* PPI 29 is Secure */
	w32(SGI(0) + ICFGR + 4, 0);

	/* Secure software's with two states: groups, NSACR, WAKER, PWRR, interrupts that are Secure. */
	EQUAL(r32(GICD + IGROUPR + 4), one_state ? 0xffffffff : 0);
	EQUAL(r32(SGI(0) + IGROUPR), one_state ? ~(1u << 14 | 1u << 29) : 0);
	reserved(GICD + IGRPMODR + 4), reserved(SGI(0) + IGRPMODR), reserved(GICD + NSACR + 8);
	EQUAL(r32(GICR(0) + WAKER), 0);
	w32(GICR(1) + WAKER, 2);
	EQUAL(r32(GICR(1) + WAKER), one_state ? 6 : 0);
	w32(GICR(1) + WAKER, 0);
	EQUAL(r32(GICR(1) + WAKER), 0);
	w32(GICR(1) + PWRR, 1); /* not while it is awake */
	EQUAL(r32(GICR(1) + PWRR), 0);
	w32(SGI(0) + ISENABLER, 1u << 14 | 1u << 29 | 1u << 13);
	EQUAL(r32(SGI(0) + ISENABLER), one_state ? 1u << 14 | 1u << 29 | 1u << 13 : 1u << 13);
	w32(SGI(0) + ICENABLER, ~0u);
	EQUAL(r32(SGI(0) + ISENABLER), 0);
	port_write8(SGI(0) + IPRIORITYR + 14, 0x40);
	EQUAL(port_read8(SGI(0) + IPRIORITYR + 14), one_state ? 0x40 : 0);

	/* LPI tables: the upper half of the addresses does not exist; PTZ reads 0; fixed while in use (translation.c). */
	port_write64(GICR(3) + PROPBASER, ~0ull);
	EQUAL(port_read64(GICR(3) + PROPBASER), 0x07000000ffffff9f);
	port_write64(GICR(3) + PENDBASER, ~0ull);
	EQUAL(port_read64(GICR(3) + PENDBASER), 0x07000000ffff0f80);
	w32(GICR(3) + PROPBASER, 0x12340005), w32(GICR(3) + PROPBASER + 4, ~0u);
	EQUAL(port_read64(GICR(3) + PROPBASER), 0x0700000012340005);
	EQUAL(r32(GICR(3) + PROPBASER + 4), 0x07000000);
	port_write64(GICR(3) + PROPBASER, 0);
	port_write64(GICR(3) + PENDBASER, 0);
	port_write64(GITS + 0x100, 0xf907000100190600);
	EQUAL(port_read64(GITS + 0x100), 0xf907000000190600);
	port_write64(GITS + 0x80, 0xb8000001001b040f);
	EQUAL(port_read64(GITS + 0x80), 0xb8000000001b040f);
	port_write64(GITS + 0x100, 0), port_write64(GITS + 0x80, 0);
}
