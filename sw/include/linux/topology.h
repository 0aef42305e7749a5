/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_TOPOLOGY_H
#define _LINUX_TOPOLOGY_H

#include <linux/cpumask.h>
#include <linux/numa.h>
#include <linux/smp.h>

#define numa_node_id() 0
#define cpu_to_node(cpu) ((void)(cpu), 0)
#define numa_mem_id() 0
#define cpumask_of_node(node) ((void)(node), cpu_online_mask)
#define nr_cpus_node(node) cpumask_weight(cpumask_of_node(node))
#define topology_physical_package_id(cpu) ((void)(cpu), 0)
#define topology_core_id(cpu) (cpu)
#define topology_core_cpumask(cpu) ((void)(cpu), cpu_possible_mask)

#endif
