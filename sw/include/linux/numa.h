/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_NUMA_H
#define _LINUX_NUMA_H

/* One node. */
#define NODES_SHIFT 0
#define MAX_NUMNODES 1
#define NUMA_NO_NODE (-1)

#endif
