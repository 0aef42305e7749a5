// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module cpuhp_left unloaded with CPU hotplug state left:online still set up
#include "defect.h"
#include <linux/cpuhotplug.h>

static int state;

static int online(unsigned int cpu)
{
	return 0;
}

static int __init defect_init(void)
{
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "left:online", online, NULL); /* here */
	return state < 0 ? state : 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	cpuhp_remove_state(state);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
