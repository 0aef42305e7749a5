// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* cpumask_parse_user and friends by a parameter. */
// exec: 5ms echo f > /sys/module/cpumask_files/parameters/mask
// exec: 6ms echo 1-2 > /sys/module/cpumask_files/parameters/mask
// exec: 7ms echo 0-N > /sys/module/cpumask_files/parameters/mask
// exec: 8ms echo 0-9 > /sys/module/cpumask_files/parameters/mask
// exec: 9ms echo 0x3 > /sys/module/cpumask_files/parameters/mask
// for: 12ms
#include "probe.h"

static int set(const char *v, const struct kernel_param *p)
{
	struct cpumask m;
	int a, b;

	cpumask_clear(&m);
	a = cpumask_parse(v, &m);
	SAY("parse %d %*pb", a, cpumask_pr_args(&m));
	cpumask_clear(&m);
	b = cpulist_parse(v, &m);
	SAY("list %d %*pbl", b, cpumask_pr_args(&m));
	return 0;
}
static const struct kernel_param_ops ops = {.set = set};
module_param_cb(mask, &ops, NULL, 0200);

static void probe(void)
{

	SAY("nr_cpu_ids %u", nr_cpu_ids);
}
static void leave(void)
{
}
