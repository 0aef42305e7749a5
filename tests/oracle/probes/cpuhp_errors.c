// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* States of CPU hotplug: bad arguments, numbers, instances, a callback that fails. */
#include "probe.h"

#include <linux/cpuhotplug.h>
#include <linux/cpu.h>

static int refuse_on = -1, state, first;
static struct hlist_node one, two;

static int begin(unsigned int cpu)
{
	SAY("up %u", cpu);
	return cpu == refuse_on ? -EPERM : 0;
}

static int end(unsigned int cpu)
{
	SAY("down %u", cpu);
	return 0;
}

static int multi_up(unsigned int cpu, struct hlist_node *node)
{
	SAY("%s up %u", node == &one ? "one" : "two", cpu);
	return node == &two && cpu == refuse_on ? -ENOSPC : 0;
}

static int multi_down(unsigned int cpu, struct hlist_node *node)
{
	SAY("%s down %u", node == &one ? "one" : "two", cpu);
	return 0;
}

static void probe(void)
{
	FACT(cpuhp_setup_state(CPUHP_OFFLINE, "oracle:bad", begin, end));
	FACT(cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, NULL, begin, end));
	first = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "oracle:first", NULL, NULL); /* state is not the first one */
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "oracle:a", begin, end);
	FACT(state >= CPUHP_AP_ONLINE_DYN && state <= CPUHP_AP_ONLINE_DYN_END);
	FACT(cpuhp_setup_state_nocalls(state, "oracle:again", begin, end));
	cpuhp_remove_state(state);
	FACT(cpuhp_setup_state_nocalls(state, "oracle:again", begin, end));
	cpuhp_remove_state_nocalls(state);
	refuse_on = 2;
	FACT(cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "oracle:fails", begin, end));
	refuse_on = -1;
	state = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, "oracle:multi", multi_up, multi_down);
	FACT(state > 0);
	FACT(cpuhp_state_add_instance(state, &one));
	refuse_on = 1;
	FACT(cpuhp_state_add_instance(state, &two));
	FACT(cpuhp_state_add_instance_nocalls(state, &two));
	FACT(cpuhp_state_remove_instance(state, &two));
	FACT(cpuhp_state_remove_instance(state, &one));
	cpuhp_remove_multi_state(state);
	refuse_on = -1;
	state = cpuhp_setup_state(CPUHP_BP_PREPARE_DYN, "oracle:prepare", begin, NULL);
	FACT(state >= CPUHP_BP_PREPARE_DYN && state <= CPUHP_BP_PREPARE_DYN_END);
	cpuhp_remove_state(state);
	cpuhp_remove_state_nocalls(first);
	FACT(num_online_cpus());
}

static void leave(void)
{
}
