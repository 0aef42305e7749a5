// SPDX-License-Identifier: Apache-2.0
// The ITS: tables, commands good and bad, LPIs.
#include "suite.h"

#define VALID (1ull << 63)

enum { MOVI = 1, INT = 3, CLEAR, SYNC, MAPD = 8, MAPC, MAPTI, MAPI, INV, INVALL, MOVALL, DISCARD };

static uint64_t *queue;
static uint8_t *properties;
static unsigned at;

static void command(unsigned opcode, uint64_t device, uint64_t w1, uint64_t w2)
{
	uint64_t *c = queue + at / 8;

	c[0] = device << 32 | opcode, c[1] = w1, c[2] = w2, c[3] = 0;
	at = (at + 32) % 0x1000;
	port_dsb();
	port_write64(GITS + 0x88, at);
	for (unsigned n = 0; n < 100 && port_read64(GITS + 0x90) != at; n++)
		port_delay_ns(1000);
	EQUAL(port_read64(GITS + 0x90), at); /* also past a bad one: it is skipped */
	port_delay_ns(2000);
}
static void map(uint64_t device, unsigned event, uint64_t id, unsigned collection)
{
	command(MAPTI, device, id << 32 | event, collection);
}
static void raise(uint64_t device, unsigned event)
{
	command(INT, device, event, 0);
}
static uint64_t table(void)
{
	return port_pa(port_alloc(0x10000, 0x10000));
}

void translation(void)
{
	uint64_t *pending0 = port_alloc(0x10000, 0x10000);

	queue = port_alloc(0x1000, 0x1000);
	properties = port_alloc(0x10000, 0x10000);
	pending0[8192 / 64] = 1ull << 9; /* LPI 8201 is pending before LPIs are on */
	properties[9] = 0xa1;
	port_write64(GICR(0) + PROPBASER, port_pa(properties) | 13); /* 14 bits of INTID */
	port_write64(GICR(0) + PENDBASER, port_pa(pending0));
	port_write64(GICR(1) + PROPBASER, port_pa(properties) | 13);
	port_write64(GICR(1) + PENDBASER, table() | 1ull << 62);
	EQUAL(port_read64(GICR(1) + PENDBASER) >> 62 & 1, 0);
	w32(GICR(0), 1), w32(GICR(1), 1);
	EQUAL(r32(GICR(0)) & 1, 1);
	EQUAL(iar(), 8201);
	eoir(8201);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	port_write64(GICR(0) + PROPBASER, 0); /* in use: stays */
	EQUAL(port_read64(GICR(0) + PROPBASER), port_pa(properties) | 13);

	/* A two-level device table of 4 KiB pages; only the page of devices 0 to 511 exists. */
	uint64_t *level1 = port_alloc(0x1000, 0x1000);
	level1[0] = VALID | port_pa(port_alloc(0x1000, 0x1000));
	port_write64(GITS + 0x100, VALID | 1ull << 62 | port_pa(level1));
	port_write64(GITS + 0x108, VALID | port_pa(port_alloc(0x1000, 0x1000)));
	port_write64(GITS + 0x80, VALID | port_pa(queue));
	EQUAL(port_read64(GITS + 0x90), 0);
	/* A command that waits for the ITS to be switched on. */
	queue[0] = MAPC, queue[2] = VALID | 0 << 16 | 0;
	at = 32;
	port_write64(GITS + 0x88, at);
	port_delay_ns(5000);
	EQUAL(port_read64(GITS + 0x90), 0);
	w32(GITS, 1);
	port_delay_ns(5000);
	EQUAL(port_read64(GITS + 0x90), at);
	EQUAL(r32(GITS) & 1, 1);
	command(MAPC, 0, 0, VALID | 1ull << 16 | 1); /* collection 1: core 1 */

	command(MAPD, 5, 3, VALID | port_pa(port_alloc(0x100, 0x100))); /* 4 bits of EventID */
	properties[0] = 0xa1;
	map(5, 2, 8192, 0);
	raise(5, 2);
	EQUAL(iar(), 8192);
	raise(5, 2); /* no active state: it is pending again at once, and of equal priority */
	EQUAL(iar(), NONE);
	eoir(8192);
	EQUAL(iar(), 8192);
	eoir(8192);
	/* The configuration byte counts after INV. Pending while off is kept; CLEAR takes it away. */
	properties[0] = 0xa0;
	command(INV, 5, 2, 0);
	raise(5, 2);
	EQUAL(iar(), NONE);
	properties[0] = 0xa1;
	command(INVALL, 0, 0, 0);
	EQUAL(iar(), 8192);
	eoir(8192);
	properties[0] = 0xa0;
	command(INV, 5, 2, 0);
	raise(5, 2);
	command(CLEAR, 5, 2, 0);
	properties[0] = 0xa1;
	command(INV, 5, 2, 0);
	EQUAL(iar(), NONE);
	/* MAPTI to a collection that is mapped later; MOVI takes what is pending along. */
	properties[1] = 0xa1;
	map(5, 3, 8193, 2);
	raise(5, 3);
	EQUAL(iar(), NONE);
	command(MAPC, 0, 0, VALID | 0ull << 16 | 2);
	raise(5, 3);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), 8193);
	command(MOVI, 5, 3, 1);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), NONE);
	command(MOVI, 5, 3, 0);
	EQUAL(iar(), 8193);
	eoir(8193);
	/* The doorbell's writes come from device 0 when a core makes them: a core is not a device. */
	command(MAPD, 0, 3, VALID | port_pa(port_alloc(0x100, 0x100)));
	properties[2] = 0xa1;
	map(0, 4, 8194, 0);
	w32(GITS + 0x10040, 4);
	EQUAL(iar(), 8194);
	eoir(8194);
	port_write16(GITS + 0x10040, 4);
	port_delay_ns(2000);
	EQUAL(iar(), 8194);
	eoir(8194);
	/* Bad commands: unknown, ranges, what is not mapped. Each is skipped, none does anything. */
	command(0x77, 0, 0, 0), command(0, 0, 0, 0);
	command(MAPD, 600, 3, VALID), command(MAPD, 0x12345, 3, VALID), command(MAPD, 5, 31, VALID);
	command(MAPC, 0, 0, VALID | 4ull << 16 | 3), command(MAPC, 0, 0, VALID | 3), command(MAPC, 0, 0, VALID | 99);
	command(MAPC, 0, 0, VALID | 2ull << 16 | 4); /* LPIs are off there */
	map(5, 16, 8195, 0), map(5, 5, 100, 0), map(5, 5, 0x12000, 0), map(9, 0, 8195, 0), map(5, 5, 8195, 99);
	raise(5, 16), raise(5, 5), raise(9, 0), raise(600, 0), raise(0xffffffff, 0xffffffff);
	map(5, 6, 20000, 0); /* beyond what GICR_PROPBASER covers */
	raise(5, 6);
	command(INV, 5, 15, 0), command(INVALL, 0, 0, 9), command(MOVALL, 0, 0, 9ull << 16), command(MOVI, 5, 2, 9);
	command(CLEAR, 5, 15, 0), command(DISCARD, 5, 15, 0), command(SYNC, 0, 0, 0);
	EQUAL(iar(), NONE);
	/* The queue goes round. */
	for (unsigned n = 0; n < 140; n++)
		command(SYNC, 0, 0, 0);
	/* DISCARD and MAPD with V = 0 end it. */
	raise(5, 2);
	command(DISCARD, 5, 2, 0);
	EQUAL(iar(), NONE);
	raise(5, 2);
	EQUAL(iar(), NONE);
	command(MAPD, 5, 0, 0);
	raise(5, 3);
	EQUAL(iar(), NONE);
	/* Off: nothing comes. Pending LPIs go back to memory when a core's LPIs are switched off. */
	w32(GITS, 0);
	EQUAL(r32(GITS), 0x80000000);
	w32(GITS + 0x10040, 4);
	EQUAL(iar(), NONE);
	w32(GITS, 1);
	w32(GITS + 0x10040, 4);
	w32(GICR(0), 0);
	port_delay_ns(5000);
	EQUAL(iar(), NONE);
	EQUAL(pending0[8192 / 64], 1ull << 2);
	EQUAL(fault_class(), ~0ull >> 26);
}
