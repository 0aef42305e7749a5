// SPDX-License-Identifier: Apache-2.0
// WFI, WFE and SEV: what ends them and what does not. Core 2 sleeps, core 0 looks.
#include "suite.h"

static volatile unsigned handled;

static void handler(void)
{
	set(PORT_ICC_EOIR1_EL1, iar());
	handled++;
}

static uint64_t wfi(uint64_t unused)
{
	port_wfi();
	return unused;
}

static uint64_t wfe(uint64_t unused)
{
	port_wfe();
	return unused;
}

/* With interrupts open. */
static uint64_t open_wfe(uint64_t unused)
{
	port_set_vectors(handler, 0, 0);
	port_daif_clear(PORT_DAIF_I);
	port_wfe();
	port_daif_set(PORT_DAIF_I);
	return unused;
}

/* An interrupt is served before WFE: its ERET is an event. */
static uint64_t served_wfe(uint64_t unused)
{
	port_set_vectors(handler, 0, 0);
	port_daif_clear(PORT_DAIF_I);
	for (unsigned before = handled; handled == before;)
		port_delay_ns(200);
	port_daif_set(PORT_DAIF_I);
	port_wfe();
	return unused;
}

static void expect_end(int ends)
{
	port_delay_ns(5000);
	EQUAL(ended(2), ends);
}

void events(void)
{
	const uint64_t to2 = 6u << 24 | 2 << 16 | 1;

	w32(SGI(2) + ISENABLER, 1u << 6);
	on(2, open_wfe, (port_sev(), 0)); /* what the event register held is gone */
	/* WFI: a masked interrupt ends it; an event, one below the mask or one that is disabled does not. */
	start_on(2, wfi, 0), expect_end(0);
	port_sev(), expect_end(0);
	w32(SGI(2) + ISPENDR, 1u << 7), expect_end(0);
	port_write8(SGI(2) + IPRIORITYR + 7, 0xf0), w32(SGI(2) + ISENABLER, 1u << 7), expect_end(0);
	sgi(to2), expect_end(1);
	start_on(2, wfi, 0), expect_end(1); /* it is still pending */
	w32(SGI(2) + ICENABLER, 1u << 7), w32(SGI(2) + ICPENDR, 1u << 7);
	/* WFE: the SEV from before, once; not an interrupt that is masked. */
	start_on(2, wfe, 0), expect_end(1);
	start_on(2, wfe, 0), expect_end(0);
	port_sev(), expect_end(1);
	start_on(2, wfe, 0), expect_end(0);
	port_sev(), port_sev(), expect_end(1);
	EQUAL(iar_on(2), 6);
	set_on(2, PORT_ICC_EOIR1_EL1, 6);
	/* An interrupt that PSTATE lets through ends it. */
	port_sev(), on(2, wfe, 0);
	start_on(2, open_wfe, 0), expect_end(0);
	sgi(to2), expect_end(1);
	EQUAL(handled, 1);
	/* The return from its handler was an event itself. */
	start_on(2, wfe, 0), expect_end(1);
	start_on(2, wfe, 0), expect_end(0);
	port_sev(), expect_end(1);
	start_on(2, served_wfe, 0), port_delay_ns(5000);
	sgi(to2), expect_end(1);
	EQUAL(handled, 2);
	w32(SGI(2) + ICENABLER, 1u << 6);
	/* On this core: an event of its own. */
	port_sev();
	port_wfe();
}
