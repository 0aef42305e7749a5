// SPDX-License-Identifier: Apache-2.0
// LPIs beyond translation.c: off and on again, between cores, against SPIs, 16 bits of EventID, a longer queue.
#include "suite.h"

#define VALID (1ull << 63)
enum { MOVI = 1, INT = 3, CLEAR, SYNC, MAPD = 8, MAPC, MAPTI, MAPI, INV, INVALL, MOVALL, DISCARD };

static uint64_t *queue;
static uint8_t *properties;
static unsigned at;

static void command(unsigned opcode, uint64_t device, uint64_t w1, uint64_t w2, uint64_t w3)
{
	uint64_t *c = queue + at / 8;

	c[0] = device << 32 | opcode, c[1] = w1, c[2] = w2, c[3] = w3;
	at = (at + 32) % 0x2000;
	port_dsb();
	port_write64(GITS + 0x88, at);
	for (unsigned n = 0; n < 100 && port_read64(GITS + 0x90) != at; n++)
		port_delay_ns(1000);
	EQUAL(port_read64(GITS + 0x90), at);
	port_delay_ns(2000);
}

static void raise(unsigned event)
{
	command(INT, 7, event, 0, 0);
}

static void switch_lpis(unsigned core, int is_on)
{
	w32(GICR(core), is_on);
	for (unsigned n = 0; n < 100 && r32(GICR(core)) & 8; n++)
		port_delay_ns(1000);
	EQUAL(r32(GICR(core)) & 9, is_on);
}

void lpis(void)
{
	uint64_t *pending[2];

	/* Everything anew: LPIs and the ITS off, other tables, a queue of two pages. */
	w32(GITS, 0), switch_lpis(0, 0), switch_lpis(1, 0);
	queue = port_alloc(0x2000, 0x1000), properties = port_alloc(0x10000, 0x10000);
	for (unsigned core = 0; core < 2; core++) {
		pending[core] = port_alloc(0x10000, 0x10000);
		port_write64(GICR(core) + PROPBASER, port_pa(properties) | 15);
		port_write64(GICR(core) + PENDBASER, port_pa(pending[core]) | 1ull << 62);
		switch_lpis(core, 1);
	}
	port_write64(GITS + 0x100, VALID | port_pa(port_alloc(0x10000, 0x10000)) | 0x20f); /* 64 KiB pages, 16 of them */
	EQUAL(port_read64(GITS + 0x100) >> 48 & 0x1f, 7);
	port_write64(GITS + 0x108, VALID | port_pa(port_alloc(0x1000, 0x1000)));
	port_write64(GITS + 0x80, VALID | port_pa(queue) | 1);
	port_write64(GITS + 0x88, 0);
	w32(GITS, 1);
	at = 0;
	command(MAPC, 0, 0, VALID | 0, 0), command(MAPC, 0, 0, VALID | 1ull << 16 | 1, 0);
	command(MAPD, 7, 15, VALID | port_pa(port_alloc(0x40000, 0x100)), 0); /* 16 bits of EventID */
	command(MAPTI, 7, 65535ull << 32 | 0xffff, 0, 0); /* the last event, the last LPI */
	properties[65535 - 8192] = 0xa1;
	raise(0xffff);
	EQUAL(iar(), 65535);
	eoir(65535);
	command(MAPI, 7, 8300, 0, 0); /* the event is the INTID */
	properties[8300 - 8192] = 0xa1;
	raise(8300);
	EQUAL(iar(), 8300);
	set(PORT_ICC_DIR_EL1, 8300);
	eoir(8300);
	EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
	for (unsigned n = 0; n < 4; n++) {
		properties[n] = (0x80 + 0x10 * n) | 1;
		command(MAPTI, 7, (8192ull + n) << 32 | n, 0, 0);
	}
	/* The most urgent first, SPIs among them; preemption as for any other. */
	w32(GICD + IROUTER(110), 0);
	use(110, 0x90);
	raise(3), raise(2), raise(1), mark(ISPENDR, 110), raise(0);
	EQUAL(iar(), 8192);
	EQUAL(iar(), NONE);
	eoir(8192);
	EQUAL(iar(), 110); /* of equal priority the lower number */
	eoir(110);
	EQUAL(iar(), 8193);
	raise(0);
	EQUAL(iar(), 8192);
	EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
	eoir(8192), eoir(8193);
	EQUAL(iar(), 8194);
	eoir(8194);
	rest(110);
	/* A new priority counts after INV: 3 is pending. */
	set(PORT_ICC_PMR_EL1, 0xb0);
	EQUAL(told(), 0);
	EQUAL(get(PORT_ICC_HPPIR1_EL1), 8195);
	properties[3] = 0x41;
	command(INV, 7, 3, 0, 0), command(SYNC, 0, 0, 0, 0);
	EQUAL(told(), PORT_DAIF_I);
	EQUAL(iar(), 8195);
	EQUAL(get(PORT_ICC_RPR_EL1), 0x40);
	eoir(8195);
	set(PORT_ICC_PMR_EL1, 0xf0);
	/* MOVALL takes what is pending, and leaves the collections where they are. */
	raise(0), raise(1);
	command(MOVALL, 0, 0, 0ull << 16, 1ull << 16);
	EQUAL(told(), 0);
	EQUAL(iar_on(1), 8192);
	set_on(1, PORT_ICC_EOIR1_EL1, 8192);
	EQUAL(iar_on(1), 8193);
	set_on(1, PORT_ICC_EOIR1_EL1, 8193);
	raise(0);
	EQUAL(iar(), 8192);
	eoir(8192);
	/* Off: what is pending goes to memory; on again without a new GICR_PENDBASER it comes back from there. */
	raise(2);
	switch_lpis(0, 0);
	EQUAL(told(), 0);
	EQUAL(pending[0][8192 / 64], 1ull << 2);
	raise(1); /* is lost */
	switch_lpis(0, 1);
	EQUAL(iar(), 8194);
	eoir(8194);
	EQUAL(iar(), NONE);
	/* With PTZ once more the table counts as zero. */
	raise(2);
	switch_lpis(0, 0);
	port_write64(GICR(0) + PENDBASER, port_pa(pending[0]) | 1ull << 62);
	switch_lpis(0, 1);
	EQUAL(iar(), NONE);
	/* An event mapped again to another LPI; discarded; the device unmapped. */
	command(DISCARD, 7, 1, 0, 0), raise(1);
	EQUAL(iar(), NONE);
	command(MAPTI, 7, 8195ull << 32 | 1, 0, 0), raise(1);
	EQUAL(iar(), 8195);
	eoir(8195);
	command(MAPC, 0, 0, 0, 0), raise(1); /* its collection is gone */
	EQUAL(iar(), NONE);
	command(MAPC, 0, 0, VALID | 1ull << 16 | 0, 0), raise(1); /* and is another core's */
	EQUAL(iar(), NONE);
	EQUAL(iar_on(1), 8195);
	set_on(1, PORT_ICC_EOIR1_EL1, 8195);
	command(MAPD, 7, 0, 0, 0), raise(1);
	EQUAL(iar_on(1), NONE);
	/* Several commands at once, over the end of the queue; bits of GITS_CWRITER that are none. */
	while (at != 0x1fc0)
		command(SYNC, 0, 0, 0, 0);
	for (unsigned n = 0; n < 4; n++, at = (at + 32) % 0x2000)
		queue[at / 8] = SYNC;
	port_dsb();
	port_write64(GITS + 0x88, at | 0x1e);
	port_delay_ns(5000);
	EQUAL(port_read64(GITS + 0x90), at);
	w32(GITS, 0), switch_lpis(0, 0), switch_lpis(1, 0);
	EQUAL(fault_class(), ~0ull >> 26);
}
