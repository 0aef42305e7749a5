// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Order and roll-back of cpuhp states; numbers. */
#include "probe.h"
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>

static int refuse = -1;
static int goes_up(unsigned int cpu)
{
	SAY("up %u%s", cpu, raw_smp_processor_id() == cpu ? " there" : "");
	where("up");
	return cpu == refuse ? -EIO : 0;
}
static int goes_down(unsigned int cpu)
{
	SAY("down %u%s", cpu, raw_smp_processor_id() == cpu ? " there" : "");
	return 0;
}

static void probe(void)
{
	int s = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "probe:online", goes_up, goes_down);

	SAY("state %d", s >= CPUHP_AP_ONLINE_DYN && s <= CPUHP_AP_ONLINE_DYN_END);
	FACT(remove_cpu(2));
	FACT(cpu_online(2));
	FACT(remove_cpu(2));
	FACT(add_cpu(2));
	FACT(add_cpu(2));
	refuse = 1;
	FACT(remove_cpu(1));
	FACT(add_cpu(1));
	FACT(cpu_online(1));
	refuse = -1;
	FACT(add_cpu(1));
	cpuhp_remove_state(s);
	refuse = 2;
	FACT(cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "probe:fails", goes_up, goes_down));
	s = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "probe:prepare", goes_up, goes_down);
	SAY("prepare %d", s >= CPUHP_BP_PREPARE_DYN);
	refuse = -1;
	FACT(remove_cpu(3));
	FACT(add_cpu(3));
	cpuhp_remove_state_nocalls(s);
}

static void leave(void)
{
}
