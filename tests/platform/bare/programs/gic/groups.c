// SPDX-License-Identifier: Apache-2.0
// IRQ and FIQ: what the core is told, with its exceptions masked and open. Group 0 is ours with one security state alone.
#include "suite.h"

static volatile unsigned irqs, fiqs;
static volatile uint64_t irq_id, fiq_id;

static void irq(void)
{
	irq_id = iar();
	irqs++;
	set(PORT_ICC_EOIR1_EL1, irq_id);
}

static void fiq(void)
{
	fiq_id = get(PORT_ICC_IAR0_EL1);
	fiqs++;
	set(PORT_ICC_EOIR0_EL1, fiq_id);
}

static void fault(uint64_t esr, uint64_t far)
{
	fault_esr = esr;
	fault_far = far;
}

void groups(void)
{
	const unsigned id = 70;

	port_set_vectors(irq, fiq, fault);
	EQUAL(told(), 0);
	w32(GICD + IROUTER(id), 0);
	use(id, 0x80);
	mark(ISPENDR, id);
	EQUAL(told(), PORT_DAIF_I); /* ISR_EL1 has what PSTATE masks */
	EQUAL(irqs, 0);
	set(PORT_ICC_PMR_EL1, 0x80);
	EQUAL(told(), 0); /* at once: the access is the core's own */
	set(PORT_ICC_PMR_EL1, 0xf0);
	EQUAL(told(), PORT_DAIF_I);
	port_daif_clear(PORT_DAIF_F);
	port_delay_ns(2000);
	EQUAL(irqs + fiqs, 0);
	port_daif_clear(PORT_DAIF_I);
	port_delay_ns(2000);
	EQUAL(irqs, 1);
	EQUAL(irq_id, id);
	port_daif_set(PORT_DAIF_I | PORT_DAIF_F);
	if (one_state) {
		w32(GICD + IGROUPR + id / 32 * 4, ~(1u << id % 32)); /* group 0 */
		mark(ISPENDR, id);
		EQUAL(told(), 0); /* the group is off */
		w32(GICD + CTLR, 3);
		set(PORT_ICC_IGRPEN0_EL1, 1);
		EQUAL(told(), PORT_DAIF_F);
		EQUAL(get(PORT_ICC_HPPIR1_EL1), NONE);
		EQUAL(get(PORT_ICC_HPPIR0_EL1), id);
		EQUAL(iar(), NONE);
		port_daif_clear(PORT_DAIF_I);
		port_delay_ns(2000);
		EQUAL(irqs + fiqs, 1);
		port_daif_clear(PORT_DAIF_F);
		port_delay_ns(2000);
		EQUAL(fiqs, 1);
		EQUAL(fiq_id, id);
		port_daif_set(PORT_DAIF_I | PORT_DAIF_F);
		/* The running priority is that of both groups; each EOIR ends its own. */
		mark(ISPENDR, id);
		EQUAL(get(PORT_ICC_IAR0_EL1), id);
		EQUAL(get(PORT_ICC_AP0R0_EL1), 1u << 16);
		EQUAL(get(PORT_ICC_AP1R0_EL1), 0);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
		eoir(id);
		EQUAL(get(PORT_ICC_RPR_EL1), 0x80);
		EQUAL(bit(ISACTIVER, id), 1);
		set(PORT_ICC_EOIR0_EL1, id);
		EQUAL(get(PORT_ICC_RPR_EL1), 0xff);
		EQUAL(bit(ISACTIVER, id), 0);
		/* SGIs of group 0 have their own register. */
		w32(SGI(0) + ISENABLER, 1u << 14);
		set(PORT_ICC_SGI0R_EL1, 14ull << 24 | 1);
		port_delay_ns(1000);
		EQUAL(get(PORT_ICC_IAR0_EL1), 14);
		set(PORT_ICC_EOIR0_EL1, 14);
		set(PORT_ICC_SGI0R_EL1, 3ull << 24 | 1); /* group 1: not through this one */
		port_delay_ns(1000);
		EQUAL(r32(SGI(0) + ISPENDR), 0);
		w32(SGI(0) + ICENABLER, 1u << 14);
		set(PORT_ICC_IGRPEN0_EL1, 0);
		w32(GICD + IGROUPR + id / 32 * 4, ~0u);
		EQUAL(r32(GICD + IGROUPR + id / 32 * 4), ~0u);
	}
	rest(id);
	port_set_vectors(0, 0, fault);
}
